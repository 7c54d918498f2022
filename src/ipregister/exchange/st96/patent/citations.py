"""Citations in ST.96 patents."""

from ipregister.exchange.st36.texts import saying
from ipregister.exchange.xml.setters import (
    country,
    day,
    entry,
    item,
    language,
    leaf,
    line,
    noted,
    spoken,
    text,
)
from ipregister.exchange.xml.shapes import NotingSheet, Set, Shape
from ipregister.exchange.xml.sheet import Plain
from ipregister.exchange.xml.walking import Rule


def _kind(kind: str, children: dict[str, Rule], attributes: dict[str, Set] | None = None) -> Shape:
    """The element that tells the kind of a citation."""

    def enter(
        sheet: NotingSheet, element: object, position: int, draft: Plain, pointer: str
    ) -> tuple[Plain, str]:
        draft["kind"] = kind
        return draft, pointer

    return Shape(children, attributes, enter=enter)


_CITED = entry(
    "documents",
    {
        "IPOfficeCode": leaf(country("office")),
        "DocumentNumber": leaf(text("number")),
        "EntityName": leaf(item("names"), {"entityNameCategory": noted, "languageCode": noted}),
        "PatentDocumentKindCode": leaf(text("kind_code")),
        "PatentDocumentDate": leaf(day("date")),
    },
    {"languageCode": language("language"), "patentDocumentIdentificationFormatCategory": text("form")},
)
SPOKEN: dict[str, Set] = {"languageCode": spoken}
CITATION = entry(
    "citations",
    {
        "PatentCitation": _kind("patent", {"CitedPatentDocumentIdentification": _CITED, "PatentCitationText": saying("texts")}),
        "NPLCitation": _kind(
            "literature",
            {"NPLCitationText": saying("texts"), "WebURI": leaf(line("texts")), "FileName": leaf(line("texts"))},
            SPOKEN,
        ),
        "DocumentRelevanceBag": Shape(
            {"DocumentRelevance": Shape({
                "CitationCategoryCode": leaf(item("categories")),
                "RelatedClaimBag": Shape({"ClaimNumber": leaf(item("claims"))})})}
        ),
        "CommentText": leaf(line("texts"), {"languageCode": spoken}),
        "PatentClassificationBag": Shape({"IPCClassification": Shape({"MainClassification": leaf(item("classes"))})}),
    },
    {"citedPhaseCategory": text("phase"), "citingPartyCategory": text("cited_by")},
)  # fmt: skip
