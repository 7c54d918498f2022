"""Records in the order in which the register learnt of their present state: what harvesters read."""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import msgspec
from django.db import connections
from msgspec import Struct

from ipregister.store import bulk, models
from ipregister.store.bodies import under_new_numbers
from ipregister.store.compression import unsqueeze
from ipregister.store.rows import Present

Place = tuple[dt.datetime, int]
"""A place in the order: time of recording and change number of a current version."""
_FROM = """
SELECT r.{key}, r.{told}, v.{number}, r.{office}, r.{right}, v.{schema}, v.{deleted}, r.{told_at}, r.{extracted},
       r.{confirmed}, b.{body}, v.{cause}, r.{versions}
FROM {records} r JOIN {version_table} v ON v.{change} = r.{current} JOIN {bodies} b ON b.{change} = r.{current}
"""
_OF_ONE = _FROM + "WHERE r.{key} = %s"
_STATEMENT = (
    _FROM
    + """
JOIN ({groups} ORDER BY {told_at}, {told} LIMIT %s) f ON f.{key} = r.{key}
ORDER BY f.{told_at}, f.{told}
"""
)
_OF_GROUP = """
SELECT * FROM (SELECT {key}, {told_at}, {told} FROM {records}
WHERE {office} = %s AND {right} = %s{conditions} ORDER BY {told_at}, {told} LIMIT %s) {name}
"""
_GROUPS = 100
"""Offices and rights that one statement asks for."""
_COLUMNS = ("key change number office right schema deleted extracted confirmed body current cause versions told told_at"
            " switched switched_at").split()  # fmt: skip


class Harvested(Struct, frozen=True, gc=False):
    """The current version of a record. `extracted` and `confirmed` are those of its state; `change` and `recorded_at`
    those of the last notice about it where one came later. `present`: what a deleted one is judged by too (`rows.Version`)."""

    key: str
    change: int
    number: int
    office: str
    right: str
    schema: int
    deleted: bool
    recorded_at: dt.datetime
    extracted: str
    confirmed: str
    body: bytes
    cause: str
    versions: int
    present: Present | None = None

    @property
    def current(self) -> bool:
        """It always is."""
        return True

    @property
    def place(self) -> Place:
        """Where it stands in the order."""
        return self.recorded_at, self.change


class Span(Struct, frozen=True):
    """Which records: recorded from a time on (`since`) and before another (`before`), of which office and right. Of
    `closed` groups those of which changed switches were told, with the last time of that, whatever came later."""

    groups: tuple[tuple[str, str], ...]
    since: dt.datetime | None = None
    before: dt.datetime | None = None
    closed: tuple[tuple[str, str], ...] = ()


def harvest(alias: str, span: Span, after: Place | None, limit: int) -> list[Harvested]:
    """The records of a span after a place, at most `limit`, in order of place: of open groups by what was told of them
    last, of closed ones by when changed switches were told last."""
    found: list[Harvested] = []
    switched = dict(_names(alias))
    switched["told"], switched["told_at"] = switched["switched"], switched["switched_at"]
    with connections[alias].cursor() as cursor:
        for names, groups in ((_names(alias), span.groups), (switched, span.closed)):
            conditions, values = _conditions(alias, names, span, after)
            of_group = _OF_GROUP.replace("{conditions}", conditions)
            for part in bulk.chunks(groups, _GROUPS):
                asked = " UNION ALL ".join(of_group.format(**names, name=f"g{at}") for at in range(len(part)))
                given = [value for group in part for value in (*group, *values, limit)]
                cursor.execute(_STATEMENT.format(**names, groups=asked), [*given, limit])
                found += _rows(cursor.fetchall())
    return _judged(alias, sorted(found, key=lambda one: one.place)[:limit])


def one(alias: str, key: str) -> Harvested | None:
    """The current version of a record: all of it that answers need, in one statement."""
    with connections[alias].cursor() as cursor:
        cursor.execute(_of_one(alias), [key])
        rows = cursor.fetchall()
    return next(iter(_judged(alias, list(_rows(rows)))), None)


def _judged(alias: str, found: list[Harvested]) -> list[Harvested]:
    """Deletions of records that moved, with what rules them."""
    over = under_new_numbers(alias, [one.key for one in found if one.deleted])
    return [msgspec.structs.replace(one, present=over.get(one.key)) for one in found] if over else found


@cache
def _of_one(alias: str) -> str:
    """The statement for a record by its key."""
    return _OF_ONE.format(**_names(alias))


@cache
def _names(alias: str) -> dict[str, str]:
    """The names of columns and tables as the database writes them."""
    quote = connections[alias].ops.quote_name
    tables = {
        "records": models.Record,
        "version_table": models.Version,
        "bodies": models.Body,
    }
    names = {name: quote(name) for name in _COLUMNS}
    return names | {name: quote(model._meta.db_table) for name, model in tables.items()}


def earliest(alias: str) -> dt.datetime | None:
    """When the oldest version was recorded."""
    rows = models.Version.objects.using(alias).order_by("pk")
    return rows.values_list("recorded_at", flat=True).first()


def _conditions(
    alias: str, names: dict[str, str], span: Span, after: Place | None
) -> tuple[str, Sequence[Any]]:
    """What is asked of each group: the time, and the place after which it comes."""
    time, change = names["told_at"], names["told"]
    told, values = [f"{change} IS NOT NULL"], []
    if span.since:
        told.append(f"{time} >= %s")
        values.append(bulk.moment(alias, span.since))
    if span.before:
        told.append(f"{time} < %s")
        values.append(bulk.moment(alias, span.before))
    if after:
        told.append(f"({time}, {change}) > (%s, %s)")
        values += [bulk.moment(alias, after[0]), after[1]]
    return "".join(f" AND {one}" for one in told), values


def _rows(rows: Sequence[tuple[Any, ...]]) -> Iterator[Harvested]:
    for row in rows:
        yield Harvested(*row[:6], bool(row[6]), _moment(row[7]), *row[8:10], unsqueeze(row[10]), *row[11:])  # type: ignore[call-arg]  # the plugin counts no unpacked tuples


def _moment(value: Any) -> dt.datetime:
    """A time as the database gives it to raw statements: text on SQLite."""
    found: dt.datetime = dt.datetime.fromisoformat(value) if isinstance(value, str) else value
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)
