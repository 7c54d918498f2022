"""Vienna codes for a mark, suggested to the clerk from the marks whose pictures it is most like."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_protect

from ipregister.model.errors import RegisterError
from ipregister.portal import publicly
from ipregister.portal.hits import line
from ipregister.portal.labels import label
from ipregister.portal.picture_form import in_memory, question
from ipregister.portal.pictures import Searched, as_address, index_of
from ipregister.portal.render import json_answer, page, wants_json
from ipregister.portal.similar_image import HELD_QUALITY, HELD_SIDE, refusal
from ipregister.portal.site import Site
from ipregister.portal.staff.access import Person
from ipregister.search.similarity.pictures.similar import decoded
from ipregister.search.similarity.pictures.vienna import Suggested, suggest_vienna


def vienna(site: Site, request: HttpRequest, person: Person) -> HttpResponse:
    """The form; with a picture, or the key of a record (`?like=`), the codes with their shares and examples."""
    if request.method == "POST":
        try:
            in_memory(request)
        except RegisterError as error:
            return _page(site, request, QueryDict(), {"error": refusal(error)}, error.http_status)
    return csrf_protect(lambda checked: _answer(site, checked))(request)


def _answer(site: Site, request: HttpRequest) -> HttpResponse:
    given = request.POST if request.method == "POST" else request.GET
    try:
        asked = question(site, request, given)
        if not asked.images:
            return _page(site, request, given, {})
        searched, found = _suggested(site, asked)
    except RegisterError as error:
        return _page(site, request, given, {"error": refusal(error)}, error.http_status)
    told = _told(site, found)
    if wants_json(request):
        return json_answer(
            {"codes": [{name: one[name] for name in ("code", "weight", "keys")} for one in told]}
        )
    return _page(
        site, request, given, {"asked": True, "searched": searched, "codes": told, "held": _held(site, asked)}
    )


def _suggested(site: Site, asked: Searched) -> tuple[str, list[Suggested]]:
    """The searched picture, to be shown, and the codes."""
    index = index_of(site)
    (pixels,) = decoded(index, asked.images[:1], asked.crop)
    return as_address(pixels, HELD_SIDE, HELD_QUALITY), suggest_vienna(
        index, index.seen(pixels), wanted=asked.wanted
    )


def _told(site: Site, found: list[Suggested]) -> list[dict[str, Any]]:
    """The codes with their words and the public examples."""
    lang = get_language() or "en"
    keys = list(dict.fromkeys(key for one in found for key in one.keys))
    lines = {side.key: line(side, lang) for side in publicly.many(site, keys)}
    return [
        {"code": one.code, "words": label("vienna", one.code.split(".")[0]), "weight": one.weight,
         "share": round(100 * one.weight), "keys": [key for key in one.keys if key in lines],
         "examples": [lines[key] for key in one.keys if key in lines]}
        for one in found
    ]  # fmt: skip


def _held(site: Site, asked: Searched) -> list[str]:
    """The codes that the record asked about has now."""
    sides = publicly.many(site, list(asked.wanted.without))
    return sorted({
        code for side in sides for image in side.plain.get("mark", {}).get("images", ()) for code in image.get("vienna", ())
    })  # fmt: skip


def _page(
    site: Site, request: HttpRequest, given: QueryDict, values: dict[str, Any], status: int = HTTPStatus.OK
) -> HttpResponse:
    values = {"like": given.get("like", "")[:64]} | values
    return page(site, request, "staff/vienna.html", values, section="staff", status=status)
