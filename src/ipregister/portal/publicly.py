"""The public side of a version: the only way in which public pages read a record."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from ipregister.model import canonical, numbers
from ipregister.model.offices import Office, office
from ipregister.model.publicity import project
from ipregister.model.record import Record
from ipregister.model.status import State, derive
from ipregister.portal.folding import shortened
from ipregister.portal.site import Site
from ipregister.store.rows import Listed, Match, MediaRef, Version
from ipregister.store.upcast import decode, ruling


class Shown(Struct, frozen=True):
    """What the public may see of a record: as plain values and as a record, with its derived state."""

    key: str
    office: Office
    plain: dict[str, Any]
    record: Record
    state: State
    media: tuple[MediaRef, ...]


class ShownVersion(Shown, frozen=True):
    """The same of one version, with all that the register knows of this version."""

    version: Version


def data_day(extracted: str) -> str:
    """The day of an extraction time (`2026-01-31#02`)."""
    return extracted.partition("#")[0]


def shown(site: Site, version: Version, *, day: dt.date | None = None) -> ShownVersion | None:
    """The public side of a version, its state derived for a day (today); None where nothing of it is public.

    Publicity is always judged today: what is public now may be seen for every past day."""
    facts = office(version.office)
    today = site.today(facts)
    plain, public = _public(version, facts, today)
    if plain is None or public is None:
        return None
    fresh = data_day(version.extracted if day else version.confirmed or version.extracted)
    state = derive(public, facts, day or today, fresh)
    return ShownVersion(version.key, facts, plain, public, state, version.media, version)


def _public(
    stored: Version | Listed, facts: Office, today: dt.date
) -> tuple[dict[str, Any], Record] | tuple[None, None]:
    plain = project(decode(stored.body, stored.schema), facts, today, *ruling(stored))
    return (None, None) if plain is None else (plain, msgspec.convert(plain, Record))


def many(site: Site, keys: list[str], *, withheld: bool = False) -> list[Shown]:
    """The public sides of the current versions of records, in the order of the keys; what is not public is left out, and
    what was withheld where it is not asked for."""
    found = site.register.listed(keys)
    days: dict[str, dt.date] = {}
    sides = []
    for one in (found[key] for key in keys if key in found and (withheld or not found[key].withheld)):
        facts = office(one.office)
        today = days.get(facts.code) or days.setdefault(facts.code, site.today(facts))
        plain, public = _public(one, facts, today)
        if plain is not None and public is not None:
            state = derive(public, facts, today, one.day)
            sides.append(Shown(one.key, facts, plain, public, state, one.media))
    return sides


def moved_to(site: Site, key: str) -> str:
    """The present key of a record that moved; empty where it did not, and where nothing is public there: then the former
    number is answered as one of a record that is not public."""
    new = site.register.redirect(key)
    return new if new and many(site, [new], withheld=True) else ""


def matches(site: Site, text: str) -> list[Shown]:
    """The public records that a typed number may mean, by numbers of theirs that are public."""
    found = site.register.resolve(text)
    sides = {side.key: side for side in many(site, [match.key for match in found], withheld=True)}
    return [sides[match.key] for match in found if match.key in sides and is_public(sides[match.key], match)]


def is_public(side: Shown, match: Match) -> bool:
    """Whether a side of a record shows the number by which it was found."""
    if match.kind == "key":
        return True
    return (match.kind, match.form) in numbers.spellings(side.record, side.office)


def title(side: Shown) -> tuple[str, str]:
    """What a record is headed with, and its language: its words, title or name, else its number."""
    for texts in _headings(side.plain):
        words = [text for text in texts if text.get("text")]
        if words:
            return shortened(" / ".join(dict.fromkeys(text["text"] for text in words))), words[0].get(
                "lang", ""
            )
    return number(side) or side.key, ""


def _headings(plain: dict[str, Any]) -> Iterator[Sequence[dict[str, Any]]]:
    mark = plain.get("mark", {})
    yield from (mark.get(name, ()) for name in ("verbal", "significant", "transliterations"))
    yield plain.get("titles") or plain.get("names") or ()
    for design in plain.get("designs", ()):
        yield design.get("titles", ())
        yield from (product.get("texts", ()) for product in design.get("products", ()))


def number(side: Shown) -> str:
    """The number that names a record best."""
    names = ("registration_number", "application_number", "international_number")
    return next((side.plain[name] for name in names if side.plain.get(name)), "")


def body(side: Shown) -> bytes:
    """Canonical bytes of the public projection."""
    return canonical.encode(side.record)
