"""The other rights of the whole region, a right and an office at a time."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

from ..deliveries import DemonstrationDelivery
from . import cambodian, designs, emblems, hague, indications, patents, tables
from .parcels import Maker, write_deliveries

TODAY = date(2026, 6, 30)
MARKS = 20_000
"""As many marks has the region to which the numbers of the tables belong."""
LEAST = 12
"""So many applications of a right has an office at least, so that each of its kinds is there."""


class Stock(NamedTuple):
    """One right: the word in the names of its files, its offices with their numbers, what makes a record."""

    right: str
    word: str
    counts: dict[str, int]
    make: Maker


def stocks() -> tuple[Stock, ...]:
    """Every right that comes in deliveries of its own."""
    return (
        Stock("design", "designs", designs.shares(), designs.design),
        Stock("hague", "hague", {"WO": hague.COUNT}, hague.registration),
        Stock("patent", "patents", patents.shares("patent"), patents.patent),
        Stock("utility-model", "utility-models", patents.shares("utility-model"), patents.utility_model),
        Stock("indication", "indications", indications.shares(), indications.indication),
        Stock("indication", "indications", cambodian.shares(), cambodian.indication),
        Stock("emblem", "article-6ter", {"SG": emblems.COUNT}, emblems.emblem),
    )


def scaled(count: int, marks: int) -> int:
    """The number of records in a region of so many marks."""
    return max(min(LEAST, count), count * marks // MARKS)


def write_rights(
    folder: Path, *, marks: int = MARKS, seed: int = 1, day: date = TODAY
) -> list[DemonstrationDelivery]:
    """Write the deliveries of all rights but marks under ``folder/<OFFICE>/``; same arguments, same bytes.

    ``marks`` is the number of marks of the region, to which the other rights are in proportion."""
    written: list[DemonstrationDelivery] = []
    for stock in stocks():
        for office, count in stock.counts.items():
            written += write_deliveries(
                folder, stock.word, office, scaled(count, marks), stock.make, seed=seed, right=stock.right,
                today=day.toordinal(),
            )  # fmt: skip
    today = day.toordinal()
    for office, count in tables.shares().items():
        made = tables.deposits(office, scaled(count, marks), seed, today)
        written.append(tables.write_table(folder, office, "deposits", made, today))
    written.append(tables.write_table(folder, "WO", "article-6ter", tables.emblems(today), today))
    return written
