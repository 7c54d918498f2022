"""The reader of one patent publication in ST.96, V6 to V9: elements by their local names."""

import msgspec

from ipregister.exchange.amended import ABSENT, KINDS, Amendment
from ipregister.exchange.st36.reader import finished
from ipregister.exchange.st36.sheet import PatentSheet
from ipregister.exchange.st36.texts import Sections, passage, saying
from ipregister.exchange.st96.patent.bibliography import BIBLIOGRAPHY, office
from ipregister.exchange.xml.setters import entry, language, leaf, line, noted, remark, say, spoken, text
from ipregister.exchange.xml.shapes import Content, NotingSheet, Place, Set, Shape, name_of
from ipregister.exchange.xml.sheet import Plain, Sheet, TooDeep
from ipregister.exchange.xml.slices import MAX_BYTES, Parsed, parse
from ipregister.exchange.xml.walking import Element, Rule
from ipregister.model.evidence import Origin, Reading
from ipregister.model.offices import Office as Office_

_IMAGE: dict[str, Rule] = {
    "ImageFormatCategory": leaf(text("format")),
    "FileName": leaf(text("filename")),
    "HeightMeasure": leaf(text("height"), {"measureUnitCode": noted}),
    "WidthMeasure": leaf(text("width"), {"measureUnitCode": noted}),
    "Alt": leaf(line("texts")),
    "ColourModeCategory": leaf(text("inline")),
    "Caption": Shape({"CaptionText": leaf(line("texts"))}),
    "ImageStatusCategory": leaf(noted),
    "ImageRenditionCategory": leaf(noted),
    "BitDepthQuantity": leaf(noted),
    "ColourIndicator": leaf(noted),
    "HorizontalResolutionQuantity": leaf(noted, {"resolutionUnitCategory": noted, "measureUnitCode": noted}),
    "VerticalResolutionQuantity": leaf(noted, {"resolutionUnitCategory": noted, "measureUnitCode": noted}),
    "ImageResolutionQuantity": leaf(noted, {"resolutionUnitCategory": noted, "measureUnitCode": noted}),
}
_IMAGE_ATTRIBUTES: dict[str, Set] = {
    "imageContentCategory": text("content"), "orientationCategory": text("orientation"), "fileLocationURI": noted,
    "firstPageNumber": text("number"), "lastPageNumber": noted, "imageWrappingStyleCategory": noted,
}  # fmt: skip


def _picture(kind: str) -> Shape:
    return entry("drawings", _IMAGE, _IMAGE_ATTRIBUTES, constants={"kind": kind})


_IN_RECORD = {"Image": _picture("image"), "PageImage": _picture("page")}


