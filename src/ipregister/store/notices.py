"""Notices: what is told of a record without a new version of it. They stand among the changes, in order of commit.

A notice makes every follower of the changes look at its record again: indexes, harvesters, log, mirrors, webhooks.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connections
from django.db.models import Max

from ipregister.store import bulk, models
from ipregister.store.gate import entered
from ipregister.store.rows import Change, NewNotice, StoredNotice
from ipregister.store.writing import lock

WITHDRAWAL, CALENDAR, SWITCHES, TERM, RETRACTION = "withdrawal", "calendar", "switches", "term", "retraction"
KINDS: dict[str, str] = {
    WITHDRAWAL: "Content was withheld by law.",
    CALENDAR: "A day came on which the law makes more of the record public.",
    SWITCHES: "The release switches changed for the office and right of the record.",
    TERM: "The term of the right ran out.",
    RETRACTION: "A version that was taken from a change feed is not in the publisher's log, and was taken out again.",
}
"""Every kind of notice, with what it means."""
_FIELDS = ("change", "key", "number", "office", "right", "kind", "day", "detail", "recorded_at")
_PAGE = 5_000
_CHANGE = ("pk", "key", "number", "office", "right", "kind")


_up_to_date: set[str] = set()
"""Registers that were seen to have the table of notices."""


def write(alias: str, fresh: Sequence[NewNotice], now: dt.datetime) -> list[int]:
    """Add notices in one transaction; what was told before is not told again. The change number of each."""
    with entered(alias):
        change = lock(alias)
        known = _known(alias, {one.key for one in fresh})
        rows: list[tuple[Any, ...]] = []
        numbers = []
        for one in fresh:
            said = (one.key, one.number, one.kind, one.day, one.detail)
            if said not in known:
                change += 1
                known[said] = change
                rows.append((change, one.key, one.number, one.office, one.right, one.kind, one.day, one.detail,
                             bulk.moment(alias, now)))  # fmt: skip
            numbers.append(known[said])
        bulk.insert(alias, models.Notice, _FIELDS, rows)
        _place(alias, rows)
        models.Counter.objects.using(alias).filter(name="change").update(value=change)
    return numbers


def _place(alias: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Put the records of new notices behind all others in the order of harvesters."""
    last = {row[1]: row for row in rows}.values()
    bulk.update(alias, models.Record, ("told", "told_at"), [(row[0], row[8], row[1]) for row in last])
    switched = {row[1]: row for row in rows if row[5] == SWITCHES}.values()
    bulk.update(
        alias, models.Record, ("switched", "switched_at"), [(row[0], row[8], row[1]) for row in switched]
    )


def _known(alias: str, keys: Iterable[str]) -> dict[tuple[str, int, str, str, str], int]:
    found: dict[tuple[str, int, str, str, str], int] = {}
    for part in bulk.chunks(sorted(keys)):
        rows = models.Notice.objects.using(alias).filter(key__in=part)
        for key, number, kind, day, detail, change in rows.values_list(
            "key", "number", "kind", "day", "detail", "pk"
        ):
            found[key, number, kind, day, detail] = change
    return found


def after(alias: str, since: int, limit: int) -> list[Change]:
    """The notices after a change number as changes, in their order; none in a register of an older program, before
    `ipregister init` brought it up to date."""
    if not _is_up_to_date(alias):
        return []
    rows = bulk.after(alias, models.Notice, _CHANGE, since, limit)
    return [
        Change(change, key, number, office, right, False, kind, kind)
        for change, key, number, office, right, kind in rows
    ]


def _is_up_to_date(alias: str) -> bool:
    if (
        alias not in _up_to_date
        and models.Notice._meta.db_table in connections[alias].introspection.table_names()
    ):
        _up_to_date.add(alias)
    return alias in _up_to_date


