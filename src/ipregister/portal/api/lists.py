"""What there is: offices with their terms, coverage, code lists."""

from http import HTTPStatus
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router

from ipregister.model import codelists, offices
from ipregister.model.errors import NotFound
from ipregister.model.offices import office
from ipregister.portal.api import answers
from ipregister.portal.api.parameters import site_of
from ipregister.portal.api.replies import replies, reply, told
from ipregister.portal.coverage import facet, lag
from ipregister.portal.giving import Giving
from ipregister.portal.names import notice
from ipregister.portal.publicly import data_day
from ipregister.portal.render import absolute
from ipregister.search.tree import Query

router = Router(tags=["lists"])


def _released(giving: Giving) -> dict[str, list[str]]:
    """The rights that go out, by office."""
    found: dict[str, list[str]] = {}
    for code, right in giving.groups():
        found.setdefault(code, []).append(right)
    return found


@router.get(
    "/offices", operation_id="listOffices", summary="Offices", openapi_extra=replies(answers.OfficesAnswer)
)
def list_offices(request: HttpRequest) -> HttpResponse:
    """The offices that released records, and on what terms."""
    giving = Giving(site_of(request))
    found = tuple(_office(giving, code, rights) for code, rights in sorted(_released(giving).items()))
    return reply(request, answers.OfficesAnswer(found))


@router.get(
    "/offices/{code}",
    operation_id="office",
    summary="An office",
    openapi_extra=replies(answers.OfficeTold, HTTPStatus.NOT_FOUND),
)
def one_office(
    request: HttpRequest, code: Annotated[str, Path(max_length=2, description="Code of the office (ST.3).")]
) -> HttpResponse:
    """An office that released records."""
    giving = Giving(site_of(request))
    rights = _released(giving).get(code.upper())
    if rights is None:
        raise NotFound("no office of this code has released records", remedy="look at /api/v1/offices")
    terms = [giving.terms(code.upper(), right) for right in rights]
    return reply(request, _office(giving, code.upper(), rights), terms)


def _office(giving: Giving, code: str, rights: list[str]) -> answers.OfficeTold:
    facts = office(code)
    said = notice(facts, "en")
    released = [giving.terms(code, right) for right in rights]
    return answers.OfficeTold(
        code=code,
        name=facts.name,
        names=dict(facts.names),
        languages=tuple(facts.languages),
        zone=facts.zone,
        notice=said["notice"],
        certified_copy=said["certified_copy"],
        url=said["url"],
        rights=tuple(answers.RightTold(t.right, tuple(sorted(t.channels)), told(t)) for t in released),
    )


@router.get(
    "/coverage",
    operation_id="coverage",
    summary="Coverage and freshness",
    openapi_extra=replies(answers.CoverageAnswer),
)
def coverage(request: HttpRequest) -> HttpResponse:
    """How many released records the register holds of each office, and how fresh they are."""
    site = site_of(request)
    giving = Giving(site)
    fresh = site.register.freshness()
    found = []
    for code, rights in sorted(_released(giving).items()):
        counts = dict(facet(site, Query(), {"office": [code]}, "right"))
        released = _by_right(counts, rights)
        day = data_day(fresh.get(code, ""))
        aged = lag(day, site.today(office(code)))
        found.append(
            answers.CoverageTold(code, office(code).name, sum(released.values()), released, day, aged)
        )
    return reply(request, answers.CoverageAnswer(tuple(found), site.index.checkpoint()))


def _by_right(counts: dict[str, int], rights: list[str]) -> dict[str, int]:
    """Counts of the index by right; it counts trademarks of other sorts under their own words."""
    found = dict.fromkeys(rights, 0)
    for word, count in counts.items():
        right = word if word in offices_rights() else "trademark"
        if right in found:
            found[right] += count
    return found


def offices_rights() -> set[str]:
    """All kinds of rights that offices have."""
    return {right for code in offices.codes() for right in office(code).publicity}


@router.get(
    "/code-lists",
    operation_id="listCodeLists",
    summary="Code lists",
    openapi_extra=replies(answers.CodeListsAnswer),
)
def list_code_lists(request: HttpRequest) -> HttpResponse:
    """All code lists that records use, with where they come from."""
    heads = tuple(answers.CodeListHead(*_head(request, name)) for name in codelists.LISTS)
    return reply(request, answers.CodeListsAnswer(heads))


@router.get(
    "/code-lists/{name}",
    operation_id="codeList",
    summary="A code list",
    openapi_extra=replies(answers.CodeListAnswer, HTTPStatus.NOT_FOUND),
)
def one_code_list(
    request: HttpRequest, name: Annotated[str, Path(max_length=64, description="Name of the list.")]
) -> HttpResponse:
    """The codes of a list with their labels."""
    rows = codelists.table(name)
    codes = tuple(
        answers.CodeTold(
            code, row["label"], {n: v for n, v in row.items() if n not in ("code", "label") and v}
        )
        for code, row in rows.items()
    )
    return reply(request, answers.CodeListAnswer(*_head(request, name), codes))


def _head(request: HttpRequest, name: str) -> tuple[str, str, str, str]:
    """The members of `answers.CodeListHead`."""
    head = codelists.header(name)
    address = absolute(site_of(request), request, f"/api/v1/code-lists/{name}")
    return name, head.get("source", ""), head.get("edition", ""), address
