"""The reader of one geographical indication in ST.96, V6 to V9: an application, its data, or a transaction around them."""

from ipregister.exchange.st96.basics import NUMBER
from ipregister.exchange.st96.carried import CarryingSheet, documents, noted, use
from ipregister.exchange.st96.documents import Shape, only_one, read_document, take_version
from ipregister.exchange.st96.indication.places import CERTIFICATES, DESCRIPTIONS, FEATURE, REGIONS, ordered
from ipregister.exchange.st96.indication.products import PRODUCTS, settle_products
from ipregister.exchange.st96.parties import PARTY, parties
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
from ipregister.exchange.xml.sheet import Plain, Sheet
from ipregister.exchange.xml.slices import MAX_BYTES
from ipregister.model.evidence import Reading
from ipregister.model.offices import Office
from ipregister.model.standard_words import INDICATION_CATEGORIES

USUAL = "GI"
NO_FEE = "0"
"""The total of a form that asks for a fee where nothing is known of one."""
OURS = "ipregister"
"""The office's version of a transaction of ours: it is there to hold several applications, and says nothing itself."""


def _set_office(sheet: Sheet, code: str, position: int) -> list[str]:
    if code.strip() == sheet.office.code:
        if "/office" in sheet.evidence:
            use(sheet, f"{position}@officeCode")
        else:
            sheet.evidence["/office"] = (f"{position}@officeCode", "trim")
    elif code and not code.isspace():
        sheet.keep("/office", code, "unknown-code", f"{position}@officeCode")
    return ["officeCode"]


