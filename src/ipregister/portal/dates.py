"""Dates, numbers and names of countries and languages as the reader writes them."""

import datetime as dt
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from ipregister.model import codelists

BUDDHIST_ERA = 543
_MONTH_LENGTH, _DAY_LENGTH = 7, 10
"""Lengths of `YYYY-MM` and `YYYY-MM-DD`."""
_GROUP = 1000
"""From here on numbers have separators."""


@cache
def locale_of(lang: str) -> Locale:
    """Babel's locale for an interface language; English where it has none."""
    try:
        return Locale.parse(lang.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return Locale.parse("en")


@lru_cache(8192)
def show_date(iso: str | None, lang: str) -> str:
    """An ISO date (whole or `YYYY-MM` or `YYYY`) in words, so that day and month cannot be confused.

    The year is Gregorian; in Thai the Buddhist year stands beside it. What is no date is shown as written."""
    if not iso:
        return ""
    if len(iso) < _MONTH_LENGTH or not iso[:4].isdigit():
        return iso
    try:
        day = dt.date.fromisoformat(iso if len(iso) >= _DAY_LENGTH else f"{iso}-01")
    except ValueError:
        return iso
    pattern = _pattern(lang) if len(iso) >= _DAY_LENGTH else "LLLL y"
    text = format_date(day, pattern, locale=locale_of(lang))
    return f"{text} (พ.ศ. {day.year + BUDDHIST_ERA})" if lang == "th" else text


def _pattern(lang: str) -> str:
    return "d MMMM y" if lang == "en" else "long"


def show_moment(moment: dt.datetime | None, lang: str) -> str:
    """A point in time, in UTC and saying so; in Thai with the Buddhist year, as `show_date` writes it."""
    if moment is None:
        return ""
    told = moment.astimezone(dt.UTC)
    if lang == "th":
        return f"{show_date(told.date().isoformat(), lang)} {told:%H:%M} UTC"
    return format_datetime(told, "d MMMM y HH:mm", locale=locale_of(lang)) + " UTC"


def show_number(number: float | int, lang: str) -> str:
    """A number with the separators of the language, in the digits 0-9."""
    return str(number) if isinstance(number, int) and 0 <= number < _GROUP else _grouped(number, lang)


@lru_cache(8192)
def _grouped(number: float | int, lang: str) -> str:
    return format_decimal(number, locale=locale_of(lang), numbering_system="latn")


@lru_cache(4096)
def country_name(code: str, lang: str) -> str:
    """The name of a country or organisation by its ST.3 code, or the code."""
    code = code.upper()
    for told in (locale_of(lang).territories, locale_of("en").territories, codelists.column("st3", "label")):
        if code in told:
            return str(told[code])
    return code


def language_name(code: str, lang: str) -> str:
    """The name of a language by its code, or the code."""
    return str(locale_of(lang).languages.get(code, code))
