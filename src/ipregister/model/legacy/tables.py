"""The tables of old fonts, CSV files with their source and edition in comment lines."""

import csv
from functools import cache
from importlib import resources


@cache
def table(name: str) -> dict[str, str]:
    """A table as written text -> meant text. A column `byte` stands for the Latin-1 character of that code."""
    path = resources.files("ipregister.model.legacy") / "font_tables" / f"{name}.csv"
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    rows = csv.DictReader(lines)
    return {chr(int(row["byte"], 16)) if "byte" in row else row["written"]: row["letter"] for row in rows}
