"""The tags and filters that all templates have."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from django import template
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from ipregister.portal import drawing
from ipregister.portal.dates import show_date, show_moment, show_number
from ipregister.portal.sources import LinkedValue
from ipregister.portal.staff.menu import menu_of
from ipregister.portal.values import Row

register = template.Library()


def reader_language() -> str:
    """The language of the page."""
    return get_language() or "en"


@cache
def _version(path: str) -> str:
    found = finders.find(path)
    return hashlib.sha256(Path(str(found)).read_bytes()).hexdigest()[:10] if found else ""


@register.simple_tag
def asset(path: str) -> str:
    """The address of a static file, with the hash of its content."""
    version = _version(path)
    return f"{static(path)}?{version}" if version else static(path)


@register.simple_tag(takes_context=True)
def staff_menu(context: template.Context) -> list[tuple[str, str]]:
    """The staff pages that the reader may open: address and label."""
    return menu_of(context["request"])


@register.filter
def day(iso: str | None) -> str:
    """A date in words. A delivery's extraction time (`2026-01-31#02`) is shown as its day."""
    return show_date((iso or "").partition("#")[0], reader_language())


@register.filter
def code_words(told: str) -> SafeString:
    """A description of the OpenAPI document: what stands between backticks is code, all the rest is text."""
    parts = told.split("`")
    if not len(parts) % 2:
        return format_html("{}", told)
    shown = (("<code>{}</code>" if place % 2 else "{}", part) for place, part in enumerate(parts))
    return SafeString("".join(format_html(form, part) for form, part in shown))


@register.filter
def moment(at: dt.datetime | None) -> str:
    """A point in time in words."""
    return show_moment(at, reader_language())


@register.filter
def number(count: Any) -> str:
    """A number with separators."""
    return show_number(count, reader_language()) if isinstance(count, int | float) else ""


@register.filter
def facet_values(values: list[dict[str, Any]]) -> SafeString:
    """The values of a facet as links with counts."""
    return drawing.filters(values, reader_language())


@register.filter
def hit_lines(lines: list[dict[str, Any]]) -> SafeString:
    """Records as items of a list."""
    return drawing.hits(lines, reader_language())


@register.filter
def options(choices: Iterable[tuple[str, str]], chosen: str) -> SafeString:
    """The choices of a field of a form."""
    return drawing.options(choices, chosen)


@register.filter
def value_line(value: LinkedValue) -> SafeString:
    """A value of a record with its link."""
    return drawing.values((value,))


@register.filter
def fact_rows(rows: Iterable[Row], inid: bool) -> SafeString:
    """The rows of a panel, with their INID codes where these are asked for."""
    return drawing.facts(rows, inid=inid)


@register.filter
def card_rows(rows: Iterable[Row]) -> SafeString:
    """The rows of a card."""
    return drawing.card_rows(rows)


@register.filter
def cells(row: Iterable[Iterable[LinkedValue]]) -> SafeString:
    """The cells of a row of a table."""
    return drawing.cells(row)


@register.filter
def lang_attr(lang: str | None) -> SafeString:
    """The `lang` attribute of a text, where its language is known."""
    return mark_safe(drawing.lang_attribute(lang))  # noqa: S308 - escaped there
