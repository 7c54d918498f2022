"""Makes deliveries out of a publication: one for each office and extraction, in the order of extraction.

A delivery is a zip with our JSON lines and the pictures beside them; the belt loads it like an office's own. What
the publisher no longer gives is delivered as a deletion of what stands here.
"""

import datetime as dt
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

import msgspec
from msgspec import Struct

from ipregister.model import canonical
from ipregister.model.offices import codes, office
from ipregister.model.record import Record
from ipregister.publication.bulk.images import ENDINGS
from ipregister.publication.bulk.lines import Line
from ipregister.publication.bulk.manifest import Manifest, PublishedFile, office_of
from ipregister.publication.mirroring.proving import lines_of

Present = Callable[[str], Record | None]
"""The record that stands here under a key."""
_WRITTEN_AT = (2000, 1, 1, 0, 0, 0)


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
    manifest: Manifest, folder: Path, work: Path, present: Present, offices: frozenset[str]
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
                    yield from lines_of(folder / file.name)

    about = About(manifest.name, manifest.key, manifest.days, manifest.day)
    return make_of(lines(), about, work, present, pictures)


def make_of(
    lines: Iterable[Line], about: About, work: Path, present: Present, pictures: dict[str, Path]
) -> list[Made]:
    """The deliveries of lines. `pictures`: by name (`SHA256.ENDING`) the zip that holds it, or the file itself."""
    work.mkdir(parents=True, exist_ok=True)
    gathered = _Gathered(work, about)
    with gathered.open:
        for line in lines:
            gathered.add(line, present)
    return [_packed(lines, about, pictures) for lines in sorted(gathered.files)]


def is_of(file: PublishedFile, offices: frozenset[str]) -> bool:
    """Whether a file is of one of some offices."""
    return office_of(file.part) in offices


class _Gathered:
    """Lines by office and extraction, in files of the folder of work."""

    def __init__(self, work: Path, about: About) -> None:
        self.work, self.about, self.open = work, about, ExitStack()
        self.files: dict[Path, BinaryIO] = {}

    def add(self, line: Line, present: Present) -> None:
        """One line; of what is gone, the deletion of what stands."""
        if line.kind == "record" and bytes(line.record):
            body, extracted, code = bytes(line.record), line.extracted, line.office
        elif line.kind in ("deleted", "closed") or (line.kind == "record" and not line.salt):
            standing = present(line.key)
            if standing is None or standing.deleted:
                return
            body = canonical.encode(msgspec.structs.replace(standing, deleted=True))
            code = standing.office
            extracted = line.extracted or self.about.days.get(code, self.about.day)
        else:
            return
        place = self.work / f"{extracted.replace('#', '_')}.{code}.lines"
        out = self.files.get(place)
        if out is None:
            out = self.files[place] = self.open.enter_context(place.open("wb"))
        out.write(msgspec.json.encode(_Row(line, msgspec.Raw(body), code, extracted)) + b"\n")


class _Row(Struct, frozen=True):
    line: Line
    body: msgspec.Raw
    office: str
    extracted: str


def _rows(path: Path) -> Iterator[_Row]:
    decode = msgspec.json.Decoder(_Row).decode
    with path.open("rb") as lines:
        for line in lines:
            yield decode(line)


def _packed(lines: Path, about: About, pictures: dict[str, Path]) -> Made:
    """The zip of a delivery: lines, and the pictures that they name, each record's own where names repeat."""
    extracted, code, _ending = lines.name.rsplit(".", 2)
    day, _mark, number = extracted.partition("_")
    name = f"{code}.{day.replace('-', '')}_{int(number or 1):02d}.{about.name}.zip"
    path = lines.with_name(name)
    opened: dict[Path, zipfile.ZipFile] = {}
    names: dict[str, str] = {}
    with ExitStack() as stack:
        out = stack.enter_context(zipfile.ZipFile(path, "w"))
        plain = stack.enter_context(lines.with_suffix(".jsonl").open("wb"))
        for row in _rows(lines):
            content = _line(row, about)
            shown = [(one.name, f"{one.sha256}.{ENDINGS.get(one.mime, 'bin')}") for one in row.line.media]
            held = [(name, file) for name, file in shown if file in pictures]
            alone = any(names.setdefault(name.lower(), file) != file for name, file in held)
            folder = f"{row.line.key}-{row.line.version}/" if alone else ""
            if alone:
                _add(out, f"{folder}record.json", content)
            else:
                plain.write(content + b"\n")
            for name, file in held:
                if f"{folder}{name}" not in out.NameToInfo:
                    _add(out, f"{folder}{name}", _picture(pictures[file], file, opened))
        plain.close()
        if Path(plain.name).stat().st_size:
            _add_file(out, "records.jsonl", Path(plain.name))
    for zipped in opened.values():
        zipped.close()
    Path(plain.name).unlink()
    lines.unlink()
    return Made(code, path, dt.date.fromisoformat(day))


def _line(row: _Row, about: About) -> bytes:
    """A line of our JSON: the record, its key, and where it comes from."""
    plain = msgspec.json.decode(row.body)
    name = office(row.office).name if row.office in codes() else row.office
    leaf = f"leaf {row.line.number}" if row.line.number else f"change {row.line.change}"
    source = {
        "office": name,
        "data_day": row.extracted[:10],
        "notice": f"{about.name}, {leaf}, key {about.key}",
    }
    return msgspec.json.encode({"key": row.line.key, "source": source, **plain})


def _picture(path: Path, name: str, opened: dict[Path, zipfile.ZipFile]) -> bytes:
    if path.suffix != ".zip":
        return path.read_bytes()
    if path not in opened:
        opened[path] = zipfile.ZipFile(path)
    return opened[path].read(name)


def _add(out: zipfile.ZipFile, name: str, content: bytes) -> None:
    out.writestr(zipfile.ZipInfo(name, _WRITTEN_AT), content)


def _add_file(out: zipfile.ZipFile, name: str, path: Path) -> None:
    about = zipfile.ZipInfo(name, _WRITTEN_AT)
    about.compress_type = zipfile.ZIP_DEFLATED
    with out.open(about, "w", force_zip64=True) as member, path.open("rb") as content:
        while chunk := content.read(1 << 20):
            member.write(chunk)
