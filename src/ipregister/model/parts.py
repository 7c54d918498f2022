"""Documents that tell a part of what was published: the claims, the description or the abstract of a publication, its
entry in the list of a family. What a document tells decides which other one it replaces, and whether two of one day
contradict each other or are to be read together."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from ipregister.model.patent import Patent
from ipregister.model.right import Right

BIBLIOGRAPHY, ENTRY = "bibliography", "entry"
"""What a document tells beside its texts: the bibliographic data, or only the numbers of its application."""
TEXTS = ("titles", "abstracts", "claims", "description", "drawings")
"""Fields that documents without bibliographic data tell by themselves."""
_DATA = ("applicants", "holders", "inventors", "classifications", "citations", "office_status", "deleted")
_ADDED = frozenset(
    {"kind_code", "kept", "extra", "publications", "priorities", "references", "application_documents", "events",
     "recordals", "family", "deposits", "remarks", "notes"}
)  # fmt: skip
"""Fields of which two documents may tell different things: they are added to each other, or follow from the others."""


def contents(record: Right) -> frozenset[str]:
    """What a document of a patent tells: bibliographic data or an entry, and texts with their languages."""
    data = any(getattr(record, name, None) for name in _DATA)
    whole = data or bool(record.application_number and getattr(record, "titles", ()))
    found = {BIBLIOGRAPHY} if whole else {ENTRY} if record.application_number else set()
    for name in TEXTS[1:] if whole else TEXTS:
        if value := getattr(record, name, ()):
            plain = msgspec.to_builtins(value)
            found.update(f"{name} {lang}".strip() for lang in languages(plain) or {""})
    return frozenset(found)


def replaces(later: Right, earlier: Right) -> bool:
    """Whether a later document of the same publications says anew what an earlier one said.

    Bibliographic data are replaced by bibliographic data, with all that came with them; a part is replaced by what tells
    that part."""
    new, old = contents(later), contents(earlier)
    return BIBLIOGRAPHY in new if BIBLIOGRAPHY in old else old <= new


def languages(plain: Any) -> frozenset[str]:
    """The languages of the texts inside a plain value."""
    return frozenset(_languages(plain))


def _languages(plain: Any) -> Iterator[str]:
    if isinstance(plain, Mapping):
        if "text" in plain:
            yield plain.get("lang", "und")
        for inner in plain.values():
            yield from _languages(inner)
    elif isinstance(plain, list | tuple):
        for inner in plain:
            yield from _languages(inner)


def contradict(one: Right, other: Right) -> bool:
    """Whether two documents of one publication say different things of one matter, so that one of them must be wrong.

    Texts in other languages, symbols of another classification, numbers and events beside others do not contradict."""
    if not isinstance(one, Patent) or not isinstance(other, Patent):
        return True
    left, right = msgspec.to_builtins(one), msgspec.to_builtins(other)
    for name in left.keys() & right.keys() - _ADDED:
        if (
            left[name]
            and right[name]
            and left[name] != right[name]
            and _differ(name, left[name], right[name])
        ):
            return True
    days = _days(one)
    return any(days.get(key, day) != day for key, day in _days(other).items())


def _differ(name: str, left: Any, right: Any) -> bool:
    if name == "classifications":
        schemes = {entry["scheme"] for entry in left} & {entry["scheme"] for entry in right}
        return any(_of(scheme, left) != _of(scheme, right) for scheme in schemes)
    if name in TEXTS:
        spoken, said = languages(left), languages(right)
        return not (spoken and said and spoken.isdisjoint(said))
    return True


def _of(scheme: str, entries: Any) -> list[Any]:
    return [entry for entry in entries if entry["scheme"] == scheme]


def _days(record: Patent) -> dict[tuple[str, str], str]:
    return {(one.identifier, one.kind_code): one.date for one in record.publications if one.date}
