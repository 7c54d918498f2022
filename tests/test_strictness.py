"""The tests' own rules: what may not be skipped fails, warnings fail, the network is closed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.slow


def _outcome(folder: Path, text: str, *options: str, **settings: str) -> str:
    (folder / "test_inner.py").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "tests.conftest", "-c",
               str(ROOT / "pyproject.toml"), "--rootdir", str(ROOT), *options, str(folder)]  # fmt: skip
    kept = {name: value for name, value in os.environ.items() if not name.startswith("IPREGISTER_TEST_DATA")}
    done = subprocess.run(
        command, cwd=ROOT, env={**kept, **settings}, capture_output=True, text=True, check=False
    )
    return done.stdout.splitlines()[-1]


NO_DATA = "import pytest\ndef test_it(test_data): pass\n"
WHOLE_MODULE = "import pytest\npytest.skip('no test data', allow_module_level=True)\n"
MISSING = "import pytest\ndef test_it(): pytest.skip('PostgreSQL is not installed')\n"
WARNING = "import warnings\ndef test_it(): warnings.warn('careful')\n"
NETWORK = "import socket\ndef test_it(): socket.create_connection(('192.0.2.1', 80), timeout=1)\n"


@pytest.mark.parametrize("text", [NO_DATA, WHOLE_MODULE], ids=["test", "module"])
def test_skip_for_want_of_samples(tmp_path: Path, text: str) -> None:
    assert "1 skipped" in _outcome(tmp_path, text)
    refused = _outcome(tmp_path, "def test_other(): pass\n" + text, IPREGISTER_TEST_DATA="")
    assert "failed" not in refused
    with_samples = _outcome(tmp_path, text.replace("(test_data): pass", "(): pytest.skip('no test data')"),
                            IPREGISTER_TEST_DATA=str(tmp_path))  # fmt: skip
    assert "1 failed" in with_samples or "1 error" in with_samples


def test_skip_for_want_of_a_program(tmp_path: Path) -> None:
    assert "1 skipped" in _outcome(tmp_path, MISSING)
    assert "1 failed" in _outcome(tmp_path, MISSING, "--complete")


@pytest.mark.parametrize("text", [WARNING, NETWORK], ids=["warning", "network"])
def test_not_allowed(tmp_path: Path, text: str) -> None:
    assert "1 failed" in _outcome(tmp_path, text)
