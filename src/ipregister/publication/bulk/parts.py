"""One piece of a publication: so many records of one office and right, in all formats. Runs in worker processes."""

import os
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import msgspec
from msgspec import Struct

from ipregister.model.errors import Damaged
from ipregister.model.offices import Office
from ipregister.model.record import Record
from ipregister.publication.bulk.documents import DocumentFile
from ipregister.publication.bulk.images import Lying, write_images
from ipregister.publication.bulk.lines import Line, LineFile, Picture, bare
from ipregister.publication.bulk.manifest import Content, PublishedFile
from ipregister.publication.bulk.parquet import ParquetFile
from ipregister.publication.bulk.shelf import FILES, NOTES
from ipregister.publication.log.entries import Entry
from ipregister.publication.log.examining import Examiner, Rules
from ipregister.publication.pictures import named_pictures
from ipregister.publication.released import Released
from ipregister.store.packed import Outgoing
from ipregister.store.packs import Packs, file_digest


class Beside(Struct, frozen=True, gc=False):
    """A file beside a record, with the kept file it lies in."""

    name: str
    member: str
    sha256: str
    mime: str
    width: int
    height: int
    container: str


class Row(Struct, frozen=True, gc=False):
    """A leaf of the log with its number; its version where it has content. `stands`: it tells the present state;
    `sent`: its pictures are those that were published with the record before."""

    number: int
    entry: Entry
    version: Outgoing | None
    stands: bool
    media: tuple[Beside, ...] = ()
    sent: bool = False


class Piece(Struct, frozen=True):
    """Rows of a part, in order of keys. `name` is how its files begin."""

    part: str
    name: str
    rows: tuple[Row, ...]


class Written(Struct, frozen=True):
    """What became of a piece: its files, and how many lines of each kind there are."""

    files: tuple[PublishedFile, ...]
    counts: dict[str, int]


class Setting(Struct, frozen=True):
    """The folder of work, by what rules pieces are written, from which packs."""

    work: Path
    packs: Path
    rules: Rules


class _Files:
    """The files of a piece."""

    def __init__(self, folder: Path, name: str, right: str, facts: Office | None) -> None:
        self.records = LineFile(folder / f"{name}.jsonl.zst")
        self.history = LineFile(folder / f"{name}.history.jsonl.zst")
        self.table = ParquetFile(folder / f"{name}.parquet")
        self.documents = DocumentFile(folder / f"{name}.st96.zip", right, f"{name}.xml")
        self.images = folder / f"{name}.images.zip"
        self.pictures: set[Lying] = set()
        self._facts = facts

    def add(self, row: Row, line: Line, record: Record | None) -> None:
        """A row in each file that it belongs to."""
        (self.records if row.stands else self.history).add(line.content())
        if row.stands and record is not None and self._facts is not None:
            self.table.add(line, record)
            self.documents.add(line.key, record, self._facts)

    def close(self) -> None:
        """Finish all."""
        for file in (self.records, self.history, self.table, self.documents):
            file.close()

    def published(self, part: str, packs: Packs) -> tuple[PublishedFile, ...]:
        """The finished files, with the pictures; those that would be empty are not there."""
        shown = write_images(self.images, self.pictures, packs)
        made: list[tuple[Path, Content, str, int]] = [
            (self.records.path, "records", "jsonl.zst", self.records.count),
            (self.table.path, "records", "parquet", self.table.count),
            (self.documents.path, "records", "st96.zip", self.documents.count),
            (self.history.path, "history", "jsonl.zst", self.history.count),
            (self.images, "images", "zip", shown),
        ]
        return tuple(
            published(path, part, content, format, count) for path, content, format, count in made if count
        )


class PieceWriter:
    """Writes pieces."""

    def __init__(self, setting: Setting) -> None:
        self.work, self.examiner = setting.work, Examiner(setting.rules)
        self.packs = Packs(setting.packs)

    def write(self, piece: Piece) -> Written:
        """Write the files of a piece, then a note that they are whole."""
        office, _, right = piece.part.partition("-")
        facts, terms, _ = self.examiner.known(office, right)
        files, counts = _Files(self.work / FILES, piece.name, right, facts), dict[str, int]()
        with closing(files):
            for row in piece.rows:
                kind = row.entry.kind if row.stands else "past"
                if row.version is not None and not row.stands and self.examiner.side(row.version) is None:
                    continue  # a past version that was released, and is no longer: its leaf stands in the log alone
                counts[kind] = counts.get(kind, 0) + 1
                if row.version is None:
                    files.add(row, bare(row.entry, row.number), None)
                    continue
                side, beside = self._side(row, pictures=terms.allows("images"))
                salt = self.examiner.rules.salts.salt(row.entry.key, row.entry.version)
                files.add(row, _line(row, salt, side.body, beside), side.record)
                if row.stands and not row.sent:
                    files.pictures |= {Lying(b.container, b.member, b.sha256, b.mime) for b in beside}
        written = Written(files.published(piece.part, self.packs), counts)
        note(self.work, piece.name, written)
        return written

    def _side(self, row: Row, *, pictures: bool) -> tuple[Released, list[Beside]]:
        """What goes out of a version; it must be what the log says."""
        version = row.version
        side = self.examiner.side(version) if version is not None else None
        if version is None or side is None or self.examiner.commit(version, side).hex() != row.entry.hash:
            raise Damaged(
                "the register and the log do not agree",
                place=f"{row.entry.key} version {row.entry.version}",
                remedy="restore the register or the log from the backup",
            )
        beside = list(row.media) if pictures else []
        if beside:
            beside = named_pictures(msgspec.to_builtins(side.record), beside)
        return side, beside


def _line(row: Row, salt: bytes, body: bytes, pictures: Sequence[Beside]) -> Line:
    version, entry = row.version, row.entry
    if version is None:
        return bare(entry, row.number)
    media = tuple(Picture(one.name, one.sha256, one.mime, one.width, one.height) for one in pictures)
    return Line(
        key=entry.key,
        kind=entry.kind,
        number=row.number,
        version=entry.version,
        change=entry.change,
        office=version.office,
        right=version.right,
        cause=version.cause,
        extracted=version.extracted,
        confirmed=version.confirmed,
        recorded_at=version.recorded_at,
        salt=salt.hex(),
        hash=entry.hash,
        media=media,
        record=msgspec.Raw(body),
    )


def published(path: Path, part: str, content: Content, format: str, count: int) -> PublishedFile:
    """A finished file; its bytes are on the disk when this returns."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    return PublishedFile(path.name, part, content, format, count, path.stat().st_size, file_digest(path))


def note(work: Path, name: str, written: Written) -> None:
    """Note that a piece is whole."""
    beside = work / NOTES / f"{name}.new"
    beside.write_bytes(msgspec.json.encode(written))
    beside.replace(work / NOTES / f"{name}.json")


def noted(work: Path, name: str) -> Written | None:
    """What a finished piece gave; None where it is to be written (again)."""
    try:
        found = msgspec.json.decode((work / NOTES / f"{name}.json").read_bytes(), type=Written)
    except (OSError, msgspec.MsgspecError, ValueError, RecursionError):
        return None
    files = [(work / FILES / file.name, file.bytes) for file in found.files]
    return found if all(path.is_file() and path.stat().st_size == size for path, size in files) else None


def write_piece(writer: PieceWriter, piece: Piece | Written) -> Written:
    """What worker processes run; a piece that is whole already is passed on."""
    return piece if isinstance(piece, Written) else writer.write(piece)
