"""Names like a name: `/similar?name=...` for links and programs, the form by POST, so that no address tells the name."""

from http import HTTPStatus
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from msgspec import Struct

from ipregister.model import offices
from ipregister.model.errors import RegisterError, UsageError
from ipregister.model.mark import NICE_CLASSES
from ipregister.portal import publicly
from ipregister.portal.given_site import Look, seen_by
from ipregister.portal.hits import line
from ipregister.portal.names import short_name
from ipregister.portal.reasons import told
from ipregister.portal.render import absolute, json_answer, page, wants_json
from ipregister.portal.secrecy import secret
from ipregister.portal.site import Site
from ipregister.search.similarity.romanise.script import SCRIPTS
from ipregister.search.similarity.search import LARGEST, SimilarName, Wanted, nearest_names

MOST_LETTERS = 200
"""Longest name that is compared."""
USUAL, ON_PAGE = 20, 50
JSON_LINES = "application/x-ndjson; charset=utf-8"


class NameQuestion(Struct, frozen=True):
    """What is asked: a name, and of which classes and offices records may be, in which scripts names (empty: all)."""

    name: str
    classes: tuple[int, ...] = ()
    offices: tuple[str, ...] = ()
    limit: int = USUAL
    parties: bool | None = None
    """Only names of holders, where true."""
    scripts: tuple[str, ...] = ()


@secret
def similar(site: Site, request: HttpRequest) -> HttpResponse:
    """The public records with a name like the one asked for; with nothing asked, the form."""
    given = request.POST if request.method == "POST" else request.GET
    lines = given.get("format") == "jsonl"
    try:
        asked = question(given)
        if not asked.name:
            return _nothing_asked(site, request, asked, json=lines or wants_json(request))
        seen, look = seen_by(site, program=lines or wants_json(request))
        found, cut = public_hits(seen, asked, look)
    except RegisterError as error:
        return _refused(site, request, given, error, json=lines or wants_json(request))
    if lines:
        body = b"".join(msgspec.json.encode(hit) + b"\n" for hit, _side in found)
        return HttpResponse(body, content_type=JSON_LINES)
    if wants_json(request):
        return json_answer(_json(site, request, asked, found) | {"cut": cut})
    return page(
        site,
        request,
        "similar.html",
        _form(asked) | {"hits": _lines(found), "asked": True, "cut": cut, "limit": asked.limit},
        section="similar",
    )


def question(given: QueryDict) -> NameQuestion:
    """The question of a request. Raises `UsageError` for a class, office or limit that there is not."""
    name = " ".join(given.get("name", "").split())
    if len(name) > MOST_LETTERS:
        raise UsageError(_("A name has at most %(most)s characters.") % {"most": MOST_LETTERS})
    limit = given.get("limit", "") or str(USUAL)
    if not (limit.isascii() and limit.isdecimal() and len(limit) < 5 and 1 <= int(limit) <= LARGEST):
        raise UsageError(_("The limit is a number from 1 to %(most)s.") % {"most": LARGEST})
    return NameQuestion(
        name, classes_of(given), offices_of(given), int(limit), True if given.get("party") == "1" else None,
        scripts_of(given),
    )  # fmt: skip


def classes_of(given: QueryDict) -> tuple[int, ...]:
    """The classes of a form, each once. Raises `UsageError`."""
    words = " ".join(given.getlist("class")).replace(",", " ").split()
    if any(
        not (word.isascii() and word.isdecimal() and len(word) < 4 and int(word) in NICE_CLASSES)
        for word in words
    ):
        raise UsageError(_("Classes are numbers from 1 to 45."))
    return tuple(sorted({int(word) for word in words}))


def offices_of(given: QueryDict) -> tuple[str, ...]:
    """The offices of a form, each once. Raises `UsageError`."""
    words = " ".join(given.getlist("office")).replace(",", " ").upper().split()
    if not set(words) <= set(offices.codes()):
        raise UsageError(_("There is no such office here."))
    return tuple(sorted(set(words)))


def scripts_of(given: QueryDict) -> tuple[str, ...]:
    """The scripts (ISO 15924) of a form, each once. Raises `UsageError`."""
    words = " ".join(given.getlist("script")).replace(",", " ").split()
    if not set(words) <= set(SCRIPTS):
        raise UsageError(_("There is no such script here."))
    return tuple(sorted(set(words)))


def public_hits(
    site: Site, asked: NameQuestion, look: Look
) -> tuple[list[tuple[SimilarName, publicly.Shown]], bool]:
    """The hits of a question with the sides of their records that are seen, and whether the limit leaves others out.
    Raises `Busy` without an index of names."""
    wanted = Wanted(asked.classes, asked.offices, asked.scripts, asked.parties)
    found = nearest_names(site.shelf(), asked.name, wanted, limit=asked.limit)
    sides = {side.key: side for side in look([hit.key for hit in found.hits])}
    return [(hit, sides[hit.key]) for hit in found.hits if hit.key in sides], found.cut


def _json(
    site: Site, request: HttpRequest, asked: NameQuestion, found: list[tuple[SimilarName, publicly.Shown]]
) -> dict[str, Any]:
    shelf = site.shelf()
    return {
        "name": asked.name,
        "classes": asked.classes,
        "offices": asked.offices,
        "scripts": asked.scripts,
        "hits": [
            msgspec.to_builtins(hit)
            | {"status": side.state.state, "address": absolute(site, request, line(side, "en")["address"])}
            for hit, side in found
        ],
        "version": shelf.ranking.version,
        "change": shelf.change,
    }


def _lines(found: list[tuple[SimilarName, publicly.Shown]]) -> list[dict[str, Any]]:
    lang = get_language() or "en"
    return [
        line(side, lang) | {"score": hit.score, "why": [told(reason) for reason in hit.reasons]}
        for hit, side in found
    ]


def _form(asked: NameQuestion) -> dict[str, Any]:
    return {"name": asked.name, "classes": " ".join(map(str, asked.classes)), "office_choices": office_choices(),
            "office": asked.offices[0] if len(asked.offices) == 1 else "", "most": MOST_LETTERS}  # fmt: skip


def office_choices() -> list[tuple[str, str]]:
    """The offices by their names in the reader's language."""
    lang = get_language() or "en"
    return sorted(
        ((code, short_name(offices.office(code), lang)) for code in offices.codes()), key=lambda one: one[1]
    )


def _nothing_asked(site: Site, request: HttpRequest, asked: NameQuestion, *, json: bool) -> HttpResponse:
    if json:
        told = {"error": "no-name", "message": _("No name is given.")}
        return json_answer(told, HTTPStatus.BAD_REQUEST)
    return page(site, request, "similar.html", _form(asked), section="similar")


def _refused(
    site: Site, request: HttpRequest, given: QueryDict, error: RegisterError, *, json: bool
) -> HttpResponse:
    if json:
        return json_answer(
            {"error": type(error).__name__.lower(), "message": error.message}, error.http_status
        )
    values = _form(NameQuestion(given.get("name", "")[:MOST_LETTERS])) | {"error": error.message}
    return page(site, request, "similar.html", values, section="similar", status=error.http_status)
