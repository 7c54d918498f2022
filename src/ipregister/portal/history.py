"""The versions of a record, and what changed from one to the next."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language

from ipregister.model import canonical
from ipregister.portal import publicly
from ipregister.portal.folding import shortened
from ipregister.portal.labels import label
from ipregister.portal.names import notice
from ipregister.portal.page_data import answered, not_released, version_given
from ipregister.portal.record import unknown
from ipregister.portal.render import page, wants_json
from ipregister.portal.site import Site

MOST_VERSIONS = 100
MOST_CHANGES = 100
"""Changes that the page shows; the JSON of the history holds all."""
_NUMBER = re.compile(r"/(\d+)")
_NOT_SHOWN = {"/right"}


def history(site: Site, request: HttpRequest, key: str) -> HttpResponse:
    """The versions that are public, newest first."""
    sides = _public_versions(site, key)
    if not sides:
        return unknown(site, request, key)
    newest = sides[-1]
    if wants_json(request):
        return _data(site, key, sides)
    entries = _entries(sides)
    lang = get_language() or "en"
    heading, heading_lang = publicly.title(newest)
    values = {"title": heading, "title_lang": heading_lang, "address": reverse("record", args=[key]),
              "versions": _shown(entries), "office": notice(newest.office, lang, newest.version.right)}  # fmt: skip
    return page(site, request, "history.html", values)


def _data(site: Site, key: str, sides: list[publicly.ShownVersion]) -> HttpResponse:
    given = [one for side in sides if (one := version_given(site, side)) is not None]
    if not given:
        return not_released()
    return answered(site, given[-1], {"key": key, "versions": [_plain(entry) for entry in _entries(given)]})


def _entries(sides: list[publicly.ShownVersion]) -> list[dict[str, Any]]:
    return [_entry(side, before) for side, before in zip(sides, [None, *sides[:-1]], strict=True)]


def _public_versions(site: Site, key: str) -> list[publicly.ShownVersion]:
    heads = site.register.history(key)[-MOST_VERSIONS:]
    versions = (site.register.get(key, head.number) for head in heads)
    sides = (publicly.shown(site, version) for version in versions if version is not None)
    return [side for side in sides if side is not None]


def _entry(side: publicly.ShownVersion, before: publicly.ShownVersion | None) -> dict[str, Any]:
    version = side.version
    return {
        "number": version.number,
        "current": version.current,
        "cause": label("cause", version.cause),
        "extracted": publicly.data_day(version.extracted),
        "recorded": version.recorded_at,
        "delivery": version.delivery.name,
        "changes": changes(before.plain, side.plain) if before else [],
    }


def _plain(entry: dict[str, Any]) -> dict[str, Any]:
    return entry | {"recorded": entry["recorded"].isoformat()}


def _shown(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Newest first, long values cut and no more changes than a page has room for; the JSON holds all."""
    left, out = MOST_CHANGES, []
    for entry in entries[::-1]:
        cut = [change | {side: shortened(change[side]) for side in ("before", "after")}
               for change in entry["changes"][: max(0, left)]]  # fmt: skip
        left -= len(cut)
        out.append(entry | {"changes": cut, "more": len(entry["changes"]) - len(cut)})
    return out


def changes(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, str]]:
    """The public values that differ, by their place."""
    old, new = dict(canonical.leaves(before)), dict(canonical.leaves(after))
    places = [
        place for place in {**old, **new} if old.get(place) != new.get(place) and place not in _NOT_SHOWN
    ]
    return [
        {
            "pointer": place,
            "label": place_label(place),
            "before": str(old.get(place, "")),
            "after": str(new.get(place, "")),
        }
        for place in places
    ]


def place_label(pointer: str) -> str:
    """A place in a record in plain words: `/goods/0/texts/1/text` -> `goods 1, text 2`."""
    words = (
        _NUMBER.sub(lambda found: f" {int(found[1]) + 1}", pointer).strip("/").replace("_", " ").split("/")
    )
    return ", ".join(words)
