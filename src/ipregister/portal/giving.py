"""What goes out by the channel `api`: the released side of versions, for API, harvesting, feeds and calendars.

Nothing here gives what an office did not release, and nothing tells that there is more."""

import datetime as dt
from collections.abc import Iterable, Sequence
from contextlib import closing
from functools import lru_cache
from http import HTTPStatus
from urllib.parse import quote

import msgspec
from django.http import HttpResponseBase
from msgspec import Struct

from ipregister.model import offices
from ipregister.model.errors import RegisterError
from ipregister.model.offices import Office, office
from ipregister.model.record import RIGHTS
from ipregister.model.status import derive
from ipregister.portal.images import names_pictures
from ipregister.portal.publicly import Shown, data_day, is_public
from ipregister.portal.site import Site
from ipregister.portal.terms import Group, licence_address, switches
from ipregister.publication.log.ledger import Ledger
from ipregister.publication.release import Terms
from ipregister.publication.released import Released, Stored, record_of, released
from ipregister.search.closing import closed_by
from ipregister.search.tree import And, Closed, Everything, Node, Or, Query, Word, any_of
from ipregister.store import notices
from ipregister.store.causes import WITHHOLDING
from ipregister.store.harvest import Harvested
from ipregister.store.rows import CurrentBody, Listed, MediaRef, Version
from ipregister.store.upcast import decode


class Unreleased(RegisterError):
    """Nothing of this goes out by this door; not told apart from what is not there."""

    http_status = HTTPStatus.NOT_FOUND


