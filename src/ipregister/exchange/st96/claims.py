"""What a mark rests on and where it reaches, in ST.96: priorities, designations, publications."""

from ipregister.exchange.st96.goods import PARTIAL, write_partial
from ipregister.exchange.st96.pen import Pen
from ipregister.exchange.st96.publications import publication_writer
from ipregister.exchange.st96.references import write_number
from ipregister.exchange.st96.words import COUNTRIES, MADRID, OFFICES
from ipregister.exchange.xml.rules import Rule, country, date, each, group, lines, text
from ipregister.model.right import Designation, Priority

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
                "PriorityHolderName": lines("texts"),
                "CommentText": lines("texts"),
                "PriorityPartialGoodsServices": PARTIAL,
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
                "CommentText": lines("texts"),
            },
            kind="exhibition",
        )
    }
)

PUBLICATION: dict[str, Rule] = {
    "PublicationIdentifier": text("identifier"),
    "PublicationSectionCategory": text("section"),
    "PublicationSubsection": text("section"),
    "PublicationDate": date("date"),
    "PublicationPage": text("page"),
}
PUBLICATIONS: Rule = group({"Publication": each("publications", PUBLICATION)})

DESIGNATIONS: Rule = group(
    {
        "DesignatedCountry": each(
            "designations",
            {"DesignatedCountryCode": country("country"), "MadridSystemCategory": text("under")},
        )
    }
)


def write_priorities(pen: Pen, priorities: tuple[Priority, ...]) -> None:
    """Conventional priorities, then those of exhibitions."""
    order: list[int] = []
    for bag, kind in (("tmk:PriorityBag", "convention"), ("com:ExhibitionPriorityBag", "exhibition")):
        write = _write_priority if kind == "convention" else _write_exhibition
        start, before = len(pen.out), pen.count
        pen.out.append(f"<{bag}>")
        for index, one in enumerate(priorities):
            if one.kind == kind and _claims(pen, one):
                write(pen, one, f"/priorities/{index}")
                order.append(index)
        if pen.count == before:
            del pen.out[start:]
        else:
            pen.out.append(f"</{bag}>")
    for index, one in enumerate(priorities):
        if index not in order:
            pen.carry_all(one, f"/priorities/{index}")
    pen.arrange("/priorities", order)


def _claims(pen: Pen, one: Priority) -> bool:
    """Whether the standard can hold a priority: it must have a date, one of the convention a country too."""
    return pen.is_day(one.date) and (one.kind != "convention" or pen.names(one.country, OFFICES))


def _write_priority(pen: Pen, one: Priority, pointer: str) -> None:
    pen.out.append("<tmk:Priority>")
    pen.country("com:PriorityCountryCode", one.country, f"{pointer}/country", OFFICES)
    write_number(pen, "com:ApplicationNumber", one.number, f"{pointer}/number")
    pen.date("com:PriorityApplicationFilingDate", one.date, f"{pointer}/date")
    pen.lines("com:CommentText", one.texts, f"{pointer}/texts", most=1)
    write_partial(pen, "tmk:PriorityPartialGoodsServices", one.classes, f"{pointer}/classes")
    pen.out.append("</tmk:Priority>")


def _write_exhibition(pen: Pen, one: Priority, pointer: str) -> None:
    pen.out.append("<com:ExhibitionPriority>")
    pen.country("com:ExhibitionCountryCode", one.country, f"{pointer}/country", COUNTRIES)
    pen.date("com:ExhibitionDate", one.date, f"{pointer}/date")
    pen.lines("com:CommentText", one.texts, f"{pointer}/texts", most=1)
    pen.out.append("</com:ExhibitionPriority>")
    if one.number:
        pen.carry(f"{pointer}/number", one.number)
    pen.carry_all(one.classes, f"{pointer}/classes")


write_publication = publication_writer(
    "tmk:Publication",
    "com:PublicationIdentifier",
    {"section": "com:PublicationSubsection", "date": "com:PublicationDate", "page": "com:PublicationPage"},
)
"""Writes a publication."""


def write_designation(pen: Pen, one: Designation, pointer: str) -> None:
    """A designated country; one that the standard does not know is carried whole."""
    if not pen.names(one.country, OFFICES):
        pen.carry_all(one, pointer)
        return
    pen.out.append("<tmk:DesignatedCountry>")
    pen.put("com:DesignatedCountryCode", one.country)
    pen.coded("tmk:MadridSystemCategory", one.under, f"{pointer}/under", MADRID)
    pen.out.append("</tmk:DesignatedCountry>")
    for name in ("date", "expiry_date", "state"):
        if getattr(one, name):
            pen.carry(f"{pointer}/{name}", getattr(one, name))
    pen.carry_all(one.classes, f"{pointer}/classes")
