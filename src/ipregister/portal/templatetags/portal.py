"""The tags and filters that all templates have."""

import datetime as dt
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from django import template
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from icu import BreakIterator, Locale

from ipregister.portal.dates import show_date, show_moment, show_number

register = template.Library()
_UNSPACED = {"lo", "km", "th", "my"}


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


@register.filter
def day(iso: str | None) -> str:
    """A date in words. A delivery's extraction time (`2026-01-31#02`) is shown as its day."""
    return show_date((iso or "").partition("#")[0], reader_language())


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
    """The values of a facet as links with counts: a page holds a hundred of them, too many for template tags."""
    lang = reader_language()
    current = mark_safe(' aria-current="true"')
    return format_html_join(
        "\n",
        '<li><a href="{}"{} rel="nofollow"><span>{}</span> <span class="n">{}</span></a></li>',
        (
            (one["address"], current if one["chosen"] else "", one["label"], show_number(one["count"], lang))
            for one in values
        ),
    )


@register.filter
def lang_attr(lang: str | None) -> str | SafeString:
    """The `lang` attribute of a text, where its language is known."""
    return format_html(' lang="{}"', lang) if lang and lang != "und" else ""


@register.filter
def breakable(text: str, lang: str = "") -> str | SafeString:
    """A text with places where its line may break, for scripts that write no spaces.

    The marks are `<wbr>`: they are not copied with the text."""
    if lang not in _UNSPACED:
        return text
    breaks = BreakIterator.createLineInstance(Locale(lang))
    breaks.setText(text)
    units = text.encode("utf-16-le")
    parts, start = [], 0
    for end in breaks:
        parts.append((units[2 * start : 2 * end].decode("utf-16-le"),))
        start = end
    return format_html_join(mark_safe("<wbr>"), "{}", parts)
