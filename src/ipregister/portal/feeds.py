"""Feeds of any query: the records that changed last, as Atom (RFC 4287)."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import chain

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from msgspec import Struct

from ipregister.exchange.oai.dublin_core import escaped
from ipregister.portal.asking import Asked, strictly_asked
from ipregister.portal.giving import Giving, mark_terms
from ipregister.portal.hits import line
from ipregister.portal.publicly import Shown
from ipregister.portal.render import absolute
from ipregister.portal.site import Site
from ipregister.search.query import parse
from ipregister.search.tree import And, Everything, Node, Query, Word, any_of
from ipregister.store import changes, notices

MOST_ENTRIES, BATCH, MOST_LOOKED_AT = 50, 200, 4000
MOST_WALKED, PAGE, MOST_OF_OFFICES = 20_000, 1000, 10_000
"""Entries of a feed; changes that are looked at once, and for one feed; hits that are put in order for one feed, and
taken at once; changes of the hits' offices that are looked at."""
NEVER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class Entry(Struct, frozen=True):
    """A record of a feed, with the time at which its present state was recorded."""

    side: Shown
    version: int
    recorded_at: dt.datetime


def atom(site: Site, request: HttpRequest) -> HttpResponse:
    """The records of a query that changed last."""
    ask = strictly_asked(request)
    giving = Giving(site)
    entries = list(recent(giving, ask))
    made = absolute(site, request, f"{reverse('feed')}?{ask.parameters()}")
    page = absolute(site, request, ask.address())
    updated = max([taken_away(giving), *(one.recorded_at for one in entries)])
    title = f"Register: {ask.line}" if ask.line.strip() else "Register: all changes"
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<title>{escaped(title)}</title><id>{escaped(made)}</id><updated>{updated.isoformat()}</updated>",
        f'<link rel="self" href="{escaped(made)}"/><link rel="alternate" href="{escaped(page)}"/>',
        "<author><name>ipregister</name></author>",
        *(_entry(site, request, giving, one) for one in entries),
        "</feed>\n",
    ]
    response = HttpResponse("".join(parts), content_type="application/atom+xml; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    mark_terms(response, [giving.terms(one.side.office.code, one.side.plain["right"]) for one in entries])
    return response


def _entry(site: Site, request: HttpRequest, giving: Giving, one: Entry) -> str:
    shown, right = line(one.side, "en"), one.side.plain["right"]
    terms = giving.terms(one.side.office.code, right)
    address = absolute(site, request, reverse("record", args=[one.side.key]))
    told = "; ".join(filter(None, (shown["state"], shown["owner"], ", ".join(shown["numbers"]))))
    rights = ". ".join(filter(None, (terms.licence, terms.attribution, terms.source)))
    moment = one.recorded_at.isoformat()
    return (
        f"<entry><title>{escaped(shown['title'])}</title><id>{escaped(address)}</id><updated>{moment}</updated>"
        f'<link rel="alternate" href="{escaped(address)}"/>'
        f'<category term="{one.side.office.code}"/><category term="{right}"/>'
        f'<category term="{shown["status"]}"/><summary>{escaped(told)}</summary>'
        f"<rights>{escaped(rights)}</rights></entry>"
    )


def recent(giving: Giving, ask: Asked) -> Iterator[Entry]:
    """The released records of a query that changed last, the newest first.

    Changes are walked backwards, and the index is asked which of them fit. Where the last `MOST_LOOKED_AT` do not fill
    the feed, the hits are taken from the index and put in the order of their last changes. Of more than `MOST_WALKED`
    hits the last changes of their offices are walked instead; a feed that is not full then holds those that were
    found, and never an older hit before a newer one."""
    query = giving.within(parse(ask.line))
    left, told = MOST_ENTRIES, set[str]()
    for keys in chain(_by_changes(giving.site, query, ask.filters), _behind(giving.site, query, ask.filters)):
        for entry in _entries(giving, [key for key in keys if key not in told]):
            told.add(entry.side.key)
            yield entry
            left -= 1
            if not left:
                return


def _behind(site: Site, query: Query, filters: dict[str, list[str]]) -> Iterator[list[str]]:
    """The hits behind the last changes, those that changed last first, in parts."""
    found = site.index.search(query, filters=filters, limit=0, facets=("office",))
    if found.total <= MOST_WALKED:
        return _by_hits(site, query, filters)
    held = filters.get("office") or [code for code, _count in found.facets["office"]]
    return _by_changes(site, query, filters, [code.upper() for code in held], MOST_OF_OFFICES)


def _by_changes(
    site: Site, query: Query, filters: dict[str, list[str]], offices: Sequence[str] = (), most: int = 0
) -> Iterator[list[str]]:
    """The hits among the last changes (of some offices alone where they are given), the newest first, in parts."""
    before, looked_at = 0, set[str]()
    for _part in range((most or MOST_LOOKED_AT) // BATCH):
        heads = site.register.latest(before, BATCH, offices)
        keys = [key for key in dict.fromkeys(head.key for head in heads) if key not in looked_at]
        looked_at.update(keys)
        fitting = _fitting(site, query, filters, keys)
        yield [key for key in keys if key in fitting]
        if len(heads) < BATCH:
            return
        before = heads[-1].number


def _by_hits(site: Site, query: Query, filters: dict[str, list[str]]) -> Iterator[list[str]]:
    """The hits of the index, those that changed last first, in parts."""
    found, after = site.index.walk(query, filters=filters, limit=PAGE)
    while after is not None:
        keys, after = site.index.walk(query, filters=filters, after=after, limit=PAGE)
        found += keys
    lasts = changes.lasts(site.register.alias, found)
    ordered = sorted(lasts, key=lambda key: -lasts[key])
    yield from (ordered[start : start + BATCH] for start in range(0, len(ordered), BATCH))


def _entries(giving: Giving, keys: Sequence[str]) -> Iterator[Entry]:
    """The entries of records, with when something was told of each last: a version, or that a day or other switches
    opened it."""
    register = giving.site.register
    for start in range(0, len(keys), MOST_ENTRIES):
        part = keys[start : start + MOST_ENTRIES]
        versions, lasts = register.get_many(part), changes.lasts(register.alias, part)
        told = notices.of_changes(register.alias, list(lasts.values())).values()
        opened = {one.key: one.recorded_at for one in told}
        for side in giving.many(part):
            version = versions[side.key]
            moment = max(version.recorded_at, opened.get(side.key, version.recorded_at))
            yield Entry(side, version.number, moment)


def taken_away(giving: Giving) -> dt.datetime:
    """When one of the last changes took from lists what went out before, or said so; the oldest time where none did."""
    register = giving.site.register
    for head in register.latest(0, MOST_ENTRIES):
        if (head.notice or head.tombstone) and giving.was_given(head.key):
            told = notices.of_changes(register.alias, [head.number]).values() or register.of_changes(
                [head.number]
            )
            return max(one.recorded_at for one in told)
    return NEVER


def _fitting(site: Site, query: Query, filters: dict[str, list[str]], keys: list[str]) -> set[str]:
    """Those of the keys that are hits of a query."""
    if not keys:
        return set()
    named: Node = any_of([Word(key, "number") for key in keys])
    root = named if isinstance(query.root, Everything) else And((query.root, named))
    found, _next = site.index.walk(Query(root, query.closed), filters=filters, limit=1000)
    return set(found) & set(keys)
