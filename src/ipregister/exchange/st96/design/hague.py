"""The reader of international registrations of designs (Hague System): `HagueExpressTransaction`, and the registration
of a `HagueIBToOfficeTransaction`, ST.96 V3 to V9.

The present state of a registration is the record; its history gives the recorded acts and the state of each country.
What the history repeats of the registration says nothing new; what it says otherwise stands beside the record.
"""

import re
from functools import partial

import msgspec

from ipregister.exchange.st86.designs import count, enter_designs
from ipregister.exchange.st86.whole import finish
from ipregister.exchange.st96.carried import CarryingSheet, use
from ipregister.exchange.st96.design.claims import CLAIM, DESIGNATIONS
from ipregister.exchange.st96.design.hague_acts import KINDS, act, settle_states
from ipregister.exchange.st96.design.hague_repeated import KNOWN, repeated
from ipregister.exchange.st96.design.lone_acts import ALONE, NUMBERS, TO_OFFICE, of_root, sole_act
from ipregister.exchange.st96.design.parties import parties, party
from ipregister.exchange.st96.design.reader import DESIGN
from ipregister.exchange.st96.documents import Several, enter_root, only_one
from ipregister.exchange.xml.lifting import numbered
from ipregister.exchange.xml.rules import (
    Container,
    Element,
    Rule,
    date,
    each,
    flag,
    group,
    leaf,
    lines,
    table,
    text,
)
from ipregister.exchange.xml.sheet import Plain, Sheet, TooDeep
from ipregister.exchange.xml.slices import MAX_BYTES, Parsed, parse
from ipregister.exchange.xml.transactions import language
from ipregister.exchange.xml.walking import bare, filled
from ipregister.model.acts import ACT
from ipregister.model.evidence import Reading
from ipregister.model.offices import Office

_NUMBER = re.compile(r"\d{1,6}(?:\.\d{1,6})*")

_HAGUE_DESIGN: dict[str, Rule] = {
    **DESIGN,
    "ProductDescriptionTextBag": group({"ProductDescriptionText": numbered("titles")}),
}


