"""A record as unqualified Dublin Core (`oai_dc`): what every harvester reads.

| element | of a record |
|---|---|
| title | words of the mark; title, names; transliterations |
| creator | authors, inventors, designers; else applicants, else holders |
| contributor | holders where they are not the creators |
| subject | classes with their scheme, classification symbols, products, figurative elements |
| description | abstracts, descriptions, goods and services |
| publisher | the office |
| date | filing, registration |
| type | sort of the right |
| identifier | permanent address, numbers |
| relation | number of the international registration |
| language | language of the application |
| coverage | the office's country |
| rights | licence, attribution |
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from ipregister.exchange.oai.words import DC, OAI_DC, OAI_DC_XSD, XSI
from ipregister.model import codelists
from ipregister.model.design import Design
from ipregister.model.emblem import Emblem
from ipregister.model.indication import Indication
from ipregister.model.mark import Mark, Trademark
from ipregister.model.party import Party
from ipregister.model.patent import Patent
from ipregister.model.record import Record
from ipregister.model.text import Text
from ipregister.model.work import Work

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"})
_SPECIAL = re.compile('[&<>"\r]')
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that no XML 1.0 document can hold."""
_LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")
START = (
    f'<oai_dc:dc xmlns:oai_dc="{OAI_DC}" xmlns:dc="{DC}" xmlns:xsi="{XSI}" '
    f'xsi:schemaLocation="{OAI_DC} {OAI_DC_XSD}">'
)
END = "</oai_dc:dc>"


class Told(Struct, frozen=True):
    """What is said beside the record: its permanent address, its office, and elements on its rights, made once."""

    address: str
    office: str
    rights: str = ""


def escaped(text: str) -> str:
    """A text between tags or in an attribute; what XML cannot hold becomes the replacement character."""
    if not text.isascii() or not text.isprintable():
        text = _UNWRITABLE.sub("�", text)
    return text.translate(_ESCAPES) if _SPECIAL.search(text) else text


def element(name: str, text: str, lang: str = "") -> str:
    """One element; none for no text."""
    if not text.strip():
        return ""
    tag = f' xml:lang="{lang}"' if lang not in ("", "und") and _LANGUAGE.fullmatch(lang) else ""
    return f"<dc:{name}{tag}>{escaped(text)}</dc:{name}>"


def rights(*texts: str) -> str:
    """Elements on licence and attribution."""
    return "".join(element("rights", text) for text in texts)


def write(record: Record, told: Told) -> str:
    """The document of a record."""
    out = [START]
    out += _texts("title", _titles(record))
    creators = _creators(record)
    out += _parties("creator", creators)
    if record.holders and creators != record.holders:
        out += _parties("contributor", record.holders)
    out += [element("subject", subject) for subject in dict.fromkeys(_subjects(record))]
    out += _texts("description", _descriptions(record))
    out.append(element("publisher", told.office))
    out += [element("date", date) for date in (record.application_date, record.registration_date) if date]
    out.append(element("type", codelists.label("subtypes", record.subtype)))
    numbers = (record.application_number, record.registration_number)
    out += [element("identifier", text) for text in dict.fromkeys((told.address, *numbers))]
    out.append(element("relation", record.international_number))
    out.append(element("language", record.application_language))
    out.append(element("coverage", record.office))
    out += (told.rights, END)
    return "".join(out)


def _texts(name: str, texts: Iterable[Text]) -> list[str]:
    return [element(name, text.text, text.lang) for text in dict.fromkeys(texts)]


def _parties(name: str, parties: Sequence[Party]) -> list[str]:
    return _texts(name, (text for party in parties for text in _names(party)))


def _names(party: Party) -> Iterator[Text]:
    """Name lines as written; else the organisation's; else given and family names side by side, in that order."""
    if party.names or party.organization_names:
        yield from party.names or party.organization_names
        return
    lines = [text.text for text in (*party.first_names, *party.last_names)]
    if lines:
        yield Text(" ".join(lines))


def _titles(record: Record) -> Iterator[Text]:
    match record:
        case Trademark():
            yield from _words(record.mark)
        case Patent() | Work():
            yield from record.titles
        case Design():
            yield from record.titles
            for one in record.designs:
                yield from one.titles
        case Indication():
            yield from (*record.names, *record.transliterations)
        case Emblem():
            yield from record.names


def _words(mark: Mark) -> tuple[Text, ...]:
    return (*(mark.verbal or mark.significant), *mark.transliterations)


def _creators(record: Record) -> Sequence[Party]:
    match record:
        case Patent():
            own: Sequence[Party] = record.inventors
        case Design():
            own = record.designers
        case Work():
            own = record.authors
        case _:
            own = ()
    return own or record.applicants or record.holders


def _subjects(record: Record) -> Iterator[str]:
    match record:
        case Trademark():
            blocks = (block for block in record.goods if block.class_number is not None)
            yield from (f"{block.scheme} {block.class_number}" for block in blocks)
            yield from (f"vienna {code}" for image in record.mark.images for code in image.vienna)
        case Patent():
            yield from (f"{one.scheme} {one.symbol}" for one in record.classifications if one.symbol)
        case Design():
            products = [*record.products, *(p for one in record.designs for p in one.products)]
            yield from (f"{p.scheme} {p.number}" for p in products if p.number)
            yield from (text.text for p in products for text in p.texts)
        case Indication():
            yield from (text.text for product in record.products for text in product.texts)
        case Work():
            yield from record.kinds
        case Emblem():
            yield from (f"vienna {code}" for image in record.images for code in image.vienna)


def _descriptions(record: Record) -> Iterator[Text]:
    match record:
        case Trademark():
            yield from record.mark.descriptions
            for block in record.goods:
                yield from block.texts
            yield from record.goods_unclassified
        case Patent():
            yield from record.abstracts
        case Design() | Indication() | Work() | Emblem():
            yield from record.descriptions
