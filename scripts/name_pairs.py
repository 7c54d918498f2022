"""Tables of names to train on: read, and divided between the reader of names and the ranking."""

import zlib
from pathlib import Path


def is_left_out(entity: str) -> bool:
    """Whether the pairs of an entity are kept for the ranking."""
    return zlib.crc32(entity.encode()) % 7 == 0


def read_rows(path: Path) -> list[list[str]]:
    """The rows of a tab-separated file."""
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
