"""Several publishers of one node: which office's records come from which of them, and where they contradict."""

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import msgspec
from msgspec import Struct

from ipregister.model import canonical
from ipregister.model.record import Record
from ipregister.publication.bulk.manifest import Manifest, office_of
from ipregister.publication.files import write_whole
from ipregister.publication.mirroring.proving import lines_of

FILE = "mirror/offices.json"
Present = Callable[[list[str]], dict[str, Record]]
"""The records that stand here under keys."""
_PAGE = 1000


class Sources:
    """Which publisher each office's records are taken from: the first that gave them, or the one that was named."""

    def __init__(self, data: Path) -> None:
        self._path = data / FILE
        try:
            self._origins = msgspec.json.decode(self._path.read_bytes(), type=dict[str, str])
        except FileNotFoundError:
            self._origins = {}

    def bind(self, office: str, origin: str) -> bool:
        """Take an office from a publisher from now on, where it is not taken from another; whether it is."""
        if office not in self._origins:
            self._origins[office] = origin
            write_whole(self._path, msgspec.json.encode(self._origins, order="sorted"))
        return self._origins[office] == origin

    def of(self, office: str) -> str:
        """The publisher of an office; empty where there is none yet."""
        return self._origins.get(office, "")


class Contradiction(Struct, frozen=True):
    """A record that a publisher gives although its office is taken from another one.

    `differs`: it stands here with other content; else it is the same, or (`held` false) not here at all."""

    key: str
    office: str
    held: bool
    differs: bool


def contradictions(
    manifest: Manifest, folder: Path, foreign: set[str], present: Present
) -> Iterator[Contradiction]:
    """The records of offices that are not taken from this publisher, against what stands here."""
    for file in manifest.files:
        if file.content != "records" or file.format != "jsonl.zst" or office_of(file.part) not in foreign:
            continue
        lines = (
            line for line in lines_of(folder / file.name) if line.kind == "record" and bytes(line.record)
        )
        while part := list(islice(lines, _PAGE)):
            held = present([line.key for line in part])
            for line in part:
                record = held.get(line.key)
                differs = record is not None and canonical.encode(record) != bytes(line.record)
                yield Contradiction(line.key, office_of(file.part), record is not None, differs)
