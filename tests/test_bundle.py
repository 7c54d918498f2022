"""The archive for machines without internet: it installs, works, and upgrades."""

import os
import subprocess
import tarfile
import zipfile
from pathlib import Path

import pytest

from scripts import bundle

PACKAGE = bundle.ROOT / "src" / "ipregister"
NO_INTERNET = {"PIP_NO_INDEX": "1", "PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_EXTRA_INDEX_URL": "",
               "PIP_FIND_LINKS": ""}  # fmt: skip


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle, made and unpacked."""
    folder = tmp_path_factory.mktemp("bundle")
    with tarfile.open(bundle.make(folder)) as archive:
        archive.extractall(folder, filter="data")
    return next(path for path in folder.iterdir() if path.is_dir())


def _run(*command: str | Path) -> str:
    settings = {name: value for name, value in os.environ.items() if not name.startswith("IPREGISTER_")}
    done = subprocess.run(
        [str(part) for part in command], env={**settings, **NO_INTERNET}, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
def test_wheel_carries_all_files_of_the_package(unpacked: Path) -> None:
    wheel = next((unpacked / "wheels").glob("ipregister-*.whl"))
    carried = {Path(name) for name in zipfile.ZipFile(wheel).namelist()}
    wanted = {p.relative_to(PACKAGE.parent) for p in PACKAGE.rglob("*")
              if p.is_file() and "__pycache__" not in p.parts and p.suffix != ".mo"}  # fmt: skip
    assert wanted - carried == set()
    catalogues = {path.with_suffix(".mo") for path in wanted if path.suffix == ".po"}
    assert catalogues - carried == set()


@pytest.mark.slow
def test_bundle_installs_works_and_upgrades_without_internet(unpacked: Path, tmp_path: Path) -> None:
    place = tmp_path / "installed"
    program = place / "bin" / "ipregister"
    _run(unpacked / "install.sh", place)
    assert "load" in _run(program, "--help")
    _run(program, "--data", tmp_path / "data", "init")
    before = _run(program, "--data", tmp_path / "data", "status", "--digest")
    _run(unpacked / "install.sh", place)
    _run(program, "--data", tmp_path / "data", "upgrade")
    assert _run(program, "--data", tmp_path / "data", "status", "--digest") == before


@pytest.mark.slow
def test_installer_refuses_another_python(unpacked: Path, tmp_path: Path) -> None:
    other = tmp_path / "python"
    other.write_text("#!/bin/sh\necho 3.99\n")
    other.chmod(0o755)
    done = subprocess.run(
        [unpacked / "install.sh", tmp_path / "installed"], env={**os.environ, "PYTHON": str(other)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "3.99" in done.stderr
