"""Memory of one large bulk file that is cut, read and checked: it must stay flat, whatever the file's size.

    python -m benchmarks.memory_bulk [--mib 2048] [--form xml|st66|json] [--keep]

The file is written outside of the checkout, and removed at the end.
"""

import argparse
import gc
import json
import resource
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from benchmarks import measuring
from ipregister.exchange.formats import Item, write
from ipregister.exchange.writers import writer_of
from ipregister.model.mark import Goods, Mark, Trademark
from ipregister.model.offices import office
from ipregister.model.party import Party
from ipregister.model.text import Text
from ipregister.web import bootstrap
from ipregister.web.options import Options

LIMIT_MIB = 512
"""The process may hold no more at its end."""
GROWTH_MIB = 96
"""From the first tenth of the file to its end it may grow by no more: the places of the records, and what the
allocator does not give back."""
FORMS = {"xml": "st96", "st66": "st66"}
"""Forms of XML, and the format of each."""
BATCH = 200
NUMBER = 7_000_000
_WORDS = " ".join(f"article {n} of wood, cork or reed;" for n in range(160))


def record(number: int) -> Trademark:
    """An invented record with long lists of goods."""
    goods = tuple(Goods(n, (Text(f"{_WORDS} ({number})", "en"),)) for n in (9, 16, 20, 28, 35))
    party = Party(names=(Text(f"Owner {number}", "en"),), country="LA")
    return Trademark(office="LA", application_number=str(number), application_date="2020-01-31",
                     mark=Mark(feature="Word", verbal=(Text(f"BULK {number}"),)), goods=goods,
                     applicants=(party,))  # fmt: skip


def parts(form: str, size: int) -> Iterator[str]:
    """A bulk file of that many bytes, at least: one record with another number each time."""
    facts, written, number = office("LA"), 0, NUMBER
    writer = None if form == "json" else writer_of(FORMS[form], "trademark")
    if writer is not None:
        yield writer.start()
        entry = writer.entry(record(NUMBER), facts, "")
    else:
        entry = "".join(write("jsonl", [Item(str(NUMBER), record(NUMBER), facts, data_day="2026-01-31")]))
    while written < size:
        number += 1
        written += len(entry)
        yield entry.replace(str(NUMBER), str(number))
    if writer is not None:
        yield writer.end()


def resident_mib() -> float:
    """What this process holds now, in MiB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / (1 << 20)


def measure(path: Path) -> dict[str, float]:
    """Cut, read and check all of a file; memory on the way."""
    from ipregister.capture.delivery import open_delivery  # after Django is started
    from ipregister.intake.preparing import Preparation

    facts, taken, refused, held = office("LA"), 0, 0, []
    start = time.process_time()
    with open_delivery(path, facts, scratch=path.parent / "scratch") as found, path.open("rb") as container:
        preparation = Preparation(None, facts, found, container, found.digest)
        slices = found.slices()
        while batch := list(islice(slices, BATCH)):
            ready = preparation.prepare(batch)
            refused += sum(bool(one.quarantine) for one in ready)
            taken += len(ready)
            del batch, ready
            gc.collect(1)
            held.append(resident_mib())
    first = max(held[: max(1, len(held) // 10)])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"mib": path.stat().st_size >> 20, "records": taken, "refused": refused,
            "first_tenth_mib": round(first), "end_mib": round(held[-1]), "peak_mib": round(peak),
            "cpu_s": round(time.process_time() - start)}  # fmt: skip


def main() -> int:
    """Write, measure, tell; exit code 1 where memory grew."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--mib", type=int, default=2048)
    parser.add_argument("--form", choices=[*FORMS, "json"], default="xml")
    parser.add_argument("--keep", action="store_true")
    told = parser.parse_args()
    folder = measuring.workplace() / "memory-bulk"
    folder.mkdir(parents=True, exist_ok=True)
    bootstrap.setup(Options(data=folder / "no-installation"))
    path = folder / f"LA_20260131.{'jsonl' if told.form == 'json' else 'xml'}"
    if not (path.exists() and path.stat().st_size >= told.mib << 20):
        with path.open("w", encoding="utf-8") as out:
            out.writelines(parts(told.form, told.mib << 20))
    try:
        found = measure(path)
    finally:
        if not told.keep:
            path.unlink()
    print(json.dumps({"form": told.form, **found}))
    kept = measuring.RESULTS / "memory_bulk.json"
    rows = json.loads(kept.read_text(encoding="utf-8"))["rows"] if kept.exists() else {}
    measuring.keep("memory_bulk", {"rows": {**rows, told.form: found}})
    flat = found["end_mib"] - found["first_tenth_mib"] <= GROWTH_MIB and found["peak_mib"] <= LIMIT_MIB
    return 0 if flat and not found["refused"] else 1


if __name__ == "__main__":
    sys.exit(main())
