"""Loads that are killed: `kill -9` at random moments, then the same command until it ends."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from msgspec import Struct

from ipregister.web.options import Options


class Outcome(Struct):
    """What became of a load that was killed `kills` times: its last line, and the digest of the register.

    `told`: a run that was killed (or ended too early to be) had told its line already; then the last line
    says, rightly, that nothing was new."""

    kills: int
    line: dict[str, str | int]
    digest: str
    told: bool = False

    def is_like(self, calm: "Outcome") -> bool:
        """Whether it ended as the load that nobody killed."""
        return self.digest == calm.digest and (self.told or self.line == calm.line)


def start(options: Options, *words: str) -> "subprocess.Popen[str]":
    """Start a command in a group of its own."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("IPREGISTER_")}
    return subprocess.Popen(
        [sys.executable, "-m", "ipregister.cli", *words], env=clean | options.environment(), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True)  # fmt: skip


def run(options: Options, *words: str) -> str:
    """Run a command undisturbed; its output."""
    process = start(options, *words)
    out, _ = process.communicate(timeout=600)
    if process.returncode not in {0, 1}:
        raise RuntimeError(f"{words}: exit code {process.returncode}")
    return out


def load_undisturbed(options: Options, office: str, path: Path) -> tuple[Outcome, float]:
    """A load that nobody kills, and the seconds that it takes."""
    start = time.monotonic()
    line = json.loads(run(options, "load", office, str(path)))
    seconds = time.monotonic() - start
    return Outcome(0, line, digest(options)), seconds


def load_killed(
    options: Options, office: str, path: Path, *, chance: random.Random, seconds: float, kills: int = 1,
    words: tuple[str, ...] = (),
) -> Outcome:  # fmt: skip
    """A load that is killed at random moments of the time it takes, and then run to its end; `words` are more of the
    command."""
    killed, told = 0, False
    for _ in range(kills):
        process = start(options, "load", office, str(path), *words)
        try:
            process.wait(timeout=chance.uniform(0.3, seconds))
        except subprocess.TimeoutExpired:
            if words:  # what it has started must end by itself
                process.kill()
            else:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            killed += 1
        told = told or bool(process.communicate()[0].strip())
    line = json.loads(run(options, "load", office, str(path), *words))
    return Outcome(killed, line, digest(options), told)


def digest(options: Options) -> str:
    """The register digest."""
    digest: str = json.loads(run(options, "status", "--digest"))["digest"]
    return digest
