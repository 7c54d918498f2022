"""Read + check of our own generated deliveries, each office, on one core, without a peer.

python -m benchmarks.own [--n 2000] [--offices LA,KZ,SG,WO]
"""

import argparse
import json
import shutil
import statistics
import sys

from benchmarks import measuring
from benchmarks.measuring import say
from ipregister.demonstration import write_office
from ipregister.demonstration.region import TODAY

OFFICES = "BN,ID,KH,KZ,LA,MY,PH,SG,TH,VN,WO"


def measure(office: str, n: int, repeat: int) -> dict[str, float]:
    """Write an office's deliveries, read and check the largest one; medians."""
    folder = measuring.workplace() / "own"
    shutil.rmtree(folder / office, ignore_errors=True)
    folder.mkdir(exist_ok=True)
    write_office(folder, office, n, registrations=max(n, 100))
    largest = max((folder / office).iterdir(), key=lambda path: path.stat().st_size)
    command = [sys.executable, "-m", "benchmarks.reading", "--office", office, "--day", TODAY.isoformat(),
               "--bulk", str(largest)]  # fmt: skip
    rows = [json.loads(measuring.run(command).output) for _ in range(repeat)]
    return {name: statistics.median(row[name] for row in rows) for name in rows[0]}


def main() -> int:
    """Measure the offices named."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--n", type=int, default=2000)
    arguments.add_argument("--offices", default=OFFICES)
    arguments.add_argument("--repeat", type=int, default=3)
    given = arguments.parse_args()
    rows = {}
    for office in given.offices.split(","):
        rows[office] = measure(office, given.n, given.repeat)
        say(f"{office}: {rows[office]['per_cpu_s']:.0f} records read and checked per CPU second")
    measuring.keep("reading", {"n": given.n, "repeat": given.repeat, "rows": rows})
    return 0


if __name__ == "__main__":
    sys.exit(main())
