"""What of a record the law has made public: the public projection.

A record is `public`, `restricted` or `embargoed` (until it is published); a field is `public`,
`restricted`, or `legal-persons` (public only in a party that is not a natural person).
No rule means restricted. Everything that leaves the register for the public goes through `project`.
"""

import datetime as dt
from typing import Any

import msgspec

from ipregister.model.legal_forms import is_legal_person
from ipregister.model.mark import Trademark
from ipregister.model.offices import Office, Publicity

Rule = dict[str, Any]
"""A tree of field names; a leaf is `public`, `restricted` or `legal-persons`."""

PUBLIC, RESTRICTED, EMBARGOED = "public", "restricted", "embargoed"


_NO_RULES = Publicity()
_trees: dict[int, tuple[dict[str, str], Rule]] = {}
"""Trees by the identity of the rules they were made from; the rules are kept with them, so that it stays theirs."""


def _tree(code: str, right: str, rules: dict[str, str]) -> Rule:
    tree: Rule = {}
    for path, rule in sorted(rules.items()):
        *parents, last = path.split("/")
        place = tree
        for name in parents:
            place = place.setdefault(name, {})
            if not isinstance(place, dict):
                raise ValueError(f"{code} {right}: a rule above {path} covers it")
        place[last] = rule
    return tree


def rules_of(office: Office, right: str) -> Rule:
    """The office's field rules for a right as a tree; empty (everything restricted) where it has none."""
    rules = office.publicity.get(right, _NO_RULES).fields
    known = _trees.get(id(rules))
    if known is None or known[0] is not rules:
        known = _trees[id(rules)] = rules, _tree(office.code, right, rules)
    return known[1]


def record_state(record: Trademark, office: Office, day: dt.date) -> str:
    """The publicity state of the record as a whole on a day (in the office's zone)."""
    rule = office.publicity.get("trademark", Publicity()).record
    if rule == PUBLIC:
        return PUBLIC
    if rule == "after-publication":
        dates = [record.registration_date, *(p.date for p in record.publications)]
        return PUBLIC if any(d and d <= day.isoformat() for d in dates) else EMBARGOED
    return RESTRICTED


def project(record: Trademark, office: Office, day: dt.date) -> dict[str, Any] | None:
    """The public part of a record as plain values (JSON types), or None where nothing of it is public."""
    if record_state(record, office, day) != PUBLIC:
        return None
    plain: dict[str, Any] = msgspec.to_builtins(record)
    kept = plain.pop("kept", ())
    tree = rules_of(office, "trademark")
    public: dict[str, Any] = filter_fields(plain, tree)
    shown = [k for k in kept if is_public(k["field"], tree)]
    if shown:
        public["kept"] = shown
    return {"right": plain["right"], "office": plain["office"], "subtype": record.subtype, **public}


def public_kept(record: Trademark, office: Office) -> list[int]:
    """The places in `kept` of the values that are public, in the order in which `project` lists them."""
    tree = rules_of(office, "trademark")
    return [place for place, kept in enumerate(record.kept) if is_public(kept.field, tree)]


def public_record(record: Trademark, office: Office, day: dt.date) -> Trademark | None:
    """The same as a record."""
    plain = project(record, office, day)
    return None if plain is None else msgspec.convert(plain, Trademark)


def is_public(pointer: str, tree: Rule) -> bool:
    """Whether the field at a JSON pointer is public whatever the rest of the record says."""
    place: Any = tree
    for part in pointer.split("/")[1:]:
        if part.isdigit():
            continue
        place = place.get(part) if isinstance(place, dict) else place
        if place is None:
            return False
    return bool(place == PUBLIC)


def filter_fields(value: dict[str, Any], tree: Rule) -> dict[str, Any]:
    """The public fields of a plain object under a rule tree."""
    out: dict[str, Any] = {}
    for name, inner in value.items():
        rule = tree.get(name)
        if rule == PUBLIC:
            out[name] = inner
        elif rule == "legal-persons":
            if is_legal_person(value):
                out[name] = inner
        elif isinstance(rule, dict):
            out[name] = _inside(inner, rule)
    return out


def _inside(value: Any, tree: Rule) -> Any:
    if isinstance(value, list | tuple):
        return [_inside(item, tree) for item in value]
    return filter_fields(value, tree) if isinstance(value, dict) else value
