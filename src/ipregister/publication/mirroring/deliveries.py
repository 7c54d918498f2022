"""Makes deliveries out of a publication: one for each office and extraction, in the order of extraction.

A delivery is a zip with our JSON lines and the pictures beside them; the belt loads it like an office's own. What
the publisher no longer gives is delivered as a deletion of what stands here. Lines are written once, as they are to be
loaded; beside them stands which of them have pictures.
"""

import datetime as dt
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

import msgspec
from msgspec import Struct

from ipregister.model import canonical
from ipregister.model.design import Design
from ipregister.model.errors import Unproven
from ipregister.model.offices import codes, office
from ipregister.model.publicity import lies_in_content
from ipregister.model.record import Record, right_of
from ipregister.publication.bulk.images import ENDINGS
from ipregister.publication.bulk.lines import Line, Picture
from ipregister.publication.bulk.manifest import Manifest, PublishedFile, office_of
from ipregister.publication.mirroring.proving import lines_of
from ipregister.publication.working import Workers

Present = Callable[[str], Record | None]
"""The record that stands here under a key."""
_WRITTEN_AT = (2000, 1, 1, 0, 0, 0)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}(?:#\d+)?", re.ASCII)
"""A day of extraction, with its number on that day."""
_KEPT = 1 << 16
"""So many bytes of a delivery are kept in memory before they are written."""
_LEVEL = 1
"""What a delivery is compressed with: it is read twice, and kept as the raw of its records."""


class Made(Struct, frozen=True):
    """A delivery that was made: of which office, where, and the day of extraction."""

    office: str
    path: Path
    day: dt.date


class About(Struct, frozen=True):
    """Where lines come from: a name for it, the publisher's key, the day of each office's data, the day of it all."""

    name: str
    key: str
    days: dict[str, str]
    day: str


def make(
    manifest: Manifest,
    folder: Path,
    work: Path,
    present: Present,
    offices: frozenset[str],
    processes: int = 1,
) -> list[Made]:
    """The deliveries of a publication, of some offices, in the order in which they are to be loaded. The same each
    time."""
    pictures = {
        name: path
        for path in sorted(folder.glob("*.images.zip"))
        for name in zipfile.ZipFile(path).namelist()
    }

    def lines() -> Iterator[Line]:
        for content in ("history", "records"):
            for file in manifest.files:
                if file.content == content and file.format == "jsonl.zst" and is_of(file, offices):
                    told = lines_of(folder / file.name)
                    yield from told if content == "records" else filter(_has_content, told)

    about = About(manifest.name, manifest.key, manifest.days, manifest.day)
    return make_of(held_to(offices, lines()), about, work, present, pictures, processes)


def held_to(offices: frozenset[str], lines: Iterable[Line]) -> Iterator[Line]:
    """Lines of a publisher who speaks for some offices and for no other: keys begin with the code of their office. Raises
    `Unproven` for a line that speaks of another's record."""
    begins = tuple(f"{code.lower()}-" for code in offices)
    for line in lines:
        if not line.key.startswith(begins) or (
            line.office and not line.key.startswith(f"{line.office.lower()}-")
        ):
            raise Unproven("is of an office that is not taken from this publisher", place=line.key,
                           remedy="nothing was changed by it; ask the publisher")  # fmt: skip
        yield line


def make_of(
    lines: Iterable[Line], about: About, work: Path, present: Present, pictures: dict[str, Path],
    processes: int = 1,
) -> list[Made]:  # fmt: skip
    """The deliveries of lines. `pictures`: by name (`SHA256.ENDING`) the zip that holds it, or the file itself."""
    work.mkdir(parents=True, exist_ok=True)
    gathered = _Gathered(work, about)
    for line in lines:
        gathered.add(line, present)
    for heap in gathered.files.values():
        heap.write()
    packers = Workers(processes, _Packer, (about, pictures), _Packer.packed)
    try:
        return list(packers.results(sorted(gathered.files)))
    finally:
        packers.close()


def _has_content(line: Line) -> bool:
    """Whether a past version has its content: one that was withheld says nothing of what stands."""
    return bool(bytes(line.record))


def is_of(file: PublishedFile, offices: frozenset[str]) -> bool:
    """Whether a file is of one of some offices."""
    return office_of(file.part) in offices


def _gone(standing: Record, *, closed: bool) -> Record:
    """What is said of a record that is gone: all that stood, as deleted. Of one that its publisher closed, and whose content
    decides on its publicity, without the days that opened it: so its former versions are closed here, too."""
    gone = msgspec.structs.replace(standing, deleted=True)
    if not closed or not lies_in_content(standing.office, right_of(standing)):
        return gone
    gone = msgspec.structs.replace(gone, registration_date=None, publications=())
    if isinstance(gone, Design):
        designs = (
            msgspec.structs.replace(one, registration_date=None, publications=()) for one in gone.designs
        )
        gone = msgspec.structs.replace(gone, designs=tuple(designs))
    return gone


class _Shown(Struct, frozen=True):
    """A line with pictures: its place in its file, what it is a version of, its pictures."""

    place: int
    key: str
    version: int
    media: tuple[Picture, ...]


class _Heap:
    """The lines of one delivery, and which of them have pictures. No file stays open: there may be thousands."""

    def __init__(self, lines: Path, code: str, about: About, day: str) -> None:
        self.office, self._about, self._day, self._count = code, about, day, 0
        self._name = office(code).name if code in codes() else code
        self._files = lines, lines.with_suffix(".shown")
        self._kept = bytearray(), bytearray()
        for path in self._files:
            path.write_bytes(b"")

    def add(self, line: Line, body: bytes) -> None:
        """One line of our JSON: the record, its key, and where it comes from."""
        leaf = f"leaf {line.number}" if line.number else f"change {line.change}"
        notice = f"{self._about.name}, {leaf}, key {self._about.key}"
        source = {"office": self._name, "data_day": self._day, "notice": notice}
        lines, shown = self._kept
        lines += msgspec.json.encode({"key": line.key, "source": source})[:-1] + b"," + body[1:] + b"\n"
        if line.media:
            told = _Shown(self._count, line.key, line.version, line.media)
            shown += msgspec.json.encode(told) + b"\n"
        self._count += 1
        if len(lines) + len(shown) > _KEPT:
            self.write()

    def write(self) -> None:
        """Write what is kept in memory."""
        for path, kept in zip(self._files, self._kept, strict=True):
            with path.open("ab") as out:
                out.write(kept)
            kept.clear()


class _Gathered:
    """Lines by office and extraction, in files of the folder of work."""

    def __init__(self, work: Path, about: About) -> None:
        self.work, self.about = work, about
        self.files: dict[Path, _Heap] = {}

    def add(self, line: Line, present: Present) -> None:
        """One line; of what is gone, the deletion of what stands."""
        if line.kind == "record" and bytes(line.record):
            body, extracted, code = bytes(line.record), line.extracted, line.office
        elif line.kind in ("deleted", "closed") or (line.kind == "record" and not line.salt):
            standing = present(line.key)
            if standing is None or standing.deleted:
                return
            body = canonical.encode(_gone(standing, closed=line.kind == "closed"))
            code = standing.office
            extracted = line.extracted or self.about.days.get(code, self.about.day)
        else:
            return
        if not _MOMENT.fullmatch(extracted) or not code.isalnum() or not body.startswith(b"{"):
            raise Unproven(
                f"is no record: office {code!r}, extracted {extracted!r}",
                place=line.key,
                remedy="ask the publisher",
            )
        place = self.work / f"{extracted.replace('#', '_')}.{code}.lines"
        heap = self.files.get(place)
        if heap is None:
            heap = self.files[place] = _Heap(place, code, self.about, extracted[:10])
        heap.add(line, body)


def _shown(lines: Path) -> Iterator[_Shown]:
    decode = msgspec.json.Decoder(_Shown).decode
    with lines.with_suffix(".shown").open("rb") as rows:
        for row in rows:
            yield decode(row)


class _Packer:
    """Packs deliveries: lines, and the pictures that they name, each record's own where names repeat."""

    def __init__(self, given: tuple[About, dict[str, Path]]) -> None:
        self._about, self._pictures = given

    def packed(self, lines: Path) -> Made:
        """The zip of a delivery."""
        extracted, code, _ending = lines.name.rsplit(".", 2)
        day, _mark, number = extracted.partition("_")
        name = f"{code}.{day.replace('-', '')}_{int(number or 1):02d}.{self._about.name}.zip"
        path = lines.with_name(name)
        with ExitStack() as stack:
            out = stack.enter_context(zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL))
            alone = self._add_pictures(out, lines, stack)
            if alone:
                _set_apart(out, lines, alone)
            if lines.stat().st_size:
                _add_file(out, "records.jsonl", lines)
        lines.with_suffix(".shown").unlink()
        lines.unlink()
        return Made(code, path, dt.date.fromisoformat(day))

    def _add_pictures(self, out: zipfile.ZipFile, lines: Path, stack: ExitStack) -> dict[int, str]:
        """Put the pictures in; the places of the lines that must lie with theirs, in a folder each."""
        opened: dict[Path, zipfile.ZipFile] = {}
        names: dict[str, str] = {}
        alone: dict[int, str] = {}
        for row in _shown(lines):
            shown = [(one.name, f"{one.sha256}.{ENDINGS.get(one.mime, 'bin')}") for one in row.media]
            held = [(name, file) for name, file in shown if file in self._pictures]
            folder = ""
            if any(names.setdefault(name.lower(), file) != file for name, file in held):
                folder = alone[row.place] = f"{row.key}-{row.version}/"
            for name, file in held:
                if f"{folder}{name}" not in out.NameToInfo:
                    _add(out, f"{folder}{name}", _picture(self._pictures[file], file, opened, stack))
        return alone


def _set_apart(out: zipfile.ZipFile, lines: Path, alone: dict[int, str]) -> None:
    """Put the lines that must lie with their pictures in; the others stay in the file."""
    others = lines.with_suffix(".jsonl")
    with lines.open("rb") as every, others.open("wb") as plain:
        for place, line in enumerate(every):
            folder = alone.get(place)
            if folder is None:
                plain.write(line)
            else:
                _add(out, f"{folder}record.json", line.rstrip(b"\n"))
    others.replace(lines)


def _picture(path: Path, name: str, opened: dict[Path, zipfile.ZipFile], stack: ExitStack) -> bytes:
    if path.suffix != ".zip":
        return path.read_bytes()
    if path not in opened:
        opened[path] = stack.enter_context(zipfile.ZipFile(path))
    return opened[path].read(name)


def _add(out: zipfile.ZipFile, name: str, content: bytes) -> None:
    out.writestr(zipfile.ZipInfo(name, _WRITTEN_AT), content)


def _add_file(out: zipfile.ZipFile, name: str, path: Path) -> None:
    with out.open(name, "w", force_zip64=True) as member, path.open("rb") as content:
        while chunk := content.read(1 << 20):
            member.write(chunk)
