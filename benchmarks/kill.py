"""`kill -9` at random moments of a load, each followed by the same command: always the same register.

    python -m benchmarks.kill [--moments 50] [--office TH] [--marks 1500] [--seed 1]

Every moment has a new register; the moment is uniform over the time that an undisturbed load takes, the
indexing at its end included.
"""

import argparse
import random
import shutil
import sys
from pathlib import Path

from benchmarks import measuring
from benchmarks.measuring import say
from ipregister.demonstration import write_office
from ipregister.web.options import Options
from tests.intake import killing


def _empty(template: Path, data: Path) -> Options:
    shutil.rmtree(data, ignore_errors=True)
    shutil.copytree(template, data)
    return Options(data=data)


def main() -> int:
    """Load, kill, load again, compare."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--moments", type=int, default=50)
    arguments.add_argument("--office", default="TH")
    arguments.add_argument("--marks", type=int, default=1500)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    place = measuring.workplace() / "kill"
    shutil.rmtree(place, ignore_errors=True)
    path = write_office(place / "feeds", given.office, given.marks)[0].path
    killing.run(Options(data=place / "template"), "init")
    calm, seconds = killing.load_undisturbed(_empty(place / "template", place / "data"), given.office, path)
    say(f"undisturbed: {seconds:.1f} s, {calm.line}")
    chance = random.Random(given.seed)
    rows = []
    for moment in range(given.moments):
        options = _empty(place / "template", place / "data")
        killed = killing.load_killed(options, given.office, path, chance=chance, seconds=seconds)
        same = killed.is_like(calm)
        rows.append({"moment": moment, "killed": killed.kills, "same": same})
        say(f"{moment + 1} of {given.moments}: {'killed' if killed.kills else 'ended before'}, "
            f"{'same' if same else f'DIFFERENT: {killed}'}")  # fmt: skip
    different = sum(not row["same"] for row in rows)
    result = {"records": calm.line["in"], "seconds": seconds, "moments": given.moments, "different": different,
              "killed": sum(int(row["killed"]) for row in rows)}  # fmt: skip
    measuring.keep("kill", result)
    shutil.rmtree(place, ignore_errors=True)
    return int(different > 0)


if __name__ == "__main__":
    sys.exit(main())
