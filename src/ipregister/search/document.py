"""From the public projection of a record to what the index holds of it.

Nothing but the public projection comes in, so nothing else can be found, counted or suggested.
"""

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from ipregister.search import days, order, sources
from ipregister.search.analyzer import Analyzer
from ipregister.search.fields import FIELDS, KEY, SCOPED, SUGGESTED, Field
from ipregister.search.sources import Source

GAP = " \u241e "
"""A token between values, so that no phrase reaches from one into the next."""

_PLAIN = tuple(
    field for field in FIELDS if field.kind != "group" and field.name != SCOPED and not field.sorted_by
)
_COLLATION = order.Collation()


class IndexDocument(Struct, frozen=True):
    """One record as the index takes it: values by the names of the index's own fields."""

    key: str
    values: dict[str, list[Any]]


def document(
    key: str,
    public: dict[str, Any],
    status: str,
    spellings: Iterable[tuple[str, str]],
    analyzer: Analyzer,
) -> IndexDocument:
    """The document of a public projection, its derived state and the spellings of its public numbers."""
    source = Source(key, public, status, tuple(spellings))
    values: dict[str, list[Any]] = {KEY: [order.natural(key)]}
    for field in _PLAIN:
        found = list(field.values(source))
        if found:
            _ADDERS[field.kind](values, field, found, analyzer)
            if field.facet_values:
                values[field.facet_name] = list(field.facet_values(source))
    _add_goods(values, source, analyzer)
    _add_orders(values, source, analyzer)
    if family := sources.family(source):
        values["family"] = [family]
    return IndexDocument(key, values)


def _add_text(values: dict[str, list[Any]], field: Field, found: list[Any], analyzer: Analyzer) -> None:
    values[field.name] = [GAP.join([" ".join(analyzer.tokens(text)) for text in found])]


def _add_names(values: dict[str, list[Any]], field: Field, found: list[Any], analyzer: Analyzer) -> None:
    names = [analyzer.name(text) for text in found]
    values[field.name] = [GAP.join([name.words for name in names])]
    values[f"{field.name}_grams"] = [GAP.join([name.grams for name in names])]
    wholes = [name.whole for name in names]
    if field.name == SUGGESTED:
        wholes += [name.words for name in names]
    values[f"{field.name}_whole"] = [whole for whole in dict.fromkeys(wholes) if whole]


def _add_plain(values: dict[str, list[Any]], field: Field, found: list[Any], analyzer: Analyzer) -> None:
    values[field.name] = found


def _add_dates(values: dict[str, list[Any]], field: Field, found: list[Any], analyzer: Analyzer) -> None:
    values[field.name] = [number for date in found if (number := days.number(date))]


_ADDERS = {"text": _add_text, "names": _add_names, "code": _add_plain, "integer": _add_plain, "date": _add_dates,
           "number": _add_plain}  # fmt: skip


def _add_goods(values: dict[str, list[Any]], source: Source, analyzer: Analyzer) -> None:
    """All words of the goods; where there are several classes, also each word once with its class."""
    every: list[str] = []
    blocks: dict[int, set[str]] = {}
    for number, text in sources.goods_by_class(source):
        tokens = analyzer.tokens(text)
        every.append(" ".join(tokens))
        blocks.setdefault(number, set()).update(tokens)
    if every:
        values[SCOPED] = [GAP.join(every)]
    if len(blocks) > 1:
        scoped = [f"{number}/{token}" for number, tokens in blocks.items() if number for token in tokens]
        values[f"{SCOPED}_scoped"] = [" ".join(scoped)]
    else:
        values[f"{SCOPED}_only"] = [number for number in blocks if number]


def _add_orders(values: dict[str, list[Any]], source: Source, analyzer: Analyzer) -> None:
    tie, public = order.tie(source.key), source.public
    filed = days.number(public.get("application_date") or "")
    values["filed_order"] = [order.dated(filed, tie)]
    for name, date in (("registered", "registration_date"), ("expires", "expiry_date")):
        values[f"{name}_order"] = [order.dated(days.number(public.get(date) or ""), tie)]
    mark = " ".join(sources.texts(public.get("mark", {}).get("verbal", ()))).strip()
    sort_key = _COLLATION.key(mark) if mark else ""
    if sort_key:
        values["mark_order"] = [sort_key]
    _add_text_order(values, "mark", sort_key)
    _add_text_order(values, "number", values[KEY][0])
    words = len(analyzer.tokens(mark)) or 255
    values["closeness_order"] = [order.closeness(words, filed, tie)]


def _add_text_order(values: dict[str, list[Any]], name: str, sort_key: str) -> None:
    high, low = order.text_order(sort_key)
    values[f"{name}_high"] = [high]
    values[f"{name}_low"] = [low]
