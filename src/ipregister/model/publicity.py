"""What of a record the law has made public: the public projection.

A record is `public`, `restricted` or `embargoed` (until it is published); a field is `public`,
`restricted`, or `legal-persons` (public only in a party that is not a natural person).
No rule means restricted. Everything that leaves the register for the public goes through `project`.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import msgspec

from ipregister.model import deferment_words
from ipregister.model.design import Design, SingleDesign
from ipregister.model.indication import Indication
from ipregister.model.legal_forms import is_legal_person
from ipregister.model.offices import Office, Publicity, codes
from ipregister.model.offices import office as facts_of
from ipregister.model.published import first_publication, last_day, published, registered
from ipregister.model.record import Record, right_of
from ipregister.model.right import Right
from ipregister.model.status import table_of
from ipregister.model.text import Extra, Kept
from ipregister.model.unnamed import NO, closed_lists, has_unnamed, named_alone, says_yes, without_unnamed

Rule = dict[str, Any]
"""A tree of field names; a leaf is `public`, `restricted` or `legal-persons`."""

PUBLIC, RESTRICTED, EMBARGOED = "public", "restricted", "embargoed"
CONDITIONS = ("after-publication", "after-deferment", "after-publication-alone")
"""Conditions on which a record as a whole becomes public."""
_NOTHING = ("placeholder", "duplicate")
"""Reasons for which a value is kept that say nothing of their own."""
_DEFERRING = ("publication-deferment", "sealed-deposit")
_SEALED = ("seal", "secret", "секрет")
_NO_RULES = Publicity()
_OF_APPLICATION = ("/application_date", "/application_number", "/publications")
"""Fields that tell of an application at the office, or of its publication."""
_EVER = dt.date.min.isoformat()
"""The day from which a record is open that no date closes."""
_trees: dict[int, tuple[dict[str, str], Rule]] = {}
"""Trees by the identity of the rules they were made from; the rules are kept with them, so that it stays theirs."""


def _tree(office: Office, right: str, rules: dict[str, str]) -> Rule:
    tree: Rule = {}
    for path, rule in sorted(rules.items()):
        *parents, last = path.split("/")
        place = tree
        for name in parents:
            place = place.setdefault(name, {})
            if not isinstance(place, dict):
                raise ValueError(f"{office.code} {right}: a rule above {path} covers it")
        place[last] = dict(office.publicity_groups[rule[1:]]) if rule.startswith("@") else rule
    return tree


def rules_of(office: Office, right: str) -> Rule:
    """The office's field rules for a right as a tree; empty (everything restricted) where it has none."""
    return _planted(office, right, office.publicity.get(right, _NO_RULES).fields)


def embargo_of(office: Office, right: str) -> Rule:
    """The same for the time in which the record is embargoed."""
    return _planted(office, right, office.publicity.get(right, _NO_RULES).embargoed)


def _planted(office: Office, right: str, rules: dict[str, str]) -> Rule:
    known = _trees.get(id(rules))
    if known is None or known[0] is not rules:
        known = _trees[id(rules)] = rules, _tree(office, right, rules)
    return known[1]


def record_state(record: Right, office: Office, day: dt.date) -> str:
    """The publicity state of the record as a whole on a day (in the office's zone)."""
    rule = _publicity(record, office).record
    if rule == PUBLIC:
        return PUBLIC
    opening = opened_on(record, rule)
    if opening is None:
        return RESTRICTED
    return PUBLIC if opening and opening <= day.isoformat() else EMBARGOED


def lies_in_content(code: str, right: str) -> bool:
    """Whether what a record says decides on its publicity, by its office's rule for the right. Then the present record
    rules its former versions too: what it closes was never closed in them."""
    if code not in codes():
        return False
    return facts_of(code).publicity.get(right, _NO_RULES).record in CONDITIONS


def opened_on(record: Right, rule: str) -> str | None:
    """The day from which a condition opens a record; empty where no date does yet, None for no such condition.

    `after-publication`: the first publication; of a record that tells none, the registration (not of one that tells a day
    of publication which cannot be read). `after-deferment`: the same, but not before the end of a deferment (ST.96
    `DefermentExpiryDate`), and not without it where deferment was asked for. `after-publication-alone`: the same as that,
    but neither a registration without a publication nor the publication of a recorded act opens anything (Hague Agreement
    (1999), Article 10(4)). A month or year alone opens the record with its last day. An indication that nobody applied for
    at the office is protected there by a published agreement: without such a day it is open from the beginning."""
    if rule not in CONDITIONS:
        return None
    alone = rule == "after-publication-alone"
    first = first_publication(record, of_acts=not alone)
    if not first and not alone and not _unread_publication(record):
        first = min(registered(record), default="")
    if rule != "after-publication" and isinstance(record, Design):
        if record.deferred_until and not any(
            kept.field == "/deferred_until" for kept in unread_deferment(record)
        ):
            return max(first, last_day(record.deferred_until)) if first else ""
        return "" if is_deferred(record) else first
    return first or (_EVER if isinstance(record, Indication) and _is_listed(record) else "")


def _is_listed(record: Indication) -> bool:
    """Whether an indication is protected without an application at the office: none is told, nor a publication, not even
    one that cannot be read, and by the office's word, where it says one, it is in force."""
    told = (record.application_number, record.application_date, record.publications)
    unread = any(
        kept.reason not in _NOTHING and kept.field.startswith(_OF_APPLICATION) for kept in record.kept
    )
    word = record.office_status
    known = record.office in codes()
    state = facts_of(record.office).word(table_of(record, "statuses"), word) if word and known else word
    return not (any(told) or unread) and state in ("", "registered")


