"""What each letter of a script stands for, one file a script; `table` reads them."""

from functools import cache
from importlib import resources
from typing import NamedTuple


class Letter(NamedTuple):
    """One row: written letters, their kind (see the head of each file), and what they sound like."""

    letters: str
    kind: str
    sound: str


@cache
def table(name: str) -> tuple[Letter, ...]:
    """The rows of a table, in the order of the file. Raises `FileNotFoundError` for a name without a file."""
    text = (resources.files(__name__) / f"{name}.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(Letter(letters, kind, sound) for letters, kind, sound in rows)