def latest(alias: str, before: int, limit: int, offices: Sequence[str] = ()) -> list[Change]:
    """The last notices as changes, the newest first; `before` 0 for all; of some offices alone where they are given."""
    rows = models.Notice.objects.using(alias).order_by("-pk")
    rows = rows.filter(pk__lt=before) if before else rows
    rows = rows.filter(office__in=offices) if offices else rows
    return [
        Change(change, key, number, office, right, False, kind, kind)
        for change, key, number, office, right, kind in rows.values_list(*_CHANGE)[:limit]
    ]


def withdrawn(alias: str, since: int) -> list[str]:
    """The keys of the records of which content was withheld after a change number."""
    if not _is_up_to_date(alias):
        return []
    rows = models.Notice.objects.using(alias).filter(pk__gt=since, kind=WITHDRAWAL).order_by("pk")
    return list(dict.fromkeys(rows.values_list("key", flat=True)))


def of_changes(alias: str, numbers: Sequence[int]) -> dict[int, StoredNotice]:
    """Notices by their change numbers."""
    found: dict[int, StoredNotice] = {}
    for part in bulk.chunks(numbers):
        rows = models.Notice.objects.using(alias).filter(pk__in=part).values_list(*_FIELDS)
        found.update((row[0], StoredNotice(*row)) for row in rows)
    return found


def of_key(alias: str, key: str, kind: str) -> list[StoredNotice]:
    """The notices of a kind of a record, in their order."""
    rows = models.Notice.objects.using(alias).filter(key=key, kind=kind).order_by("pk")
    return [StoredNotice(*row) for row in rows.values_list(*_FIELDS)]


def lasts(alias: str, keys: Iterable[str], kind: str) -> dict[str, int]:
    """The change number of the last notice of a kind of each record that has one."""
    found: dict[str, int] = {}
    for part in bulk.chunks(sorted(keys)):
        rows = models.Notice.objects.using(alias).filter(key__in=part, kind=kind).order_by()
        found.update(rows.values("key").annotate(last=Max("change")).values_list("key", "last"))
    return found


def groups(alias: str, kind: str) -> set[tuple[str, str]]:
    """The offices and rights of which there are notices of a kind."""
    rows = models.Notice.objects.using(alias).filter(kind=kind).order_by()
    return set(rows.values_list("office", "right").distinct())


def keys_between(alias: str, since: int, until: int) -> Iterator[str]:
    """The keys of the records with notices after a change number up to another, each once, in order, page by page."""
    rows = models.Notice.objects.using(alias).filter(pk__gt=since, pk__lte=until)
    rows, after = rows.order_by("key"), ""
    while keys := list(rows.filter(key__gt=after).values_list("key", flat=True).distinct()[:_PAGE]):
        yield from keys
        after = keys[-1]


def calendar_days(alias: str) -> dict[str, str]:
    """The last day of each office on which something was told to open."""
    rows = models.Notice.objects.using(alias).filter(kind=CALENDAR)
    return dict(rows.order_by().values("office").annotate(last=Max("day")).values_list("office", "last"))


class Noticed:
    """The notices of a register."""

    alias: str

    def tell(self, fresh: Sequence[NewNotice], now: dt.datetime) -> list[int]:
        """Tell of records, each thing once; the change numbers. A process that may only read tells nothing: the one
        that writes the register does."""
        return write(self.alias, fresh, now) if fresh and _is_writable(self.alias) else []

    def withdrawn(self, since: int) -> list[str]:
        """The keys of the records of which content was withheld by law after a change number."""
        return withdrawn(self.alias, since)


def _is_writable(alias: str) -> bool:
    asked = {"sqlite": "PRAGMA query_only", "postgresql": "SHOW transaction_read_only"}[
        connections[alias].vendor
    ]
    with connections[alias].cursor() as cursor:
        cursor.execute(asked)
        return cursor.fetchone()[0] in (0, "off")


def fact(alias: str, name: str) -> str:
    """A small fact of the register itself; empty where it was never noted."""
    return models.Signal.objects.using(alias).filter(name=name).values_list("value", flat=True).first() or ""


def note(alias: str, name: str, value: str) -> None:
    """Note a small fact."""
    models.Signal.objects.using(alias).update_or_create(name=name, defaults={"value": value})
