"""Read and check records that lie on disk as one file each or as one bulk file: the worker of `peer.py`.

    python -m benchmarks.reading --office LA --day 2026-06-30 (--bulk FILE | --folder FOLDER)

Prints one line of JSON: records, CPU seconds of the loop, memory. Starting Python is not counted, as it is not
for the peer; reading the files is.
"""

import argparse
import datetime as dt
import gc
import itertools
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.measuring import own_rss_mb
from ipregister.capture.delivery import open_delivery
from ipregister.capture.readers import read
from ipregister.capture.slices import Slice
from ipregister.model import offices
from ipregister.quality import rules

BATCH = 16
"""So many times that records are looked at together, as in a load, lie between two collections."""
_CHUNK = 1 << 16
"""Files are read with as few calls of the system as can be: open, read, close."""


def from_folder(folder: Path, count: int) -> Iterator[Slice]:
    """One slice per file, in the order of their numbers; the files are listed before, read when asked for."""
    paths = files_of(folder)[:count]
    at_hand(paths)
    return map(_slice, paths)


def files_of(folder: Path) -> list[Path]:
    """The files of a folder in the order of their numbers."""
    return sorted(folder.rglob("*.xml"), key=lambda path: int(path.stem))


def at_hand(paths: Iterable[Path]) -> None:
    """Read files once, so that whoever is measured next finds them in the memory of the system, not on the disk: a
    machine that lends its memory out forgets them within seconds."""
    for path in paths:
        path.read_bytes()


def _slice(path: Path) -> Slice:
    file = os.open(path, os.O_RDONLY)
    try:
        parts = [os.read(file, _CHUNK)]
        while len(parts[-1]) == _CHUNK:
            parts.append(os.read(file, _CHUNK))
    finally:
        os.close(file)
    data = b"".join(parts) if len(parts) > 1 else parts[0]
    return Slice(index=0, member="", offset=0, length=len(data), data=data)


def from_bulk(path: Path, office: offices.Office, day: dt.date) -> Iterator[Slice]:
    """The slices of a delivery, cut as in a load."""
    with (
        tempfile.TemporaryDirectory() as scratch,
        open_delivery(path, office, scratch=Path(scratch), day=day) as one,
    ):
        yield from one.slices()


def measure(slices: Iterator[Slice], office: offices.Office, day: dt.date) -> dict[str, float]:
    """Read and check every slice. The first is read once before, as the peer's harness does; the collector rests
    between batches, as in a load."""
    first = next(slices)
    warm = read(first, office)
    if warm.record is not None:
        rules.check(warm.record, office, day)
    gc.collect()
    gc.freeze()
    gc.disable()
    wall, cpu = time.perf_counter(), time.process_time()
    records = refused = findings = 0
    every = itertools.chain((first,), slices)
    for number, some in enumerate(iter(lambda: list(itertools.islice(every, rules.TOGETHER)), []), start=1):
        if number % BATCH == 0:
            gc.collect()
        readings = [read(one, office) for one in some]
        held = [one.record for one in readings if one.record is not None]
        checked = rules.check_each(held, office, day, [None] * len(held))
        findings += sum(len(one.findings) for one in readings if one.record is not None) + sum(
            map(len, checked)
        )
        refused, records = refused + len(some) - len(held), records + len(held)
    cpu_s = time.process_time() - cpu
    return {
        "records": records, "refused": refused, "findings": findings, "cpu_s": cpu_s,
        "wall_s": time.perf_counter() - wall, "per_cpu_s": records / cpu_s, "rss_mb": own_rss_mb(),
    }  # fmt: skip


def main() -> int:
    """Measure what the options name."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--office", required=True)
    arguments.add_argument("--day", type=dt.date.fromisoformat, required=True)
    arguments.add_argument("--count", type=int, default=10**9)
    source = arguments.add_mutually_exclusive_group(required=True)
    source.add_argument("--bulk", type=Path)
    source.add_argument("--folder", type=Path)
    given = arguments.parse_args()
    office = offices.office(given.office)
    slices = (
        from_bulk(given.bulk, office, given.day) if given.bulk else from_folder(given.folder, given.count)
    )
    sys.stdout.write(json.dumps(measure(slices, office, given.day)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
