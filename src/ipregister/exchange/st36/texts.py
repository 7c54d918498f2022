"""Titles, abstracts, descriptions, claims, pictures in ST.36 and its relatives."""

from ipregister.exchange.xml.setters import close, entry, leaf, line, noted, remark, say, spoken, text
from ipregister.exchange.xml.shapes import Content, NotingSheet, Place, Set, Shape, name_of
from ipregister.exchange.xml.sheet import Plain, Sheet
from ipregister.exchange.xml.walking import Element, Rule
from ipregister.model.evidence import Origin


def saying(field: str) -> Content:
    """An element whose text is an entry of the list `field`."""

    def take(sheet: NotingSheet, value: str, origin: Origin, draft: Plain, pointer: str) -> None:
        say(sheet, value, origin, draft, pointer, field=field)

    return Content(
        take,
        {"lang": spoken, "language-code": spoken, "num": noted, "format": noted, "p-number": noted},
        PICTURES,
    )


_IMAGE: dict[str, Set] = {
    "file": text("filename"),
    "wi": text("width"),
    "he": text("height"),
    "img-content": text("content"),
    "img-format": text("format"),
    "type": text("format"),
    "orientation": text("orientation"),
    "inline": text("inline"),
    "alt": line("texts"),
    "num": text("number"),
    "lang": spoken,
}


def picture(kind: str) -> Shape:
    """A picture, an entry of `drawings` of the record."""
    return _Picture(kind)


