"""Memory of a large load: it must stay flat.

    python -m benchmarks.memory [--n 200000] [--office LA]

Our generator writes one office's deliveries; each is loaded by the command line program into a new register.
"""

import argparse
import json
import shutil
import sys
from pathlib import Path

from benchmarks import measuring
from benchmarks.measuring import say
from ipregister.demonstration import write_office

LIMIT_MB = 1024


def deliveries(office: str, n: int) -> list[Path]:
    """The deliveries of an office, written once."""
    folder = measuring.workplace() / f"memory-{office}-{n}"
    done = folder / "done"
    if not done.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        say(f"writing {n} records of {office}")
        write_office(folder, office, n)
        done.touch()
    return sorted(path for path in (folder / office).iterdir() if not path.name.startswith("."))


def main() -> int:
    """Load and report."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--n", type=int, default=200_000)
    arguments.add_argument("--office", default="LA")
    given = arguments.parse_args()
    paths = deliveries(given.office, given.n)
    data = measuring.workplace() / "memory-register"
    shutil.rmtree(data, ignore_errors=True)
    measuring.run([measuring.program(), "--data", str(data), "init"])
    rows = []
    for path in paths:
        say(f"loading {path.name}")
        command = [measuring.program(), "--data", str(data), "load", given.office, str(path), "--json"]
        cost = measuring.run(command, one_core=False, accepted=(0, 1))
        told = json.loads(cost.output.splitlines()[-1])
        rows.append({"delivery": path.name, "in": told["in"], "mb": path.stat().st_size / 1e6, "rss_mb": cost.rss_mb,
                     "cpu_s": cost.cpu_s, "wall_s": cost.wall_s})  # fmt: skip
    largest = max(row["rss_mb"] for row in rows)
    size = sum(p.stat().st_size for p in data.rglob("*") if p.is_file()) / 1e6
    measuring.keep(
        "memory",
        {"n": given.n, "rows": rows, "largest_rss_mb": largest, "limit_mb": LIMIT_MB, "data_mb": size},
    )
    return int(largest > LIMIT_MB)


if __name__ == "__main__":
    sys.exit(main())
