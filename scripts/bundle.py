"""Make dist/ipregister-VERSION-bundle.tar.gz: all wheels and an installer, for a machine without internet.

The bundle fits machines like this one: the same processor, the same Python version, Linux with glibc.

    python scripts/bundle.py
"""

import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INSTALLER = """#!/bin/sh
# Installs or upgrades ipregister in a folder, without internet.
#   ./install.sh /opt/ipregister            PYTHON=python3.12 names the Python to use
set -eu
if [ $# -ne 1 ]; then
    echo "usage: $0 FOLDER" >&2
    exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
target=$1
python=${PYTHON:-python3}
version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || echo none)
if [ "$version" != "@PYTHON@" ]; then
    echo "This bundle is for Python @PYTHON@; $python is $version. Name another with PYTHON=..." >&2
    exit 2
fi
"$python" -c 'import ensurepip, venv' 2>/dev/null || {
    echo "Python's module venv is missing: install the package python3-venv." >&2
    exit 2
}
[ -x "$target/bin/python" ] || "$python" -m venv "$target"
PIP_CONFIG_FILE=/dev/null "$target/bin/python" -m pip --disable-pip-version-check install --quiet --no-index \\
    --find-links "$here/wheels" --only-binary :all: --require-hashes -r "$here/requirements.lock"
PIP_CONFIG_FILE=/dev/null "$target/bin/python" -m pip --disable-pip-version-check install --quiet --no-index \\
    --no-deps --force-reinstall "$here"/wheels/ipregister-*.whl
echo "ipregister @VERSION@ is installed: $target/bin/ipregister"
echo "After an upgrade: ipregister --data FOLDER upgrade"
"""


def pip(*arguments: str) -> None:
    """Run pip of this environment; it finds packages as it is configured."""
    subprocess.run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments], cwd=ROOT, check=True
    )


def version() -> str:
    """The version that is built."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])


def fill(folder: Path) -> None:
    """Put wheels, lock and installer into the folder of the bundle."""
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    lock = "requirements-postgresql.lock"
    pip(
        "download",
        "--quiet",
        "--require-hashes",
        "--only-binary",
        ":all:",
        "--no-deps",
        "-r",
        lock,
        "-d",
        str(wheels),
    )
    pip("wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(wheels), ".")
    shutil.copy(ROOT / lock, folder / "requirements.lock")
    for name in ("LICENSE", "README.md", "CHANGELOG.md"):
        shutil.copy(ROOT / name, folder / name)
    text = INSTALLER.replace("@VERSION@", version()).replace(
        "@PYTHON@", "{}.{}".format(*sys.version_info[:2])
    )
    installer = folder / "install.sh"
    installer.write_text(text, encoding="utf-8")
    installer.chmod(0o755)


def make(target: Path) -> Path:
    """Make the bundle in a folder; its path."""
    name = f"ipregister-{version()}-bundle"
    with tempfile.TemporaryDirectory() as scratch:
        fill(Path(scratch) / name)
        target.mkdir(parents=True, exist_ok=True)
        archive = target / f"{name}.tar.gz"
        with tarfile.open(archive, "w:gz", compresslevel=1) as out:  # wheels are compressed already
            out.add(Path(scratch) / name, arcname=name)
    return archive


if __name__ == "__main__":
    made = make(ROOT / "dist")
    sys.stdout.write(f"{made.relative_to(ROOT)}: {made.stat().st_size / 1e6:.0f} MB\n")
