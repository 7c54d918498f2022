"""Release switches for the tests of the machine doors, and the real server on loopback."""

import json
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.portal.filled import ROOT

EVERYTHING = """
[[release]]
channels = ["page", "api", "bulk", "images", "addresses"]
licence = "CC0-1.0"
attribution = "Test region & friends"
source = "Law <1>"
"""
_SERVE = """
import sys
from pathlib import Path
from ipregister.web import options, serving
serving.serve(options.Options(data=Path(sys.argv[1]), anonymous_per_minute=int(sys.argv[3])), port=int(sys.argv[2]))
"""


def release(data: Path, text: str = EVERYTHING) -> None:
    """Write the switches of an installation."""
    (data / "release.toml").write_text(text, encoding="utf-8")


def _free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@contextmanager
def serving(data: Path, *, quota: int = 0) -> Iterator[str]:
    """The real server with its web processes and its worker; its address."""
    port = _free_port()
    with _running([sys.executable, "-c", _SERVE, str(data), port, str(quota)], port) as address:
        yield address


@contextmanager
def serving_edition(file: Path, data: Path) -> Iterator[str]:
    """The same of an offline edition, unpacked in a data folder."""
    port, program = _free_port(), [sys.executable, "-m", "ipregister.cli", "--data", str(data)]
    with _running([*program, "serve", "--edition", str(file), "--port", port], port) as address:
        yield address


@contextmanager
def _running(command: list[str], port: str) -> Iterator[str]:
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               start_new_session=True)  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address)
        yield address
    finally:
        process.terminate()
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(address: str) -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=20) as answer:
                if json.load(answer)["ok"]:
                    return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(address)