def _unread_publication(record: Right) -> bool:
    """Whether a day of publication was delivered that cannot be read: it may lie ahead."""
    return any(
        "/publications/" in kept.field and kept.field.endswith("/date") and kept.reason not in _NOTHING
        for kept in record.kept
    )


def is_deferred(record: Design) -> bool:
    """Whether publication is deferred or the deposit is sealed, by any word of the record or of one of its designs;
    what was delivered as deferment and cannot be read says so, too."""
    if record.deferred_until or "SEALED" in record.kinds or "SECRET" in record.kinds:
        return True
    return (
        _asks(record)
        or any(map(_asks, record.designs))
        or bool(unread_deferment(record) or told_in_words(record))
    )


def _asks(said: Design | SingleDesign) -> bool:
    """Whether a deferment is asked for: so said, by a period that is not nought, or by a flag that is not told as no."""
    if says_yes(said.deferment_requested) or said.deferment_period.strip().strip("0"):
        return True
    flags = (flag.partition("=") for flag in said.flags)
    return any(name in _DEFERRING and says_yes(text) for name, _, text in flags)


def unread_deferment(record: Design) -> list[Kept]:
    """What was delivered as deferment, or as a sealed deposit, and has no value in the record that can be read."""
    return [kept for kept in record.kept if kept.reason not in _NOTHING and _of_deferment(kept)]


def told_in_words(record: Design) -> list[tuple[str, str]]:
    """Where a deferment is told by words alone, and the text: a remark, a word of status, an element that no reader knows.

    Of a column that has no field, a heading that tells it is a matter of the mapping, which must settle it; what other
    such columns hold tells it by itself."""
    told = [("/office_status", record.office_status)]
    told += [(f"/designs/{n}/office_status", one.office_status) for n, one in enumerate(record.designs)]
    told += [(f"/notes/{n}", note.text) for n, note in enumerate(record.notes)]
    found = [(place, text) for place, text in told if deferment_words.tells(text)]
    return found + [
        (f"/extra/{n}", extra.text)
        for n, extra in enumerate(record.extra)
        if extra.text.strip().strip("0").casefold() not in NO and _tells(extra)
    ]


def _tells(extra: Extra) -> bool:
    if deferment_words.tells(extra.path):
        return not any(map(str.isspace, extra.path))  # a heading has blanks, an element none
    return deferment_words.tells(extra.text)


def _of_deferment(kept: Kept) -> bool:
    name = kept.field.rpartition("/")[2]
    if "/kinds" in kept.field:
        return any(word in kept.text.casefold() for word in _SEALED)
    return name.startswith("defer") or "/deferred_until" in kept.field


def opening_of(record: Right, office: Office) -> str | None:
    """The day from which a record is public by what it says; empty where it is closed without a day, None where its
    office's rule for the right does not hang on that."""
    return opened_on(record, _publicity(record, office).record)


def opening_after(record: Right, office: Office, day: dt.date) -> str:
    """The first day after this one on which a date of the record may make it public; empty where there is none."""
    dates = [*published(record), *registered(record), opening_of(record, office) or ""]
    return min((date for date in dates if date > day.isoformat()), default="")


def _publicity(record: Right, office: Office) -> Publicity:
    return office.publicity.get(right_of(record), _NO_RULES)


def project(record: Record, office: Office, day: dt.date, *present: Record | None) -> dict[str, Any] | None:
    """The public part of a record as plain values (JSON types), or None where nothing of it is public. `present` is the
    record as it stands now, where this is a former version of it, also under its present number, where it moved."""
    tree = tree_of(record, office, day, *present)
    if tree is None:
        return None
    plain: dict[str, Any] = msgspec.to_builtins(record)
    sides = (record, *filter(None, present))
    if any(map(has_unnamed, sides)):
        plain = without_unnamed(plain, *sides)
    kept = plain.pop("kept", ())
    public: dict[str, Any] = filter_fields(plain, tree)
    shown = [kept[place] for place in _shown_kept(sides, tree)]
    if shown:
        public["kept"] = shown
    return {"right": plain["right"], "office": plain["office"], "subtype": record.subtype, **public}


def tree_of(record: Right, office: Office, day: dt.date, *present: Right | None) -> Rule | None:
    """The field rules that hold for a record on a day; None where nothing of it is public. Of a former version the
    strictest of its own state and those of the `present` ones."""
    states = {record_state(one, office, day) for one in (record, *present) if one is not None}
    if states == {PUBLIC}:
        return rules_of(office, right_of(record))
    return None if RESTRICTED in states else embargo_of(office, right_of(record)) or None


def public_kept(record: Right, office: Office, day: dt.date, *present: Right | None) -> list[int]:
    """The places in `kept` of the values that are public, in the order in which `project` lists them."""
    return _shown_kept((record, *filter(None, present)), tree_of(record, office, day, *present) or {})


def _shown_kept(sides: Sequence[Right], tree: Rule) -> list[int]:
    closed = closed_lists(*sides)
    return [
        place
        for place, kept in enumerate(sides[0].kept)
        if is_public(kept.field, tree) and closed.isdisjoint(kept.field.split("/"))
    ]


def public_record(record: Record, office: Office, day: dt.date) -> Record | None:
    """The same as a record, without the places of parties who are not to be named."""
    plain = project(record, office, day)
    if plain is not None and has_unnamed(record):
        plain = named_alone(plain)
    return None if plain is None else _converted(plain)


def _converted(plain: dict[str, Any]) -> Record:
    record: Record = msgspec.convert(plain, Record)
    return record


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
