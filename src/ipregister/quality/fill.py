"""How many records have which field filled: counted while records stream by."""

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from msgspec import Struct

from ipregister.model.mark import Trademark
from ipregister.model.record import Record

FIELDS: tuple[tuple[str, str, Callable[[Trademark], Any]], ...] = (
    ("application_number", "210", lambda r: r.application_number),
    ("application_date", "220", lambda r: r.application_date),
    ("registration_number", "111", lambda r: r.registration_number),
    ("registration_date", "151", lambda r: r.registration_date),
    ("expiry_date", "180", lambda r: r.expiry_date),
    ("office_status", "", lambda r: r.office_status),
    ("status_date", "", lambda r: r.status_date),
    ("kinds", "551", lambda r: r.kinds),
    ("mark/feature", "550", lambda r: r.mark.feature),
    ("mark/verbal", "541", lambda r: r.mark.verbal),
    ("mark/transliterations", "561", lambda r: r.mark.transliterations),
    ("mark/translations", "566", lambda r: r.mark.translations),
    ("mark/disclaimers", "526", lambda r: r.mark.disclaimers),
    ("mark/descriptions", "571", lambda r: r.mark.descriptions),
    ("mark/images", "540", lambda r: r.mark.images),
    ("mark/images/vienna", "531", lambda r: any(i.vienna for i in r.mark.images)),
    ("mark/images/colour_claims", "591", lambda r: any(i.colour_claims for i in r.mark.images)),
    ("goods", "511", lambda r: r.goods),
    ("goods/texts", "511", lambda r: any(g.texts for g in r.goods)),
    ("goods_version", "511", lambda r: r.goods_version),
    ("priorities", "300", lambda r: r.priorities),
    ("publications", "450", lambda r: r.publications),
    ("references", "600", lambda r: r.references),
    ("designations", "811", lambda r: r.designations),
    ("applicants", "730", lambda r: r.applicants),
    ("applicants/country", "730", lambda r: r.applicants and r.applicants[0].country),
    ("applicants/address_lines", "730", lambda r: r.applicants and r.applicants[0].address_lines),
    ("holders", "732", lambda r: r.holders),
    ("representatives", "740", lambda r: r.representatives),
    ("events", "", lambda r: r.events),
    ("recordals", "", lambda r: r.recordals),
)
"""The fields that are counted: path in the record, INID code, and how to look."""

_PLAIN = {
    at: path.replace("/", ".")
    for at, (path, _, _) in enumerate(FIELDS)
    if path.count("/") == path.startswith("mark/")
}
"""Fields that are looked at by their name alone, by their place in the table."""
_NOTED = 1000
_READ = attrgetter(*_PLAIN.values())
_LOOKS = tuple((at, look) for at, (_, _, look) in enumerate(FIELDS) if at not in _PLAIN)


class FillRate(Struct, frozen=True):
    """How many of the records have a field filled."""

    field: str
    inid: str
    filled: int
    records: int

    @property
    def share(self) -> float:
        """Filled records as a part of all, 0 to 1."""
        return self.filled / self.records if self.records else 0.0


class FillCount:
    """Counts filled fields over records; counts of parts can be added together."""

    def __init__(self) -> None:
        self.records = 0
        self._filled = [0] * len(FIELDS)
        self._plain: list[tuple[Any, ...]] = []

    def add(self, record: Record) -> None:
        """Count one trademark; other rights have other fields."""
        if not isinstance(record, Trademark):
            return
        self.records += 1
        self._plain.append(_READ(record))
        if len(self._plain) >= _NOTED:
            self._counts()
        for at, look in _LOOKS:
            if look(record):
                self._filled[at] += 1

    def _counts(self) -> list[int]:
        """The counts, with those of the fields that were only noted."""
        for at, column in zip(_PLAIN, zip(*self._plain, strict=True), strict=False):
            self._filled[at] += sum(map(bool, column))
        self._plain.clear()
        return self._filled

    def merge(self, other: "FillCount") -> None:
        """Take over the counts of another part."""
        self.records += other.records
        self._filled = [a + b for a, b in zip(self._counts(), other._counts(), strict=True)]

    def rates(self) -> tuple[FillRate, ...]:
        """The counts as rows, in the order of `FIELDS`."""
        pairs = zip(FIELDS, self._counts(), strict=True)
        return tuple(FillRate(field, inid, filled, self.records) for (field, inid, _), filled in pairs)
