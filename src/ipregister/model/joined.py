"""A right that is told by several documents: the publications of one application, a registration and its acts.

Every document stays a version of its own, as it was delivered. The state that is shown is made of those that hold:
which they are, and what is made of them, depends on the documents alone, never on the order in which they came.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from ipregister.model.acts import SAME, Source, is_act, is_told, with_acts
from ipregister.model.design import Design
from ipregister.model.evidence import Origin, split_origin
from ipregister.model.numbers import folds
from ipregister.model.parts import BIBLIOGRAPHY, ENTRY, TEXTS, contents, contradict, languages, replaces
from ipregister.model.patent import Patent
from ipregister.model.record import Record

Plain = dict[str, Any]


class Joined(Struct, frozen=True):
    """The state made of several documents. `sources` tells by JSON pointer of a field or an entry of a list where it comes
    from: the document (its place in the sequence) and the pointer there, under which all that is inside is found, too. With
    a repair code it is one value, made by that repair."""

    record: Record
    sources: dict[str, Source]


def publications_of(record: Record) -> frozenset[tuple[str, str]]:
    """The published documents that a patent record tells: number and kind (WIPO ST.16). None for other rights."""
    if not isinstance(record, Patent):
        return frozenset()
    return frozenset((one.identifier, one.kind_code) for one in record.publications if one.identifier)


def same_document(one: Record, other: Record) -> bool:
    """Whether two documents of a right tell the same publication or act: the later delivered one is a correction."""
    if is_act(one) or is_act(other):
        return is_act(one) and is_act(other) and one == other
    return not publications_of(one) or bool(publications_of(one) & publications_of(other))


def same_telling(one: Record, other: Record) -> bool:
    """Whether two documents tell the same of the same publication or act."""
    return same_document(one, other) and contents(one) == contents(other)


def tells_publication(record: Record, number: str, kind: str) -> bool:
    """Whether a record tells a publication by its number, however it is written, and its kind where both have one."""
    forms = frozenset(folds(number))
    return isinstance(record, Patent) and any(
        kind in (one.kind_code, "") or not one.kind_code
        for one in record.publications
        if any(
            not forms.isdisjoint(folds(told))
            for told in (one.identifier, *(also.number for also in one.documents))
            if told
        )
    )


def holding(records: Sequence[Record], days: Sequence[str] = ()) -> list[int]:
    """Which of a right's documents hold, of those in the order of their delivery; `days` are their extractions.

    A document that tells no publication is the whole state and ends all before it; one whose publications are all told by a
    later one is replaced by what that one tells (`parts.replaces`), but two of one day that do not contradict each other
    hold together; an act holds unless a registration that holds, or a later act, tells it."""
    whole: list[int] = []
    later: list[int] = []
    for at in range(len(records) - 1, -1, -1):
        one = records[at]
        if is_act(one):
            continue
        if not any(
            _ended(one, records[other], together=bool(days) and days[at] == days[other]) for other in later
        ):
            whole.append(at)
        later.append(at)
    acts = [at for at, one in enumerate(records) if is_act(one)]
    held = [
        at
        for at in acts
        if not any(is_told(records[at], records[other]) for other in whole)
        and not any(is_told(records[at], records[other]) for other in acts if other > at)
    ]
    return sorted((*whole, *held))


def _ended(one: Record, later: Record, *, together: bool) -> bool:
    """Whether a later document ends one that is no act; `together`: they are of one extraction."""
    told, new = publications_of(one), publications_of(later)
    if not told or not new:
        return True
    return told <= new and replaces(later, one) and not (together and not contradict(one, later))


def join(records: Sequence[Record], chosen: Sequence[int]) -> Joined:
    """The state that the chosen documents make; at least one of them is no act."""
    acts = [at for at in chosen if is_act(records[at])]
    whole = [at for at in chosen if at not in acts]
    days = _days([records[at] for at in whole])
    ordered = sorted(whole, key=lambda at: _rank(records[at], at, days), reverse=True)
    plain, sources = _publications([(at, _plain(records[at]), records[at]) for at in ordered])
    base: Record = msgspec.convert(plain, Record)
    designs = [(at, one) for at in acts if isinstance(one := records[at], Design)]
    if designs and isinstance(base, Design):
        told = with_acts(base, ordered[0], designs)
        return Joined(told.record, sources | told.sources)
    return Joined(base, sources)


def moved(
    evidence: Mapping[str, Origin], at: int, sources: Mapping[str, Source]
) -> Iterator[tuple[str, Origin]]:
    """The evidence of one document (`at`) under the pointers that its values have in the joined state."""
    places = {old: new for new, (piece, old, repair) in sources.items() if piece == at and not repair}
    for pointer, origin in evidence.items():
        parts = pointer.split("/", 3)
        for head in ("/".join(parts[:3]), "/".join(parts[:2])):
            if head in places:
                place = places[head] + pointer[len(head) :]
                if place not in sources or not sources[place][2]:
                    yield place, origin
                break
    for new, (piece, old, repair) in sources.items():
        if piece == at and repair and old in evidence:
            yield new, evidence[old] if repair == SAME else (split_origin(evidence[old])[0], repair)


def _plain(record: Record) -> Plain:
    plain: Plain = msgspec.json.decode(msgspec.json.encode(record))
    return plain


def _days(records: Sequence[Record]) -> dict[tuple[str, str], str]:
    """The days of publications that some document tells."""
    return {
        (one.identifier, one.kind_code): one.date
        for record in records
        if isinstance(record, Patent)
        for one in record.publications
        if one.date
    }


def _rank(record: Record, at: int, days: Mapping[tuple[str, str], str]) -> tuple[tuple[str, str], bool, int]:
    """The newest published document leads; of two of one day the later kind; of one publication the one with bibliographic
    data, and of these the last delivered."""
    told = record.publications if isinstance(record, Patent) else ()
    known = [(one.date or days.get((one.identifier, one.kind_code), ""), one.kind_code) for one in told]
    return max(known, default=("", "")), BIBLIOGRAPHY in contents(record), at


_LEADING = frozenset(
    {"right", "office", "subtype", "transaction", "deleted", "office_status", "status_date", "kept"}
)
"""What the newest document alone says; what it is silent of is not taken from an earlier one."""


def _same(entry: Plain) -> object:
    return msgspec.json.encode(entry, order="sorted")


def _by(*names: str) -> Callable[[Plain], object]:
    def key(entry: Plain) -> object:
        return tuple(entry.get(name, "") for name in names) if entry.get(names[-1]) else _same(entry)

    return key


_JOINED: dict[str, Callable[[Plain], object]] = {
    "publications": _by("kind_code", "identifier"),
    "priorities": _by("country", "number"),
    "references": _by("kind", "office", "number"),
    **dict.fromkeys(
        ("application_documents", "events", "recordals", "citations", "family", "deposits", "remarks", "notes", "extra"),
        _same,
    ),
}  # fmt: skip
"""Lists to which every document adds what the others do not say yet."""
_WITHIN = frozenset({"family", "application_documents"})
"""Of these, entries of which another one says all and more are not told twice."""


def _publications(ordered: Sequence[tuple[int, Plain, Record]]) -> tuple[Plain, dict[str, Source]]:
    """One plain record of several, the leading one first: what it does not say is taken from the next."""
    (lead, first, leading), *others = ordered
    plain: Plain = dict(first)
    sources: dict[str, Source] = {f"/{name}": (lead, f"/{name}", "") for name in first}
    said_by: dict[str, Record] = dict.fromkeys(first, leading)
    for name in _JOINED:
        if name == "publications" and name in first:  # a list of a family tells the same one twice
            del plain[name], sources[f"/{name}"]
            _add(plain, sources, name, first[name], lead)
        elif name in first:
            _apart(sources, name, len(first[name]))
    for at, other, record in others:
        part = contents(record).isdisjoint({BIBLIOGRAPHY, ENTRY})
        for name, value in other.items():
            if part and name == "publications" and all(_is_told(one, plain.get(name, ())) for one in value):
                continue
            if name in _JOINED:
                _add(plain, sources, name, value, at)
            elif name == "classifications":
                _add_schemes(plain, sources, value, at)
            elif name not in plain and name not in _LEADING:
                plain[name], said_by[name] = value, record
                sources[f"/{name}"] = (at, f"/{name}", "")
            elif name in TEXTS and publications_of(said_by[name]) & publications_of(record):
                _add_languages(plain, sources, name, value, at)
    return plain, sources


def _is_told(entry: Plain, held: Sequence[Plain]) -> bool:
    """Whether a publication is held, however its number is written, with its day."""
    forms = frozenset(folds(entry.get("identifier", "")))
    return any(
        entry.get("kind_code", "") in (one.get("kind_code", ""), "")
        and entry.get("date") in (one.get("date"), None)
        and not forms.isdisjoint(folds(one.get("identifier", "")))
        for one in held
    )


def _apart(sources: dict[str, Source], name: str, amount: int) -> None:
    """Say of each entry of a list where it is from, so that others can be added."""
    where = sources.pop(f"/{name}", None)
    if where is not None:
        sources |= {f"/{name}/{n}": (where[0], f"{where[1]}/{n}", "") for n in range(amount)}


def _add_languages(
    plain: Plain, sources: dict[str, Source], name: str, entries: Sequence[Plain], at: int
) -> None:
    """The same text of one publication in languages in which it is not told yet."""
    told, more = languages(plain[name]), languages(entries)
    if not told or not more or not told.isdisjoint(more):
        return
    _apart(sources, name, len(plain[name]))
    plain[name] = list(plain[name])
    for index, entry in enumerate(entries):
        sources[f"/{name}/{len(plain[name])}"] = (at, f"/{name}/{index}", "")
        plain[name].append(entry)


def _add(plain: Plain, sources: dict[str, Source], name: str, entries: Sequence[Plain], at: int) -> None:
    held = plain[name] = list(plain.get(name, ()))
    known = {_JOINED[name](entry) for entry in held}
    for index, entry in enumerate(entries):
        if name in _WITHIN and any(entry.items() <= one.items() for one in held):
            continue
        if _JOINED[name](entry) not in known:
            if name == "publications":
                known.add(_JOINED[name](entry))
            sources[f"/{name}/{len(held)}"] = (at, f"/{name}/{index}", "")
            held.append(entry)


def _add_schemes(plain: Plain, sources: dict[str, Source], entries: Sequence[Plain], at: int) -> None:
    """Symbols of the classifications that a newer document does not use."""
    held: list[Plain] = list(plain.get("classifications", ()))
    known = {entry["scheme"] for entry in held}
    _apart(sources, "classifications", len(held))
    plain["classifications"] = held
    for index, entry in enumerate(entries):
        if entry["scheme"] not in known:
            sources[f"/classifications/{len(held)}"] = (at, f"/classifications/{index}", "")
            held.append(entry)
