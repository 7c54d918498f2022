"""Related documents, designated states, further publications of patents in ST.96, as they are written."""

from itertools import zip_longest

from ipregister.exchange.st96.patent.bibliography import RELATIONS
from ipregister.exchange.st96.patent.written_data import office_of
from ipregister.exchange.st96.words import LANGUAGES, OFFICES
from ipregister.exchange.xml.quill import Quill, is_day
from ipregister.model.patent import Patent, PatentReference

_BY_KIND = {kind: name for name, kind in RELATIONS.items()}


def related_of(record: Patent) -> tuple[list[PatentReference], dict[str, PatentReference]]:
    """Related documents in their order, and the international application and publication."""
    found: dict[str, PatentReference] = {}
    related = []
    for one in record.references:
        if one.kind in ("pct-application", "pct-publication") and one.kind not in found:
            found[one.kind] = one
        else:
            related.append(one)
    return related, found


def write_related(quill: Quill, related: list[PatentReference], record: Patent) -> None:
    """Related documents: parent and child together, others as related publications."""

    def every() -> None:
        skip = False
        for one, after in zip_longest(related, related[1:]):
            if skip or one is None:
                skip = False
                continue
            base = one.kind.removesuffix("-parent")
            if base != one.kind and base in _BY_KIND and after is not None and after.kind == f"{base}-child":
                _write_relation(quill, _BY_KIND[base], (one, after), record)
                skip = True
                continue
            quill.out.append("<pat:RelatedPublication><pat:PatentDocumentIdentification>")
            _write_application(quill, one, record)
            quill.out.append("</pat:PatentDocumentIdentification></pat:RelatedPublication>")

    quill.around("pat:RelatedDocumentBag", every)


def _write_relation(
    quill: Quill, name: str, pair: tuple[PatentReference, PatentReference], record: Patent
) -> None:
    quill.out.append(f"<pat:{name}>")
    for side, one in zip(("Parent", "Child"), pair, strict=True):
        quill.out.append(f"<pat:{side}Document><pat:PatentDocumentIdentification>")
        _write_application(quill, one, record)
        quill.out.append("</pat:PatentDocumentIdentification>")
        if side == "Parent":
            quill.put("pat:ParentDocumentStatusCode", one.status)
        quill.out.append(f"</pat:{side}Document>")
    quill.out.append(f"</pat:{name}>")


def _write_application(quill: Quill, one: PatentReference, record: Patent) -> None:
    quill.out.append("<pat:ApplicationIdentification>")
    quill.put("com:IPOfficeCode", office_of(one.office, record))
    quill.out.append("<com:ApplicationNumber>")
    quill.must("com:ApplicationNumberText", one.number)
    quill.out.append("</com:ApplicationNumber>")
    quill.day("pat:FilingDate", one.date)
    quill.out.append("</pat:ApplicationIdentification>")


def write_international(quill: Quill, found: dict[str, PatentReference], record: Patent) -> None:
    """INID (86) and (87)."""
    filed, published = found.get("pct-application"), found.get("pct-publication")
    if filed is not None:
        quill.out.append("<pat:InternationalFilingData>")
        _write_application(quill, filed, record)
        quill.out.append("</pat:InternationalFilingData>")
    if published is not None:
        quill.out.append("<pat:InternationalPublishingData><pat:PatentDocumentIdentification>")
        quill.out.append("<pat:PatentPublicationIdentification>")
        quill.put("com:IPOfficeCode", office_of(published.office, record))
        quill.must("pat:PublicationNumber", published.number)
        quill.coded("com:PublicationLanguageCode", published.language, LANGUAGES)
        quill.put("com:PatentDocumentKindCode", published.kind_code)
        quill.day("com:PublicationDate", published.date)
        quill.out.append("</pat:PatentPublicationIdentification></pat:PatentDocumentIdentification>")
        quill.out.append("</pat:InternationalPublishingData>")


def write_states(quill: Quill, record: Patent) -> None:
    """Designated states."""
    codes = [one.country for one in record.designations if one.country in OFFICES]
    quill.around(
        "pat:StateDesignation",
        lambda: quill.around(
            "pat:NationalDesignation", lambda: quill.each("com:DesignatedCountryCode", codes)
        ),
    )


def write_gazettes(quill: Quill, record: Patent) -> None:
    """Further publications by their day."""

    def every() -> None:
        for one in record.publications[1:]:
            if is_day(one.date):
                quill.out.append("<pat:GazetteReference>")
                quill.must("pat:GazetteNumber", one.gazette)
                quill.day("com:PublicationDate", one.date)
                quill.out.append("</pat:GazetteReference>")

    quill.around("pat:PublicAvailabilityDataBag", every)
