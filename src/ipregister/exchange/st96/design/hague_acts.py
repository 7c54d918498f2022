"""What happened to an international registration of designs, as ST.96 tells it, and what it makes of each country.

The International Bureau sends no status. The state of a designation follows from the recorded acts in the order of
their days: refusal, its withdrawal, grant, renunciation, limitation, invalidation, cancellation, renewal, expiry.
"""

from msgspec import Struct

from ipregister.exchange.st96.carried import use
from ipregister.exchange.st96.design.parties import parties
from ipregister.exchange.xml.rules import Element, Rule, date, each, group, leaf, lines, text
from ipregister.exchange.xml.sheet import Plain, Sheet
from ipregister.model.evidence import Origin, split_origin

KINDS = {
    "HagueRenewal": "renewal",
    "HagueExpiration": "expiry",
    "HagueOwnershipChange": "transfer",
    "HagueOwnershipChangeRefusal": "other",
    "HagueOwnershipChangeRefusalWithdrawal": "other",
    "HagueMerger": "merger",
    "HagueHolderNameAddressChange": "change-of-name",
    "HagueCreatorNameAddressChange": "change-of-name",
    "HagueRenunciation": "renunciation",
    "HagueLimitation": "limitation",
    "HagueRefusal": "total-refusal",
    "HagueRefusalWithdrawal": "withdrawal",
    "HagueGrantProtection": "grant",
    "HagueInvalidation": "invalidation",
    "HagueCancellationNonPayment": "cancellation",
    "HagueCorrection": "correction",
    "HagueCorrectionRefusal": "other",
    "HagueCorrectionRefusalWithdrawal": "other",
    "HagueSecondPartFeePaid": "other",
    "HagueSecondPartFeeNotPaid": "cancellation",
    "HaguePublicationCancellation": "other",
}
"""Acts by the element that tells them, with our kind of recordal."""

_WHOLE = {
    "HagueRefusal": "refused", "HagueRefusalWithdrawal": "granted", "HagueGrantProtection": "granted",
    "HagueRenunciation": "renounced", "HagueLimitation": "limited", "HagueInvalidation": "invalidated",
    "HagueCancellationNonPayment": "cancelled", "HagueExpiration": "ended", "HagueSecondPartFeeNotPaid": "cancelled",
}  # fmt: skip
_PARTLY = {
    "HagueRefusal": "partially-refused", "HagueRefusalWithdrawal": "partially-refused",
    "HagueGrantProtection": "granted", "HagueRenunciation": "limited", "HagueLimitation": "limited",
    "HagueInvalidation": "limited", "HagueCancellationNonPayment": "limited", "HagueExpiration": "limited",
    "HagueSecondPartFeeNotPaid": "limited",
}  # fmt: skip
_EVENTS = {"HagueRenewal": "renewed", "HagueExpiration": "expired"}


class Act(Struct):
    """One act: what it is, its day, the countries it is about (none: all), whether some designs only, a new expiry."""

    name: str
    place: str
    day: str = ""
    partly: bool = False
    countries: list[tuple[str, int]] = []
    expiry: tuple[str, Origin] | None = None


def _act(sheet: Sheet) -> Act:
    acts: list[Act] = sheet.record["_acts"]
    return acts[-1]


