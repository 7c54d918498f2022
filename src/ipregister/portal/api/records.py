"""Records: one by its key or any number, all in the order of keys, their versions, events, parties."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from ninja import Router

from ipregister.portal.addresses import image_address
from ipregister.portal.api import answers
from ipregister.portal.api.life import ABSENT, NOT_FOUND, of_record, refusal
from ipregister.portal.api.parameters import (
    After,
    AsOf,
    Known,
    Limit,
    OfficeCode,
    Right,
    Spelling,
    Version,
    moment,
    site_of,
)
from ipregister.portal.api.replies import paged, raw, replies, reply, state_told, told
from ipregister.portal.given_site import given_site
from ipregister.portal.giving import Given, Giving, Unreleased
from ipregister.portal.images import pictures
from ipregister.portal.moments import Moment, version_at
from ipregister.portal.names import notice
from ipregister.portal.problems import problem
from ipregister.portal.publicly import Shown, data_day, is_public
from ipregister.portal.render import absolute
from ipregister.portal.rights.namesakes import namesakes
from ipregister.portal.site import Site
from ipregister.store.causes import WITHHOLDING
from ipregister.store.harvest import Harvested
from ipregister.store.rows import Version as StoredVersion

router = Router(tags=["records"])
MOST_LINKED = 20
HISTORY = "/api/v1/records/{key}/history"
_LOCATION = {"Location": {"description": "The present address.", "schema": {"type": "string"}}}


@router.get(
    "/records",
    operation_id="listRecords",
    summary="All records by key",
    openapi_extra=replies(answers.RecordsAnswer),
)
def list_records(
    request: HttpRequest,
    office: OfficeCode = "",
    right: Right = "",
    after: After = "",
    limit: Limit = 100,
) -> HttpResponse:
    """Current records in the order of their keys, without a ceiling: each page begins after the last key of the
    one before. Deleted records are not in it; the change feed tells of them."""
    site = site_of(request)
    giving = Giving(site)
    codes, rights = [office.upper()] if office else [], [right] if right else []
    found, more = _by_key(giving, {code for code, _ in giving.groups()} & set(codes or _all(giving)), rights,
                          after, limit)  # fmt: skip
    lines = tuple(_line(site, request, side) for side in found)
    return paged(
        request, giving, answers.RecordsAnswer, found, found[-1].key if more else None, records=lines
    )


def _all(giving: Giving) -> set[str]:
    return {code for code, _right in giving.groups()}


def _by_key(
    giving: Giving, codes: set[str], rights: list[str], after: str, limit: int
) -> tuple[list[Shown], bool]:
    """The next records that go out, and whether there are more. Keys begin with the code of their office."""
    found: list[Shown] = []
    right = rights[0] if rights else ""
    for code in sorted(codes):
        last = max(after, f"{code.lower()}-")
        while keys := giving.site.register.keys(office=code, right=right, after=last, limit=limit + 1):
            found += giving.many_bare(keys)
            if len(found) > limit:
                return found[:limit], True
            last = keys[-1]
    return found, False


def _line(site: Site, request: HttpRequest, side: Shown) -> answers.RecordLine:
    return answers.RecordLine(
        **of_record(site, request, side), state=state_told(side.state), record=side.record
    )


@router.get(
    "/records/{path:spelling}",
    operation_id="record",
    summary="A record by its key or any number",
    openapi_extra=replies(
        answers.RecordAnswer,
        *ABSENT,
        **{
            "300": {
                "description": "Several records have this number.",
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/MatchesAnswer"}}},
            },
            "301": {"description": "The office corrected the number.", "headers": _LOCATION},
        },
    ),
)
def record(
    request: HttpRequest, spelling: Spelling, version: Version = None, asOf: AsOf = None, known: Known = None
) -> HttpResponse:
    """A record as it stands, or as it stood: by its key, or by any spelling of an application, registration or
    international number, in any digits of the region. A number of several records gives the list of them."""
    site = site_of(request)
    giving = Giving(site)
    when = moment(site, version, asOf, known)
    found = _at(site, spelling, when)
    if (found is None or _is_gone(found, when)) and (moved := _moved_to(giving, spelling)):
        return HttpResponse(
            status=HTTPStatus.MOVED_PERMANENTLY, headers={"Location": _api(site, request, moved)}
        )
    if found is None:
        if site.register.head(spelling) is not None:
            return _absent(giving, spelling, when)
        sides = giving.matching(spelling)
        if len(sides) > 1:
            return _several(request, giving, spelling, sides)
        found = _at(site, sides[0].key, when) if sides else None
        if sides and found is None:
            return _absent(giving, sides[0].key, when)
    side = giving.given(found, day=when.day) if found else None
    if side is None:
        raise Unreleased(NOT_FOUND)
    if refused := refusal(side, present=when.is_present):
        return refused
    response = reply(
        request, whole(site, request, giving, side), [giving.terms(side.office.code, side.version.right)]
    )
    response.headers["Content-Location"] = _api(site, request, side.key)
    return response


def _at(site: Site, key: str, when: Moment) -> StoredVersion | Harvested | None:
    return site.register.present(key) if when.is_present else version_at(site, key, when)


def _is_gone(found: StoredVersion | Harvested, when: Moment) -> bool:
    """Whether the office deleted what is asked for as it stands."""
    return found.deleted and when.is_present and found.cause != WITHHOLDING


def _moved_to(giving: Giving, key: str) -> str:
    """The present key of a record that moved and goes out there."""
    new = giving.site.register.redirect(key)
    present = giving.site.register.present(new) if new else None
    return new if present and giving.given(present) else ""


def _absent(giving: Giving, key: str, when: Moment) -> HttpResponse:
    """404 for a record that had nothing at a moment; what does not go out is not told apart from what is not there."""
    present = giving.site.register.present(key)
    if present is None or giving.given(present) is None:
        raise Unreleased(NOT_FOUND)
    if when.number is not None:
        return problem(HTTPStatus.NOT_FOUND, f"{key} has no version {when.number}", code="no-version",
                       remedy=f"its versions are listed at {HISTORY.format(key=key)}")  # fmt: skip
    known = f", as it was known on {when.known}" if when.known else ""
    return problem(HTTPStatus.NOT_FOUND, f"{key} did not stand in this register on {when.day}{known}", code="no-version",
                   remedy=f"the days of its versions are listed at {HISTORY.format(key=key)}")  # fmt: skip


def _api(site: Site, request: HttpRequest, key: str) -> str:
    return absolute(site, request, f"/api/v1/records/{key}")


def _several(request: HttpRequest, giving: Giving, text: str, sides: list[Shown]) -> HttpResponse:
    found = tuple(
        answers.MatchTold(key=s.key, office=s.office.code, right=s.plain["right"],
                          address=_api(giving.site, request, s.key))
        for s in sides
    )  # fmt: skip
    return reply(request, answers.MatchesAnswer(text, found), status=HTTPStatus.MULTIPLE_CHOICES)


def whole(site: Site, request: HttpRequest, giving: Giving, side: Given) -> answers.RecordAnswer:
    """The answer of a version."""
    version, terms = side.version, giving.terms(side.office.code, side.version.right)
    return answers.RecordAnswer(
        **of_record(site, request, side),
        version=version.number,
        versions=version.versions if isinstance(version, Harvested) else _versions(site, side.key),
        current=version.current,
        cause=version.cause,
        recorded_at=version.recorded_at,
        data_day=data_day(version.confirmed or version.extracted),
        schema=version.schema,
        state=state_told(side.state),
        notice=notice(side.office, "en", side.plain["right"])["notice"],
        terms=told(terms),
        images=_images(site, request, giving.pictured(side)),
        linked=_linked(giving, side),
        namesakes=tuple(one.key for one in namesakes(given_site(giving), side, giving.many_bare)),
        record=raw(side.body),
    )


def _versions(site: Site, key: str) -> int:
    head = site.register.head(key)
    return head.versions if head else 0


def _images(site: Site, request: HttpRequest, side: Shown) -> tuple[answers.ImageTold, ...]:
    def place(sha256: str) -> str:
        return absolute(site, request, image_address(side.key, sha256))

    return tuple(answers.ImageTold(r.sha256, r.mime, r.name, place(r.sha256)) for r in pictures(side))


def _linked(giving: Giving, side: Shown) -> tuple[str, ...]:
    shared = side.plain.get("international_number") or side.plain.get("family")
    if not shared and side.office.code != "WO":
        return ()
    matches = {one.key: one for one in giving.site.register.linked(side.key, side.record)[:MOST_LINKED]}
    return tuple(one.key for one in giving.many_bare(list(matches)) if is_public(one, matches[one.key]))
