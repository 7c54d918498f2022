"""The addresses of the web application."""

from ipregister.portal import errors
from ipregister.portal.urls import routes
from ipregister.web.wiring import site

urlpatterns = routes(site)
handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.failed
