"""The one table of formats in which records go out."""

from collections.abc import Callable, Iterable, Iterator

import msgspec
from msgspec import Struct

from ipregister.exchange import table
from ipregister.exchange.gbd import layout
from ipregister.model import canonical
from ipregister.model.mark import Trademark
from ipregister.model.offices import Office


class Item(Struct, frozen=True):
    """A record to write: with its key, its office's facts, and the names of its pictures."""

    key: str
    record: Trademark
    office: Office
    media: tuple[str, ...] = ()


class Format(Struct, frozen=True):
    """A format: its media type, the suffix of its files, the first line, and a record's line."""

    name: str
    media_type: str
    suffix: str
    line: Callable[[Item], str]
    heading: Callable[[], str] = str


def _jsonl(item: Item) -> str:
    body = canonical.encode(item.record).decode()
    return f'{{"key":{msgspec.json.encode(item.key).decode()},{body[1:]}\n'


def _gbd(item: Item) -> str:
    return msgspec.json.encode(layout(item.record, item.office, item.media)).decode() + "\n"


FORMATS: tuple[Format, ...] = (
    Format("jsonl", "application/x-ndjson", "jsonl", _jsonl),
    Format("gbd", "application/x-ndjson", "jsonl", _gbd),
    Format(
        "csv", "text/csv; charset=utf-8", "csv", lambda item: table.line(item.key, item.record), table.heading
    ),
)
"""All formats. `gbd` is the field layout of WIPO's Global Brand Database, a record a line."""


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
