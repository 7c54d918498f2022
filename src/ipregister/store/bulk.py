"""Bulk writes: many rows, one statement. `COPY` on PostgreSQL where no row can be there already."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, TypeVar

from django.db import connections
from django.db.backends.utils import CursorWrapper
from django.db.models import Model

Item = TypeVar("Item")
Rows = Sequence[tuple[Any, ...]]
TOGETHER = 20
"""Rows that one statement inserts into SQLite, which takes at least 999 values with one."""


def insert(alias: str, model: type[Model], fields: Sequence[str], rows: Rows) -> None:
    """Insert rows that are not there yet."""
    if not rows:
        return
    connection = connections[alias]
    table, columns = _names(alias, model, fields)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            _insert_rows(cursor, f"INSERT INTO {table} ({columns})", fields, rows)


def insert_missing(alias: str, model: type[Model], fields: Sequence[str], rows: Rows) -> None:
    """Insert the rows that are not there yet."""
    if not rows:
        return
    connection = connections[alias]
    table, columns = _names(alias, model, fields)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            arrays = ", ".join("%s::text[]" for _ in fields)
            cursor.execute(
                f"INSERT INTO {table} ({columns}) SELECT * FROM unnest({arrays}) ON CONFLICT DO NOTHING",
                [list(column) for column in zip(*rows, strict=True)],
            )
        else:
            _insert_rows(cursor, f"INSERT OR IGNORE INTO {table} ({columns})", fields, rows)


def update(alias: str, model: type[Model], fields: Sequence[str], rows: Rows) -> None:
    """Set the fields of rows; the last value of each row is its primary key."""
    if not rows:
        return
    (key,) = _columns(alias, model, ["pk"])
    columns = ", ".join(f"{column} = %s" for column in _columns(alias, model, fields))
    table = connections[alias].ops.quote_name(model._meta.db_table)
    with connections[alias].cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET {columns} WHERE {key} = %s", rows)


def add(alias: str, model: type[Model], field: str, rows: Rows) -> None:
    """Add to a number in rows; each row is what to add and the primary key."""
    if not rows:
        return
    column, key = _columns(alias, model, [field, "pk"])
    table = connections[alias].ops.quote_name(model._meta.db_table)
    with connections[alias].cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET {column} = {column} + %s WHERE {key} = %s", rows)


def select(
    alias: str, model: type[Model], fields: Sequence[str], by: str, values: Sequence[Any]
) -> Iterator[tuple[Any, ...]]:
    """The fields of all rows with one of many values, as the database gives them."""
    table, columns = _names(alias, model, fields)
    (column,) = _columns(alias, model, [by])
    with connections[alias].cursor() as cursor:
        for part in chunks(values):
            marks = ", ".join(["%s"] * len(part))
            cursor.execute(f"SELECT {columns} FROM {table} WHERE {column} IN ({marks})", part)
            yield from cursor.fetchall()


def after(
    alias: str, model: type[Model], fields: Sequence[str], since: int, limit: int
) -> list[tuple[Any, ...]]:
    """The fields of the rows after a primary key, in its order, at most `limit`, as the database gives them."""
    table, columns = _names(alias, model, fields)
    (key,) = _columns(alias, model, ["pk"])
    with connections[alias].cursor() as cursor:
        cursor.execute(
            f"SELECT {columns} FROM {table} WHERE {key} > %s ORDER BY {key} LIMIT %s", [since, limit]
        )
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def moment(alias: str, value: Any) -> Any:
    """A time in the form that raw writes of the database take."""
    return connections[alias].ops.adapt_datetimefield_value(value)


def chunks(items: Sequence[Item], size: int = 500) -> Iterable[Sequence[Item]]:
    """The items in parts that fit into one `IN` list."""
    return (items[start : start + size] for start in range(0, len(items), size))


def _names(alias: str, model: type[Model], fields: Sequence[str]) -> tuple[str, str]:
    table = connections[alias].ops.quote_name(model._meta.db_table)
    return table, ", ".join(_columns(alias, model, fields))


def _columns(alias: str, model: type[Model], fields: Sequence[str]) -> list[str]:
    quote = connections[alias].ops.quote_name
    columns = {field.name: str(field.column) for field in model._meta.concrete_fields}
    columns["pk"] = str(model._meta.pk.column)
    return [quote(columns[name]) for name in fields]


def _insert_rows(cursor: CursorWrapper, insert: str, fields: Sequence[str], rows: Rows) -> None:
    """Insert rows, several with each statement: beginning and ending one costs SQLite as much as half a row."""
    one = f"({_marks(fields)})"
    whole = len(rows) - len(rows) % TOGETHER
    if whole:
        several = ", ".join([one] * TOGETHER)
        parts = (rows[start : start + TOGETHER] for start in range(0, whole, TOGETHER))
        cursor.executemany(f"{insert} VALUES {several}", [[*chain.from_iterable(part)] for part in parts])
    if whole < len(rows):
        cursor.executemany(f"{insert} VALUES {one}", rows[whole:])


def _marks(fields: Sequence[str]) -> str:
    return ", ".join("%s" for _ in fields)
