"""A filled installation for the tests of the pages. Imports nothing that needs Django to be started."""

import fcntl
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.test.utils import override_settings, setup_test_environment, teardown_test_environment

from ipregister.web.options import Options
from tests.installations import HOSTS, point
from tests.portal.filled import build_apart
from tests.portal.releasing import release


@pytest.fixture(autouse=True, scope="session")
def _watched_templates() -> Iterator[None]:
    """Answers carry the values that their templates were given."""
    setup_test_environment()
    yield
    teardown_test_environment()


@pytest.fixture(autouse=True, scope="session")
def _quick_passwords() -> Iterator[None]:
    """Passwords of tests are hashed once over: what guards real ones takes a third of a second each time."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(autouse=True)
def _fresh_quotas(monkeypatch: pytest.MonkeyPatch) -> None:
    """What tests before asked for counts against no other: each begins with counters of its own."""
    for module in ("doors", "keys", "watches"):
        name = f"ipregister.portal.{module}"
        if name in sys.modules:
            loaded = sys.modules[name]
            monkeypatch.setattr(loaded, "_quota", type(loaded._quota)())


@pytest.fixture(scope="session")
def filled_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with some marks of five offices, built once per test run; copy it, do not open it."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    with (shared / "filled.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "filled").exists():
            build_apart(shared / "filled.new")
            (shared / "filled.new").rename(shared / "filled")
    return shared / "filled"


@pytest.fixture(scope="session")
def filled_copy(filled_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This process's own copy: the template itself is never opened, so that it can be copied at any time."""
    folder = tmp_path_factory.mktemp("filled") / "data"
    shutil.copytree(filled_template, folder)
    return folder


@pytest.fixture
def filled(filled_copy: Path) -> Options:
    """This process works on a filled installation that its tests share: only read."""
    options = Options(data=filled_copy, allowed_hosts=HOSTS, anonymous_per_minute=0)
    point(options)
    return options


@pytest.fixture(scope="session")
def released_copy(filled_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another copy of this process, of which everything is released."""
    folder = tmp_path_factory.mktemp("released") / "data"
    shutil.copytree(filled_template, folder)
    release(folder)
    return folder


@pytest.fixture
def released(released_copy: Path) -> Options:
    """This process works on a filled installation that releases all and that its tests share: only read."""
    options = Options(data=released_copy, allowed_hosts=HOSTS, anonymous_per_minute=0)
    point(options)
    return options


@pytest.fixture
def own(filled_template: Path, tmp_path: Path) -> Options:
    """A copy of the filled installation that the test may change."""
    shutil.copytree(filled_template, tmp_path / "own")
    options = Options(data=tmp_path / "own", allowed_hosts=HOSTS)
    point(options)
    return options


@pytest.fixture
def client() -> Client:
    """A browser without scripts; it sends the token of forms only where a test does."""
    return Client()


@pytest.fixture
def signed_in(own: Options) -> Callable[..., Client]:
    """A function that gives a signed-in client: `signed_in("clerk", "LA")`; no role without arguments."""
    from django.contrib.auth.models import User

    from ipregister.portal.models import Assignment

    def sign_in(role: str = "", office: str = "", *, check_token: bool = False) -> Client:
        name = f"{role or 'nobody'}-{office or 'all'}"
        user, _ = User.objects.get_or_create(username=name)
        if role:
            Assignment.objects.get_or_create(user=user, role=role, office=office)
        client = Client(enforce_csrf_checks=check_token)
        client.force_login(user)
        return client

    return sign_in
