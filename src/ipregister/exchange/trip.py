"""The trip of a record's texts: from the source into another format, and back where that format has a reader."""

import io
import re
import tempfile
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
import python_calamine
from lxml import etree
from msgspec import Struct

from ipregister.exchange.formats import Item, laid, write, write_workbook
from ipregister.exchange.loss import texts_of
from ipregister.exchange.mapped.quotes import rows_of
from ipregister.exchange.mapped.sheets import rows_in
from ipregister.exchange.writers import WRITERS
from ipregister.model import canonical
from ipregister.model.cell import unguarded
from ipregister.model.errors import NotWritten
from ipregister.model.evidence import Reading, split_origin
from ipregister.model.offices import Office
from ipregister.model.record import Record, right_of

_PARTS = re.compile(r"[;\n]")
_SHOWN = 200
"""So many bytes are shown of what cannot be told apart."""


Reread = Callable[[bytes, Office], Record | None]
"""Reads a file that was written back as a delivery is read: its one record, None where it does not give exactly one."""


class Outcome(Struct, frozen=True):
    """A record in another format: its texts there, the record that is read back (None where none is), and whether the
    format has a reader."""

    texts: frozenset[str]
    back: Record | None
    readable: bool = True


class Trip(Struct, frozen=True):
    """Distinct texts of the source, of those how many are in the written document, and how many come back.

    `back` is None where the format has no reader; `missing` are the texts that did not arrive; `lacks` is the right
    where the format has no form for it."""

    source: int
    out: int
    back: int | None
    missing: tuple[str, ...]
    lacks: str = ""


def _leaves(value: Any) -> frozenset[str]:
    return frozenset(str(leaf) for _, leaf in canonical.leaves(value))


def _document(format: str) -> Callable[[Record, Office, Reread], Outcome]:
    def outcome(record: Record, office: Office, reread: Reread) -> Outcome:
        file = _file(format, record, office)
        return Outcome(frozenset(place.text for place in texts_of(file).values()), reread(file, office))

    return outcome


def _file(format: str, record: Record, office: Office) -> bytes:
    """The whole file of one record, as `convert` and `export` write it."""
    return "".join(write(format, (Item("", record, office),), right_of(record))).encode()


def _jsonl(record: Record, office: Office, reread: Reread) -> Outcome:
    body = canonical.encode(record)
    return Outcome(_leaves(msgspec.json.decode(body)), reread(_file("jsonl", record, office), office))


def _gbd(record: Record, office: Office, reread: Reread) -> Outcome:
    return Outcome(_leaves(laid(record, office)), None, readable=False)


def _csv(record: Record, office: Office, reread: Reread) -> Outcome:
    file = io.StringIO(_file("csv", record, office).decode(), newline="")
    return _cells([unguarded(cell) for cell in cells] for cells, _ in rows_of(file, ","))


def _xlsx(record: Record, office: Office, reread: Reread) -> Outcome:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "one.xlsx"
        write_workbook((Item("", record, office),), path, right_of(record))
        book = python_calamine.CalamineWorkbook.from_path(path)
        return _cells(cells for cells, *_ in rows_in(book, book.sheet_names[0]))


def _cells(rows: Iterable[Sequence[str]]) -> Outcome:
    """The cells of a table, as they are read, without its heading. A table tells too little to be a record again."""
    cells = frozenset(cell for row in islice(rows, 1, None) for cell in row)
    return Outcome(cells, None, readable=False)


TARGETS: dict[str, Callable[[Record, Office, Reread], Outcome]] = {
    **{name: _document(name) for name in dict.fromkeys(one.format for one in WRITERS)},
    "jsonl": _jsonl,
    "gbd": _gbd,
    "csv": _csv,
    "xlsx": _xlsx,
}
"""Formats that a record's texts can be followed into."""


def follow(raw: bytes, reading: Reading, office: Office, to: str, reread: Reread) -> Trip:
    """Follow every distinct text of a raw document into the file that is written, and back from it. Raises `KeyError`
    for a format that is not in `TARGETS`."""
    if reading.record is None:
        lost = _all_of(raw, reading.slice_repairs)
        return Trip(len(lost), 0, 0, lost)
    places = texts_of(raw, reading.slice_repairs)
    used = {str(position) for position in reading.used}
    source: dict[str, list[str]] = {place.text.strip(): [] for p, place in places.items() if p not in used}
    for pointer, origin in reading.evidence.items():
        position = split_origin(origin)[0]
        for inner in places.inside(position) or (position,):
            if inner in places:
                source.setdefault(places[inner].text.strip(), []).append(pointer)
    try:
        made = TARGETS[to](reading.record, office, reread)
    except NotWritten:
        return Trip(len(source), 0, None, tuple(source), right_of(reading.record))
    before = dict(canonical.leaves(msgspec.to_builtins(reading.record)))
    after = dict(canonical.leaves(msgspec.to_builtins(made.back))) if made.back else {}
    whole = "\n".join(made.texts)
    out, back = set(), set()
    for text, pointers in source.items():
        values = {pointer: before[pointer] for pointer in pointers if pointer in before}
        read = not pointers or all(after.get(pointer) == value for pointer, value in values.items())
        if pointers and made.back is not None and read:
            back.add(text)
        if pointers and (text in back or all(_inside(str(value), whole) for value in values.values())):
            out.add(text)
    arrived = back if made.readable else out
    missing = tuple(text for text in source if text not in arrived)
    return Trip(len(source), len(out), len(back) if made.readable else None, missing)


def _all_of(raw: bytes, repairs: tuple[str, ...]) -> tuple[str, ...]:
    """The distinct texts of a document of which no record could be read; its beginning, as one text, where not even these
    can be told apart."""
    try:
        texts = tuple(dict.fromkeys(place.text.strip() for place in texts_of(raw, repairs).values()))
    except (etree.XMLSyntaxError, ValueError):
        texts = ()
    return texts or (raw[:_SHOWN].decode("utf-8", "replace"),)


def _inside(value: str, whole: str) -> bool:
    """Whether a value stands in a document; lists of goods may stand there term by term."""
    return value in whole or all(part.strip(" .") in whole for part in _PARTS.split(value))
