"""Numbers, parties, symbols, citations of a patent document in ST.36, as they are written."""

from collections.abc import Iterable
from functools import partial

from ipregister.exchange.xml.quill import Quill, is_day, quoted
from ipregister.model.party import Party
from ipregister.model.patent import Citation, Classification, Document, Patent, PatentEvent, PatentReference

_COUNTRY = 2
_INTERNATIONAL = {
    "pct-application": "pct-or-regional-filing-data",
    "pct-publication": "pct-or-regional-publishing-data",
}
_SCHEMES = {"theme-code": ("theme-code-info", "theme-code"), "f-term": ("f-term-info", "f-term")}


def write_day(quill: Quill, tag: str, day: str | None) -> None:
    """A date in the compact form of the standard."""
    if is_day(day):
        quill.put(tag, (day or "").replace("-", ""))


def attributes(**values: str) -> str:
    """Attributes that have a value; `_` in a name stands for a hyphen."""
    return "".join(f' {name.replace("_", "-")}="{quoted(value)}"' for name, value in values.items() if value)


def _country(quill: Quill, code: str, tag: str = "country") -> None:
    if len(code) == _COUNTRY:
        quill.put(tag, code)


def write_document(
    quill: Quill, office: str, number: str, kind: str = "", date: str | None = None, form: str = ""
) -> None:
    """A document's number."""
    quill.out.append(f"<document-id{attributes(document_id_type=form)}>")
    _country(quill, office)
    quill.must("doc-number", number)
    quill.put("kind", kind)
    write_day(quill, "date", date)
    quill.out.append("</document-id>")


def _spellings(quill: Quill, documents: Iterable[Document]) -> None:
    for one in documents:
        write_document(quill, one.office, one.number, one.kind_code, one.date, one.form)


def write_numbers(quill: Quill, record: Patent) -> None:
    """Publications, the application, priorities, the grant."""
    for one in record.publications:
        quill.out.append(f"<publication-reference{attributes(lang=one.language, status=one.status)}>")
        write_document(quill, one.office, one.identifier, one.kind_code, one.date, one.form)
        _spellings(quill, one.documents)
        quill.around("gazette-reference", lambda one=one: quill.put("gazette-num", one.gazette))  # type: ignore[misc]  # mypy infers no default of a lambda
        quill.out.append("</publication-reference>")
    quill.out.append(f"<application-reference{attributes(doc_id=record.identifier)}>")
    write_document(
        quill, record.office, record.application_number, record.application_kind, record.application_date
    )
    _spellings(quill, record.application_documents)
    quill.out.append("</application-reference>")
    quill.around("priority-claims", lambda: _write_priorities(quill, record))


def _write_priorities(quill: Quill, record: Patent) -> None:
    for one in record.priorities:
        quill.out.append(f"<priority-claim{attributes(kind=one.kind)}>")
        write_document(quill, one.country, one.number, one.kind_code, one.date, one.form)
        _spellings(quill, one.documents)
        quill.put("priority-active-indicator", one.status)
        quill.put("priority-linkage-type", one.linkage)
        quill.out.append("</priority-claim>")


def write_related(quill: Quill, references: Iterable[PatentReference]) -> None:
    """International application and publication; other documents under the name of their relation."""
    for one in references:
        tag = _INTERNATIONAL.get(one.kind)
        if tag:
            quill.out.append(f"<{tag}>")
            write_document(quill, one.office, one.number, one.kind_code, one.date, one.form)
            quill.out.append(f"</{tag}>")
        else:
            quill.out.append("<related-documents><related-publication>")
            write_document(quill, one.office, one.number, one.kind_code, one.date, one.form)
            quill.out.append("</related-publication></related-documents>")


def write_classes(quill: Quill, classes: Iterable[Classification]) -> None:
    """Symbols in their order, each with its indicators."""
    for one in classes:
        if one.use == "search-field":
            quill.out.append("<field-of-search>")
        outer, inner = _SCHEMES.get(one.scheme, ("patent-classifications", "patent-classification"))
        quill.out.append(f"<{outer}>")
        if inner == "patent-classification":
            quill.out.append(f"<{inner}>")
            quill.out.append(f"<classification-scheme{attributes(scheme=one.scheme)}/>")
            write_day(quill, "ipc-version-date", one.version)
            quill.put("classification-level", one.level)
            quill.put("symbol-position", one.position)
            quill.put("classification-value", one.value)
            quill.put("classification-symbol", one.symbol)
            write_day(quill, "action-date", one.date)
            quill.put("classification-status", one.status)
            quill.put("classification-data-source", one.source)
            _country(quill, one.office, "generating-office")
            quill.out.append(f"</{inner}>")
        else:
            quill.must(inner, one.symbol)
        quill.out.append(f"</{outer}>")
        if one.use == "search-field":
            quill.out.append("</field-of-search>")


