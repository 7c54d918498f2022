"""What there is to tell: released changes in the order of commit. Given by whoever knows what is released."""

from typing import Any, Protocol

from msgspec import Struct

from ipregister.watch.models import Match, Webhook

Told = dict[str, Any]
"""One change as readers of the change feed get it: `change`, `kind`, `key`, `office`, `right`, `version`, …"""


class Source(Protocol):
    """Gives released changes after a number, at most so many, and the number of the last change looked at."""

    def __call__(self, since: int, limit: int, /) -> tuple[list[Told], int]: ...


class Batch(Struct, frozen=True):
    """Changes for one request to a webhook, and its position once it has taken them."""

    told: list[Told]
    position: int


def batch_of(webhook: Webhook, source: Source) -> Batch:
    """What a webhook is to be told next: changes of the register, or matches of its watch."""
    if webhook.watch_id:
        rows = list(
            Match.objects.filter(watch=webhook.watch_id, pk__gt=webhook.position).order_by("pk")[
                : webhook.batch
            ]
        )
        told = [{**row.told, "watch": webhook.watch_id, "reason": row.reason} for row in rows]
        return Batch(told, rows[-1].pk if rows else webhook.position)
    found, position = source(webhook.position, webhook.batch)
    return Batch([one for one in found if _wanted(webhook, one)], position)


def _wanted(webhook: Webhook, one: Told) -> bool:
    if webhook.offices and one["office"] not in webhook.offices:
        return False
    return not webhook.rights or one["right"] in webhook.rights
