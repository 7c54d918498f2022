"""The public side of a version: the only way in which public pages read a record."""

import datetime as dt
from typing import Any

import msgspec
from msgspec import Struct

from ipregister.model import canonical, numbers
from ipregister.model.mark import Trademark
from ipregister.model.offices import Office, office
from ipregister.model.publicity import project
from ipregister.model.status import State, derive
from ipregister.portal.site import Site
from ipregister.store.rows import Match, Version


class Shown(Struct, frozen=True):
    """What the public may see of a version: as plain values and as a record, with its derived state."""

    version: Version
    office: Office
    plain: dict[str, Any]
    record: Trademark
    state: State

    @property
    def key(self) -> str:
        """The record's key."""
        return self.version.key


def data_day(extracted: str) -> str:
    """The day of an extraction time (`2026-01-31#02`)."""
    return extracted.partition("#")[0]


def shown(site: Site, version: Version, *, day: dt.date | None = None) -> Shown | None:
    """The public side of a version, its state derived for a day (today); None where nothing of it is public.

    Publicity is always judged today: what is public now may be seen for every past day."""
    facts = office(version.office)
    record = site.register.record(version)
    today = site.today(facts)
    plain = project(record, facts, today)
    if plain is None:
        return None
    public = msgspec.convert(plain, Trademark)
    fresh = data_day(version.extracted if day else version.confirmed or version.extracted)
    return Shown(version, facts, plain, public, derive(public, facts, day or today, fresh))


def many(site: Site, keys: list[str]) -> list[Shown]:
    """The public sides of the current versions of records, in the order of the keys; what is not public is left out."""
    found = site.register.get_many(keys)
    sides = (shown(site, found[key]) for key in keys if key in found)
    return [side for side in sides if side is not None]


def matches(site: Site, text: str) -> list[Shown]:
    """The public records that a typed number may mean, by numbers of theirs that are public."""
    found = site.register.resolve(text)
    sides = {side.key: side for side in many(site, [match.key for match in found])}
    return [sides[match.key] for match in found if match.key in sides and _is_public(sides[match.key], match)]


def _is_public(side: Shown, match: Match) -> bool:
    if match.kind == "key":
        return True
    return (match.kind, match.form) in numbers.spellings(side.record, side.office)


def title(side: Shown) -> tuple[str, str]:
    """What a record is headed with, and its language: the mark's words, else its number."""
    mark = side.plain.get("mark", {})
    for name in ("verbal", "significant", "transliterations"):
        words = [text for text in mark.get(name, ()) if text.get("text")]
        if words:
            return " / ".join(dict.fromkeys(text["text"] for text in words)), words[0].get("lang", "")
    return number(side) or side.key, ""


def number(side: Shown) -> str:
    """The number that names a record best."""
    names = ("registration_number", "application_number", "international_number")
    return next((side.plain[name] for name in names if side.plain.get(name)), "")


def body(side: Shown) -> bytes:
    """Canonical bytes of the public projection."""
    return canonical.encode(side.record)
