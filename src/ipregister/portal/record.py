"""The page of a record, and the same as JSON."""

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ipregister.portal import publicly
from ipregister.portal.asking import MOST_LETTERS
from ipregister.portal.citing import citation
from ipregister.portal.copies import has_copy
from ipregister.portal.documents import forms, noticed, st96, unknown_form, wants_xml
from ipregister.portal.evidence import evidence
from ipregister.portal.fields import one
from ipregister.portal.folding import fold
from ipregister.portal.given_site import Look, seen_by
from ipregister.portal.hits import line
from ipregister.portal.images import BROWSERS_SHOW, pictures
from ipregister.portal.labels import label
from ipregister.portal.moments import Moment, UnreadableMoment, moment_of, version_at
from ipregister.portal.names import notice
from ipregister.portal.page_data import answered, matches_given, not_released, version_given
from ipregister.portal.render import absolute, json_answer, page, wants_json, with_query
from ipregister.portal.rights import panels_of
from ipregister.portal.rights.namesakes import namesakes
from ipregister.portal.site import Site
from ipregister.portal.sources import Linker
from ipregister.portal.states import state_view
from ipregister.search.likeness import alike
from ipregister.store.causes import WITHHOLDING

MOST_LINKED = 20
ALTS = {
    "trademark": lazy("Picture of the mark: %(words)s"),
    "patent": lazy("Drawing: %(words)s"),
    "utility-model": lazy("Drawing: %(words)s"),
    "design": lazy("View of the design: %(words)s"),
    "indication": lazy("Picture of the indication: %(words)s"),
    "work": lazy("Picture: %(words)s"),
    "emblem": lazy("Picture of the emblem: %(words)s"),
}
"""What is said of a record's pictures to those who do not see them."""
INID_COOKIE = "inid"


def record(site: Site, request: HttpRequest, spelling: str) -> HttpResponse:
    """A record by its key; by any other spelling of a number, a redirect to it or the list of all matches."""
    if refused := unknown_form(request):
        return refused
    try:
        moment = moment_of(site, request)
    except UnreadableMoment as error:
        return _message(site, request, f"bad-{error.name}", _("This request cannot be read"), str(error.sentence),
                        status=HTTPStatus.BAD_REQUEST)  # fmt: skip
    version = version_at(site, spelling, moment)
    if version is None:
        return _other_spelling(site, request, spelling, moment)
    side = publicly.shown(site, version, day=moment.day)
    withheld, gone = version.cause == WITHHOLDING, version.deleted and moment.is_present
    if gone and not withheld and (answer := _moved(site, request, version.key)):
        return answer
    if side is None:
        return unknown(site, request, spelling)
    if withheld:
        return _message(site, request, "withheld", f"{side.key}: {_('withheld')}", _("This content was withheld, on a legal ground."),
                        status=HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS)  # fmt: skip
    if gone:
        return _gone(site, request, side)
    if wants_xml(request):
        return st96(site, version, moment.day)
    if wants_json(request):
        return _data(site, request, side, moment)
    return _page(site, request, side, moment)


def _data(site: Site, request: HttpRequest, side: publicly.ShownVersion, moment: Moment) -> HttpResponse:
    given = version_given(site, side, moment.day)
    return not_released() if given is None else answered(site, given, as_json(site, request, given))


def _moved(site: Site, request: HttpRequest, key: str) -> HttpResponse | None:
    """The way to where a record is now, with what was asked of it; None where it did not move, or is not public there."""
    new, asked = publicly.moved_to(site, key), request.META.get("QUERY_STRING", "")
    if not new:
        return None
    address = reverse("record", args=[new]) + (f"?{asked}" if asked else "")
    return HttpResponseRedirect(address, status=HTTPStatus.MOVED_PERMANENTLY)


