"""The columns of each right's table and how a record fills them. Lists are joined by ` | `."""

from collections.abc import Callable, Iterable
from typing import Any

from ipregister.model.event import Event
from ipregister.model.party import Party
from ipregister.model.text import Text
from ipregister.model.unnamed import divided

JOIN = " | "
_CLOSED = frozenset({"SEALED", "SECRET"})
"""Kinds of design that are kept back: they stand in the column of the deferment, too, which no mapping may leave out."""
Fill = Callable[[Any], str | int | None]


def _texts(entries: Iterable[Text]) -> str:
    return JOIN.join(text.text for text in entries)


def _names(parties: Iterable[Party]) -> str:
    return JOIN.join(
        " ".join(text.text for text in (*p.names, *p.first_names, *p.last_names, *p.organization_names))
        for p in parties
    )


def _named(record: Any, role: str) -> str:
    """The parties of a record, and of its single designs, who may be named."""
    return _names(divided(record, role)[0])


def _countries(parties: Iterable[Party]) -> str:
    return JOIN.join(p.country for p in parties)


def _joined(*parts: str | None) -> str:
    return " ".join(filter(None, parts))


def _numbers(record: Any) -> str:
    return JOIN.join(str(number) for number in dict.fromkeys(g.class_number for g in record.goods) if number)


def _goods(record: Any) -> str:
    blocks = [f"{g.class_number or '?'}: {_texts(g.texts)}" for g in record.goods]
    return JOIN.join([*blocks, *(text.text for text in record.goods_unclassified)])


def _event(event: Event) -> str:
    return _joined(event.date, event.kind or event.office_name or event.office_code or event.code)


def _products(record: Any) -> str:
    return JOIN.join(dict.fromkeys(_joined(p.number, _texts(p.texts)) for p in _all(record, "products")))


def _once(texts: Iterable[str | None]) -> str:
    return JOIN.join(dict.fromkeys(filter(None, texts)))


def _parts(record: Any) -> tuple[Any, ...]:
    """A record, and the single designs of one for designs: an office says a thing of all together or of each."""
    return (record, *getattr(record, "designs", ()))


def _all(record: Any, name: str) -> list[Any]:
    return [entry for part in _parts(record) for entry in getattr(part, name)]


def _said(record: Any, field: str) -> str:
    """What is said in a field of an application for designs, or of single ones of them."""
    return _once(getattr(part, field) for part in _parts(record))


NUMBERS: dict[str, Fill] = {
    "office": lambda r: r.office,
    "subtype": lambda r: r.subtype,
    "application_number": lambda r: r.application_number,
    "application_date": lambda r: r.application_date,
    "registration_number": lambda r: r.registration_number,
    "registration_date": lambda r: r.registration_date,
    "international_number": lambda r: r.international_number,
    "expiry_date": lambda r: r.expiry_date,
    "office_status": lambda r: r.office_status,
    "status_date": lambda r: r.status_date,
}
PEOPLE: dict[str, Fill] = {
    "applicants": lambda r: _named(r, "applicants"),
    "applicant_countries": lambda r: _countries(divided(r, "applicants")[0]),
    "holders": lambda r: _named(r, "holders"),
    "representatives": lambda r: _named(r, "representatives"),
}
UNNAMED: dict[str, Fill] = {
    "not_to_be_named": lambda r: _names(
        one
        for role in ("applicants", "holders", "representatives", "correspondents", "inventors", "designers")
        for one in divided(r, role)[1]
    )
}
"""A column of their own: read back from that of their role, they would be named."""
CLAIMS: dict[str, Fill] = {
    "priorities": lambda r: _once(_joined(p.country, p.number, p.date) for p in _all(r, "priorities")),
    "publications": lambda r: _once(_joined(p.identifier, p.date) for p in _all(r, "publications")),
    "publication_date": lambda r: _once(p.date for p in _all(r, "publications")),
    "designations": lambda r: JOIN.join(d.country for d in r.designations),
}
EVENTS: dict[str, Fill] = {"events": lambda r: _once(_event(event) for event in _all(r, "events"))}

