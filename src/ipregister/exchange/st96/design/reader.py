"""The reader of one ST.96 design application, V6 to V9: elements are known by their local names.

One walk over the tree by the tables; then what follows from the whole; then what a document of ours puts right.
"""

from functools import partial

import msgspec

from ipregister.exchange.amending import put_right
from ipregister.exchange.st86.designs import count, enter_designs, period, set_deferment, set_sealed
from ipregister.exchange.st86.whole import finish
from ipregister.exchange.st96.carried import CarryingSheet, documents, use
from ipregister.exchange.st96.design import claims, shown
from ipregister.exchange.st96.design.parties import parties, party
from ipregister.exchange.st96.documents import Several, enter_root, only_one, take_version
from ipregister.exchange.xml.lifting import all_lifted, numbered
from ipregister.exchange.xml.rules import (
    Container,
    Element,
    Rule,
    country,
    date,
    each,
    flag,
    group,
    inside,
    leaf,
    lines,
    table,
    text,
)
from ipregister.exchange.xml.sheet import Plain, Sheet, TooDeep
from ipregister.exchange.xml.slices import MAX_BYTES, Parsed, parse
from ipregister.exchange.xml.transactions import language, set_office
from ipregister.exchange.xml.walking import bare, filled
from ipregister.model.evidence import Reading
from ipregister.model.offices import Office

FLAGS = {
    "PublicationKindDescription": "publication-kind",
    "PartialDesignIndicator": "partial-design",
    "ColourIndicator": "colour",
    "DesignerWaiverIndicator": "designer-waiver",
    "PublicationInColourIndicator": "publication-in-colour",
    "ImmediatePublicationIndicator": "immediate-publication",
    "DescriptionPublicationIndicator": "description-publication",
    "DesignOpenToLicensingIndicator": "open-to-licensing",
    "SpecimenTotalQuantity": "specimens",
    "RepresentationSheetTotalQuantity": "sheets",
    "ColourViewTotalQuantity": "colour-views",
    "BlackWhiteViewTotalQuantity": "black-white-views",
    "ViewTotalQuantity": "views",
}
"""Indicators and counts of a design, with the names under which a record has them."""

DESIGN: dict[str, Rule] = {
    **{tag: flag(name) for tag, name in FLAGS.items()},
    "DesignIdentifier": text("identifier"),
    "DesignReference": text("reference"),
    "DesignTitleText": numbered("titles"),
    "DesignDescriptionText": numbered("descriptions", collapse=False),
    "DesignDescriptionTextBag": group({"DesignDescriptionText": numbered("descriptions", collapse=False)}),
    "DesignClaim": claims.CLAIM,
    "NoveltyStatementText": numbered("novelty_statements", collapse=False),
    "PartialDisclaimerText": numbered("disclaimers", collapse=False),
    "DesignSpecimenBag": shown.SPECIMENS,
    "DesignRepresentationBag": shown.REPRESENTATIONS,
    "ViewBag": shown.VIEWS,
    "DesignClassificationBag": shown.CLASSES,
    "LocarnoClassificationBag": shown.LOCARNO,
    "ExhibitionPriorityBag": claims.EXHIBITIONS,
    "PatentIdentificationBag": claims.CITATIONS,
    "StaffBag": claims.STAFF,
    "ApplicantBag": parties("applicants", "Applicant"),
    "RepresentativeBag": parties("representatives", "Representative"),
    "DesignerBag": parties("designers", "Designer"),
    "ExceptionLackNoveltyDeclarationBag": claims.NOVELTY,
    "PrincipalDesignRelationBag": claims.PRINCIPAL,
    **all_lifted(
        {
            "RightEffectiveDate": date("effective_date"),
            "RegistrationNumber": text("registration_number"),
            "RegistrationDate": date("registration_date"),
            "ExpiryDate": date("expiry_date"),
            "DesignCurrentStatusCategory": text("office_status"),
            "DesignCurrentStatusDate": date("status_date"),
            "PublicationDefermentIndicator": leaf(set_deferment),
            "DefermentPeriod": period("periodCategory"),
            "PriorityBag": claims.PRIORITIES,
            "RelatedApplicationBag": claims.RELATED,
            "PublicationBag": claims.PUBLICATIONS,
            "DesignEventBag": claims.DESIGN_EVENTS,
            "OppositionBag": claims.OPPOSITIONS,
        }
    ),
}
"""Where each element of a design goes."""


