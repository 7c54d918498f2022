"""Designs of the peer's generator, made once for all tests of this folder."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.exchange.st86.applications import COLLECTIONS, RECORDS


@pytest.fixture(scope="session")
def designs(test_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with generated input and its truth."""
    work = tmp_path_factory.mktemp("designs")
    program = [sys.executable, str(test_data / "bench" / "peer_gbd.py"), "gen", "--work", str(work)]
    options = ["--n", str(RECORDS), "--offices", ",".join(COLLECTIONS)]
    subprocess.run([*program, *options], check=True, capture_output=True)
    return work
