"""From a stored version to its search document: what the indexer does with each record, in any process."""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any, TypedDict
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from ipregister.model import numbers, offices, publicity, status, unnamed
from ipregister.model.canonical import SCHEMA
from ipregister.model.event import Recordal
from ipregister.model.offices import Office
from ipregister.model.record import RIGHTS, Record, right_of
from ipregister.search import sources
from ipregister.search.analyzer import Analyzer
from ipregister.search.document import IndexDocument, documents
from ipregister.search.sources import Source
from ipregister.store.rows import CurrentBody
from ipregister.store.upcast import decode


class Built(Struct, frozen=True):
    """The document of a record, None where nothing of it is public; `due` is the day on which that may change."""

    key: str
    document: IndexDocument | None
    due: str = ""


class Foreseen(Struct, frozen=True):
    """A document made before its record was put: for which day at the office, and up to which day the office said so."""

    today: dt.date
    day: str
    built: Built


class InHand(Struct, frozen=True):
    """A record as a load has just put it into the register: its canonical bytes, and the spellings of its numbers.
    `record` is None where it was read in another process, which may have foreseen its document."""

    record: Record | None
    body: bytes
    spellings: tuple[tuple[str, str], ...]
    foreseen: Foreseen | None = None


TOGETHER = 32
"""So many documents are best made together."""
Hand = Mapping[bytes, InHand]
"""What a load has in hand, by the hash of the content."""
EMPTY: Hand = MappingProxyType({})


@cache
def _analyzer() -> Analyzer:
    return Analyzer()


_zone = cache(ZoneInfo)
"""The time zones of offices, kept: Python itself keeps the last eight alone, and reads all others from their files."""


def days_at(moment: dt.datetime) -> dict[str, dt.date]:
    """The day that a moment is on in each office's zone."""
    return {code: moment.astimezone(_zone(zone)).date() for code, zone in offices.zones().items()}


class PublicView:
    """What search reads of the public projection of an office's records of a right: the same values as
    `publicity.project` has for the fields of `sources.READ`, without making the rest."""

    def __init__(self, office: Office, right: str = "trademark") -> None:
        self._right = right
        self._rules = publicity.rules_of(office, right)
        fields = msgspec.structs.fields(RIGHTS[right])
        held = {field.name for field in fields}
        self._whole: list[str] = []
        self._parts: list[tuple[str, tuple[str, ...]]] = []
        self._ruled: list[str] = []
        for name, inner in sources.READ.items():
            rule = self._rules.get(name)
            if name not in held or rule is None or rule == publicity.RESTRICTED:
                continue
            if rule == publicity.PUBLIC and not inner:
                self._whole.append(name)
            elif (shown := _shown(rule, inner)) is not None:
                self._parts.append((name, shown))
            else:
                self._ruled.append(name)
        self._decoder = self._decoder_of(fields)
        spelled = [name for name in numbers.SPELLED_FROM if name in held]
        self.spells_all = all(self._rules.get(name) == publicity.PUBLIC for name in spelled)
        self._hidden: dict[str, Any] = {
            field.name: field.default
            for field in fields
            if not field.required
            and field.name != "subtype"
            and self._rules.get(field.name) != publicity.PUBLIC
        }

    def _decoder_of(
        self, fields: Sequence[msgspec.structs.FieldInfo]
    ) -> msgspec.json.Decoder[dict[str, Any]]:
        """Takes nothing but the public values out of canonical bytes: what is not named in it is passed over."""
        shape: dict[str, Any] = {"office": str, "subtype": str, **dict.fromkeys(self._whole, Any)}
        for name, parts in self._parts:
            item: Any = _plain(name, dict.fromkeys(parts, Any))
            shape[name] = list.__class_getitem__(item)
        self._subtype = next(field.default for field in fields if field.name == "subtype")
        return msgspec.json.Decoder(_plain("Public", shape))

    def fields_of(self, body: bytes, record: Record) -> dict[str, Any]:
        """The same as `fields` of the record of canonical bytes of the present schema, in a third of the time."""
        public = {"right": self._right, "subtype": self._subtype, **self._decoder.decode(body)}
        return self._add_ruled(public, record) if self._ruled else public

    def _add_ruled(self, public: dict[str, Any], record: Record) -> dict[str, Any]:
        for name in self._ruled:
            if value := getattr(record, name):
                public |= publicity.filter_fields({name: msgspec.to_builtins(value)}, self._rules)
        return public

    def fields(self, record: Record) -> dict[str, Any]:
        """The public values that search reads, as plain values."""
        public = {"right": self._right, "office": record.office, "subtype": record.subtype}
        for name in self._whole:
            if value := getattr(record, name):
                public[name] = value if isinstance(value, str) else msgspec.to_builtins(value)
        for name, parts in self._parts:
            if items := getattr(record, name):
                shown = [{part: value for part in parts if (value := getattr(item, part))} for item in items]
                public[name] = msgspec.to_builtins(shown)
        return self._add_ruled(public, record)

    def facts(self, record: Record) -> Record:
        """The record with nothing in it that is not public, and without parties: its state and its numbers
        come from other fields."""
        hidden = self._hidden
        if record.recordals and "recordals" in hidden:
            plain = {"recordals": msgspec.to_builtins(record.recordals)}
            shown = publicity.filter_fields(plain, self._rules).get("recordals", ())
            hidden = {**hidden, "recordals": msgspec.convert(shown, tuple[Recordal, ...])}
        return msgspec.structs.replace(record, **hidden)


