"""Pictures like a picture: `/similar/image`. A picture comes by POST and is kept nowhere; `?like=KEY` takes the
pictures of a record."""

from http import HTTPStatus
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ipregister.model import codelists
from ipregister.model.errors import Busy, RegisterError
from ipregister.portal.given_site import given_pictures
from ipregister.portal.giving import Giving
from ipregister.portal.hits import line
from ipregister.portal.labels import label
from ipregister.portal.page_data import is_decided
from ipregister.portal.picture_form import CROP_FIELDS, question, read_form
from ipregister.portal.pictures import HitOfRecord, Searched, as_address, cutout, index_of, public_hits
from ipregister.portal.render import absolute, json_answer, page, wants_json
from ipregister.portal.secrecy import secret
from ipregister.portal.similar import JSON_LINES, office_choices
from ipregister.portal.site import Site
from ipregister.search.similarity.pictures.normalise import Pixels
from ipregister.search.similarity.pictures.ranking import ALGORITHM
from ipregister.search.similarity.pictures.similar import decoded
from ipregister.search.similarity.pictures.views import INSIDE, MIRRORED, PART, PART_INSIDE, TURNED, WHOLE

VIEWS: dict[str, Promise] = {
    WHOLE: lazy("the whole picture"), INSIDE: lazy("the inside of a frame"), PART: lazy("a part"),
    PART_INSIDE: lazy("the inside of a part"), MIRRORED: lazy("mirrored"), TURNED: lazy("turned"),
}  # fmt: skip
"""What of a picture was alike."""
FEATURES: dict[str, Promise] = {
    "edges": lazy("shapes %(share)s %%"), "network": lazy("picture as a whole %(share)s %%"),
    "letters": lazy("letters %(share)s %%"),
}  # fmt: skip
"""What the likeness comes from."""
CROP_WORDS: dict[str, Promise] = {
    "left": lazy("From the left, %"), "top": lazy("From the top, %"), "width": lazy("Width, %"),
    "height": lazy("Height, %"),
}  # fmt: skip
"""The fields that say which part of a picture is meant."""
REFUSALS: dict[str, Promise] = {
    "the picture is too large": lazy("The picture is too large: at most 10 MB and 60 million pixels."),
    "the picture is too small": lazy("The picture is too small: at least 16 pixels."),
    "there is nothing in the picture": lazy(
        "There is nothing in the picture: it is of one colour, or transparent."
    ),
    "there is no font here for the letters of the drawing": lazy(
        "The letters of the drawing cannot be drawn here: turn them into outlines, or give PNG."
    ),
    "the picture takes too long to draw": lazy("The picture takes too long to draw: give PNG or JPEG."),
    "other pictures are being drawn": lazy("Other pictures are being looked at. Try again in some seconds."),
    "the file is no picture that can be read": lazy(
        "This is no picture that can be read: give PNG, JPEG, GIF, WebP, TIFF or SVG."
    ),
}
"""What is said of pictures that cannot be searched with."""
HELD_SIDE, HELD_QUALITY, MOST_HELD = 320, 80, 40_000
"""Side and quality of the copies of the searched pictures that a page of results holds, and what all may weigh."""
ON_PAGE = 20


@secret
def similar_image(site: Site, request: HttpRequest) -> HttpResponse:
    """The public records with a picture like the given ones; with nothing given, the form."""
    given: QueryDict = QueryDict()
    json = wants_json(request)
    try:
        given = read_form(request)
        lines, json = given.get("format") == "jsonl", json or given.get("format") in {"json", "jsonl"}
        asked = question(site, request, given)
        if not asked.images:
            return _nothing_asked(site, request, given, json=json)
        pixels, hits = _found(site, asked, program=lines or json)
    except RegisterError as error:
        return _refused(site, request, given, error, json=json)
    if lines:
        told = (msgspec.json.encode(one) + b"\n" for one in _plain(site, request, hits))
        return HttpResponse(b"".join(told), content_type=JSON_LINES)
    if json:
        hits_told = _plain(site, request, hits)
        return json_answer({"like": given.get("like", ""), "hits": hits_told, "algorithm": ALGORITHM})
    held = [as_address(one, HELD_SIDE, HELD_QUALITY) for one in pixels]
    values = _form(given) | {
        "asked": True, "hits": _lines(pixels, hits[:ON_PAGE]), "searched": held, "algorithm": ALGORITHM,
        "held": held if asked.crop == (0.0, 0.0, 1.0, 1.0) and sum(map(len, held)) < MOST_HELD else [],
    }  # fmt: skip
    return page(site, request, "similar_image.html", values, section="similar-image")


