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


def holding(records: Sequence[Record]) -> list[int]:
    """Which of a right's documents hold, of those in the order of their delivery.

    A document that tells no publication is the whole state and ends all before it; one whose publications are all told by a
    later one is replaced; an act holds until the registration tells it."""
    found: list[int] = []
    later: list[Record] = []
    for at in range(len(records) - 1, -1, -1):
        one = records[at]
        if is_act(one):
            kept = not any(one == other or is_told(one, other) for other in later)
        elif later and any(not is_act(other) for other in later):
            told = publications_of(one)
            kept = bool(told) and not any(
                not publications_of(other) or told <= publications_of(other)
                for other in later
                if not is_act(other)
            )
        else:
            kept = True
        if kept:
            found.append(at)
        later.append(one)
    return found[::-1]


def join(records: Sequence[Record], chosen: Sequence[int]) -> Joined:
    """The state that the chosen documents make; at least one of them is no act."""
    acts = [at for at in chosen if is_act(records[at])]
    whole = [at for at in chosen if at not in acts]
    ordered = sorted(whole, key=lambda at: _rank(records[at]), reverse=True)
    plain, sources = _publications([(at, _plain(records[at])) for at in ordered])
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


def _rank(record: Record) -> tuple[str, str]:
    """The newest published document leads; of two of one day the later kind."""
    days = (
        [(one.date or "", one.kind_code) for one in record.publications] if isinstance(record, Patent) else []
    )
    return max(days, default=("", ""))


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


def _publications(ordered: Sequence[tuple[int, Plain]]) -> tuple[Plain, dict[str, Source]]:
    """One plain record of several, the leading one first: what it does not say is taken from the next."""
    (lead, first), *others = ordered
    plain: Plain = dict(first)
    sources: dict[str, Source] = {f"/{name}": (lead, f"/{name}", "") for name in first}
    for name in _JOINED:
        if name in first:
            plain[name] = list(first[name])
            del sources[f"/{name}"]
            sources |= {f"/{name}/{n}": (lead, f"/{name}/{n}", "") for n in range(len(first[name]))}
    for at, other in others:
        for name, value in other.items():
            if name in _JOINED:
                _add(plain, sources, name, value, at)
            elif name == "classifications":
                _add_schemes(plain, sources, value, at)
            elif name not in plain and name not in _LEADING:
                plain[name] = value
                sources[f"/{name}"] = (at, f"/{name}", "")
    return plain, sources


def _add(plain: Plain, sources: dict[str, Source], name: str, entries: Sequence[Plain], at: int) -> None:
    held = plain.setdefault(name, [])
    known = {_JOINED[name](entry) for entry in held}
    for index, entry in enumerate(entries):
        if _JOINED[name](entry) not in known:
            sources[f"/{name}/{len(held)}"] = (at, f"/{name}/{index}", "")
            held.append(entry)


def _add_schemes(plain: Plain, sources: dict[str, Source], entries: Sequence[Plain], at: int) -> None:
    """Symbols of the classifications that a newer document does not use."""
    held: list[Plain] = plain.get("classifications", [])
    known = {entry["scheme"] for entry in held}
    if held and (where := sources.pop("/classifications", None)):
        sources |= {
            f"/classifications/{n}": (where[0], f"/classifications/{n}", "") for n in range(len(held))
        }
    plain["classifications"] = held = list(held)
    for index, entry in enumerate(entries):
        if entry["scheme"] not in known:
            sources[f"/classifications/{len(held)}"] = (at, f"/classifications/{index}", "")
            held.append(entry)
