"""Compares what the register holds after the load with what was published: the same bytes, record by record."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from msgspec import Struct

from ipregister.model import canonical
from ipregister.publication.bulk.lines import Line
from ipregister.publication.bulk.manifest import Manifest
from ipregister.publication.log.ledger import Ledger
from ipregister.publication.mirroring.deliveries import is_of
from ipregister.publication.mirroring.proving import lines_of
from ipregister.store.register import Register
from ipregister.store.rows import CurrentBody
from ipregister.store.upcast import decode

_PAGE, _MOST = 1000, 100


class Difference(Struct, frozen=True):
    """A record that is not here as it was published."""

    key: str
    reason: str


class Compared(Struct, frozen=True):
    """What was compared: records of the last publications, those that differ, the roots here."""

    records: int
    differing: int
    differences: tuple[Difference, ...]
    tree_root: str
    register_root: str


def compare(
    register: Register, ledger: Ledger, manifest: Manifest, folder: Path, offices: frozenset[str],
    ahead: frozenset[str] = frozenset(),
) -> Compared:  # fmt: skip
    """Compare the records of a publication (of some offices) with the register; not those of which the change feed
    told more since (`ahead`)."""
    records = differing = 0
    told: list[Difference] = []
    for part in _pages(manifest, folder, offices):
        held = {one.key: one for one in register.current_bodies([line.key for line in part])}
        for line in part:
            records += 1
            stored = held.get(line.key)
            reason = ""
            if line.key in ahead:
                pass
            elif stored is None:
                reason = "is not here"
            elif stored.body != bytes(line.record) and not _says(stored, line):
                reason = "is here with other content"
            if reason:
                differing += 1
                if len(told) < _MOST:
                    told.append(Difference(line.key, reason))
    standing = ledger.register_tree()
    tree = ledger.tree(manifest.tree.size)
    return Compared(records, differing, tuple(told), tree.root, standing.root)


def _says(stored: CurrentBody, line: Line) -> bool:
    """Whether a record that was stored under another schema says what was published."""
    return canonical.encode(decode(stored.body, stored.schema)) == bytes(line.record)


def _pages(manifest: Manifest, folder: Path, offices: frozenset[str]) -> Iterator[list[Line]]:
    for file in manifest.files:
        if file.content == "records" and file.format == "jsonl.zst" and is_of(file, offices):
            wanted = (
                line for line in lines_of(folder / file.name) if line.kind == "record" and bytes(line.record)
            )
            while part := list(islice(wanted, _PAGE)):
                yield part
