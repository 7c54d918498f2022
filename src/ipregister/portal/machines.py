"""The addresses that machines use, in one list: harvesting, changes, feeds, calendars, the API."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path

from ipregister.portal import agendas, calendars, changes, feeds, oai
from ipregister.portal.api import service
from ipregister.portal.doors import READ, SiteView, door
from ipregister.portal.site import Site

FORM = ("GET", "HEAD", "POST")
MACHINES: tuple[tuple[str, SiteView, str, tuple[str, ...]], ...] = (
    ("oai", oai.oai, "oai", FORM),
    ("changes", changes.changes, "changes", READ),
    ("feeds/atom", feeds.atom, "feed", READ),
    ("feeds/calendar", agendas.agenda_calendar, "calendar", READ),
    ("r/<str:key>.ics", calendars.record_calendar, "record-calendar", READ),
)
"""Address, view, name, methods. They stand before the pages: `r/KEY.ics` is a calendar, `r/KEY` a page."""


def machine_routes(source: Callable[[], Site]) -> list[URLPattern]:
    """The addresses for a site."""
    own = [path(address, door(source, _bound(view, source), methods), name=name)
           for address, view, name, methods in MACHINES]  # fmt: skip
    return [*own, *service.routes(source)]


def _bound(view: SiteView, source: Callable[[], Site]) -> Callable[..., HttpResponseBase]:
    def answer(request: HttpRequest, **arguments: str) -> HttpResponseBase:
        return view(source(), request, **arguments)

    return answer