TRADEMARK: dict[str, Fill] = {
    "office": NUMBERS["office"],
    "subtype": NUMBERS["subtype"],
    "kinds": lambda r: JOIN.join(r.kinds),
    **{name: fill for name, fill in NUMBERS.items() if name not in ("office", "subtype")},
    "feature": lambda r: r.mark.feature,
    "mark": lambda r: _texts(r.mark.verbal),
    "translations": lambda r: _texts(r.mark.translations),
    "transliterations": lambda r: _texts(r.mark.transliterations),
    "disclaimers": lambda r: _texts(r.mark.disclaimers),
    "vienna": lambda r: JOIN.join(code for image in r.mark.images for code in image.vienna),
    "colours": lambda r: JOIN.join(t.text for image in r.mark.images for t in image.colour_claims),
    "classes": _numbers,
    "goods": _goods,
    **PEOPLE,
    **CLAIMS,
}
PATENT: dict[str, Fill] = {
    **NUMBERS,
    "kind_code": lambda r: r.kind_code,
    "titles": lambda r: _texts(r.titles),
    "abstracts": lambda r: _texts(r.abstracts),
    "classifications": lambda r: JOIN.join(_joined(c.scheme, c.symbol) for c in r.classifications),
    **PEOPLE,
    "inventors": lambda r: _named(r, "inventors"),
    **UNNAMED,
    **CLAIMS,
    "claims": lambda r: r.claims_count if r.claims_count is not None else len(r.claims) or None,
    **EVENTS,
}
DESIGN: dict[str, Fill] = {
    **NUMBERS,
    "registration_number": lambda r: _said(r, "registration_number"),
    "registration_date": lambda r: _said(r, "registration_date"),
    "expiry_date": lambda r: _said(r, "expiry_date"),
    "office_status": lambda r: _said(r, "office_status"),
    "status_date": lambda r: _said(r, "status_date"),
    "titles": lambda r: _texts(r.titles) or JOIN.join(t.text for d in r.designs for t in d.titles),
    "kinds": lambda r: JOIN.join(r.kinds),
    "deferred_until": lambda r: r.deferred_until,
    "deferment_requested": lambda r: (
        _said(r, "deferment_requested") or JOIN.join(sorted(_CLOSED & {*r.kinds}))
    ),
    "deferment_period": lambda r: _said(r, "deferment_period"),
    "deferment_unit": lambda r: _said(r, "deferment_unit"),
    "designs": lambda r: len(r.designs) or None,
    "products": _products,
    "views": lambda r: sum(len(d.views) for d in r.designs) or None,
    **PEOPLE,
    "designers": lambda r: _named(r, "designers"),
    **UNNAMED,
    **CLAIMS,
    **EVENTS,
}
INDICATION: dict[str, Fill] = {
    **NUMBERS,
    "names": lambda r: _texts(r.names),
    "transliterations": lambda r: _texts(r.transliterations),
    "translations": lambda r: _texts(r.translations),
    "products": lambda r: JOIN.join(_joined(p.number, _texts(p.texts)) for p in r.products),
    "areas": lambda r: JOIN.join(_texts(a.texts) or a.region for a in r.areas),
    "origins": lambda r: JOIN.join(r.origins),
    "agreement": lambda r: r.agreement,
    **PEOPLE,
    "publications": CLAIMS["publications"],
    "publication_date": CLAIMS["publication_date"],
    **EVENTS,
}
WORK: dict[str, Fill] = {
    **NUMBERS,
    "titles": lambda r: _texts(r.titles),
    "kinds": lambda r: JOIN.join(r.kinds),
    "authors": lambda r: _names(r.authors),
    **PEOPLE,
    "created": lambda r: r.created,
    "published": lambda r: r.published,
    **EVENTS,
}
EMBLEM: dict[str, Fill] = {
    **NUMBERS,
    "names": lambda r: _texts(r.names),
    "owners": lambda r: _texts(r.owners),
    "country": lambda r: r.country,
    "organisation": lambda r: r.organisation,
    "circular": lambda r: r.circular,
    "communicated": lambda r: r.communicated,
    "objections": lambda r: JOIN.join(_joined(o.country, o.date) for o in r.objections),
}
COLUMNS: dict[str, dict[str, Fill]] = {
    "trademark": TRADEMARK,
    "patent": PATENT,
    "utility-model": PATENT,
    "design": DESIGN,
    "indication": INDICATION,
    "work": WORK,
    "emblem": EMBLEM,
}
"""Every column by right: name -> what fills it. The record key comes before them, the day of the data and the
office's notice after them."""
