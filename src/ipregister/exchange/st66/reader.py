"""The reader of one ST.66 record: one walk over the tree by the tables, then what follows from the whole."""

from functools import partial

import msgspec

from ipregister.exchange.st66.carried import REGISTER, FeedSheet
from ipregister.exchange.st66.claims import (
    ASSOCIATED,
    BASIC,
    DESIGNATIONS,
    DIVISION,
    EXHIBITIONS,
    PREVIOUS,
    PRIORITIES,
    PUBLICATIONS,
    SENIORITIES,
)
from ipregister.exchange.st66.history import EVENTS, OPPOSITIONS, RECORDS
from ipregister.exchange.st66.marks import DURATION, GOODS, MARK
from ipregister.exchange.st66.parties import BOOK, IDENTIFIER, parties
from ipregister.exchange.st66.whole import finish
from ipregister.exchange.st96.carried import restore, spare_document
from ipregister.exchange.xml.rules import (
    Container,
    Element,
    Rule,
    country,
    date,
    each,
    group,
    inside,
    lines,
    single,
    table,
    text,
    word,
)
from ipregister.exchange.xml.sheet import Plain, Sheet, TooDeep
from ipregister.exchange.xml.slices import MAX_BYTES, Parsed, local_name, parse
from ipregister.exchange.xml.transactions import Several, enter, language, number, only, set_office
from ipregister.exchange.xml.walking import filled
from ipregister.model.evidence import Reading
from ipregister.model.offices import Office


def _set_kind(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    holder: Plain = {}
    if sheet.put_word(holder, "/kinds", "0", raw, position, table="kinds"):
        draft["kinds"] = [holder["0"]]
    else:
        placeholder = raw.strip() in sheet.placeholders
        reason = "placeholder" if placeholder else "unknown-code"
        sheet.keep("/kinds/0", raw, reason, position, "" if placeholder else "unknown-kind")


TRADE_MARK: dict[str, Rule] = {
    **MARK,
    "RegistrationOfficeCode": single("_none", set_office),
    "ReceivingOfficeCode": country("receiving_office"),
    "ReceivingOfficeDate": date("receiving_date"),
    "ApplicationNumber": number("application_number"),
    "ApplicationDate": date("application_date"),
    "ApplicationDateTime": date("application_date"),
    "RegistrationNumber": number("registration_number"),
    "RegistrationDate": date("registration_date"),
    "FilingPlace": text("filing_place"),
    "ApplicationReference": text("file_reference"),
    "ApplicationLanguageCode": language("application_language"),
    "SecondLanguageCode": language("second_language"),
    "ExpiryDate": date("expiry_date"),
    "TerminationDate": date("termination_date"),
    "InternationalRegistrationDuration": DURATION,
    "MarkDuration": DURATION,
    "MarkCurrentStatusCode": text("office_status"),
    "MarkCurrentStatusDate": date("status_date"),
    "OppositionPeriodStartDate": date("opposition_start"),
    "OppositionPeriodEndDate": date("opposition_end"),
    "KindMark": single("kinds", _set_kind),
    "MarkFeature": inside("mark", word("feature", "features", "unknown-feature")),
    "InternationalMarkKey": group({"Identifier": text("international_number")}),
    "DesignatedCountryDetails": DESIGNATIONS,
    "PreviousRegistrationDetails": PREVIOUS,
    "AssociatedMarkDetails": ASSOCIATED,
    "DivisionalApplicationDetails": DIVISION,
    "BasicRegistrationApplicationDetails": BASIC,
    "GoodsServicesDetails": GOODS,
    "PriorityDetails": PRIORITIES,
    "ExhibitionPriorityDetails": EXHIBITIONS,
    "SeniorityDetails": SENIORITIES,
    "PublicationDetails": PUBLICATIONS,
    "ApplicantDetails": parties("applicants", "Applicant"),
    "HolderDetails": parties("holders", "Holder"),
    "RepresentativeDetails": parties("representatives", "Representative"),
    "CorrespondenceAddress": each(
        "correspondents",
        {
            "CorrespondenceAddressIdentifier": IDENTIFIER,
            "CorrespondenceAddressParty": text("role"),
            "CorrespondenceAddressBook": BOOK,
        },
    ),
    "OppositionDetails": OPPOSITIONS,
    "MarkRecordDetails": RECORDS,
    "MarkEventDetails": EVENTS,
    "Comment": lines("notes"),
    **REGISTER,
}
"""Where each element of a trademark goes."""


_MARK = Container(TRADE_MARK, enter, guard=only)
_DETAILS = group({"TradeMark": _MARK})
_APPLICATION = group({"TradeMarkDetails": _DETAILS})
_CONTENT = group(
    {
        "TransactionIdentifier": inside("transaction", text("identifier")),
        "TransactionCode": inside("transaction", text("code")),
        "TransactionSubCode": inside("transaction", text("sub_code")),
        "TransactionData": group(
            {"TradeMarkApplication": _APPLICATION, "TradeMarkDetails": _DETAILS, "TradeMark": _MARK}
        ),
    }
)
_BODY = group({"TransactionContentDetails": _CONTENT})

ROOTS = table(
    {
        "Transaction": group({"TradeMarkTransactionBody": _BODY}),
        "TradeMarkTransactionBody": _BODY,
        "TransactionContentDetails": _CONTENT,
        "TradeMarkApplication": _APPLICATION,
        "TradeMarkDetails": _DETAILS,
        "TradeMark": _MARK,
    }
)
"""Elements that may be the root of a record."""


def read(raw: bytes, office: Office, limit: int = MAX_BYTES) -> Reading:
    """The record of one raw ST.66 slice with its evidence; never raises for bad input."""
    parsed = parse(raw, office.encodings, limit, quick=True)
    root = parsed.root
    if root is None:
        return parsed.refused()
    tag = local_name(str(root.tag))
    rule = ROOTS.get(str(root.tag))
    if rule is None:
        return parsed.refused("not-a-record", f"root element {tag}")
    try:
        sheet = filled(parsed, root, rule, partial(FeedSheet, office))
    except TooDeep:
        return parsed.refused("too-deep")
    except Several:
        return parsed.refused("several-records")
    if not sheet.record.pop("_seen", False):
        return parsed.refused("not-a-record", "no TradeMark")
    if tag != "TradeMark" and "transaction" not in sheet.record:
        sheet.find("header-missing")
    finish(sheet)
    return _restored(sheet, parsed, rule, root) if sheet.carried else sheet.done(parsed)


def _restored(sheet: FeedSheet, parsed: Parsed, rule: Rule, root: Element) -> Reading:
    """The reading of a document of ours, with what it carries in its place; where that makes no record, beside it."""
    sheet.record["kept"], sheet.record["extra"] = sheet.kept, sheet.extra
    try:
        restore(sheet)
        return sheet.done(parsed)
    except msgspec.ValidationError:
        plain = filled(parsed, root, rule, partial(FeedSheet, sheet.office))
        plain.record.pop("_seen", None)
        finish(plain)
        for one in plain.carried:
            spare_document(plain, one)
        return plain.done(parsed)
