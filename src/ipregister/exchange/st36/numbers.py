"""Numbers of applications, publications, priorities, related documents, families in ST.36 and its relatives."""

from ipregister.exchange.xml.setters import (
    close,
    country,
    day,
    entry,
    item,
    language,
    leaf,
    line,
    noted,
    text,
)
from ipregister.exchange.xml.shapes import NotingSheet, Place, Set, Shape
from ipregister.exchange.xml.sheet import Plain, Sheet
from ipregister.exchange.xml.walking import Element, Rule

DOCUMENT: dict[str, Rule] = {
    "country": leaf(country("office")),
    "wipo-st3-code": leaf(country("office")),
    "WIPOST3Code": leaf(country("office")),
    "doc-number": leaf(text("number")),
    "kind": leaf(text("kind_code")),
    "date": leaf(day("date")),
    "name": leaf(item("names"), {"name-type": noted}),
}
"""The parts of a document's number."""

FORM: dict[str, Set] = {
    "document-id-type": text("form"),
    "lang": language("language"),
    "format": text("form"),
}


class _Numbers(Shape):
    """A number: the first of an element fills its own fields, further spellings go to `documents`."""

    __slots__ = ("_first", "_further")

    def __init__(self, fields: dict[str, Rule]) -> None:
        super().__init__()
        self._first = Shape(fields, FORM)
        self._further = entry("documents", DOCUMENT, FORM)

    def __call__(self, sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        """Take the number."""
        chosen = self._further if draft.get("_numbered") else self._first
        draft["_numbered"] = True
        return chosen(sheet, element, position, draft, pointer)


def numbered(
    field: str, names: dict[str, str], children: dict[str, Rule], constants: dict[str, str]
) -> Shape:
    """An element with document numbers that is one entry of the list `field`.

    `names` are the entry's own names for office, number, kind_code, date."""
    fields: dict[str, Rule] = {
        "country": leaf(country(names["office"])),
        "WIPOST3Code": leaf(country(names["office"])),
        "doc-number": leaf(text(names["number"])),
        "kind": leaf(text("kind_code")),
        "date": leaf(day("date")),
        "name": leaf(line("texts")),
    }
    made = entry(field, {"document-id": _Numbers(fields), **fields, **children}, constants=constants)
    leave = made.leave

    def done(sheet: NotingSheet, draft: Plain, pointer: str, inner: Plain, place: str) -> None:
        inner.pop("_numbered", None)
        if leave is not None:
            leave(sheet, draft, pointer, inner, place)

    made.leave = done
    return made


_PUBLICATION = {"office": "office", "number": "identifier"}
_OTHER = {"office": "office", "number": "number"}
_GAZETTE: dict[str, Rule] = {
    "gazette-reference": Shape(
        {"gazette-num": leaf(text("gazette")), "gazette-number": leaf(text("gazette")), "date": leaf(day("date")),
         "text": leaf(text("section"))}
    )
}  # fmt: skip


def publication(kind: str = "") -> Shape:
    """A published document, an entry of `publications`."""
    made = numbered("publications", _PUBLICATION, dict(_GAZETTE), {"kind": kind} if kind else {})
    made.attributes = {"lang": language("language"), "status": text("status")}
    return made


def related(kind: str, field: str = "references") -> Shape:
    """Another document, an entry of `references`."""
    made = numbered(field, _OTHER, dict(_GAZETTE), {"kind": kind})
    made.attributes = {"lang": language("language")}
    return made


def _spelling(
    sheet: NotingSheet, element: Element, position: int, draft: Plain, pointer: str
) -> tuple[Plain, str]:
    """A further spelling of the application number."""
    documents = sheet.record.setdefault("application_documents", [])
    documents.append({})
    return documents[-1], f"/application_documents/{len(documents) - 1}"


def _spelled(sheet: NotingSheet, draft: Plain, pointer: str, inner: Plain, place: str) -> None:
    """The first one is the record's own number; it names the office too, unless that is told elsewhere."""
    close(sheet.record, "application_documents", inner, {})


class Application(Shape):
    """An application number: the first in a document is that of the record."""

    __slots__ = ()

    def __call__(self, sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        """Take the number."""
        if not isinstance(sheet, NotingSheet):
            raise TypeError("shapes are read on a NotingSheet")
        first = "application_number" not in sheet.record and not sheet.record.get("application_documents")
        chosen = _MAIN if first else _FURTHER
        return chosen(sheet, element, position, sheet.record, "")


def _office(sheet: NotingSheet, raw: str, position: Place, draft: Plain, pointer: str) -> None:
    set_office(sheet, raw, position)


def set_office(sheet: NotingSheet, raw: str, position: Place) -> None:
    """The office whose document this is: told by the document, once."""
    code = sheet.lookups.country(raw)
    if code is None:
        sheet.keep("/office", raw, "not-a-country", position, "not-a-country")
    elif "/office" not in sheet.evidence:
        sheet.record["office"] = code
        sheet.evidence["/office"] = position if code == raw else (position, "country")
    elif sheet.record["office"] == code:
        sheet.used.append(position)
    else:
        sheet.aside(raw, position)


def _form(sheet: NotingSheet, raw: str, position: Place, draft: Plain, pointer: str) -> None:
    """How the record's own number is spelled is told by the further spellings; a lone form says nothing."""
    sheet.used.append(position)


_MAIN = Shape(
    {
        "country": leaf(_office),
        "WIPOST3Code": leaf(_office),
        "doc-number": leaf(text("application_number")),
        "kind": leaf(text("application_kind")),
        "date": leaf(day("application_date")),
        "name": leaf(line("notes")),
    },
    {"document-id-type": _form, "format": _form, "lang": language("application_language")},
)
_FURTHER = Shape(DOCUMENT, FORM, enter=_spelling, leave=_spelled)
APPLICATION = Application()
