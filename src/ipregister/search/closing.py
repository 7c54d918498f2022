"""Search fields that some records do not show at a door: there they are searched, counted and sorted as if they had none.

Whoever may not read a value may not find it either: a search that fits only where a guess is right tells the value
letter by letter. So each part of a query that asks a closed field is taken together with "and none of those records".
"""

from collections.abc import Iterable, Mapping
from functools import cache

from ipregister.model.numbers import FIELDS
from ipregister.search.held import HELD_FROM
from ipregister.search.joining import NOTHING, EngineQuery, both, but, either

Path = tuple[str, ...]
HAS = "has:"
"""Before the name of a field: that a record has a value in it."""


def _parties(*roles: str) -> tuple[str, ...]:
    names = ("names", "organization_names", "first_names", "last_names")
    return tuple(f"{role}/{name}" for role in roles for name in names)


READ_FROM: dict[str, tuple[str, ...]] = {
    "mark": ("mark/verbal", "mark/significant"),
    "translation": ("mark/translations", "translations"),
    "transliteration": ("mark/transliterations", "transliterations"),
    "description": ("mark/descriptions",),
    "disclaimer": ("mark/disclaimers",),
    "goods": ("goods/texts", "goods/class_number", "goods_unclassified"),
    "title": ("titles", "names", "designs/titles"),
    "abstract": ("abstracts", "descriptions"),
    "claims": ("claims",),
    "fulltext": ("description",),
    "product": ("products/texts", "designs/products/texts"),
    "area": ("areas",),
    "ipc": ("classifications/symbol", "classifications/scheme"),
    "cpc": ("classifications/symbol", "classifications/scheme"),
    "locarno": ("products/number", "designs/products/number"),
    "inventor": _parties("inventors"),
    "designer": _parties("designers", "designs/designers"),
    "author": _parties("authors"),
    "producer": _parties("producers"),
    "origin": ("origins", "country"),
    "kind_code": ("kind_code",),
    "cites": ("citations",),
    "subtype": ("subtype",),
    "applicant": _parties("applicants", "designs/applicants"),
    "holder": _parties("holders"),
    "representative": _parties("representatives", "designs/representatives"),
    "number": (*FIELDS, "application_date", "references/number", "references/registration_number", "family/family",
               "publications/identifier", "publications/documents", "publications/kind_code", "publications/office"),
    "office": ("office",),
    "right": ("right", "subtype"),
    "status": ("deleted", "office_status", "status_date", "events", "recordals", "application_date", "publications",
               "registration_date", "registration_number", "termination_date", "expiry_date"),
    "office_status": ("office_status",),
    "kind": ("kinds",),
    "feature": ("mark/feature",),
    "class": ("goods/class_number",),
    "vienna": ("mark/images",),
    "year": ("application_date",),
    "filed": ("application_date",),
    "registered": ("registration_date",),
    "expires": ("expiry_date",),
    "published": ("publications/date", "designs/publications/date"),
    "priority_date": ("priorities/date", "designs/priorities/date"),
    "priority_number": ("priorities/number", "designs/priorities/number"),
    "gazette": ("publications/identifier", "designs/publications/identifier"),
    "priority_country": ("priorities/country", "designs/priorities/country"),
    "country": ("holders/country", "applicants/country", "designs/applicants/country"),
    "rep_country": ("representatives/country", "designs/representatives/country"),
    "designated": ("designations/country",),
    "event": ("events/kind", "recordals/kind", "designs/events/kind", "designs/recordals/kind"),
    "language": ("mark/verbal", "application_language"),
    "has_image": ("mark/images", "sign/images", "views", "images", "drawings", "designs/views"),
}  # fmt: skip
"""The fields of a record that a search field tells something of. `has` follows from `held.HELD_FROM`."""


def path_of(text: str) -> Path:
    """A field of a record as the names on the way to it, without the stars that stand for entries of lists."""
    return tuple(name for name in text.strip("/").split("/") if name != "*")


@cache
def closed_by(hidden: tuple[str, ...]) -> frozenset[str]:
    """The search fields that tell something of fields of a record that are hidden; `has:NAME` where that there is a
    value in the field is hidden as well."""
    paths = [path_of(text) for text in hidden]
    found = {name for name, read in READ_FROM.items() if _meet(paths, read)}
    return frozenset(found | {f"{HAS}{name}" for part, name in HELD_FROM.items() if _covers(paths, part)})


def _meet(paths: Iterable[Path], read: Iterable[str]) -> bool:
    return any(_begins(one, other) or _begins(other, one) for one in map(path_of, read) for other in paths)


def _covers(paths: Iterable[Path], part: str) -> bool:
    return any(_begins(path_of(part), path) for path in paths)


def _begins(whole: Path, start: Path) -> bool:
    return whole[: len(start)] == start


class Closing:
    """What of an index is closed at a door: by search field the records that do not show it."""

    def __init__(self, records: Mapping[str, EngineQuery]) -> None:
        self._records = records

    def __bool__(self) -> bool:
        return bool(self._records)

    def __contains__(self, name: str) -> bool:
        return name in self._records

    def of(self, *names: str) -> EngineQuery | None:
        """The records that do not show one of the fields; None where all records show them."""
        return either([self._records[name] for name in names if name in self._records])

    def asked(self, name: str, text: str | None) -> EngineQuery | None:
        """The same for what a query asks of a field. `text` is the word, None where it fits several."""
        if name != HAS[:-1]:
            return self.of(name)
        if text is not None:
            return self.of(HAS + text.strip().lower())
        return self.of(*(held for held in self._records if held.startswith(HAS)))

    def opened(self, query: EngineQuery, *names: str) -> EngineQuery:
        """A query among the records that show the fields."""
        closed = self.of(*names)
        return query if closed is None or query is NOTHING else but(query, closed)

    def apart(self, query: EngineQuery, *names: str) -> tuple[EngineQuery, EngineQuery | None]:
        """The hits that show the fields, and those that do not; None where all do."""
        closed = self.of(*names)
        return (query, None) if closed is None else (but(query, closed), both([query, closed]))


OPEN = Closing({})
"""Nothing is closed."""
