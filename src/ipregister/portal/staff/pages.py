"""All staff pages in one list: address, view, name, the role it needs, the methods it takes."""

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ipregister.portal.staff import (
    conflicts,
    declarations,
    deliveries,
    people,
    programs,
    quarantine,
    sign_in,
    uploads,
    vienna,
)
from ipregister.portal.staff.access import ANYBODY, NODE, View, guarded

READ, WRITE, BOTH = ["GET", "HEAD"], ["POST"], ["GET", "HEAD", "POST"]

STAFF: tuple[tuple[str, View, str, str, list[str]], ...] = (
    ("staff", deliveries.dashboard, "staff", ANYBODY, READ),
    ("staff/sign-out", sign_in.sign_out, "staff-sign-out", ANYBODY, WRITE),
    ("staff/password", sign_in.password, "staff-password", ANYBODY, BOTH),
    ("staff/deliveries", deliveries.delivery_list, "staff-deliveries", "clerk", READ),
    ("staff/deliveries/<int:number>", deliveries.delivery, "staff-delivery", "clerk", READ),
    ("staff/deliveries/<int:number>/report.<str:form>", deliveries.download, "staff-report", "clerk", READ),
    ("staff/upload", uploads.upload, "staff-upload", "operator", BOTH),
    ("staff/uploads/begin", uploads.begin, "staff-upload-begin", "operator", WRITE),
    ("staff/uploads/<uuid:number>", uploads.state, "staff-upload-state", "clerk", READ),
    ("staff/uploads/<uuid:number>/part", uploads.part, "staff-upload-part", "operator", WRITE),
    ("staff/uploads/<uuid:number>/cancel", uploads.cancel, "staff-upload-cancel", "operator", WRITE),
    ("staff/quarantine", quarantine.quarantine_list, "staff-quarantine", "clerk", READ),
    ("staff/quarantine/<int:number>", quarantine.slice_page, "staff-slice", "clerk", READ),
    ("staff/quarantine/retry", quarantine.retry, "staff-retry", "operator", WRITE),
    ("staff/vienna", vienna.vienna, "staff-vienna", "clerk", BOTH),
    ("staff/conflicts", conflicts.conflicts, "staff-conflicts", "clerk", READ),
    ("staff/declarations", declarations.declarations, "staff-declarations", "clerk", READ),
    ("staff/declarations/draft", declarations.draft, "staff-declaration-draft", "operator", WRITE),
    ("staff/declarations/sign", declarations.sign, "staff-declaration-sign", "admin", WRITE),
    ("staff/declarations/discard", declarations.discard, "staff-declaration-discard", "operator", WRITE),
    ("staff/programs", programs.programs, "staff-programs", NODE, BOTH),
    ("staff/people", people.people, "staff-people", "admin", BOTH),
    ("staff/people/<int:number>/roles", people.grant, "staff-roles", "admin", WRITE),
    ("staff/people/<int:number>/close", people.close, "staff-close", "admin", WRITE),
    ("staff/audit", people.trail, "staff-audit", "admin", READ),
)
OWN_TOKEN_CHECK = {"staff-upload", "staff-vienna"}
"""Pages that check the form's token themselves, after the role and before the body."""


def staff_routes(bound: Callable[[View], Callable[..., HttpResponseBase]]) -> list[URLPattern]:
    """The addresses of the staff pages; `bound` gives a view its site."""
    routes = [path("staff/sign-in", require_http_methods(BOTH)(bound(sign_in.sign_in)), name="staff-sign-in")]
    for address, view, name, role, methods in STAFF:
        answer = require_http_methods(methods)(bound(guarded(view, role)))
        routes.append(path(address, csrf_exempt(answer) if name in OWN_TOKEN_CHECK else answer, name=name))
    return routes
