"""One design in the field layout of WIPO's Global Design Database (names are facts; nothing of its code).

Where that database's own output is broken this layout is not: classes and publications are plain lists, dates come in
the order of the document, positions and counts are those of the record, events and specimens are there.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from ipregister.exchange.gbd.parties import full, party, texts
from ipregister.model import codelists, numbers
from ipregister.model.design import Design, DesignEvent, DesignPriority, ProductClass, SingleDesign, View
from ipregister.model.offices import Office
from ipregister.model.right import Publication
from ipregister.model.text import Text

Plain = dict[str, Any]


def status_of(word: str, office: Office) -> str:
    """The Global Design Database's status word for an office's word; empty where there is none."""
    if not word:
        return ""
    state = office.word("design/statuses", word) or "unknown"
    return office.word("design/peer_statuses", word) or codelists.column("states", "peer").get(
        state, "Unknown"
    )


def design_layout(
    record: Design, office: Office, media: Sequence[str] = (), day: dt.date | None = None
) -> Plain:
    """A record as plain values under the layout's names; empty parts are left out.

    `media` are the names of the pictures as the register holds them."""
    return full(  # type: ignore[no-any-return]  # of a dict, a dict
        {
            "type": "DESIGN",
            "subtype": "SEALED" if "SEALED" in record.kinds else "OPEN",
            "designGrouping": "SINGLE" if len(record.designs) == 1 else "MULTIPLE",
            "designsCount": record.designs_count or len(record.designs) or None,
            "kind": ["Industrial Design"],
            "registrationOfficeCode": record.office,
            "designatedCountries": [d.country for d in record.designations] or [record.office],
            "filingPlace": record.filing_place,
            "reference": {"office": "", "application": [
                {"number": r.number, "date": r.date, "office": r.office} for r in record.references if r.number]},
            "st13": numbers.gbd_id(record, office),
            **_numbers_and_days(record),
            "applicationLanguageCode": record.application_language,
            "secondLanguageCode": record.second_language,
            "gbdStatus": "Delete" if record.deleted else "",
            "applicants": [_party(one) for one in record.applicants or record.holders],
            "representatives": [_party(one) for one in record.representatives],
            "correspondence": _party(record.correspondents[0]) if record.correspondents else {},
            "designClaim": {"claims": _texts(record.claims, record)},
            "designs": [_design(one, index, record, office) for index, one in enumerate(record.designs)],
            "events": _events(record.events),
            "logos": list(media),
            "extra": {extra.path: extra.text for extra in record.extra},
        }
    )  # fmt: skip


def _numbers_and_days(record: Design) -> Plain:
    """Numbers and dates under the layout's names."""
    published = [p.date for p in _publications(record) if p.date]
    return {
        "applicationNumber": record.application_number,
        "applicationDate": record.application_date,
        "registrationNumber": record.registration_number,
        "registrationDate": record.registration_date,
        "publicationDates": list(dict.fromkeys(published)),
        "earliestPublicationDate": min(published, default=None),
        "effectiveDate": record.effective_date,
        "defermentExpiryDate": record.deferred_until,
        "expiryDate": record.expiry_date,
    }


def _publications(record: Design) -> list[Publication]:
    return [*record.publications, *(p for one in record.designs for p in one.publications)]


def _texts(entries: Sequence[Text], record: Design) -> list[Plain]:
    """Texts; one without a language has that of the application."""
    found = texts(entries)
    for one in found:
        if one["languageCode"] == "und":
            one["languageCode"] = record.application_language or "und"
    return found


def _party(one: Any) -> Plain:
    return {
        **party(one),
        "entitlement": {
            "nationality": one.nationality, "establishment": one.establishment, "domiciled": one.domicile
        },
    }  # fmt: skip


def _design(one: SingleDesign, index: int, record: Design, office: Office) -> Plain:
    """One design; what stands in the record for the only design stands here."""
    sole = len(record.designs) == 1
    word = one.office_status or (record.office_status if sole else "")
    return {
        "designPos": index + 1,
        "officeStatus": word,
        "gbdStatus": status_of(word, office),
        "statusDate": one.status_date or (record.status_date if sole else None),
        "productIndication": _texts(one.titles, record),
        "designDescription": _texts(one.descriptions, record),
        "productDisclaimer": _texts(one.disclaimers, record),
        "designImageDetails": [_view(view, rank, record) for rank, view in enumerate(one.views, start=1)],
        "designer": [_party(who) for who in one.designers or record.designers],
        "productIndicationClasses": _classes(one.products or (record.products if sole else ())),
        "exhibition": [{"date": e.date, "name": e.name, "location": e.place} for e in one.exhibitions],
        "priorities": [_priority(p) for p in one.priorities or (record.priorities if sole else ())],
        "exceptionLackNoveltyDeclaration": _texts(one.novelty_exceptions, record),
        "principalDesignRelations": list(one.principal),
        "noveltyStatement": _texts(one.novelty_statements, record),
        "publications": [
            {"identifier": p.identifier, "date": p.date, "section": p.section}
            for p in one.publications or (record.publications if sole else ())
        ],
        "specimens": [
            {"identifier": s.identifier, "description": _texts(s.texts, record)} for s in one.specimens
        ],
        "events": _events(one.events),
    }


def _view(view: View, rank: int, record: Design) -> Plain:
    return {
        "name": view.filename, "rank": rank, "type": view.kind, "legends": _texts(view.texts, record)
    }  # fmt: skip


def _classes(products: Sequence[ProductClass]) -> list[Plain]:
    out: dict[tuple[str, str], list[Plain]] = {}
    for one in products:
        out.setdefault((one.scheme, one.version), []).append({"code": one.number})
    return [{"kind": kind, "version": version, "classes": codes} for (kind, version), codes in out.items()]


def _priority(one: DesignPriority) -> Plain:
    return {
        "countryCode": one.country,
        "number": one.number,
        "date": one.date,
        "DASAccessCode": one.access_code,
        "comment": "; ".join(text.text for text in one.texts),
    }


def _events(events: Sequence[DesignEvent]) -> list[Plain]:
    kinds = codelists.column("event_kinds", "peer")
    return [
        {"officeKind": e.code or e.office_name, "gbdKind": kinds.get(e.kind, "Unknown"), "date": e.date}
        for e in events
    ]
