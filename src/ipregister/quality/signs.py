"""What is seen in a text at a glance: whether it has an odd sign, and which scripts its letters are of.

A text is looked at term by term, as semicolons part it, and what was seen in a term is remembered: names, addresses and
the terms of goods come again and again, and no sign that is looked for reaches over a semicolon.
"""

import re
from functools import cache, lru_cache

from ipregister.model import codelists

LENGTH = 100
"""Terms up to this length are likely to come again, so that they are remembered."""
_JOINED = {"Jpan": "Hani Kana", "Kore": "Hang Hani"}
SCRIPTS = {
    code: frozenset(word for script in text.split() for word in _JOINED.get(script, script).split())
    for code, text in codelists.column("languages", "scripts").items()
    if text
}
"""Language -> the scripts it is written in."""

_OWN_SCRIPT = re.compile(
    r"(?P<Laoo>[\u0e80-\u0eff])|(?P<Thai>[\u0e00-\u0e7f])|(?P<Khmr>[\u1780-\u17ff\u19e0-\u19ff])"
    r"|(?P<Mymr>[\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f])|(?P<Cyrl>[\u0400-\u052f])|(?P<Grek>[\u0370-\u03ff])"
    r"|(?P<Arab>[\u0600-\u06ff\u0750-\u077f])|(?P<Hebr>[\u0590-\u05ff])|(?P<Deva>[\u0900-\u097f])"
    r"|(?P<Beng>[\u0980-\u09ff])|(?P<Taml>[\u0b80-\u0bff])|(?P<Telu>[\u0c00-\u0c7f])|(?P<Armn>[\u0530-\u058f])"
    r"|(?P<Geor>[\u10a0-\u10ff])|(?P<Mong>[\u1800-\u18af])|(?P<Java>[\ua980-\ua9df])"
    r"|(?P<Kana>[\u3040-\u30ff])|(?P<Hang>[\uac00-\ud7af\u1100-\u11ff\u3130-\u318f])"
    r"|(?P<Hani>[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff])"
)
_OTHER = re.compile(r"[\u0370-\u1dbf\u2c80-\ud7ff\uf900-\ufaff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_FEW, _ENOUGH = 4, 300

CP1252 = (
    r"\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2022\u2026\u2030\u2039\u203a"
    r"\u20ac\u2122"
)
"""The characters of cp1252 beyond ASCII, those of Latin-1 among them, inside a class of an expression."""
_ODD_SIGNS = (
    rf"{CP1252.replace('00ff', '00bf')}\ufffd\ufeff\u202a-\u202e\u2066-\u2069\ue000-\uf8ff\u1000-\u109f&"
)
_ODD = re.compile(rf"[{_ODD_SIGNS}]")
UPPER_LATIN1 = re.compile(r"[\u00c0-\u00ff]{4,}")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_CLOSER = re.compile(
    rf"[{_ODD_SIGNS}\u0400-\u052f\u00c0-\u00ff](?:(?<=[{_ODD_SIGNS}\u0400-\u052f])|[\u00c0-\u00ff]{{3}})"
)
"""Without it a text has no odd sign, no Cyrillic letter and no row of accented ones."""
LATIN_BY_CYRILLIC = re.compile(r"[A-Za-z](?:(?=[\u0400-\u052f])|(?<=[\u0400-\u052f][A-Za-z]))")
"""A Latin letter beside a Cyrillic one."""


def may_tell(text: str, lang: str) -> bool:
    """Whether a text with more than ASCII is worth a closer look: it has odd signs, or letters of a script that its
    language is not written in."""
    allowed = SCRIPTS.get(lang)
    for term in text.split(";"):
        scripts = _seen(term) if len(term) <= LENGTH else _look(term)
        if scripts is None or not (allowed is None or scripts <= allowed):
            return True
    return not text.strip()


def is_odd(text: str) -> bool:
    """Whether a text with more than ASCII is worth the slow looks. One search tells of most that it is not."""
    return not (text.isprintable() and _CLOSER.search(text) is None) and bool(
        _ODD.search(text)
        or not text.isprintable()
        or UPPER_LATIN1.search(text)
        or (_CYRILLIC.search(text) and LATIN_BY_CYRILLIC.search(text))
    )


def _look(text: str) -> frozenset[str] | None:
    """The scripts of a text, None where it has odd signs."""
    return None if is_odd(text) else scripts_in(text)


_seen = lru_cache(maxsize=32768)(_look)


def scripts_in(text: str) -> frozenset[str]:
    """The scripts of which a text has letters."""
    found = {"Latn"} if _LATIN.search(text) else set()
    rest = text if _OTHER.search(text) else ""
    while match := _OWN_SCRIPT.search(rest):
        script = match.lastgroup or ""
        found.add(script)
        rest = _letters(script).sub("", rest)
    return frozenset(found)


def has_other(text: str) -> bool:
    """Whether a text has a letter of a script other than Latin."""
    return not text.isascii() and _OTHER.search(text) is not None


@cache
def _letters(script: str) -> re.Pattern[str]:
    return re.compile(next(g for g in _OWN_SCRIPT.pattern.split("|") if f"<{script}>" in g))


def script_of(text: str) -> str:
    """The script that most letters of a text, as far as it is enough, are of; empty where there are too few to tell."""
    text = text[:_ENOUGH]
    latin = len(_LATIN.findall(text)) if _LATIN.search(text) else 0
    match = _OWN_SCRIPT.search(text) if has_other(text) else None
    if match is None:
        return "Latn" if latin >= _FEW else ""
    script = match.lastgroup or ""
    if not latin:
        return script
    own = len(_letters(script).findall(text))
    if own >= latin:
        return script
    return "Latn" if own * _FEW < latin else ""
