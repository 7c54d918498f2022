"""Rows of text one column off: how many of those made so are held, and how many sound ones with them.

    python -m benchmarks.shifted [--every 50] [--office LA] [--alone] [--pieces 8,30] [FILE.csv ...]

Three invented tables of texts alone, and any tables of CSV, whole and in pieces of so many rows. A row in each `--every` is
shifted: an empty cell put in and the last cell pushed out, or a cell left out and an empty one put at the end; then the same
with two cells. The mapping is the one that `map new` proposes for an office; with `--alone`, there is none. Result: `results/shifted.json`.
"""

import argparse
import csv
import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks import measuring
from ipregister.capture import looking
from ipregister.exchange.mapped import drafting, mapping, proposing
from ipregister.exchange.mapped.expected import Expected, expected_in
from ipregister.exchange.mapped.mapping import Input
from ipregister.exchange.mapped.others import Candidate, Others
from ipregister.exchange.mapped.profile import Profile
from ipregister.model.errors import UsageError
from ipregister.model.offices import office

_PARTS = "ka lo ro ma te si na ve do pi gu ha".split()
_LAO = "ຂາ ຄີ ຈູ ສາ ດີ ຕາ ນາ ບີ ປາ ມູ ລາ ວີ".split()
_GOODS = "coffee;tea;beer;clothing;shoes;medicines;computers;transport;banking;advertising".split(";")
SIZES = (8, 30, 300, 3000)


HEADINGS = {
    "wide": ("Application No", "Mark", "Owner", "Address of owner", "Goods", "Status", "Agent", "Notes"),
    "narrow": ("Application No", "Mark", "Owner", "Remark"),
    "lao": ("Application No", "Mark", "Mark (Lao)", "Owner", "Owner (Lao)", "Status", "Remark"),
}


class Counts(NamedTuple):
    """Of a table: its rows; those made to stand one column off, of these those held, and those told to be in doubt;
    sound ones held, and told to be in doubt."""

    rows: int
    shifted: int
    held: int
    doubted: int
    in_vain: int
    doubted_in_vain: int


def word(dice: random.Random, parts: Sequence[str] = _PARTS) -> str:
    """An invented word."""
    return "".join(dice.choice(parts) for _ in range(dice.randint(2, 4)))


def owner(dice: random.Random) -> str:
    """An invented owner: a firm or a person."""
    firm = f"{word(dice).title()}{dice.choice((', Lda.', ' Co., Ltd.', ' JSC', ''))}"
    return firm if dice.random() < 0.7 else f"{word(dice).title()} {word(dice).title()}"


def wide(dice: random.Random, number: int) -> list[str]:
    """A row of number, mark, owner, address, goods, status, agent, notes."""
    address = f"{dice.randint(1, 300)} {word(dice).title()} Street, {dice.choice(('Dili', 'Baucau'))}"
    return [f"TL/T/{2000 + number % 24}/{number}", word(dice).upper() if dice.random() < 0.97 else "", owner(dice),
            address if dice.random() < 0.9 else "", ", ".join(dice.sample(_GOODS, dice.randint(1, 4))),
            dice.choice(("Registered", "Pending", "Refused")), owner(dice) if dice.random() < 0.4 else "",
            "see file" if dice.random() < 0.03 else ""]  # fmt: skip


def narrow(dice: random.Random, number: int) -> list[str]:
    """A row of number, mark, owner, remark; no remark is ever made."""
    return [str(1000 + number), word(dice).upper(), owner(dice), ""]


def lao(dice: random.Random, number: int) -> list[str]:
    """A row of number, mark, the same in Lao, owner, the same in Lao, status, remark in Lao."""
    return [str(1000 + number), word(dice).upper(), word(dice, _LAO) if dice.random() < 0.6 else "", owner(dice),
            word(dice, _LAO) + word(dice, _LAO), dice.choice(("ຈົດທະບຽນ", "ລໍຖ້າ")),
            " ".join(word(dice, _LAO) for _ in range(3)) if dice.random() < 0.2 else ""]  # fmt: skip


TABLES = {"wide": wide, "narrow": narrow, "lao": lao}


def shifted(row: Sequence[str], dice: random.Random, step: int = 1) -> list[str]:
    """A row so many columns off, from some column on."""
    place = dice.randrange(len(row) - step)
    gap = [""] * step
    if dice.random() < 0.5:
        return [*row[:place], *gap, *row[place:-step]]
    return [*row[:place], *row[place + step :], *gap]


