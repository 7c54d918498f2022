"""Former versions stand under the current one: what a record says now rules what may be seen of what it said before.

Where its office corrected the number of a record, what stands under the former number is former, too: all of its former
versions, and the deletion that stands last, are ruled by the record under its present number (`moving`). What the office
delivers anew under that number is a record of its own again: its present version is judged by itself.

Every version that the register hands out carries the contents it is judged by (`present`; `upcast.ruling` decodes them), so
that no door can give a former version by its own content alone.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import msgspec
from msgspec import Struct

from ipregister.model.publicity import lies_in_content
from ipregister.store import bodies
from ipregister.store.rows import Present

_NONE: Mapping[str, Present] = MappingProxyType({})


class Standing(Struct, frozen=True, gc=False):
    """Where a version stands: its key, office and right, whether it is the current one, whether it is a deletion."""

    key: str
    office: str
    right: str
    current: bool
    deleted: bool


class Presents:
    """What rules some versions. Nothing is read for current versions that are no deletions."""

    def __init__(self, alias: str, versions: Iterable[Standing]) -> None:
        past = {one for one in versions if one.deleted or not one.current}
        ruled = {one.key for one in past if not one.current and lies_in_content(one.office, one.right)}
        self._own = bodies.contents(alias, sorted(ruled)) if ruled else _NONE
        self._moved = bodies.under_new_numbers(alias, sorted({one.key for one in past})) if past else _NONE

    def of(self, version: Standing) -> Present | None:
        """The content that a version is judged by too; None where its own decides."""
        moved = self._moved.get(version.key) if version.deleted or not version.current else None
        own = None if version.current else self._own.get(version.key)
        return moved if own is None else msgspec.structs.replace(own, moved=moved)