def _found(site: Site, asked: Searched, *, program: bool) -> tuple[list[Pixels], list[HitOfRecord]]:
    """The searched pictures as they were compared, and the hits; for a program among those that go out. Raises
    `UsageError`, `Busy`."""
    index = index_of(site)
    if not index.storage.exists():
        raise Busy(_("The index of pictures is being made. Try again in some minutes."))
    pixels = decoded(index, asked.images, asked.crop)
    seen = [index.seen(one) for one in pixels]
    if not (program and is_decided(site)):
        return pixels, public_hits(site, seen, asked)
    giving = Giving(site)
    given = given_pictures(giving, asked)
    return pixels, [] if given is None else public_hits(site, seen, given, giving.many_pictured)


def _plain(site: Site, request: HttpRequest, hits: list[HitOfRecord]) -> list[dict[str, Any]]:
    return [
        msgspec.to_builtins(hit)
        | {"status": side.state.state, "address": absolute(site, request, reverse("record", args=[side.key]))}
        for hit, side in hits
    ]


def _lines(pixels: list[Pixels], hits: list[HitOfRecord]) -> list[dict[str, Any]]:
    lang = get_language() or "en"
    return [
        line(side, lang) | {"score": hit.score, "why": list(why(hit.features)), "pair": _pair(pixels, hit, side.key)}
        for hit, side in hits
    ]  # fmt: skip


def why(features: dict[str, float]) -> list[str]:
    """What the likeness of two pictures comes from, in words."""
    return [
        str(text) % {"share": round(100 * features[name])}
        for name, text in FEATURES.items()
        if name in features
    ]


def _pair(pixels: list[Pixels], hit: Any, key: str) -> dict[str, str]:
    """The two parts that were alike, side by side, and what they are."""
    box = ",".join(f"{share:.4f}" for share in hit.alike.found_box)
    return {
        "mine": cutout(pixels[hit.image], hit.alike),
        "theirs": f"{reverse('picture-part', args=[key, hit.sha256])}?box={box}",
        "text": _("Yours: %(mine)s. The mark: %(theirs)s.")
        % {"mine": VIEWS[hit.alike.searched], "theirs": VIEWS[hit.alike.found]},
    }


def _form(given: QueryDict) -> dict[str, Any]:
    """The fields of the form as they were filled in."""
    return {
        "like": given.get("like", "")[:64], "classes": given.get("class", "")[:200], "office": given.get("office", "")[:2],
        "vienna": given.get("vienna", "")[:200], "state": given.get("state", "")[:40],
        "crop": [(name, word, given.get(name, "")[:8]) for name, word in CROP_WORDS.items()],
        "is_cropped": any(given.get(name) for name in CROP_FIELDS),
        "office_choices": office_choices(),
        "states": [(code, label("status", code)) for code in codelists.table("states") if code != "deleted"],
    }  # fmt: skip


def _nothing_asked(site: Site, request: HttpRequest, given: QueryDict, *, json: bool) -> HttpResponse:
    if json:
        told = {"error": "no-picture", "message": _("No picture is given.")}
        return json_answer(told, HTTPStatus.BAD_REQUEST)
    if request.method == "POST":
        values = _form(given) | {"error": _("Choose a picture.")}
        return page(
            site,
            request,
            "similar_image.html",
            values,
            section="similar-image",
            status=HTTPStatus.BAD_REQUEST,
        )
    return page(site, request, "similar_image.html", _form(given), section="similar-image")


def refusal(error: RegisterError) -> str:
    """What is said of a search that cannot be made."""
    return str(REFUSALS.get(error.message, error.message))


def _refused(
    site: Site, request: HttpRequest, given: QueryDict, error: RegisterError, *, json: bool
) -> HttpResponse:
    message = refusal(error)
    if json:
        told = {"error": type(error).__name__.lower(), "message": message}
        return json_answer(told, error.http_status)
    values = _form(given) | {"error": message}
    return page(
        site, request, "similar_image.html", values, section="similar-image", status=error.http_status
    )
