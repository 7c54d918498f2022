"""Users and their roles. Administrators only: of all offices, or of their own."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from ipregister.model import offices
from ipregister.model.errors import UsageError
from ipregister.portal.models import Assignment, AuditEntry
from ipregister.portal.render import page
from ipregister.portal.site import Site
from ipregister.portal.staff.access import RANKS, Person
from ipregister.portal.staff.audit import note

SHOWN_ENTRIES = 200


def make_user(name: str, password: str, role: str, office: str = "") -> User:
    """A new user with one role, for the command line (the first administrator). Raises `UsageError`."""
    if role not in RANKS or (office and office not in offices.codes()):
        raise UsageError("no such role or office", remedy=f"roles are {', '.join(RANKS)}")
    try:
        user = User(username=name)
        user.clean_fields(exclude={"password"})
        user.validate_unique()
        validate_password(password, user)
    except ValidationError as error:
        raise UsageError(" ".join(error.messages)) from error
    with transaction.atomic():
        user.set_password(password)
        user.save()
        Assignment.objects.create(user=user, role=role, office=office)
    return user


def people(site: Site, request: HttpRequest, person: Person) -> HttpResponse:
    """All users with their roles; a form for a new one."""
    if request.method == "POST":
        return _add(request, person)
    found = User.objects.order_by("username").prefetch_related("assignments")
    shown = [_shown(user, person) for user in found]
    values = {"people": shown, "offices": _offices(person), "roles": list(RANKS),
              "may_close": person.may_everywhere("admin")}  # fmt: skip
    return page(site, request, "staff/people.html", values, section="staff")


def _shown(user: User, person: Person) -> dict[str, Any]:
    return {
        "user": user,
        "roles": [{"id": one.pk, "role": one.role, "office": one.office, "mine": person.may("admin", one.office)}
                  for one in Assignment.objects.filter(user=user).order_by("office", "role")],
        "itself": user.pk == person.number,
    }  # fmt: skip


def _offices(person: Person) -> list[str]:
    own = person.offices("admin")
    return ["", *own] if person.may_everywhere("admin") else own


def _add(request: HttpRequest, person: Person) -> HttpResponse:
    name, role, office = (request.POST.get(field, "").strip() for field in ("name", "role", "office"))
    _require(person, office)
    try:
        make_user(name, request.POST.get("password", ""), role, office)
    except UsageError as error:
        messages.error(request, error.message)
    else:
        note(person, "user-added", office=office, what=name, role=role)
        messages.success(request, _("%(name)s can sign in now.") % {"name": name})
    return HttpResponseRedirect(reverse("staff-people"))


def _require(person: Person, office: str) -> None:
    if office and office not in offices.codes():
        raise PermissionDenied
    person.require("admin", office)


def grant(site: Site, request: HttpRequest, person: Person, number: int) -> HttpResponse:
    """Give a user a role, or take one away (`take` = its number)."""
    user = User.objects.filter(pk=number).first()
    if user is None:
        raise Http404
    taken = request.POST.get("take", "")
    if taken.isdecimal():
        one = Assignment.objects.filter(pk=int(taken), user=user).first()
        if one is None:
            raise Http404
        _require(person, one.office)
        one.delete()
        note(person, "role-taken", office=one.office, what=user.username, role=one.role)
    else:
        role, office = request.POST.get("role", ""), request.POST.get("office", "")
        _require(person, office)
        if role not in RANKS:
            raise PermissionDenied
        Assignment.objects.get_or_create(user=user, role=role, office=office)
        note(person, "role-given", office=office, what=user.username, role=role)
    return HttpResponseRedirect(reverse("staff-people"))


def close(site: Site, request: HttpRequest, person: Person, number: int) -> HttpResponse:
    """Close a user's account, or open it again. Only administrators of all offices; never one's own."""
    user = User.objects.filter(pk=number).first()
    if user is None or user.pk == person.number or not person.may_everywhere("admin"):
        raise PermissionDenied
    user.is_active = not user.is_active
    user.save(update_fields=["is_active"])
    note(person, "user-opened" if user.is_active else "user-closed", what=user.username)
    return HttpResponseRedirect(reverse("staff-people"))


def trail(site: Site, request: HttpRequest, person: Person) -> HttpResponse:
    """The audit table: all of it, or that of one's own offices."""
    entries = AuditEntry.objects.all()
    if not person.may_everywhere("admin"):
        entries = entries.filter(office__in=person.offices("admin"))
    return page(site, request, "staff/audit.html", {"entries": entries[:SHOWN_ENTRIES]}, section="staff")