def _enter(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> tuple[Plain, str]:
    """Enter an application or its data: its office, and the language it is in."""
    taken: list[str] = []
    code = element.get("officeCode")
    if code is not None:
        sheet.taken += 1
        taken = _set_office(sheet, code, position)
    language = element.get("languageCode")
    if language is not None:
        sheet.taken += 1
        taken.append("languageCode")
        draft.setdefault("_languages", []).append((language, f"{position}@languageCode"))
    take_version(sheet, element, position, taken)
    return draft, pointer


def _set_category(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    draft["_category"] = (raw, position)


def _set_origin(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    origins: list[str] = draft.setdefault("origins", [])
    holder: Plain = {}
    sheet.put_country(holder, "/origins", str(len(origins)), raw, position)
    origins.extend(holder.values())
    if not origins:
        del draft["origins"]


def _set_withdrawal(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    events: list[Plain] = draft.setdefault("events", [])
    entry: Plain = {}
    sheet.put_date(entry, f"/events/{len(events)}", "date", raw, position)
    if entry:
        events.append({"kind": "withdrawn", "code": "WithdrawalDate", **entry})
    elif not events:
        del draft["events"]


def _set_fee(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    if raw == NO_FEE:
        use(sheet, position)
    else:
        sheet.spare("Payment/FeePayableTotalAmount", raw, position)


_NUMBER = group(
    {"ApplicationNumberText": text("application_number"), "ST13ApplicationNumber": text("application_number")}
)
PUBLICATIONS: Rule = group(
    {
        "GIPublication": each(
            "publications",
            {
                "PublicationIdentifier": text("identifier"),
                "PublicationDate": date("date"),
                "PublicationSubsection": text("section"),
                "PublicationPage": text("page"),
                "PublicationStartPageText": text("page"),
            },
        )
    }
)
USER: Rule = each(
    "authorised_users",
    {**PARTY, "AuthorizedUserCategory": text("role"), "AuthorizedUserStatusCategory": text("kind")},
)

_PARTY = Container({**PARTY, "ResidenceCountryCode": country("domicile")})


def _applicant(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
    """An applicant; its number tells no more than its place."""
    entries: list[Plain] = draft.setdefault("applicants", [])
    entry: Plain = {}
    if element.get("sequenceNumber") is not None:
        sheet.taken += 1
        sheet.taken_attributes = ("sequenceNumber",)
        use(sheet, f"{position}@sequenceNumber")
    position = _PARTY(sheet, element, position, entry, f"{pointer}/applicants/{len(entries)}")
    if entry:
        entries.append(entry)
    elif not entries:
        del draft["applicants"]
    return position


DATA: dict[str, Rule] = {
    "ApplicationNumber": _NUMBER,
    "ApplicationDate": date("application_date"),
    "RegistrationNumber": text("registration_number"),
    "RegistrationDate": date("registration_date"),
    "GINameBag": group(
        {
            "GINameText": ordered("names"),
            "GINameRichText": ordered("names"),
            "GINameTransliterationText": ordered("transliterations"),
            "GINameTranslationText": ordered("translations"),
        }
    ),
    "ProductIndicationBag": PRODUCTS,
    "FeatureDescriptionBag": DESCRIPTIONS,
    "GeographicRegionDescriptionBag": REGIONS,
    "GICategory": single("_category", _set_category),
    "OriginCertificateBag": CERTIFICATES,
    "CommentText": lines("notes"),
    "AuthorizedUser": USER,
    "RecordIdentifier": text("identifier"),
    "RecordEventDate": date("status_date"),
    "GIPublicationBag": PUBLICATIONS,
    "GIStatusCategory": text("office_status"),
    "WithdrawalDate": leaf(_set_withdrawal),
    "ExpiryDate": date("expiry_date"),
    "WebURI": inside("_page", text("address")),
}
"""Where each element of the data of an indication goes."""

_DATA = Container(DATA, _enter, guard=only_one)
APPLICATION: dict[str, Rule] = {
    **{name: DATA[name] for name in ("ApplicationNumber", "ApplicationDate", "AuthorizedUser", "GIPublicationBag",
                                     "RecordIdentifier", "RecordEventDate")},
    "ContractingPartyOriginCode": leaf(_set_origin),
    "GIData": _DATA,
    "GIGrantProtectionLegalBasis": group(
        {
            "GILegalBasisLegislativeProvision": group({"LegalProvisionText": lines("legal_basis")}),
            "GILegalBasisRegistrationOffice": group(
                {
                    "ApplicationNumber": group({"ApplicationNumberText": text("home_number")}),
                    "ApplicationDate": date("home_date"),
                }
            ),
        }
    ),
    "ParentApplicationNumber": each("references", {"ApplicationNumberText": text("number")}, kind="parent"),
    "ApplicantBag": group({"Applicant": _applicant}),
    "RepresentativeBag": parties("representatives", "Representative"),
    "PaymentBag": group({"Payment": group({"FeePayableTotalAmount": leaf(_set_fee)})}),
    "DocumentIncludedBag": documents("DocumentIncluded"),
    "CorrespondenceAddress": each("correspondents", PARTY),
    "GIPriorityBag": group(
        {
            "GIPriority": each(
                "priorities",
                {
                    "PriorityCountryCode": country("country"),
                    "ApplicationNumber": NUMBER,
                    "PriorityApplicationFilingDate": date("date"),
                },
            )
        }
    ),
    "GIDisclaimerBag": inside("sign", group({"GIDisclaimerText": ordered("disclaimers")})),
    "NationalProtectionDescriptionText": ordered("legal_basis"),
    "TSGClaim": group(FEATURE),
    **{name: FEATURE[name] for name in ("ConformityDeclarationText", "TraditionalUseIndicator",
                                        "TraditionalUseDescriptionText")},
}  # fmt: skip
"""Where each element of an application goes."""

_APPLICATION = Container(APPLICATION, _enter)
_BAG = Container({"GIApplication": _APPLICATION}, _enter)
_HEADER = {
    "TransactionIdentifier": "identifier",
    "TransactionCategory": "code",
    "TransactionSubCode": "sub_code",
}
_CONTENT = Container(
    {
        **{tag: inside("transaction", text(name)) for tag, name in _HEADER.items()},
        "TransactionData": Container({"GIApplication": _APPLICATION, "GIData": _DATA}, _enter),
    },
    _enter,
)
_NEUTRAL = Container({**dict.fromkeys(_HEADER, leaf(noted)), "TransactionData": _BAG}, _enter)


def _content(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
    """The content of a transaction; in one of ours the header is only there because the standard asks for it."""
    chosen = _NEUTRAL if element.get("ipoVersion") == OURS else _CONTENT
    return chosen(sheet, element, position, draft, pointer)


_BODY = Container({"TransactionContentBag": _content}, _enter)

ROOTS = table(
    {
        "GITransaction": Container({"GITransactionBody": _BODY}, _enter),
        "GITransactionBody": _BODY,
        "TransactionContentBag": _content,
        "GIApplicationBag": _BAG,
        "GIApplication": _APPLICATION,
        "GIData": _DATA,
    }
)
"""Elements that may be the root of a record."""


def _settle_languages(sheet: CarryingSheet) -> None:
    """The language that a document is in, unless a document of ours says that it has none."""
    record = sheet.record
    said = any(one.pointer == "/application_language" for one in sheet.carried)
    for code, place in record.pop("_languages", ()):
        if not code or code.isspace():
            continue
        tag = sheet.lookups.language(code, code)
        if said or (tag is not None and record.get("application_language") == tag):
            use(sheet, place)
        elif tag is not None and "application_language" not in record:
            record["application_language"] = tag
            sheet.evidence["/application_language"] = place if tag == code else (place, f"lang:{tag}")
        else:
            sheet.keep("/application_language", code, "unknown-code", place)


def _finish(sheet: CarryingSheet) -> None:
    """What needs more than one element: the category, unless a document of ours carries a finer one."""
    record = sheet.record
    settle_products(record)
    _settle_languages(sheet)
    page = record.pop("_page", None)
    if page:
        place = len(record.setdefault("specifications", []))
        sheet.evidence[f"/specifications/{place}/address"] = sheet.evidence.pop("/_page/address")
        record["specifications"].append({"kind": "page", **page})
    raw, position = record.pop("_category", ("", 0))
    if not raw:
        return
    ours = INDICATION_CATEGORIES.get(raw.strip())
    if any(one.pointer == "/subtype" for one in sheet.carried):
        use(sheet, position)
    elif ours:
        if ours != USUAL:  # a default is never set: canonical bytes leave it out
            record["subtype"] = ours
        sheet.evidence["/subtype"] = (position, f"coded:{ours}")
    else:
        sheet.keep("/subtype", raw, "unknown-code", position, "unknown-kind")


def _done(sheet: CarryingSheet) -> None:
    status = sheet.record.get("office_status")
    if status and sheet.lookups.word("indication/statuses", status) is None:
        sheet.find("unknown-status", "/office_status", status)


_SHAPE = Shape("indication", ROOTS, "GIData", _done, _finish)


def read(raw: bytes, office: Office, limit: int = MAX_BYTES) -> Reading:
    """The record of one ST.96 geographical indication with its evidence; never raises for bad input."""
    return read_document(raw, office, _SHAPE, limit)
