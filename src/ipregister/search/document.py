"""From the public projection of a record to what the index holds of it.

Nothing but the public projection comes in, so nothing else can be found, counted or suggested.
"""

from collections.abc import Collection, Iterable
from typing import Any

from msgspec import Struct

from ipregister.search import days, order, sources
from ipregister.search.analyzer import Analyzer
from ipregister.search.fields import FIELDS, KEY, SCOPED, SUGGESTED
from ipregister.search.sources import Source

GAP = " \u241e "
"""A token between values, so that no phrase reaches from one into the next."""

Held = dict[str, Any]
"""Values by the names of the index's own fields: one, or a list."""

_COLLATION = order.Collation()
_DATES = (("registered", "registration_date"), ("expires", "expiry_date"))


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
    source = Source(key, public, status, tuple(spellings))
    values: Held = {KEY: order.natural(key)}
    for name, add, of_source, facet_name, of_facet in _ROWS:
        if found := of_source(source):
            add(values, name, found, analyzer)
            if of_facet:
                values[facet_name] = list(of_facet(source))
    _add_goods(values, source, analyzer)
    _add_orders(values, source, analyzer)
    if family := sources.family(source):
        values["family"] = family
    return IndexDocument(key, values)


def _add_text(values: Held, name: str, found: Collection[Any], analyzer: Analyzer) -> None:
    values[name] = GAP.join([analyzer.words(text) for text in found])


def _add_names(values: Held, name: str, found: Collection[Any], analyzer: Analyzer) -> None:
    names = [analyzer.name(text) for text in found]
    values[name] = GAP.join([one.words for one in names])
    values[f"{name}_grams"] = GAP.join([one.grams for one in names])
    wholes = [one.whole for one in names]
    if name == SUGGESTED:
        wholes += [one.words for one in names]
    values[f"{name}_whole"] = [whole for whole in dict.fromkeys(wholes) if whole]


def _add_plain(values: Held, name: str, found: Collection[Any], analyzer: Analyzer) -> None:
    values[name] = list(found)


def _add_dates(values: Held, name: str, found: Collection[Any], analyzer: Analyzer) -> None:
    values[name] = [number for date in found if (number := days.number(date))]


_ADDERS = {"text": _add_text, "names": _add_names, "code": _add_plain, "integer": _add_plain, "date": _add_dates,
           "number": _add_plain}  # fmt: skip
_ROWS = tuple(
    (field.name, _ADDERS[field.kind], field.values, field.facet_name, field.facet_values)
    for field in FIELDS
    if field.kind != "group" and field.name != SCOPED and not field.sorted_by
)
"""The table of fields as the loop over them needs it."""


def _add_goods(values: Held, source: Source, analyzer: Analyzer) -> None:
    """All words of the goods; where there are several classes, also each word once with its class."""
    found = [(number, analyzer.words(text)) for number, text in sources.goods_by_class(source)]
    if not found:
        return
    values[SCOPED] = GAP.join([words for _, words in found])
    numbers = dict.fromkeys([number for number, _ in found])
    if len(numbers) > 1:
        scoped = {f"{number}/{token}": None for number, words in found if number for token in words.split()}
        values[f"{SCOPED}_scoped"] = " ".join(scoped)
    else:
        values[f"{SCOPED}_only"] = [number for number in numbers if number]


def _add_orders(values: Held, source: Source, analyzer: Analyzer) -> None:
    tie, public = order.tie(source.key), source.public
    filed = days.number(public.get("application_date") or "")
    values["filed_order"] = order.dated(filed, tie)
    for name, date in _DATES:
        values[f"{name}_order"] = order.dated(days.number(public.get(date) or ""), tie)
    mark = " ".join(sources.texts(public.get("mark", {}).get("verbal", ()))).strip()
    sort_key = _COLLATION.key(mark) if mark else ""
    if sort_key:
        values["mark_order"] = sort_key
    _add_text_order(values, "mark", sort_key)
    _add_text_order(values, "number", values[KEY])
    words = analyzer.name(mark).words if mark else ""
    values["closeness_order"] = order.closeness(words.count(" ") + 1 if words else 255, filed, tie)


def _add_text_order(values: Held, name: str, sort_key: str) -> None:
    values[f"{name}_high"], values[f"{name}_low"] = order.text_order(sort_key)
