"""The menu of the staff pages: only what the person may open."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as lazy

from ipregister.portal.labels import Label
from ipregister.portal.staff.access import ANYBODY, NODE, person_of

MENU: tuple[tuple[str, Label, str], ...] = (
    ("staff", lazy("Overview"), ANYBODY),
    ("staff-deliveries", lazy("Deliveries"), "clerk"),
    ("staff-upload", lazy("Send a delivery"), "operator"),
    ("staff-quarantine", lazy("Quarantine"), "clerk"),
    ("staff-vienna", lazy("Vienna codes"), "clerk"),
    ("staff-conflicts", lazy("Marks near indications"), "clerk"),
    ("staff-declarations", lazy("Declarations"), "clerk"),
    ("staff-programs", lazy("Keys for programs"), NODE),
    ("staff-people", lazy("People"), "admin"),
    ("staff-audit", lazy("Audit"), "admin"),
    ("staff-password", lazy("Account"), ANYBODY),
)
"""Name of the page, its label, the role it needs."""


def menu_of(request: HttpRequest) -> list[tuple[str, str]]:
    """Address and label of every page that the signed-in person may open."""
    person = person_of(request.user)
    if person is None:
        return []
    return [(reverse(name), str(text)) for name, text, role in MENU if person.opens(role)]
