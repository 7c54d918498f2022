"""Deposits of works and emblems of Article 6ter: tables, each with the mapping that says what its columns are."""

import csv
import io
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from .. import lives
from ..coined import coined
from ..deliveries import DemonstrationDelivery
from ..owners import agent
from ..vocabulary import words
from . import people
from .parcels import EXTRACTIONS, Order

KINDS = ("literary", "musical", "artistic", "software")
EMBLEMS = ("Number", "Whose", "Sort", "Description", "Circular", "Communicated on", "State")
DEPOSITS = ("No.", "Deposited", "Recorded", "Title", "Title in English", "Sort of work", "Authors", "Claimed by",
            "Country", "Finished", "State", "File of the copy")  # fmt: skip
SHIFTED, NO_DATE = 5, 8
"""A row that stands one cell off, for quarantine, and one whose day is none."""
_EMBLEM_MAPPING = """office = "WO"
right = "emblem"
dates = "iso"
lang = "en"

[input]
kind = "csv"

[[field]]
from = "Number"
to = "application_number"

[[field]]
from = "Whose"
to = "owners"

[[field]]
from = "Whose"
to = "names"

[[field]]
from = "Sort"
to = "subtype"
codes = "sorts"

[[field]]
from = "Description"
to = "descriptions"

[[field]]
from = "Circular"
to = "circular"

[[field]]
from = "Communicated on"
to = "communicated"

[[field]]
from = "State"
to = "office_status"

[codes.sorts]
EMBLEM = "EMBLEM"
FLAG = "FLAG"
ARMORIAL = "ARMORIAL"
HALLMARK = "HALLMARK"
SEAL = "SEAL"
ABBREVIATION = "ABBREVIATION"
NAME = "NAME"
"""


class Table(NamedTuple):
    """One table as text, with its mapping."""

    text: str
    mapping: str
    rows: int


def _table(heading: tuple[str, ...], rows: Iterable[list[str]], mapping: str) -> Table:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(heading)
    listed = list(rows)
    writer.writerows(listed)
    return Table(out.getvalue(), mapping, len(listed))


def emblems(today: int) -> Table:
    """The emblems as a list."""
    rows = [
        [*row, lives.iso(today - 4000 + place * 300), "Protected"]
        for place, row in enumerate(words("deposits")["emblems"]["rows"])
    ]
    return _table(EMBLEMS, rows, _EMBLEM_MAPPING)


def number(office: str, index: int, year: int) -> str:
    """The number of a deposit as the office writes it."""
    match office:
        case "ID":
            return f"EC00{year}{10000 + index}"
        case "VN":
            return f"{1000 + index}/{year}/QTG"
    return f"CR/{year}/{index + 1:04d}"


def deposits(office: str, count: int, seed: int, today: int) -> Table:
    """The deposits of an office; the copy's file is named, and is never public."""
    rows = [
        _deposit(Order(seed, "work", office, index, today, today - EXTRACTIONS[0])) for index in range(count)
    ]
    return _table(DEPOSITS, rows, _mapping(office))


def _deposit(order: Order) -> list[str]:
    rng = order.chance()
    day = order.day - 20 - int(rng.random() * 3000)
    kind = KINDS[int(rng.random() * len(KINDS))]
    stock, place = words("deposits")["works"][kind], coined(int(rng.random() * 60000))
    _, language, *sorts = words("deposits")["offices"][order.office]
    title = stock[int(rng.random() * len(stock))].format(place.latin)
    authors = [people.person(rng, order.office) for _ in range(1 + int(rng.random() * 2))]
    its_number = number(order.office, order.index, lives.year(day))
    local = words("deposits")["titles"][language].format(getattr(place, language, place.latin))
    row = [
        its_number, lives.slashed(day), lives.slashed(day + 9), local, title,
        sorts[KINDS.index(kind)], "; ".join(authors), authors[0] if rng.random() < 0.6 else agent(order.office, order.index).name,
        order.office,         lives.slashed(day - 90), "Recorded", f"copies/{its_number.replace('/', '-')}.pdf",
    ]  # fmt: skip
    if order.index == SHIFTED:
        row.insert(1, "")
    if order.index == NO_DATE:
        row[1] = "31/02/2020"
    return row


def _mapping(office: str) -> str:
    _, language, *sorts = words("deposits")["offices"][office]
    fields = (
        ("No.", "application_number", ""), ("Deposited", "application_date", ""), ("Recorded", "registration_date", ""),
        ("Title", "titles", f'lang = "{language}"'), ("Title in English", "titles", 'lang = "en"'),
        ("Sort of work", "kinds", 'codes = "sorts"'), ("Authors", "authors/*/names", 'split = ";"'),
        ("Claimed by", "holders/*/names", ""), ("Country", "holders/*/country", ""), ("Finished", "created", ""), ("State", "office_status", ""),
        ("File of the copy", "copies/*/filename", ""),
    )  # fmt: skip
    head = f'office = "{office}"\nright = "work"\ndates = "dmy"\nlang = "en"\n\n[input]\nkind = "csv"\n'
    listed = "".join(f'\n[[field]]\nfrom = "{name}"\nto = "{to}"\n{more}\n' for name, to, more in fields)
    codes = "".join(f'"{word}" = "{kind}"\n' for word, kind in zip(sorts, KINDS, strict=True))
    return f"{head}{listed}\n[codes.sorts]\n{codes}"


def write_table(folder: Path, office: str, word: str, table: Table, today: int) -> DemonstrationDelivery:
    """Write a table and its mapping side by side."""
    day = date.fromordinal(today - EXTRACTIONS[0])
    path = folder / office / f"{office}_{word}_{day:%Y%m%d}_01.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(table.text, encoding="utf-8")
    mapping = path.with_suffix(".toml")
    mapping.write_text(table.mapping, encoding="utf-8")
    return DemonstrationDelivery(office, path, "delta", day, table.rows, mapping)


def shares() -> dict[str, int]:
    """How many deposits each office has where the region has 20,000 marks."""
    return {office: row[0] for office, row in words("deposits")["offices"].items()}
