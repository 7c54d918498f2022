"""One design in ST.86, and the application around it: where each element goes."""

from ipregister.exchange.st66.carried import REGISTER
from ipregister.exchange.st86.claims import (
    CITATIONS,
    DESIGNATIONS,
    EXHIBITIONS,
    PRIORITIES,
    PUBLICATIONS,
    RELATED,
)
from ipregister.exchange.st86.history import EVENTS, OPPOSITIONS
from ipregister.exchange.st86.parties import CORRESPONDENCE, STAFF, parties
from ipregister.exchange.st86.shown import PRODUCTS, SPECIMENS, VIEWS
from ipregister.exchange.xml.lifting import SOLE, all_lifted, aside, numbered
from ipregister.exchange.xml.rules import (
    Container,
    Element,
    Rule,
    country,
    date,
    each,
    flag,
    group,
    leaf,
    lines,
    single,
    text,
)
from ipregister.exchange.xml.sheet import Plain, Sheet
from ipregister.exchange.xml.transactions import language, number, set_office

TRUE = ("true", "1", "yes", "y")


def set_deferment(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    """A deferment that is asked for has a field; that none is asked for is an indicator like any other."""
    if raw.strip().casefold() in TRUE:
        sheet.put(draft, pointer, "deferment_requested", raw, position)
        return
    flags: list[str] = draft.setdefault("flags", [])
    sheet.evidence[f"{pointer}/flags/{len(flags)}"] = (position, "flag:publication-deferment")
    flags.append(f"publication-deferment={raw}")


def period(unit_attribute: str) -> Rule:
    """The period of a deferment with its unit; it asks for a deferment too."""

    def take(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        unit = element.get(unit_attribute)
        careful, sheet.careful = sheet.careful, False
        _PERIOD(sheet, element, position, draft, pointer)
        sheet.careful = careful
        if unit is not None:
            sheet.taken += 1
            if unit and not unit.isspace():
                sheet.put(draft, pointer, "deferment_unit", unit, f"{position}@{unit_attribute}")
        if draft.get("deferment_period", "").strip("0") and "deferment_requested" not in draft:
            draft["deferment_requested"] = "true"
            sheet.evidence[f"{pointer}/deferment_requested"] = (position, "says:true")
        return aside(sheet, element, position, unit_attribute) if careful else position

    return take


_PERIOD = text("deferment_period")


def set_sealed(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    """A sealed deposit is one that is not to be shown before it is opened."""
    if raw.strip().casefold() not in TRUE:
        flags: list[str] = draft.setdefault("flags", [])
        sheet.evidence[f"{pointer}/flags/{len(flags)}"] = (position, "flag:sealed-deposit")
        flags.append(f"sealed-deposit={raw}")
        return
    kinds: list[str] = draft.setdefault("kinds", [])
    sheet.evidence[f"/kinds/{len(kinds)}"] = (position, "says:SEALED")
    kinds.append("SEALED")
    if "deferment_requested" not in draft:
        draft["deferment_requested"] = "true"
        sheet.evidence["/deferment_requested"] = (position, "says:true")


def count(field: str) -> Rule:
    """A whole number."""

    def set_value(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
        number = raw.strip()
        if number.isascii() and number.isdecimal() and len(number) < 7:
            draft[field] = int(number)
            plain = raw == str(draft[field])
            sheet.evidence[f"{pointer}/{field}"] = position if plain else (position, "integer")
        else:
            sheet.keep(f"{pointer}/{field}", raw, "not-a-number", position, "not-a-number")

    return single(field, set_value)


DESIGN: dict[str, Rule] = {
    "DesignIdentifier": text("identifier"),
    "DesignReference": text("reference"),
    "DesignTitle": numbered("titles"),
    "DesignDescription": numbered("descriptions", collapse=False),
    "NoveltyStatement": numbered("novelty_statements", collapse=False),
    "PartialDisclaimer": numbered("disclaimers", collapse=False),
    "Disclaimer": numbered("disclaimers", collapse=False),
    "DesignRepresentationSheetDetails": VIEWS,
    "DesignSpecimenDetails": SPECIMENS,
    "IndicationProductDetails": PRODUCTS,
    "ExhibitionPriorityDetails": EXHIBITIONS,
    "CitationReferenceDetails": CITATIONS,
    "StaffDetails": STAFF,
    "DesignerDetails": parties("designers", "Designer"),
    "PublicationKindDescription": flag("publication-kind"),
    "PartialDesignIndicator": flag("partial-design"),
    "ColourIndicator": flag("colour"),
    "DesignerWaiverIndicator": flag("designer-waiver"),
    "PublicationInColourIndicator": flag("publication-in-colour"),
    "ImmediatePublicationIndicator": flag("immediate-publication"),
    "DescriptionPublicationIndicator": flag("description-publication"),
    "DesignOpenToLicensingIndicator": flag("open-to-licensing"),
    "TotalSpecimen": flag("specimens"),
    "TotalRepresentationSheet": flag("sheets"),
    "TotalColourView": flag("colour-views"),
    "TotalBWView": flag("black-white-views"),
    "DesignRenewalDueDate": flag("renewal-due"),
    **all_lifted(
        {
            "RegistrationNumber": number("registration_number"),
            "RegistrationDate": date("registration_date"),
            "ExpiryDate": date("expiry_date"),
            "DesignCurrentStatusCode": text("office_status"),
            "DesignCurrentStatusDate": date("status_date"),
            "PublicationDefermentIndicator": leaf(set_deferment),
            "DefermentPeriod": period("periodCode"),
            "PriorityDetails": PRIORITIES,
            "PublicationDetails": PUBLICATIONS,
            "RelatedApplicationDetails": RELATED,
            "ApplicantDetails": parties("applicants", "Applicant"),
            "RepresentativeDetails": parties("representatives", "Representative"),
            "DesignEventDetails": EVENTS,
            "OppositionDetails": OPPOSITIONS,
        }
    ),
}
"""Where each element of a design goes."""


def enter_designs(
    sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str
) -> tuple[Plain, str]:
    """Note whether there is one design only."""
    if sum(1 for child in element if isinstance(child.tag, str)) == 1:
        draft[SOLE] = True
    return draft, pointer


DESIGNS: Rule = Container({"Design": each("designs", DESIGN)}, enter_designs)
"""The designs of an application."""


APPLICATION: dict[str, Rule] = {
    **REGISTER,
    "RegistrationOfficeCode": leaf(set_office),
    "ReceivingOfficeCode": country("receiving_office"),
    "ReceivingOfficeDate": date("receiving_date"),
    "ReceiptNumber": text("receipt_number"),
    "SealedDepositIndicator": leaf(set_sealed),
    "DesignApplicationNumber": number("application_number"),
    "DesignApplicationDate": date("application_date"),
    "DesignApplicationDateTime": date("application_date"),
    "FilingPlace": text("filing_place"),
    "DesignApplicationReference": text("file_reference"),
    "DesignApplicationLanguageCode": language("application_language"),
    "SecondLanguageCode": language("second_language"),
    "CorrespondenceLanguageCode": language("correspondence_language"),
    "DesignApplicationCurrentStatusCode": text("office_status"),
    "DesignApplicationCurrentStatusDate": date("status_date"),
    "TotalDesign": count("designs_count"),
    "DesignatedCountryDetails": DESIGNATIONS,
    "DesignDetails": DESIGNS,
    "ApplicantDetails": parties("applicants", "Applicant"),
    "RepresentativeDetails": parties("representatives", "Representative"),
    "DesignerDetails": parties("designers", "Designer"),
    "CorrespondenceAddress": CORRESPONDENCE,
    "DesignApplicationStatementDetails": group({"DesignApplicationStatementText": lines("notes")}),
    "DesignEventDetails": EVENTS,
    "Comment": lines("notes"),
}
"""Where each element of an application goes."""
