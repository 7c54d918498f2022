"""What it costs to count a register: statistics and ledger of every office in one walk. Nothing is written there.

    python -m benchmarks.counting --data FOLDER [--profile]

CPU seconds and memory of this process; a peak that does not grow with the register shows that it is streamed.
"""

import argparse
import cProfile
import datetime as dt
import pstats
import resource
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.measuring import keep, own_rss_mb, say
from ipregister.web import bootstrap
from ipregister.web.options import Options


def measure(options: Options, scratch: Path) -> dict[str, Any]:
    """Count all offices of a register; the results go into a scratch folder."""
    from ipregister.model.offices import office
    from ipregister.publication.completeness import keeping
    from ipregister.publication.statistics import counting
    from ipregister.store.register import Register

    register = Register(packs=options.path("packs"))
    now = dt.datetime.now(dt.UTC)
    before, start = own_rss_mb(), _cpu()
    records = 0
    for code in counting.counted_offices(register):
        keeping.refresh(register, scratch, office(code), now)
        found = counting.kept(scratch, code)
        records += sum(found.counted.values()) if found else 0
        say(f"{code}: {records} records so far, {_cpu() - start:.1f} CPU s, {own_rss_mb():.0f} MB")
    spent = _cpu() - start
    return {"records": records, "cpu_s": round(spent, 1), "records_a_cpu_s": round(records / spent) if spent else 0,
            "memory_mb_before": round(before), "memory_mb_peak": round(own_rss_mb())}  # fmt: skip


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _profiled(run: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    profile = cProfile.Profile()
    found = profile.runcall(run)
    pstats.Stats(profile).sort_stats("tottime").print_stats(25)
    return found


def main() -> int:
    """Measure and print."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--data", type=Path, required=True)
    arguments.add_argument("--profile", action="store_true")
    given = arguments.parse_args()
    options = Options(data=given.data)
    bootstrap.setup(options)
    with tempfile.TemporaryDirectory() as scratch:
        found = (_profiled if given.profile else lambda run: run())(lambda: measure(options, Path(scratch)))
    say(msgspec.json.encode(found).decode())
    keep("counting", found)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
