"""Keys to the machine doors: anyone makes one for himself, without a name or an address; only its hash is kept."""

import datetime as dt
import secrets
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ipregister.portal.labels import Label
from ipregister.portal.models import AccessKey
from ipregister.portal.quota import Policy, Quota, address_of, fingerprint
from ipregister.portal.render import page
from ipregister.portal.site import Site
from ipregister.watch.keeping import kept_by, remove_all

SCOPES: dict[str, Label] = {
    "read": lazy("Read records, searches, changes, harvests"),
    "watch": lazy("Keep watches and webhooks"),
}
"""What a key may open."""
PREFIX = "ipr"
SIGN_UP = Policy("sign-up", 10, 3600)
"""How many keys may be made from one network in an hour."""
MOST_LETTERS = 200
_quota = Quota()


def make(name: str, scopes: list[str], now: dt.datetime) -> str:
    """A new key; it is returned and kept nowhere."""
    number = secrets.token_hex(6)
    text = f"{PREFIX}_{number}_{secrets.token_urlsafe(32)}"
    AccessKey.objects.create(id=number, secret=fingerprint(text), name=name[:80], scopes=" ".join(scopes),
                             made_at=now)  # fmt: skip
    return text


def given_in(request: HttpRequest) -> str:
    """The key that a request brings: `Authorization: Bearer …` or `X-API-Key: …`; never in the address."""
    bearer, _space, text = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    if bearer.lower() == "bearer":
        return str(text).strip()[:MOST_LETTERS]
    return str(request.META.get("HTTP_X_API_KEY", "")).strip()[:MOST_LETTERS]


def find(text: str) -> AccessKey | None:
    """The key of a text, where it was made here and is not revoked."""
    return AccessKey.objects.filter(secret=fingerprint(text), revoked_at=None).first() if text else None


def revoke(text: str, now: dt.datetime) -> bool:
    """Revoke a key for good, by whoever has it; false where there is none."""
    return _ended(AccessKey.objects.filter(secret=fingerprint(text)), now)


def end(number: str, now: dt.datetime) -> bool:
    """Revoke a key for good by its number, by the operator; false where there is none."""
    return _ended(AccessKey.objects.filter(pk=number), now)


def _ended(found: QuerySet[AccessKey], now: dt.datetime) -> bool:
    """Nobody can see or stop what belongs to a revoked key: its watches and webhooks end with it."""
    with transaction.atomic(using="default"):
        key = found.filter(revoked_at=None).first()
        if key is None:
            return False
        remove_all(key.secret)
        key.revoked_at = now
        key.save(update_fields=["revoked_at"])
    return True


def held(*, with_revoked: bool = False, most: int | None = None) -> Iterator[dict[str, Any]]:
    """The keys, the newest first, with how many watches and webhooks each keeps. Nothing of the keys themselves."""
    found = AccessKey.objects.order_by("-made_at", "pk")
    chosen = found if with_revoked else found.filter(revoked_at=None)
    for one in chosen[:most] if most else chosen.iterator():
        watches, webhooks = kept_by(one.secret)
        yield {
            "key": one.id, "name": one.name, "scopes": one.scopes, "made": one.made_at, "revoked": one.revoked_at,
            "watches": watches, "webhooks": webhooks,
        }  # fmt: skip


def keys(site: Site, request: HttpRequest) -> HttpResponse:
    """The page on which one makes a key, or revokes one."""
    values: dict[str, object] = {"scopes": list(SCOPES.items()), "quota": site.quotas}
    status = HTTPStatus.OK
    if request.method == "POST":
        told, status = _revoked(site, request) if "revoke" in request.POST else _made(site, request)
        values |= told
    answer = page(site, request, "keys.html", values, section="keys", status=status)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _made(site: Site, request: HttpRequest) -> tuple[dict[str, object], HTTPStatus]:
    chosen = [scope for scope in SCOPES if scope in request.POST.getlist("scope")] or ["read"]
    now = site.clock()
    left = _quota.take(address_of(site, request), SIGN_UP, now.timestamp())
    if left.refused:
        return {
            "error": _("Too many keys were made from here. Try again in an hour.")
        }, HTTPStatus.TOO_MANY_REQUESTS
    return {"made": make(request.POST.get("name", "").strip(), chosen, now)}, HTTPStatus.OK


def _revoked(site: Site, request: HttpRequest) -> tuple[dict[str, object], HTTPStatus]:
    if revoke(request.POST.get("revoke", "").strip()[:MOST_LETTERS], site.clock()):
        return {"revoked": True}, HTTPStatus.OK
    return {"error": _("There is no such key, or it is revoked already.")}, HTTPStatus.NOT_FOUND
