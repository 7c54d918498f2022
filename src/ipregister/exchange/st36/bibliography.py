"""Bibliographic data in ST.36 and its relatives: what is not a number, party, symbol or text of its own."""

from ipregister.exchange.st36.classes import schemes
from ipregister.exchange.st36.numbers import APPLICATION, DOCUMENT, FORM, numbered, publication, related
from ipregister.exchange.st36.parties import PARTIES
from ipregister.exchange.st36.texts import ABSTRACT, TITLE, saying
from ipregister.exchange.xml.setters import (
    country,
    day,
    entry,
    item,
    language,
    leaf,
    line,
    noted,
    number,
    remark,
    spoken,
    text,
)
from ipregister.exchange.xml.shapes import NotingSheet, Place, Set, Shape
from ipregister.exchange.xml.sheet import Plain, Sheet
from ipregister.exchange.xml.walking import Element, Rule

_PRIORITY_NAMES = {"office": "country", "number": "number"}


def _priority() -> Shape:
    children: dict[str, Rule] = {
        "priority-active-indicator": leaf(text("status")),
        "priority-linkage-type": leaf(text("linkage")),
        "office-of-filing": Shape({"country": leaf(country("country"))}),
        "priority-doc-requested": leaf(noted),
    }
    made = numbered("priorities", _PRIORITY_NAMES, children, {})
    made.attributes = {"kind": text("kind"), "status": text("status")}
    return made


PRIORITY = _priority()

_CITED: dict[str, Rule] = {"document-id": entry("documents", DOCUMENT, FORM), "text": leaf(line("texts"))}
_BOOK: dict[str, Rule] = {"text": leaf(line("texts"))}
_CITED_ATTRIBUTES: dict[str, Set] = {"dnum-type": text("number_type"), "num": noted, "lang": spoken, "dnum": noted,
                                     "npl-type": text("number_type"), "extracted-xp": text("identifier"),
                                     "doi": text("identifier"), "medium": noted, "url": noted}  # fmt: skip
CITATION = entry(
    "citations",
    {
        "patcit": Shape(_CITED, _CITED_ATTRIBUTES),
        "nplcit": Shape(_BOOK, _CITED_ATTRIBUTES),
        "category": leaf(item("categories")),
        "rel-claims": leaf(item("claims")),
        "rel-passage": Shape({"passage": leaf(item("passages")), "category": leaf(item("categories")),
                              "rel-claims": leaf(item("claims"))}),
        "text": leaf(line("texts")),
        "classification-ipc": Shape({"main-clsf": leaf(item("classes"))}),
    },
    {"cited-phase": text("phase"), "cited-by": text("cited_by"), "office": country("office"), "srep-office": country("office"),
     "cited-date": noted},
)  # fmt: skip

RELATIONS = {
    "addition": "addition", "division": "division", "continuation": "continuation",
    "continuation-in-part": "continuation-in-part", "continuing-reissue": "continuing-reissue", "reissue": "reissue",
    "divisional-reissue": "divisional-reissue", "reexamination": "reexamination", "substitution": "substitution",
    "provisional-application": "provisional", "utility-model-basis": "utility-model-basis", "correction": "correction",
    "related-publication": "related-publication", "previously-filed-app": "previously-filed",
    "continuity": "continuity", "conversion": "conversion",
}  # fmt: skip
"""Elements of related documents, and the relation they are."""


def _relation(kind: str) -> Shape:
    one, parent, child = related(kind), related(f"{kind}-parent"), related(f"{kind}-child")
    for side in (parent, child):
        side.rules["parentstatus"] = leaf(text("status"))
        side.rules["parentgrantdocument"] = side.rules["parentpctdocument"] = Shape(
            {"document-id": related(kind)}
        )
    sides: dict[str, Rule] = {"parent-doc": parent, "child-doc": child}
    return Shape({**sides, "relation": Shape(sides), "document-id": _Bare(one)})


