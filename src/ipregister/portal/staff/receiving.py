"""Uploads on the disk: received piece by piece, resumable, checked, handed over to the worker."""

import datetime as dt
import fcntl
import os
import re
import shutil
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from ipregister.model.errors import RegisterError, UsageError
from ipregister.portal.models import Upload
from ipregister.portal.site import Site

PART_NAME = "receiving"
PIECE = 4 << 20
"""Bytes that a browser sends at once."""
_UNFIT = re.compile(r"[^\w.\-() ]+")
MOST_NAME = 150


class Misplaced(RegisterError):
    """A piece that does not begin where the upload ends; `received` says where that is."""

    http_status = 409

    def __init__(self, received: int) -> None:
        super().__init__("the piece does not begin where the upload ends")
        self.received = received


def safe_name(name: str) -> str:
    """The last part of a file name, without anything that could lead elsewhere."""
    base = _UNFIT.sub(_fitting, name.replace("\\", "/").rpartition("/")[2]).strip(" .")
    stem, dot, ending = base.rpartition(".")
    return f"{stem[:MOST_NAME]}{dot}{ending[:10]}" if base else "delivery"


def _fitting(unfit: re.Match[str]) -> str:
    """Combining vowels and tone marks stay, so that a name in Lao or Khmer is what it was."""
    signs = [sign if unicodedata.category(sign)[0] == "M" else "_" for sign in unfit[0]]
    return "".join(sign for sign, before in zip(signs, ["", *signs], strict=False) if sign + before != "__")


def folder(site: Site, upload: Upload) -> Path:
    """The folder of one upload."""
    return site.data / "uploads" / str(upload.pk)


def delivered(site: Site, upload: Upload) -> Path:
    """The received file, under the name that it was sent with."""
    return folder(site, upload) / upload.filename


def begin(site: Site, user: int, office: str, name: str, size: int, day: dt.date | None = None) -> Upload:
    """A new upload; the one that was begun before where the same person sends the same file again. `day` is that of its
    data, where it is told.

    Raises `UsageError` where it is empty or too large."""
    if size <= 0:
        raise UsageError("the file is empty")
    if size > site.upload_limit:
        limit = site.upload_limit >> 20
        raise UsageError(
            "the file is too large", remedy=f"send at most {limit} MiB, or load it on the server"
        )
    known = {"user_id": user, "office": office, "filename": safe_name(name), "size": size}
    upload = Upload.objects.filter(**known, state="receiving").first() or Upload.objects.create(**known)
    if upload.day != day:
        upload.day = day
        upload.save(update_fields=["day", "changed"])
    folder(site, upload).mkdir(parents=True, exist_ok=True)
    return upload


def append(site: Site, upload: Upload, offset: int, pieces: Iterable[bytes]) -> int:
    """Add bytes at an offset; they are on the disk when this returns. The bytes received so far.

    Raises `Misplaced` where the offset is not the end, `UsageError` for more bytes than announced."""
    if upload.state != "receiving":
        raise Misplaced(upload.received)
    with _held(folder(site, upload) / PART_NAME) as file:
        upload.refresh_from_db()
        if upload.state != "receiving" or offset != upload.received:
            raise Misplaced(upload.received)
        file.truncate(offset)
        file.seek(offset)
        end = offset
        for piece in pieces:
            end += len(piece)
            if end > upload.size:
                raise UsageError("the upload is larger than announced")
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
        upload.received = end
        upload.save(update_fields=["received", "changed"])
    if end == upload.size:
        _complete(site, upload)
    return end


@contextmanager
def _held(path: Path) -> Iterator[BinaryIO]:
    with open(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def _complete(site: Site, upload: Upload) -> None:
    part = folder(site, upload) / PART_NAME
    with part.open("rb") as file:
        head = file.read(512)
    if not looks_delivered(head):
        upload.state, upload.message = "failed", "not-a-delivery"
        upload.save(update_fields=["state", "message", "changed"])
        discard(site, upload)
        return
    part.rename(delivered(site, upload))
    upload.state = "waiting"
    upload.save(update_fields=["state", "changed"])
    if site.loader is not None:
        site.loader.load(str(upload.pk))


def looks_delivered(head: bytes) -> bool:
    """Whether a file begins like a zip or an XML document, whatever its name says."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return True
    for encoding in ("utf-16-le", "utf-16-be"):
        if head.startswith("\ufeff".encode(encoding)):
            return head.decode(encoding, "replace").lstrip("\ufeff \t\r\n").startswith("<")
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")


def discard(site: Site, upload: Upload) -> None:
    """Remove the files of an upload."""
    shutil.rmtree(folder(site, upload), ignore_errors=True)
