"""Records in the order in which the register learnt of their present state: what harvesters read."""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from django.db import connections
from msgspec import Struct

from ipregister.store import bulk, models
from ipregister.store.compression import unsqueeze

Place = tuple[dt.datetime, int]
"""A place in the order: time of recording and change number of a current version."""
_FROM = """
SELECT v.{key}, p.{change}, v.{number}, v.{office}, v.{right}, v.{schema}, v.{deleted}, p.{recorded_at},
       r.{extracted}, r.{confirmed}, b.{body}, v.{cause}, r.{versions}
"""
_STATEMENT = (
    _FROM.replace("p.", "v.")
    + """
FROM {version_table} v JOIN {records} r ON r.{key} = v.{key} AND r.{current} = v.{change}
JOIN {bodies} b ON b.{change} = v.{change}
WHERE {conditions} AND NOT EXISTS (SELECT 1 FROM {notices} n WHERE n.{key} = v.{key} AND n.{change} > v.{change})
ORDER BY v.{recorded_at}, v.{change} LIMIT %s
"""
)
_OF_NOTICES = (
    _FROM
    + """
FROM {notices} p JOIN {records} r ON r.{key} = p.{key} AND r.{current} < p.{change}
JOIN {version_table} v ON v.{change} = r.{current} JOIN {bodies} b ON b.{change} = r.{current}
WHERE {conditions} AND NOT EXISTS (SELECT 1 FROM {notices} n WHERE n.{key} = p.{key} AND n.{change} > p.{change})
ORDER BY p.{recorded_at}, p.{change} LIMIT %s
"""
)
_OF_CLOSINGS = (
    _FROM
    + """
FROM {notices} p JOIN {records} r ON r.{key} = p.{key}
JOIN {version_table} v ON v.{change} = r.{current} JOIN {bodies} b ON b.{change} = r.{current}
WHERE p.{kind} = 'switches' AND {conditions} AND NOT EXISTS
  (SELECT 1 FROM {notices} n WHERE n.{key} = p.{key} AND n.{kind} = 'switches' AND n.{change} > p.{change})
ORDER BY p.{recorded_at}, p.{change} LIMIT %s
"""
)
_OF_ONE = """
SELECT v.{key}, COALESCE(n.{change}, v.{change}), v.{number}, v.{office}, v.{right}, v.{schema}, v.{deleted},
       COALESCE(n.{recorded_at}, v.{recorded_at}), r.{extracted}, r.{confirmed}, b.{body}, v.{cause}, r.{versions}
FROM {records} r JOIN {version_table} v ON v.{change} = r.{current} JOIN {bodies} b ON b.{change} = r.{current}
LEFT JOIN {notices} n ON n.{change} =
  (SELECT MAX(m.{change}) FROM {notices} m WHERE m.{key} = r.{key} AND m.{change} > r.{current})
WHERE r.{key} = %s
"""
"""Current versions, by when they were recorded; those of which a notice came later, by when that was; records of closed groups,
by when the switches were told last; one of the former."""
_COLUMNS = "key change number office right schema deleted recorded_at extracted confirmed body current cause versions kind".split()


class Harvested(Struct, frozen=True, gc=False):
    """The current version of a record. `extracted` and `confirmed` are those of its state; `change` and `recorded_at`
    those of the last notice about it where one came later."""

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
    """The records of a span after a place, at most `limit`, in order of place."""
    names = _names(alias)
    found: list[Harvested] = []
    with connections[alias].cursor() as cursor:
        for statement, table, groups in (
            (_STATEMENT, "v", span.groups), (_OF_NOTICES, "p", span.groups), (_OF_CLOSINGS, "p", span.closed)
        ):  # fmt: skip
            if not groups:
                continue
            wanted = Span(groups, span.since, span.before)
            conditions, values = _conditions(alias, {**names, "of": table}, wanted, after)
            cursor.execute(statement.format(**names, conditions=conditions), [*values, limit])
            found += _rows(cursor.fetchall())
    return sorted(found, key=lambda one: one.place)[:limit]


def one(alias: str, key: str) -> Harvested | None:
    """The current version of a record: all of it that answers need, in one statement."""
    with connections[alias].cursor() as cursor:
        cursor.execute(_of_one(alias), [key])
        rows = cursor.fetchall()
    return next(_rows(rows), None)


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
        "notices": models.Notice,
    }
    names = {name: quote(name) for name in _COLUMNS}
    return names | {name: quote(model._meta.db_table) for name, model in tables.items()}


def earliest(alias: str) -> dt.datetime | None:
    """When the oldest version was recorded."""
    rows = models.Version.objects.using(alias).order_by("recorded_at")
    return rows.values_list("recorded_at", flat=True).first()


def _conditions(
    alias: str, names: dict[str, str], span: Span, after: Place | None
) -> tuple[str, Sequence[Any]]:
    pairs = ", ".join(["(%s, %s)"] * len(span.groups))
    told = ["(v.{office}, v.{right}) IN (VALUES " + pairs + ")"]
    values: list[Any] = [part for group in span.groups for part in group]
    if span.since:
        told.append("{of}.{recorded_at} >= %s")
        values.append(bulk.moment(alias, span.since))
    if span.before:
        told.append("{of}.{recorded_at} < %s")
        values.append(bulk.moment(alias, span.before))
    if after:
        told.append("({of}.{recorded_at}, {of}.{change}) > (%s, %s)")
        values += [bulk.moment(alias, after[0]), after[1]]
    return " AND ".join(told).format(**names), values


def _rows(rows: Sequence[tuple[Any, ...]]) -> Iterator[Harvested]:
    for row in rows:
        yield Harvested(*row[:6], bool(row[6]), _moment(row[7]), *row[8:10], unsqueeze(row[10]), *row[11:])  # type: ignore[call-arg]  # the plugin counts no unpacked tuples


def _moment(value: Any) -> dt.datetime:
    """A time as the database gives it to raw statements: text on SQLite."""
    found: dt.datetime = dt.datetime.fromisoformat(value) if isinstance(value, str) else value
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)
