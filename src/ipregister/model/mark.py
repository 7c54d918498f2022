"""The trademark record: every field of the office feeds that the register carries."""

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
    renewal-of, seniority, …
    """

    kind: str
    office: str = ""
    number: str = ""
    date: str | None = None
    registration_number: str = ""
    registration_date: str | None = None


class Priority(Struct, frozen=True, omit_defaults=True):
    """A claimed priority. INID (300): (310) number, (320) date, (330) country. `classes` empty = all.

    `kind` is `convention` or `exhibition` (INID 230)."""

    country: str = ""
    number: str = ""
    date: str | None = None
    kind: str = "convention"
    classes: tuple[int, ...] = ()
    texts: tuple[Text, ...] = ()


class Publication(Struct, frozen=True, omit_defaults=True, gc=False):
    """A publication, INID (440) and (450). `kind`: application, accepted, registration, renewal,
    correction; empty where the feed does not say what was published."""

    identifier: str = ""
    date: str | None = None
    section: str = ""
    page: str = ""
    kind: str = ""


class Goods(Struct, frozen=True, omit_defaults=True):
    """Goods and services of one class block, INID (511), as delivered: blocks are never merged.

    `class_number` is 1-45 for Nice (also a national class 46-50 with `scheme="national"`), None where the
    office gave none that can be read. Terms are derived from `texts`, never stored.
    """

    class_number: int | None = None
    texts: tuple[Text, ...] = ()
    scheme: str = "nice"
    status: str = ""


class Image(Struct, frozen=True, omit_defaults=True):
    """A picture of the mark, INID (540), (591), (531)."""

    filename: str = ""
    format: str = ""
    colour: str = ""
    colour_mode: str = ""
    colour_claims: tuple[Text, ...] = ()
    colour_codes: tuple[str, ...] = ()
    descriptions: tuple[Text, ...] = ()
    vienna_kind: str = ""
    vienna_version: str = ""
    vienna: tuple[str, ...] = ()
    vienna_texts: tuple[Text, ...] = ()
    data: str = ""


class Media(Struct, frozen=True, omit_defaults=True, gc=False):
    """A sound, video or model file of the mark."""

    kind: str
    filename: str = ""
    format: str = ""


class Mark(Struct, frozen=True, omit_defaults=True):
    """The sign itself, INID (540) to (591).

    `feature` is a code of `model/codes/mark_features.csv`; `feature_word` is the office's word where it
    is not mapped.
    """

    feature: str = ""
    verbal: tuple[Text, ...] = ()
    significant: tuple[Text, ...] = ()
    translations: tuple[Text, ...] = ()
    transliterations: tuple[Text, ...] = ()
    descriptions: tuple[Text, ...] = ()
    disclaimers: tuple[Text, ...] = ()
    conditions: tuple[Text, ...] = ()
    colour: str = ""
    images: tuple[Image, ...] = ()
    media: tuple[Media, ...] = ()
    flags: tuple[str, ...] = ()


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


class Trademark(Struct, frozen=True, omit_defaults=True, kw_only=True, tag_field="right", tag="trademark"):
    """One trademark application or registration as one office holds it. INID codes in brackets.

    Dates are ISO 8601 (`YYYY-MM-DD`; may be `YYYY-MM` or `YYYY`), always valid calendar dates;
    what is none stands in `kept`. `subtype`: TRADEMARK, GI, AO, EMBLEM, SLOGAN, INN.
    """

    office: str  # (190) ST.3
    subtype: str = "TRADEMARK"
    kinds: tuple[str, ...] = ()  # (550) Individual, Collective, Certificate, Defensive, …
    transaction: Transaction | None = None
    identifier: str = ""  # the office's internal record number
    receiving_office: str = ""
    receiving_date: str | None = None
    filing_place: str = ""
    file_reference: str = ""
    application_number: str = ""  # (210)
    application_date: str | None = None  # (220)
    registration_number: str = ""  # (111)
    registration_date: str | None = None  # (151)
    international_number: str = ""  # Madrid registration number this record carries
    expiry_date: str | None = None  # (180)
    termination_date: str | None = None
    duration_years: int | None = None
    application_language: str = ""
    second_language: str = ""
    office_status: str = ""
    status_date: str | None = None
    opposition_start: str | None = None
    opposition_end: str | None = None
    mark: Mark = Mark()
    goods: tuple[Goods, ...] = ()
    goods_version: str = ""
    goods_unclassified: tuple[Text, ...] = ()
    priorities: tuple[Priority, ...] = ()
    publications: tuple[Publication, ...] = ()
    references: tuple[Reference, ...] = ()
    designations: tuple[Designation, ...] = ()
    applicants: tuple[Party, ...] = ()
    holders: tuple[Party, ...] = ()
    representatives: tuple[Party, ...] = ()
    correspondents: tuple[Party, ...] = ()
    events: tuple[Event, ...] = ()
    recordals: tuple[Recordal, ...] = ()
    notes: tuple[Text, ...] = ()
    deleted: bool = False  # the office asks for deletion; the register makes a tombstone
    kept: tuple[Kept, ...] = ()
    extra: tuple[Extra, ...] = ()
