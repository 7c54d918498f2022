"""The parts of pages that stand there by the dozen, drawn without the template engine: hits, values, filters, choices.

Every text goes through `escape`; what is returned is whole HTML.
"""

from collections.abc import Iterable
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ipregister.model.line_breaks import UNSPACED, unbroken
from ipregister.portal.dates import show_date, show_number
from ipregister.portal.sources import LinkedValue
from ipregister.portal.values import Row, Value


def lang_attribute(lang: str | None) -> str:
    """The `lang` attribute of a text: none for a text of the page itself, an empty one (HTML: unknown) for `und`."""
    return f' lang="{escape(lang) if lang != "und" else ""}"' if lang else ""


def breakable(text: str, lang: str = "") -> str:
    """A text as HTML with places where its line may break, for scripts that write no spaces.

    The marks are `<wbr>`: they are not copied with the text."""
    if lang not in UNSPACED:
        return escape(text)
    return "<wbr>".join(map(escape, unbroken(text, lang)))


def values(many: Iterable[Value]) -> SafeString:
    """Values in a line."""
    return mark_safe(", ".join(map(_value, many)))  # noqa: S308 - escaped part by part


def _value(one: Value) -> str:
    """A value: a link to what it names, else to its evidence, else plain."""
    attribute, text = lang_attribute(one.lang), breakable(one.text, one.lang)
    note = f' <span class="quiet">{escape(one.note)}</span>' if one.note else ""
    if one.link:
        return f'<a href="{escape(one.link)}"{attribute}>{text}</a>{note}'
    if isinstance(one, LinkedValue) and one.source:
        return f'<a class="v" href="{escape(one.source)}"{attribute}>{text}</a>{note}'
    return f"<span{attribute}>{text}</span>{note}"


def facts(rows: Iterable[Row], *, inid: bool) -> SafeString:
    """Rows of a panel: label and values, the values below each other where there are several."""
    return mark_safe("".join(_fact(row, inid=inid) for row in rows))  # noqa: S308 - escaped part by part


def _fact(row: Row, *, inid: bool) -> str:
    code = f' <span class="inid">({escape(row.inid)})</span>' if inid and row.inid else ""
    drawn = [_value(one) for one in row.values]
    whole = drawn[0] if len(drawn) == 1 else "".join(f"<p>{one}</p>" for one in drawn)
    return f"<div><dt>{escape(row.label)}{code}</dt><dd>{whole}</dd></div>"


def card_rows(rows: Iterable[Row]) -> SafeString:
    """Rows of a card: label and values in a line."""
    drawn = (f'<p><span class="quiet small">{escape(r.label)}:</span> {values(r.values)}</p>' for r in rows)
    return mark_safe("".join(drawn))  # noqa: S308 - escaped part by part


def cells(row: Iterable[Iterable[Value]]) -> SafeString:
    """Cells of a row of a table."""
    return mark_safe("".join(f"<td>{values(cell)}</td>" for cell in row))  # noqa: S308 - escaped part by part


def hits(lines: Iterable[dict[str, Any]], lang: str) -> SafeString:
    """Records as items of a list."""
    classes = _("Classes %(list)s")
    return mark_safe("\n".join(_hit(line, lang, classes) for line in lines))  # noqa: S308 - escaped part by part


def _hit(line: dict[str, Any], lang: str, classes: str) -> str:
    address = escape(line["address"])
    heading = f'<h3><a href="{address}"{lang_attribute(line["lang"])}>{escape(line["title"])}</a></h3>'
    return (
        f'<li class="hit">{_thumb(line, address)}<div>\n{heading}\n{_about(line, lang, classes)}\n</div></li>'
    )


def _thumb(line: dict[str, Any], address: str) -> str:
    if not line["thumb"]:
        return f'<span class="thumb none" aria-hidden="true">{escape(line["feature"])}</span>'
    image = f'<img src="{escape(line["thumb"])}" alt="" loading="lazy" decoding="async">'
    return f'<a class="thumb" href="{address}" tabindex="-1" aria-hidden="true">{image}</a>'


def _about(line: dict[str, Any], lang: str, classes: str) -> str:
    other = ""
    if line["transliteration"]:
        attribute = lang_attribute(line["transliteration_lang"])
        other = f' <span class="quiet"{attribute}>{escape(line["transliteration"])}</span>'
    state = f'<p><span class="tag {line["tone"]}">{escape(line["state"])}</span>{other}</p>'
    owner = f"\n<p{lang_attribute(line['owner_lang'])}>{escape(line['owner'])}</p>" if line["owner"] else ""
    numbers = "".join(f'<span class="number">{escape(number)}</span>' for number in line["numbers"])
    rest = [
        line["office_name"],
        show_date(line["date"], lang),
        classes % {"list": line["classes"]} if line["classes"] else "",
    ]
    office, *others = (f"<span>{escape(text)}</span>" if text else "" for text in rest)
    return f'{state}{owner}\n<p class="meta">{office}{numbers}{"".join(others)}</p>{_why(line)}'


def _why(line: dict[str, Any]) -> str:
    """Why a record was found, where its likeness to something was asked for."""
    if "why" not in line:
        return ""
    score = f'<span class="tag">{line["score"]:.2f}</span> ' if "score" in line else ""
    return f'\n<p class="small">{score}{escape("; ".join(line["why"]))}</p>{_pair(line)}'


def _pair(line: dict[str, Any]) -> str:
    """The parts of two pictures that are alike, side by side."""
    if "pair" not in line:
        return ""
    sides = (f'<img src="{escape(line["pair"][side])}" alt="" loading="lazy">' for side in ("mine", "theirs"))
    text = escape(line["pair"]["text"])
    return f'\n<p class="pair"><span>{"".join(sides)}</span> <span class="small quiet">{text}</span></p>'


def filters(many: Iterable[dict[str, Any]], lang: str) -> SafeString:
    """The values of a facet as links with counts."""
    return mark_safe("\n".join(_filter(one, lang) for one in many))  # noqa: S308 - escaped part by part


def _filter(one: dict[str, Any], lang: str) -> str:
    current = ' aria-current="true"' if one["chosen"] else ""
    count = f'<span class="n">{escape(show_number(one["count"], lang))}</span>'
    text = f"<span>{escape(one['label'])}</span> {count}"
    return f'<li><a href="{escape(one["address"])}"{current} rel="nofollow">{text}</a></li>'


def options(choices: Iterable[tuple[str, str]], chosen: str) -> SafeString:
    """The choices of a field of a form, as code and word."""
    drawn = (
        f'<option value="{escape(code)}"{" selected" if code == chosen else ""}>{escape(word)}</option>'
        for code, word in choices
    )
    return mark_safe("".join(drawn))  # noqa: S308 - escaped part by part
