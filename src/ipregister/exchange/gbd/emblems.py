"""Emblems of Article 6ter in the layout of the Global Brand Database, where they are brands of the type EMBLEM.

What that layout has no place for is told by the loss report: when an objection was withdrawn, and why it was raised.
"""

from typing import Any

import msgspec

from ipregister.exchange.gbd.parties import texts
from ipregister.model.emblem import Emblem
from ipregister.model.mark import Trademark
from ipregister.model.right import Right

Plain = dict[str, Any]

_KINDS = {"FLAG": "Flag", "ARMORIAL": "Armorial bearings", "HALLMARK": "Official sign", "SEAL": "Official sign",
          "ABBREVIATION": "Abbreviation", "NAME": "Name"}  # fmt: skip
"""Kinds of emblems by subtype; other emblems are those of a state or of an organisation."""


def mark_of(record: Emblem) -> Trademark:
    """The emblem as a trademark feed carries it."""
    shared = {name: getattr(record, name) for name in Right.__struct_fields__}
    return Trademark(
        **{**shared, "subtype": record.subtype},
        kinds=record.kinds or (_kind_of(record),),
        mark=msgspec.structs.replace(
            record.sign, verbal=record.names, descriptions=record.descriptions, images=record.images
        ),
        goods=record.goods_lists,
        goods_unclassified=record.goods,
    )


def _kind_of(record: Emblem) -> str:
    return _KINDS.get(record.subtype) or ("State emblem" if record.country else "Emblem")


def own_parts(record: Emblem) -> Plain:
    """What an emblem tells beside what it has in common with a mark: the circular of its communication, whose it is, the
    objections of members."""
    circular = [{"identifier": record.circular, "date": record.communicated}] if record.circular else []
    parts: Plain = {"designatedCountries": []} if record.office == "WO" else {}
    if record.communicated:
        parts["publicationDate"] = record.communicated
    if circular:
        parts["publications"] = circular
    if record.owners and not record.applicants:
        names = [*texts(record.owners), *([{"text": record.organisation}] if record.organisation else [])]
        parts["applicants"] = [{"fullName": names, "countryCode": record.country}]
    if record.objections:
        parts["events"] = [
            {"officeKind": "Objection", "gbdKind": "Opposed", "date": one.date, "country": one.country}
            for one in record.objections
        ]
    return parts
