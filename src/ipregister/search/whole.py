"""Counts over all records of one commit, kept beside the index for its readers."""

from pathlib import Path

import msgspec
from msgspec import Struct

from ipregister.search.fields import FACETS
from ipregister.search.folder import write_file

Counts = list[tuple[str, int]]
"""How many records have which value, the most frequent first."""
_FILE = "facets.json"


class Whole(Struct, frozen=True):
    """Counts over all records of one commit. The writer counts them before anybody reads the commit, so that
    no reader waits for them; they lie beside the checkpoint as `facets.json`."""

    commit: int
    records: int
    share: float
    """Of the records, those that have a family."""
    rights: int | None
    counts: dict[str, Counts]


_decoder = msgspec.json.Decoder(Whole)


def read_whole(generation: Path, commit: int) -> Whole | None:
    """What the writer counted for a commit; None where it is not there or of another commit."""
    try:
        whole = _decoder.decode((generation / _FILE).read_bytes())
    except (FileNotFoundError, msgspec.MsgspecError):
        return None
    return whole if whole.commit == commit and whole.counts.keys() >= set(FACETS) else None


def keep_whole(generation: Path, whole: Whole) -> None:
    """Keeps the counts of a commit for its readers."""
    write_file(generation / _FILE, msgspec.json.encode(whole))
