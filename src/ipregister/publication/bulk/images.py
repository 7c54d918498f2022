"""Pictures of a publication: a zip of their bytes as delivered, each once, named by its SHA-256."""

import hashlib
import zipfile
from pathlib import Path

from msgspec import Struct

from ipregister.capture.kept import Kept
from ipregister.exchange.packages import member
from ipregister.model.errors import RegisterError
from ipregister.store.packs import Packs

ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/tiff": "tif", "image/bmp": "bmp",
           "image/webp": "webp", "image/svg+xml": "svg"}  # fmt: skip


class Lying(Struct, frozen=True, order=True, gc=False):
    """Where a picture lies: the kept file, the member in it; its hash and type."""

    container: str
    place: str
    sha256: str
    mime: str


def write_images(path: Path, pictures: set[Lying], packs: Packs) -> int:
    """Write pictures in the order in which they lie; their number. One whose bytes are gone or others is left out."""
    kept: Kept | None = None
    opened, written = "", set()
    if not pictures:
        return 0
    with zipfile.ZipFile(path, "w") as out:
        for one in sorted(pictures):
            if one.sha256 in written:
                continue
            try:
                if opened != one.container or kept is None:
                    kept, opened = Kept(packs.open(one.container)), one.container
                content = kept.read_member(one.place)
            except RegisterError:
                continue
            if hashlib.sha256(content).hexdigest() != one.sha256:
                continue
            out.writestr(member(f"{one.sha256}.{ENDINGS.get(one.mime, 'bin')}"), content)
            written.add(one.sha256)
    if not written:
        path.unlink()
    return len(written)