class Document(Shape):
    """A document outside this one: a file, or an amendment that one of our documents carries."""

    __slots__ = ("_file",)

    def __init__(self) -> None:
        super().__init__()
        self._file = entry(
            "drawings",
            {
                "FileName": leaf(text("filename")),
                "DocumentFormatCategory": leaf(text("format")),
                "DocumentContentCategory": leaf(text("content")),
                "DocumentLocationURI": leaf(line("texts")),
            },
            constants={"kind": "document"},
        )

    def __call__(self, sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        """Take the document."""
        if not isinstance(sheet, PatentSheet):
            raise TypeError("patents are read on a PatentSheet")
        name, place = _id_of(element, position)
        kind, _, path = name.partition(".")
        if kind not in KINDS or not sheet.amending or len(element) == 0:
            return self._file(sheet, element, position, draft, pointer)
        value = element[0].text or ""
        last = position + len(element)
        beside = [
            place,
            *(position + 1 + at for at in range(1, len(element)) if (element[at].text or "").strip()),
        ]
        if kind == ABSENT and value.strip():
            beside.append(position + 1)
        found = Amendment(kind, "/" + path.replace(".", "/"), value, position + 1, tuple(beside))
        sheet.amendments.append(found)
        return last


def _id_of(element: Element, position: int) -> tuple[str, Place]:
    for full, value in element.items():
        if name_of(str(full)) == "id":
            return str(value), f"{position}@id"
    return "", position


def _claim_text(sheet: NotingSheet, value: str, origin: Origin, draft: Plain, pointer: str) -> None:
    say(sheet, value, origin, draft, pointer)


class _Claim(Content):
    """A claim: its texts together are one text, its number and kind are values of their own."""

    __slots__ = ()

    def _descend(self, sheet: NotingSheet, element: Element, position: int) -> int:
        claims = sheet.record.get("claims", [])
        if name_of(str(element.tag)) != "claim" or not claims:
            return super()._descend(sheet, element, position)
        place = f"/claims/{len(claims) - 1}"
        for child in element:
            here = position + 1
            rule = _CLAIM_PARTS.get(name_of(str(child.tag)))
            if rule is not None:
                position = rule(sheet, child, here, claims[-1], place)
            else:
                position = super()._descend(sheet, child, here)
        return position


def _enter_claim(
    sheet: NotingSheet, element: Element, position: int, draft: Plain, pointer: str
) -> tuple[Plain, str]:
    claims = sheet.record.setdefault("claims", [])
    claims.append({})
    return claims[-1], f"/claims/{len(claims) - 1}"


def _leave_claim(sheet: NotingSheet, draft: Plain, pointer: str, inner: Plain, place: str) -> None:
    if not inner:
        sheet.record["claims"].pop()
        if not sheet.record["claims"]:
            del sheet.record["claims"]


_CLAIM_PARTS: dict[str, Rule] = {
    "claimnumber": leaf(text("number")),
    "claimtypecategory": leaf(text("kind")),
    "claimstatuscategory": leaf(text("status")),
}


class _Description(Sections):
    """The description in the sections of the standard."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__()
        for name, kind in (("P", ""), ("Heading", "heading"), ("InventionTitle", "title")):
            made = passage(kind)
            made.inside |= {name_of(one): rule for one, rule in _IN_RECORD.items()}
            self.rules[name_of(name)] = made
        self.rules["pageimage"] = _Recorded(_picture("page"))


class _Recorded(Shape):
    """An entry of a list of the record, wherever its element stands."""

    __slots__ = ("_one",)

    def __init__(self, one: Shape) -> None:
        super().__init__()
        self._one = one

    def __call__(self, sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        """Take it as an entry of the record's list."""
        if not isinstance(sheet, NotingSheet):
            raise TypeError("shapes are read on a NotingSheet")
        return self._one(sheet, element, position, sheet.record, "")


_ABSTRACT = saying("abstracts")
_ABSTRACT.inside |= {name_of(one): rule for one, rule in _IN_RECORD.items()}
_PAGE = _picture("page")
_DATA = Shape(BIBLIOGRAPHY, {"officeCode": office})


def _status(sheet: NotingSheet, raw: str, position: Place, draft: Plain, pointer: str) -> None:
    remark("documentStatusText")(sheet, raw, position, draft, pointer)


PUBLICATION = Shape(
    {
        "IPOfficeCode": leaf(office),
        "BibliographicData": _DATA,
        "Description": _Description(),
        "ClaimStatement": leaf(text("claims_statement")),
        "Claims": Shape(
            {
                "Claim": _Claim(_claim_text, {}, _IN_RECORD, enter=_enter_claim, leave=_leave_claim),
                "PageImage": _PAGE,
            },
            {"languageCode": spoken},
        ),
        "Abstract": Shape({"P": _ABSTRACT, "PageImage": _PAGE}, {"languageCode": spoken}),
        "Drawings": Shape(
            {
                "PageImage": _PAGE,
                "Figure": entry(
                    "drawings",
                    {"FigureNumber": leaf(text("number")), "Image": Shape(_IMAGE, _IMAGE_ATTRIBUTES)},
                    constants={"kind": "drawing"},
                ),
            },
            {"languageCode": spoken},
        ),
        "ApplicantKeywordText": leaf(remark("ApplicantKeywordText")),
        "PageImage": _PAGE,
        "ExternalDocumentBag": Shape({"ExternalDocument": Document()}),
    },
    {
        "languageCode": language("document_language"),
        "documentFileName": remark("documentFileName"),
        "creationDate": noted,
        "documentStatusText": _status,
        "documentPublicationDate": noted,
    },
)
ROOTS: dict[str, Rule] = {
    "patentpublication": PUBLICATION,
    "bibliographicdata": _DATA,
}
"""Elements that may be the root of a record."""


def read(raw: bytes, office: Office_, limit: int = MAX_BYTES) -> Reading:
    """The record of one ST.96 patent publication with its evidence; never raises for bad input."""
    parsed = parse(raw, office.encodings, limit)
    if parsed.root is None:
        return parsed.refused()
    name = name_of(str(parsed.root.tag))
    if name not in ROOTS:
        return parsed.refused("not-a-record", f"root element {name}")
    try:
        return _read(parsed, office, amending=True)
    except TooDeep:
        return parsed.refused("too-deep")
    except msgspec.ValidationError:  # what is carried makes no record: it goes beside the record instead
        return _read(parsed, office, amending=False)


def _read(parsed: Parsed, office: Office_, *, amending: bool) -> Reading:
    sheet = PatentSheet(office, amending=amending)
    root = parsed.root
    if root is not None:
        ROOTS[name_of(str(root.tag))](sheet, root, 0, sheet.record, "")
    return finished(sheet, parsed, office, sheet.amendments)
