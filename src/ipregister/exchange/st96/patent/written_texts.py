"""Description, claims, abstracts, drawings of patents in ST.96, as they are written."""

from itertools import groupby

from ipregister.exchange.st96.words import LANGUAGES
from ipregister.exchange.xml.quill import Quill, quoted
from ipregister.model.patent import Drawing, Passage, Patent
from ipregister.model.text import Text

_SECTIONS = {
    "technical-field": "TechnicalField", "background-art": "BackgroundArt", "disclosure": "Disclosure",
    "invention-summary": "InventionSummary", "summary-of-invention": "InventionSummary",
    "drawing-description": "DrawingDescription", "description-of-drawings": "DrawingDescription",
    "drawings-description": "DrawingDescription", "embodiment-description": "EmbodimentDescription",
    "description-of-embodiments": "EmbodimentDescription", "best-mode": "BestMode", "invention-mode": "InventionMode",
    "mode-for-invention": "InventionMode", "industrial-applicability": "IndustrialApplicability",
    "reference-sign-bag": "ReferenceSignBag",
}  # fmt: skip
"""Parts of the description and their elements; several of our names may mean one of them."""
_STATUSES = frozenset(
    {
        "Original", "Currently amended", "Cancelled by applicant", "Withdrawn", "Previously presented", "New", "Not entered",
        "Unknown", "Allowed", "Objected to", "Rejected", "Restricted", "Non elected or withdrawn",
        "Cancelled by examiner", "Appealed", "Interference", "None",
    }
)  # fmt: skip
_FORMATS = {
    "tif": "TIFF",
    "tiff": "TIFF",
    "jpg": "JPEG",
    "jpeg": "JPEG",
    "png": "PNG",
    "gif": "GIF",
    "svg": "SVG",
}


def _language(passage: Passage) -> str:
    lang = passage.texts[0].lang if passage.texts else ""
    return lang if lang in LANGUAGES else ""


def write_description(quill: Quill, record: Patent) -> None:
    """The description, one for each run of a language."""
    for lang, passages in groupby(record.description, key=_language):
        quill.out.append(f'<pat:Description com:languageCode="{lang}">' if lang else "<pat:Description>")
        for section, entries in groupby(passages, key=lambda one: _SECTIONS.get(one.section, "")):
            if section:
                quill.out.append(f"<pat:{section}>")
            for one in entries:
                _write_passage(quill, one)
            if section:
                quill.out.append(f"</pat:{section}>")
        quill.out.append("</pat:Description>")


def _write_passage(quill: Quill, one: Passage) -> None:
    tag = "com:Heading" if one.kind in ("heading", "title") else "com:P"
    number = f' com:pNumber="{quoted(one.number)}"' if one.number and tag == "com:P" else ""
    text = one.texts[0] if one.texts else Text("")
    quill.said(tag, Text(text.text), number)


def write_claims(quill: Quill, record: Patent) -> None:
    """The claims; there must be one."""
    langs = {one.texts[0].lang for one in record.claims if one.texts}
    lang = langs.pop() if len(langs) == 1 else ""
    quill.out.append(f'<pat:Claims com:languageCode="{lang}">' if lang in LANGUAGES else "<pat:Claims>")
    for one in record.claims:
        quill.out.append("<pat:Claim>")
        quill.must("pat:ClaimNumber", one.number)
        quill.coded("pat:ClaimTypeCategory", one.kind, ("Independent", "Dependent"))
        quill.coded("pat:ClaimStatusCategory", one.status, _STATUSES)
        quill.said("pat:ClaimText", Text(one.texts[0].text if one.texts else ""))
        quill.out.append("</pat:Claim>")
    if not record.claims:
        quill.out.append("<pat:Claim><pat:ClaimNumber/><pat:ClaimText/></pat:Claim>")
    quill.out.append("</pat:Claims>")


def write_abstracts(quill: Quill, record: Patent) -> None:
    """The abstracts."""
    for text in record.abstracts:
        attribute = quill.tagged(text)
        quill.out.append(f"<pat:Abstract{attribute}>")
        quill.said("com:P", Text(text.text))
        quill.out.append("</pat:Abstract>")


def write_drawings(quill: Quill, record: Patent) -> None:
    """The drawings that are files of a format of the standard."""

    def every() -> None:
        for one in record.drawings:
            _write_drawing(quill, one)

    quill.around("pat:Drawings", every)


def _write_drawing(quill: Quill, one: Drawing) -> None:
    form = one.format if one.format in _FORMATS.values() else _FORMATS.get(one.format.lower())
    if form is None or one.kind == "document":
        return
    quill.out.append("<pat:Figure>")
    quill.must("pat:FigureNumber", one.number)
    quill.out.append("<com:Image>")
    quill.put("com:ImageFormatCategory", form)
    quill.must("com:FileName", one.filename)
    quill.out.append("</com:Image></pat:Figure>")
