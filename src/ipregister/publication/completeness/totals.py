"""Tables of totals that offices declare: so many of a right reached a stage in a year."""

import csv
import io
from typing import Literal

import msgspec
from msgspec import Struct

from ipregister.exchange.st37.reader import Refused
from ipregister.model.errors import UnreadableInput
from ipregister.model.record import RIGHTS

Stage = Literal["applications", "publications", "registrations"]
STAGES: tuple[Stage, ...] = ("applications", "publications", "registrations")
COLUMNS = ("right", "stage", "year", "total")
"""Heading of a table of totals."""
MOST_DIGITS = 12


class Total(Struct, frozen=True, gc=False):
    """So many of a right reached a stage in a year, as the office counts."""

    right: str
    stage: Stage
    year: str
    total: int


def is_table(content: bytes) -> bool:
    """Whether a file is a table of totals, by its heading."""
    first = content.lstrip(b"\xef\xbb\xbf").partition(b"\n")[0].strip().lower()
    return first.replace(b";", b",").replace(b"\t", b",") == ",".join(COLUMNS).encode()


def read_totals(content: bytes, name: str) -> tuple[tuple[Total, ...], tuple[Refused, ...]]:
    """The totals of a table, and the lines that are refused. Raises `UnreadableInput`."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableInput(
            "the table is not UTF-8", place=name, remedy="save it as CSV in UTF-8"
        ) from error
    mark = max((",", ";", "\t"), key=text.partition("\n")[0].count)
    found: dict[tuple[str, str, str], tuple[int, Total]] = {}
    refused: list[Refused] = []
    for place, cells in enumerate(csv.reader(io.StringIO(text), delimiter=mark), 1):
        if place == 1 or not any(cells):
            continue
        right, stage, year, total = (*(cell.strip() for cell in cells), "", "", "")[: len(COLUMNS)]
        reason, of = _wrong(cells), (right, stage, year)
        if not reason and of in found:
            reason = f"listed twice: line {found[of][0]} holds, with {found[of][1].total}"
        if reason:
            refused.append(Refused(place, mark.join(cells), reason))
        else:
            found[of] = place, Total(right, msgspec.convert(stage, Stage), year, int(total))
    return tuple(total for _place, total in found.values()), tuple(refused)


def _wrong(cells: list[str]) -> str:
    if len(cells) != len(COLUMNS):
        return f"{len(cells)} cells instead of {len(COLUMNS)}"
    right, stage, year, total = (cell.strip() for cell in cells)
    if right not in RIGHTS:
        return f"{right!r} is no right"
    if stage not in STAGES:
        return f"{stage!r} is none of {', '.join(STAGES)}"
    if not (year.isascii() and year.isdigit() and len(year) == len("2026")):
        return f"{year!r} is no year"
    return (
        "" if total.isascii() and total.isdigit() and len(total) <= MOST_DIGITS else f"{total!r} is no number"
    )
