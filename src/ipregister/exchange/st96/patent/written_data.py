"""Bibliographic data of patents in ST.96, as they are written."""

import re
from collections.abc import Sequence
from itertools import groupby

from ipregister.exchange.st96.words import LANGUAGES, OFFICES
from ipregister.exchange.xml.quill import Quill, is_day
from ipregister.model.patent import (
    Citation,
    Classification,
    Document,
    Patent,
    PatentPublication,
)
from ipregister.model.text import Text

_CATEGORIES = frozenset({"X", "Y", "A", "E", "L", "O", "P", "T", "D"})
_PHASES = frozenset(
    {
        "In application", "Search", "International search", "Supplementary international search",
        "International type search", "National search", "Supplementary national search", "International examination",
        "Examination", "National examination", "Opposition", "Limitation",
    }
)  # fmt: skip
_CITING = frozenset({"Applicant", "Examiner", "Opponent", "Third party"})
_FILINGS = {"national": "National", "regional": "Regional", "pct": "PCT"}
_CPC = re.compile(r"([A-HY])(\d\d)([A-Z]) (\d+)/(\d+)")
_NO_CLASS = "00"
_ACCESS = re.compile("[a-zA-Z0-9]{4}")
_LEVELS, _POSITIONS, _VALUES, _STATES, _SOURCES = map(frozenset, ("ACS", "FL", "IN", "BRVD", "HMG"))


def office_of(code: str, record: Patent) -> str:
    """A code of an office that the standard knows."""
    return code if code in OFFICES else record.office if record.office in OFFICES else "XX"


def write_numbers(quill: Quill, record: Patent) -> None:
    """The document, the application, the grant."""
    if record.publications:
        _write_publication(quill, record.publications[0], record)
    quill.out.append("<pat:ApplicationIdentification>")
    quill.put("com:IPOfficeCode", office_of(record.office, record))
    quill.out.append("<com:ApplicationNumber>")
    quill.must("com:ApplicationNumberText", record.application_number)
    quill.out.append("</com:ApplicationNumber>")
    quill.put("com:ApplicantFileReference", record.file_reference)
    quill.coded("com:FilingLanguageCode", record.application_language, LANGUAGES)
    quill.day("pat:FilingDate", record.application_date)
    quill.out.append("</pat:ApplicationIdentification>")
    if record.registration_number:
        quill.out.append("<pat:PatentGrantIdentification>")
        quill.put("com:IPOfficeCode", office_of(record.office, record))
        quill.put("pat:PatentNumber", record.registration_number)
        quill.day("pat:GrantDate", record.registration_date)
        quill.out.append("</pat:PatentGrantIdentification>")


def _write_publication(quill: Quill, one: PatentPublication, record: Patent) -> None:
    quill.out.append("<pat:PatentPublicationIdentification>")
    quill.put("com:IPOfficeCode", office_of(one.office, record))
    quill.must("pat:PublicationNumber", one.identifier)
    quill.coded("com:PublicationLanguageCode", one.language, LANGUAGES)
    quill.put("com:PatentDocumentKindCode", one.kind_code)
    quill.day("com:PublicationDate", one.date)
    quill.out.append("</pat:PatentPublicationIdentification>")


def write_priorities(quill: Quill, record: Patent) -> None:
    """Priorities that have an office and a day."""

    def every() -> None:
        for index, one in enumerate(record.priorities):
            if one.country not in OFFICES or not is_day(one.date):
                continue
            quill.out.append(f'<pat:PriorityClaim com:sequenceNumber="{index + 1}">')
            quill.put("com:IPOfficeCode", one.country)
            _write_number(quill, one.number)
            quill.day("pat:FilingDate", one.date)
            quill.put("pat:ApplicationFilingCategory", _FILINGS.get(one.kind))
            if _ACCESS.fullmatch(one.access_code):
                quill.put("com:DASAccessCode", one.access_code)
            quill.out.append("</pat:PriorityClaim>")

    quill.around("pat:PriorityClaimBag", every)


def _write_number(quill: Quill, number: str) -> None:
    if number:
        quill.out.append("<com:ApplicationNumber>")
        quill.put("com:ApplicationNumberText", number)
        quill.out.append("</com:ApplicationNumber>")


def write_classes(quill: Quill, classes: Sequence[Classification], record: Patent) -> None:
    """Symbols in their order, each in the form that holds it best."""

    def every() -> None:
        for form, entries in groupby(classes, key=_form):
            found = list(entries)
            if form == "ipc":
                quill.out.append("<pat:IPCRClassificationBag>")
                for index, one in enumerate(found):
                    _write_ipc(quill, one, index + 1)
                quill.out.append("</pat:IPCRClassificationBag>")
            elif form == "cpc":
                _write_cpc(quill, found)
            else:
                for one in found:
                    _write_national(quill, one, record)

    quill.around("pat:PatentClassificationBag", every)


def _form(one: Classification) -> str:
    if one.scheme == "ipc":
        return "ipc"
    parts = _CPC.fullmatch(one.symbol)
    whole = (
        is_day(one.version) and is_day(one.date) and one.position in _POSITIONS and one.value in ("I", "A")
        and one.office in OFFICES and parts is not None and parts[1] != "Y" and parts[2] != _NO_CLASS and not one.group
    )  # fmt: skip
    return "cpc" if one.scheme == "cpc" and whole else "national"


