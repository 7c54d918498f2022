"""The writer of patent documents in ST.36, root `patent-document`.

What the standard has elements for is written, and read back; what came back otherwise is put right in
`office-specific-bib-data`, the standard's place for data of an office's own: `value`, `entry`, `absent` with the JSON
pointer as `id`. Callers hand over what may go out.
"""

from itertools import groupby

from ipregister.exchange.amended import Amendment, amendments
from ipregister.exchange.st36.reader import read
from ipregister.exchange.st36.written import (
    attributes,
    write_citations,
    write_classes,
    write_event,
    write_numbers,
    write_parties,
    write_related,
)
from ipregister.exchange.st96.losses import writable
from ipregister.exchange.st96.writer import Written
from ipregister.exchange.xml.quill import Quill, comment, escaped
from ipregister.model import codelists
from ipregister.model.offices import Office
from ipregister.model.patent import Drawing, Passage, Patent
from ipregister.model.text import Text

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SECTIONS = frozenset(
    {
        "technical-field", "background-art", "disclosure", "tech-problem", "tech-solution", "advantageous-effects",
        "description-of-drawings", "description-of-embodiments", "best-mode", "mode-for-invention",
        "industrial-applicability", "reference-signs-list", "summary-of-invention",
    }
)  # fmt: skip


def write(record: Patent, office: Office) -> bytes:
    """A record as a document of its own. What it cannot hold: `compose`."""
    return compose(record, office).document


def compose(record: Patent, office: Office) -> Written:
    """A record as a document of its own, with the report of what is lost in it."""
    whole, losses = writable(record)
    head, tail = _document(whole)
    plain = f"{_DECLARATION}{head}</bibliographic-data>{tail}".encode()
    found = amendments(whole, read(plain, office).record)
    if not found:
        return Written(plain, losses)
    own = "".join(_amendment(one) for one in found)
    text = f"{_DECLARATION}{head}<office-specific-bib-data>{own}</office-specific-bib-data></bibliographic-data>{tail}"
    return Written(text.encode(), losses)


def bulk_start() -> str:
    """What a file of many records begins with."""
    return f"{_DECLARATION}<patent-documents>\n"


def bulk_entry(record: Patent, office: Office, remark: str = "") -> str:
    """A record in a file of many: one line, after a comment."""
    made = compose(record, office)
    if made.losses:
        remark = f"{remark} Lost: {'; '.join(f'{one.pointer} ({one.why})' for one in made.losses)}".strip()
    body = made.document.decode().removeprefix(_DECLARATION).replace("\n", "&#10;")
    return comment(remark) + body + "\n"


def bulk_end() -> str:
    """What a file of many records ends with."""
    return "</patent-documents>\n"


def _amendment(one: Amendment) -> str:
    return f'<{one.kind} id="{one.pointer}">{escaped(one.value)}</{one.kind}>'


def _document(record: Patent) -> tuple[str, str]:
    quill = Quill("lang", "<br/>", codelists.codes("languages"))
    quill.out.append(f"<patent-document{attributes(lang=record.document_language, country=record.office)}>")
    quill.out.append("<bibliographic-data>")
    for text in record.name_words:
        quill.said("plain-language-designation", text)
    write_numbers(quill, record)
    quill.put("language-of-filing", record.application_language)
    quill.put("language-of-publication", record.document_language)
    write_classes(quill, record.classifications)
    for title in record.titles:
        quill.said("invention-title", title)
    write_citations(quill, record.citations)
    write_related(quill, record.references)
    write_parties(quill, record)
    _write_counts(quill, record)
    head = "".join(quill.out)
    quill.out.clear()
    _write_texts(quill, record)
    for event in record.events:
        write_event(quill, event)
    return head, "".join(quill.out) + "</patent-document>"


def _write_counts(quill: Quill, record: Patent) -> None:
    for tag, count in (("number-of-claims", record.claims_count), ("total-pages", record.pages_count)):
        if count is not None and count >= 0:
            quill.put(tag, str(count))

    def figures() -> None:
        for tag, count in (
            ("number-of-drawing-sheets", record.sheets_count),
            ("number-of-figures", record.drawings_count),
        ):
            if count is not None and count >= 0:
                quill.put(tag, str(count))

    quill.around("figures", figures)
    states = [one.country for one in record.designations]
    quill.around("designation-of-states", lambda: quill.each("country", states))
    for one in record.deposits:
        quill.out.append("<bio-deposit>")
        quill.put("depositary", one.institution)
        quill.put("bio-accno", one.number)
        quill.out.append("</bio-deposit>")


def _write_texts(quill: Quill, record: Patent) -> None:
    for text in record.abstracts:
        quill.out.append(f"<abstract{quill.tagged(text)}>")
        quill.said("p", Text(text.text))
        quill.out.append("</abstract>")
    _write_description(quill, record)
    quill.around("claims", lambda: _write_claims(quill, record))
    quill.around("drawings", lambda: _write_drawings(quill, record))


def _lang(one: Passage) -> str:
    return one.texts[0].lang if one.texts else "und"


def _write_description(quill: Quill, record: Patent) -> None:
    for lang, passages in groupby(record.description, key=_lang):
        quill.out.append(f"<description{quill.tagged(Text('', lang))}>")
        for section, entries in groupby(
            passages, key=lambda one: one.section if one.section in _SECTIONS else ""
        ):
            if section:
                quill.out.append(f"<{section}>")
            for one in entries:
                tag = "heading" if one.kind in ("heading", "title") else "p"
                number = attributes(num=one.number)
                quill.said(tag, Text(one.texts[0].text if one.texts else ""), number)
            if section:
                quill.out.append(f"</{section}>")
        quill.out.append("</description>")


def _write_claims(quill: Quill, record: Patent) -> None:
    for one in record.claims:
        lang = quill.tagged(one.texts[0]) if one.texts else ""
        quill.out.append(f"<claim{attributes(num=one.number, claim_type=one.kind, status=one.status)}{lang}>")
        quill.said("claim-text", Text(one.texts[0].text if one.texts else ""))
        quill.out.append("</claim>")


def _write_drawings(quill: Quill, record: Patent) -> None:
    for one in record.drawings:
        _write_drawing(quill, one)


def _write_drawing(quill: Quill, one: Drawing) -> None:
    quill.out.append(f"<figure{attributes(num=one.number)}>")
    image = attributes(file=one.filename, wi=one.width, he=one.height, img_content=one.content, img_format=one.format,
                       orientation=one.orientation, inline=one.inline)  # fmt: skip
    quill.out.append(f"<img{image}/></figure>")
