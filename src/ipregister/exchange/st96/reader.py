"""The reader of one ST.96 trademark, V6 to V9: elements are known by their local names, whatever their namespace.

One walk over the tree by the tables; then the values that a document of ours carries beside them.
"""

import msgspec
from lxml import etree

from ipregister.exchange.st96.basics import BASIC
from ipregister.exchange.st96.carried import DOCUMENTS, CarryingSheet, restore, spare_document, use
from ipregister.exchange.st96.claims import (
    DESIGNATIONS,
    EXHIBITIONS,
    PRIORITIES,
    PUBLICATIONS,
)
from ipregister.exchange.st96.goods import GOODS
from ipregister.exchange.st96.history import MARK_EVENTS, OPPOSITIONS, RECORDS
from ipregister.exchange.st96.marks import MARK
from ipregister.exchange.st96.parties import PARTY, parties, party
from ipregister.exchange.st96.references import (
    ASSOCIATED,
    CONVERSION,
    DIVISION,
    PREVIOUS,
    SENIORITIES,
)
from ipregister.exchange.xml.rules import (
    Container,
    Element,
    Rule,
    country,
    date,
    each,
    group,
    inside,
    leaf,
    lines,
    single,
    table,
    text,
)
from ipregister.exchange.xml.sheet import MARKUP, Plain, Sheet, TooDeep
from ipregister.exchange.xml.slices import MAX_BYTES, Parsed, local_name, parse
from ipregister.exchange.xml.walking import sweep
from ipregister.model.evidence import Reading
from ipregister.model.offices import Office
from ipregister.model.repairs import MARK_CATEGORIES


