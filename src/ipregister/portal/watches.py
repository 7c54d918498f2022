"""Watches and webhooks of a key: made, read, tested and removed by whoever has the key, and by nobody else.

A person pastes the key into the form; a program sends it in its header. Nothing of it stands in an address."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from msgspec import Struct

from ipregister.exchange.mapped.encodings import codec_of, encoding_of
from ipregister.model.errors import NotFound, UsageError
from ipregister.portal.keys import find, given_in
from ipregister.portal.quota import Policy, Quota, address_of
from ipregister.portal.render import json_answer, page, wants_json
from ipregister.portal.secrecy import secret
from ipregister.portal.site import Site
from ipregister.watch import readers
from ipregister.watch.delivering import replay
from ipregister.watch.keeping import add_watch, add_webhook, owner_of, watch_of, webhook_of
from ipregister.watch.kinds import Wanted
from ipregister.watch.models import Watch, Webhook
from ipregister.watch.sending import Sender, secret_of
from ipregister.watch.source import Batch

Plain = dict[str, Any]
MOST_MATCHES, MOST_BYTES, MOST_LETTERS, MOST_OF_MAIL = 100, 4 << 20, 2_000_000, 254
NEW_ADDRESSES = Policy("mail-addresses", 20, 3600)
"""How many mail addresses may be given from one network in an hour."""
_quota = Quota()
KINDS = {
    "query": lazy("A query, as in the search box"),
    "numbers": lazy("Numbers, one a line"),
    "party": lazy("A party, in any script"),
    "name": lazy("Names like a name"),
}


class Mine(Struct, frozen=True):
    """A request of an owner."""

    site: Site
    request: HttpRequest
    owner: str

    def said(self, name: str) -> str:
        """A field of the form."""
        return self.request.POST.get(name, "").replace("\0", " ").strip()[:MOST_LETTERS]

    @property
    def before(self) -> tuple[str, int]:
        """A watch of which older matches are asked for, and the change number before which they stand."""
        asked = self.request.POST if self.request.method == "POST" else self.request.GET
        number = asked.get("before", "")
        if not (number.isascii() and number.isdigit() and len(number) < 19):
            return "", 0
        return asked.get("watch", ""), int(number)


@secret
def watches(site: Site, request: HttpRequest) -> HttpResponse:
    """The watches and webhooks of the key that the request brings."""
    text = given_in(request) or request.POST.get("key", "").strip()
    key = find(text)
    if key is None or "watch" not in key.scopes.split():
        error = _("This key opens no watches. Make one that may keep watches and webhooks.") if text else ""
        return _answer(site, request, {"error": error}, HTTPStatus.FORBIDDEN if text else HTTPStatus.OK)
    mine = Mine(site, request, owner_of(text))
    told: Plain = {"key": text}
    status = HTTPStatus.OK
    action = ACTIONS.get(request.POST.get("action", ""))
    if action and request.method == "POST":
        try:
            told |= action(mine)
        except (UsageError, NotFound) as error:
            told["error"], status = str(error), HTTPStatus(error.http_status)
    return _answer(site, request, told | _listed(mine), status)


def _answer(site: Site, request: HttpRequest, told: Plain, status: HTTPStatus) -> HttpResponse:
    if wants_json(request):
        plain = {name: value for name, value in told.items() if name != "key"}
        return json_answer(plain, status=status)
    return page(
        site, request, "watches.html", {**told, "kinds": list(KINDS.items())}, section="keys", status=status
    )


def _listed(mine: Mine) -> Plain:
    held = Watch.objects.filter(owner=mine.owner).order_by("made_at", "pk")
    hooks = Webhook.objects.filter(owner=mine.owner).order_by("made_at", "pk")
    states = readers.states_of(mine.owner)
    key = mine.site.sender.key
    return {
        "watches": [
            {"id": one.id, "name": one.name, "kind": one.kind, "wanted": one.wanted, "position": one.position,
             "mail": one.mail, "mail_state": readers.state_of(key, one, states), **_matches(one, mine.before)}
            for one in held
        ],
        "webhooks": [
            {"id": one.id, "address": one.address, "watch": one.watch_id, "position": one.position,
             "failures": one.failures, "last_error": one.last_error, "delivered": one.delivered,
             "dead_letters": one.dead_letters.count()}
            for one in hooks
        ],
    }  # fmt: skip


def _matches(watch: Watch, before: tuple[str, int]) -> Plain:
    """The last matches of a watch, or those before a change; `earlier` is the change before which the next ones stand."""
    rows = watch.matches.order_by("-change")
    if before[0] == watch.id:
        rows = rows.filter(change__lt=before[1])
    found = list(rows[: MOST_MATCHES + 1])
    told = [
        {"change": one.change, "key": one.key, "told": one.told, "reason": one.reason}
        for one in found[:MOST_MATCHES]
    ]
    return {"matches": told, "earlier": told[-1]["change"] if len(found) > MOST_MATCHES else None}


def _make_watch(mine: Mine) -> Plain:
    kind = mine.said("kind")
    if kind not in KINDS:
        raise UsageError(_("Choose what is to be watched."))
    text = mine.said("text")
    file = mine.request.FILES.get("numbers")
    if kind == "numbers" and file is not None:
        if (file.size or 0) > MOST_BYTES:
            raise UsageError(_("The file is larger than 4 MiB."))
        text = _text(file.read())
    classes = tuple(int(one) for one in mine.said("classes").replace(",", " ").split() if one.isdigit())
    wanted = Wanted(kind, text, classes)  # type: ignore[arg-type]  # looked up in KINDS above
    position, now = mine.site.register.last_change(), mine.site.clock()
    made = add_watch(mine.owner, mine.said("name") or text[:80], wanted, position, now, mail=_mail(mine))
    readers.begin(mine.site.sender.key, made, get_language() or "", now)
    return {"made": made.id}


def _text(content: bytes) -> str:
    """A list of numbers as text, in whatever encoding a spreadsheet program saved it. Raises `UsageError`."""
    try:
        return content.decode(codec_of(encoding_of(content)))
    except UnicodeDecodeError as error:
        raise UsageError(_("The file cannot be read: save it as CSV in UTF-8.")) from error


def _mail(mine: Mine) -> str:
    mail = mine.said("mail")
    if not mail:
        return ""
    try:
        validate_email(mail[: MOST_OF_MAIL + 1])
    except ValidationError as error:
        raise UsageError(_("This is no mail address.")) from error
    known = (mine.owner, readers.address_hash(mine.site.sender.key, mail)) in readers.states_of(mine.owner)
    client = address_of(mine.site, mine.request)
    if not known and _quota.take(client, NEW_ADDRESSES, mine.site.clock().timestamp()).refused:
        raise UsageError(_("Too many mail addresses were given from here. Try again in an hour."))
    return mail


def _make_webhook(mine: Mine) -> Plain:
    watch = watch_of(mine.said("watch"), mine.owner) if mine.said("watch") else None
    position = 0 if watch else mine.site.register.last_change()
    made = add_webhook(
        mine.owner, mine.said("address"), position, mine.site.clock(),
        private=mine.site.sender.private, watch=watch,
    )  # fmt: skip
    return {"made": made.id, "secret": secret_of(made, mine.site.sender.key)}


def _test(mine: Mine) -> Plain:
    webhook = webhook_of(mine.said("webhook"), mine.owner)
    sender = Sender(mine.site.sender.key, mine.site.sender.private)
    answer = sender.send(webhook, Batch([], webhook.position), mine.site.clock(), test=True)
    return {"tested": {"webhook": webhook.id, "taken": answer.taken, "error": answer.error}}


def _replay(mine: Mine) -> Plain:
    since = mine.said("since")
    if not (since.isascii() and since.isdigit() and int(since[:19]) <= mine.site.register.last_change()):
        raise UsageError(_("Give a change number."))
    replay(webhook_of(mine.said("webhook"), mine.owner), int(since))
    return {}


def _remove(mine: Mine) -> Plain:
    if mine.said("watch"):
        watch_of(mine.said("watch"), mine.owner).delete()
    else:
        webhook_of(mine.said("webhook"), mine.owner).delete()
    return {}


ACTIONS: dict[str, Callable[[Mine], Plain]] = {
    "watch": _make_watch,
    "webhook": _make_webhook,
    "test": _test,
    "replay": _replay,
    "remove": _remove,
}
"""What the form's `action` may ask for."""
