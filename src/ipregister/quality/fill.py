"""How many records have which field filled, by right: counted while records stream by."""

from collections.abc import Iterator, Mapping
from operator import attrgetter
from typing import Any

from msgspec import Struct

from ipregister.model.record import Record, right_of
from ipregister.quality.fields import FIELDS

_NOTED = 1000
_FIRST = "trademark"
"""The right whose counts stand under the bare names of their fields, as deliveries had them before others did."""


class FillRate(Struct, frozen=True):
    """How many of the records of a right have a field filled."""

    field: str
    inid: str
    filled: int
    records: int
    right: str = _FIRST

    @property
    def share(self) -> float:
        """Filled records as a part of all, 0 to 1."""
        return self.filled / self.records if self.records else 0.0


class _OfRight:
    """The counts of one right. Fields that are looked at by their path alone are noted, and counted many at once."""

    def __init__(self, right: str) -> None:
        self.records = 0
        self.paths = [path for path, _, _ in FIELDS[right]]
        plain = {
            at: path.replace("/", ".") for at, (path, _, look) in enumerate(FIELDS[right]) if look is None
        }
        self._plain, self._read = tuple(plain), attrgetter(*plain.values())
        self._looks = [(at, look) for at, (_, _, look) in enumerate(FIELDS[right]) if look is not None]
        self._filled = [0] * len(self.paths)
        self._noted: list[tuple[Any, ...]] = []

    def add(self, record: Record) -> None:
        self.records += 1
        self._noted.append(self._read(record))
        if len(self._noted) >= _NOTED:
            self.counts()
        for at, look in self._looks:
            if look(record):
                self._filled[at] += 1

    def counts(self) -> list[int]:
        """The counts, with those of the fields that were only noted."""
        for at, column in zip(self._plain, zip(*self._noted, strict=True), strict=False):
            self._filled[at] += sum(map(bool, column))
        self._noted.clear()
        return self._filled

    def merge(self, other: "_OfRight") -> None:
        self.records += other.records
        self._filled = [a + b for a, b in zip(self.counts(), other.counts(), strict=True)]


class FillCount:
    """Counts filled fields over records of any rights; counts of parts can be added together."""

    def __init__(self) -> None:
        self._rights: dict[str, _OfRight] = {}

    def add(self, record: Record) -> None:
        """Count one record, by the fields of its right."""
        right = right_of(record)
        counted = self._rights.get(right)
        if counted is None:
            counted = self._rights[right] = _OfRight(right)
        counted.add(record)

    def merge(self, other: "FillCount") -> None:
        """Take over the counts of another part."""
        for right, counted in other._rights.items():
            self._rights.setdefault(right, _OfRight(right)).merge(counted)

    def named(self) -> dict[str, int]:
        """The counts by name, as they are kept with a delivery; that of a right's records has no field."""
        found: dict[str, int] = {}
        for right, counted in self._rights.items():
            found[_name(right, "")] = counted.records
            found |= {
                _name(right, path): n for path, n in zip(counted.paths, counted.counts(), strict=True) if n
            }
        return found

    def rates(self) -> tuple[FillRate, ...]:
        """The counts as rows, in the order of `FIELDS`; none of a right without a record."""
        return tuple(rates_of(self.named()))


def _name(right: str, field: str) -> str:
    return field if right == _FIRST else f"{right}:{field}"


def rates_of(named: Mapping[str, int]) -> Iterator[FillRate]:
    """The rows of counts by name."""
    for right, fields in FIELDS.items():
        records = named.get(_name(right, ""), 0)
        for field, inid, _ in fields if records else ():
            yield FillRate(field, inid, named.get(_name(right, field), 0), records, right)
