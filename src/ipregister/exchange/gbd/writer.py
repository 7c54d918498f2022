"""One trademark, indication or emblem in the field layout of WIPO's Global Brand Database (names are facts; nothing of its code).

What that database derives is derived here too, and only here: the status word, a registration number or
date that stands in for a missing one, the date of ending. Texts keep their case and punctuation.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from ipregister.exchange.gbd import emblems
from ipregister.exchange.gbd.parties import full, licence, party, terms_by_language, texts
from ipregister.exchange.st66.indications import mark_of
from ipregister.model import codelists, numbers
from ipregister.model.emblem import Emblem
from ipregister.model.indication import Indication
from ipregister.model.mark import Goods, Image, Trademark
from ipregister.model.offices import Office, fold_word
from ipregister.model.record import right_of

Plain = dict[str, Any]

NO_NAME = "ATTACHMENT/logo"
"""What the offices' export names every picture; the application number stands for it."""

ENTERED = ("Registered", "Expired")
"""Status words of a mark that was entered in the register."""


def status_of(record: Trademark, office: Office, day: dt.date | None = None, right: str = "trademark") -> str:
    """The Global Brand Database's status word; from the expiry date where the office sends no status.

    `right` is that of the record: what the words of marks do not tell, those of its own right do."""
    if record.deleted:
        return "Delete"
    if record.office_status:
        if office.peer.inactive_by_expiry and fold_word(record.office_status) == "inactive":
            return "Expired" if record.expiry_date else "Ended"
        ours = office.word("peer_statuses", record.office_status)
        state = office.word("statuses", record.office_status)
        if state in (None, "", "unknown") and right != "trademark":
            state = office.word(f"{right}/statuses", record.office_status)
        return ours or codelists.column("states", "peer").get(state or "unknown", "Unknown")
    if record.expiry_date is None:
        return "Registered" if record.registration_date else "Pending"
    return "Expired" if day is not None and record.expiry_date < day.isoformat() else "Registered"


def layout(
    record: Trademark | Indication | Emblem,
    office: Office,
    media: Sequence[str] = (),
    day: dt.date | None = None,
) -> Plain:
    """A record as plain values under the layout's names; empty parts are left out.

    `media` are the names of the pictures as the register holds them; `day` is today where the status has
    to be told from the expiry date. An indication or emblem is laid out as the trademark feed carries it.
    """
    if isinstance(record, Trademark):
        mark, more = record, Plain()
    elif isinstance(record, Emblem):
        mark, more = emblems.mark_of(record), emblems.own_parts(record)
    else:
        mark, more = mark_of(record), Plain()
    status = status_of(mark, office, day, right_of(record))
    own = right_of(record) != "emblem" or record.subtype in office.peer.types
    head = {**_head(mark, office, status), "st13": numbers.gbd_id(record, office) if own else ""}
    out: Plain = full({**head, **_sign(mark, media), **_goods(mark), **_rest(mark), **more})
    return out


def _head(record: Trademark, office: Office, status: str) -> Plain:
    entered = status in ENTERED
    dates = {event.kind: event.date for event in reversed(record.events) if event.date}
    number = record.registration_number
    if not number and entered and office.peer.number_stands_in:
        number = record.application_number
    filed_as = "" if office.peer.yearless else record.application_number
    registered = record.registration_date
    if registered is None and entered:
        filed = record.application_date if office.peer.yearless else None
        registered = filed or dates.get("registered") or dates.get("published")
    published = next((p.date for p in record.publications if p.date), dates.get("published"))
    return {
        "type": codelists.column("subtypes", "peer").get(record.subtype, record.subtype),
        "kind": list(record.kinds),
        "markFeature": record.mark.feature,
        "registrationOfficeCode": record.office,
        "designatedCountries": [d.country for d in record.designations] or [record.office],
        "filingPlace": record.filing_place,
        "reference": _reference(record),
        "st13": numbers.gbd_id(record, office),
        "applicationNumber": filed_as,
        "applicationDate": record.application_date,
        "publicationDate": published,
        "registrationNumber": number,
        "registrationDate": registered,
        "applicationLanguageCode": record.application_language,
        "secondLanguageCode": record.second_language,
        "expiryDate": record.expiry_date or dates.get("expired"),
        "terminationDate": record.termination_date or (record.status_date if status == "Ended" else None),
        "officeStatus": record.office_status,
        "gbdStatus": status,
        "statusDate": record.status_date,
    }


