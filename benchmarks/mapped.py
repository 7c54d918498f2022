"""A large table of a mapped source, loaded whole by its mapping: rows per CPU second, memory.

    python -m benchmarks.mapped [--rows 200000]

The table is invented, and written outside of the checkout. Result: `results/mapped.json`.
"""

import argparse
import csv
import json
import shutil
from pathlib import Path

from benchmarks import measuring

HEADINGS = ("№ заявки", "Дата подачи", "Товарный знак", "Класс МКТУ", "Товары", "Правообладатель", "Страна", "Адрес",
            "№ свидетельства", "Дата регистрации", "Статус", "Примечание")  # fmt: skip
_EVERY = 1000
"""One row of so many has a cell too many, and one is shifted."""


def write_table(path: Path, rows: int) -> int:
    """The table; returns how many rows must be quarantined."""
    bad = 0
    with path.open("w", encoding="utf-8", newline="") as opened:
        out = csv.writer(opened, delimiter=";")
        out.writerow(HEADINGS)
        for n in range(rows):
            day = f"{n % 28 + 1:02d}.{n % 12 + 1:02d}.{1995 + n % 30}"
            row = [f"KG {n:07d}", day, f"БЕЛГИ {n}", str(n % 45 + 1), f"кофе, чай и заменители № {n % 977}", f"ООО «Дала {n % 5000}»",
                   ("Кыргызстан", "KZ", "Узбекистан", "CN")[n % 4], f"г. Бишкек, ул. Чуй, д. {n % 300}", f"{n + 100000}",
                   day, ("Действует", "Экспертиза")[n % 2], ""]  # fmt: skip
            if n % _EVERY == 1:
                row.append("more")
            elif n % _EVERY == 2:
                row = [*row[:1], "", *row[1:-1]]
            bad += n % _EVERY in (1, 2)
            out.writerow(row)
    return bad


def main() -> None:
    """Write the table, propose its mapping, check it and load it, each in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000)
    rows = parser.parse_args().rows
    folder = measuring.workplace() / "mapped"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    table, mapping = folder / "marks_20260131.csv", folder / "marks.toml"
    bad = write_table(table, rows)
    program = [measuring.program(), "--data", str(folder / "data")]
    measuring.run([*program, "init"])
    measuring.installed()
    measuring.say("map new")
    looked = measuring.run([*program, "map", "new", str(table), "--office", "UZ", "-o", str(mapping)])
    measuring.say("map load")
    loaded = measuring.run([*program, "map", "load", str(table), str(mapping)], accepted=(0, 1))
    told = json.loads(loaded.output.strip().splitlines()[-1])
    if told["in"] != rows or told["quarantined"] != bad or told["stored"] != rows - bad:
        raise SystemExit(f"the counts do not balance: {told}")
    measuring.keep("mapped", {
        "rows": rows, "bytes": table.stat().st_size, "new_cpu_s": looked.cpu_s, "load_cpu_s": loaded.cpu_s,
        "load_wall_s": loaded.wall_s, "rss_mb": loaded.rss_mb, "quarantined": told["quarantined"],
        "per_cpu_s": rows / loaded.cpu_s,
    })  # fmt: skip
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