def _other_spelling(site: Site, request: HttpRequest, text: str, moment: Moment) -> HttpResponse:
    if answer := _moved(site, request, text):
        return answer
    if not moment.is_present and publicly.many(site, [text], withheld=True):
        if moment.number is not None:
            return _message(site, request, "no-version", _("No such version"),
                            _("This record has no version %(number)s.") % {"number": moment.number})  # fmt: skip
        return _message(site, request, "no-version", _("No data for this day"),
                        _("The register holds no version of this record from this day or before."))  # fmt: skip
    found = matches_given(site, text) if wants_json(request) else publicly.matches(site, text)
    if len(found) == 1:
        suffix = "?format=json" if wants_json(request) else ""
        return HttpResponseRedirect(reverse("record", args=[found[0].key]) + suffix)
    if not found:
        return unknown(site, request, text)
    if wants_json(request):
        matches = [{"key": side.key, "office": side.office.code} for side in found]
        return json_answer({"text": text, "matches": matches})
    lang = get_language() or "en"
    hits = [line(side, lang) for side in found]
    return page(site, request, "several.html", {"text": text, "hits": hits}, section="search")


def unknown(site: Site, request: HttpRequest, text: str) -> HttpResponse:
    """404 for a number that no public record has; what is not public is not told apart from what is not there."""
    return _message(site, request, "not-found", _("No public record has this number"),
                    _("Look whether the number is complete, or search by name."), text=text)  # fmt: skip


def _message(
    site: Site,
    request: HttpRequest,
    code: str,
    heading: str,
    line: str,
    *,
    text: str = "",
    status: int = HTTPStatus.NOT_FOUND,
) -> HttpResponse:
    if wants_json(request):
        return json_answer({"error": code, "message": line} | ({"text": text} if text else {}), status)
    values = {"heading": heading, "lines": [line], "searchable": text}
    return page(site, request, "message.html", values, status=status)


def _gone(site: Site, request: HttpRequest, side: publicly.ShownVersion) -> HttpResponse:
    day = publicly.data_day(side.version.extracted)
    if wants_json(request):
        return json_answer({"key": side.key, "deleted": True, "data_day": day}, HTTPStatus.GONE)
    lang = get_language() or "en"
    values = {"key": side.key, "office": notice(side.office, lang, side.version.right), "day": day,
              "address": reverse("record", args=[side.key])}  # fmt: skip
    return page(site, request, "gone.html", values, status=HTTPStatus.GONE)


def as_json(site: Site, request: HttpRequest, side: publicly.ShownVersion) -> dict[str, Any]:
    """What the JSON of a record says: canonical bytes of the public part, and what the page says beside it."""
    version, told = side.version, noticed(site, side.office, side.version.right, "en")
    seen, look = seen_by(site, program=True)
    return {
        "key": side.key,
        "address": absolute(site, request, reverse("record", args=[side.key])),
        "office": side.office.code,
        "right": version.right,
        "version": version.number,
        "recorded_at": version.recorded_at.isoformat(),
        "data_day": publicly.data_day(version.confirmed or version.extracted),
        "delivery": version.delivery.name,
        "schema": version.schema,
        "state": side.state,
        "notice": {name: told[name] for name in ("name", "notice", "certified_copy", "licence", "attribution", "source")},
        "images": [
            {"sha256": ref.sha256, "type": ref.mime, "name": ref.name,
             "address": absolute(site, request, reverse("image", args=[side.key, ref.sha256]))}
            for ref in pictures(side)
        ],
        "linked": [other.key for other in _linked(site, side, look)],
        "namesakes": [other.key for other in namesakes(seen, side, look)],
        "record": msgspec.Raw(publicly.body(side)),
    }  # fmt: skip


def _linked(site: Site, side: publicly.Shown, look: Look) -> list[publicly.Shown]:
    shared = side.plain.get("international_number") or side.plain.get("family")
    if not shared and side.office.code != "WO":
        return []
    found = {one.key: one for one in site.register.linked(side.key, side.record)[:MOST_LINKED]}
    return [other for other in look(list(found)) if publicly.is_public(other, found[other.key])]


