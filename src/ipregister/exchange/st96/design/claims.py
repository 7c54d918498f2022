"""What a design rests on and what happened to it in ST.96, as it is read."""

import re

from ipregister.exchange.st86.claims import set_relation
from ipregister.exchange.st96.basics import NUMBER
from ipregister.exchange.st96.carried import use
from ipregister.exchange.st96.design.parties import parties
from ipregister.exchange.xml.rules import Rule, country, date, each, group, leaf, lines, listed, single, text
from ipregister.exchange.xml.sheet import Plain, Sheet

_PART_OF_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?")
NEUTRAL = "Undefined"
"""The category of an event that says nothing of it; an event must have one."""


def _partial(field: str) -> Rule:
    """A date that may be a year or a month."""

    def set_value(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
        if _PART_OF_DATE.fullmatch(raw):
            draft[field] = raw
            sheet.evidence[f"{pointer}/{field}"] = position
        else:
            sheet.put_date(draft, pointer, field, raw, position)

    return single(field, set_value)


PRIORITIES: Rule = group(
    {
        "Priority": each(
            "priorities",
            {
                "PriorityCountryCode": country("country"),
                "ApplicationNumber": group(
                    {"ApplicationNumberText": text("number"), "ST13ApplicationNumber": text("number")}
                ),
                "PriorityApplicationFilingDate": date("date"),
                "DASAccessCode": text("access_code"),
                "PriorityHolderName": lines("texts"),
                "PriorityStatusCategory": text("status"),
                "PriorityStatusDate": date("status_date"),
                "CommentText": lines("texts"),
            },
        )
    }
)

EXHIBITIONS: Rule = group(
    {
        "ExhibitionPriority": each(
            "exhibitions",
            {
                "ExhibitionCountryCode": country("country"),
                "ExhibitionCityName": text("place"),
                "ExhibitionName": text("name"),
                "ExhibitionDate": date("date"),
                "ExhibitionFirstDisplayDate": date("first_shown"),
                "ExhibitionStatusCategory": text("status"),
                "ExhibitionStatusDate": date("status_date"),
                "CommentText": lines("texts"),
            },
        )
    }
)

RELATED: Rule = group(
    {
        "RelatedApplication": each(
            "references",
            {
                "RelatedApplicationCategory": single("kind", set_relation),
                "RelatedApplicationNumber": NUMBER,
                "RelatedApplicationDate": date("date"),
                "RelatedApplicationReference": text("number"),
                "RelatedApplicationRegistrationNumber": text("registration_number"),
            },
            kind="associated",
        )
    }
)


def _set_publication(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    if not sheet.put_word(draft, pointer, "kind", raw, position, table="design/publication_kinds"):
        sheet.spare("Publication/DesignPublicationCategory", raw, position)


PUBLICATIONS: Rule = group(
    {
        "Publication": each(
            "publications",
            {
                "PublicationIdentifier": text("identifier"),
                "DesignPublicationCategory": single("kind", _set_publication),
                "PublicationSectionCategory": text("section"),
                "PublicationSubsection": text("section"),
                "PublicationDate": date("date"),
                "PublicationPage": text("page"),
            },
        )
    }
)

CITATIONS: Rule = group(
    {
        "CitedPatentDocumentIdentification": each(
            "citations",
            {
                "IPOfficeCode": country("office"),
                "DocumentNumber": text("number"),
                "EntityName": text("name"),
                "PatentDocumentKindCode": text("kind"),
                "PatentDocumentDate": _partial("date"),
            },
        )
    }
)

DESIGNATIONS: Rule = group(
    {
        "DesignatedCountry": each(
            "designations",
            {"DesignatedCountryCode": country("country"), "HagueAgreementActCategory": text("under")},
        )
    }
)

NOVELTY: Rule = group(
    {
        "ExceptionLackNoveltyDeclaration": group(
            {
                "DesignatedCountryBag": group(
                    {"DesignatedCountry": group({"DesignatedCountryCode": lines("novelty_exceptions")})}
                )
            }
        )
    }
)

PRINCIPAL: Rule = group({"PrincipalDesignRelation": group({"DocumentIdentifier": listed("principal")})})


def _set_all(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    """That a claim is about all designs says where it belongs."""
    use(sheet, position)


CLAIM: Rule = group(
    {
        "DesignClaimTextBag": group({"DesignClaimText": lines("claims", collapse=False)}),
        "AffectedDesign": group({"AllDesignsIndicator": leaf(_set_all)}),
    }
)

STAFF: Rule = parties("examiners", "Staff")


def _set_category(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    if raw == NEUTRAL:
        use(sheet, position)
    elif not sheet.put_word(draft, pointer, "kind", raw, position, table="design/events"):
        sheet.spare("DesignEventCategory", raw, position)


def _events(name: str) -> Rule:
    return group(
        {
            name: each(
                "events",
                {
                    f"{name}Category": single("kind", _set_category),
                    f"{name}ResponseDate": date("response_date"),
                    "CommentText": lines("office_description"),
                    f"{name}Date": date("date"),
                    f"{name}DateTime": date("date"),
                },
            )
        }
    )


DESIGN_EVENTS: Rule = _events("DesignEvent")
APPLICATION_EVENTS: Rule = _events("DesignApplicationEvent")

OPPOSITIONS: Rule = group(
    {
        "Opposition": each(
            "recordals",
            {
                "OppositionIdentifier": text("identifier"),
                "OppositionDate": date("date"),
                "OppositionReference": listed("numbers"),
                "OppositionBasisCategory": text("category"),
                "OppositionGroundsText": lines("texts"),
                "OppositionExtentText": lines("texts"),
                "OppositionCurrentStatusCategory": text("status"),
                "OppositionCurrentStatusDate": date("status_date"),
            },
            kind="opposition",
        )
    }
)
