"""What rights of all kinds have in common: the base of every record, and its parts."""

from msgspec import Struct

from ipregister.model.event import Event, Recordal
from ipregister.model.party import Party
from ipregister.model.text import Extra, Kept, Text


class Transaction(Struct, frozen=True, omit_defaults=True, gc=False):
    """The header of an ST.66 transaction: how the office sent the record."""

    identifier: str = ""
    code: str = ""
    sub_code: str = ""
    operation: str = ""


class Reference(Struct, frozen=True, omit_defaults=True, gc=False):
    """Another right this one rests on or belongs to.

    `kind`: basic-application, basic-registration, international-registration, division-parent,
    division-child, merged-from, series, associated, converted-from, transformed-from, replaced,
    renewal-of, seniority, pct-application, pct-publication, parent, addition-to, continuation-of,
    reissue-of, related-mark, …
    """

    kind: str
    office: str = ""
    number: str = ""
    date: str | None = None
    registration_number: str = ""
    registration_date: str | None = None


class Priority(Struct, frozen=True, omit_defaults=True):
    """A claimed priority. INID (300): (310) number, (320) date, (330) country. `classes` empty = all.

    `kind` is `convention` or `exhibition` (INID 230), of a patent also national, regional, international."""

    country: str = ""
    number: str = ""
    date: str | None = None
    kind: str = "convention"
    classes: tuple[int, ...] = ()
    texts: tuple[Text, ...] = ()


class Publication(Struct, frozen=True, omit_defaults=True, gc=False):
    """A publication, INID (440) and (450). `kind`: application, accepted, registration, renewal,
    correction, and of patents those of codes/publication_kinds; empty where the feed does not say what was
    published. `identifier` is the number of the document or of the gazette."""

    identifier: str = ""
    date: str | None = None
    section: str = ""
    page: str = ""
    kind: str = ""


class Designation(Struct, frozen=True, omit_defaults=True):
    """A country designated in an international registration, INID (811), (832), (833), (834).

    `under`: `Protocol`, `Agreement`, or the office's word. `state` is a code: designated, pending,
    refused, partially-refused, granted, limited, renounced, ended; empty where not told. `country` is empty
    where the office gave none that can be read."""

    country: str = ""
    under: str = ""
    date: str | None = None
    expiry_date: str | None = None
    state: str = ""
    classes: tuple[int, ...] = ()


class Right(Struct, frozen=True, omit_defaults=True, kw_only=True, tag_field="right"):
    """What every kind of right has, as one office holds it. INID codes in brackets.

    Dates are ISO 8601 (`YYYY-MM-DD`; may be `YYYY-MM` or `YYYY`), always valid calendar dates;
    what is none stands in `kept`. `subtype` tells kinds of one right apart (see each right).
    """

    office: str  # (190) ST.3
    subtype: str = ""
    transaction: Transaction | None = None
    identifier: str = ""  # the office's internal record number
    receiving_office: str = ""
    receiving_date: str | None = None
    filing_place: str = ""
    file_reference: str = ""
    application_number: str = ""  # (210), (21)
    application_date: str | None = None  # (220), (22)
    registration_number: str = ""  # (111), (11); of a patent the number of the grant
    registration_date: str | None = None  # (151), (15); of a patent the day of the grant
    international_number: str = ""  # number of the international registration this record carries
    expiry_date: str | None = None  # (180), (18)
    termination_date: str | None = None
    duration_years: int | None = None
    application_language: str = ""  # (26)
    second_language: str = ""
    office_status: str = ""
    status_date: str | None = None
    opposition_start: str | None = None
    opposition_end: str | None = None
    priorities: tuple[Priority, ...] = ()
    publications: tuple[Publication, ...] = ()
    references: tuple[Reference, ...] = ()
    designations: tuple[Designation, ...] = ()
    applicants: tuple[Party, ...] = ()  # (730), (71)
    holders: tuple[Party, ...] = ()  # (732), (73)
    representatives: tuple[Party, ...] = ()  # (740), (74)
    correspondents: tuple[Party, ...] = ()  # (750)
    events: tuple[Event, ...] = ()
    recordals: tuple[Recordal, ...] = ()
    notes: tuple[Text, ...] = ()
    deleted: bool = False  # the office asks for deletion; the register makes a tombstone
    kept: tuple[Kept, ...] = ()
    extra: tuple[Extra, ...] = ()