class Giving:
    """The release switches as they stand at this request, with today in every office's zone."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._switches = switches(site)
        self.release, self._terms = self._switches.release, self._switches.terms
        self._days: dict[str, dt.date] = {}

    def terms(self, code: str, right: str) -> Terms:
        """The terms of an office and right."""
        found = self._terms.get((code, right))
        if found is None:
            found = self._terms[code, right] = self.release.terms(code, right)
        return found

    def day(self, facts: Office) -> dt.date:
        """Today at an office."""
        return self._days.get(facts.code) or self._days.setdefault(facts.code, self.site.today(facts))

    def side(self, stored: Stored, code: str, right: str) -> Released | None:
        """The released side of a version; None where nothing of it goes out."""
        terms = self.terms(code, right)
        if not terms.allows("api"):
            return None
        facts = office(code)
        return released(stored, facts, self.day(facts), terms, "api")

    def given(self, version: Version | Harvested, *, day: dt.date | None = None) -> "Given | None":
        """A version as it goes out, its state derived for a day (today). Pictures of a harvested one: `pictured`."""
        side = self.side(version, version.office, version.right)
        if side is None:
            return None
        facts = office(version.office)
        fresh = data_day(version.extracted if day else version.confirmed or version.extracted)
        state = derive(side.record, facts, day or self.day(facts), fresh)
        plain = msgspec.to_builtins(side.record)
        media = version.media if isinstance(version, Version) else ()
        return Given(version.key, facts, plain, side.record, state, media, version, side.body)

    def pictured(self, side: "Given") -> "Given":
        """The same with its pictures, where it names any and its office releases them."""
        terms = self.terms(side.office.code, side.version.right)
        if not terms.allows("images") or not names_pictures(side.plain):
            return msgspec.structs.replace(side, media=())
        if isinstance(side.version, Version):
            return side
        return msgspec.structs.replace(side, media=self.site.register.pictures(side.key))

    def many(self, keys: Sequence[str]) -> list[Shown]:
        """The released sides of current versions in the order of the keys; what does not go out is left out."""
        stored = self.site.register.listed(keys)
        sides = ((one, self._shown(one)) for key in keys if (one := stored.get(key)))
        return [_placed(side, one.key, one.media) for one, side in sides if side]

    def many_pictured(self, keys: Sequence[str]) -> list[Shown]:
        """The same, of which the pictures go out too."""
        return [side for side in self.many(keys)
                if self.terms(side.office.code, side.plain["right"]).allows("images")]  # fmt: skip

    def many_bare(self, keys: Sequence[str]) -> list[Shown]:
        """The same without pictures, which are not read."""
        stored = {one.key: one for one in self.site.register.current_bodies(keys)}
        sides = ((one, self._shown(one)) for key in keys if (one := stored.get(key)))
        return [_placed(side, one.key, ()) for one, side in sides if side]

    def matching(self, text: str) -> list[Shown]:
        """The records that a typed number may mean, by numbers that go out."""
        found = {match.key: match for match in self.site.register.resolve(text)}
        return [side for side in self.many_bare(list(found)) if is_public(side, found[side.key])]

    def _shown(self, one: Listed | CurrentBody) -> Shown | None:
        """The released side of a current version, its state of today; without its pictures."""
        terms = self.terms(one.office, _right(one.body)) if one.is_there else None
        if terms is None or not terms.allows("api"):
            return None
        facts = office(one.office)
        return _released_side(one.body, one.schema, one.day, _Same(facts), self.day(facts), terms)

    def groups(self, codes: Iterable[str] = (), rights: Iterable[str] = ()) -> tuple[Group, ...]:
        """The offices and rights that go out and whose law makes anything of them public."""
        if self._switches.groups is None:
            self._switches.groups = tuple(
                (code, right)
                for code in offices.codes()
                for right in RIGHTS
                if right in office(code).publicity and self.terms(code, right).allows("api")
            )
        codes, rights = list(codes), list(rights)
        return tuple(
            (code, right)
            for code, right in self._switches.groups
            if (not codes or code in codes) and (not rights or right in rights)
        )

    def within(self, query: Query) -> Query:
        """A query among what goes out, which no hidden value fits. Raises `Unreleased` where nothing goes out."""
        allowed = self._switches.allowed
        if allowed is None:
            allowed = self._switches.allowed = _allowed(self.groups())
        root, closed = query.root, self.closed
        if not isinstance(allowed, Everything):
            root = allowed if isinstance(root, Everything) else And((root, allowed))
        return Query(root, closed) if closed or root is not query.root else query

    @property
    def closed(self) -> tuple[Closed, ...]:
        """The search fields that tell something of hidden fields, each with the records of which they are hidden."""
        found = self._switches.closed
        if found is None:
            of_field: dict[str, list[Group]] = {}
            for group in self.groups():
                for name in closed_by(self.terms(*group).hidden):
                    of_field.setdefault(name, []).append(group)
            found = tuple(Closed(name, _allowed(held)) for name, held in sorted(of_field.items()))
            self._switches.closed = found
        return found

    def closing_in(self, query: Query) -> Query:
        """The same query, which no hidden value fits, also among what does not go out."""
        return Query(query.root, self.closed) if self.closed else query

    def closing(self, *names: str) -> frozenset[str]:
        """The offices that give records of some right without one of the search fields."""
        groups = self.groups()
        return frozenset(
            code for code, right in groups if closed_by(self.terms(code, right).hidden) & {*names}
        )

    def is_untold(self, side: Released | None, version: Version | Harvested) -> bool:
        """Whether nothing at all is told of a version: it does not go out, and no version of its record ever did."""
        withheld = version.cause == WITHHOLDING
        if side is not None and not withheld:
            return False
        told_later = version.present is not None and not version.current and self._by_itself(version)
        return told_later or (version.number == 1 and not withheld) or not self.was_given(version.key)

    def logged(self, keys: Sequence[str]) -> set[str]:
        """Those of some records that stand in the log: versions of them went out before."""
        with closing(Ledger(self.site.data)) as ledger:
            return {one.entry.key for one in ledger.of_keys(keys)} if keys and ledger.exists else set()

    def closed_groups(self, codes: Iterable[str] = (), rights: Iterable[str] = ()) -> tuple[Group, ...]:
        """The offices and rights that do not go out and of which changed switches were told: of them the records that
        stand in the log are told as taken away, and no others."""
        codes, rights = list(codes), list(rights)
        known = {(code, right) for code in offices.codes() for right in office(code).publicity}
        if not known - {*self.groups()}:
            return ()
        told = notices.groups(self.site.register.alias, notices.SWITCHES) & known - {*self.groups()}
        fit = [one for one in sorted(told) if not codes or one[0] in codes]
        return tuple(one for one in fit if not rights or one[1] in rights)

    def was_given(self, key: str) -> bool:
        """Whether a version of a record went out before: by the log, or because its own content is public today. Only
        then may its deletion or withdrawal be told."""
        register = self.site.register
        versions = (register.get(key, one.number) for one in register.history(key))
        return bool(self.logged([key])) or any(self._by_itself(one) for one in versions if one)

    def _by_itself(self, version: Version | Harvested) -> bool:
        """Whether something of a version would go out if no later one had closed the record."""
        return self.side(msgspec.structs.replace(version, present=None), version.office, version.right) is not None  # fmt: skip


class Given(Shown, frozen=True):
    """A version as it goes out, with the canonical bytes of its released side."""

    version: Version | Harvested
    body: bytes


SUBTYPES = ("slogan", "emblem", "inn", "gi", "ao")
"""What the index calls trademarks of another sort than the usual."""


def _allowed(held: Sequence[Group]) -> Node:
    """What goes out as a part of a query. Raises `Unreleased` where nothing does."""
    groups = set(held)
    known = [code for code in offices.codes() if office(code).publicity]
    whole = {code for code in known if all((code, right) in groups for right in office(code).publicity)}
    if whole == set(known):
        return Everything()
    parts: list[Node] = [Word(code, "office") for code in sorted(whole)]
    parts += [And((Word(code, "office"), _kinds(right))) for code, right in held if code not in whole]
    if not parts:
        raise Unreleased("no office has released records to this door")
    return any_of(parts)


def _placed(side: Shown, key: str, media: tuple[MediaRef, ...]) -> Shown:
    return Shown(key, side.office, side.plain, side.record, side.state, media)


def _kinds(right: str) -> Node:
    if right != "trademark":
        return Word(right, "right")
    return Or(tuple(Word(kind, "right") for kind in ("trademark", *SUBTYPES)))


def _right(body: bytes) -> str:
    return msgspec.json.decode(body, type=_Tag).right


class _Tag(Struct):
    right: str


class _Same:
    """The facts of an office as an argument: the same only where they are the same object."""

    def __init__(self, facts: Office) -> None:
        self.facts = facts

    def __hash__(self) -> int:
        return id(self.facts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.facts is self.facts


@lru_cache(maxsize=1_000)
def _released_side(
    body: bytes, schema: int, data_day: str, same: _Same, day: dt.date, terms: Terms
) -> Shown | None:
    """The side that stands for stored bytes under an office's facts and terms on a day. All that it depends on is an
    argument, so that what was withheld or hidden since is another question. Some are kept: lists ask for the same
    records again and again."""
    side = record_of(decode(body, schema), same.facts, day, terms)
    if side is None:
        return None
    state = derive(side, same.facts, day, data_day)
    return Shown("", same.facts, msgspec.to_builtins(side), side, state, ())


def mark_terms(response: HttpResponseBase, terms: Iterable[Terms]) -> None:
    """Licences as Link headers, attributions and legal sources as headers of their own."""
    licences, named = _terms_as_headers(tuple(dict.fromkeys(terms)))
    for address in licences:
        add_link(response, address, "license")
    for name, said in named:
        response.headers[name] = said


@lru_cache(maxsize=256)
def _terms_as_headers(told: tuple[Terms, ...]) -> tuple[list[str], list[tuple[str, str]]]:
    """Addresses of licences, and headers with their texts."""
    licences = list(dict.fromkeys(filter(None, (licence_address(one.licence) for one in told))))
    named = {"Attribution": [one.attribution for one in told], "Legal-Source": [one.source for one in told]}
    said = {name: "; ".join(dict.fromkeys(filter(None, texts))) for name, texts in named.items()}
    return licences, [(name, quote(text, safe=" ,;:()/'")) for name, text in said.items() if text]


def add_link(response: HttpResponseBase, address: str, relation: str) -> None:
    """One more link in the `Link` header."""
    told = response.headers.get("Link", "")
    response.headers["Link"] = f"{told}, <{address}>; rel={relation}".removeprefix(", ")
