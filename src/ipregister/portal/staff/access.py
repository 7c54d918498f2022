"""Who may do what: by role and by office, denied by default."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from msgspec import Struct

from ipregister.model import offices
from ipregister.portal.errors import forbidden
from ipregister.portal.models import Assignment
from ipregister.portal.site import Site

RANKS = {"clerk": 1, "operator": 2, "admin": 3}
"""What a role includes: each one also those below it."""
ANYBODY = ""
"""Instead of a role: any person who is signed in."""
NODE = "node"
"""Instead of a role: an administrator of all offices, who runs the installation."""
View = Callable[..., HttpResponseBase]


class Person(Struct, frozen=True):
    """A signed-in person with their roles: office (empty = all) -> highest rank."""

    name: str
    number: int
    ranks: dict[str, int]

    def may(self, role: str, office: str) -> bool:
        """Whether the person has the role, or a higher one, for the office."""
        return max(self.ranks.get("", 0), self.ranks.get(office, 0)) >= RANKS[role]

    def may_anywhere(self, role: str) -> bool:
        """Whether the person has the role for at least one office."""
        return max(self.ranks.values(), default=0) >= RANKS[role]

    def opens(self, role: str) -> bool:
        """Whether the person may open pages that need a role somewhere, `ANYBODY` or `NODE`."""
        if role == NODE:
            return self.may_everywhere("admin")
        return role == ANYBODY or self.may_anywhere(role)

    def is_of(self, role: str, office: str) -> bool:
        """Whether the person has the role of that very office: a role for all offices speaks for none."""
        return bool(office) and self.ranks.get(office, 0) >= RANKS[role]

    def may_everywhere(self, role: str) -> bool:
        """Whether the person has the role for all offices."""
        return self.ranks.get("", 0) >= RANKS[role]

    def require(self, role: str, office: str) -> None:
        """Raises `PermissionDenied` where the person lacks the role for the office."""
        if not self.may(role, office):
            raise PermissionDenied

    def offices(self, role: str) -> list[str]:
        """The offices for which the person has the role."""
        return [code for code in offices.codes() if self.may(role, code)]


def person_of(user: AbstractBaseUser | AnonymousUser) -> Person | None:
    """The person behind a request, None where nobody is signed in."""
    if not isinstance(user, User) or not user.is_active:
        return None
    ranks: dict[str, int] = {"": RANKS["admin"]} if user.is_superuser else {}
    for office, role in Assignment.objects.filter(user=user).values_list("office", "role"):
        ranks[office] = max(ranks.get(office, 0), RANKS.get(role, 0))
    return Person(user.get_username(), user.pk, ranks)


def guarded(view: View, role: str) -> View:
    """The view for people who have the role somewhere; others are sent to sign in, or get 403.

    A refusal is an answer, not a fault: its line in the log holds no traceback. The view gets the person as a third argument."""

    @wraps(view)
    def answer(site: Site, request: HttpRequest, **arguments: Any) -> HttpResponseBase:
        if not site.offers_staff:
            raise Http404
        person = person_of(request.user)
        if person is None:
            back = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
            return HttpResponseRedirect(f"{reverse('staff-sign-in')}?{back}")
        try:
            if not person.opens(role):
                raise PermissionDenied
            response = view(site, request, person, **arguments)
        except PermissionDenied as error:
            response = forbidden(request, error)
        response["Cache-Control"] = "no-store"
        return response

    return answer
