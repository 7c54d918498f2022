"""The answers of the API as types: they are what is sent, and what the OpenAPI document says."""

import datetime as dt

from msgspec import Struct

from ipregister.model.event import Recordal
from ipregister.model.patent import PatentEvent, PatentParty
from ipregister.model.record import Record
from ipregister.model.status import State
from ipregister.model.text import Text


class TermsTold(Struct, frozen=True):
    """On what terms records go out: licence, whom to name, the legal source of the release; those of pictures."""

    licence: str
    attribution: str
    source: str
    image_licence: str = ""
    image_attribution: str = ""


class ImageTold(Struct, frozen=True):
    """A picture of a record, byte for byte as the office delivered it at its address."""

    sha256: str
    type: str
    name: str
    address: str


class RecordAnswer(Struct, frozen=True, kw_only=True):
    """A version of a record. `data_day` is the last day on which the office said so; `record` holds its values."""

    key: str
    address: str
    office: str
    right: str
    version: int
    versions: int
    current: bool
    cause: str
    recorded_at: dt.datetime
    data_day: str
    schema: int
    state: State
    notice: str
    terms: TermsTold
    images: tuple[ImageTold, ...]
    linked: tuple[str, ...]
    record: Record


class RecordLine(Struct, frozen=True, kw_only=True):
    """A record of a list, in its current version."""

    key: str
    address: str
    office: str
    right: str
    state: State
    record: Record


class RecordsAnswer(Struct, frozen=True):
    """A page of records by key. `next` is what `after` is on the following page; `terms` by `OFFICE/right`."""

    records: tuple[RecordLine, ...]
    next: str | None
    next_page: str | None
    terms: dict[str, TermsTold]


class MatchTold(Struct, frozen=True):
    """A record that a number may mean."""

    key: str
    office: str
    right: str
    address: str


class MatchesAnswer(Struct, frozen=True):
    """All records that a number may mean; the register never picks."""

    text: str
    matches: tuple[MatchTold, ...]


class ChangeTold(Struct, frozen=True):
    """A value that differs from the version before. `pointer` is its JSON pointer in the record."""

    pointer: str
    before: str
    after: str


class VersionTold(Struct, frozen=True):
    """A version of a record, with what changed."""

    number: int
    current: bool
    cause: str
    data_day: str
    recorded_at: dt.datetime
    deleted: bool
    changes: tuple[ChangeTold, ...]


class HistoryAnswer(Struct, frozen=True):
    """The versions of a record, the oldest first."""

    key: str
    versions: tuple[VersionTold, ...]
    terms: TermsTold


class EventTold(PatentEvent, frozen=True, omit_defaults=True):
    """An event of any kind of right."""

    response_date: str | None = None


class EventsAnswer(Struct, frozen=True):
    """The events and recordals in the life of a right, as the office tells them, and its derived state."""

    key: str
    office: str
    right: str
    state: State
    events: tuple[EventTold, ...]
    recordals: tuple[Recordal, ...]
    terms: TermsTold


class PersonTold(PatentParty, frozen=True, omit_defaults=True):
    """A party of any kind of right."""

    contracting_party: str = ""
    residence: str = ""
    incorporation_state: str = ""
    texts: tuple[Text, ...] = ()


class PartyTold(Struct, frozen=True):
    """A party of a record. `capacity` is the field that names it: applicants, holders, representatives, …"""

    key: str
    office: str
    right: str
    capacity: str
    party: PersonTold


class PartiesAnswer(Struct, frozen=True):
    """Parties of one record, or those found by a name; `records` counts the records they stand in."""

    parties: tuple[PartyTold, ...]
    records: int
    next: str | None
    next_page: str | None
    terms: dict[str, TermsTold]


class HitTold(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A record found."""

    key: str
    address: str
    office: str
    right: str
    title: str
    status: str
    owner: str
    numbers: tuple[str, ...]
    date: str
    classes: tuple[int, ...]
    record: Record | None = None


class ValueCount(Struct, frozen=True):
    """A value of a facet, and how many of the hits have it."""

    value: str
    count: int


class SearchAnswer(Struct, frozen=True, kw_only=True):
    """What a search gave. `total` counts records, `rights` an international registration and its national copies
    once (null where that would take too long); `change` is the change number up to which the index is complete."""

    query: str
    total: int
    rights: int | None
    hits: tuple[HitTold, ...]
    facets: dict[str, tuple[ValueCount, ...]]
    change: int
    next: str | None
    next_page: str | None
    terms: dict[str, TermsTold]


class CoverageTold(Struct, frozen=True):
    """What the register holds of an office. `lag` is the age of its latest data in days."""

    office: str
    name: str
    records: int
    rights: dict[str, int]
    data_day: str
    lag: int | None


class CoverageAnswer(Struct, frozen=True):
    """What the register holds of every office that released records."""

    offices: tuple[CoverageTold, ...]
    change: int


class CodeListHead(Struct, frozen=True):
    """A code list, where it comes from and of which edition it is."""

    name: str
    source: str
    edition: str
    address: str


class CodeListsAnswer(Struct, frozen=True):
    """All code lists."""

    code_lists: tuple[CodeListHead, ...]


class CodeTold(Struct, frozen=True):
    """A code, its English label, and the further columns of its list."""

    code: str
    label: str
    more: dict[str, str]


class CodeListAnswer(Struct, frozen=True):
    """A code list."""

    name: str
    source: str
    edition: str
    codes: tuple[CodeTold, ...]


class RightTold(Struct, frozen=True):
    """A right that an office released, and on what terms."""

    right: str
    channels: tuple[str, ...]
    terms: TermsTold


class OfficeTold(Struct, frozen=True, kw_only=True):
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


class OfficesAnswer(Struct, frozen=True):
    """All offices that released records."""

    offices: tuple[OfficeTold, ...]
