"""What happened to a mark, in ST.66: events, recorded acts, oppositions."""

from ipregister.exchange.st66.parties import parties, party
from ipregister.exchange.xml.rules import Rule, date, each, group, leaf, lines, listed, single, text
from ipregister.exchange.xml.sheet import Plain, Sheet
from ipregister.exchange.xml.transactions import event_code, event_name
from ipregister.model.class_texts import class_parts

EVENTS: Rule = group(
    {
        "MarkEvent": each(
            "events",
            {
                "MarkEventDate": date("date"),
                "MarkEventDateTime": date("date"),
                "MarkEventCode": event_code("events"),
                "OfficeSpecificMarkEventName": event_name("events"),
                "OfficeSpecificMarkEventCode": text("office_code"),
                "OfficeSpecificMarkEventDescription": lines("office_description"),
                "Comment": lines("office_description"),
            },
        )
    }
)


def _set_word(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    if not sheet.put(draft, pointer, "word", raw, position):
        return
    if not sheet.put_word(draft, pointer, "kind", raw, position, table="recordals"):
        sheet.find("unknown-recordal", f"{pointer}/word", raw)


def _set_class(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    parts = class_parts(raw)
    if len(parts) != 1:
        sheet.keep(f"{pointer}/classes", raw, "not-a-class", position, "not-a-class")
        return
    classes: list[int] = draft.setdefault("classes", [])
    place = f"{pointer}/classes/{len(classes)}"
    sheet.evidence[place] = position if raw == str(parts[0]) else (position, "class")
    classes.append(parts[0])


CLASSES: Rule = group(
    {"ClassDescription": group({"ClassNumber": leaf(_set_class), "GoodsServicesDescription": lines("texts")})}
)
"""The classes and texts that an act or a claim is about."""

PARTIAL: Rule = group({"Comment": lines("texts"), "ClassDescriptionDetails": CLASSES})

LIMITATION: Rule = group(
    {
        "LimitationCountryDetails": group({"LimitationCountryCode": listed("offices")}),
        "GoodsServicesLimitationCode": text("category"),
        "Comment": lines("texts"),
        "LimitationClassDescriptionDetails": CLASSES,
    }
)

WORD: Rule = single("word", _set_word)

_ACT: dict[str, Rule] = {
    "RecordIdentifier": text("identifier"),
    "RecordFilingDate": date("date"),
    "RecordNotificationDate": date("notification_date"),
    "RecordEffectiveDate": date("effective_date"),
    "RecordReference": listed("numbers"),
    "RecordPublicationDetails": group(
        {"RecordPublication": group({"PublicationIdentifier": text("publication")})}
    ),
    "ClaimantDetails": parties("parties", "Claimant", "claimant"),
    "RepresentativeDetails": parties("parties", "Representative", "representative"),
    "RecordCurrentStatusCode": text("status"),
    "RecordCurrentStatusDate": date("status_date"),
    "FactDecisionText": lines("texts"),
    "RecordInterestedOfficeCode": listed("offices"),
    "RecordDesignatedCountryDetails": group({"RecordDesignatedCountryCode": listed("offices")}),
    "RecordUseIntentDetails": group({"RecordUseIntentCountryCode": listed("offices")}),
    "GoodsServicesLimitationDetails": group({"GoodsServicesLimitation": LIMITATION}),
    "GoodsServicesLimitation": LIMITATION,
    "BasicRecordKind": WORD,
    "RecordTransferKind": WORD,
    "RecordChangeNameAddressKind": WORD,
    "RecordLicenceKind": WORD,
    "RecordOppositionPeriodKind": WORD,
    "RecordShortNotationKind": WORD,
    "RecordOppositionPeriodStartDate": date("date"),
    "RecordOppositionPeriodEndDate": date("end_date"),
    "HolderDetails": group(
        {
            "PreviousHolder": each("parties", party("Applicant"), role="previous-holder"),
            "NewHolder": each("parties", party("Applicant"), role="new-holder"),
        }
    ),
    "LicenceDetails": group(
        {
            "Licence": group(
                {
                    "LicenceIdentifier": text("identifier"),
                    "LicenceNumber": listed("numbers"),
                    "LicenceDate": date("date"),
                    "LicenceKind": text("category"),
                    "LicenceStatusCode": text("status"),
                    "PeriodLimitationStartDate": date("effective_date"),
                    "PeriodLimitationEndDate": date("end_date"),
                    "PeriodLimitationText": lines("texts"),
                    "TerritoryLimitationText": lines("texts"),
                    "GoodsServicesLimitation": LIMITATION,
                    "LicenseeDetails": parties("parties", "Licensee", "licensee"),
                    "RepresentativeDetails": parties("parties", "Representative", "representative"),
                }
            )
        }
    ),
    "NationalMarkDetails": group(
        {"NationalMark": group({"NationalMarkRegistrationNumber": listed("numbers")})}
    ),
}


def _act(kind: str = "") -> Rule:
    return each("recordals", _ACT, kind=kind)


RECORDS: Rule = group(
    {
        "MarkRecord": group(
            {
                "BasicRecord": _act(),
                "RecordOppositionPeriod": _act("opposition"),
                "RecordTransfer": _act("transfer"),
                "RecordChangeNameAddress": _act("change-of-name"),
                "RecordLicence": _act("licence"),
                "RecordNationalInternationalReplacement": _act("replacement"),
                "RecordShortNotation": _act(),
            }
        )
    }
)

OPPOSITIONS: Rule = group(
    {
        "Opposition": each(
            "recordals",
            {
                "OppositionIdentifier": text("identifier"),
                "OppositionDate": date("date"),
                "OppositionReference": listed("numbers"),
                "OppositionBasisCode": text("category"),
                "OppositionGroundText": lines("texts"),
                "OppositionExtentText": lines("texts"),
                "OppositionCurrentStatusCode": text("status"),
                "OppositionCurrentStatusDate": date("status_date"),
                "EarlierMarkDetails": group(
                    {
                        "EarlierMark": group(
                            {n: listed("numbers") for n in ("ApplicationNumber", "RegistrationNumber")}
                        )
                    }
                ),
                "OpponentDetails": parties("parties", "Opponent", "opponent"),
                "RepresentativeDetails": parties("parties", "Representative", "representative"),
            },
            kind="opposition",
        )
    }
)
