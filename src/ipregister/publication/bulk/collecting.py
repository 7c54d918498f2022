"""What belongs into a publication: leaves of the log with their versions, cut into pieces."""

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from ipregister.publication.bulk.parts import Beside, Piece, Row
from ipregister.publication.log.ledger import Ledger
from ipregister.publication.log.tables import Numbered
from ipregister.store import outgoing
from ipregister.store.causes import WITHHOLDING
from ipregister.store.packed import Outgoing
from ipregister.store.register import Register

PIECE = 10_000
"""Records of a piece: what one process holds at a time, and what is done again after a crash."""


def full_pieces(ledger: Ledger, size: int = PIECE) -> Iterator[tuple[str, str, Sequence[Numbered]]]:
    """Part, name and leaves of every piece of a full publication: all that stands."""
    for part in ledger.parts():
        after, number = "", 0
        while leaves := ledger.part(part, after, size):
            number += 1
            after = leaves[-1].entry.key
            yield part, f"{part}-{number:04d}", leaves


def delta_pieces(
    ledger: Ledger, start: int, end: int, size: int = PIECE
) -> Iterator[tuple[str, str, Sequence[Numbered]]]:
    """The same of a delta: what stands now of the records with leaves from one number to before another."""
    keys = sorted({one.entry.key for one in ledger.entries(start, end) if one.entry.key})
    parts: dict[str, list[Numbered]] = {}
    standing, places = ledger.standing(keys), ledger.places(keys)
    for key in keys:
        if key in standing:
            parts.setdefault(places[key], []).append(standing[key])
    for part, leaves in sorted(parts.items()):
        for number, at in enumerate(range(0, len(leaves), size), 1):
            yield part, f"{part}-{number:04d}", leaves[at : at + size]


class Range(Struct, frozen=True):
    """Which leaves a publication tells: from `start` on (0: all). `again`: pictures go out again although they did
    before, since other things go out than then."""

    start: int = 0
    again: bool = False


def piece_of(
    register: Register, ledger: Ledger, part: str, name: str, leaves: Sequence[Numbered], told: Range
) -> Piece:
    """A piece with the contents of its versions; past versions where their leaves come at the start or later."""
    standing = {one.number for one in leaves}
    latest: dict[tuple[str, int], Numbered] = {}
    before: dict[str, int] = {}
    for one in ledger.of_keys([leaf.entry.key for leaf in leaves]):
        if one.entry.kind == "record":
            latest[one.entry.key, one.entry.version] = one
            if one.number < told.start and not told.again:
                before[one.entry.key] = one.entry.change
    now = {(leaf.entry.key, leaf.entry.version) for leaf in leaves}
    past = [one for place, one in latest.items()
            if place not in now and one.number not in standing and one.number >= told.start]  # fmt: skip
    rows = sorted([*leaves, *past], key=lambda one: (one.entry.key, one.number))
    wanted = [one.entry.change for one in rows if one.entry.kind == "record"]
    versions = outgoing.at_changes(register.alias, [*wanted, *before.values()])
    files = _Files(versions, outgoing.pictures(register.alias, list(versions.values())), before)
    return Piece(part, name, tuple(files.row(one, one.number in standing) for one in rows))


class _Files:
    """The versions of a piece with the files beside them; `before`: what was published of a record last."""

    def __init__(self, versions: dict[int, Outgoing], media: outgoing.Files, before: dict[str, int]) -> None:
        self._versions, self._media, self._before = versions, media, before

    def row(self, one: Numbered, stands: bool) -> Row:
        """The row of a leaf."""
        version = self._versions.get(one.entry.change) if one.entry.kind == "record" else None
        if version is not None and version.cause == WITHHOLDING:
            version = None
        beside = self._beside(version)
        last = self._versions.get(self._before.get(one.entry.key, 0))
        sent = bool(beside) and {file[2] for file in beside} == {file[2] for file in self._beside(last)}
        return Row(one.number, one.entry, version, stands, tuple(Beside(*file) for file in beside), sent)

    def _beside(self, version: Outgoing | None) -> list[tuple[Any, ...]]:
        return self._media.get((version.key, version.media), []) if version and version.media else []
