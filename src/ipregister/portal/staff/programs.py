"""The keys of programs, for whoever runs the installation: what is held, and revoking one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from ipregister.portal import keys
from ipregister.portal.render import page
from ipregister.portal.site import Site
from ipregister.portal.staff.access import Person
from ipregister.portal.staff.audit import note

MOST_SHOWN = 200


def programs(site: Site, request: HttpRequest, person: Person) -> HttpResponse:
    """The newest keys; revoking one by its number."""
    if request.method == "POST":
        number = request.POST.get("key", "").strip()[:40]
        if keys.end(number, site.clock()):
            note(person, "api-key-revoked", what=number)
            messages.success(request, _("The key is revoked. Its watches and webhooks ended with it."))
        else:
            messages.error(request, _("There is no such key, or it is revoked already."))
        return HttpResponseRedirect(reverse("staff-programs"))
    values = {"keys": list(keys.held(with_revoked=True, most=MOST_SHOWN)), "most": MOST_SHOWN}
    return page(site, request, "staff/programs.html", values, section="staff")
