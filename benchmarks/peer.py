"""Side by side with WIPO's Global Brand Database ETL, on the same generated input, in the same run, on one core.

    python -m benchmarks.peer --peer-harness PATH [--n 2000] [--load-n 20000] [--repeat 3]

The harness is a program of its own that installs the peer into an environment of its own (GPL-3.0: it is run, never
imported). It writes the input and measures the peer; we measure ourselves on the same files. IPREGISTER_PEER_HARNESS
names it too. Reported per CPU second and core:

- read + check against the peer's transform + validate, file by file and from the bulk file;
- a whole load (packs, versions, evidence, findings, index; Python's start included) against its transform alone.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks import measuring
from benchmarks.measuring import say

OFFICES = {"latm": "LA", "wotm": "WO", "kztm": "KZ", "sgtm": "SG", "idtm": "ID", "khtm": "KH", "vntm": "VN",
           "laid": "LA", "vnid": "VN"}  # fmt: skip
DEFAULT = "latm,wotm,kztm,sgtm,laid,vnid"
DAY = "2026-06-30"


def harness(path: Path, work: Path, *arguments: str) -> None:
    """Run the peer's harness."""
    subprocess.run(
        [sys.executable, str(path), *arguments, "--work", str(work)], check=True, stdout=sys.stderr
    )


def peer_row(path: Path, work: Path, office: str, n: int, repeat: int) -> dict[str, Any]:
    """The peer's figures for one office; the input stays in `work`."""
    harness(path, work, "--offices", office, "--n", str(n), "--repeat", str(repeat), "--no-cli")
    row: dict[str, Any] = json.loads((work / "result.json").read_text(encoding="utf-8"))["rows"][0]
    return {
        "bytes": row["bytes"], "transform": row["transform_cpu"], "transform_validate": row["transform+validate_cpu"],
        "rss_mb": row["rss_mb"], "differing": row["check"]["records_with_a_difference"],
    }  # fmt: skip


def own_reading(code: str, source: list[str], repeat: int) -> dict[str, float]:
    """Our reading and checking of the same input: the median of `repeat` processes."""
    command = [sys.executable, "-m", "benchmarks.reading", "--office", code, "--day", DAY, *source]
    rows = [json.loads(measuring.run(command).output) for _ in range(repeat)]
    return {
        name: statistics.median(row[name] for row in rows)
        for name in ("records", "refused", "per_cpu_s", "rss_mb")
    }


def own_load(code: str, source: Path, work: Path) -> dict[str, float]:
    """A whole load into a new register."""
    data = work / "register"
    shutil.rmtree(data, ignore_errors=True)
    measuring.run([measuring.program(), "--data", str(data), "init"])
    cost = measuring.run(
        [measuring.program(), "--data", str(data), "load", code, str(source), "--json"], accepted=(0, 1)
    )
    told = json.loads(cost.output.splitlines()[-1])
    return {"records": told["in"], "quarantined": told["quarantined"], "cpu_s": cost.cpu_s, "wall_s": cost.wall_s,
            "per_cpu_s": told["in"] / cost.cpu_s, "rss_mb": cost.rss_mb}  # fmt: skip


def side_by_side(path: Path, office: str, n: int, load_n: int, repeat: int) -> dict[str, Any]:
    """All figures for one office."""
    code, work = OFFICES[office], measuring.workplace() / "peer"
    bulk_work = measuring.workplace() / "peer-load"
    say(f"{office}: the peer, {n} records, {repeat} times")
    peer = peer_row(path, work, office, n, repeat)
    say(f"{office}: reading and checking")
    files = own_reading(code, ["--folder", str(work / "in" / office), "--count", str(n)], repeat)
    bulk = own_reading(code, ["--bulk", str(work / "bulk" / f"{office}.xml")], repeat)
    say(f"{office}: loading {load_n} records")
    harness(path, bulk_work, "gen", "--offices", office, "--n", str(load_n))
    load = own_load(code, bulk_work / "bulk" / f"{office}.xml", bulk_work)
    ratios = {
        "read_check_files": files["per_cpu_s"] / peer["transform_validate"],
        "read_check_bulk": bulk["per_cpu_s"] / peer["transform_validate"],
        "load_against_transform": load["per_cpu_s"] / peer["transform"],
    }
    return {"office": office, "peer": peer, "files": files, "bulk": bulk, "load": load, "ratios": ratios}


def main() -> int:
    """Measure the offices named."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--peer-harness", type=Path, default=os.environ.get("IPREGISTER_PEER_HARNESS"))
    arguments.add_argument("--offices", default=DEFAULT)
    arguments.add_argument("--n", type=int, default=2000)
    arguments.add_argument("--load-n", type=int, default=20000)
    arguments.add_argument("--repeat", type=int, default=3)
    given = arguments.parse_args()
    if not given.peer_harness or not Path(given.peer_harness).is_file():
        say("no peer harness: name it by --peer-harness or IPREGISTER_PEER_HARNESS; nothing is measured")
        return 2
    chosen = given.offices.split(",")
    rows = [side_by_side(Path(given.peer_harness), o, given.n, given.load_n, given.repeat) for o in chosen]
    measuring.keep("peer", {"n": given.n, "load_n": given.load_n, "repeat": given.repeat, "rows": rows})
    return 0


if __name__ == "__main__":
    sys.exit(main())
