"""What all tests share: strict skips, no network, where the real samples are. See tests/README.md."""

import gc
import ipaddress
import os
import socket
import tempfile
from collections.abc import Generator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.utils import translation
from hypothesis.internal.conjecture import providers

from ipregister.model import offices
from ipregister.web import bootstrap
from ipregister.web.options import Options
from tests import sparing, weighing

bootstrap.setup(Options(data=Path(tempfile.gettempdir()) / "no-installation"))
# Django is started before anything else is imported, so that tests import what they test; no files are made.

pytest_plugins = ["tests.installations", "tests.browsing"]


@pytest.fixture(autouse=True)
def _own_language() -> None:
    """A test begins in the language of the settings, whatever the reader of the one before asked for."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _own_offices() -> Generator[None]:
    """An office that a test drafts is known to that test alone."""
    before = list(offices._FOLDERS)
    yield
    if any(any(folder.glob("*.toml")) for folder in offices._FOLDERS if folder not in before):
        offices._FOLDERS[:] = before
        offices.forget()


NO_DATA = "no test data: set IPREGISTER_TEST_DATA"
"""Reason of every skip for want of the real samples; with the variable set such a skip is a failure."""


def pytest_configure(config: pytest.Config) -> None:
    """Property tests give the same cases each time and know no clock; with `--explore` they look for new ones; with
    `--few` those marked `many` look at fewer.

    Hypothesis also draws from the constants of whatever modules happen to be loaded, which differs with the tests
    that ran before in the same process; that pool stays empty but for exploring.
    """
    config.pluginmanager.register(weighing.Scales(config))
    explore = bool(config.getoption("--explore"))
    hypothesis.settings.register_profile("house", deadline=None, derandomize=not explore, print_blob=True)
    house = hypothesis.settings.get_profile("house")
    hypothesis.settings.register_profile(sparing.QUICK, house, max_examples=sparing.QUICK_EXAMPLES)
    hypothesis.settings.load_profile(sparing.QUICK if config.getoption("--few") else "house")
    if not explore:
        pool = providers._local_constants
        setattr(providers, "_get_local_constants", lambda: pool)  # noqa: B010  # no setting of the library does it


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--complete`: a test that is skipped because a program is missing fails; `--explore`: other cases each time;
    `--few`: few examples of the properties marked `many`; `--weigh`: write anew which tests are dear."""
    parser.addoption("--complete", action="store_true", help="fail what would be skipped as 'not installed'")
    parser.addoption(
        "--few", action="store_true", help="properties marked many look at fewer of their examples"
    )
    parser.addoption("--weigh", action="store_true", help="write anew which tests are dear: tests/dear.txt")
    parser.addoption("--explore", action="store_true", help="property tests take other cases at each run")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """No garbage is looked for while tests are collected: thousands of objects are made, and all are kept."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every property is marked `many`: a run with `--few` looks at fewer examples where it names no number of its own.
    What was weighed and found dear is marked `slow`."""
    for item in items:
        if isinstance(item, pytest.Function) and hypothesis.is_hypothesis_test(item.obj):
            item.add_marker(pytest.mark.many)
    if not items or not items[0].config.getoption("--weigh"):
        weighing.mark_dear(items, weighing.listed())


def _forbidden(reason: str, config: pytest.Config) -> bool:
    if "no test data" in reason.lower():
        return bool(os.environ.get("IPREGISTER_TEST_DATA"))
    return "not installed" in reason.lower() and bool(config.getoption("--complete"))


def _fail_forbidden_skip(report: pytest.TestReport | pytest.CollectReport, config: pytest.Config) -> None:
    if report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if _forbidden(reason, config):
            report.outcome = "failed"
            report.longrepr = f"may not be skipped here: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip that must not be into a failure."""
    report = yield
    _fail_forbidden_skip(report, item.config)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a whole module."""
    report = yield
    _fail_forbidden_skip(report, collector.config)
    return report


@pytest.fixture(scope="session")
def test_data() -> Path:
    """The folder of real samples; skips where there is none."""
    folder = os.environ.get("IPREGISTER_TEST_DATA")
    if not folder:
        pytest.skip(NO_DATA)
    return Path(folder)


def _is_loopback(host: str) -> bool:
    if host in {"", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(host.split("%", maxsplit=1)[0]).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Generator[None]:
    """Tests reach this machine only."""
    real = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and not _is_loopback(str(address[0])):
            raise AssertionError(f"a test tried to reach {address[0]}")
        real(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield
