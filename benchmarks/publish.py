"""Publishing: time, CPU time and memory of a full publication and of a delta of 1 %, on a generated region.

    python -m benchmarks.publish --data FOLDER --out FOLDER [--n 20000] [--times 10] [--only full|delta]

A data folder that is there is taken as it is (and written to: give a copy); what it holds is released.
CPU time of all processes is told beside the clock: on a machine that others use it is the figure to go by. What
a million marks would take is that of one record, times a million: the files and the log grow in a straight line, the
register root too.
"""

import argparse
import json
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from ipregister.publication.release import release_all

_PUBLISH = """
import json, resource, sys, time
from pathlib import Path
from ipregister.web import bootstrap
from ipregister.web.options import Options
if __name__ == "__main__":
    data, folder = Path(sys.argv[1]), Path(sys.argv[2])
    bootstrap.setup(Options(data=data))
    from ipregister.publication.bulk.publishing import publish
    from ipregister.store.register import Register
    register = Register(packs=data / "packs")
    start = time.monotonic()
    made = publish(register, data, folder, sys.argv[3], processes=2)
    wall = time.monotonic() - start
    own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    cpu = own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime
    lines = sum(sum(kinds.values()) for kinds in made.manifest.counts.values())
    print(json.dumps({"kind": made.manifest.kind, "lines": lines, "records": made.manifest.records,
                      "wall_s": round(wall, 1), "cpu_s": round(cpu, 1), "main_cpu_s": round(own.ru_utime + own.ru_stime, 1),
                      "main_mib": own.ru_maxrss // 1024, "largest_worker_mib": others.ru_maxrss // 1024,
                      "bytes": made.manifest.size}))
"""
_CHANGE = """
import datetime as dt, sys
from pathlib import Path
import msgspec
from ipregister.web import bootstrap
from ipregister.web.options import Options
data, every = Path(sys.argv[1]), int(sys.argv[2])
bootstrap.setup(Options(data=data))
from ipregister.model import canonical
from ipregister.store.register import Register
from ipregister.store.rows import Incoming, NewDelivery, RawRef
register = Register(packs=data / "packs")
keys = register.keys(limit=10_000_000)[::every]
office = ""
groups = {}
day = (dt.date(2030, 1, 1) + dt.timedelta(len(register.deliveries()))).isoformat()
for version in register.get_many(keys).values():
    groups.setdefault(version.office, []).append(version)
for office, versions in groups.items():
    head = register.begin(NewDelivery(office, f"changed-{office}-{register.last_change()}", "changed.zip", "delta", day, "0" * 64))
    slices = []
    for index, one in enumerate(versions):
        record = msgspec.structs.replace(register.record(one), status_date=day)
        slices.append(Incoming(index, one.key, one.right, office, RawRef("0" * 64, "x.xml", 0, 1), canonical.encode(record)))
    register.put(head.id, slices, next_index=len(slices))
    register.finish(head.id)
print(sum(map(len, groups.values())))
"""


def multiply(data: Path, times: int) -> None:
    """Let the register (SQLite) hold every record so many times, under more keys: its pictures once."""
    with sqlite3.connect(data / "register.sqlite3") as database:
        (last,) = database.execute(
            "SELECT value FROM register_store_counter WHERE name = 'change'"
        ).fetchone()
        for table in ("version", "body", "record"):
            name = f"register_store_{table}"
            columns = [row[1] for row in database.execute(f"PRAGMA table_info({name})")]
            for turn in range(1, times):
                told = {"change": f"change + {turn * last}", "current": f"current + {turn * last}",
                        "key": f"key || '-{turn}'", "media_hash": "x''"}  # fmt: skip
                chosen = ", ".join(told.get(one, f'"{one}"') for one in columns)
                low, high = ("change", "current")[table == "record"], last
                database.execute(f"INSERT INTO {name} SELECT {chosen} FROM {name} WHERE {low} <= {high}")
        database.execute("UPDATE register_store_counter SET value = ? WHERE name = 'change'", (last * times,))


def _run(program: str, *words: object) -> tuple[str, int]:
    """The last line that a program writes, and the most memory (MiB) that all its processes held at one moment: shared
    pages are shared out among them."""
    script = Path(tempfile.mkdtemp()) / "measure.py"
    script.write_text(program, encoding="utf-8")
    most = 0
    try:
        with subprocess.Popen(
            [sys.executable, str(script), *map(str, words)], stdout=subprocess.PIPE, text=True
        ) as run:
            while run.poll() is None:
                most = max(most, held_kib(run.pid))
                time.sleep(0.5)
            written = run.stdout.read() if run.stdout else ""
    finally:
        shutil.rmtree(script.parent)
    if run.returncode:
        raise SystemExit(f"ended with {run.returncode}")
    return written.strip().splitlines()[-1], most // 1024


def held_kib(root: int) -> int:
    """The memory of a process and all below it (proportional set size, KiB)."""
    total, todo = 0, [root]
    while todo:
        pid = todo.pop()
        try:
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
            for task in Path(f"/proc/{pid}/task").iterdir():
                todo += map(int, (task / "children").read_text(encoding="ascii").split())
        except OSError:
            continue
    return total


def main() -> None:
    """Measure and print, a line of JSON each."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--n", type=int, default=20_000)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--only", choices=["full", "delta"], default="")
    asked = parser.parse_args()
    if not asked.data.exists():
        words = ["--data", str(asked.data), "demo", "--marks", str(asked.n), "--json"]
        subprocess.run(
            [sys.executable, "-m", "ipregister.cli", *words], check=True, stdout=subprocess.DEVNULL
        )
    if asked.times > 1:
        multiply(asked.data, asked.times)
    brought_up = [sys.executable, "-m", "ipregister.cli", "--data", str(asked.data), "init"]
    subprocess.run(brought_up, check=True, stdout=subprocess.DEVNULL)
    release_all(asked.data)
    if asked.only != "delta":
        shutil.rmtree(asked.out, ignore_errors=True)
        shutil.rmtree(asked.data / "log", ignore_errors=True)
        _tell(*_run(_PUBLISH, asked.data, asked.out, "full"))
    if asked.only != "full":
        print(json.dumps({"changed": int(_run(_CHANGE, asked.data, 100)[0])}), flush=True)
        _tell(*_run(_PUBLISH, asked.data, asked.out, "delta"))


def _tell(line: str, most_mib: int) -> None:
    found: dict[str, Any] = {**json.loads(line), "all_processes_mib": most_mib}
    found["cpu_ms_a_line"] = round(found["cpu_s"] / max(1, found["lines"]) * 1000, 3)
    found["load"] = Path("/proc/loadavg").read_text(encoding="ascii").split()[0]
    print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
