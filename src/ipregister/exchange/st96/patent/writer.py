"""The writer of ST.96 V6.0 patent publications, valid against the standard's schema.

What the standard has elements for is written, and read back; what came back otherwise is put right in documents of
the bag of external documents: `com:id` names kind and JSON pointer (`value.claims.0.number`), `FileName` holds the value.
Callers hand over what may go out: for anybody but the office that is the public projection of the record.
"""

from ipregister.exchange.amended import Amendment, amendments
from ipregister.exchange.st96.losses import writable
from ipregister.exchange.st96.patent.reader import read
from ipregister.exchange.st96.patent.written_data import (
    office_of,
    write_citations,
    write_classes,
    write_numbers,
    write_priorities,
)
from ipregister.exchange.st96.patent.written_parties import write_parties
from ipregister.exchange.st96.patent.written_related import (
    related_of,
    write_gazettes,
    write_international,
    write_related,
    write_states,
)
from ipregister.exchange.st96.patent.written_texts import (
    write_abstracts,
    write_claims,
    write_description,
    write_drawings,
)
from ipregister.exchange.st96.words import COMMON, LANGUAGES, VERSION
from ipregister.exchange.st96.writer import Written
from ipregister.exchange.xml.quill import Quill, comment, escaped
from ipregister.model.offices import Office
from ipregister.model.patent import Patent

PATENT = "http://www.wipo.int/standards/XMLSchema/ST96/Patent"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACES = f'xmlns:pat="{PATENT}" xmlns:com="{COMMON}"'


def write(record: Patent, office: Office) -> bytes:
    """A record as a document of its own, root `PatentPublication`. What it cannot hold: `compose`."""
    return compose(record, office).document


def compose(record: Patent, office: Office) -> Written:
    """A record as a document of its own, with the report of what is lost in it."""
    whole, losses = writable(record)
    head, tail = _publication(whole, office)
    plain = f"{_DECLARATION}{head}{tail}".encode()
    found = amendments(whole, read(plain, office).record)
    if not found:
        return Written(plain, losses)
    body = "".join(_document(one) for one in found)
    text = f"{_DECLARATION}{head}<com:ExternalDocumentBag>{body}</com:ExternalDocumentBag>{tail}"
    return Written(text.encode(), losses)


def start() -> str:
    """What a file begins with. The standard has no element around several publications: a file holds one."""
    return _DECLARATION


def entry(record: Patent, office: Office, remark: str = "") -> str:
    """The record in its file: one line, after a comment, which also names what is lost."""
    made = compose(record, office)
    if made.losses:
        remark = f"{remark} Lost: {'; '.join(f'{one.pointer} ({one.why})' for one in made.losses)}".strip()
    body = made.document.decode().removeprefix(_DECLARATION).replace("\n", "&#10;")
    return comment(remark) + body + "\n"


def end() -> str:
    """What a file ends with."""
    return ""


def _document(one: Amendment) -> str:
    name = f"{one.kind}{one.pointer.replace('/', '.')}"
    return (
        f'<com:ExternalDocument com:id="{name}"><com:FileName>{escaped(one.value)}</com:FileName>'
        "<com:DocumentFormatCategory>Text</com:DocumentFormatCategory>"
        "<com:DocumentContentCategory>Other</com:DocumentContentCategory></com:ExternalDocument>"
    )


def _publication(record: Patent, office: Office) -> tuple[str, str]:
    """The document up to the place of amendments, and from there on."""
    quill = Quill("com:languageCode", "<com:Br/>", LANGUAGES)
    lang = record.document_language if record.document_language in LANGUAGES else _usual(office)
    quill.out.append(
        f'<pat:PatentPublication {_SPACES} com:languageCode="{lang}" com:st96Version="{VERSION}">'
    )
    quill.put("com:IPOfficeCode", office_of(record.office, record))
    _write_data(quill, record)
    write_description(quill, record)
    quill.put("pat:ClaimStatement", record.claims_statement)
    write_claims(quill, record)
    write_abstracts(quill, record)
    write_drawings(quill, record)
    return "".join(quill.out), "</pat:PatentPublication>"


def _usual(office: Office) -> str:
    return next((one for one in office.languages if one in LANGUAGES), "en")


def _write_data(quill: Quill, record: Patent) -> None:
    related, international = related_of(record)
    quill.out.append(f'<pat:BibliographicData com:st96Version="{VERSION}">')
    write_numbers(quill, record)
    write_priorities(quill, record)
    write_classes(quill, [one for one in record.classifications if one.use != "search-field"], record)
    quill.out.append("<pat:InventionTitleBag>")
    for title in record.titles:
        quill.said("pat:InventionTitle", title)
    quill.out.append(("" if record.titles else "<pat:InventionTitle/>") + "</pat:InventionTitleBag>")
    write_citations(quill, record)
    _write_count(quill, "pat:ClaimTotalQuantity", record.claims_count)
    searched = [one for one in record.classifications if one.use == "search-field"]
    quill.around("pat:SearchField", lambda: write_classes(quill, searched, record))
    quill.around("pat:FigureBag", lambda: _write_figures(quill, record))
    write_related(quill, related, record)
    quill.around("pat:ExemplaryClaimBag", lambda: quill.each("pat:ClaimNumber", record.exemplary_claims))
    write_parties(quill, record)
    write_international(quill, international, record)
    _write_deposit(quill, record)
    for text in record.name_words[:1]:
        quill.put("pat:PlainLanguageDesignationText", text.text, quill.tagged(text))
    quill.coded("com:PublicationLanguageCode", record.document_language, LANGUAGES)
    write_states(quill, record)
    quill.day("com:ReceivingOfficeDate", record.receiving_date)
    write_gazettes(quill, record)
    quill.day("pat:PCTNationalPhaseEntryDate", record.national_phase_date)
    quill.out.append("</pat:BibliographicData>")


def _write_count(quill: Quill, tag: str, count: int | None) -> None:
    if count is not None and count >= 0:
        quill.put(tag, str(count))


def _write_figures(quill: Quill, record: Patent) -> None:
    _write_count(quill, "pat:DrawingSheetTotalQuantity", record.sheets_count)
    _write_count(quill, "pat:FigureTotalQuantity", record.drawings_count)


def _write_deposit(quill: Quill, record: Patent) -> None:
    """The standard has one deposit; further ones are put right."""
    for one in record.deposits[:1]:
        quill.out.append("<com:BioDeposit><com:BioDepositDepositary><com:Name>")
        quill.must("com:EntityName", one.institution)
        quill.out.append("</com:Name></com:BioDepositDepositary>")
        quill.must("com:BiologicalAccessionNumber", one.number)
        quill.day("com:BioDepositDate", one.date)
        quill.out.append("</com:BioDeposit>")