def counts_of(
    rows: Sequence[list[str]],
    every: int,
    dice: random.Random,
    expected: Expected | None = None,
    step: int = 1,
) -> Counts:
    """What is held of a table in which a row in so many is shifted, and of the same table without. Counted as shifted
    is a row of which a text stands in the column of another."""
    wide_ = len(rows[0])
    chosen = set(range(dice.randrange(every), len(rows), every))
    given = [shifted(row, dice, step) if number in chosen else row for number, row in enumerate(rows)]
    made = {number for number in chosen if any(
        cell.strip() and cell != before for cell, before in zip(given[number], rows[number], strict=True))}  # fmt: skip
    held, doubted = told_in(given, wide_, expected)
    vain, doubted_in_vain = told_in(rows, wide_, expected)
    return Counts(
        len(rows), len(made), len(made & held), len(made & doubted), len(vain), len(doubted_in_vain)
    )


def told_in(rows: Sequence[list[str]], columns: int, expected: Expected | None) -> tuple[set[int], set[int]]:
    """The rows of a table, from 0, that are held, and those told to be in doubt."""
    judged = Others(columns, columns, expected).judged(Candidate(n, row) for n, row in enumerate(rows))
    found = list(judged)
    return {row.number for row in found if row.wrong}, {row.number for row in found if row.doubt}


def expected_of(heading: Sequence[str], rows: Sequence[list[str]], code: str) -> Expected | None:
    """What the columns of a table are expected to hold by the mapping that would be proposed for an office."""
    profile = Profile(0, {})
    for row in rows[: looking.MOST]:
        profile.add(zip(heading, row, strict=True))
    proposed = proposing.proposals(profile, "trademark")
    text = drafting.mapping_text(code, "trademark", Input("csv"), profile, proposed, "table.csv")
    try:
        return expected_in(heading, mapping.load(text.encode(), "table.toml"), office(code))
    except UsageError:  # a table in which no column is a field of a trademark
        return None


def table_in(path: Path) -> list[list[str]]:
    """The heading of a table of CSV and its rows that are as wide."""
    with path.open(encoding="utf-8-sig", newline="") as opened:
        heading, *rows = csv.reader(opened)
    return [heading, *(row for row in rows if len(row) == len(heading) and any(cell.strip() for cell in row))]


def pieces_of(rows: Sequence[list[str]], size: int) -> list[list[list[str]]]:
    """A table in pieces of so many rows, without the rest; whole where the size is 0."""
    if not size:
        return [list(rows)]
    return [list(rows[at : at + size]) for at in range(0, len(rows) - size + 1, size)]


def _measured(
    name: str, tables: Sequence[list[list[str]]], every: int, expected: Expected | None, step: int = 1
) -> dict[str, object]:
    dice = random.Random(1)
    began = time.process_time()
    found = [counts_of(rows, every, dice, expected, step) for rows in tables]
    spent = time.process_time() - began
    total = Counts(*(sum(one) for one in zip(*found, strict=True)))
    told = {"table": name, "tables": len(tables), **total._asdict(),
            "share": round(total.held / total.shifted, 3) if total.shifted else None,
            "us_per_row": round(1e6 * spent / total.rows / 2, 1)}  # fmt: skip
    measuring.say(str(told))
    return told


def main() -> None:
    """Measure the invented tables of each size and the files, and keep the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=50)
    parser.add_argument("--office", default="LA")
    parser.add_argument("--alone", action="store_true", help="without a mapping")
    parser.add_argument("--pieces", default="", help="the files in pieces of so many rows, too")
    parser.add_argument("files", nargs="*", type=Path)
    told = parser.parse_args()
    results = []
    for name, made in TABLES.items():
        for size in SIZES:
            dice = random.Random(size)
            some = [[made(dice, n) for n in range(size)] for _ in range(3000 // size)]
            known = (
                None
                if told.alone
                else expected_of(HEADINGS[name], [row for rows in some for row in rows], told.office)
            )
            every = min(size, told.every)
            results.append(_measured(f"{name}-{size}", some, every, known))
            results.append(_measured(f"{name}-{size}, two columns", some, every, known, 2))
    for path in told.files:
        heading, *rows = table_in(path)
        known = None if told.alone else expected_of(heading, rows, told.office)
        for size in (0, *(int(one) for one in told.pieces.split(",") if one)):
            if pieces := pieces_of(rows, size):
                name = f"{path.name}, {size} rows" if size else path.name
                every = min(size or told.every, told.every)
                results.append(_measured(name, pieces, every, known))
                if len(heading) > 2 and size in (0, 8):
                    results.append(_measured(f"{name}, two columns", pieces, every, known, 2))
    measuring.keep("shifted", {"every": told.every, "alone": told.alone, "tables": results})


if __name__ == "__main__":
    main()