def _set_country(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    offices: list[str] = draft.setdefault("offices", [])
    holder: Plain = {}
    sheet.put_country(holder, f"{pointer}/offices", str(len(offices)), raw, position)
    if not holder:
        if not offices:
            del draft["offices"]
        return
    code = next(iter(holder.values()))
    offices.append(code)
    _act(sheet).countries.append((code, position))


def _set_all(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    if raw.strip() in ("true", "1"):
        use(sheet, position)
    else:
        sheet.spare("AffectedDesign/AllDesignsIndicator", raw, position)


def _set_part(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    numbers: list[str] = draft.setdefault("numbers", [])
    holder: Plain = {}
    if sheet.put(holder, f"{pointer}/numbers", str(len(numbers)), raw, position):
        numbers.extend(holder.values())
        _act(sheet).partly = True
    elif not numbers:
        del draft["numbers"]


def _set_number(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    """The number of the registration that the act is about: this one."""
    if raw.strip() == sheet.record.get("registration_number"):
        use(sheet, position)
    else:
        listed_number(sheet, raw, position, draft, pointer)


def listed_number(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    """Another number that an act names."""
    numbers: list[str] = draft.setdefault("numbers", [])
    holder: Plain = {}
    if sheet.put(holder, f"{pointer}/numbers", str(len(numbers)), raw, position):
        numbers.extend(holder.values())
    elif not numbers:
        del draft["numbers"]


def _set_under(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    """The Act under which a country is designated, which the registration itself says."""
    if any(one.get("under") == raw for one in sheet.record.get("designations", ())):
        use(sheet, position)
    else:
        sheet.spare("DesignatedCountry/HagueAgreementActCategory", raw, position)


_COUNTRY = leaf(_set_country)
_DESIGNATED: Rule = group({"DesignatedCountryCode": _COUNTRY, "HagueAgreementActCategory": leaf(_set_under)})
_AFFECTED: Rule = group(
    {
        "AllDesignsIndicator": leaf(_set_all),
        "DesignIdentifierBag": group({"DesignIdentifier": leaf(_set_part)}),
    }
)
_ACT: dict[str, Rule] = {
    "InternationalRegistrationNumber": leaf(_set_number),
    "InternationalRegistrationNumberBag": group({"InternationalRegistrationNumber": leaf(_set_number)}),
    "MergeFromInternationalRegistrationNumber": leaf(_set_number),
    "MergeToInternationalRegistrationNumber": leaf(_set_number),
    "ChildRegistrationNumber": leaf(listed_number),
    "MergedRegistrationNumber": leaf(listed_number),
    "IncorrectRecordIdentifier": leaf(listed_number),
    "CorrectedRecordIdentifier": leaf(listed_number),
    "RecordIdentifier": text("identifier"),
    "InternationalRecordingDate": date("date"),
    "RenewalDate": date("effective_date"),
    "FeeCalculationDate": date("notification_date"),
    "PaymentDate": date("effective_date"),
    "ExpiryDate": date("end_date"),
    "RenewalPeriod": text("category"),
    "HagueCorrectedTransactionCategory": text("category"),
    "RecordNotifyingOfficeCode": _COUNTRY,
    "RecordInterestedOfficeCodeBag": group({"RecordInterestedOfficeCode": _COUNTRY}),
    "DesignatedCountryBag": group({"DesignatedCountry": _DESIGNATED}),
    "DesignatedCountry": _DESIGNATED,
    "OfficeReferenceIdentifier": text("status"),
    "DecisionDate": date("decision_date"),
    "DecisionEffectiveDate": date("effective_date"),
    "AffectedDesign": _AFFECTED,
    "DesignIdentifierBag": group({"DesignIdentifier": leaf(_set_part)}),
    "DecisionGroundsBag": group(
        {
            "DecisionGrounds": group(
                {"DecisionGroundsText": lines("texts"), "DecisionGroundsCategory": lines("texts")}
            )
        }
    ),
    "DecisionRemedyTextBag": group({"DecisionRemedyText": lines("texts")}),
    "CorrectionDescriptionTextBag": group({"CorrectionDescriptionText": lines("texts")}),
    "HagueCorrectedElementBag": group({"HagueCorrectedElement": lines("texts")}),
    "Amendment": lines("texts"),
    "CommentText": lines("texts"),
    "OfficeSpecificContent": lines("texts"),
    "HagueBulletinReference": text("publication"),
    "HolderChangeBag": group(
        {
            "PreviousHolderBag": parties("parties", "PreviousHolder", role="previous-holder"),
            "HolderBag": parties("parties", "Holder", role="new-holder"),
        }
    ),
    "PreviousHolderBag": parties("parties", "PreviousHolder", role="previous-holder"),
    "HolderBag": parties("parties", "Holder", role="holder"),
    "DesignerChangeBag": group(
        {
            "PreviousDesignerBag": parties("parties", "Designer", role="previous-designer"),
            "DesignerBag": parties("parties", "Designer", role="designer"),
            "AffectedDesign": _AFFECTED,
        }
    ),
    "RepresentativeBag": parties("parties", "Representative", role="representative"),
}


def act(name: str, more: dict[str, Rule]) -> Rule:
    """The rule of one act, a recordal; `more` are elements beside those that acts have."""
    kind = KINDS[name]

    def done(sheet: Sheet, entry: Plain, place: str) -> None:
        found = _act(sheet)
        found.day = entry.get("date", "") or entry.get("decision_date", "") or entry.get("effective_date", "")
        if name == "HagueRenewal" and "end_date" in entry:
            found.expiry = (entry["end_date"], sheet.evidence[f"{place}/end_date"])
        if found.partly and name == "HagueRefusal":
            entry["kind"] = "partial-refusal"
        _add_event(sheet, name, entry, place)

    rule = each("recordals", {**_ACT, **more}, done, kind=kind)

    def take(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        sheet.record.setdefault("_acts", []).append(Act(name, pointer, countries=[]))
        return rule(sheet, element, position, draft, pointer)

    return take


def _add_event(sheet: Sheet, name: str, entry: Plain, place: str) -> None:
    """An act that is about the registration as a whole is an event of it."""
    kind = _EVENTS.get(name)
    field = next((one for one in ("date", "effective_date") if one in entry), None)
    if kind is None or field is None or (name == "HagueExpiration" and _act(sheet).countries):
        return
    events: list[Plain] = sheet.record.setdefault("events", [])
    sheet.evidence[f"/events/{len(events)}/date"] = sheet.evidence[f"{place}/{field}"]
    events.append({"kind": kind, "date": entry[field]})


def settle_states(sheet: Sheet) -> None:
    """Give every designated country the state that the acts about it lead to, and the term that is renewed."""
    acts: list[Act] = sorted(sheet.record.pop("_acts", ()), key=lambda one: one.day)
    designations: list[Plain] = sheet.record.get("designations", [])
    for index, one in enumerate(designations):
        country = one.get("country", "")
        origin = sheet.evidence.get(f"/designations/{index}/country", 0)
        position, _ = split_origin(origin)
        state, told = "designated", position
        for found in acts:
            places = [str(at) for code, at in found.countries if code == country]
            if found.countries and not places:
                continue
            new = _state(found, state)
            if new != state:
                state, told = new, (places or [position])[0]
            if found.expiry is not None:
                one["expiry_date"], sheet.evidence[f"/designations/{index}/expiry_date"] = found.expiry
        if country:
            one["state"] = state
            sheet.evidence[f"/designations/{index}/state"] = (int(told), f"says:{state}")
    _renew(sheet, acts)


def _state(found: Act, before: str) -> str:
    if found.name == "HagueGrantProtection" and found.partly and before in ("refused", "partially-refused"):
        return "partially-refused"
    return (_PARTLY if found.partly else _WHOLE).get(found.name, before)


def _renew(sheet: Sheet, acts: list[Act]) -> None:
    """The registration as a whole expires when its last renewal does, whatever its present state says."""
    last = max(
        (one.expiry for one in acts if one.expiry is not None), key=lambda found: found[0], default=None
    )
    record = sheet.record
    if last is None or last[0] <= record.get("expiry_date", ""):
        return
    before = sheet.evidence.get("/expiry_date")
    if before is not None:
        sheet.used.append(split_origin(before)[0])
    record["expiry_date"], sheet.evidence["/expiry_date"] = last
