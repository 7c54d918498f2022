"""Fields of a record as values: each with its label and the form in which it is shown, in tables.

A panel names its fields in one visible list; what has no value takes no place on the page.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from msgspec import Struct

from ipregister.portal.dates import country_name, language_name, show_date
from ipregister.portal.labels import Label, label
from ipregister.portal.values import Row, Value, text_values

Plain = dict[str, Any]
Form = Callable[[Plain, str, str, str], tuple[Value, ...]]
"""From an object, the name of its field, the JSON pointer of the object and the reader's language to the shown values."""
Code = Callable[[str], str]
"""From the INID code that a table names to the one of the record's right."""


class Field(Struct, frozen=True):
    """One field of a panel: its name in the record, its label, the form in which it is shown, its INID code."""

    name: str
    label: Label
    form: Form
    inid: str = ""

    def values(self, item: Plain, place: str, lang: str) -> tuple[Value, ...]:
        """What of an object is shown for the field."""
        return self.form(item, self.name, place, lang) if item.get(self.name) else ()


def as_it_is(code: str) -> str:
    """INID codes of tables that one right alone has."""
    return code


def rows_of(
    item: Plain, place: str, fields: Iterable[Field], lang: str, code: Code = as_it_is
) -> tuple[Row, ...]:
    """The rows of an object that hold a value."""
    found = ((field, field.values(item, place, lang)) for field in fields)
    return tuple(Row(str(field.label), values, code(field.inid)) for field, values in found if values)


def one(record: Plain, name: str, pointer: str = "", lang: str = "") -> tuple[Value, ...]:
    """The value of a plain field."""
    return (Value(str(record[name]), f"{pointer}/{name}"),) if record.get(name) else ()


def texts(item: Plain, name: str, place: str, lang: str) -> tuple[Value, ...]:
    """Language-tagged texts."""
    return text_values(item[name], f"{place}/{name}")


def day(item: Plain, name: str, place: str, lang: str) -> tuple[Value, ...]:
    """A date, in words."""
    return (Value(show_date(item[name], lang), f"{place}/{name}"),)


def country(item: Plain, name: str, place: str, lang: str) -> tuple[Value, ...]:
    """A country: name and code."""
    return (Value(_country(item[name], lang), f"{place}/{name}"),)


def countries(item: Plain, name: str, place: str, lang: str) -> tuple[Value, ...]:
    """A list of countries."""
    return tuple(Value(_country(code, lang), f"{place}/{name}/{n}") for n, code in enumerate(item[name]))


def _country(code: str, lang: str) -> str:
    return f"{country_name(code, lang)} ({code})"


def tongue(item: Plain, name: str, place: str, lang: str) -> tuple[Value, ...]:
    """A language by its name."""
    return (Value(language_name(item[name], lang), f"{place}/{name}"),)


def tongues(item: Plain, name: str, place: str, lang: str) -> tuple[Value, ...]:
    """A list of languages."""
    return tuple(Value(language_name(code, lang), f"{place}/{name}/{n}") for n, code in enumerate(item[name]))


def listed(item: Plain, name: str, place: str, lang: str) -> tuple[Value, ...]:
    """A list of words or numbers."""
    return tuple(Value(str(one), f"{place}/{name}/{n}") for n, one in enumerate(item[name]) if one)


def word(item: Plain, name: str, place: str, lang: str) -> tuple[Value, ...]:
    """A code without a list, as the words it is made of."""
    return (Value(item[name].replace("-", " "), f"{place}/{name}"),)


def words(item: Plain, name: str, place: str, lang: str) -> tuple[Value, ...]:
    """A list of such codes."""
    return tuple(Value(one.replace("-", " "), f"{place}/{name}/{n}") for n, one in enumerate(item[name]))


def coded(table: str) -> Form:
    """A code as its word."""

    def values(item: Plain, name: str, place: str, lang: str) -> tuple[Value, ...]:
        return (Value(label(table, item[name]), f"{place}/{name}"),)

    return values


def inside(*fields: Field) -> Form:
    """A list of objects: the values of each behind each other."""

    def values(item: Plain, name: str, place: str, lang: str) -> tuple[Value, ...]:
        return tuple(
            value
            for n, part in enumerate(item[name])
            for field in fields
            for value in field.values(part, f"{place}/{name}/{n}", lang)
        )

    return values


def documents(item: Plain, name: str, place: str, lang: str) -> tuple[Value, ...]:
    """Documents as numbers with office and kind; date, spelling, names and language behind them."""
    found = []
    for n, part in enumerate(item[name]):
        called = " ".join(part[key] for key in ("office", "number", "kind_code") if part.get(key))
        more = (show_date(part.get("date"), lang), part.get("form"), *part.get("names", ()),
                language_name(part["language"], lang) if part.get("language") else "")  # fmt: skip
        note = ", ".join(one for one in more if one)
        if called or note:
            found.append(Value(called or note, f"{place}/{name}/{n}/number", note=note if called else ""))
    return tuple(found)


def several(*given: Sequence[Value]) -> tuple[Value, ...]:
    """Values of several fields in one row."""
    return tuple(value for values in given for value in values)
