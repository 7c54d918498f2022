"""A portal with a small demonstration region, a browser, and the accessibility checker."""

import fcntl
import importlib.resources
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)  # fmt: skip
"""Chromium talks to nobody but the test server."""
MARKS = 300
"""Number of trademarks in the small demonstration region."""


def command() -> list[str]:
    """The command line program of this environment."""
    return [str(Path(sys.executable).parent / "ipregister")]


def build_region(folder: Path, marks: int = MARKS) -> None:
    """Build a demonstration region."""
    subprocess.run(
        [*command(), "demo", str(folder), "--marks", str(marks)], check=True, stdin=subprocess.DEVNULL
    )


@pytest.fixture(scope="session")
def region_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small demonstration region, built once per test run and shared by its processes; copy, do not write."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    folder = shared / "region"
    with (shared / "region.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            scratch = shared / "region.new"
            build_region(scratch)
            scratch.rename(folder)
    return folder


@pytest.fixture
def region(region_template: Path, tmp_path: Path) -> Path:
    """A copy of the small demonstration region that a test may change."""
    shutil.copytree(region_template, tmp_path / "region")
    return tmp_path / "region"


@pytest.fixture(scope="session")
def live_server(region_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real server over the small demonstration region."""
    data = tmp_path_factory.mktemp("served") / "data"
    shutil.copytree(region_template, data)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    process = subprocess.Popen(
        [*command(), "--data", str(data), "serve", "--port", str(port)], stdin=subprocess.DEVNULL
    )
    try:
        _wait(f"http://127.0.0.1:{port}/health", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(40)


def _wait(address: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"no answer from {address}; exit code {process.poll()}")


def _program() -> str:
    names = (os.environ.get("IPREGISTER_TEST_CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("Chromium is not installed: install the package chromium")
    return found


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A headless Chromium."""
    program = _program()
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's event loop runs in the test's thread
        one = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield one
        one.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page of 1280 x 900 in a fresh profile."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def axe_source() -> str:
    """The text of axe-core."""
    folder = importlib.resources.files("axe_playwright_python")
    return (folder / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def axe(axe_source: str) -> Callable[[Page], list[str]]:
    """A function that checks a page's accessibility; each violation as rule, element and what to mend."""

    def check(page: Page) -> list[str]:
        page.evaluate(axe_source)
        found: dict[str, Any] = page.evaluate("() => axe.run({resultTypes: ['violations']})")
        return [
            f"{violation['id']}: {node['html'][:120]}: {node['failureSummary']}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]

    return check
