"""The answers of the API as types: they are what is sent, and what the OpenAPI document says.

Members are written in lowerCamelCase, as ST.90 asks (`Told`). What stands in a canonical record, or is cut out of
one (events, recordals, parties), has the record's own spelling.
"""

import datetime as dt

from msgspec import Struct

from ipregister.model.event import Recordal
from ipregister.model.patent import PatentEvent, PatentParty
from ipregister.model.record import Record
from ipregister.model.text import Text


class Told(Struct, frozen=True, rename="camel"):
    """What the API says in its own words: members in lowerCamelCase."""


class TermsTold(Told, frozen=True):
    """On what terms records go out: licence, whom to name, the legal source of the release; those of pictures."""

    licence: str
    attribution: str
    source: str
    image_licence: str = ""
    image_attribution: str = ""


class Page(Told, frozen=True, kw_only=True):
    """A page of a list. `next` is what `after` is on the following page (null at the end), `nextPage` its whole
    address; `terms` are those of the records of this page, by `OFFICE/right`."""

    next: str | None
    next_page: str | None
    terms: dict[str, TermsTold]


class OfRecord(Told, frozen=True, kw_only=True):
    """What is said of one record; `address` is the record's permanent one."""

    key: str
    address: str
    office: str
    right: str


class StateTold(Told, frozen=True, omit_defaults=True):
    """The derived state of a right, with the rule that gave it and the day it was asked for. `state` is a code of the
    list `states`; `termEnd` is the end of the term as delivered, `lateRenewalUntil` the last day of late renewal
    by the office's law, `dataDay` the day of the office's data."""

    state: str
    rule: str
    since: str | None = None
    term_end: str | None = None
    late_renewal_until: str | None = None
    day: str = ""
    data_day: str = ""
    arguments: dict[str, str] = {}


class ImageTold(Told, frozen=True):
    """A picture of a record, byte for byte as the office delivered it at its address."""

    sha256: str
    type: str
    name: str
    address: str


class RecordAnswer(OfRecord, frozen=True, kw_only=True):
    """A version of a record. `dataDay` is the last day on which the office said so; `record` holds its values. `linked` are
    keys of the same right at other offices, `namesakes` of another right in the same name: an indication that is also a
    collective or certification mark, and back."""

    version: int
    versions: int
    current: bool
    cause: str
    recorded_at: dt.datetime
    data_day: str
    schema: int
    state: StateTold
    notice: str
    terms: TermsTold
    images: tuple[ImageTold, ...]
    linked: tuple[str, ...]
    namesakes: tuple[str, ...]
    record: Record


class RecordLine(OfRecord, frozen=True, kw_only=True):
    """A record of a list, in its current version."""

    state: StateTold
    record: Record


class RecordsAnswer(Page, frozen=True, kw_only=True):
    """A page of records by key."""

    records: tuple[RecordLine, ...]


class MatchTold(OfRecord, frozen=True, kw_only=True):
    """A record that a number may mean; `address` is that of its answer here."""


class MatchesAnswer(Told, frozen=True):
    """All records that a number may mean; the register never picks."""

    text: str
    matches: tuple[MatchTold, ...]


class ChangeTold(Told, frozen=True):
    """A value that differs from the version before. `pointer` is its JSON pointer in the record."""

    pointer: str
    before: str
    after: str


class VersionTold(Told, frozen=True):
    """A version of a record, with what changed."""

    number: int
    current: bool
    cause: str
    data_day: str
    recorded_at: dt.datetime
    deleted: bool
    changes: tuple[ChangeTold, ...]


class HistoryAnswer(Told, frozen=True):
    """The versions of a record, the oldest first."""

    key: str
    versions: tuple[VersionTold, ...]
    terms: TermsTold


class EventTold(PatentEvent, frozen=True, omit_defaults=True):
    """An event of any kind of right."""

    response_date: str | None = None


class EventsAnswer(Told, frozen=True):
    """The events and recordals in the life of a right, as the office tells them, and its derived state."""

    key: str
    office: str
    right: str
    state: StateTold
    events: tuple[EventTold, ...]
    recordals: tuple[Recordal, ...]
    terms: TermsTold


class PersonTold(PatentParty, frozen=True, omit_defaults=True):
    """A party of any kind of right."""

    contracting_party: str = ""
    residence: str = ""
    incorporation_state: str = ""
    texts: tuple[Text, ...] = ()


class PartyTold(OfRecord, frozen=True, kw_only=True):
    """A party of a record. `capacity` is the field that names it: applicants, holders, representatives, …"""

    capacity: str
    party: PersonTold


class PartiesAnswer(Page, frozen=True, kw_only=True):
    """Parties of one record, or those found by a name; `records` counts the records they stand in."""

    parties: tuple[PartyTold, ...]
    records: int


class HitTold(OfRecord, frozen=True, kw_only=True, omit_defaults=True):
    """A record found."""

    title: str
    status: str
    owner: str
    numbers: tuple[str, ...]
    date: str
    classes: tuple[int, ...]
    record: Record | None = None


class ValueCount(Told, frozen=True):
    """A value of a facet, and how many of the hits have it."""

    value: str
    count: int


class SearchAnswer(Page, frozen=True, kw_only=True):
    """What a search gave. `total` counts records, `rights` an international registration and its national copies
    once (null where that would take too long); `change` is the change number up to which the index is complete."""

    query: str
    total: int
    rights: int | None
    hits: tuple[HitTold, ...]
    facets: dict[str, tuple[ValueCount, ...]]
    change: int


class CoverageTold(Told, frozen=True):
    """What the register holds of an office. `lag` is the age of its latest data in days."""

    office: str
    name: str
    records: int
    rights: dict[str, int]
    data_day: str
    lag: int | None


class CoverageAnswer(Told, frozen=True):
    """What the register holds of every office that released records."""

    offices: tuple[CoverageTold, ...]
    change: int


class CodeListHead(Told, frozen=True):
    """A code list, where it comes from and of which edition it is."""

    name: str
    source: str
    edition: str
    address: str


class CodeListsAnswer(Told, frozen=True):
    """All code lists."""

    code_lists: tuple[CodeListHead, ...]


class CodeTold(Told, frozen=True):
    """A code, its English label, and the further columns of its list."""

    code: str
    label: str
    more: dict[str, str]


class CodeListAnswer(CodeListHead, frozen=True):
    """A code list with its codes."""

    codes: tuple[CodeTold, ...]


class RightTold(Told, frozen=True):
    """A right that an office released, and on what terms."""

    right: str
    channels: tuple[str, ...]
    terms: TermsTold


class OfficeTold(Told, frozen=True, kw_only=True):
    """An office."""

    code: str
    name: str
    names: dict[str, str]
    languages: tuple[str, ...]
    zone: str
    notice: str
    certified_copy: str
    url: str
    rights: tuple[RightTold, ...]


class OfficesAnswer(Told, frozen=True):
    """All offices that released records."""

    offices: tuple[OfficeTold, ...]
