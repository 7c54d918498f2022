"""Addresses that moved: the office corrected the number that a record's key was made of."""

import datetime as dt

from ipregister.model.errors import UsageError
from ipregister.store import models
from ipregister.store.gate import entered
from ipregister.store.writing import lock


def move(alias: str, old: str, new: str, now: dt.datetime) -> None:
    """Let the address of a key lead to another from now on; addresses that led to it lead there, too.

    Raises `UsageError` where the two are one, or the way would lead back."""
    with entered(alias):
        lock(alias)
        rows = models.Redirect.objects.using(alias)
        if old == new or rows.filter(old=new).exists():
            raise UsageError(
                f"{new} leads elsewhere itself", remedy="name the key of the record as it is now"
            )
        rows.filter(new=old).update(new=new)
        rows.update_or_create(old=old, defaults={"new": new, "since": now})
