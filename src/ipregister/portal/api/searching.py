"""Searches: the language, facets and orders of the page, among what the offices released."""

from http import HTTPStatus
from typing import Annotated, Any, Literal, cast

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import BaseModel, Field, StringConstraints, create_model

from ipregister.portal.api import answers
from ipregister.portal.api.life import of_record, people
from ipregister.portal.api.parameters import After, Limit, site_of
from ipregister.portal.api.replies import paged, replies
from ipregister.portal.asking import MOST_FILTERS, MOST_LETTERS, MOST_OF_FILTER
from ipregister.portal.giving import Giving
from ipregister.portal.hits import named
from ipregister.portal.publicly import Shown
from ipregister.search.fields import BY_NAME, FACETS, SORTS
from ipregister.search.index import Result
from ipregister.search.query import parse
from ipregister.search.tree import Or, Phrase, Word, render
from ipregister.search.tree import Query as Asked

router = Router(tags=["search"])
ORDERS = tuple(f"{sign}{sort.name}" for sort in SORTS for sign in ("", "-", "+"))
NAMED = ("applicant", "holder", "representative", "inventor", "designer", "author", "producer")
"""The search fields that hold names of parties."""
Words = Annotated[str, StringConstraints(max_length=MOST_LETTERS)]
Value = Annotated[str, StringConstraints(max_length=MOST_OF_FILTER)]

Number = Annotated[str, StringConstraints(pattern=r"^[0-9]{0,4}$")]


def _parameters() -> type[BaseModel]:
    """The parameters of a search: a filter for each facet of the table of search fields."""
    choices = ", ".join(sort.name for sort in SORTS)
    fields: dict[str, Any] = {
        "q": (Words, Field("", description="The query, in the language of the search page (/help/search).")),
        "sort": (
            str,
            Field("relevance", json_schema_extra={"enum": list(ORDERS)},
                  description=f"One of {choices}; with - or + before it falling or rising."),
        ),
        "limit": (
            Annotated[int, Field(ge=0, le=1000)],
            Field(20, description="Most hits of a page; 0 for counts alone."),
        ),
        "after": (Words, Field("", description="`next` of the page before; empty for the first page.")),
        "facets": (
            list[Literal["all", "none", *FACETS]],  # type: ignore[valid-type]  # of the table of search fields
            Field(["all"], max_length=MOST_FILTERS, description="The facets to count: all, none, or their names."),
        ),
        "include": (
            list[Literal["record"]],
            Field([], max_length=1, description="`record`: each hit with its whole record."),
        ),
    }  # fmt: skip
    for name in FACETS:
        told = f"{BY_NAME[name].label}: hits with one of these values."
        kind: Any = Number if BY_NAME[name].kind == "integer" else Value
        fields[name] = (list[kind], Field([], max_length=MOST_FILTERS, description=told))
    return create_model("SearchParameters", **fields)


Parameters = _parameters()


@router.get(
    "/search",
    operation_id="search",
    summary="Search",
    openapi_extra=replies(answers.SearchAnswer, HTTPStatus.NOT_FOUND),
)
def search(request: HttpRequest, asked: Query[Parameters]) -> HttpResponse:  # type: ignore[valid-type]  # made of the table of search fields
    """Records that fit a query, the best first, a page after another without a ceiling."""
    site, given = site_of(request), cast(Any, asked)
    giving = Giving(site)
    filters = {name: values for name in FACETS if any(values := getattr(given, name))}
    result = site.index.search(
        giving.within(parse(given.q)),
        filters=filters,
        sort=given.sort,
        limit=given.limit,
        cursor=given.after or None,
        facets=_facets(given.facets),
    )
    sides = giving.many_bare([hit.key for hit in result.hits])
    return paged(
        request, giving, answers.SearchAnswer, sides, result.next, query=given.q, total=result.total,
        rights=result.rights, facets=_counts(result), change=result.change,
        hits=tuple(_hit(request, side, whole="record" in given.include) for side in sides),
    )  # fmt: skip


def _facets(named: list[str]) -> tuple[str, ...]:
    if "all" in named:
        return FACETS
    return tuple(dict.fromkeys(name for name in named if name != "none"))


def _counts(result: Result) -> dict[str, tuple[answers.ValueCount, ...]]:
    return {
        name: tuple(answers.ValueCount(value, count) for value, count in counts)
        for name, counts in result.facets.items()
    }


def _hit(request: HttpRequest, side: Shown, *, whole: bool) -> answers.HitTold:
    told: dict[str, Any] = {**of_record(site_of(request), request, side), **named(side)}
    return answers.HitTold(**told, record=side.record if whole else None)


@router.get(
    "/parties",
    operation_id="findParties",
    summary="Parties by name",
    openapi_extra=replies(answers.PartiesAnswer, HTTPStatus.NOT_FOUND),
)
def find_parties(
    request: HttpRequest,
    name: Annotated[
        str,
        StringConstraints(min_length=1, max_length=200),
        Query(description="Words of the name, in any order."),
    ],
    after: After = "",
    limit: Limit = 100,
) -> HttpResponse:
    """Parties of released records that have all words in one of their names, record by record: the register joins
    no parties that offices have not joined. `limit` counts records."""
    site = site_of(request)
    giving = Giving(site)
    words = Or(tuple(Phrase(name, field) for field in NAMED))
    loose = Or(tuple(Word(name, field) for field in NAMED)) if " " not in name.strip() else words
    query = giving.within(Asked(parse(render(loose)).root))
    result = site.index.search(query, sort="number", limit=limit, cursor=after or None)
    sides = giving.many_bare([hit.key for hit in result.hits])
    folded = name.casefold()
    found = tuple(one for side in sides for one in people(site, request, side) if _is_named(one, folded))
    return paged(
        request, giving, answers.PartiesAnswer, sides, result.next, parties=found, records=result.total
    )


def _is_named(one: answers.PartyTold, folded: str) -> bool:
    """Whether a party of a record found is one of those that were looked for: its name has a word of the query."""
    party = one.party
    names = (*party.names, *party.organization_names, *party.first_names, *party.last_names)
    text = " ".join(each.text for each in names).casefold()
    return any(word in text for word in folded.split())
