"""Marks of one's offices that come near a geographical indication, the newest first."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ipregister.model import offices
from ipregister.portal import publicly
from ipregister.portal.addresses import record_address
from ipregister.portal.labels import Label
from ipregister.portal.names import short_name
from ipregister.portal.reasons import told
from ipregister.portal.render import json_answer, page, wants_json
from ipregister.portal.site import Site
from ipregister.portal.staff.access import Person
from ipregister.search.indications.book import Conflict, ConflictBook, is_made

SHOWN, LOOKED_AT = 50, 200
FOLDER = "indications"
LEVELS: dict[str, tuple[Label, str]] = {
    "identical": (lazy("the same name"), "over"),
    "contained": (lazy("holds the name"), "over"),
    "part": (lazy("is a part of the name"), "wait"),
    "alike": (lazy("looks or sounds alike"), "wait"),
}
"""How near a mark comes, in words, and the colour."""


def conflicts(site: Site, request: HttpRequest, person: Person) -> HttpResponse:
    """The conflicts of the marks of one's offices. An indication that is not public is told of only to staff of
    its own office."""
    lang = get_language() or "en"
    office, before = request.GET.get("office", ""), request.GET.get("before", "")
    if office:
        person.require("clerk", office)
    mine = person.offices("clerk")
    start = int(before) if before.isdecimal() and len(before) < 12 else 0
    found, following = _found(site, person, [office] if office else mine, start)
    if wants_json(request):
        return json_answer({"conflicts": found, "before": following})
    values = {
        "conflicts": [_line(one, lang) for one in found], "office": office, "next": following,
        "is_made": is_made(site.data / FOLDER), "unread": _unread(site, person),
        "offices": [(code, short_name(offices.office(code), lang)) for code in sorted(mine)],
    }  # fmt: skip
    return page(site, request, "staff/conflicts.html", values, section="staff")


def _found(site: Site, person: Person, codes: list[str], before: int) -> tuple[list[Conflict], int]:
    """A page of conflicts that the person may see, and where the next one begins; 0 at the end."""
    folder = site.data / FOLDER
    if not codes or not is_made(folder):
        return [], 0
    found: list[Conflict] = []
    with ConflictBook(folder) as book:
        while len(found) <= SHOWN and (part := book.conflicts(codes, before=before, limit=LOOKED_AT)):
            found += _seen(site, person, part)
            before = part[-1].number
    return found[:SHOWN], found[SHOWN - 1].number if len(found) > SHOWN else 0


def _unread(site: Site, person: Person) -> list[tuple[str, str]]:
    """The records of one's offices that cannot be read and were not compared: key and address."""
    folder = site.data / FOLDER
    if not is_made(folder):
        return []
    with ConflictBook(folder) as book:
        keys = [finding.value for finding in book.findings()]
    heads = {key: site.register.head(key) for key in keys}
    return [
        (key, record_address(key)) for key, head in heads.items() if head and person.may("clerk", head.office)
    ]


def _seen(site: Site, person: Person, part: list[Conflict]) -> list[Conflict]:
    keys = list(dict.fromkeys(one.indication for one in part))
    public = {side.key for side in publicly.many(site, keys)}
    hidden = [key for key in keys if key not in public]
    heads = {key: head.office for key in hidden if (head := site.register.head(key)) is not None}
    own = {key for key, code in heads.items() if person.may("clerk", code)}
    return [one for one in part if one.indication in public or one.indication in own]


def _line(one: Conflict, lang: str) -> dict[str, Any]:
    word, tone = LEVELS[one.level]
    return {
        "mark": one.mark_name, "mark_address": record_address(one.mark), "mark_key": one.mark,
        "indication": one.indication_name, "indication_address": record_address(one.indication),
        "office": short_name(offices.office(one.office), lang), "level": str(word), "tone": tone,
        "goods": _("the same sort of product") if one.goods >= 0.5 else "",
        "reasons": [told(reason) for reason in one.reasons],
    }  # fmt: skip
