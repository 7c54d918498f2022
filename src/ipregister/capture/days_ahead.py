"""Columns and paths of a mapped source of designs that hold days to come and have no field: perhaps until then a design is
closed.

Words of headings tell much, not all; a day behind the data's own tells it in any language. Who maps the source decides.
"""

import datetime as dt
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ipregister.capture.archive import CHUNK
from ipregister.capture.cutting import Cutters
from ipregister.capture.limits import USUAL
from ipregister.capture.mapped import data_of, rows_in
from ipregister.capture.members import Source
from ipregister.exchange.mapped.cells import Cell, folded
from ipregister.exchange.mapped.mapping import TABULAR, Mapping
from ipregister.exchange.mapped.reader import MappedReader
from ipregister.model.dates import parse as parse_date
from ipregister.model.digits import to_ascii
from ipregister.model.offices import office

RIGHT = "design"
"""The right whose records a day may close: of the others none is opened by what a source leaves out."""
_FORMS = ("iso", "dmy", "mdy")
_MONTH = re.compile(r"(?P<y>\d{4})[-/.](?P<m>0?[1-9]|1[0-2])|(?P<m2>0?[1-9]|1[0-2])[-/.](?P<y2>\d{4})")
_LONGEST = 40


def days_ahead(records: Iterable[Sequence[Cell]], mapping: Mapping, day: dt.date) -> dict[str, str]:
    """The columns or paths of records with no field and no place in `ignore` that hold a day or month behind a day, each
    with the first such text; empty for other rights."""
    if mapping.right != RIGHT:
        return {}
    settled = {folded(name) for name in (*mapping.ignore, *(field.source for field in mapping.fields))}
    found: dict[str, str] = {}
    for cells in records:
        for cell in cells:
            if cell.path not in found and folded(cell.path) not in settled and _is_behind(cell.text, day):
                found[cell.path] = cell.text
    return found


def cells_in(packed: Path, mapping: Mapping) -> Iterator[list[Cell]]:
    """What each record of a delivery that was packed here holds; nothing of one that cannot be read."""
    reader = MappedReader(mapping, office(mapping.office))
    for raw in _raw_in(packed, mapping):
        yield reader.cells(raw)


def _raw_in(packed: Path, mapping: Mapping) -> Iterator[bytes]:
    if mapping.input.kind in TABULAR:
        yield from (line.rstrip(b"\n") for line in rows_in(packed))
        return
    name = data_of(mapping)
    with zipfile.ZipFile(packed) as archive:

        def chunks() -> Iterator[bytes]:
            with archive.open(name) as opened:
                while chunk := opened.read(CHUNK):
                    yield chunk

        source = Source(name, archive.getinfo(name).file_size, lambda: archive.read(name), chunks)
        cutters = Cutters(office(mapping.office), USUAL, _unheard, mapping)
        yield from (piece.data for piece in cutters.pieces(source) if not piece.problem)


def _unheard(_code: str, _value: str, _arguments: dict[str, str]) -> None:
    """Findings on the delivery are told when it is loaded."""


def _is_behind(text: str, day: dt.date) -> bool:
    """Whether a text is a day behind another, in any order of day and month, or a month that ends behind it."""
    if len(text) > _LONGEST or not any(sign.isdecimal() for sign in text):
        return False
    if match := _MONTH.fullmatch(to_ascii(text).strip()):
        year, month = match["y"] or match["y2"], match["m"] or match["m2"]
        return f"{year}-{int(month):02d}" > day.isoformat()[:7]
    return any(iso > day.isoformat() for form in _FORMS if (iso := parse_date(text, form)[0]))