class _Picture(Shape):
    __slots__ = ("_entry",)

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._entry = entry("drawings", {}, _IMAGE, constants={"kind": kind})

    def __call__(self, sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        """Take the picture."""
        return self._entry(sheet, element, position, sheet.record, "")


class _Figure(Shape):
    """A figure: its number and labels belong to the picture inside."""

    __slots__ = ("_kind",)

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind
        attributes: dict[str, Set] = {"num": text("number"), "figure-labels": line("texts"), "lang": spoken}
        image = Shape({}, _IMAGE)
        inner = entry("drawings", {"img": image, "image": image, "figure-labels": leaf(line("texts"))}, attributes,
                      constants={"kind": kind})  # fmt: skip
        self.rules, self.attributes, self.enter, self.leave = (
            inner.rules,
            inner.attributes,
            inner.enter,
            inner.leave,
        )

    def __call__(self, sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        """Take the figure."""
        return super().__call__(sheet, element, position, sheet.record, "")


PICTURES: dict[str, Rule] = {"img": picture("image")}
DRAWINGS: dict[str, Rule] = {
    "figure": _Figure("drawing"),
    "img": picture("drawing"),
    "doc-page": picture("page"),
    "page-image": picture("page"),
}

TITLE = saying("titles")


def _titled(sheet: NotingSheet, value: str, origin: Origin, draft: Plain, pointer: str) -> None:
    _passage(sheet, value, origin, draft, "title")


def _passage(sheet: NotingSheet, value: str, origin: Origin, draft: Plain, kind: str) -> None:
    passages = sheet.record.setdefault("description", [])
    place = f"/description/{len(passages)}"
    one: Plain = {"kind": kind} if kind else {}
    section = draft.get("_section", "")
    if section:
        one["section"] = section
    passages.append(one)
    say(sheet, value, origin, one, place)
    numbered = draft.pop("_number", None)
    if numbered is not None:
        text("number")(sheet, numbered[0], numbered[1], one, place)


def _number(sheet: NotingSheet, raw: str, position: Place, draft: Plain, pointer: str) -> None:
    draft["_number"] = raw, position


def _numberless(sheet: NotingSheet, draft: Plain, pointer: str, inner: Plain, place: str) -> None:
    """A paragraph without text leaves its number behind."""
    numbered = draft.pop("_number", None)
    if numbered is not None:
        sheet.used.append(numbered[1])


def passage(kind: str) -> Content:
    """A paragraph, heading or title of the description."""

    def take(sheet: NotingSheet, value: str, origin: Origin, draft: Plain, pointer: str) -> None:
        _passage(sheet, value, origin, draft, kind)

    attributes: dict[str, Set] = {"num": _number, "p-number": _number, "level": noted, "lang": spoken,
                                  "heading-level-code": noted}  # fmt: skip
    return Content(take, attributes, PICTURES, leave=_numberless)


_TEXTS: dict[str, Rule] = {
    "p": passage(""),
    "paragraphs": passage(""),
    "heading": passage("heading"),
    "invention-title": passage("title"),
    "tables": passage("table"),
    "maths": passage("formula"),
    "chemistry": passage("formula"),
    "ul": passage(""),
    "ol": passage(""),
}


class Sections(Shape):
    """The description and its parts: an element that is no paragraph is a part by its name."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__({**_TEXTS, **DRAWINGS}, {"lang": spoken, "language-code": spoken, "status": noted})

    def _inside(self, sheet: NotingSheet, element: Element, position: int, inner: Plain, place: str) -> int:
        outer = inner.get("_section", "")
        for child in element:
            here = position + 1
            rule = self.rules.get(_name(child))
            if rule is None and len(child):
                inner["_section"] = section_of(child)
                rule = self
            position = (rule or _LONE)(sheet, child, here, inner, place)
            inner["_section"] = outer
            if child.tail and not child.tail.isspace():
                sheet.element = element
                sheet.aside(child.tail, f"{here}~")
        del inner["_section"]
        if outer:
            inner["_section"] = outer
        return position


def _name(element: Element) -> str:
    return name_of(str(element.tag))


def section_of(element: Element) -> str:
    """The part of a description that an element is, in the spelling of ST.36: `technical-field`."""
    local = str(element.tag).rpartition("}")[2]
    parts = "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in local)
    return parts.strip("-")


_LONE = passage("")
DESCRIPTION = Sections()


def _claim(sheet: NotingSheet, value: str, origin: Origin, draft: Plain, pointer: str) -> None:
    say(sheet, value, origin, draft, pointer)


_CLAIM_ATTRIBUTES: dict[str, Set] = {
    "num": text("number"), "claim-type": text("kind"), "status": text("status"), "lang": spoken,
}  # fmt: skip


def _enter_claim(
    sheet: NotingSheet, element: Element, position: int, draft: Plain, pointer: str
) -> tuple[Plain, str]:
    """The same claim in a further language is one claim with another text."""
    claims: list[Plain] = sheet.record.setdefault("claims", [])
    number = element.get("num")
    if number and draft.get("_further"):
        value = number.strip()
        found = next((index for index, one in enumerate(claims) if one.get("number") == value), -1)
        if found >= 0:
            return claims[found], f"/claims/{found}"
    claims.append({})
    return claims[-1], f"/claims/{len(claims) - 1}"


def _leave_claim(sheet: NotingSheet, draft: Plain, pointer: str, inner: Plain, place: str) -> None:
    if inner is sheet.record["claims"][-1]:
        close(sheet.record, "claims", inner, {})


class _Claims(Shape):
    """Claims; each in an element of its own, or all of them in one."""

    __slots__ = ("_each", "_one")

    def __init__(self) -> None:
        super().__init__({}, {"lang": spoken, "status": noted})
        self._one = Content(_claim, _CLAIM_ATTRIBUTES, PICTURES, enter=_enter_claim, leave=_leave_claim)
        self._each = Shape({"claim-text": Content(_claim, _CLAIM_ATTRIBUTES, PICTURES, enter=_enter_claim,
                                                  leave=_leave_claim)}, _CLAIM_ATTRIBUTES)  # fmt: skip
        self.rules["claim"] = self._choose
        self.rules["claimstatement"] = leaf(text("claims_statement"))

    def __call__(self, sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        """Take the claims; further ones after the first are in another language."""
        draft["_further"] = bool(sheet.record.get("claims"))
        position = super().__call__(sheet, element, position, draft, pointer)
        draft.pop("_further", None)
        return position

    def _choose(self, sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        several = not element.get("num") and sum(_name(child) == "claimtext" for child in element) > 1
        return (self._each if several else self._one)(sheet, element, position, draft, pointer)


CLAIMS = _Claims()
_ABSTRACT_TEXT = saying("abstracts")
ABSTRACT = Shape(
    {
        "p": _ABSTRACT_TEXT,
        "paragraphs": _ABSTRACT_TEXT,
        "abst-problem": Shape({"p": _ABSTRACT_TEXT}),
        "abst-solution": Shape({"p": _ABSTRACT_TEXT}),
        "abstract-figure": Shape({"figure": _Figure("abstract-drawing")}),
        "img": picture("abstract-drawing"),
        "doc-page": picture("page"),
    },
    {"lang": spoken, "language-code": spoken, "abstract-source": noted, "status": noted},
    text=line("abstracts"),
)
TEXTS: dict[str, Rule] = {
    "abstract": ABSTRACT,
    "description": DESCRIPTION,
    "claims": CLAIMS,
    "drawings": Shape(DRAWINGS, {"lang": spoken}),
    "image-of-bibliographic-data": Shape({"img": picture("page")}),
    "image-of-chosen-drawing": Shape({"img": picture("abstract-drawing")}),
    "search-report-data": Shape(
        {"doc-page": picture("search-report-page"), "srep-citations": Shape()},
        {"lang": spoken, "srep-office": text("search_office"), "srep-type": text("search_type"), "status": noted,
         "date-produced": noted},
    ),
    "abstract-correction": Shape(text=remark("abstract-correction")),
}  # fmt: skip
"""The texts and pictures of a document."""
