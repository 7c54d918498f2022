"""The reader of one patent document: WIPO ST.36, national variants of it, EPO exchange documents and families."""

from collections.abc import Sequence

import msgspec

from ipregister.exchange.amended import ABSENT, KINDS, Amendment, amend
from ipregister.exchange.st36.bibliography import BIBLIOGRAPHY, PRIORITY
from ipregister.exchange.st36.legal import LEGAL
from ipregister.exchange.st36.numbers import APPLICATION, publication, set_office
from ipregister.exchange.st36.parties import settle
from ipregister.exchange.st36.sheet import PatentSheet
from ipregister.exchange.st36.tags import TAGS, words_of
from ipregister.exchange.st36.texts import TEXTS
from ipregister.exchange.xml.setters import day, noted, remark, spoken, text
from ipregister.exchange.xml.shapes import NotingSheet, Place, Set, Shape, name_of
from ipregister.exchange.xml.sheet import Plain, TooDeep
from ipregister.exchange.xml.slices import MAX_BYTES, Parsed, parse
from ipregister.exchange.xml.walking import Element, Rule
from ipregister.model.evidence import Reading
from ipregister.model.offices import Office

_UTILITY = frozenset("UYZ")
"""First letters of kinds of documents for utility models (WIPO ST.16)."""


def _office(sheet: NotingSheet, raw: str, position: Place, draft: Plain, pointer: str) -> None:
    set_office(sheet, raw, position)


def _of_document(set_value: Set) -> Set:
    """What an attribute of the root says of the document, the first of the publications."""

    def set_inside(sheet: NotingSheet, raw: str, position: Place, draft: Plain, pointer: str) -> None:
        entries = sheet.record.setdefault("publications", [])
        if not entries:
            entries.append({})
        set_value(sheet, raw, position, entries[0], "/publications/0")

    return set_inside


def _family(set_value: Set) -> Set:
    def set_inside(sheet: NotingSheet, raw: str, position: Place, draft: Plain, pointer: str) -> None:
        entries = sheet.record.setdefault("family", [])
        if not entries:
            entries.append({})
        set_value(sheet, raw, position, entries[0], "/family/0")

    return set_inside


def _later(sheet: NotingSheet, raw: str, position: Place, draft: Plain, pointer: str) -> None:
    """What the root says of the number, kind and date is compared with what the document itself says."""
    draft.setdefault("_later", []).append((str(position).rpartition("@")[2], raw, position))


_ROOT: dict[str, Set] = {
    "lang": spoken,
    "country": _office,
    "doc-number": _later,
    "kind": _later,
    "kind-of-st16": _later,
    "kind-of-jp": _later,
    "date-publ": _later,
    "date-publication": _later,
    "status": _of_document(text("status")),
    "file": remark("file"),
    "family-id": _family(text("family")),
    "is-representative": _family(text("representative")),
    "file-reference-id": noted,
    "date-of-last-exchange": noted,
    "date-added-docdb": noted,
    "originating-office": noted,
    "correction": noted,
}
_FIELDS = {
    "docnumber": ("identifier", text), "kind": ("kind_code", text), "kindofst16": ("kind_code", text),
    "kindofjp": ("kind_code", text), "datepubl": ("date", day), "datepublication": ("date", day),
}  # fmt: skip


def _leave(sheet: NotingSheet, draft: Plain, pointer: str, inner: Plain, place: str) -> None:
    entries = sheet.record.setdefault("publications", [])
    if not entries:
        entries.append({})
    later = inner.pop("_later", ())
    if any(name_of(name) == "kindofst16" for name, _, _ in later) and "kind_code" in entries[0]:
        entries[0]["word"] = entries[0].pop("kind_code")
        sheet.evidence["/publications/0/word"] = sheet.evidence.pop("/publications/0/kind_code")
    for name, raw, position in later:
        field, setter = _FIELDS[name_of(name)]
        setter(field)(sheet, raw, position, entries[0], "/publications/0")
    if not any(entries):
        del sheet.record["publications"]


