"""Records as lines of a list."""

from typing import Any

from django.utils.translation import gettext as _

from ipregister.portal.addresses import record_address, thumb_address
from ipregister.portal.folding import shortened
from ipregister.portal.images import pictures
from ipregister.portal.labels import label, tone
from ipregister.portal.names import short_name
from ipregister.portal.publicly import Shown, title
from ipregister.search.entries import entries, names

MOST_CLASSES = 8


def named(side: Shown) -> dict[str, Any]:
    """What names a record to a program: its title, state, owner, numbers, first date, classes."""
    plain = side.plain
    return {
        "title": title(side)[0],
        "status": side.state.state,
        "owner": shortened(_owner(plain).get("text", "")),
        "numbers": tuple(_numbers(plain)),
        "date": plain.get("application_date") or plain.get("registration_date") or "",
        "classes": tuple(_classes(plain)),
    }


def line(side: Shown, lang: str) -> dict[str, Any]:
    """What a list shows of a record."""
    plain = side.plain
    heading, heading_lang = title(side)
    owner = _owner(plain)
    shown = pictures(side)
    mark = plain.get("mark", {})
    classes = _classes(plain)
    transliteration: dict[str, Any] = next(iter(mark.get("transliterations", ())), {})
    return {
        "key": side.key,
        "address": record_address(side.key),
        "title": heading,
        "lang": heading_lang,
        "transliteration": shortened(transliteration.get("text", ""))
        if transliteration.get("text") != heading
        else "",
        "transliteration_lang": transliteration.get("lang", ""),
        "thumb": thumb_address(side.key, shown[0].sha256) if shown else "",
        "feature": _sort(side),
        "status": side.state.state,
        "state": label("status", side.state.state),
        "tone": tone(side.state.state),
        "owner": shortened(owner.get("text", "")),
        "owner_lang": owner.get("lang", ""),
        "office": side.office.code,
        "office_name": short_name(side.office, lang),
        "numbers": list(_numbers(plain)),
        "date": plain.get("application_date") or plain.get("registration_date") or "",
        "classes": _shown_classes(classes),
        "class_numbers": classes,
    }


def _sort(side: Shown) -> str:
    """What stands in place of a picture: the kind of sign, of another right the right."""
    feature = side.plain.get("mark", {}).get("feature")
    if feature:
        return label("feature", feature)
    return _("No picture") if side.plain["right"] == "trademark" else label("right", side.record.subtype)


def _numbers(plain: dict[str, Any]) -> dict[str, None]:
    found = (
        plain.get(name) for name in ("application_number", "registration_number", "international_number")
    )
    return {number: None for number in found if number}


def _owner(plain: dict[str, Any]) -> dict[str, Any]:
    for role in ("holders", "applicants"):
        if found := names(entries(plain, role)):
            return dict(found[0])
    return {}


def _classes(plain: dict[str, Any]) -> list[int]:
    return sorted({block["class_number"] for block in plain.get("goods", ()) if block.get("class_number")})


def _shown_classes(found: list[int]) -> str:
    shown = ", ".join(str(number) for number in found[:MOST_CLASSES])
    return f"{shown} …" if len(found) > MOST_CLASSES else shown