def _page(site: Site, request: HttpRequest, side: publicly.ShownVersion, moment: Moment) -> HttpResponse:
    lang = get_language() or "en"
    inid = request.GET.get("inid", request.COOKIES.get(INID_COOKIE)) == "1"
    heading, heading_lang = publicly.title(side)
    address = reverse("record", args=[side.key])
    permanent = absolute(site, request, address)
    linker = Linker(request, side.version.evidence)
    pointer = request.GET.get("evidence", "")
    office_word = one(side.plain, "office_status")
    head = site.register.head(side.key)
    panels, whole = panels_of(side.plain, lang), request.GET.get("all") == "1"
    values = {
        "title": heading, "title_lang": heading_lang, "address": address, "permanent": permanent, "key": side.key,
        "copies": has_copy(site, side.key), "forms": forms(site, side.office, side.version.right),
        "office": noticed(site, side.office, side.version.right, lang), "right": label("right", side.record.subtype),
        "version": side.version, "as_of": moment.day.isoformat() if moment.day else "",
        "known": moment.known.isoformat() if moment.known else "",
        "pictures": _pictures(side, heading), "drawn": side.plain["right"] == "trademark", "state": state_view(side.state, side.plain["right"]),
        "office_word": linker.value(office_word[0]) if office_word else None,
        "panels": linker.panels(panels if whole else fold(panels)), "inid": inid, "all_address": with_query(request, all="1", evidence=None),
        "inid_address": with_query(request, inid="0" if inid else "1", evidence=None),
        "linked": [line(other, lang) for other in _linked(site, side, seen_by(site, program=False)[1])], "family": bool(side.plain.get("family")),
        "namesakes": [line(other, lang) for other in namesakes(site, side)],
        "like_address": _like_address(side), "versions": head.versions if head else 1, "citation": citation(side, permanent, site.today(side.office), lang),
    }  # fmt: skip
    if pointer:
        values["evidence"] = evidence(site, side, pointer) | {"back": with_query(request, evidence=None)}
    response = page(site, request, "record.html", values)
    if request.GET.get("inid") in {"0", "1"}:
        response.set_cookie(
            INID_COOKIE, request.GET["inid"], max_age=31_536_000, samesite="Lax", httponly=True
        )
    return response


def _like_address(side: publicly.Shown) -> str:
    """The search for records like this one; empty where nothing of it can be searched for."""
    line = alike(side.key, side.plain).line
    return f"{reverse('search')}?{urlencode({'q': line})}" if 0 < len(line) <= MOST_LETTERS else ""


def _pictures(side: publicly.Shown, heading: str) -> list[dict[str, Any]]:
    out = []
    for ref in pictures(side):
        direct = ref.mime in BROWSERS_SHOW
        name = "image" if direct else "converted"
        out.append({
            "original": reverse("image", args=[side.key, ref.sha256]),
            "shown": reverse(name, args=[side.key, ref.sha256]),
            "alt": str(ALTS[side.plain["right"]]) % {"words": heading},
            "width": ref.width, "height": ref.height, "converted": not direct,
        })  # fmt: skip
    return out


def evidence_json(site: Site, request: HttpRequest, key: str) -> HttpResponse:
    """The evidence of one value (`?pointer=`), as JSON or as the part of the record page."""
    pointer = request.GET.get("pointer", "")
    if not wants_json(request):
        return HttpResponseRedirect(f"{reverse('record', args=[key])}?evidence={pointer}#evidence")
    version = site.register.get(key)
    side = publicly.shown(site, version) if version else None
    if side is None:
        return json_answer({"error": "not-found", "text": key}, HTTPStatus.NOT_FOUND)
    given = version_given(site, side)
    return not_released() if given is None else answered(site, given, evidence(site, given, pointer))
