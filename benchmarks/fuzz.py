"""Bad documents over all readers: no crash, no hang, bounded memory, balanced counts.

    python -m benchmarks.fuzz --count 20000 --seed 1 [--real FOLDER]

Prints one line of JSON; exit code 1 where something is wrong, with each on stderr.
"""

import argparse
import gc
import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

from ipregister.web import bootstrap
from ipregister.web.options import Options

BOUND_MIB = 1024
"""The most memory that the process may come to."""


def peak_mib() -> float:
    """The most memory that this process has held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Run and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--real", type=Path, default=os.environ.get("IPREGISTER_TEST_DATA"))
    told = parser.parse_args()
    bootstrap.setup(Options(data=Path(tempfile.gettempdir()) / "ipregister-fuzz"))
    from tests.fuzz.trial import seeds, try_one  # after Django is started

    sound = seeds(Path(told.real) if told.real else None)
    taken = read = refused = wrong = 0
    slowest, start = 0.0, time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(told.first, told.first + told.count):
            result = try_one(number, told.seed, sound, Path(folder))
            taken, read, refused = taken + result.taken, read + result.read, refused + result.refused
            slowest = max(slowest, result.seconds)
            if result.wrong:
                wrong += 1
                print(result.wrong, file=sys.stderr, flush=True)
            if number % 500 == 0:
                gc.collect()
    line = {"documents": told.count, "seeds": len(sound), "taken": taken, "read": read, "refused": refused,
            "wrong": wrong, "slowest_s": round(slowest, 2), "peak_mib": round(peak_mib()),
            "seconds": round(time.monotonic() - start)}  # fmt: skip
    print(json.dumps(line))
    return 1 if wrong or peak_mib() > BOUND_MIB else 0


if __name__ == "__main__":
    sys.exit(main())
