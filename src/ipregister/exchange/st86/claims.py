"""What a design rests on, in ST.86: priorities, exhibitions, related applications, citations, publications."""

from ipregister.exchange.xml.rules import Rule, country, date, each, group, lines, single, text
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
                "PriorityStatusCode": text("status"),
                "PriorityStatusDate": date("status_date"),
                "Comment": lines("texts"),
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
                "ExhibitionStatusCode": text("status"),
                "ExhibitionStatusDate": date("status_date"),
                "Comment": lines("texts"),
            },
        )
    }
)


def set_relation(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    """What a related application is to this one, by the table `design/references`."""
    if not sheet.put_word(draft, pointer, "kind", raw, position, table="design/references"):
        sheet.spare("RelatedApplication/RelatedApplicationKind", raw, position)


RELATED: Rule = group(
    {
        "RelatedApplication": each(
            "references",
            {
                "RelatedApplicationKind": single("kind", set_relation),
                "RelatedApplicationNumber": text("number"),
                "RelatedApplicationReference": text("number"),
                "RelatedApplicationDate": date("date"),
                "RelatedApplicationRegistrationNumber": text("registration_number"),
                "RelatedApplicationRegistrationDate": date("registration_date"),
            },
            kind="associated",
        )
    }
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

CITATIONS: Rule = group(
    {
        "CitationReference": each(
            "citations",
            {
                "CitationIdentifier": text("number"),
                "CitationKind": text("kind"),
                "CitationDocument": group(
                    {
                        "DocumentName": text("name"),
                        "DocumentDate": date("date"),
                        "DocumentLocation": text("text"),
                    }
                ),
            },
        )
    }
)

DESIGNATIONS: Rule = group(
    {"DesignatedCountry": each("designations", {"DesignatedCountryCode": country("country")})}
)
