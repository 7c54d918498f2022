"""From a request to a search: the query line, filters, order, place; and back to addresses."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from msgspec import Struct

from ipregister.model.errors import UsageError
from ipregister.search.faults import QueryError
from ipregister.search.fields import FACETS
from ipregister.search.form import from_form

FORM_PREFIX = "f."
LIMIT, MOST = 20, 100
MOST_FILTERS = 20
MOST_LETTERS = 500
"""Longest query; longer ones are refused."""
MOST_OF_FILTER = 100


class Asked(Struct, frozen=True):
    """What a request asks for. `line` is the query as typed."""

    line: str
    filters: dict[str, list[str]]
    sort: str
    cursor: str
    limit: int
    more: str

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked: the page shows the form only."""
        return not self.line.strip() and not self.filters and self.sort == "relevance" and not self.cursor

    def parameters(self, **changes: Any) -> str:
        """The query string of this search with some parts changed; a changed search begins at its first page."""
        filters = changes.get("filters", self.filters)
        pairs = [("q", changes.get("line", self.line))]
        pairs += [(name, value) for name, values in filters.items() for value in values]
        pairs += [(name, changes.get(name, default)) for name, default in (
            ("sort", self.sort), ("more", ""), ("after", ""), ("format", ""))]  # fmt: skip
        usual = {("sort", "relevance")}
        return urlencode([pair for pair in pairs if pair[0] == "q" or (pair[1] and pair not in usual)])

    def address(self, **changes: Any) -> str:
        """The address of this search with some parts changed."""
        return f"{reverse('search')}?{self.parameters(**changes)}"

    def toggled(self, facet: str, value: str) -> str:
        """The address with one value of a filter added, or taken away where it is chosen."""
        chosen = self.filters.get(facet, [])
        rest = [one for one in chosen if one != value] if value in chosen else [*chosen, value]
        filters = {name: values for name, values in {**self.filters, facet: rest}.items() if values}
        return self.address(filters=filters)


def asked(request: HttpRequest) -> Asked:
    """The search of a request. Nothing in it can fail: what is no number is left out; the index refuses what is no order."""
    get = request.GET
    chosen = {name: [one[:MOST_OF_FILTER] for one in get.getlist(name)[:MOST_FILTERS]] for name in FACETS}
    filters = {name: values for name, values in chosen.items() if any(values)}
    limit = get.get("limit", "")
    return Asked(
        line=get.get("q", ""),
        filters=filters,
        sort=get.get("sort", "")[:MOST_OF_FILTER] or "relevance",
        cursor=get.get("after", "")[:MOST_LETTERS],
        limit=max(1, min(int(limit), MOST))
        if limit.isascii() and limit.isdecimal() and len(limit) < 6
        else LIMIT,
        more=get.get("more", "")[:MOST_OF_FILTER],
    )


def strictly_asked(request: HttpRequest, *more: str) -> Asked:
    """The query and filters of a machine's request, which may have `more` parameters. Raises `UsageError` for one that
    is not known, which must not widen an answer, and `QueryError` for a query that is too long."""
    allowed = ("q", *more, *FACETS)
    if unknown := sorted(request.GET.keys() - set(allowed)):
        raise UsageError(f"no parameter {unknown[0][:40]!r}", remedy=f"use {', '.join(allowed)}")
    if is_too_long(request):
        raise QueryError("too-long")
    return asked(request)


def is_too_long(request: HttpRequest) -> bool:
    """Whether the query, or the form with fields, is longer than a query may be."""
    form = sum(len(value) for value in form_of(request.GET).values())
    return len(request.GET.get("q", "")) > MOST_LETTERS or form > MOST_LETTERS


def form_of(get: QueryDict) -> dict[str, str]:
    """The filled fields of the form with fields (`f.mark`, `f.filed_from`)."""
    filled = {name: get.get(name, "").strip() for name in get if name.startswith(FORM_PREFIX)}
    return {name[len(FORM_PREFIX) :]: value for name, value in filled.items() if value}


def line_of_form(form: dict[str, str]) -> str:
    """The query line that says the same as the form. Raises `QueryError`."""
    return from_form(form).line
