"""The life of a record: its versions, its events, its parties; and what is said of one that is gone."""

from http import HTTPStatus

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Router

from ipregister.portal.addresses import record_address
from ipregister.portal.api import answers
from ipregister.portal.api.parameters import Key, site_of
from ipregister.portal.api.replies import paged, replies, reply, state_told, told
from ipregister.portal.giving import Given, Giving, Unreleased
from ipregister.portal.history import changes
from ipregister.portal.problems import problem
from ipregister.portal.publicly import Shown, data_day
from ipregister.portal.render import absolute
from ipregister.portal.site import Site
from ipregister.publication.released import parties_of
from ipregister.store.causes import WITHHOLDING

router = Router(tags=["records"])
MOST_VERSIONS = 1000
ABSENT = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE, HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS)
NOT_FOUND = "no released record has this number"


@router.get(
    "/records/{key}/history",
    operation_id="recordHistory",
    summary="Versions of a record",
    openapi_extra=replies(answers.HistoryAnswer, HTTPStatus.NOT_FOUND),
)
def history(request: HttpRequest, key: Key) -> HttpResponse:
    """The versions of a record, the oldest first, each with the values that changed. Any of them can be had by
    `version`, the state of a day by `asOf`."""
    site = site_of(request)
    giving = Giving(site)
    heads = site.register.history(key)[-MOST_VERSIONS:]
    versions = (site.register.get(key, head.number) for head in heads)
    sides = [side for version in versions if version and (side := giving.given(version))]
    if not sides:
        raise Unreleased(NOT_FOUND)
    entries = tuple(_version(side, before) for side, before in zip(sides, [None, *sides[:-1]], strict=True))
    terms = giving.terms(sides[-1].office.code, sides[-1].version.right)
    return reply(request, answers.HistoryAnswer(key, entries, told(terms)), [terms])


def _version(side: Given, before: Given | None) -> answers.VersionTold:
    version = side.version
    differing = changes(before.plain, side.plain) if before else []
    found = tuple(answers.ChangeTold(one["pointer"], one["before"], one["after"]) for one in differing)
    return answers.VersionTold(version.number, version.current, version.cause, data_day(version.extracted),
                               version.recorded_at, version.deleted, found)  # fmt: skip


@router.get(
    "/records/{key}/events",
    operation_id="recordEvents",
    summary="Events of a record",
    openapi_extra=replies(answers.EventsAnswer, *ABSENT),
)
def events(request: HttpRequest, key: Key) -> HttpResponse:
    """What happened to a right, as its office tells it, and the state that follows from it."""
    site = site_of(request)
    giving = Giving(site)
    side = _present(giving, key)
    if isinstance(side, HttpResponse):
        return side
    terms = giving.terms(side.office.code, side.version.right)
    happened = msgspec.convert(side.plain.get("events", ()), tuple[answers.EventTold, ...])
    content = answers.EventsAnswer(key, side.office.code, side.version.right, state_told(side.state),
                                   happened, side.record.recordals, told(terms))  # fmt: skip
    return reply(request, content, [terms])


@router.get(
    "/records/{key}/parties",
    operation_id="recordParties",
    summary="Parties of a record",
    openapi_extra=replies(answers.PartiesAnswer, *ABSENT),
)
def parties(request: HttpRequest, key: Key) -> HttpResponse:
    """Applicants, holders, representatives and all other parties of a record."""
    site = site_of(request)
    giving = Giving(site)
    side = _present(giving, key)
    if isinstance(side, HttpResponse):
        return side
    found = tuple(people(site, request, side))
    return paged(request, giving, answers.PartiesAnswer, [side], None, parties=found, records=1)


def people(site: Site, request: HttpRequest, side: Shown) -> list[answers.PartyTold]:
    """The parties of a record, with the field of the record that names each."""
    named = of_record(site, request, side)
    return [
        answers.PartyTold(**named, capacity=name, party=msgspec.convert(one, answers.PersonTold))
        for name in sorted(parties_of(named["right"]))
        for one in side.plain.get(name, ())
    ]


def of_record(site: Site, request: HttpRequest, side: Shown) -> dict[str, str]:
    """What every entry says of its record: the members of `answers.OfRecord`."""
    return {
        "key": side.key,
        "address": absolute(site, request, record_address(side.key)),
        "office": side.office.code,
        "right": side.plain["right"],
    }


def _present(giving: Giving, key: str) -> Given | HttpResponse:
    """The current version of a record that goes out; 410 where it is deleted. Raises `Unreleased`."""
    version = giving.site.register.present(key)
    side = giving.given(version) if version else None
    if side is None:
        raise Unreleased(NOT_FOUND)
    return refusal(side, present=True) or side


def refusal(side: Given, *, present: bool) -> HttpResponse | None:
    """What is said instead of content that was withheld, or of a record that the office deleted."""
    if side.version.cause == WITHHOLDING:
        return problem(
            ABSENT[2], f"the content of {side.key} was withheld, on a legal ground", code="withheld"
        )
    if not side.version.deleted or not present:
        return None
    day = data_day(side.version.extracted)
    return problem(HTTPStatus.GONE, f"the office deleted {side.key} with its data of {day}", code="deleted")
