"""Build the register of 1,000,000 generated marks, once. Stopped at any moment, it goes on when called again.

    python -m benchmarks.million [--n 1000000]

It lies in IPREGISTER_BENCH (or the temporary folder) under `million-N/register`; `http.py` and the search measures use
it. The deliveries of each office are written by our generator, loaded by the command line program, then removed: the
register's packs keep them.
"""

import argparse
import json
import shutil
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks import measuring
from benchmarks.measuring import say
from ipregister.demonstration import write_office
from ipregister.demonstration.region import shares


class Progress:
    """What is done already, on disk."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "progress.json"
        self.done: dict[str, Any] = json.loads(self._file.read_text()) if self._file.exists() else {}

    def note(self, name: str, value: Any) -> None:
        """Remember a step that is done."""
        self.done[name] = value
        scratch = self._file.with_suffix(".new")
        scratch.write_text(json.dumps(self.done, indent=1), encoding="utf-8")
        scratch.replace(self._file)


def place(n: int) -> Path:
    """Where the register of n marks is."""
    return measuring.workplace() / f"million-{n}"


def build_office(folder: Path, progress: Progress, office: str, n: int, registrations: int) -> None:
    """Write and load the deliveries of one office."""
    feeds = folder / "deliveries"
    if f"written {office}" not in progress.done:
        shutil.rmtree(feeds / office, ignore_errors=True)
        say(f"{office}: writing {n} marks")
        begun = time.perf_counter()
        feeds.mkdir(exist_ok=True)
        write_office(feeds, office, n, registrations=registrations)
        progress.note(f"written {office}", {"marks": n, "wall_s": time.perf_counter() - begun})
    for path in sorted(p for p in (feeds / office).iterdir() if not p.name.startswith(".")):
        step = f"loaded {office} {path.name}"
        if step not in progress.done:
            say(f"{office}: loading {path.name}")
            command = [
                measuring.program(),
                "--data",
                str(folder / "register"),
                "load",
                office,
                str(path),
                "--json",
            ]
            cost = measuring.run(command, one_core=False, accepted=(0, 1))
            told = json.loads(cost.output.splitlines()[-1])
            progress.note(step, {"in": told["in"], "stored": told["stored"], "cpu_s": cost.cpu_s,
                                 "wall_s": cost.wall_s, "rss_mb": cost.rss_mb})  # fmt: skip


def build(n: int) -> Path:
    """Build what is missing; the data folder."""
    folder = place(n)
    folder.mkdir(parents=True, exist_ok=True)
    progress = Progress(folder)
    if "init" not in progress.done:
        measuring.run([measuring.program(), "--data", str(folder / "register"), "init"])
        progress.note("init", True)
    counts = shares(n)
    for office, count in counts.items():
        if f"finished {office}" not in progress.done:
            build_office(folder, progress, office, count, counts["WO"])
            progress.note(f"finished {office}", True)
            shutil.rmtree(folder / "deliveries" / office)
    return folder / "register"


def main() -> int:
    """Build and report."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--n", type=int, default=1_000_000)
    given = arguments.parse_args()
    register = build(given.n)
    loads = [v for name, v in Progress(place(given.n)).done.items() if name.startswith("loaded ")]
    total = {name: sum(load[name] for load in loads) for name in ("in", "stored", "cpu_s", "wall_s")}
    sizes = {p.name: sum(f.stat().st_size for f in ([p] if p.is_file() else p.rglob("*")) if f.is_file()) / 1e6
             for p in sorted(register.iterdir())}  # fmt: skip
    total["per_cpu_s"] = total["in"] / total["cpu_s"]
    largest = max(load["rss_mb"] for load in loads)
    measuring.keep("million", {"n": given.n, "total": total, "largest_rss_mb": largest, "sizes_mb": sizes})
    sys.stdout.write(f"{register}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
