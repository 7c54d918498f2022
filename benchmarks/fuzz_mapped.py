"""Bad sources on the way of an operator: looked at, mapped as proposed, packed, cut, read.

    python -m benchmarks.fuzz_mapped --count 2000 --seed 1

Prints one line of JSON; exit code 1 where something is wrong, with each on stderr.
"""

import argparse
import json
import resource
import sys
import tempfile
import time
from pathlib import Path

from ipregister.web import bootstrap
from ipregister.web.options import Options

BOUND_MIB = 1024
"""The most memory that the process may come to."""


def peak_mib(of: int) -> int:
    """The most memory that this process (or one of its children) has held, in MiB."""
    return round(resource.getrusage(of).ru_maxrss / 1024)


def main() -> int:
    """Run and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    bootstrap.setup(Options(data=Path(tempfile.gettempdir()) / "ipregister-fuzz"))
    from tests.fuzz.mapped import sources, try_one  # after Django is started

    sound, wrong = sources(), 0
    records = read = refused = 0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(told.first, told.first + told.count):
            result = try_one(number, told.seed, sound, Path(folder))
            records, read, refused = records + result.records, read + result.read, refused + result.refused
            if result.wrong:
                wrong += 1
                print(result.wrong, file=sys.stderr, flush=True)
    peak = peak_mib(resource.RUSAGE_SELF)
    line = {"sources": told.count, "records": records, "read": read, "refused": refused, "wrong": wrong, "peak_mib": peak,
            "peak_child_mib": peak_mib(resource.RUSAGE_CHILDREN), "cpu_s": round(time.process_time())}  # fmt: skip
    print(json.dumps(line))
    return 1 if wrong or peak > BOUND_MIB else 0


if __name__ == "__main__":
    sys.exit(main())
