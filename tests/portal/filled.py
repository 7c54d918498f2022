"""Builds a small filled installation: `python -m tests.portal.filled FOLDER MARKS`, and the same as fixtures."""

import subprocess
import sys
from pathlib import Path

OFFICES = ("LA", "KH", "TH", "WO", "KZ")
ROOT = Path(__file__).parent.parent.parent


def build(folder: Path, marks: int) -> None:
    """Load a few marks of some offices and index them, in this process."""
    from ipregister.web import bootstrap
    from ipregister.web.options import Options

    bootstrap.init(Options(data=folder))
    from ipregister.demonstration.region import write_office
    from ipregister.intake import indexer, logos, names
    from ipregister.intake.loading import load
    from ipregister.model.offices import office
    from ipregister.search.similarity.trained import encoder
    from ipregister.store.register import Register

    register = Register(packs=folder / "packs")
    for code in OFFICES:
        for made in write_office(folder / "feeds", code, marks):
            result = load(register, office(code), made.path, scratch=folder / "uploads")
            register.reported(result.id)
    indexer.catch_up(register, folder / "index")
    names.catch_up(register, folder / "names", encoder())
    with logos.opened(register, folder / "pictures") as pictures:
        pictures.catch_up()


def build_apart(folder: Path, marks: int = 60) -> None:
    """The same in a process of its own, so that this one keeps its settings."""
    command = [sys.executable, "-m", "tests.portal.filled", str(folder), str(marks)]
    subprocess.run(command, check=True, cwd=ROOT)


if __name__ == "__main__":
    build(Path(sys.argv[1]), int(sys.argv[2]))
