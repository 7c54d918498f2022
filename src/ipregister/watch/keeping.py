"""Makes and removes webhooks and watches. An owner is the SHA-256 of a secret; whoever has the secret is the owner."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Sequence

from django.db import transaction

from ipregister.model.errors import NotFound, UsageError
from ipregister.watch.addresses import target
from ipregister.watch.kinds import PART, Wanted, checked
from ipregister.watch.models import Match, Reader, Watch, WatchedNumber, Webhook

MOST_OF_OWNER = 100


def owner_of(secret: str) -> str:
    """What stands for an owner in the tables."""
    return hashlib.sha256(secret.encode()).hexdigest()


def add_webhook(
    owner: str, address: str, position: int, now: dt.datetime, *, private: bool, watch: Watch | None = None,
    offices: Sequence[str] = (), rights: Sequence[str] = (),
) -> Webhook:  # fmt: skip
    """A new webhook that is told what comes after a position. Raises `UsageError` for an address that may not be."""
    target(address, private=private)
    if Webhook.objects.filter(owner=owner).count() >= MOST_OF_OWNER:
        raise UsageError(f"there are {MOST_OF_OWNER} webhooks of this owner already", remedy="remove some")
    return Webhook.objects.create(
        id=secrets.token_hex(6), owner=owner, address=address, nonce=secrets.token_hex(32), watch=watch,
        offices=list(offices), rights=list(rights), position=position, made_at=now,
    )  # fmt: skip


def webhook_of(number: str, owner: str = "") -> Webhook:
    """A webhook; of an owner where one is named. Raises `NotFound`."""
    found = Webhook.objects.filter(pk=number, **({"owner": owner} if owner else {})).first()
    if found is None:
        raise NotFound(f"no webhook {number!r}", remedy="list them with `ipregister webhooks list`")
    return found


def add_watch(
    owner: str, name: str, wanted: Wanted, position: int, now: dt.datetime, *, mail: str = ""
) -> Watch:
    """A new watch of what comes after a change number. Raises `UsageError` for what cannot be watched."""
    held, forms = checked(wanted)
    if Watch.objects.filter(owner=owner).count() >= MOST_OF_OWNER:
        raise UsageError(f"there are {MOST_OF_OWNER} watches of this owner already", remedy="remove some")
    with transaction.atomic(using="default"):
        watch = Watch.objects.create(
            id=secrets.token_hex(6), owner=owner, name=name[:120], kind=wanted.kind, wanted=held,
            position=position, mail=mail, made_at=now,
        )  # fmt: skip
        rows = [WatchedNumber(watch=watch, form=form) for form in forms]
        WatchedNumber.objects.bulk_create(rows, batch_size=1000)
    return watch


def watch_of(number: str, owner: str) -> Watch:
    """A watch of an owner. Raises `NotFound`: nobody else is told that it is there."""
    found = Watch.objects.filter(pk=number, owner=owner).first()
    if found is None:
        raise NotFound(f"no watch {number!r}")
    return found


def forget_names(keys: Sequence[str]) -> None:
    """Take the names of records out of the reasons for matches: their content is not given any more."""
    for start in range(0, len(keys), PART):
        for match in Match.objects.filter(key__in=keys[start : start + PART], reason__has_key="name"):
            match.reason = {what: value for what, value in match.reason.items() if what != "name"}
            match.save(update_fields=["reason"])


def kept_by(owner: str) -> tuple[int, int]:
    """How many watches and webhooks an owner keeps."""
    return Watch.objects.filter(owner=owner).count(), Webhook.objects.filter(owner=owner).count()


def remove_all(owner: str) -> None:
    """Remove the watches, webhooks and readers of an owner who is no more."""
    Webhook.objects.filter(owner=owner).delete()
    Watch.objects.filter(owner=owner).delete()
    Reader.objects.filter(owner=owner).delete()