def _set_office(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    code = raw.strip()
    if code != sheet.office.code:
        reason = "placeholder" if code in sheet.placeholders else "unknown-code"
        sheet.keep("/office", raw, reason, position)
    elif "/office" in sheet.evidence:
        use(sheet, position)
    else:
        sheet.evidence["/office"] = position if raw == code else (position, "trim")


_OFFICE = leaf(_set_office)


def _set_kind(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    """The category of the mark: one of the standard's, or a word of the office's own table."""
    kinds: list[str] = draft.setdefault("kinds", [])
    place = f"/kinds/{len(kinds)}"
    ours = MARK_CATEGORIES.get(raw.strip())
    if ours:
        kinds.append(ours)
        sheet.evidence[place] = (position, f"coded:{ours}")
        return
    holder: Plain = {}
    if sheet.put_word(holder, "/kinds", str(len(kinds)), raw, position, table="kinds"):
        kinds.extend(holder.values())
        return
    if not kinds:
        del draft["kinds"]
    plain = raw.strip() in ("Mark", "Trademark", "Service mark")
    sheet.keep(place, raw, "unknown-code", position, "" if plain else "unknown-kind")


def _language(field: str) -> Rule:
    def set_value(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
        tags = sheet.office.language_tags.get(raw.strip().lower(), ())
        tag = tags[0] if tags else sheet.lookups.language(raw, raw)
        if tag is None:
            sheet.keep(f"/{field}", raw, "unknown-code", position, "unknown-language")
            return
        draft[field] = tag
        sheet.evidence[f"/{field}"] = position if tag == raw else (position, f"lang:{tag}")

    return single(field, set_value)


TRADEMARK: dict[str, Rule] = {
    **MARK,
    "RegistrationOfficeCode": _OFFICE,
    "ReceivingOfficeCode": country("receiving_office"),
    "ReceivingOfficeDate": date("receiving_date"),
    "ApplicationNumber": group(
        {
            "IPOfficeCode": _OFFICE,
            "ApplicationNumberText": text("application_number"),
            "ST13ApplicationNumber": text("application_number"),
        }
    ),
    "RegistrationNumber": text("registration_number"),
    "ApplicationDate": date("application_date"),
    "ApplicationDateTime": date("application_date"),
    "RegistrationDate": date("registration_date"),
    "FilingPlace": text("filing_place"),
    "ApplicantFileReference": text("file_reference"),
    "ApplicationLanguageCode": _language("application_language"),
    "SecondLanguageCode": _language("second_language"),
    "ExpiryDate": date("expiry_date"),
    "TerminationDate": date("termination_date"),
    "MarkCurrentStatusCode": text("office_status"),
    "MarkCurrentStatusDate": date("status_date"),
    "DesignatedCountryBag": DESIGNATIONS,
    "PreviousRegistrationBag": PREVIOUS,
    "AssociatedMarkBag": ASSOCIATED,
    "DivisionalApplicationBag": DIVISION,
    "ConversionApplicationBag": CONVERSION,
    "BasicRegistrationApplicationBag": BASIC,
    "InternationalMarkIdentifierBag": group({"InternationalMarkIdentifier": text("international_number")}),
    "MarkCategory": leaf(_set_kind),
    "CommentText": lines("notes"),
    "OppositionPeriodStartDate": date("opposition_start"),
    "OppositionPeriodEndDate": date("opposition_end"),
    "GoodsServicesBag": GOODS,
    "PriorityBag": PRIORITIES,
    "ExhibitionPriorityBag": EXHIBITIONS,
    "SeniorityBag": SENIORITIES,
    "PublicationBag": PUBLICATIONS,
    "ApplicantBag": parties("applicants", "Applicant", holders="holders"),
    "HolderBag": parties("holders", "Holder"),
    "RepresentativeBag": parties("representatives", "Representative"),
    "NationalCorrespondent": party("correspondents"),
    "CorrespondenceAddress": each("correspondents", PARTY),
    "OppositionBag": OPPOSITIONS,
    "MarkRecordBag": RECORDS,
    "MarkEventBag": MARK_EVENTS,
    "TrademarkDocumentBag": DOCUMENTS,
}
"""Where each element of a trademark goes."""


class _Several(Exception):
    """A document holds more than one trademark."""


def _only(sheet: Sheet, draft: Plain) -> bool:
    if draft.get("_seen"):
        raise _Several
    draft["_seen"] = True
    return True


def _enter_mark(
    sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str
) -> tuple[Plain, str]:
    operation = element.get("operationCategory")
    taken = []
    if operation is not None:
        sheet.taken += 1
        taken.append("operationCategory")
        if operation and not operation.isspace():
            header = draft.setdefault("transaction", {})
            sheet.put(header, "/transaction", "operation", operation, f"{position}@operationCategory")
            if operation == "Delete":
                draft["deleted"] = True
                sheet.evidence["/deleted"] = (f"{position}@operationCategory", "deletion")
    _version(sheet, element, position, taken)
    return draft, pointer


def _version(sheet: Sheet, element: Element, position: int, taken: list[str]) -> None:
    """The version says how to read the file."""
    for name in ("st96Version", "ipoVersion"):
        if element.get(name) is not None:
            sheet.taken += 1
            taken.append(name)
            use(sheet, f"{position}@{name}")
    sheet.taken_attributes = tuple(taken)


def _enter_root(
    sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str
) -> tuple[Plain, str]:
    _version(sheet, element, position, [])
    return draft, pointer


_MARK = Container(TRADEMARK, _enter_mark, guard=_only)
_BAG = Container({"Trademark": _MARK}, _enter_root)
_APPLICATION = Container({"TrademarkBag": _BAG}, _enter_root)
_CONTENT = group(
    {
        "TransactionIdentifier": inside("transaction", text("identifier")),
        "TransactionCode": inside("transaction", text("code")),
        "TransactionCategory": inside("transaction", text("code")),
        "TransactionSubCode": inside("transaction", text("sub_code")),
        "TransactionSubCategory": inside("transaction", text("sub_code")),
        "TransactionData": group(
            {"TrademarkApplication": _APPLICATION, "TrademarkBag": _BAG, "Trademark": _MARK}
        ),
    }
)
_BODY = Container({"TransactionContentBag": _CONTENT}, _enter_root)

ROOTS = table(
    {
        "TrademarkTransaction": Container({"TrademarkTransactionBody": _BODY}, _enter_root),
        "TrademarkTransactionBody": _BODY,
        "TransactionContentBag": _CONTENT,
        "TrademarkApplication": _APPLICATION,
        "TrademarkBag": _BAG,
        "Trademark": _MARK,
    }
)
"""Elements that may be the root of a record."""


def _bare(root: etree._Element) -> None:
    """Take the namespaces off all names: every version and office has its own."""
    for element in root.iter():
        tag = str(element.tag)
        if "}" in tag:
            element.tag = local_name(tag)
        for full, value in element.items():
            name = str(full)
            if name[0] == "{" and not name.startswith(MARKUP):
                del element.attrib[name]
                element.set(local_name(name), value)


def read(raw: bytes, office: Office, limit: int = MAX_BYTES) -> Reading:
    """The record of one ST.96 trademark document with its evidence; never raises for bad input."""
    parsed = parse(raw, office.encodings, limit, quick=True)
    if parsed.root is None:
        return parsed.refused()
    _bare(parsed.root)
    tag = str(parsed.root.tag)
    if tag not in ROOTS:
        return parsed.refused("not-a-record", f"root element {tag}")
    try:
        sheet = _filled(parsed, office)
    except TooDeep:
        return parsed.refused("too-deep")
    except _Several:
        return parsed.refused("several-records")
    if not sheet.record.pop("_seen", False):
        return parsed.refused("not-a-record", "no Trademark")
    return _finished(sheet, parsed, office)


def _filled(parsed: Parsed, office: Office) -> CarryingSheet:
    """A sheet with everything of a tree: by the sweep, or with care where the sweep is in doubt."""
    root = parsed.root
    sheet = CarryingSheet(office)
    if root is None:
        return sheet
    if not parsed.blanks and sweep(sheet, root, ROOTS):
        return sheet
    sheet = CarryingSheet(office)
    ROOTS[str(root.tag)](sheet, root, 0, sheet.record, "")
    return sheet


def _finished(sheet: CarryingSheet, parsed: Parsed, office: Office) -> Reading:
    if not sheet.carried:
        return _done(sheet, parsed)
    sheet.record["kept"], sheet.record["extra"] = sheet.kept, sheet.extra
    try:
        restore(sheet)
        return _done(sheet, parsed)
    except msgspec.ValidationError:  # what is carried makes no record: it goes beside the record instead
        plain = _filled(parsed, office)
        plain.record.pop("_seen", None)
        for one in plain.carried:
            spare_document(plain, one)
        return _done(plain, parsed)


def _done(sheet: CarryingSheet, parsed: Parsed) -> Reading:
    status = sheet.record.get("office_status")
    if status and sheet.lookups.word("statuses", status) is None:
        sheet.find("unknown-status", "/office_status", status)
    return msgspec.structs.replace(sheet.done(parsed), used=tuple(sheet.used))
