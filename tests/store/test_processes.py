"""A process that works for another one ends with it, also where that is killed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

STARTER = """
import multiprocessing, sys, time
from ipregister.store.processes import end_with_parent

def work(number):
    {call}
    print(multiprocessing.current_process().pid, flush=True)
    time.sleep(120)

if __name__ == "__main__":
    multiprocessing.get_context("spawn").Process(target=work, args=(1,), daemon=True).start()
    time.sleep(120)
"""


def lives(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def orphan(tmp_path: Path, call: str) -> int:
    """A process that works for one which was killed just now."""
    script = tmp_path / "starter.py"
    script.write_text(STARTER.format(call=call), encoding="utf-8")
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as starter:
        found = int(starter.stdout.readline()) if starter.stdout else 0
        starter.kill()
    return found


def test_it_ends_with_the_one_that_started_it(tmp_path: Path) -> None:
    pid = orphan(tmp_path, "end_with_parent()")
    deadline = time.monotonic() + 30
    while lives(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not lives(pid)


def test_without_it_would_stay(tmp_path: Path) -> None:
    pid = orphan(tmp_path, "pass")
    try:
        time.sleep(1)
        assert lives(pid)
    finally:
        os.kill(pid, signal.SIGKILL)
