"""Old publications without what is withheld: lines keep leaf and number, rows, documents and pictures go.

The signed manifest stays as it is. A second signed file tells which files were rewritten, and their new hashes.
"""

import os
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
from msgspec import Struct

from ipregister.exchange.packages import deflated, member
from ipregister.model.errors import Unproven
from ipregister.publication.bulk.lines import Line, LineFile, bare, read_lines
from ipregister.publication.bulk.manifest import Manifest, PublishedFile, load
from ipregister.publication.bulk.shelf import Shelf, write_synced
from ipregister.publication.keys import PublicKey, Signer
from ipregister.store.packs import file_digest

FILE = "withheld.json"
KIND = "withheld"
"""The kind of its signature."""
_encoder = msgspec.json.Encoder(order="sorted")
_REMARK = re.compile(rb"^<!-- (\S+)")


class Rewritten(Struct, frozen=True, forbid_unknown_fields=True):
    """A file as it is now; no hash where nothing is left of it."""

    name: str
    bytes: int
    sha256: str


class Withheld(Struct, frozen=True, forbid_unknown_fields=True):
    """The files of a publication that were rewritten since it was published."""

    publication: str
    files: tuple[Rewritten, ...]

    def content(self) -> bytes:
        """The bytes that are signed."""
        return _encoder.encode(self)


class SignedWithheld(Struct, frozen=True, forbid_unknown_fields=True):
    """The same with its signature."""

    withheld: Withheld
    signature: str

    def content(self) -> bytes:
        """The file."""
        return _encoder.encode(self) + b"\n"


def rewritten(content: bytes, key: PublicKey, manifest: Manifest, place: str) -> dict[str, Rewritten]:
    """What a signed file tells of a publication's files. Raises `Unproven`."""
    try:
        found = msgspec.json.decode(content, type=SignedWithheld)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise Unproven(f"is nothing that we write: {error}", place=place) from error
    told = found.withheld
    if found.content() != content or not key.holds(KIND, told.content(), found.signature):
        raise Unproven("is not what was signed", place=place, remedy="take another copy")
    if told.publication != manifest.name:
        raise Unproven("is of another publication", place=place, remedy="take another copy")
    return {one.name: one for one in told.files}


class Wanted(Struct, frozen=True):
    """What is withheld: a record (one version of it, or all) or pictures."""

    key: str
    version: int = 0
    pictures: frozenset[str] = frozenset()
    record: bool = True

    def line(self, line: Line) -> bool:
        """Whether a line goes."""
        return self.record and line.key == self.key and self.version in (0, line.version)


def empty_publications(folder: Path, wanted: Wanted, signer: Signer) -> int:
    """Rewrite all publications of a folder that are still there; how many files changed."""
    changed = 0
    for listed in Shelf(folder).index().publications:
        place = folder / listed.name
        if not place.is_dir():
            continue
        manifest, _ = load(place)
        before = _told(place, signer, manifest)
        found = {one.name: one for one in _empty(place, manifest, wanted)}
        if found:
            told = Withheld(manifest.name, tuple(sorted((before | found).values(), key=lambda one: one.name)))
            signed = SignedWithheld(told, signer.sign(KIND, told.content()))
            write_synced(place / f".{FILE}.new", signed.content())
            (place / f".{FILE}.new").replace(place / FILE)
            for name in found:
                (place / f".{name}.new").replace(place / name)
        changed += len(found)
    return changed


def _told(place: Path, signer: Signer, manifest: Manifest) -> dict[str, Rewritten]:
    path = place / FILE
    return rewritten(path.read_bytes(), signer.public, manifest, str(path)) if path.is_file() else {}


def _empty(place: Path, manifest: Manifest, wanted: Wanted) -> Iterator[Rewritten]:
    """Write the files that change beside the old ones."""
    pieces: dict[str, list[PublishedFile]] = {}
    for file in manifest.files:
        if file.content != "log" and (place / file.name).is_file():
            pieces.setdefault(file.name.partition(".")[0], []).append(file)
    for files in pieces.values():
        gone, pictures = _affected(place, files, wanted)
        for file in files:
            new = place / f".{file.name}.new"
            if _write(place / file.name, new, file, gone, pictures, wanted):
                yield Rewritten(file.name, new.stat().st_size, file_digest(new))
            else:
                new.unlink(missing_ok=True)


def _affected(place: Path, files: list[PublishedFile], wanted: Wanted) -> tuple[bool, frozenset[str]]:
    """Whether lines of a piece go, and which pictures no other line of it shows."""
    gone, theirs, others = False, set(wanted.pictures), set[str]()
    for file in files:
        if file.format == "jsonl.zst":
            for content in read_lines(place / file.name):
                line = msgspec.json.decode(content, type=Line)
                shown = {one.sha256 for one in line.media}
                if wanted.line(line):
                    gone = True
                    theirs |= shown
                else:
                    others |= shown
    return gone, frozenset(theirs - (others - wanted.pictures))


def _write(
    old: Path, new: Path, file: PublishedFile, gone: bool, pictures: frozenset[str], wanted: Wanted
) -> bool:
    """Write a file without what is withheld; False where nothing of it changes."""
    if file.content == "images":
        return _write_zip(old, new, pictures)
    if not gone:
        return False
    if file.format == "jsonl.zst":
        out = LineFile(new, always=True)
        for content in read_lines(old):
            line = msgspec.json.decode(content, type=Line)
            out.add(bare(line.entry(), line.number).content() if wanted.line(line) else content)
        out.close()
    elif file.format == "parquet":
        _write_table(old, new, wanted)
    else:
        _write_document(old, new, wanted)
    _sync(new)
    return file_digest(new) != file_digest(old)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write_table(old: Path, new: Path, wanted: Wanted) -> None:
    source = pq.ParquetFile(old)
    with pq.ParquetWriter(new, source.schema_arrow, compression="zstd", version="2.6") as out:
        for group in range(source.num_row_groups):
            table = source.read_row_group(group)
            keys, versions = table["key"].to_pylist(), table["version"].to_pylist()
            stays = [key != wanted.key or wanted.version not in (0, version)
                     for key, version in zip(keys, versions, strict=True)]  # fmt: skip
            out.write_table(table.filter(pa.array(stays, pa.bool_())))  # no rows left would say no type


def _write_document(old: Path, new: Path, wanted: Wanted) -> None:
    """A document has a comment with the key before each record; one of a record alone has its key as its name."""
    with zipfile.ZipFile(old) as source, zipfile.ZipFile(new, "w") as out:
        for name in source.namelist():
            if name == f"{wanted.key}.xml":
                continue
            with source.open(name) as lines, out.open(deflated(name), "w", force_zip64=True) as written:
                going, before = False, b""
                for line in lines:
                    if not going:
                        written.write(before)
                    before, remark = line, _REMARK.match(line)
                    going = remark[1].decode() == wanted.key if remark else going
                written.write(before)


def _write_zip(old: Path, new: Path, pictures: frozenset[str]) -> bool:
    with zipfile.ZipFile(old) as source:
        names = source.namelist()
        if not any(name.partition(".")[0] in pictures for name in names):
            return False
        with zipfile.ZipFile(new, "w") as out:
            for name in names:
                if name.partition(".")[0] not in pictures:
                    out.writestr(member(name), source.read(name))
    _sync(new)
    return True
