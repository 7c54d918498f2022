"""`python -m benchmarks [NAME...] [--size small|full]`: run measures one after another, then write RESULTS.md.

Names: reading, peer, memory, kill, search, million, http. Without a name: reading, memory, http (and peer where its harness
is named by IPREGISTER_PEER_HARNESS). `small` takes some minutes; `full` is what RESULTS.md is published with.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from benchmarks import measuring, million, table
from benchmarks.measuring import ROOT, say

SMALL: dict[str, tuple[str, ...]] = {
    "reading": ("benchmarks.own", "--n", "2000"),
    "peer": ("benchmarks.peer", "--n", "300", "--load-n", "2000", "--repeat", "2"),
    "memory": ("benchmarks.memory", "--n", "5000"),
    "kill": ("benchmarks.kill", "--moments", "5"),
    "search": ("benchmarks.search_million", "--records", "20000"),
    "million": ("benchmarks.million", "--n", "10000"),
    "http": ("benchmarks.http", "--seconds", "10"),
}
FULL: dict[str, tuple[str, ...]] = {
    "reading": ("benchmarks.own", "--n", "20000"),
    "peer": ("benchmarks.peer", "--n", "1000", "--load-n", "40000", "--repeat", "3"),
    "memory": ("benchmarks.memory", "--n", "200000"),
    "kill": ("benchmarks.kill", "--moments", "50"),
    "search": ("benchmarks.search_million", "--records", "1000000"),
    "million": ("benchmarks.million", "--n", "1000000"),
    "http": ("benchmarks.http", "--seconds", "60"),
}
DEFAULT = ("reading", "memory", "million", "http")


def _register(size: str) -> Path:
    marks = int((SMALL if size == "small" else FULL)["million"][-1])
    return million.place(marks) / "register"


def run(name: str, size: str) -> bool:
    """Run one measure; whether it met its target."""
    module, *arguments = (SMALL if size == "small" else FULL)[name]
    if name == "http":
        arguments += ["--data", str(_register(size))]
    say(f"--- {name} ({size})")
    command = [sys.executable, "-m", module, *arguments]
    if name == "search":
        return _search([*command, "--folder", str(measuring.workplace() / f"search-{arguments[-1]}")])
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


def _search(command: list[str]) -> bool:
    """The measures of searches print a line of JSON for each figure: show and keep them."""
    rows = []
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            sys.stderr.write(line)
            rows.append(json.loads(line))
    measuring.keep("search", {"records": int(command[command.index("--records") + 1]), "rows": rows})
    return process.returncode == 0


def main() -> int:
    """Run what the options name."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("names", nargs="*", choices=[[], *SMALL], metavar="NAME")
    arguments.add_argument("--size", choices=("small", "full"), default="small")
    given = arguments.parse_args()
    peer = ("peer",) if os.environ.get("IPREGISTER_PEER_HARNESS") else ()
    missed = [name for name in (given.names or (*DEFAULT, *peer)) if not run(name, given.size)]
    table.write()
    say(
        f"results in {measuring.RESULTS}"
        + (f"; target missed or failed: {', '.join(missed)}" if missed else "")
    )
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