def _reference(record: Trademark) -> Plain:
    basic = [r for r in record.references if r.kind in ("basic-application", "basic-registration")]
    return {
        "office": next((r.office for r in basic if r.office), ""),
        "application": [{"number": r.number, "date": r.date} for r in basic if r.number],
        "registration": [
            {"number": r.registration_number, "date": r.registration_date}
            for r in basic
            if r.registration_number
        ],
    }


def _sign(record: Trademark, media: Sequence[str]) -> Plain:
    mark = record.mark
    files = {
        kind: [{"filename": m.filename, "fileformat": m.format} for m in mark.media if m.kind == kind]
        for kind in ("sound", "video")
    }
    return {
        "markDisclaimerDetails": texts(mark.disclaimers),
        "markDescriptionDetails": texts(mark.descriptions),
        "wordMarkSpecification": {
            "markVerbalElement": texts(mark.verbal),
            "markSignificantVerbalElement": texts(mark.significant),
            "markTranslation": texts(mark.translations),
            "markTransliteration": [text.text for text in mark.transliterations],
        },
        "markImageDetails": [_image(image, record.application_number) for image in mark.images],
        "markSoundDetails": files["sound"],
        "markVideoDetails": files["video"],
        "logos": list(media),
    }


def _image(image: Image, number: str) -> Plain:
    return {
        "name": number if image.filename == NO_NAME else image.filename,
        "colourIndicator": True
        if image.colour_claims or image.colour.casefold() in ("true", "y", "1")
        else None,
        "colourClaimed": texts(image.colour_claims),
        "description": texts(image.descriptions),
        "classification": {
            "kind": "Vienna" if image.vienna else "",
            "version": image.vienna_version if image.vienna else "",
            "code": list(image.vienna),
        },
    }


def _classes(blocks: Sequence[Goods]) -> list[Plain]:
    out: dict[int, dict[str, list[str]]] = {}
    for block in blocks:
        if block.class_number is not None:
            terms = out.setdefault(block.class_number, {})
            for language, found in terms_by_language(block.texts).items():
                terms.setdefault(language, []).extend(found)
    return [{"code": number, "terms": terms} for number, terms in out.items()]


def _goods(record: Trademark) -> Plain:
    nice = _classes([block for block in record.goods if block.scheme == "nice"])
    national = _classes([block for block in record.goods if block.scheme != "nice"])
    loose = [text for block in record.goods if block.class_number is None for text in block.texts]
    version = record.goods_version
    return {
        "goodsServicesClassification": {"kind": "Nice", "version": version, "class": nice} if nice else {},
        "nationalGoodsServicesClassification": {"kind": "National", "class": national} if national else {},
        "goodsServicesUnclassified": terms_by_language([*loose, *record.goods_unclassified]),
    }


def _rest(record: Trademark) -> Plain:
    kinds = codelists.column("event_kinds", "peer")
    return {
        "priorities": [
            {
                "countryCode": p.country,
                "number": p.number,
                "date": p.date,
                "comment": "; ".join(text.text for text in p.texts),
            }
            for p in record.priorities
        ],
        "publications": [
            {"identifier": p.identifier, "date": p.date, "section": p.section} for p in record.publications
        ],
        "applicants": [party(one) for one in record.applicants],
        "holders": [party(one) for one in record.holders],
        "representatives": [party(one) for one in record.representatives],
        "correspondence": party(record.correspondents[0]) if record.correspondents else {},
        "events": [
            {"officeKind": e.code or e.office_name, "gbdKind": kinds.get(e.kind, "Unknown"), "date": e.date}
            for e in record.events
        ],
        "appeals": [
            {"kind": r.word, "date": r.date, "decisionDate": r.decision_date}
            for r in record.recordals
            if r.kind == "appeal"
        ],
        "licences": [licence(r) for r in record.recordals if r.kind == "licence"],
        "extra": {extra.path: extra.text for extra in record.extra},
    }