def _set_office(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    if "/office" in sheet.evidence and raw.strip() == sheet.office.code:
        use(sheet, position)
    else:
        set_office(sheet, raw, position, draft, pointer)


_OFFICE = leaf(_set_office)

APPLICATION: dict[str, Rule] = {
    "RegistrationOfficeCode": _OFFICE,
    "ReceivingOfficeCode": country("receiving_office"),
    "ReceivingOfficeDate": date("receiving_date"),
    "ReceiptNumber": text("receipt_number"),
    "SealedDepositIndicator": leaf(set_sealed),
    "ApplicationNumber": group(
        {
            "IPOfficeCode": _OFFICE,
            "ApplicationNumberText": text("application_number"),
            "ST13ApplicationNumber": text("application_number"),
        }
    ),
    "InternationalRegistrationNumber": text("international_number"),
    "FilingPlace": text("filing_place"),
    "ApplicantFileReference": text("file_reference"),
    "DesignApplicationLanguageCode": language("application_language"),
    "SecondLanguageCode": language("second_language"),
    "CorrespondenceLanguageCode": language("correspondence_language"),
    "DesignTotalQuantity": count("designs_count"),
    "DesignApplicationCurrentStatusCategory": flag("application-status"),
    "DesignApplicationCurrentStatusDate": flag("application-status-date"),
    "BusinessEntityStatusCategory": flag("business-entity-status"),
    "DesignatedCountryBag": claims.DESIGNATIONS,
    "DesignBag": Container({"Design": each("designs", DESIGN)}, enter_designs),
    "ApplicantBag": parties("applicants", "Applicant", holders=True),
    "RepresentativeBag": parties("representatives", "Representative"),
    "DesignApplicationEventBag": claims.APPLICATION_EVENTS,
    "DocumentIncludedBag": documents("DocumentIncluded"),
    "DesignApplicationStatementBag": group({"DesignApplicationStatementText": lines("notes")}),
    "ApplicationDate": date("application_date"),
    "ApplicationDateTime": date("application_date"),
    "CorrespondenceAddress": party("correspondents"),
}
"""Where each element of an application goes."""


def _enter(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> tuple[Plain, str]:
    operation = element.get("operationCategory")
    taken = []
    if operation is not None:
        sheet.taken += 1
        taken.append("operationCategory")
        if operation and not operation.isspace():
            header = draft.setdefault("transaction", {})
            sheet.put(header, "/transaction", "operation", operation, f"{position}@operationCategory")
    take_version(sheet, element, position, taken)
    return draft, pointer


_APPLICATION = Container(APPLICATION, _enter, guard=only_one)
_BAG = Container({"DesignApplication": _APPLICATION}, enter_root)
_CONTENT = group(
    {
        "TransactionIdentifier": inside("transaction", text("identifier")),
        "TransactionCategory": inside("transaction", text("code")),
        "TransactionCode": inside("transaction", text("code")),
        "TransactionSubCode": inside("transaction", text("sub_code")),
        "TransactionSubCategory": inside("transaction", text("sub_code")),
        "TransactionData": group({"DesignApplicationBag": _BAG, "DesignApplication": _APPLICATION}),
    }
)
_BODY = Container({"TransactionContentBag": _CONTENT}, enter_root)

ROOTS = table(
    {
        "DesignTransaction": Container({"DesignTransactionBody": _BODY}, enter_root),
        "DesignTransactionBody": _BODY,
        "TransactionContentBag": _CONTENT,
        "DesignApplicationBag": _BAG,
        "DesignApplication": _APPLICATION,
    }
)
"""Elements that may be the root of a record."""


def read(raw: bytes, office: Office, limit: int = MAX_BYTES) -> Reading:
    """The record of one ST.96 design document with its evidence; never raises for bad input."""
    parsed = parse(raw, office.encodings, limit, quick=True)
    root = parsed.root
    if root is None:
        return parsed.refused()
    bare(root)
    if str(root.tag) not in ROOTS:
        return parsed.refused("not-a-record", f"root element {root.tag}")
    try:
        return _read(parsed, office, amending=True)
    except TooDeep:
        return parsed.refused("too-deep")
    except Several:
        return parsed.refused("several-records")
    except msgspec.ValidationError:  # what is carried makes no record: it goes beside the record instead
        return _read(parsed, office, amending=False)


def _read(parsed: Parsed, office: Office, *, amending: bool) -> Reading:
    make = partial(CarryingSheet, office, "design")
    root = parsed.root
    sheet = make() if root is None else filled(parsed, root, ROOTS[str(root.tag)], make)
    if not sheet.record.pop("_seen", False):
        return parsed.refused("not-a-record", "no DesignApplication")
    _take_up(sheet)
    finish(sheet)
    put_right(sheet, amending=amending)
    return sheet.done(parsed)


def _take_up(sheet: Sheet) -> None:
    """An application that names nobody itself has the parties of its only design."""
    record = sheet.record
    designs: list[Plain] = record.get("designs", [])
    if len(designs) != 1:
        return
    for field in ("applicants", "representatives"):
        if field in designs[0] and field not in record:
            record[field] = designs[0].pop(field)
            before = f"/designs/0/{field}/"
            for name in [name for name in sheet.evidence if name.startswith(before)]:
                sheet.evidence[f"/{field}/{name.removeprefix(before)}"] = sheet.evidence.pop(name)
