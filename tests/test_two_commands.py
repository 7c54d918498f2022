"""`make run` from a clean clone: environment, demonstration region, server; and the second start."""

import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FIRST_S, SECOND_S = 600, 30


def _environment() -> dict[str, str]:
    kept = {
        n: v for n, v in os.environ.items() if not n.startswith(("IPREGISTER_", "DJANGO_", "MAKE", "MFLAGS"))
    }
    return {name: value for name, value in kept.items() if name != "VIRTUAL_ENV"}


def _port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _make_run(clone: Path, patience: float) -> Iterator[tuple[str, float]]:
    """`make run`, its address, and the seconds until it answered; stopped as by Ctrl-C."""
    address, begun = f"http://127.0.0.1:{(port := _port())}", time.monotonic()
    process = subprocess.Popen(
        ["make", "run", f"PORT={port}", "MARKS=300"], cwd=clone, env=_environment(), stdin=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    try:
        while True:
            assert process.poll() is None, "make run ended"
            assert time.monotonic() < begun + patience, "make run does not answer"
            try:
                with urllib.request.urlopen(f"{address}/health", timeout=5):
                    break
            except OSError:
                time.sleep(0.2)
        yield address, time.monotonic() - begun
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(60)


@pytest.mark.slow
def test_make_run_from_a_clean_clone(tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(clone)], check=True)
    with _make_run(clone, FIRST_S) as (address, _):
        request = urllib.request.Request(f"{address}/search?q=", headers={"Accept": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            assert json.load(answer)["total"] >= 200
    with _make_run(clone, SECOND_S) as (_, seconds):
        assert seconds < SECOND_S
    status = subprocess.run(
        ["git", "status", "--porcelain"], cwd=clone, capture_output=True, text=True, check=True
    )
    assert status.stdout == "", "make run leaves files that git does not ignore"


def test_preflight_says_what_is_missing(tmp_path: Path) -> None:
    """Without Python and git on the path, the script names the packages to install."""
    for program in ("sh", "apt-get"):
        (tmp_path / program).symlink_to(shutil.which("sh") or "/bin/sh")
    done = subprocess.run(
        ["/bin/sh", ROOT / "scripts" / "preflight.sh"], env={"PATH": str(tmp_path)}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Python 3.11, 3.12 or 3.13" in done.stderr
    assert "apt-get install python3 git" in done.stderr


def test_preflight_refuses_an_old_python(tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo Python 3.9.2\nexit 1\n')
    old.chmod(0o755)
    done = subprocess.run(
        ["/bin/sh", ROOT / "scripts" / "preflight.sh"], env={"PATH": str(tmp_path), "PYTHON": "python3"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Python 3.9.2" in done.stderr


def test_make_help_names_every_public_target() -> None:
    text = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in ("run", "test", "check", "bundle", "bench", "lock", "format"):
        assert f"  {target} " in text
