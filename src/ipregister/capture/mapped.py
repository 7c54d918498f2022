"""The delivery of a mapped source: one zip that holds the source as it came, its rows, and the mapping.

What is kept can so be read again at any time, whatever becomes of the mapping file.
"""

import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from ipregister.capture.archive import CHUNK, Archive, BadArchive
from ipregister.capture.disagreeing import Disagreeing, contradicting
from ipregister.capture.saved_as import require_plain
from ipregister.exchange.json.apart import Apart
from ipregister.exchange.json.cells import with_wrong
from ipregister.exchange.json.grouped import grouped
from ipregister.exchange.mapped import mapping as mappings
from ipregister.exchange.mapped import rows
from ipregister.exchange.mapped.mapping import TABULAR, Mapping
from ipregister.exchange.mapped.reader import MappedReader
from ipregister.exchange.mapped.repeating import NUMBERS
from ipregister.model.errors import UnreadableInput
from ipregister.model.offices import office
from ipregister.model.publicity import lies_in_content

MAPPING = "ipregister-mapping.toml"
ROWS, DOCUMENT, ORIGINAL = "rows.jsonl", "source", "original"
_LARGEST = 1 << 20
_DAY = (1980, 1, 1, 0, 0, 0)


def pack_file(source: Path, mapping: Mapping, text: bytes, target: Path) -> None:
    """Write the delivery of a file. The same file and mapping always give the same bytes. Raises `UnreadableInput`."""
    if not source.is_file():
        raise UnreadableInput("no such file", place=str(source), remedy="check the path")
    if mapping.input.kind != "xml":
        require_plain(source)
    with zipfile.ZipFile(target, "w", allowZip64=True) as archive:
        _add(archive, MAPPING, [text])
        if mapping.input.kind in TABULAR:
            _add_rows(archive, rows.lines_of(source, mapping.input, mapping), mapping, target.parent)
            _copy(archive, f"{ORIGINAL}/{source.name}", source)
        else:
            _copy(archive, f"{DOCUMENT}.{mapping.input.kind}", source)
    stamp = source.stat()
    os.utime(target, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))


def pack_rows(lines: Iterable[bytes], mapping: Mapping, text: bytes, target: Path) -> None:
    """Write the delivery of rows that come from a database."""
    with zipfile.ZipFile(target, "w", allowZip64=True) as archive:
        _add(archive, MAPPING, [text])
        _add_rows(archive, lines, mapping, target.parent)


def _add_rows(archive: zipfile.ZipFile, lines: Iterable[bytes], mapping: Mapping, scratch: Path) -> None:
    """Add the lines of rows; those that the mapping takes for one record as one, without those that it gainsays. They are
    written to `scratch` first, since only the last line tells whether all rows of a record stand together."""
    columns = mapping.input.group
    if not columns:
        _add_single(archive, lines, mapping, scratch)
        return
    numbers = [field.source for field in mapping.fields if field.to in NUMBERS]
    apart = Apart(columns)
    with tempfile.TemporaryFile(dir=scratch) as spool:
        together = grouped(_gainsaid(lines, mapping), columns, numbers)
        if lies_in_content(mapping.office, mapping.right):
            together = contradicting(together, mapping)
        spool.writelines(apart.noted(together))
        spool.seek(0)
        _add(archive, ROWS, apart.marked(spool))


def _add_single(archive: zipfile.ZipFile, lines: Iterable[bytes], mapping: Mapping, scratch: Path) -> None:
    """Add the lines of rows that are a record each; those of one number that disagree about its publicity are marked."""
    if not lies_in_content(mapping.office, mapping.right):
        _add(archive, ROWS, lines)
        return
    disagreeing = Disagreeing(mapping)
    with tempfile.TemporaryFile(dir=scratch) as spool:
        spool.writelines(disagreeing.noted(lines))
        _add(archive, ROWS, disagreeing.marked(spool))


def _gainsaid(lines: Iterable[bytes], mapping: Mapping) -> Iterator[bytes]:
    """The lines of rows, each that stands one column off by the mapping with that reason: of which record it is cannot be
    told, either."""
    reader = MappedReader(mapping, office(mapping.office))
    for line in lines:
        shift = reader.shift_in(line.rstrip(b"\n"))
        yield with_wrong(line, f"shifted-row: {shift}") if shift else line


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _DAY)
    info.compress_type = zipfile.ZIP_DEFLATED
    info._compresslevel = 1  # type: ignore[attr-defined]  # the public way holds the file in memory
    return info


def _add(archive: zipfile.ZipFile, name: str, parts: Iterable[bytes]) -> None:
    with archive.open(_info(name), "w", force_zip64=True) as goal:
        for part in parts:
            goal.write(part)


def _copy(archive: zipfile.ZipFile, name: str, source: Path) -> None:
    with archive.open(_info(name), "w", force_zip64=True) as goal, source.open("rb") as opened:
        shutil.copyfileobj(opened, goal, CHUNK)


def rows_in(packed: Path) -> Iterator[bytes]:
    """The rows of a delivery that was packed here, a line each."""
    with zipfile.ZipFile(packed) as archive, archive.open(ROWS) as opened:
        yield from opened


def mapping_in(archive: Archive, place: str) -> Mapping | None:
    """The mapping inside a delivery; None where it is no delivery of a mapped source. Raises `UnreadableInput`."""
    try:
        member = archive.find(MAPPING)
    except KeyError:
        return None
    try:
        return mappings.load(archive.read(member, _LARGEST), f"{place}!{MAPPING}")
    except BadArchive as error:
        raise UnreadableInput(
            "the mapping cannot be read", place=place, remedy="load the source again"
        ) from error


def data_of(mapping: Mapping) -> str:
    """The member that holds the records."""
    return ROWS if mapping.input.kind in TABULAR else f"{DOCUMENT}.{mapping.input.kind}"
