"""From the public projection of a record to what the index holds of it.

Nothing but the public projection comes in, so nothing else can be found, counted or suggested.
"""

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from ipregister.search import days, order, sources
from ipregister.search.analyzer import Analyzer
from ipregister.search.fields import FIELDS, SCOPED, Field
from ipregister.search.sources import Source

GAP = " \u241e "
"""A token between values, so that no phrase reaches from one into the next."""

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
    values: dict[str, list[Any]] = {"key": [key]}
    for field in FIELDS:
        found = list(field.values(source))
        if found:
            _ADDERS[field.kind](values, field, found, analyzer)
            if field.facet_values:
                values[field.facet_name] = list(field.facet_values(source))
    _add_scoped(values, source, analyzer)
    _add_orders(values, source, analyzer)
    if family := sources.family(source):
        values["family"] = [family]
    return IndexDocument(key, values)


def _add_text(values: dict[str, list[Any]], field: Field, found: list[Any], analyzer: Analyzer) -> None:
    values[field.name] = [GAP.join(" ".join(analyzer.tokens(text)) for text in found)]


def _add_names(values: dict[str, list[Any]], field: Field, found: list[Any], analyzer: Analyzer) -> None:
    words, grams, wholes = [], [], dict[str, None]()
    for text in found:
        tokens = analyzer.tokens(text)
        squashed = "".join(tokens)
        words.append(" ".join(tokens))
        grams.append(" ".join(analyzer.grams(squashed)))
        wholes[squashed] = wholes[" ".join(tokens)] = None
    wholes.pop("", None)
    values[field.name] = [GAP.join(words)]
    values[f"{field.name}_grams"] = [GAP.join(grams)]
    values[f"{field.name}_whole"] = list(wholes)


def _add_plain(values: dict[str, list[Any]], field: Field, found: list[Any], analyzer: Analyzer) -> None:
    values[field.name] = found


def _add_dates(values: dict[str, list[Any]], field: Field, found: list[Any], analyzer: Analyzer) -> None:
    values[field.name] = [number for date in found if (number := days.number(date))]


_ADDERS = {"text": _add_text, "names": _add_names, "code": _add_plain, "integer": _add_plain, "date": _add_dates,
           "number": _add_plain}  # fmt: skip


def _add_scoped(values: dict[str, list[Any]], source: Source, analyzer: Analyzer) -> None:
    """Each word of the goods once with its class, for search within a class."""
    found: dict[str, None] = {}
    for block in source.public.get("goods", ()):
        if number := block.get("class_number"):
            for text in sources.texts(block.get("texts", ())):
                found.update(dict.fromkeys(f"{number}/{token}" for token in analyzer.tokens(text)))
    if found:
        values[f"{SCOPED}_scoped"] = [" ".join(found)]


def _add_orders(values: dict[str, list[Any]], source: Source, analyzer: Analyzer) -> None:
    key, public = source.key, source.public
    filed = days.number(public.get("application_date") or "")
    values["filed_order"] = [order.dated(filed, key)]
    for name, date in (("registered", "registration_date"), ("expires", "expiry_date")):
        values[f"{name}_order"] = [order.dated(days.number(public.get(date) or ""), key)]
    mark = " ".join(sources.texts(public.get("mark", {}).get("verbal", ()))).strip()
    _add_text_order(values, "mark", _COLLATION.key(mark) if mark else b"", key)
    number = public.get("application_number") or public.get("registration_number") or ""
    _add_text_order(values, "number", order.natural(number), key)
    words = len(analyzer.tokens(mark)) or 255
    values["closeness_order"] = [order.closeness(words, filed, key)]


def _add_text_order(values: dict[str, list[Any]], name: str, sort_key: bytes, key: str) -> None:
    whole, high, low = order.text_order(sort_key, key)
    values[f"{name}_order"] = [whole]
    values[f"{name}_high"] = [high if sort_key else 0]
    values[f"{name}_low"] = [low if sort_key else 0]
