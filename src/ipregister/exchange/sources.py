"""The one table of shapes in which records come in, and telling a document's shape by its elements."""

import re
from collections.abc import Callable
from typing import Literal

from msgspec import Struct

from ipregister.exchange import eambrosia, st36, st86, st96, uspto
from ipregister.exchange.json import records
from ipregister.exchange.st66 import reader as st66
from ipregister.exchange.st96 import design
from ipregister.exchange.st96 import indication as st96_indication
from ipregister.exchange.st96 import patent as st96_patent
from ipregister.exchange.st96.design import hague
from ipregister.model.evidence import Reading
from ipregister.model.offices import Office
from ipregister.model.record import RIGHTS

Reader = Callable[[bytes, Office], Reading]

_TAG = re.compile(rb"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)[\s/>]")
_MEMBER = re.compile(rb"\"([A-Za-z_@$][\w.@$:-]*)\"\s*:")
_HEAD, _FIRST, _WIDE = 1 << 16, 64, 4
"""As far as a document type may reach before the first element; where its first sign is looked for, and zeros of UTF-16."""
_BLANK = b"\xef\xbb\xbf\xff\xfe \t\r\n"


class Source(Struct, frozen=True):
    """A shape: its name and standard, the rights it carries, the elements that tell it, those that are a record.

    `signs` are local names of elements near the beginning of a document that no other shape has there;
    `records` are local names of the elements that are one record each in a file of many, none where a file is
    always one record; `read` makes a reading of one record's bytes and never raises for bad input.

    Of JSON (`form`), `signs` are names of members, and `records` names of the arrays that hold the records; none
    where the document itself is the array, or lines of JSON."""

    name: str
    standard: str
    rights: tuple[str, ...]
    signs: tuple[str, ...]
    records: tuple[str, ...]
    read: Reader
    form: Literal["xml", "json"] = "xml"


SOURCES: tuple[Source, ...] = (
    Source(
        "st66",
        "WIPO ST.66 with the wo: extension of IPAS; Madrid",
        ("trademark", "indication"),
        ("TradeMarkTransactionBody", "TradeMarkApplication", "TradeMark"),
        ("TransactionContentDetails",),
        st66.read,
    ),
    Source(
        "st86",
        "WIPO ST.86 with the wo: extension of IPAS",
        ("design",),
        ("DesignApplicationDetails", "DesignApplicationNumber", "DesignApplicationDate", "DesignDetails"),
        ("TransactionContentDetails",),
        st86.read,
    ),
    Source(
        "st96-design",
        "WIPO ST.96 V6 to V9, designs",
        ("design",),
        ("DesignTransaction", "DesignApplicationBag", "DesignBag"),
        ("DesignApplication",),
        design.read,
    ),
    Source(
        "hague",
        "WIPO ST.96, international registrations of designs (Hague Express, International Bureau to office)",
        ("design",),
        ("HagueIBToOfficeTransaction", *hague.RECORDS),
        hague.RECORDS,
        hague.read,
    ),
    Source(
        "st96",
        "WIPO ST.96 V6 to V9, trademarks",
        ("trademark",),
        (
            "TrademarkApplication",
            "TrademarkBag",
            "TrademarkTransactionBody",
            "TrademarkTransaction",
            "Trademark",
        ),
        ("Trademark",),
        st96.read,
    ),
    Source(
        "st96-indication",
        "WIPO ST.96 V6 to V9, geographical indications; entries of the Lisbon register in the same form",
        ("indication",),
        ("GIApplication", "GIApplicationBag", "GITransaction", "GITransactionBody", "GIData"),
        ("GITransactionBody", "GIApplication"),
        st96_indication.read,
    ),
    Source(
        "st96-patent",
        "WIPO ST.96 V6 to V9, patents and utility models",
        ("patent", "utility-model"),
        ("PatentPublication", "PatentPublicationBag", "BibliographicData"),
        ("PatentPublication",),
        st96_patent.read,
    ),
    Source(
        "st36",
        "WIPO ST.36 and national forms of it; EPO exchange documents, families, legal events",
        ("patent", "utility-model"),
        (*st36.RECORDS, "world-patent-data", "exchange-documents", "fulltext-documents", "patent-documents"),
        st36.RECORDS,
        st36.read,
    ),
    Source(
        "uspto",
        "USPTO trademark applications daily XML V2.0",
        ("trademark",),
        ("trademark-applications-daily", "case-file"),
        ("case-file",),
        uspto.read,
    ),
    Source(
        "eambrosia",
        "European Union, list of geographical indications (JSON)",
        ("indication",),
        ("EA_FileNumber", "DEF_OriginalOrder"),
        (),
        eambrosia.read,
        "json",
    ),
    Source(
        "jsonl",
        "records of ipregister, JSON lines",
        tuple(RIGHTS),
        ("data_day", "application_number", "registration_number"),
        (),
        records.read,
        "json",
    ),
)
"""Every shape that needs no adapter of its own office, in the order in which a document is compared with them."""


def source_named(name: str) -> Source | None:
    """The shape of that name, or None."""
    return _BY_NAME.get(name)


def recognise(head: bytes, own: frozenset[bytes] = frozenset()) -> Source | None:
    """The shape of a document by the first of its elements that tells one; None where none does, or where an
    element of `own` (a shape that is not in the table) comes first."""
    return recognised(head, own)[0]


def recognised(head: bytes, own: frozenset[bytes] = frozenset()) -> tuple[Source | None, int]:
    """The same, with how far a document must be the same to tell the same; 0 where that is not known."""
    form = form_of(head)
    names, signs = (_MEMBER, _JSON_SIGNS) if form == "json" else (_TAG, _XML_SIGNS)
    wide = b"\0" in head[:_WIDE]
    if wide:
        head = head[:_HEAD].replace(b"\0", b"")  # UTF-16: names of elements are ASCII letters
    for found in names.finditer(head, 0, _HEAD):
        source = None if found[1] in own else signs.get(found[1])
        if source is not None or found[1] in own:
            return source, 0 if wide else max(found.end(), _WIDE)
    return None, 0


def form_of(head: bytes) -> str:
    """Whether a document that begins so is `json` or `xml`."""
    return "json" if head[:_FIRST].replace(b"\0", b"").lstrip(_BLANK)[:1] in (b"{", b"[") else "xml"


def _by_sign(form: str) -> dict[bytes, Source]:
    return {sign.encode(): source for source in SOURCES if source.form == form for sign in source.signs}


_BY_NAME = {one.name: one for one in SOURCES}
_XML_SIGNS, _JSON_SIGNS = _by_sign("xml"), _by_sign("json")
