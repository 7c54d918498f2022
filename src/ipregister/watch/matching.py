"""Holds released changes against the watches, in order; each watch keeps its own position.

Watches that stand at the same position, as nearly all do, are looked at together: a batch of changes is read once for
all of them.
"""

from collections.abc import Iterator, Sequence

from django.db import transaction

from ipregister.watch.keeping import forget_names
from ipregister.watch.kinds import KINDS, PART, Changed, Ground
from ipregister.watch.models import Match, Watch
from ipregister.watch.source import Source, Told

BATCH, MOST_ROUNDS = 500, 20
GONE = "gone"
"""The reason where a record that a watch was told of is not given any more: deleted, withheld, or closed."""


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
    latest = {one["key"]: one for one in told}
    rows = list(_rows(watches, ground, latest)) if latest else []
    rows.sort(key=lambda row: row.change)
    with transaction.atomic(using="default"):
        forget_names(sorted({one["key"] for one in told if one["kind"] != "version"}))
        Match.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
        Watch.objects.filter(pk__in=[watch.pk for watch in watches]).update(position=position)
    return len(rows)


def _rows(watches: Sequence[Watch], ground: Ground, latest: dict[str, Told]) -> list[Match]:
    given = [key for key, one in latest.items() if one["kind"] == "version"]
    gone = [key for key, one in latest.items() if one["kind"] != "version"]
    changed = Changed(ground, given, gone)
    found = {
        (watch.pk, key): Match(
            watch=watch, change=latest[key]["change"], key=key, told=latest[key], reason=reason
        )
        for kind, matcher in KINDS.items()
        for watch, key, reason in matcher(changed, [one for one in watches if one.kind == kind])
    }
    for watch, key in _told_before(watches, gone):
        reason = {"code": GONE}
        row = Match(watch=watch, change=latest[key]["change"], key=key, told=latest[key], reason=reason)
        found.setdefault((watch.pk, key), row)
    return list(found.values())


def _told_before(watches: Sequence[Watch], keys: Sequence[str]) -> Iterator[tuple[Watch, str]]:
    """Of records that are not given any more, the watches that were told of them."""
    by_number = {watch.pk: watch for watch in watches}
    for part in (keys[start : start + PART] for start in range(0, len(keys), PART)):
        rows = Match.objects.filter(key__in=part, watch__in=watches).values_list("watch_id", "key")
        yield from ((by_number[number], key) for number, key in rows.distinct())
