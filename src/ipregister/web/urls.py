"""The addresses of the web application."""

from ipregister.portal import errors
from ipregister.portal.site import Site
from ipregister.portal.urls import routes
from ipregister.web import wiring
from ipregister.web.tasks import LOADER, queue_batch, queue_export


def site() -> Site:
    """The site with the queue of the worker."""
    found = wiring.site()
    found.loader = LOADER
    found.queue_export = queue_export
    found.queue_batch = queue_batch
    return found


urlpatterns = routes(site)
handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.failed