_views: dict[tuple[str, str], tuple[Office, PublicView]] = {}
"""By the code of an office and a right: the office as it was read, and the view of its records."""


def _view_of(office: Office, right: str) -> PublicView:
    """The view of an office's records of a right, made once: making one costs as much as reading some records."""
    held = _views.get((office.code, right))
    if held is None or held[0] is not office:
        held = _views[office.code, right] = office, PublicView(office, right)
    return held[1]


def _plain(name: str, shape: dict[str, Any]) -> Any:
    """The type of a plain object with some of the keys of a shape."""
    make: Any = TypedDict
    return make(name, shape, total=False)


def _shown(rule: Any, inner: frozenset[str]) -> tuple[str, ...] | None:
    """Those fields of a list's items that are public whatever the item; None where that depends on the item."""
    if rule == publicity.PUBLIC:
        return tuple(sorted(inner))
    if not isinstance(rule, dict) or not inner:
        return None
    rules = {name: rule.get(name, publicity.RESTRICTED) for name in sorted(inner)}
    if not set(map(str, rules.values())) <= {publicity.PUBLIC, publicity.RESTRICTED}:
        return None
    return tuple(name for name, its_rule in rules.items() if its_rule == publicity.PUBLIC)


def _source(
    stored: CurrentBody, record: Record, held: InHand | None, office: Office, view: PublicView, day: dt.date
) -> Source | Built:
    """What the search document of a record is made of on a day in the office's zone: its public projection alone; that it
    has none where nothing of it is public."""
    if publicity.record_state(record, office, day) != publicity.PUBLIC:
        return Built(stored.key, None, publicity.opening_after(record, office, day))
    facts = view.facts(record)
    state = status.state_of(facts, office, day, stored.day)
    spelled = held.spellings if held and view.spells_all else numbers.spellings(facts, office)
    if unnamed.has_unnamed(record):
        public = publicity.project(record, office, day) or {}
    elif stored.schema == SCHEMA:
        public = view.fields_of(stored.body, record)
    else:
        public = view.fields(record)
    return Source(stored.key, public, state, tuple(spelled))


def _as_foreseen(stored: CurrentBody, foreseen: Foreseen | None, today: dt.date) -> Built | None:
    """The document that was made before, where all is as it was foreseen."""
    if foreseen is None or (foreseen.today, foreseen.day, foreseen.built.key) != (
        today,
        stored.day,
        stored.key,
    ):
        return None
    return foreseen.built


def build_many(batch: Sequence[CurrentBody], days: Mapping[str, dt.date], hand: Hand = EMPTY) -> list[Built]:
    """The documents of many records; `days` gives the day of each office."""
    views: dict[tuple[str, str], tuple[Office, PublicView]] = {}
    bodies = {id(one.body): one for one in hand.values()}
    built: list[Built] = []
    for at in range(0, len(batch), TOGETHER):
        found = [
            _found(stored, bodies.get(id(stored.body)), views, days[stored.office])
            for stored in batch[at : at + TOGETHER]
        ]
        made = iter(documents([one for one in found if isinstance(one, Source)], _analyzer()))
        built += [one if isinstance(one, Built) else Built(one.key, next(made)) for one in found]
    return built


def _found(
    stored: CurrentBody,
    held: InHand | None,
    views: dict[tuple[str, str], tuple[Office, PublicView]],
    day: dt.date,
) -> Source | Built:
    """The document of a record where it was made before, else what it is made of."""
    held = held if stored.schema == SCHEMA else None
    if held and (ready := _as_foreseen(stored, held.foreseen, day)):
        return ready
    record = held.record if held and held.record is not None else decode(stored.body, stored.schema)
    code = stored.office, right_of(record)
    if code not in views:
        office = offices.office(stored.office)
        views[code] = office, _view_of(office, code[1])
    return _source(stored, record, held, *views[code], day)