class _Bare(Shape):
    """A document's number that stands right in the element of the relation."""

    __slots__ = ("_one",)

    def __init__(self, one: Shape) -> None:
        super().__init__()
        self._one = one

    def __call__(self, sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        """Take the number as an entry of its own."""
        return self._one(sheet, element, position, draft, pointer)


def _designation(under: str) -> Shape:
    return entry("designations", {}, value=country("country"), constants={"under": under} if under else {})


_STATE: Rule = entry("designations", {}, value=country("country"))


def _date(field: str) -> Rule:
    return Shape({"date": leaf(day(field))}, text=day(field))


def _gazetted(kind: str) -> Rule:
    made = publication(kind)
    made.rules |= {"gazettenum": leaf(text("gazette")), "gazettenumber": leaf(text("gazette"))}
    return made


def _search_use(sheet: NotingSheet, raw: str, position: Place, draft: Plain, pointer: str) -> None:
    classes = sheet.record.setdefault("classifications", [])
    one: Plain = {"scheme": "text", "use": "search-field"}
    classes.append(one)
    text("symbol")(sheet, raw, position, one, f"/classifications/{len(classes) - 1}")


def _event(kind: str) -> Rule:
    return entry("events", {"date": leaf(day("date"))}, value=day("date"), constants={"kind": kind})


_DEPOSIT = entry(
    "deposits",
    {
        "depositary": Shape({"iid": leaf(text("institution")), "name": leaf(text("institution"))}, text=text("institution")),
        "bio-accno": leaf(text("number")),
        "date": leaf(day("date")),
        "term": leaf(line("texts")),
        "text": leaf(line("texts")),
    },
    {"num": noted},
)  # fmt: skip

_FAMILY_NAMES: dict[str, Rule] = {
    "publication-reference": Shape({"document-id": entry("publications", DOCUMENT, FORM)}),
    "application-reference": Shape({"document-id": entry("applications", DOCUMENT, FORM)}),
    "priority-application": Shape({"document-id": entry("priorities", DOCUMENT, FORM)}),
    "document-id": entry("publications", DOCUMENT, FORM),
}
FAMILY = Shape(
    {
        "priority-application": entry("family", {"document-id": entry("priorities", DOCUMENT, FORM)}),
        "family-member": entry(
            "family", _FAMILY_NAMES, {"family-id": text("family"), "representative": text("representative")}
        ),
        "text": leaf(remark("family")),
    }
)

BIBLIOGRAPHY: dict[str, Rule] = {
    **schemes(),
    "application-reference": Shape(
        {"document-id": APPLICATION},
        {"appl-type": remark("appl-type"), "doc-id": text("identifier"), "is-representative": noted},
    ),
    "publication-reference": publication(),
    "public-availability-date": Shape({"gazette-reference": _gazetted("gazette")}),
    "priority-claims": Shape({"priority-claim": PRIORITY}),
    "priority-claim": PRIORITY,
    "parties": Shape(PARTIES),
    **PARTIES,
    "invention-title": TITLE,
    "abstract": ABSTRACT,
    "references-cited": Shape({"citation": CITATION, "text": leaf(line("notes"))}),
    "related-documents": Shape({name: _relation(kind) for name, kind in RELATIONS.items()}),
    "related-publication": _relation("related-publication"),
    "division": _relation("division"),
    "pct-or-regional-filing-data": Shape(
        {"document-id": _Bare(related("pct-application")), "us-371c124-date": _date("national_phase_date")}
    ),
    "pct-or-regional-publishing-data": Shape({"document-id": _Bare(related("pct-publication"))}),
    "date-pct-article-22-39-fulfilled": _date("national_phase_date"),
    "language-of-filing": leaf(language("application_language")),
    "language-of-publication": leaf(language("document_language")),
    "plain-language-designation": leaf(line("name_words"), {"lang": spoken}),
    "number-of-claims": leaf(number("claims_count"), {"adopted-law": noted}),
    "figures": Shape(
        {"number-of-drawing-sheets": leaf(number("sheets_count")), "number-of-figures": leaf(number("drawings_count")),
         "figure-to-publish": Shape({"fig-number": leaf(text("abstract_figure"))})}
    ),
    "figure-to-publish": Shape({"fig-number": leaf(text("abstract_figure"))}),
    "total-pages": leaf(number("pages_count")),
    "request-for-examination": Shape({}, {"true-or-false": remark("request-for-examination")}),
    "filing-form": leaf(remark("filing-form")),
    "designation-of-states": Shape(
        {
            "designation-pct": Shape({"regional": Shape({"country": _designation("regional"), "region": Shape(
                {"country": _designation("region")})}), "national": Shape({"country": _STATE})}),
            "country": _STATE,
            "designation-epc": Shape({"contracting-states": Shape({"country": _STATE}),
                                      "extension-states": Shape({"country": _designation("extension")})}),
        }
    ),
    "dates-of-public-availability": Shape(
        {"unexamined-printed-without-grant": _gazetted("unexamined"),
         "unexamined-not-printed-without-grant": _gazetted("unexamined-not-printed"),
         "examined-printed-without-grant": _gazetted("examined"),
         "examined-not-printed-without-grant": _gazetted("examined-not-printed"),
         "printed-with-grant": _gazetted("grant"), "not-printed-with-grant": _gazetted("grant-not-printed"),
         "claims-only-available": _gazetted("claims"), "printed-as-amended": _gazetted("amended"),
         "gazette-reference": _gazetted("gazette"), "gazette-pub-announcement": _gazetted("announcement")}
    ),
    "field-of-search": Shape({**schemes("search-field"), "text": leaf(_search_use)}),
    "date-of-earliest-priority": Shape({"date": leaf(remark("date-of-earliest-priority"))}),
    "dates-rights-effective": Shape(
        {"request-for-examination": _event("examination-requested"), "first-examination-report-despatched": _event("examined"),
         "notice-of-allowance": _event("accepted"), "abandonment": _event("abandoned"),
         "patent-maintained": _event("maintained"), "revocation": _event("invalidated"),
         "notification-of-grant": _event("grant-intended")}
    ),
    "term-of-grant": Shape(
        {"length-of-grant": leaf(number("duration_years")), "expiration-date": _date("expiry_date"),
         "disclaimer": Shape({"text": leaf(remark("disclaimer")), "date": leaf(remark("disclaimer"))}),
         "lapse-of-patent": _event("lapsed"), "text": leaf(remark("term-of-grant"))},
    ),
    "bio-deposit": _DEPOSIT,
    "patent-family": FAMILY,
    "grant-number": leaf(text("registration_number")),
    "date-of-grant": _date("registration_date"),
    "status-of-office": Shape({"text": leaf(text("office_status")), "date": leaf(day("status_date"))}),
    "exemplary-claim": leaf(item("exemplary_claims")),
    "notes": Shape({"p": saying("notes")}),
}  # fmt: skip
"""Where each element of bibliographic data goes."""
