"""Mirroring: time, CPU time and memory of a mirror that takes a folder of publications over, and both roots.

    python -m benchmarks.mirror --publications FOLDER --data FOLDER [--seconds N] [--go-on] [--processes N] [--keep]

`--data` is made anew, but for `--go-on`. The publications are read from the disk; over a network its speed comes on top.
After `--seconds` the mirror is killed; the next call with `--go-on` takes it up, and the times are to be added. `--keep`
writes the figures to `results/mirror.json`. `main_cpu_s` is the CPU time of the process that puts and indexes.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks import measuring
from benchmarks.publish import held_kib


def main() -> None:
    """Measure and print a line of JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--publications", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--seconds", type=float, default=float("inf"))
    parser.add_argument("--go-on", action="store_true")
    parser.add_argument("--processes", type=int, default=0)
    parser.add_argument("--keep", action="store_true")
    asked = parser.parse_args()
    if not asked.go_on:
        shutil.rmtree(asked.data, ignore_errors=True)
    program = [sys.executable, "-m", "ipregister.cli", "--data", str(asked.data)]
    subprocess.run([*program, "init"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    before, begun, most, own = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic(), 0, 0.0
    machine = measuring.machine()
    words = ["mirror", str(asked.publications.absolute()), "--processes", str(asked.processes), "--json"]
    with subprocess.Popen(
        [*program, *words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as run:
        while run.poll() is None:
            most, own = max(most, held_kib(run.pid)), cpu_of(run.pid) or own
            if time.monotonic() - begun > asked.seconds:
                run.kill()
            time.sleep(0.5)
        told = run.stdout.read() if run.stdout else ""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    result: dict[str, Any] = {
        "exit_code": run.returncode, **_of_rows(asked.publications, told),
        "wall_s": round(time.monotonic() - begun, 1), "cpu_s": round(cpu, 1), "main_cpu_s": round(own, 1),
        "all_processes_mib": most // 1024, "load": machine["load_before"],
    }  # fmt: skip
    result["cpu_ms_a_record"] = round(cpu / max(1, result["records"]) * 1000, 3)
    print(json.dumps(result))
    if asked.keep:
        measuring.keep("mirror", {**result, "machine": machine})


def _of_rows(publications: Path, told: str) -> dict[str, Any]:
    """What the mirror says of itself, held against what was published."""
    rows = [json.loads(line) for line in told.splitlines()]
    last = json.loads((publications / "index.json").read_bytes())["publications"][-1]["name"]
    manifest = json.loads((publications / last / "manifest.json").read_bytes())
    return {
        "publications": len(rows), "records": sum(row["records"] for row in rows),
        "differing": sum(row["differing"] for row in rows),
        "roots_equal": bool(rows) and rows[-1]["register_root"] == manifest["register_root"]
        and rows[-1]["tree_root"] == manifest["tree"]["root"],
    }  # fmt: skip


def cpu_of(pid: int) -> float:
    """The CPU seconds of a process alone; 0 where it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