_BAGS = (
    ("applicants", "applicants", "applicant"),
    ("inventors", "inventors", "inventor"),
    ("holders", "assignees", "assignee"),
    ("representatives", "agents", "agent"),
    ("examiners", "examiners", "examiner"),
)


def write_parties(quill: Quill, record: Patent) -> None:
    """All parties in their bags."""

    def every() -> None:
        for field, bag, tag in _BAGS:
            quill.around(bag, partial(_write_bag, quill, tag, getattr(record, field)))
        for one in record.correspondents:
            _write_party(quill, "correspondence-address", one)

    quill.around("parties", every)


def _write_bag(quill: Quill, tag: str, parties: Iterable[Party]) -> None:
    for one in parties:
        _write_party(quill, tag, one)


def _write_party(quill: Quill, tag: str, one: Party) -> None:
    quill.out.append(f"<{tag}{attributes(role=one.role)}>")
    for field, name in (
        ("names", "name"), ("organization_names", "orgname"), ("first_names", "first-name"), ("last_names", "last-name"),
    ):  # fmt: skip
        for text in getattr(one, field):
            quill.out.append(f"<addressbook{quill.tagged(text)}>")
            quill.must(name, text.text)
            quill.out.append("</addressbook>")
    quill.out.append("<addressbook>")
    quill.put("iid", one.identifier)
    for text in one.address_lines:
        quill.out.append(f"<address{quill.tagged(text)}>")
        quill.must("text", text.text)
        quill.out.append("</address>")
    quill.out.append("<address>")
    quill.put("city", one.city)
    quill.put("state", one.region)
    quill.put("postcode", one.postal_code)
    _country(quill, one.country)
    quill.out.append("</address>")
    if one.contact is not None:
        for name in ("phone", "fax", "email", "url"):
            quill.each(name, getattr(one.contact, name))
    quill.out.append("</addressbook>")
    for name, code in (("nationality", one.nationality), ("residence", one.domicile)):
        quill.around(name, lambda code=code: _country(quill, code))  # type: ignore[misc]  # mypy infers no default of a lambda
    quill.out.append(f"</{tag}>")


def write_citations(quill: Quill, citations: Iterable[Citation]) -> None:
    """Cited documents with what the search report says of them."""

    def every() -> None:
        for one in citations:
            quill.out.append(f"<citation{attributes(cited_phase=one.phase, cited_by=one.cited_by)}>")
            tag = "nplcit" if one.kind == "literature" else "patcit"
            quill.out.append(f"<{tag}{attributes(dnum_type=one.number_type)}>")
            for document in one.documents:
                quill.out.append(f"<document-id{attributes(document_id_type=document.form)}>")
                _country(quill, document.office)
                quill.must("doc-number", document.number)
                quill.put("kind", document.kind_code)
                quill.each("name", document.names)
                write_day(quill, "date", document.date)
                quill.out.append("</document-id>")
            for text in one.texts:
                quill.put("text", text.text)
            quill.out.append(f"</{tag}>")
            quill.each("category", one.categories)
            quill.each("rel-claims", one.claims)
            quill.around("rel-passage", lambda one=one: quill.each("passage", one.passages))  # type: ignore[misc]  # mypy infers no default of a lambda
            quill.out.append("</citation>")

    quill.around("references-cited", every)


def write_event(quill: Quill, one: PatentEvent) -> None:
    """A legal event in the form of the European Patent Office."""
    quill.out.append(f"<legal{attributes(desc=one.office_name, infl=one.influence)}>")
    for text in one.office_description:
        quill.put("pre", text.text)
    _country(quill, one.country, "L001EP")
    quill.put("L002EP", one.stage)
    quill.put("L003EP", one.document)
    quill.put("L004EP", one.kind_code)
    quill.put("L005EP", one.right_type)
    quill.put("L006EP", one.number)
    if is_day(one.date):
        quill.put("L007EP", one.date)
    quill.put("L008EP", one.code)
    quill.put("L018EP", one.changed)
    quill.put("L019EP", one.recorded)
    quill.out.append("<L500EP>")
    for detail in one.details:
        if (
            detail.kind.startswith("L5")
            and detail.kind.isalnum()
            and detail.kind.isascii()
            and detail.kind != "L525EP"
        ):
            quill.put(detail.kind, detail.texts[0].text if detail.texts else "")
    if is_day(one.effective_date):
        quill.put("L525EP", one.effective_date)
    quill.out.append("</L500EP></legal>")
