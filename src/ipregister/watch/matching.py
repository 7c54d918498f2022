"""Holds released changes against the watches, in order; each watch keeps its own position."""

from django.db import transaction

from ipregister.watch.kinds import Ground, matcher_of
from ipregister.watch.models import Match, Watch
from ipregister.watch.source import Source, Told

BATCH, MOST_ROUNDS = 500, 20


def match_all(ground: Ground, source: Source, upto: int) -> int:
    """One turn over all watches, to a change number that the indexes have passed; how many matches are new."""
    behind = Watch.objects.filter(position__lt=upto).order_by("pk")
    return sum(match(watch, ground, source, upto) for watch in behind)


def match(watch: Watch, ground: Ground, source: Source, upto: int) -> int:
    """Look at what came after a watch's position, batch by batch; the matches and the position move together."""
    new = 0
    for _round in range(MOST_ROUNDS):
        told, position = source(watch.position, BATCH)
        told = [one for one in told if one["change"] <= upto]
        position = min(position, upto)
        if position <= watch.position:
            break
        new += _held_against(watch, ground, told, position)
    return new


def _held_against(watch: Watch, ground: Ground, told: list[Told], position: int) -> int:
    """The last change of each record that fits is told, with its reason."""
    latest = {one["key"]: one for one in told if one["kind"] == "version"}
    fitting = matcher_of(watch)(ground, watch, list(latest)) if latest else {}
    rows = [
        Match(watch=watch, change=latest[key]["change"], key=key, told=latest[key], reason=dict(reason))
        for key, reason in fitting.items()
    ]
    rows.sort(key=lambda row: row.change)
    with transaction.atomic(using="default"):
        Match.objects.bulk_create(rows, ignore_conflicts=True)
        watch.position = position
        watch.save(update_fields=["position"])
    return len(rows)
