"""Pages without a ceiling: a page starts after a hit, never after a number of hits."""

import base64
import binascii
from collections.abc import Sequence
from typing import cast

import msgspec
import tantivy
from msgspec import Struct
from tantivy import FieldType, Occur, Order

from ipregister.search import order
from ipregister.search.faults import QueryError
from ipregister.search.fields import KEY
from ipregister.search.joining import EngineQuery, both
from ipregister.search.phases import Phase

SLACK, GROWTH = 8, 4
LARGEST = 2**64 - 1
Row = tuple[int | str, str]
"""Sort value and record key."""


class Cursor(Struct, frozen=True, array_like=True):
    """The last hit of a page: its order, its phase, its sort value and its key."""

    sort: str
    phase: int
    value: int | str
    key: str

    def text(self) -> str:
        """The cursor for a page address."""
        return base64.urlsafe_b64encode(msgspec.json.encode(self)).decode().rstrip("=")


def cursor_of(text: str, sort: str, phases: Sequence[Phase]) -> Cursor:
    """The cursor of a page address. Raises `QueryError` where it is none, or of another order."""
    try:
        cursor = msgspec.json.decode(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), type=Cursor)
    except (msgspec.MsgspecError, binascii.Error, ValueError) as error:
        raise QueryError("bad-cursor") from error
    fits = cursor.sort == sort and 0 <= cursor.phase < len(phases)
    if not fits or isinstance(cursor.value, str) is not phases[cursor.phase].text:
        raise QueryError("bad-cursor")
    if isinstance(cursor.value, int) and not 0 <= cursor.value <= LARGEST:
        raise QueryError("bad-cursor")
    return cursor


class Pager:
    """Walks the phases of one query over one state of the index."""

    def __init__(self, searcher: tantivy.Searcher, schema: tantivy.Schema) -> None:
        self._searcher = searcher
        self._schema = schema
        self._total: int | None = None

    def page(
        self, phases: Sequence[Phase], sort: str, limit: int, after: Cursor | None
    ) -> tuple[list[tuple[int, str]], str | None]:
        """The next hits as (phase, key), and the cursor of the page after, None at the end."""
        found: list[tuple[int, int | str, str]] = []
        start = after.phase if after else 0
        total = 0
        for number in range(start, len(phases)):
            last = (after.value, after.key) if after and number == start else None
            rows, counted = self._rows(phases[number], limit - len(found) + 1, last, counted=after is None)
            found += [(number, value, key) for value, key in rows]
            total += counted
            if len(found) > limit:
                break
        if after is None and number == len(phases) - 1:
            self._total = total
        more = len(found) > limit
        del found[limit:]
        following = Cursor(sort, *found[-1]).text() if more and found else None
        return [(number, key) for number, _, key in found], following

    @property
    def total(self) -> int | None:
        """How many hits the phases hold; known after a first page that reached the last of them."""
        return self._total

    def _rows(self, phase: Phase, wanted: int, after: Row | None, *, counted: bool) -> tuple[list[Row], int]:
        """The next rows of a phase, and how many it holds where they are counted."""
        query = both([phase.query, self._onwards(phase, after[0])]) if after else phase.query
        size, total = wanted + SLACK, 0
        while True:
            rows, number = self._search(query, phase, size, counted=counted)
            total, counted = total + number, False
            complete = len(rows) < size
            if not complete:
                rows = _without_last_group(rows)
            if after:
                rows = [row for row in rows if _is_after(row, after, phase)]
            if complete or len(rows) >= wanted:
                return rows[:wanted], total
            size *= GROWTH

    def _search(self, query: EngineQuery, phase: Phase, size: int, *, counted: bool) -> tuple[list[Row], int]:
        direction = Order.Desc if phase.descending else Order.Asc
        result = self._searcher.search(
            query, size, count=counted, order_by_field=phase.field, order=direction
        )
        keys = self._keys([address for _, address in result.hits])
        rows: list[Row] = [(value, key) for (value, _), key in zip(result.hits, keys, strict=True)]
        rows.sort(key=lambda row: row[1])
        rows.sort(key=lambda row: row[0], reverse=phase.descending)
        return rows, int(result.count) if counted else 0  # type: ignore[attr-defined]  # the stub lacks it

    def _keys(self, addresses: list[tantivy.DocAddress]) -> list[str]:
        """The keys of records: from the numbers that tell them, which costs less than their stored texts."""
        numbers = [self._searcher.fast_field_values(name, addresses) for name in order.KEY_NUMBERS]
        told = (order.key_of(*cast(tuple[int, int, int], three)) for three in zip(*numbers, strict=True))
        return [key or self._stored(address) for key, address in zip(told, addresses, strict=True)]

    def _stored(self, address: tantivy.DocAddress) -> str:
        return order.plain(self._searcher.doc(address)[KEY][0])

    def _onwards(self, phase: Phase, value: int | str) -> EngineQuery:
        if isinstance(value, int):
            return self._beyond(phase.field, value, descending=phase.descending)
        base = "number" if phase.field == KEY else phase.field.removesuffix("_order")
        high, low = order.text_order(value)
        same = both(
            [
                self._within(f"{base}_high", high, high),
                self._beyond(f"{base}_low", low, descending=phase.descending),
            ]
        )
        edge = high - 1 if phase.descending else high + 1
        if not 0 <= edge <= LARGEST:
            return same
        further = self._beyond(f"{base}_high", edge, descending=phase.descending)
        return EngineQuery.boolean_query([(Occur.Should, further), (Occur.Should, same)])

    def _beyond(self, field: str, value: int, *, descending: bool) -> EngineQuery:
        return self._within(field, 0, value) if descending else self._within(field, value, LARGEST)

    def _within(self, field: str, low: int, high: int) -> EngineQuery:
        return EngineQuery.range_query(
            self._schema, field, FieldType.Unsigned, lower_bound=low, upper_bound=high
        )


def _without_last_group(rows: list[Row]) -> list[Row]:
    """Without the last rows of equal sort value: there may be more of them than were fetched."""
    end = len(rows)
    while end and rows[end - 1][0] == rows[-1][0]:
        end -= 1
    return rows[:end]


def _is_after(row: Row, after: Row, phase: Phase) -> bool:
    value, last = row[0], after[0]
    if value == last:
        return row[1] > after[1]
    if isinstance(value, str) and isinstance(last, str):
        return (value < last) if phase.descending else (value > last)
    return (int(value) < int(last)) if phase.descending else (int(value) > int(last))
