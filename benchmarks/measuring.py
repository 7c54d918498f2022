"""Run a program and read what it cost; describe the machine; keep results as JSON."""

import compileall
import datetime as dt
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

import ipregister

ROOT = Path(__file__).resolve().parent.parent
RESULTS = Path(__file__).resolve().parent / "results"
CORE = "0"


class Cost(Struct, frozen=True):
    """What a program and its children cost."""

    wall_s: float
    cpu_s: float
    rss_mb: float
    output: str


def workplace() -> Path:
    """Where inputs and registers are made: IPREGISTER_BENCH, or a folder of the system's temporary files."""
    folder = Path(os.environ.get("IPREGISTER_BENCH") or Path(tempfile.gettempdir()) / "ipregister-bench")
    if folder.resolve().is_relative_to(ROOT):
        raise SystemExit("IPREGISTER_BENCH must be outside of the checkout")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def pinned(command: Sequence[str]) -> list[str]:
    """The command, bound to one core where the system can do that."""
    return ["taskset", "-c", CORE, *command] if shutil.which("taskset") else list(command)


def program() -> str:
    """The command line program of this environment."""
    return str(Path(sys.executable).parent / "ipregister")


def installed() -> None:
    """Writes the bytecode of the program where it is missing, as an installation does, so that no start compiles it."""
    compileall.compile_dir(Path(ipregister.__file__).parent, quiet=1)


_RUNNER = """
import json, resource, subprocess, sys, time
begun = time.perf_counter()
code = subprocess.run(sys.argv[2:], stdin=subprocess.DEVNULL).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
with open(sys.argv[1], "w") as out:
    json.dump({"wall": time.perf_counter() - begun, "cpu": used.ru_utime + used.ru_stime, "rss": used.ru_maxrss}, out)
sys.exit(code)
"""


def run(command: Sequence[str], *, one_core: bool = True, accepted: Sequence[int] = (0,)) -> Cost:
    """Run a command to its end in a process of its own, so that its cost is told apart from ours."""
    with tempfile.NamedTemporaryFile(suffix=".json") as told:
        full = [sys.executable, "-c", _RUNNER, told.name, *(pinned(command) if one_core else command)]
        done = subprocess.run(full, stdout=subprocess.PIPE, text=True, check=False, stdin=subprocess.DEVNULL)
        if done.returncode not in accepted:
            raise SystemExit(f"exit code {done.returncode}: {' '.join(command)}")
        cost = json.loads(Path(told.name).read_text(encoding="utf-8"))
    scale = 1024 if sys.platform == "linux" else 1024 * 1024
    return Cost(cost["wall"], cost["cpu"], cost["rss"] / scale, done.stdout)


def own_rss_mb() -> float:
    """The largest memory of this process so far."""
    scale = 1024 if sys.platform == "linux" else 1024 * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale


def quantile(values: Sequence[float], share: float) -> float:
    """The value that `share` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered) + 0.5) - 1))]


def machine() -> dict[str, Any]:
    """The machine and the state of the code, to be kept beside every figure."""
    model = ""
    if Path("/proc/cpuinfo").exists():
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.strip()
    return {
        "processor": model or platform.processor(),
        "cores": os.cpu_count(),
        "load_before": round(os.getloadavg()[0], 2),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "commit": commit,
        "day": dt.datetime.now(dt.UTC).date().isoformat(),
    }


def keep(name: str, result: dict[str, Any]) -> Path:
    """Write a result with its machine to `benchmarks/results/NAME.json`."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{name}.json"
    text = json.dumps(
        {"name": name, "machine": machine(), **result}, indent=1, ensure_ascii=False, sort_keys=True
    )
    path.write_text(text + "\n", encoding="utf-8")
    sys.stderr.write(f"{path.relative_to(ROOT)} written\n")
    return path


def say(text: str) -> None:
    """One line of progress with the time."""
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {text}\n")
    sys.stderr.flush()
