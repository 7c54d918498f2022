"""Compares what the register holds after the load with what was published: the same bytes, record by record."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

from msgspec import Struct

from ipregister.model import canonical
from ipregister.model.errors import Damaged
from ipregister.publication.bulk.lines import Line
from ipregister.publication.bulk.manifest import Manifest
from ipregister.publication.log.ledger import Ledger
from ipregister.publication.mirroring.copying import Origin
from ipregister.publication.mirroring.deliveries import held_to, is_of
from ipregister.publication.mirroring.ended import ended_of, living
from ipregister.publication.mirroring.proving import lines_of
from ipregister.store import retracting
from ipregister.store.register import Register
from ipregister.store.rows import CurrentBody
from ipregister.store.upcast import decode

_PAGE, _MOST, MOST_KEPT = 1000, 100, 10_000
"""Records that are compared at once; differences that are told one by one, and that are kept for the next run."""


class Difference(Struct, frozen=True):
    """A record that is not here as it was published."""

    key: str
    reason: str


class Compared(Struct, frozen=True):
    """What was compared: records of the last publications, those that differ, the roots here. `keys` are all that differ
    (so many as are kept), `mended` how many differed and were made to stand as they were published."""

    records: int
    differing: int
    differences: tuple[Difference, ...]
    tree_root: str
    register_root: str
    keys: tuple[str, ...] = ()
    mended: int = 0


def compare(
    register: Register, ledger: Ledger, manifest: Manifest, lines: Iterable[Line],
    ahead: frozenset[str] = frozenset(), offices: frozenset[str] = frozenset(),
) -> Compared:  # fmt: skip
    """Compare records of a publication with the register; not those of which the change feed told more since (`ahead`).

    Here too states are in the order of extraction and content, but of content that was withheld the publisher kept the
    place of what it was; so another state may stand here. What is here as it was published is made the present state.
    A record of the `offices` that lives here and has ended by the log differs as well: roots alone cannot tell it, since
    they are made of the copied leaves."""
    records = mended = 0
    told: list[Difference] = []
    for part in _pages(lines):
        held = {one.key: one for one in register.current_bodies([line.key for line in part])}
        records += len(part)
        for line in (one for one in part if one.key not in ahead):
            if not _differs(held.get(line.key), line):
                continue
            content = hashlib.sha256(bytes(line.record)).hexdigest()
            stood = retracting.stand(register.alias, line.key, content, dt.datetime.now(dt.UTC))
            now = next(iter(register.current_bodies([line.key])), None) if stood else held.get(line.key)
            if reason := _differs(now, line):
                told.append(Difference(line.key, reason))
            else:
                mended += 1
    told += [Difference(one.key, f"lives here, and is {one.kind} there")
             for one in living(register, ended_of(ledger, offices), ahead)]  # fmt: skip
    standing = ledger.register_tree()
    tree = ledger.tree(manifest.tree.size)
    keys = tuple(one.key for one in told[:MOST_KEPT])
    return Compared(records, len(told), tuple(told[:_MOST]), tree.root, standing.root, keys, mended)


def _differs(stored: CurrentBody | None, line: Line) -> str:
    """Why a record does not stand here as it was published; empty where it does."""
    if stored is None:
        return "is not here"
    same = stored.body == bytes(line.record) or _says(stored, line)
    return "" if same else "is here with other content"


def _says(stored: CurrentBody, line: Line) -> bool:
    """Whether a record that was stored under another schema says what was published."""
    return canonical.encode(decode(stored.body, stored.schema)) == bytes(line.record)


def records_of(manifest: Manifest, folder: Path, offices: frozenset[str]) -> Iterator[Line]:
    """The records of a publication, of some offices, as far as it gives their content."""
    for file in manifest.files:
        if file.content == "records" and file.format == "jsonl.zst" and is_of(file, offices):
            yield from held_to(offices, (one for one in lines_of(folder / file.name) if has_record(one)))


def said_last(origin: Origin, wanted: frozenset[str]) -> Iterator[Line]:
    """What the last publication that has a record says of it, of some records: nothing of those of which it gives no
    content any more. Raises `UnreadableInput`, `Unproven`."""
    left = set(wanted)
    with closing(Ledger(origin.folder)) as ledger:
        parts = frozenset(ledger.places(sorted(wanted)).values())
        leaves = {key: one.number for key, one in ledger.standing(sorted(wanted)).items()}
    for name in reversed(origin.state.loaded):
        span = range(*origin.leaves_of(name))
        if not any(leaves.get(key, -1) in span for key in left):
            continue
        manifest = origin.fetch_again(name, parts)
        for file in manifest.files:
            for line in lines_of(origin.folder / name / file.name):
                if line.key in left:
                    left.discard(line.key)
                    if has_record(line):
                        yield line
        origin.forget_files(name)


def has_record(line: Line) -> bool:
    """Whether a line gives a record with its content."""
    return line.kind == "record" and bool(bytes(line.record))


def _pages(lines: Iterable[Line]) -> Iterator[list[Line]]:
    wanted = iter(lines)
    while part := list(islice(wanted, _PAGE)):
        yield part


def check_roots(compared: Compared, manifest: Manifest) -> None:
    """Hold the roots of the copied log against a publication. Raises `Damaged` where they differ."""
    if (compared.tree_root, compared.register_root) != (manifest.tree.root, manifest.register_root):
        raise Damaged("the roots differ from those that were published", place=manifest.name,
                      remedy="begin in a fresh data folder")  # fmt: skip