def _write_ipc(quill: Quill, one: Classification, number: int) -> None:
    quill.out.append(f'<pat:IPCRClassification com:sequenceNumber="{number}">')
    if is_day(one.version):
        quill.day("pat:ClassificationVersionDate", one.version)
        quill.coded("pat:PatentClassificationLevelCode", one.level, _LEVELS)
        quill.coded("com:SymbolPositionCode", one.position, _POSITIONS)
        quill.coded("pat:IPCClassificationValueCode", one.value, _VALUES)
        quill.day("pat:ActionDate", one.date)
        quill.coded("pat:IPCClassificationStatusCode", one.status, _STATES)
        quill.coded("pat:PatentClassificationDataSourceCode", one.source, _SOURCES)
        quill.coded("pat:GeneratingOfficeCode", one.office, OFFICES)
        quill.must("pat:PatentClassificationSymbolText", one.symbol)
    else:
        quill.must("pat:PatentClassificationText", one.symbol)
    quill.out.append("</pat:IPCRClassification>")


def _write_cpc(quill: Quill, entries: list[Classification]) -> None:
    quill.out.append("<pat:CPCClassificationBag><pat:MainCPC>")
    for index, one in enumerate(entries):
        parts = _CPC.fullmatch(one.symbol)
        if parts is None:
            continue
        quill.out.append("<pat:CPCClassification>")
        quill.day("pat:ClassificationVersionDate", one.version)
        names = ("CPCSection", "Class", "Subclass", "MainGroup", "Subgroup")
        for name, part in zip(names, parts.groups(), strict=True):
            quill.put(f"pat:{name}", part)
        quill.put("com:SymbolPositionCode", one.position)
        quill.put("pat:CPCClassificationValueCode", one.value)
        quill.day("pat:ActionDate", one.date)
        quill.put("pat:GeneratingOfficeCode", one.office)
        quill.coded("pat:CPCClassificationStatusCode", one.status, _STATES)
        quill.coded("pat:PatentClassificationDataSourceCode", one.source, _SOURCES)
        quill.out.append("</pat:CPCClassification>")
        if index == 0:
            quill.out.append("</pat:MainCPC>" + ("<pat:FurtherCPC>" if len(entries) > 1 else ""))
    quill.out.append(("</pat:FurtherCPC>" if len(entries) > 1 else "") + "</pat:CPCClassificationBag>")


def _write_national(quill: Quill, one: Classification, record: Patent) -> None:
    quill.out.append("<pat:NationalClassification>")
    quill.put("com:IPOfficeCode", office_of(one.office, record))
    quill.put("com:Edition", one.version)
    quill.out.append("<pat:MainNationalClassification>")
    quill.must("pat:PatentClassificationText", one.symbol)
    quill.out.append("</pat:MainNationalClassification></pat:NationalClassification>")


def write_citations(quill: Quill, record: Patent) -> None:
    """Cited documents."""

    def every() -> None:
        for one in record.citations:
            _write_citation(quill, one, record)

    quill.around("pat:ReferenceCitationBag", every)


def _write_citation(quill: Quill, one: Citation, record: Patent) -> None:
    phase = f' pat:citedPhaseCategory="{one.phase}"' if one.phase in _PHASES else ""
    party = f' pat:citingPartyCategory="{one.cited_by}"' if one.cited_by in _CITING else ""
    quill.out.append(f"<pat:ReferenceCitation{phase}{party}>")
    texts = list(one.texts)
    if one.documents:
        quill.out.append("<com:PatentCitation>")
        _write_cited(quill, one.documents[0], record)
        quill.out.append("</com:PatentCitation>")
    else:
        outer, inner = ("Patent", "Patent") if one.kind == "patent" else ("NPL", "NPL")
        quill.out.append(f"<com:{outer}Citation>")
        quill.said(f"com:{inner}CitationText", Text(texts[0].text if texts else ""))
        quill.out.append(f"</com:{outer}Citation>")
    found = [letter for letter in one.categories if letter in _CATEGORIES]
    if found and len(found) == len(one.categories):
        quill.out.append("<pat:DocumentRelevanceBag><pat:DocumentRelevance>")
        quill.each("pat:CitationCategoryCode", found)
        quill.out.append("</pat:DocumentRelevance></pat:DocumentRelevanceBag>")
    quill.out.append("</pat:ReferenceCitation>")


def _write_cited(quill: Quill, one: Document, record: Patent) -> None:
    quill.out.append("<com:CitedPatentDocumentIdentification>")
    quill.put("com:IPOfficeCode", office_of(one.office, record))
    quill.must("com:DocumentNumber", one.number)
    quill.put("com:EntityName", one.names[0] if one.names else "")
    quill.put("com:PatentDocumentKindCode", one.kind_code)
    quill.day("com:PatentDocumentDate", one.date)
    quill.out.append("</com:CitedPatentDocumentIdentification>")
