"""Emptying places of a kept file, so that all others stay where they were.

A plain file gets blanks in the place of the bytes. A zip is written anew with emptied members of the same size, and
filled up before its table of contents to its old length.
"""

import io
import os
import shutil
import struct
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, BinaryIO

from ipregister.capture import readers
from ipregister.capture.archive import Archive, BadArchive, reader_of
from ipregister.capture.delivery import Slice, open_delivery
from ipregister.model.errors import Damaged
from ipregister.model.numbers import key_of
from ipregister.model.offices import Office
from ipregister.store.packs import Packs
from ipregister.store.rows import RawRef

_CHUNK = 1 << 20
_OFFSET = struct.Struct("<L")
_LARGEST = 0xFFFFFFFF


def empty(packs: Packs, places: Iterable[RawRef], scratch: Path) -> int:
    """Empty places of kept files; how many files were rewritten. Goes on with what a crash left."""
    scratch.mkdir(parents=True, exist_ok=True)
    for ready in scratch.glob("*.ready"):
        packs.overwrite(ready.stem, ready)
        ready.unlink()
    files: dict[str, list[RawRef]] = {}
    for place in places:
        files.setdefault(place.blob, []).append(place)
    for digest, found in files.items():
        old, new = scratch / f"{digest}.old", scratch / f"{digest}.new"
        with packs.open(digest) as kept, old.open("wb") as out:
            shutil.copyfileobj(kept, out, _CHUNK)
        _rewrite(old, new, [(one.member, one.offset, one.length) for one in found])
        ready = new.with_suffix(".ready")
        new.rename(ready)
        old.unlink()
        packs.overwrite(digest, ready)
        ready.unlink()
    return len(files)


Place = tuple[str, int, int]
"""Member, offset, length."""


def _rewrite(old: Path, new: Path, places: list[Place]) -> None:
    size = old.stat().st_size
    if any(member.partition("#")[0] for member, _, _ in places):
        with old.open("rb") as source, new.open("wb+") as packed:
            directory = _zip_without(source, packed, places)
            _fill_up(packed, directory, size)
            _sync(packed)
        return
    shutil.copyfile(old, new)
    with new.open("r+b") as out:
        for member, offset, length in places:
            start, count = _span(member, offset, length, size)
            out.seek(start)
            out.write(b" " * count)
        _sync(out)


def _fill_up(packed: IO[bytes], directory: int, size: int) -> None:
    """Bring a zip to a length by zeros before its table of contents, which no reader looks at. One that is longer, or
    too large for that, stays as it is."""
    packed.seek(directory)
    tail = bytearray(packed.read())
    end = tail.rfind(b"PK\x05\x06")
    missing = size - directory - len(tail)
    offset = _OFFSET.unpack_from(tail, end + 16)[0] + missing
    if missing < 0 or offset >= _LARGEST:
        return
    _OFFSET.pack_into(tail, end + 16, offset)
    packed.seek(directory)
    packed.truncate()
    while missing:
        missing -= packed.write(bytes(min(missing, _CHUNK)))
    packed.write(tail)


def _sync(out: BinaryIO | IO[bytes]) -> None:
    out.flush()
    os.fsync(out.fileno())


def _span(member: str, offset: int, length: int, size: int) -> tuple[int, int]:
    """Start and count of what is emptied; a picture inside a record is named `MEMBER#OFFSET+LENGTH`."""
    if "#" in member:
        first, _, count = member.partition("#")[2].partition("+")
        return int(first), int(count)
    return (offset, length) if length else (0, size)


def _zip_without(source: IO[bytes], out: IO[bytes], places: list[Place]) -> int:
    """Write a zip with places emptied, and tell where its table of contents begins; a place in a zip inside it is
    named `OUTER!INNER`."""
    labels = _labels(source)
    source.seek(0)
    here: dict[str, list[Place]] = {}
    below: dict[str, list[Place]] = {}
    for member, offset, length in places:
        outer, inside, inner = member.partition("!")
        if inside:
            below.setdefault(outer, []).append((inner, offset, length))
        else:
            here.setdefault(member.partition("#")[0], []).append((member, offset, length))
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w") as new:
        new.comment = old.comment
        for head in old.infolist():
            label = labels.get(head.header_offset, "")
            content = _emptied(old.read(head), here.get(label, []))
            if label in below:
                inner_zip = io.BytesIO()
                _zip_without(io.BytesIO(content), inner_zip, below[label])
                content = inner_zip.getvalue()
            if label in here or head.compress_type != zipfile.ZIP_STORED:
                head.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(head, content, compresslevel=9)
    return int(new.start_dir)


def _labels(source: IO[bytes]) -> dict[int, str]:
    """The label of each member by the place of its head."""
    try:
        archive = Archive(*reader_of(source))
        return {member.header: member.name for member in archive.members()}
    except BadArchive as error:
        raise Damaged(f"cannot be read: {error}") from error


def _emptied(content: bytes, places: list[Place]) -> bytes:
    if not places:
        return content
    filled = bytearray(content)
    for member, offset, length in places:
        start, count = _span(member, offset, length, len(content))
        filled[start : start + count] = b" " * len(filled[start : start + count])
    return bytes(filled)


def places_of(
    packs: Packs, container: str, facts: Office, name: str, key: str, scratch: Path
) -> Iterator[tuple[RawRef, list[RawRef]]]:
    """Where records with a key lie in a kept delivery, and the files beside them: each delivery may say it again."""
    scratch.mkdir(parents=True, exist_ok=True)
    copy = scratch / (Path(name).name or "delivery")
    with packs.open(container) as kept, copy.open("wb") as out:
        shutil.copyfileobj(kept, out, _CHUNK)
    try:
        with open_delivery(copy, facts, scratch=scratch / "more") as delivery:
            for one in delivery.slices():
                if _is_of(one, key, facts, delivery.mapped):
                    raw = RawRef(container, one.member, one.offset, one.length)
                    yield raw, [RawRef(container, file.member, 0, 0) for file in delivery.attachments_of(one)]
    finally:
        copy.unlink()


def _is_of(one: Slice, key: str, facts: Office, mapped: object) -> bool:
    digits = max("".join(c if c.isdigit() else " " for c in key).split(), key=len, default="")
    if one.problem or digits.encode() not in one.data:
        return False
    record = readers.read(one, facts, mapped).record  # type: ignore[arg-type]  # as the delivery gives it
    keyed = key_of(record, facts) if record is not None else None
    return keyed is not None and keyed.key == key
