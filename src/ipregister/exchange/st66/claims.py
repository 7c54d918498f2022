"""What a mark rests on and where it reaches, in ST.66: priorities, earlier rights, designations, publications."""

from ipregister.exchange.st66.history import PARTIAL
from ipregister.exchange.xml.rules import (
    Container,
    Element,
    Rule,
    country,
    date,
    each,
    group,
    leaf,
    lines,
    single,
    text,
)
from ipregister.exchange.xml.sheet import Plain, Sheet

PRIORITIES: Rule = group(
    {
        "Priority": each(
            "priorities",
            {
                "PriorityCountryCode": country("country"),
                "PriorityNumber": text("number"),
                "PriorityDate": date("date"),
                "PriorityHolderName": lines("texts"),
                "PriorityPartialGoodsServices": PARTIAL,
                "Comment": lines("texts"),
            },
        )
    }
)

EXHIBITIONS: Rule = group(
    {
        "ExhibitionPriority": each(
            "priorities",
            {
                "ExhibitionCountryCode": country("country"),
                "ExhibitionCityName": lines("texts"),
                "ExhibitionName": lines("texts"),
                "ExhibitionDate": date("date"),
                "ExhibitionFirstDisplayDate": date("date"),
                "Comment": lines("texts"),
            },
            kind="exhibition",
        )
    }
)

SENIORITIES: Rule = group(
    {
        "Seniority": each(
            "references",
            {
                "SeniorityCountryCode": country("office"),
                "SeniorityApplicationNumber": text("number"),
                "SeniorityApplicationDate": date("date"),
                "SeniorityFilingDate": date("date"),
                "SeniorityRegistrationNumber": text("registration_number"),
                "SeniorityRegistrationDate": date("registration_date"),
            },
            kind="seniority",
        )
    }
)

PREVIOUS: Rule = group(
    {
        "PreviousRegistration": each(
            "references",
            {
                "RegistrationOfficeCode": country("office"),
                "PreviousRegistrationNumber": text("registration_number"),
                "PreviousRegistrationDate": date("registration_date"),
            },
            kind="earlier-right",
        )
    }
)


def _set_associated(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    references: list[Plain] = draft.setdefault("references", [])
    entry: Plain = {"kind": "associated"}
    if sheet.put(entry, f"{pointer}/references/{len(references)}", "number", raw, position):
        references.append(entry)
    elif not references:
        del draft["references"]


ASSOCIATED: Rule = group({"AssociatedApplicationNumber": leaf(_set_associated)})

DIVISION: Rule = each(
    "references",
    {"InitialApplicationNumber": text("number"), "InitialApplicationDate": date("date")},
    kind="division-parent",
)

PUBLICATIONS: Rule = group(
    {
        "Publication": each(
            "publications",
            {
                "PublicationIdentifier": text("identifier"),
                "PublicationSection": text("section"),
                "PublicationSubsection": text("section"),
                "PublicationDate": date("date"),
                "PublicationPage": text("page"),
            },
        )
    }
)

DESIGNATIONS: Rule = group(
    {
        "DesignatedCountry": each(
            "designations",
            {"DesignatedCountryCode": country("country"), "DesignatedUnderCode": text("under")},
        )
    }
)


def _set_office(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    draft["_office"] = (raw, position)


def _enter_basic(
    sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str
) -> tuple[Plain, str]:
    draft["_first"] = len(draft.get("references", ()))
    return draft, pointer


def _share_office(sheet: Sheet, draft: Plain, pointer: str, inner: Plain, place: str) -> None:
    """The office of a basic mark belongs to each reference made of it."""
    first = draft.pop("_first")
    office, position = draft.pop("_office", (None, 0))
    if office is None:
        return
    references: list[Plain] = draft.setdefault("references", [])
    if len(references) == first:
        references.append({"kind": "basic-application"})
    for index in range(first, len(references)):
        sheet.put_country(references[index], f"/references/{index}", "office", office, position)


BASIC: Rule = group(
    {
        "BasicRegistrationApplication": Container(
            {
                "RegistrationOfficeCode": single("_office", _set_office),
                "BasicApplicationDetails": group(
                    {
                        "BasicApplication": each(
                            "references",
                            {"BasicApplicationNumber": text("number"), "BasicApplicationDate": date("date")},
                            kind="basic-application",
                        )
                    }
                ),
                "BasicRegistrationDetails": group(
                    {
                        "BasicRegistration": each(
                            "references",
                            {
                                "BasicRegistrationNumber": text("registration_number"),
                                "BasicRegistrationDate": date("registration_date"),
                            },
                            kind="basic-registration",
                        )
                    }
                ),
            },
            _enter_basic,
            _share_office,
        )
    }
)
