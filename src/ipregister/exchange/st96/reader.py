"""The reader of one ST.96 trademark, V6 to V9: elements are known by their local names, whatever their namespace.

One walk over the tree by the tables; then the values that a document of ours carries beside them.
"""

from ipregister.exchange.st96.basics import BASIC
from ipregister.exchange.st96.carried import CarryingSheet, documents, use
from ipregister.exchange.st96.claims import (
    DESIGNATIONS,
    EXHIBITIONS,
    PRIORITIES,
    PUBLICATIONS,
)
from ipregister.exchange.st96.documents import Shape, enter_root, only_one, read_document, take_version
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
    table,
    text,
)
from ipregister.exchange.xml.sheet import Plain, Sheet
from ipregister.exchange.xml.slices import MAX_BYTES
from ipregister.exchange.xml.transactions import language
from ipregister.model.evidence import Reading
from ipregister.model.offices import Office
from ipregister.model.standard_words import MARK_CATEGORIES


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
    "ApplicationLanguageCode": language("application_language"),
    "SecondLanguageCode": language("second_language"),
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
    "TrademarkDocumentBag": documents("TrademarkDocument"),
}
"""Where each element of a trademark goes."""


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
    take_version(sheet, element, position, taken)
    return draft, pointer


_MARK = Container(TRADEMARK, _enter_mark, guard=only_one)
_BAG = Container({"Trademark": _MARK}, enter_root)
_APPLICATION = Container({"TrademarkBag": _BAG}, enter_root)
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
_BODY = Container({"TransactionContentBag": _CONTENT}, enter_root)

ROOTS = table(
    {
        "TrademarkTransaction": Container({"TrademarkTransactionBody": _BODY}, enter_root),
        "TrademarkTransactionBody": _BODY,
        "TransactionContentBag": _CONTENT,
        "TrademarkApplication": _APPLICATION,
        "TrademarkBag": _BAG,
        "Trademark": _MARK,
    }
)
"""Elements that may be the root of a record."""


def _finish(sheet: CarryingSheet) -> None:
    status = sheet.record.get("office_status")
    if status and sheet.lookups.word("statuses", status) is None:
        sheet.find("unknown-status", "/office_status", status)


_SHAPE = Shape("trademark", ROOTS, "Trademark", _finish)


def read(raw: bytes, office: Office, limit: int = MAX_BYTES) -> Reading:
    """The record of one ST.96 trademark document with its evidence; never raises for bad input."""
    return read_document(raw, office, _SHAPE, limit)
