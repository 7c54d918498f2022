"""Solve the lock files anew, with a hash for every file, for all supported Pythons and platforms.

    python scripts/lock.py                 newest versions that fit
    python scripts/lock.py --keep          only what pyproject.toml forces to change
    python scripts/lock.py --wheels        only show which platforms have wheels for the locked versions

`requirements.lock` runs the register, `requirements-postgresql.lock` adds the PostgreSQL driver,
`requirements-build.lock` builds the package, `requirements-dev.lock` holds all that a developer needs.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = ("-m", "uv", "--quiet", "--no-progress", "pip", "compile")
SOLVER = (*UV, "--universal", "--python-version", "3.11", "--generate-hashes",
          "--custom-compile-command", "make lock")  # fmt: skip
LOCKS: dict[str, tuple[str, ...]] = {
    "requirements.lock": ("pyproject.toml",),
    "requirements-postgresql.lock": (
        "pyproject.toml", "--extra", "postgresql", "--constraint", "requirements.lock",
    ),
    "requirements-dev.lock": (
        "pyproject.toml", "--extra", "postgresql", "--group", "dev", "--group", "build",
        "--constraint", "requirements.lock",
    ),
    "requirements-build.lock": ("--group", "build", "--constraint", "requirements-dev.lock"),
}  # fmt: skip
PYTHONS = ("3.11", "3.12", "3.13")
REQUIRED = ("x86_64-manylinux_2_28",)
WELCOME = ("aarch64-manylinux_2_28", "aarch64-apple-darwin", "x86_64-apple-darwin")


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run this Python at the root of the project."""
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, env={**os.environ, "MACOSX_DEPLOYMENT_TARGET": "15.0"},
    )  # fmt: skip


def solve(upgrade: bool) -> int:
    """Write the locks; the exit code of the first that fails."""
    for name, sources in LOCKS.items():
        done = python(*SOLVER, *(["--upgrade"] if upgrade else []), *sources, "--output-file", name)
        sys.stderr.write(f"{name}: {'written' if not done.returncode else done.stdout}\n")
        if done.returncode:
            return done.returncode
    return 0


def wheels() -> int:
    """Solve the locked versions from wheels alone for each Python and platform; 1 if a required one fails.

    `requirements-dev.lock` holds every package of the other locks. macOS is asked from version 15 on.
    """
    failed = 0
    with tempfile.NamedTemporaryFile("w", suffix=".in") as pins:
        lines = (ROOT / "requirements-dev.lock").read_text(encoding="utf-8").splitlines()
        pins.write("\n".join(line.rstrip(" \\") for line in lines if line and line[0].isalnum()))
        pins.flush()
        for platform in REQUIRED + WELCOME:
            for version in PYTHONS:
                done = python(*UV, "--no-build", "--no-deps", "--python-version", version,
                              "--python-platform", platform, pins.name)  # fmt: skip
                sys.stdout.write(f"{platform:24} {version:5} {done.stdout if done.returncode else 'ok'}\n")
                failed |= bool(done.returncode) and platform in REQUIRED
    return int(failed)


def main() -> int:
    """Do what the options say."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--keep", action="store_true", help="keep the versions that are locked already")
    options.add_argument("--wheels", action="store_true", help="only check the wheels")
    chosen = options.parse_args()
    return wheels() if chosen.wheels else solve(upgrade=not chosen.keep) or wheels()


if __name__ == "__main__":
    sys.exit(main())
