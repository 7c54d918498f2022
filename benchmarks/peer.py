"""Side by side with WIPO's Global Brand Database ETL, on the same generated input, on one core, in turns.

    python -m benchmarks.peer --peer-harness PATH [--n 2000] [--load-n 20000] [--repeat 3] [--offices latm,...]
        [--name peer]

The harness is a program of its own that installs the peer into an environment of its own (GPL-3.0: it is run, never
imported). It writes the input (`gen`) and measures the peer (`_worker`); we measure ourselves on the same files.
IPREGISTER_PEER_HARNESS names it too. Reported per CPU second and core:

- read + check against the peer's transform + validate, file by file and from the bulk file;
- a whole load (packs, versions, evidence, findings, index; Python's start included) against its transform alone.

The sides take turns: a round is the peer, we, the peer again, and a ratio is made of what was measured next to each
other, since a shared machine changes its pace within a minute. Every round is printed and kept with the load of the
machine; the result is the median round, with the worst and the best beside it.
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

from benchmarks import measuring, reading
from benchmarks.measuring import say

OFFICES = {"latm": "LA", "wotm": "WO", "kztm": "KZ", "sgtm": "SG", "idtm": "ID", "khtm": "KH", "vntm": "VN",
           "laid": "LA", "vnid": "VN"}  # fmt: skip
DEFAULT = "latm,wotm,kztm,sgtm,laid,vnid"
DAY = "2026-06-30"
RATIOS = ("read_check_files", "read_check_bulk", "load_against_transform")


class Peer:
    """The harness with its folders: `work` for reading, `load` for the larger bulk file of a load."""

    def __init__(self, harness: Path, n: int, load_n: int) -> None:
        self.harness, self.n, self.load_n = harness, n, load_n
        self.work = measuring.workplace() / "peer"
        self.load = measuring.workplace() / "peer-load"

    def run(self, work: Path, *arguments: str) -> None:
        """Run the harness."""
        command = [sys.executable, str(self.harness), *arguments, "--work", str(work)]
        subprocess.run(command, check=True, stdout=sys.stderr)

    def prepare(self, office: str) -> dict[str, Any]:
        """Install the peer and write the input; what the harness says of the office."""
        self.run(self.work, "--offices", office, "--n", str(self.n), "--repeat", "1", "--no-cli")
        row: dict[str, Any] = json.loads((self.work / "result.json").read_text(encoding="utf-8"))["rows"][0]
        self.run(self.load, "gen", "--offices", office, "--n", str(self.load_n))
        return {"bytes": row["bytes"], "rss_mb": row["rss_mb"],
                "differing": row["check"]["records_with_a_difference"]}  # fmt: skip

    def rate(self, office: str, mode: str) -> float:
        """Records a CPU second of the peer in a fresh process; its loop only, with its files at hand as ours are."""
        reading.at_hand(reading.files_of(self.work / "in" / office)[: self.n])
        python = self.work / "venv" / "bin" / "python"
        command = [str(python), str(self.harness), "_worker", "--office", office, "--mode", mode, "--work",
                   str(self.work), "--n", str(self.n)]  # fmt: skip
        done = subprocess.run(measuring.pinned(command), check=True, capture_output=True, text=True,
                              env={**os.environ, "PYTHONHASHSEED": "0"})  # fmt: skip
        told = [line for line in done.stdout.splitlines() if line.startswith("RESULT ")]
        return float(json.loads(told[-1].removeprefix("RESULT "))["rps_cpu"])


def own_reading(code: str, source: list[str]) -> dict[str, float]:
    """Our reading and checking of the same input in a fresh process."""
    command = [sys.executable, "-m", "benchmarks.reading", "--office", code, "--day", DAY, *source]
    row: dict[str, float] = json.loads(measuring.run(command).output)
    return {name: row[name] for name in ("records", "refused", "per_cpu_s", "rss_mb")}


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


def turn(peer: Peer, office: str) -> dict[str, Any]:
    """One round: the peer and we by turns."""
    code, load = OFFICES[office], os.getloadavg()[0]
    validated = peer.rate(office, "transform+validate")
    files = own_reading(code, ["--folder", str(peer.work / "in" / office), "--count", str(peer.n)])
    bulk = own_reading(code, ["--bulk", str(peer.work / "bulk" / f"{office}.xml")])
    before = peer.rate(office, "transform")
    loaded = own_load(code, peer.load / "bulk" / f"{office}.xml", peer.load)
    transform = statistics.mean((before, peer.rate(office, "transform")))
    ratios = (files["per_cpu_s"] / validated, bulk["per_cpu_s"] / validated, loaded["per_cpu_s"] / transform)
    one = {"transform": transform, "transform_validate": validated, "files": files, "bulk": bulk, "load": loaded,
           "ratios": dict(zip(RATIOS, ratios, strict=True)), "machine_load": round(load, 2)}  # fmt: skip
    say(f"{office}: peer {transform:.0f} and {validated:.0f}/s; we read and check {files['per_cpu_s']:.0f} "
        f"(bulk {bulk['per_cpu_s']:.0f}), load {loaded['per_cpu_s']:.0f}; ratios "
        + ", ".join(f"{value:.1f}" for value in ratios) + f"; load of the machine {load:.1f}")  # fmt: skip
    return one


def side_by_side(peer: Peer, office: str, repeat: int) -> dict[str, Any]:
    """All rounds of one office, and the median of each figure."""
    told = peer.prepare(office)
    rounds = [turn(peer, office) for _ in range(repeat)]
    median = {
        name: {figure: statistics.median(one[name][figure] for one in rounds) for figure in rounds[0][name]}
        for name in ("files", "bulk", "load", "ratios")
    }
    rates = {
        name: statistics.median(one[name] for one in rounds) for name in ("transform", "transform_validate")
    }
    spread = {name: [f([one["ratios"][name] for one in rounds]) for f in (min, max)] for name in RATIOS}
    say(f"{office}: read + check {median['ratios']['read_check_files']:.1f} times ({_range(spread[RATIOS[0]])}), "
        f"load {median['ratios']['load_against_transform']:.1f} times ({_range(spread[RATIOS[2]])})")  # fmt: skip
    return {"office": office, "peer": {**told, **rates}, **median, "spread": spread, "rounds": rounds}


def _range(ends: list[float]) -> str:
    return f"{ends[0]:.1f} to {ends[1]:.1f}"


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
    arguments.add_argument("--name", default="peer", help="of the result that is kept")
    given = arguments.parse_args()
    if not given.peer_harness or not Path(given.peer_harness).is_file():
        say("no peer harness: name it by --peer-harness or IPREGISTER_PEER_HARNESS; nothing is measured")
        return 2
    peer = Peer(Path(given.peer_harness).resolve(), given.n, given.load_n)
    measuring.installed()
    machine = measuring.machine()
    say(f"{machine['processor']}, {machine['cores']} cores, load before {machine['load_before']}")
    rows = [side_by_side(peer, office, given.repeat) for office in given.offices.split(",")]
    measuring.keep(given.name, {"n": given.n, "load_n": given.load_n, "repeat": given.repeat, "rows": rows})
    return 0


if __name__ == "__main__":
    sys.exit(main())