def _set_registration(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    """The number of the registration is its international number too."""
    if "registration_number" in draft:
        sheet.spare("InternationalRegistrationNumber", raw, position)
    elif sheet.put(draft, pointer, "registration_number", raw, position):
        draft["international_number"] = draft["registration_number"]
        sheet.evidence["/international_number"] = sheet.evidence["/registration_number"]


_REGISTRATION: dict[str, Rule] = {
    "InternationalRegistrationNumber": leaf(_set_registration),
    "RecordIdentifier": text("identifier"),
    "InternationalRegistrationDate": date("registration_date"),
    "InternationalFilingDate": date("application_date"),
    "FeeCalculationDate": flag("fee-calculation-date"),
    "FilingLanguageCode": language("application_language"),
    "OfficeReferenceIdentifier": flag("office-reference"),
    "ApplicantFileReference": text("file_reference"),
    "ApplicationNumber": group(
        {
            "ApplicationNumberText": text("application_number"),
            "ST13ApplicationNumber": text("application_number"),
        }
    ),
    "DesignatedCountryBag": DESIGNATIONS,
    "ExpiryDate": date("expiry_date"),
    "DesignTotalQuantity": count("designs_count"),
    "DefermentExpiryDate": date("deferred_until"),
    "HolderBag": parties("holders", "Holder"),
    "RepresentativeBag": parties("representatives", "Representative"),
    "CorrespondenceAddress": party("correspondents"),
    "HagueDesignBag": Container({"HagueDesign": each("designs", _HAGUE_DESIGN)}, enter_designs),
    "DesignClaimBag": group({"DesignClaim": CLAIM}),
    "BusinessEntityStatusCategory": flag("business-entity-status"),
    "BusinessEntityStatusClaimBag": group(
        {
            "BusinessEntityStatusClaim": group(
                {
                    "BusinessEntityStatusCategory": flag("business-entity-status"),
                    "DesignatedCountryCode": flag("business-entity-office"),
                }
            )
        }
    ),
    "OfficeSpecificContent": lines("notes"),
    "CommentText": lines("notes"),
}
_CURRENT = Container(_REGISTRATION, guard=only_one)


_ACTS: dict[str, Rule] = {
    name: act(
        name,
        {
            "HagueCorrectContent": group({"HagueRegistration": repeated}),
            "HagueIncorrectContent": group({"HagueRegistration": repeated}),
        },
    )
    for name in KINDS
}


def _noted(name: str) -> Rule:
    def set_value(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
        sheet.record.setdefault(name, []).append((raw, position))

    return leaf(set_value)


def _enter_history(
    sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str
) -> tuple[Plain, str]:
    draft["_first"] = len(draft.get("recordals", ()))
    number = element.get("sequenceNumber")
    if number is not None:
        sheet.taken += 1
        sheet.taken_attributes = ("sequenceNumber",)
        use(sheet, f"{position}@sequenceNumber")
    return draft, pointer


def _leave_history(sheet: Sheet, draft: Plain, pointer: str, inner: Plain, place: str) -> None:
    """The bulletin and day of one step of the history are a publication, and belong to its act."""
    first = draft.pop("_first")
    numbers, days = draft.pop("_bulletins", ()), draft.pop("_days", ())
    if not numbers and not days:
        return
    publications: list[Plain] = draft.setdefault("publications", [])
    entry: Plain = {}
    where = f"/publications/{len(publications)}"
    for raw, position in numbers:
        sheet.put(entry, where, "identifier", raw, position)
    for raw, position in days:
        sheet.put_date(entry, where, "date", raw, position)
    if entry:
        publications.append(entry)
    elif not publications:
        del draft["publications"]
    for index, one in enumerate(draft.get("recordals", ())[first:], start=first):
        if "identifier" in entry and "publication" not in one:
            one["publication"] = entry["identifier"]
            sheet.evidence[f"/recordals/{index}/publication"] = sheet.evidence[f"{where}/identifier"]


_HISTORY = Container(
    {
        "HagueBulletinNumber": _noted("_bulletins"),
        "PublicationDate": _noted("_days"),
        "HagueRegistration": repeated,
        **_ACTS,
    },
    _enter_history,
    _leave_history,
)
_EXPRESS = Container(
    {"HagueCurrent": group({"HagueRegistration": _CURRENT}), "HagueHistory": _HISTORY}, enter_root
)
_BAGS: dict[str, Rule] = {
    "HagueRegistrationBag": group({"HagueRegistration": _CURRENT}),
    **{f"{name}Bag": group({name: rule}) for name, rule in _ACTS.items()},
}
_BULLETIN: Rule = group(
    {
        "HagueBulletinTransactionHeader": group(
            {
                "HagueBulletinNumber": _noted("_bulletins"),
                "PublicationDate": _noted("_days"),
                "TransactionTotalQuantity": flag("transactions"),
            }
        ),
        "HagueBulletinTransactionBag": group(_BAGS),
    }
)
_TO_OFFICE = Container(
    {
        "HagueBulletin": _BULLETIN,
        "HagueIBToOfficeBag": group({"HagueOfficeCopyBag": group(_BAGS)}),
    },
    enter_root,
)

ROOTS = table(
    {
        "HagueExpressTransaction": _EXPRESS,
        TO_OFFICE: _TO_OFFICE,
        "HagueRegistration": _CURRENT,
    }
)
"""Elements that may be the root of a record."""

RECORDS = ("HagueExpressTransaction", "HagueRegistration", *KINDS)
"""Elements that are cut out of a file of many; an act without its registration makes no record."""


def read(raw: bytes, office: Office, limit: int = MAX_BYTES) -> Reading:
    """The record of one international registration with its evidence; never raises for bad input."""
    parsed = parse(raw, office.encodings, limit, quick=True)
    root = parsed.root
    if root is None:
        return parsed.refused()
    bare(root)
    tag = str(root.tag)
    if tag in KINDS or tag == TO_OFFICE:
        alone = sole_act(root)
        if alone is not None:
            return _read_act(parsed, office, alone)
    if tag not in ROOTS:
        return parsed.refused("not-a-record", f"root element {tag}")
    try:
        sheet = filled(parsed, root, ROOTS[tag], partial(CarryingSheet, office, "design"))
    except TooDeep:
        return parsed.refused("too-deep")
    except Several:
        return parsed.refused("several-records")
    if not sheet.record.pop("_seen", False):
        return parsed.refused("not-a-record", "no HagueRegistration")
    sheet.record.pop(KNOWN, None)
    _finish_bulletin(sheet)
    settle_states(sheet)
    _sort_views(sheet)
    finish(sheet)
    return sheet.done(parsed)


def _read_act(parsed: Parsed, office: Office, act: Element) -> Reading:
    """An act by itself or alone in a bulletin: the number of its registration, and what it says. One of several
    registrations is no record."""
    root, told = parsed.root, of_root(act)
    if root is None or len(told.numbers) != 1:
        return parsed.refused(ALONE, told.told)
    sheet = CarryingSheet(office, "design")
    sheet.record["subtype"] = ACT
    texts = ((n, one.text or "") for n, one in enumerate(root.iter()) if one.tag in NUMBERS)
    place, number = next((n, text) for n, text in texts if text.strip())
    _set_registration(sheet, number, place, sheet.record, "")
    try:
        {**ROOTS, **_ACTS}[str(root.tag)](sheet, root, 0, sheet.record, "")
    except TooDeep:
        return parsed.refused("too-deep")
    _finish_bulletin(sheet)
    sheet.record.pop(KNOWN, None)
    sheet.record.pop("_acts", None)
    return msgspec.structs.replace(sheet.done(parsed), part="act", refusal_detail=told.told)


def _finish_bulletin(sheet: Sheet) -> None:
    """The bulletin that a whole file is of."""
    if "_bulletins" in sheet.record or "_days" in sheet.record:
        sheet.record["_first"] = len(sheet.record.get("recordals", ()))
        _leave_history(sheet, sheet.record, "", sheet.record, "")


def _sort_views(sheet: Sheet) -> None:
    """Views in the order of their numbers (1.2 before 1.10), where all have one."""
    for index, one in enumerate(sheet.record.get("designs", ())):
        views: list[Plain] = one.get("views", [])
        numbers = [view.get("number", "") for view in views]
        if not all(_NUMBER.fullmatch(number) for number in numbers):
            continue
        order = sorted(range(len(views)), key=lambda at: [int(part) for part in numbers[at].split(".")])
        if order == list(range(len(views))):
            continue
        one["views"] = [views[at] for at in order]
        before = f"/designs/{index}/views/"
        moved = {}
        for name in [name for name in sheet.evidence if name.startswith(before)]:
            at, slash, rest = name.removeprefix(before).partition("/")
            moved[f"{before}{order.index(int(at))}{slash}{rest}"] = sheet.evidence.pop(name)
        sheet.evidence.update(moved)
