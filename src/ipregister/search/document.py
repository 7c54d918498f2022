"""From the public projection of a record to what the index holds of it.

Nothing but the public projection comes in, so nothing else can be found, counted or suggested.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from msgspec import Struct

from ipregister.search import days, order, sources
from ipregister.search.analyzer import Analyzer
from ipregister.search.fields import ALL, FIELDS, KEY, SCOPED, SUGGESTED
from ipregister.search.sources import Source
from ipregister.search.values import FARTHEST

GAP = " " + "\u241e " * (FARTHEST + 1)
"""Tokens between values: neither a phrase nor words near each other reach from one value into the next."""
NEXT = " \u241e "
"""The same between letters, which are only looked for in rows."""

Held = dict[str, Any]
"""Values by the names of the index's own fields: one, or a list."""

LARGEST = (1 << 63) - 1
"""Of the numbers that the index holds."""
_GOODS_SCOPED, _GOODS_ONLY = f"{SCOPED}_scoped", f"{SCOPED}_only"
_COLLATION = order.Collation()
_DATES = (("registered_order", "registration_date"), ("expires_order", "expiry_date"))
_NOTHING: dict[str, Any] = {}


class IndexDocument(Struct, frozen=True):
    """One record as the index takes it: values by the names of the index's own fields."""

    key: str
    values: Held


def document(
    key: str,
    public: dict[str, Any],
    status: str,
    spellings: Iterable[tuple[str, str]],
    analyzer: Analyzer,
) -> IndexDocument:
    """The document of a public projection, its derived state and the spellings of its public numbers."""
    return documents([Source(key, public, status, tuple(spellings))], analyzer)[0]


def documents(records: Sequence[Source], analyzer: Analyzer) -> list[IndexDocument]:
    """The documents of several records. They are made field by field, which takes four fifths of the time that they take
    record by record."""
    found = [IndexDocument(source.key, {KEY: order.natural(source.key)}) for source in records]
    alike: dict[str, list[tuple[Held, Source]]] = {}
    for made, source in zip(found, records, strict=True):
        alike.setdefault(source.public["right"], []).append((made.values, source))
    for right, some in alike.items():
        for row in _ROWS[right]:
            _add_field(row, some, analyzer)
        for put in (_add_goods, _add_orders, _add_family):
            for values, source in some:
                put(values, source, analyzer)
    return found


def _add_field(row: "Row", some: Sequence[tuple[Held, Source]], analyzer: Analyzer) -> None:
    """A field of records of one right, and what is counted of it."""
    add, of_source, facet_name, of_facet = row
    for values, source in some:
        if found := of_source(source):
            add(values, found, analyzer)
            if of_facet:
                counted = of_facet(source)
                values[facet_name] = list(counted) if len(counted) > 1 else next(iter(counted), [])


Add = Callable[[Held, Collection[Any], Analyzer], None]
"""Puts the values found for a field into a document."""
Row = tuple[Add, sources.Values, str, sources.Values | None]
"""A field as the loop over the records needs it: how it is added, where it stands, the name of what is counted of it, and
where that stands."""


def _text(name: str) -> Add:
    def add(values: Held, found: Collection[Any], analyzer: Analyzer) -> None:
        values[name] = GAP.join([analyzer.words(text) for text in found])

    return add


def _names(name: str) -> Add:
    """Words, letters, and wholes, of each name once: offices repeat one in each of their languages; of the field whose names
    are suggested also the wholes with their spaces."""
    grams, whole, spaced = f"{name}_grams", f"{name}_whole", name == SUGGESTED

    def add(values: Held, found: Collection[Any], analyzer: Analyzer) -> None:
        each = dict.fromkeys(found) if len(found) > 1 else found
        names = [analyzer.name(text) for text in each]
        if len(names) == 1:
            (one,) = names
            values[name], values[grams] = one.words, one.grams
            several = spaced and one.words != one.whole
            values[whole] = [one.whole, one.words] if several else [one.whole] if one.whole else []
            return
        wholes = [one.whole for one in names if one.whole]
        if spaced:
            wholes += [one.words for one in names if one.words]
        values[name] = GAP.join([one.words for one in names])
        values[grams] = NEXT.join([one.grams for one in names])
        values[whole] = list(dict.fromkeys(wholes))

    return add


def _plain(name: str) -> Add:
    def add(values: Held, found: Collection[Any], _: Analyzer) -> None:
        values[name] = list(found) if len(found) > 1 else next(iter(found))

    return add


def _integers(name: str) -> Add:
    """Whole numbers, as far as the engine holds them: a class of -5 can be in a record, and is not searched for."""

    def add(values: Held, found: Collection[Any], _: Analyzer) -> None:
        held = [number for number in found if 0 <= number <= LARGEST]
        values[name] = held[0] if len(held) == 1 else held

    return add


def _dates(name: str) -> Add:
    def add(values: Held, found: Collection[Any], _: Analyzer) -> None:
        numbers = [number for date in found if (number := days.number(date))]
        values[name] = numbers[0] if len(numbers) == 1 else numbers

    return add


_ADDERS = {
    "text": _text,
    "names": _names,
    "code": _plain,
    "integer": _integers,
    "date": _dates,
    "number": _plain,
}
_ROWS: dict[str, tuple[Row, ...]] = {
    right: tuple(
        (_ADDERS[field.kind](field.name), field.values, field.facet_name, field.facet_values)
        for field in FIELDS
        if field.kind != "group" and field.name != SCOPED and not field.sorted_by and right in field.of
    )
    for right in ALL
}
"""The table of fields as the loop over them needs it, by right."""


def _add_goods(values: Held, source: Source, analyzer: Analyzer) -> None:
    """All words of the goods; where there are several classes, also each word once with its class."""
    told = [(number, analyzer.words(text)) for number, text in sources.goods_by_class(source)]
    if not told:
        return
    values[SCOPED] = GAP.join([words for _, words in told])
    first = told[0][0]
    if {number for number, _ in told} == {first}:
        if 0 < first <= LARGEST:
            values[_GOODS_ONLY] = first
        return
    by_class: dict[int, list[str]] = {}
    for number, words in told:
        by_class.setdefault(number, []).append(words)
    scoped = [_scoped(number, " ".join(words)) for number, words in by_class.items() if number]
    values[_GOODS_SCOPED] = " ".join(scoped)


def _scoped(number: int, words: str) -> str:
    once = dict.fromkeys(words.split())
    return f"{number}/" + f" {number}/".join(once) if once else ""


def _add_family(values: Held, source: Source, _: Analyzer) -> None:
    if family := sources.family(source):
        values["family"] = order.number_of(family)


def _add_orders(values: Held, source: Source, analyzer: Analyzer) -> None:
    tie, public = order.tie(source.key), source.public
    filed = days.number(public.get("application_date") or "")
    values["filed_order"] = order.dated(filed, tie)
    for name, date in _DATES:
        values[name] = order.dated(days.number(public.get(date) or ""), tie)
    verbal = public.get("mark", _NOTHING).get("verbal") or public.get("titles") or public.get("names")
    mark = " ".join([text["text"] for text in verbal]).strip() if verbal else ""
    sort_key = _COLLATION.key(mark) if mark else ""
    if sort_key:
        values["mark_order"] = sort_key
    values["mark_high"], values["mark_low"] = order.text_order(sort_key)
    values.update(zip(order.KEY_NUMBERS, order.key_numbers(values[KEY]), strict=True))
    count = sum([analyzer.name(text["text"]).length for text in verbal or ()])
    values["closeness_order"] = order.closeness(count or 255, filed, tie)
