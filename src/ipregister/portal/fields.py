"""Fields of a record as values: dates in words, codes as their words, countries by name."""

from typing import Any

from ipregister.portal.dates import country_name, language_name, show_date
from ipregister.portal.labels import label
from ipregister.portal.values import Value

Plain = dict[str, Any]


def one(record: Plain, name: str, pointer: str = "") -> tuple[Value, ...]:
    """The value of a plain field."""
    return (Value(str(record[name]), f"{pointer}/{name}"),) if record.get(name) else ()


def day(record: Plain, name: str, lang: str, pointer: str = "") -> tuple[Value, ...]:
    """The value of a date field, in words."""
    return (Value(show_date(record[name], lang), f"{pointer}/{name}"),) if record.get(name) else ()


def coded(record: Plain, name: str, table: str, pointer: str = "") -> tuple[Value, ...]:
    """The value of a coded field, as its word."""
    return (Value(label(table, record[name]), f"{pointer}/{name}"),) if record.get(name) else ()


def country(record: Plain, name: str, lang: str, pointer: str = "") -> tuple[Value, ...]:
    """The value of a country field: name and code."""
    if not record.get(name):
        return ()
    return (Value(f"{country_name(record[name], lang)} ({record[name]})", f"{pointer}/{name}"),)


def languages(record: Plain, name: str, lang: str) -> tuple[Value, ...]:
    """The value of a language field."""
    return (Value(language_name(record[name], lang), f"/{name}"),) if record.get(name) else ()


def plain_numbers(found: Any, pointer: str) -> tuple[Value, ...]:
    """The values of a list of numbers."""
    return tuple(Value(str(number), f"{pointer}/{index}") for index, number in enumerate(found))
