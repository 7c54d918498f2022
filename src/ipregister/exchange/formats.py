"""The one table of formats in which records go out."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator

import msgspec
from msgspec import Struct

from ipregister.exchange import st96, table
from ipregister.exchange.gbd import layout
from ipregister.model import canonical
from ipregister.model.errors import NotWritten
from ipregister.model.mark import Trademark
from ipregister.model.offices import Office
from ipregister.model.record import Record, right_of


class Item(Struct, frozen=True):
    """A record to write: with its key, its office's facts, the names of its pictures, the day of its data."""

    key: str
    record: Record
    office: Office
    media: tuple[str, ...] = ()
    data_day: str = ""


def mark_of(record: Record, name: str) -> Trademark:
    """The record as a trademark. Raises `NotWritten` where the format has no form for its right."""
    if isinstance(record, Trademark):
        return record
    raise NotWritten(
        f"{name} has no form for a {right_of(record)}", remedy="choose another format, or --right"
    )


class Format(Struct, frozen=True):
    """A format: its media type, the suffix of its files, what a file begins with, a record's line, the end."""

    name: str
    media_type: str
    suffix: str
    line: Callable[[Item], str]
    heading: Callable[[], str] = str
    ending: Callable[[], str] = str


def _notice(item: Item) -> str:
    return item.office.notice.text if item.office.notice else ""


def _jsonl(item: Item) -> str:
    body = canonical.encode(item.record).decode()
    source = {"office": item.office.name, "data_day": item.data_day, "notice": _notice(item)}
    head = msgspec.json.encode({"key": item.key, "source": source}).decode()
    return f"{head[:-1]},{body[1:]}\n"


def _gbd(item: Item) -> str:
    day = dt.date.fromisoformat(item.data_day) if item.data_day else None
    return (
        msgspec.json.encode(layout(mark_of(item.record, "gbd"), item.office, item.media, day)).decode() + "\n"
    )


def _csv(item: Item) -> str:
    return table.line(item.key, mark_of(item.record, "csv"), item.data_day, _notice(item))


def _st96(item: Item) -> str:
    remark = f"{item.key}, data to {item.data_day}. {_notice(item)}".strip()
    return st96.bulk_entry(mark_of(item.record, "st96"), item.office, remark)


FORMATS: tuple[Format, ...] = (
    Format("jsonl", "application/x-ndjson", "jsonl", _jsonl),
    Format("gbd", "application/x-ndjson", "jsonl", _gbd),
    Format("csv", "text/csv; charset=utf-8", "csv", _csv, table.heading),
    Format("st96", "application/xml", "xml", _st96, st96.bulk_start, st96.bulk_end),
)
"""All formats. `gbd` is the field layout of WIPO's Global Brand Database, a record a line; `st96` is one document
of WIPO standard ST.96 V6.0 with all records in its `TrademarkBag`, a record a line after a comment."""


def format_named(name: str) -> Format | None:
    """The format of that name, or None."""
    return next((one for one in FORMATS if one.name == name), None)


def write(name: str, items: Iterable[Item]) -> Iterator[str]:
    """Records as lines of a format. Raises `KeyError` for a format that is not in the table."""
    chosen = format_named(name)
    if chosen is None:
        raise KeyError(name)
    first = chosen.heading()
    if first:
        yield first
    for item in items:
        yield chosen.line(item)
    last = chosen.ending()
    if last:
        yield last
