"""Pieces of a kept delivery, found again by their stored places, whatever the present splitter makes of them."""

from collections.abc import Collection, Iterator
from typing import BinaryIO

import msgspec

from ipregister.capture.delivery import Delivery, Slice
from ipregister.capture.kept import Kept
from ipregister.capture.limits import USUAL
from ipregister.model.errors import Damaged

Place = tuple[str, int, int]
"""Member, offset and length of a delivered piece."""


class Pieces:
    """Stored pieces of one delivery. `now` counts the pieces of the present cutting, and `elsewhere` the
    stored ones that are not among them; both are complete once `at` ended."""

    def __init__(self, found: Delivery, container: BinaryIO) -> None:
        self._found, self._kept = found, Kept(container)
        self._left: frozenset[Place] = frozenset()
        self.now = self.elsewhere = 0

    def at(self, places: Collection[Place]) -> Iterator[tuple[Place, Slice | None]]:
        """The pieces at these places: first those that the present splitter cuts the same, then the others,
        each in the order of the delivery. None where the container does not have the bytes."""
        left = dict.fromkeys(places)
        for one in self._found.slices():
            self.now += 1
            place = (one.member, one.offset, one.length)
            if place in left:
                del left[place]
                yield place, one
        self.elsewhere = len(left)
        self._left = frozenset(left)
        members = {member: number for number, member in enumerate(dict.fromkeys(place[0] for place in left))}
        for place in sorted(left, key=lambda one: (members[one[0]], one[1])):
            yield place, self.stored(place)

    def cut_same(self, place: Place) -> bool:
        """Whether the present splitter cuts a piece that `at` gave as it was cut before."""
        return place not in self._left

    def stored(self, place: Place, index: int = 0) -> Slice | None:
        """The piece as it was stored; None where the container does not have its bytes."""
        member, offset, length = place
        try:
            raw = self._kept.read_member(member, offset, length)
            data = self._kept.document(member, offset, raw)
        except Damaged:
            return None
        return Slice(index, *place, data, attachments=self._found.beside(member, offset, raw))

    def cut_again(self, one: Slice, reason: str) -> list[Slice]:
        """What the present splitter makes of a stored piece alone, all under the piece's index.

        A piece without any record in it keeps its `reason`; one too large to be cut in memory does, too."""
        if one.length > USUAL.in_memory:
            return [msgspec.structs.replace(one, problem=reason)]
        raw = self._kept.read_member(one.member, one.offset, one.length)
        cuts = self._found.cut_again(one.member, raw)
        if not cuts or all(problem for _, _, problem in cuts):
            return [msgspec.structs.replace(one, problem=reason)]
        if [cut[:2] for cut in cuts] == [(0, one.length)]:
            return [one]
        parts = []
        for offset, length, problem in cuts:
            part = self.stored((one.member, one.offset + offset, length), one.index)
            if part is not None:
                parts.append(msgspec.structs.replace(part, problem=problem))
        return parts