class _Own(Shape):
    """Data of an office's own: the amendments of a document of ours; others are not known."""

    __slots__ = ()

    def _inside(self, sheet: NotingSheet, element: Element, position: int, inner: Plain, place: str) -> int:
        for child in element:
            position += 1
            kind, pointer = name_of(str(child.tag)), child.get("id", "")
            known = isinstance(sheet, PatentSheet) and sheet.amending and kind in KINDS and pointer[:1] == "/"
            if not known or len(child) or not isinstance(sheet, PatentSheet):
                position = sheet.unknown(child, position)
                continue
            value = child.text or ""
            beside: tuple[Place, ...] = (f"{position}@id",)
            if kind == ABSENT and value.strip():
                beside = (*beside, position)
            sheet.amendments.append(Amendment(kind, pointer, value, position, beside))
        return position


_DATA: dict[str, Rule] = {
    "bibliographic-data": Shape(
        {**BIBLIOGRAPHY, "office-specific-bib-data": _Own()},
        {"lang": spoken, "country": _office, "status": noted},
    ),
    "us-bibliographic-data-application": Shape(BIBLIOGRAPHY, {"lang": spoken, "country": _office}),
    "us-bibliographic-data-grant": Shape(BIBLIOGRAPHY, {"lang": spoken, "country": _office}),
    "SDOBI": Shape(TAGS, {"lang": spoken}),
    **TEXTS,
    "legal": LEGAL,
}
_DOCUMENT = Shape(_DATA, _ROOT, leave=_leave)
_DOCUMENT.rules["applicationbody"] = Shape(TEXTS, {"lang": spoken, "country": noted})
_DOCUMENT.rules["exchangedocument"] = _DOCUMENT


def _application(
    sheet: NotingSheet, element: Element, position: int, draft: Plain, pointer: str
) -> tuple[Plain, str]:
    return sheet.record, ""


_MEMBER = Shape(
    {
        "publication-reference": publication(),
        "application-reference": Shape(
            {"document-id": APPLICATION},
            {"doc-id": text("identifier"), "is-representative": _family(text("representative"))},
        ),
        "priority-claim": PRIORITY,
        "legal": LEGAL,
        "exchange-document": _DOCUMENT,
    },
    _ROOT,
    enter=_application,
    leave=_leave,
)


class _One(Shape):
    """An element around one record; more than one is refused."""

    __slots__ = ()

    def _inside(self, sheet: NotingSheet, element: Element, position: int, inner: Plain, place: str) -> int:
        for child in element:
            name = name_of(str(child.tag))
            if name in _RECORDS:
                if "_seen" in sheet.told:
                    raise SeveralRecords
                sheet.told.add("_seen")
        return super()._inside(sheet, element, position, inner, place)


class SeveralRecords(Exception):
    """A document holds more than one record."""


RECORDS = (
    "patent-document", "ep-patent-document", "cn-patent-document", "PatentDocumentAndRelated", "jp-official-gazette",
    "us-patent-application", "us-patent-grant", "wo-patent-document", "patent-application-publication",
    "patent-publication", "kr-patent-document", "family-member", "exchange-document", "fulltext-document",
)  # fmt: skip
"""Elements that are one record each."""

_RECORDS = frozenset(map(name_of, RECORDS)) - {"patentdocument"} | {"patentdocument"}
_AROUND = _One({"family-member": _MEMBER, "exchange-document": _DOCUMENT, "fulltext-document": _DOCUMENT},
               {"legal": noted, "total-result-count": noted})  # fmt: skip
_AROUND.rules["patentdocument"] = _DOCUMENT
_AROUND.rules["exchangedocuments"] = _AROUND.rules["fulltextdocuments"] = _AROUND.rules["patentfamily"] = (
    _AROUND
)
_AROUND.rules["publicationreference"] = Shape({"document-id": Shape()})
_AROUND.rules["meta"] = Shape({}, {"name": noted, "value": noted})

ROOTS: dict[str, Rule] = {
    **dict.fromkeys(_RECORDS, _DOCUMENT),
    "familymember": _MEMBER,
    "worldpatentdata": _AROUND,
    "exchangedocuments": _AROUND,
    "fulltextdocuments": _AROUND,
    "patentdocuments": _AROUND,
}
_BAGS = frozenset({"worldpatentdata", "exchangedocuments", "fulltextdocuments", "patentdocuments"})
"""Elements that may be the root of a record."""


