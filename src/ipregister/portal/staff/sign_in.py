"""Signing in and out, with a brake against guessing passwords."""

import datetime as dt
import hashlib

from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from ipregister.portal.models import Assignment, SignInAttempt
from ipregister.portal.render import page
from ipregister.portal.site import Site
from ipregister.portal.staff.access import Person
from ipregister.portal.staff.audit import note

SPAN = dt.timedelta(minutes=15)
MOST_BY_NAME, MOST_BY_ADDRESS = 5, 40
"""Failures within the span after which a name, or an address, has to wait."""


def sign_in(site: Site, request: HttpRequest) -> HttpResponse:
    """The sign-in form, and its answer. It never says whether the name or the password was wrong."""
    if not site.offers_staff:
        raise Http404
    back = request.POST.get("next") or request.GET.get("next") or ""
    values = {"next": back, "name": request.POST.get("name", "")}
    if request.method != "POST":
        return page(site, request, "staff/sign_in.html", values, section="staff")
    name = request.POST.get("name", "").strip()
    keys = _keys(site, request, name)
    if _must_wait(site, keys):
        values["error"] = _("Too many failed attempts. Wait a quarter of an hour and try again.")
        return page(site, request, "staff/sign_in.html", values, section="staff", status=429)
    user = authenticate(request, username=name, password=request.POST.get("password", ""))
    if user is None:
        _failed(site, keys)
        note(name, "sign-in-failed")
        values["error"] = _("Name or password is wrong.")
        return page(site, request, "staff/sign_in.html", values, section="staff", status=403)
    SignInAttempt.objects.filter(key__in=keys).delete()
    login(request, user)
    note(name, "sign-in")
    return HttpResponseRedirect(_safe(request, back))


def _safe(request: HttpRequest, back: str) -> str:
    allowed = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return back if back and allowed else reverse("staff")


def sign_out(site: Site, request: HttpRequest, person: Person) -> HttpResponse:
    """End the session."""
    note(person, "sign-out")
    logout(request)
    return HttpResponseRedirect(reverse("home"))


def password(site: Site, request: HttpRequest, person: Person) -> HttpResponse:
    """One's own roles, and a new password."""
    form = PasswordChangeForm(request.user, request.POST or None)  # type: ignore[arg-type]  # signed in: a user
    if request.method == "POST" and form.is_valid():
        update_session_auth_hash(request, form.save())
        note(person, "password-changed")
        return HttpResponseRedirect(reverse("staff"))
    roles = Assignment.objects.filter(user_id=person.number).order_by("office", "role")
    values = {"form": form, "roles": [(one.role, one.office) for one in roles]}
    return page(site, request, "staff/password.html", values, section="staff")


def _keys(site: Site, request: HttpRequest, name: str) -> list[str]:
    address = request.META.get("REMOTE_ADDR", "")
    if site.behind_proxy:
        address = request.META.get("HTTP_X_FORWARDED_FOR", address).split(",")[-1].strip()
    told = (f"name {name.casefold()}", f"address {address}")
    return [hashlib.sha256(text.encode()).hexdigest() for text in told]


def _must_wait(site: Site, keys: list[str]) -> bool:
    SignInAttempt.objects.filter(since__lt=site.clock() - SPAN).delete()
    counts = dict(SignInAttempt.objects.filter(key__in=keys).values_list("key", "failures"))
    return counts.get(keys[0], 0) >= MOST_BY_NAME or counts.get(keys[1], 0) >= MOST_BY_ADDRESS


def _failed(site: Site, keys: list[str]) -> None:
    for key in keys:
        SignInAttempt.objects.get_or_create(key=key, defaults={"since": site.clock()})
    SignInAttempt.objects.filter(key__in=keys).update(failures=F("failures") + 1)
