"""The data at a page's own address: the JSON of a record, of its history and evidence, of a search, of similar names.

They say what the page says. Where the operator has written release switches, they say no more than the offices
released to machines (channel `api`), with what is hidden left out; such answers are not counted against a quota.
"""

import datetime as dt
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse

from ipregister.portal import publicly
from ipregister.portal.giving import Giving, mark_terms
from ipregister.portal.publicly import Shown, ShownVersion
from ipregister.portal.render import json_answer
from ipregister.portal.site import Site
from ipregister.portal.terms import switches
from ipregister.search.tree import Query


def is_decided(site: Site) -> bool:
    """Whether the operator has decided what goes out to machines."""
    return bool(switches(site).release.switches)


def version_given(site: Site, side: ShownVersion, day: dt.date | None = None) -> ShownVersion | None:
    """A version as data, its state derived for a day (today); None where its office did not release it."""
    if not is_decided(site):
        return side
    giving = Giving(site)
    given = giving.given(side.version, day=day)
    if given is None:
        return None
    given = giving.pictured(given)
    return ShownVersion(
        side.key, side.office, given.plain, given.record, given.state, given.media, side.version
    )


def many_given(site: Site, keys: Sequence[str]) -> list[Shown]:
    """Current versions as data, in the order of the keys."""
    return Giving(site).many(keys) if is_decided(site) else publicly.many(site, list(keys))


def matches_given(site: Site, text: str) -> list[Shown]:
    """The records that a typed number may mean, as data."""
    return Giving(site).matching(text) if is_decided(site) else publicly.matches(site, text)


def query_given(site: Site, query: Query) -> Query:
    """A query among what is given. Raises `Unreleased` where nothing is."""
    return Giving(site).within(query) if is_decided(site) else query


def answered(site: Site, side: ShownVersion, content: Any) -> HttpResponse:
    """Data of a record, with the terms of its office and right."""
    response = json_answer(content)
    mark_terms(response, [Giving(site).terms(side.office.code, side.version.right)])
    return response


def not_released() -> HttpResponse:
    """The answer for a record that has a page and no data: 406."""
    told = {
        "error": "not-released",
        "message": "the office released this record as a page only; ask for text/html",
    }
    return json_answer(told, HTTPStatus.NOT_ACCEPTABLE)
