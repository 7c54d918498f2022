"""Generated input of the peer's generator, made once for all tests of this folder."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.exchange.documents import COLLECTIONS, RECORDS
from tests.exchange.st86 import applications


@pytest.fixture(scope="session")
def generated(test_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with generated input and its truth."""
    work = tmp_path_factory.mktemp("generated")
    program = [sys.executable, str(test_data / "bench" / "peer_gbd.py"), "gen", "--work", str(work)]
    options = ["--n", str(RECORDS), "--offices", ",".join(COLLECTIONS)]
    subprocess.run([*program, *options], check=True, capture_output=True)
    return work


@pytest.fixture(scope="session")
def designs(test_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with generated input and its truth."""
    work = tmp_path_factory.mktemp("designs")
    program = [sys.executable, str(test_data / "bench" / "peer_gbd.py"), "gen", "--work", str(work)]
    options = ["--n", str(applications.RECORDS), "--offices", ",".join(applications.COLLECTIONS)]
    subprocess.run([*program, *options], check=True, capture_output=True)
    return work
