"""The files of trained weights that come with the program; each may be absent.

Made by `scripts/train_names.py` from pairs of names and from changes made to names; no name is in them.
"""

from functools import cache
from importlib import resources
from pathlib import Path

from ipregister.search.similarity.encoder.network import Encoder
from ipregister.search.similarity.ranking import Ranking


def folder() -> Path:
    """Where the files are."""
    return Path(str(resources.files(__name__)))


@cache
def encoder() -> Encoder | None:
    """The reader of names; None where its file is not there."""
    return read_encoder(folder() / "encoder.npz")


def read_encoder(path: Path) -> Encoder | None:
    """The reader of names of a file; None where there is no such file."""
    return Encoder(path) if path.is_file() else None


@cache
def ranking() -> Ranking:
    """The trained ranking; that by set weights where its file, or that of the reader it knows, is not there."""
    path = folder() / "ranking.npz"
    return Ranking(path if path.is_file() and encoder() else None)
