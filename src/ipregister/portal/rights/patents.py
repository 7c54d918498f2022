"""Panels of patents and utility models."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ipregister.portal.dates import show_date
from ipregister.portal.fields import (
    Field,
    Plain,
    coded,
    country,
    day,
    documents,
    inside,
    listed,
    one,
    rows_of,
    several,
    texts,
    tongue,
    word,
    words,
)
from ipregister.portal.panels import PRIORITY
from ipregister.portal.parties import party_panel
from ipregister.portal.tables import table
from ipregister.portal.values import Panel, Row, Value, rows

INVENTION: tuple[Field, ...] = (
    Field("titles", lazy("Title"), texts, "54"),
    Field("kind_code", lazy("Kind of document"), one, "13"),
    Field("name_words", lazy("Office's sort of the right"), texts, "12"),
    Field("abstracts", lazy("Abstract"), texts, "57"),
    Field("abstract_figure", lazy("Figure for the abstract"), one),
    Field("application_kind", lazy("Kind of application"), one),
    Field("application_documents", lazy("Other forms of the number"), documents),
    Field("document_language", lazy("Language"), tongue, "26"),
    Field("procedure_language", lazy("Language of the procedure"), tongue),
    Field("claims_count", lazy("Number of claims"), one),
    Field("drawings_count", lazy("Number of drawings"), one),
    Field("sheets_count", lazy("Number of sheets"), one),
    Field("pages_count", lazy("Number of pages"), one),
    Field("international_date", lazy("Date of the international application"), day, "86"),
    Field("national_phase_date", lazy("Entry into the national phase"), day, "85"),
    Field("search_date", lazy("Date of the search"), day),
    Field("search_type", lazy("Kind of search"), one),
    Field("search_office", lazy("Searching office"), country),
    Field("examination_date", lazy("Date of the examination"), day),
)
DRAWING = (
    Field("kind", lazy("Kind"), word),
    Field("number", lazy("Number"), one),
    Field("texts", lazy("Text"), texts),
)
FURTHER: tuple[Field, ...] = (
    Field("drawings", lazy("Pictures"), inside(*DRAWING)),
    Field("remarks", lazy("Remarks"), inside(Field("kind", "", word), Field("texts", "", texts))),
)
PUBLICATION: tuple[Field, ...] = (
    Field("office", lazy("Office"), country, "19"),
    Field("identifier", lazy("Number"), one, "11"),
    Field("kind_code", lazy("Kind"), one, "13"),
    Field("date", lazy("Date"), day, "45"),
    Field("kind", lazy("What was published"), coded("publication")),
    Field("gazette", lazy("Gazette"), one),
    Field("section", lazy("Section"), one),
    Field("page", lazy("Page"), one),
    Field("language", lazy("Language"), tongue),
    Field("status", lazy("Status"), one),
    Field("word", lazy("Office's word"), one),
    Field("form", lazy("Form of the number"), one),
    Field("documents", lazy("Other forms of the number"), documents),
)
OF_SYMBOL = ("level", "position", "value", "status", "source", "group", "rank", "office")


def invention(record: Plain, lang: str) -> Panel | None:
    """Title and abstract, and what the office counts."""
    found = rows_of(record, "", INVENTION, lang) + rows_of(record, "", FURTHER, lang)
    return Panel("invention", _("Invention"), found) if found else None


def inventors(record: Plain, lang: str) -> Panel | None:
    """Inventors."""
    return party_panel(record, "inventors", _("Inventor"), "72", lang)


def examiners(record: Plain, lang: str) -> Panel | None:
    """Examiners."""
    return party_panel(record, "examiners", _("Examiner"), "", lang)


def classifications(record: Plain, lang: str) -> Panel | None:
    """Classification symbols, by scheme."""
    inid = {"ipc": "51", "cpc": "51", "national": "52"}
    found: dict[tuple[str, str], list[Value]] = {}
    for index, item in enumerate(record.get("classifications", ())):
        link = f"ipc:{_word(item['symbol'])}" if item["scheme"] == "ipc" and item.get("symbol") else ""
        value = Value(
            item.get("symbol", ""), f"/classifications/{index}/symbol", note=_of_symbol(item, lang), link=link
        )
        if value.text:
            found.setdefault((item["scheme"], item.get("use", "")), []).append(value)
    shown = rows(*(Row(_scheme(*key), tuple(values), inid.get(key[0], "")) for key, values in found.items()))
    return Panel("classification", _("Classification"), shown) if shown else None


def _of_symbol(item: Plain, lang: str) -> str:
    """Edition, and what else is said of a symbol."""
    told = (item.get("version"), *(item.get(name) for name in OF_SYMBOL), show_date(item.get("date"), lang))
    return ", ".join(text for text in told if text)


def _word(symbol: str) -> str:
    return "".join(symbol.split()).upper()


def _scheme(scheme: str, use: str) -> str:
    named = {"ipc": _("International Patent Classification"), "cpc": _("Cooperative Patent Classification"),
             "national": _("National classification")}  # fmt: skip
    name = named.get(scheme, scheme.replace("-", " "))
    if use == "search-field":
        return f"{name} ({_('fields searched')})"
    return f"{name} ({use.replace('-', ' ')})" if use not in ("", "classification") else name


def claims(record: Plain, lang: str) -> Panel | None:
    """The claims, each with its number, and what is said of all of them."""
    items = tuple(_passages(record, "claims"))
    told = rows_of(record, "", (Field("claims_statement", _("Text"), one),
                                Field("exemplary_claims", _("Exemplary claims"), listed)), lang)  # fmt: skip
    return Panel("claims", _("Claims"), told, "passages", items) if items or told else None


def description(record: Plain, lang: str) -> Panel | None:
    """The description, in paragraphs, below the names of its parts."""
    items: list[dict[str, Any]] = []
    section = ""
    for index, passage in enumerate(_passages(record, "description")):
        part = record["description"][index].get("section", "")
        if part and part != section:
            title = (Value(part.replace("-", " "), f"/description/{index}/section"),)
            items.append({"number": "", "heading": True, "texts": title})
        section = part
        items.append(passage)
    shown = tuple(item for item in items if item["texts"])
    return Panel("description", _("Description of the invention"), (), "passages", shown) if shown else None


def _passages(record: Plain, name: str) -> list[dict[str, Any]]:
    return [
        {
            "number": _called(part),
            "heading": part.get("kind") == "heading",
            "texts": texts(part, "texts", f"/{name}/{index}", "") if part.get("texts") else (),
        }
        for index, part in enumerate(record.get(name, ()))
    ]


def _called(part: Plain) -> str:
    """The number of a claim or paragraph; of a claim also its kind and status, and the claims it refers to."""
    of_claim = (part.get("status", ""), ", ".join(part.get("depends_on", ())))
    kind = part.get("kind", "") if part.get("kind") not in ("heading", "paragraph") else ""
    return " · ".join(text for text in (part.get("number", ""), kind, *of_claim) if text)


def publications(record: Plain, lang: str) -> Panel | None:
    """Published documents."""
    return table(record, "publications", _("Publications"), PUBLICATION, lang)


def priorities(record: Plain, lang: str) -> Panel | None:
    """Priorities claimed."""
    inid = {"330": "33", "310": "31", "320": "32"}
    return table(record, "priorities", _("Priority"), PRIORITY, lang, lambda code: inid.get(code, ""))


FAMILY: tuple[Field, ...] = (
    Field("publications", lazy("Publications"), documents),
    Field("applications", lazy("Applications"), documents),
    Field("priorities", lazy("Priority"), documents),
    Field("family", lazy("Family"), one),
    Field("kind", lazy("Kind"), word),
    Field("representative", lazy("Stands for the family"), one),
)


def family(record: Plain, lang: str) -> Panel | None:
    """Members of the patent family."""
    return table(record, "family", _("Patent family"), FAMILY, lang)


def _cited(item: Plain, name: str, place: str, lang: str) -> tuple[Value, ...]:
    """What is cited: documents, then literature in words."""
    found: Sequence[tuple[Value, ...]] = (
        documents(item, "documents", place, lang) if item.get("documents") else (),
        texts(item, "texts", place, lang) if item.get("texts") else (),
        one(item, "identifier", place),
    )
    return several(*found)


def _who(item: Plain, name: str, place: str, lang: str) -> tuple[Value, ...]:
    return several(*(one(item, key, place) for key in ("phase", "cited_by")))


CITATION: tuple[Field, ...] = (
    Field("cited", lazy("Document"), _cited, "56"),
    Field("categories", lazy("Category"), listed),
    Field("who", lazy("Cited by"), _who),
    Field("kind", lazy("Kind"), word),
    Field("office", lazy("Office"), country),
    Field("number_type", lazy("Form of the number"), one),
    Field("claims", lazy("Claims"), words),
    Field("passages", lazy("Passages"), listed),
    Field("classes", lazy("Classes"), listed),
)


def citations(record: Plain, lang: str) -> Panel | None:
    """Cited documents and literature."""
    found = [item | {"cited": True, "who": item.get("phase") or item.get("cited_by")}
             for item in record.get("citations", ())]  # fmt: skip
    return table({"citations": found}, "citations", _("Documents cited"), CITATION, lang)


DEPOSIT: tuple[Field, ...] = (
    Field("institution", lazy("Institution"), one, "83"),
    Field("number", lazy("Number"), one),
    Field("date", lazy("Date"), day),
    Field("texts", lazy("Text"), texts),
)


def deposits(record: Plain, lang: str) -> Panel | None:
    """Deposits of biological material."""
    return table(record, "deposits", _("Deposits of biological material"), DEPOSIT, lang)
