"""Holds what a change feed told against the log of the next publication: what was told must be there, and all of it."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from ipregister.publication.bulk.manifest import Manifest
from ipregister.publication.log.ledger import Ledger
from ipregister.publication.mirroring.feed import Pending
from ipregister.publication.mirroring.proving import lines_of

_WITHHELD, _DELETED = "withheld", "deleted"


class Silence(Struct, frozen=True):
    """A version of which the log has a leaf, and the feed did not tell."""

    key: str
    version: int
    change: int


def unproved(pending: Sequence[Pending], ledger: Ledger, manifest: Manifest, folder: Path) -> list[Pending]:
    """What a feed told that the log has not, or has otherwise. Of what was withheld since, and has its leaf, nobody can
    say any more what it was."""
    if not pending:
        return []
    told = {one.key for one in pending}
    proved = dict(_contents(manifest, folder, told))
    leaves = [one.entry for one in ledger.of_keys(sorted(told)) if one.number < manifest.tree.size]
    proved |= {(one.key, one.version): _DELETED for one in leaves if one.kind == "deleted"}
    withheld = {one.key for one in leaves if one.kind == "withdrawal"}
    proved |= {(one.key, one.version): _WITHHELD for one in leaves
               if one.kind == "record" and one.key in withheld}  # fmt: skip
    latest: dict[str, int] = {}
    for one in leaves:
        latest[one.key] = max(latest.get(one.key, 0), one.version)
    closed = {
        key
        for key, one in ledger.standing(sorted(told)).items()
        if one.entry.kind in ("closed", "withdrawal")
    }
    return [one for one in pending if not _is_proved(one, proved.get((one.key, one.version)), latest, closed)]


def _is_proved(one: Pending, known: str | None, latest: dict[str, int], closed: set[str]) -> bool:
    if known == _WITHHELD:
        return True
    if one.kind == "deletion":
        never_given = one.key not in latest  # nothing of it was published: the log has nothing to tell
        return known == _DELETED or never_given or one.key in closed or latest[one.key] > one.version
    return known == one.content or (known is None and one.key in closed)


def _contents(manifest: Manifest, folder: Path, keys: set[str]) -> Iterator[tuple[tuple[str, int], str]]:
    """The contents of versions that a publication gives, as hashes."""
    for file in manifest.files:
        if file.format != "jsonl.zst" or file.content not in ("records", "history"):
            continue
        for line in lines_of(folder / file.name):
            if line.key in keys and line.kind == "record":
                body = bytes(line.record)
                content = hashlib.sha256(body).hexdigest() if body else _WITHHELD
                yield (line.key, line.version), content


def silences(
    pending: Sequence[Pending], ledger: Ledger, manifest: Manifest, position: int, since: int = 0
) -> list[Silence]:
    """Versions of the publication, behind a change number (what came before was held against the log by then), that the
    feed passed over, of the offices whose records it may tell."""
    told = {one.change for one in pending}
    parts = {f"{one.office}-{one.right}" for one in manifest.terms if one.allows("api")}
    entries = [one.entry for one in ledger.entries(manifest.since.size, manifest.tree.size)]
    fresh = [
        one
        for one in entries
        if one.kind == "record" and max(manifest.changes[0], since + 1) <= one.change <= position
    ]
    places = ledger.places([one.key for one in fresh])
    return [Silence(one.key, one.version, one.change) for one in fresh
            if one.change not in told and places.get(one.key) in parts]  # fmt: skip
