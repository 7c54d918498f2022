"""Pages whose questions nobody else may learn: kept by no browser and no proxy, told to no other site.

A form of such a page carries no token against forgery: a browser that may tell no referrer says `Origin: null`,
which no token check accepts, and these forms change nothing and ask for no account.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from ipregister.portal.site import Site

SiteView = Callable[..., HttpResponseBase]
KEPT_NOWHERE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
"""What every answer to a secret question carries."""


def secret(view: SiteView) -> SiteView:
    """The view, its answers kept nowhere and their address told to nobody; files that are sent stay in memory."""

    @wraps(view)
    def answer(site: Site, request: HttpRequest, **arguments: Any) -> HttpResponseBase:
        if request.method == "POST":
            request.upload_handlers = [_InMemory(request)]
        return sealed(view(site, request, **arguments))

    return csrf_exempt(answer)


class _InMemory(MemoryFileUploadHandler):
    """Keeps files of any size in memory (`guard.BodyLimit` bounds them), so that none is left on the disk."""

    def handle_raw_input(self, *_given: Any, **_more: Any) -> None:
        """Take every file."""
        self.activated = True


def sealed(response: HttpResponseBase) -> HttpResponseBase:
    """An answer that is kept nowhere."""
    for name, value in KEPT_NOWHERE.items():
        response.headers[name] = value
    return response