def read(raw: bytes, office: Office, limit: int = MAX_BYTES) -> Reading:
    """The record of one patent document with its evidence; never raises for bad input."""
    parsed = parse(raw, office.encodings, limit, named_type=True)
    if parsed.root is None:
        return parsed.refused()
    name = name_of(str(parsed.root.tag))
    if name not in ROOTS:
        return parsed.refused("not-a-record", f"root element {name}")
    try:
        return _read(parsed, office, amending=True)
    except TooDeep:
        return parsed.refused("too-deep")
    except SeveralRecords:
        return parsed.refused("several-records")
    except msgspec.ValidationError:  # what is carried makes no record: it goes beside the record instead
        return _read(parsed, office, amending=False)


def _read(parsed: Parsed, office: Office, *, amending: bool) -> Reading:
    sheet = PatentSheet(office, amending=amending)
    root = parsed.root
    if root is None:
        return parsed.refused()
    name = name_of(str(root.tag))
    ROOTS[name](sheet, root, 0, sheet.record, "")
    if name in _BAGS and "_seen" not in sheet.told:
        return parsed.refused("not-a-record", "no patent document")
    return finished(sheet, parsed, office, sheet.amendments)


def finished(
    sheet: NotingSheet, parsed: Parsed, office: Office, amendments: Sequence[Amendment] = ()
) -> Reading:
    """The reading of a filled sheet: the kind of right, the number of the grant, what a document of ours puts right,
    languages nobody spoke. Raises `msgspec.ValidationError` for amendments that make no record."""
    settle(sheet)
    words_of(sheet)
    _newest(sheet, office)
    _amend(sheet, amendments)
    evident = {str(one[0] if isinstance(one, tuple) else one) for one in sheet.evidence.values()}
    sheet.used.extend(place for place in sheet.languages if str(place) not in evident)
    status = sheet.record.get("office_status")
    if status and office.word(f"{sheet.record['right']}/statuses", status) is None:
        sheet.find("unknown-status", "/office_status", status)
    told = any("identifier" in one for one in sheet.record.get("publications", ()))
    return msgspec.structs.replace(sheet.done(parsed), part="publication" if told else "")


def _amend(sheet: NotingSheet, amendments: Sequence[Amendment]) -> None:
    if not amendments:
        return
    sheet.record["kept"], sheet.record["extra"] = sheet.kept, sheet.extra
    for one in amend(sheet, amendments):
        sheet.used.extend(one.beside)
        if one.value.strip():
            sheet.spare(one.pointer, one.value, one.position)
    sheet.kept = sheet.record.pop("kept", [])
    sheet.extra = sheet.record.pop("extra", [])


def _newest(sheet: NotingSheet, office: Office) -> None:
    """What the document's kind says: utility model or patent, application or grant."""
    record = sheet.record
    publications = record.get("publications", [])
    for index, one in enumerate(publications):
        one.pop("_numbered", None)
        code, place = one.get("kind_code", ""), f"/publications/{index}"
        origin = sheet.evidence.get(f"{place}/kind_code")
        kind = office.word("patent/kinds", code) if code else None
        if kind and "kind" not in one and origin is not None:
            one["kind"] = kind
            sheet.evidence[f"{place}/kind"] = _with(origin, "word:patent/kinds")
    newest = publications[0] if publications else {}
    code = newest.get("kind_code", "")
    if code[:1] in _UTILITY and code:
        record["right"] = "utility-model"
    if code and "kind_code" not in record:
        record["kind_code"] = code
        sheet.evidence["/kind_code"] = sheet.evidence["/publications/0/kind_code"]
    if newest.get("kind") == "grant":
        _granted(sheet, newest)


def _granted(sheet: NotingSheet, newest: Plain) -> None:
    """A document of a grant tells its number and day."""
    for field, name in (("registration_number", "identifier"), ("registration_date", "date")):
        if name in newest and field not in sheet.record and len(str(newest[name])) > 4:
            sheet.record[field] = newest[name]
            sheet.evidence[f"/{field}"] = sheet.evidence[f"/publications/0/{name}"]


def _with(origin: object, code: str) -> tuple[int | str, ...]:
    return (*origin, code) if isinstance(origin, tuple) else (origin, code)  # type: ignore[return-value]  # an origin is a place
