"""Holds released changes against the watches, in order; each watch keeps its own position.

Watches that stand at the same position, as nearly all do, are looked at together: a batch of changes is read once for
all of them.
"""

from collections.abc import Sequence

from django.db import transaction

from ipregister.watch.keeping import forget_names
from ipregister.watch.kinds import KINDS, Changed, Ground
from ipregister.watch.models import Match, Watch
from ipregister.watch.source import Source, Told

BATCH, MOST_ROUNDS = 500, 20


def match_all(ground: Ground, source: Source, upto: int) -> int:
    """One turn over all watches, those furthest behind first, to a change number that the indexes have passed; how
    many matches are new."""
    new = 0
    for _round in range(MOST_ROUNDS):
        last = Watch.objects.filter(position__lt=upto).order_by("position").first()
        if last is None:
            break
        told, position = source(last.position, BATCH)
        told = [one for one in told if one["change"] <= upto]
        position = min(position, upto)
        if position <= last.position:
            break
        together = list(Watch.objects.filter(position=last.position).order_by("pk"))
        new += _held_against(together, ground, told, position)
    return new


def _held_against(watches: Sequence[Watch], ground: Ground, told: list[Told], position: int) -> int:
    """The last change of each record that fits is told, with its reason; matches and positions move together. Of what
    is not given any more, matches of before keep no name."""
    latest = {one["key"]: one for one in told if one["kind"] == "version"}
    rows = list(_rows(watches, ground, latest)) if latest else []
    rows.sort(key=lambda row: row.change)
    with transaction.atomic(using="default"):
        forget_names(sorted({one["key"] for one in told if one["kind"] != "version"}))
        Match.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
        Watch.objects.filter(pk__in=[watch.pk for watch in watches]).update(position=position)
    return len(rows)


def _rows(watches: Sequence[Watch], ground: Ground, latest: dict[str, Told]) -> list[Match]:
    changed = Changed(ground, list(latest))
    return [
        Match(watch=watch, change=latest[key]["change"], key=key, told=latest[key], reason=reason)
        for kind, matcher in KINDS.items()
        for watch, key, reason in matcher(changed, [one for one in watches if one.kind == kind])
    ]
