"""Rows of text one column off: how many of those made so are held, and how many sound ones with them.

    python -m benchmarks.shifted [--every 50] [FILE.csv ...]

Three invented tables of texts alone, and any tables of CSV. A row in each `--every` is shifted: an empty cell put in and the
last cell pushed out, or a cell left out and an empty one put at the end. Result: `results/shifted.json`.
"""

import argparse
import csv
import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks import measuring
from ipregister.exchange.mapped.others import Candidate, Others

_PARTS = "ka lo ro ma te si na ve do pi gu ha".split()
_LAO = "ຂາ ຄີ ຈູ ສາ ດີ ຕາ ນາ ບີ ປາ ມູ ລາ ວີ".split()
_GOODS = "coffee;tea;beer;clothing;shoes;medicines;computers;transport;banking;advertising".split(";")
SIZES = (8, 30, 300, 3000)


class Counts(NamedTuple):
    """Of a table: its rows, those made to stand one column off and held, sound ones held."""

    rows: int
    shifted: int
    held: int
    in_vain: int


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


def shifted(row: Sequence[str], dice: random.Random) -> list[str]:
    """A row one column off, from some column on."""
    place = dice.randrange(len(row) - 1)
    if dice.random() < 0.5:
        return [*row[:place], "", *row[place:-1]]
    return [*row[:place], *row[place + 1 :], ""]


def counts_of(rows: Sequence[list[str]], every: int, dice: random.Random) -> Counts:
    """What is held of a table in which a row in so many is shifted, and of the same table without. Counted as shifted
    is a row of which a text stands in the column of another."""
    wide_ = len(rows[0])
    chosen = set(range(dice.randrange(every), len(rows), every))
    given = [shifted(row, dice) if number in chosen else row for number, row in enumerate(rows)]
    made = {number for number in chosen if any(
        cell.strip() and cell != before for cell, before in zip(given[number], rows[number], strict=True))}  # fmt: skip
    return Counts(len(rows), len(made), len(made & held_in(given, wide_)), len(held_in(rows, wide_)))


def held_in(rows: Sequence[list[str]], columns: int) -> set[int]:
    """The rows of a table, from 0, that are held."""
    found = Others(columns, columns).judged(Candidate(number, row) for number, row in enumerate(rows))
    return {row.number for row in found if row.wrong}


def table_in(path: Path) -> list[list[str]]:
    """The rows of a table of CSV that are as wide as its heading."""
    with path.open(encoding="utf-8-sig", newline="") as opened:
        heading, *rows = csv.reader(opened)
    return [row for row in rows if len(row) == len(heading) and any(cell.strip() for cell in row)]


def _measured(name: str, tables: Sequence[list[list[str]]], every: int) -> dict[str, object]:
    dice = random.Random(1)
    began = time.process_time()
    found = [counts_of(rows, every, dice) for rows in tables]
    spent = time.process_time() - began
    rows, made, held, in_vain = (sum(one) for one in zip(*found, strict=True))
    told = {"table": name, "tables": len(tables), "rows": rows, "shifted": made, "held": held,
            "share": round(held / made, 3) if made else None, "in_vain": in_vain,
            "us_per_row": round(1e6 * spent / rows / 2, 1)}  # fmt: skip
    measuring.say(str(told))
    return told


def main() -> None:
    """Measure the invented tables of each size and the files, and keep the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=50)
    parser.add_argument("files", nargs="*", type=Path)
    told = parser.parse_args()
    results = []
    for name, made in TABLES.items():
        for size in SIZES:
            dice = random.Random(size)
            some = [[made(dice, n) for n in range(size)] for _ in range(3000 // size)]
            results.append(_measured(f"{name}-{size}", some, min(size, told.every)))
    results += [
        _measured(path.name, [table_in(path)], told.every)
        for path in told.files
        if len(table_in(path)[0]) > 1
    ]
    measuring.keep("shifted", {"every": told.every, "tables": results})


if __name__ == "__main__":
    main()
