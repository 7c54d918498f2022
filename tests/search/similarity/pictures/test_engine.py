"""The engine of the networks: what it leaves on a machine."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("onnxruntime", reason="there is no engine for this machine")

PROGRAM = """
from ipregister.search.similarity.pictures.engine import Engine
from ipregister.search.similarity.pictures.models import WEIGHTS
network = Engine(WEIGHTS / "network.onnx")
assert network.is_there
network.noted("anything")
"""


def test_it_reports_nothing(tmp_path: Path) -> None:
    """No number of the machine and no store of reports is left in the user's folder."""
    outside = {
        "CI",
        "ORT_DISABLE_TELEMETRY",
        "ORT_TELEMETRY_DISABLED",
        "XDG_CACHE_HOME",
        "PYTEST_CURRENT_TEST",
    }
    told = {name: value for name, value in os.environ.items() if name not in outside}
    subprocess.run([sys.executable, "-c", PROGRAM], env=told | {"HOME": str(tmp_path)}, check=True)
    assert [str(path) for path in tmp_path.rglob("*")] == []
