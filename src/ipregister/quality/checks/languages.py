"""Language codes exist, and a text is written in a script of its language."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from ipregister.model import codelists
from ipregister.model.finding import Finding, FindingKind
from ipregister.model.mark import Trademark
from ipregister.model.right import Right
from ipregister.quality import remedies
from ipregister.quality.rule import REPEATED, Case, Rule, found

_CODES = codelists.codes("languages") | {"mul", "zxx", "und"}
_USE = codelists.column("languages", "use")
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
_NAMED = ("/applicants/", "/holders/", "/representatives/", "/correspondents/", "/recordals/")
_FEW, _ENOUGH = 4, 300

UNKNOWN = FindingKind(
    "language-unknown",
    "warning",
    "“{value}” is no code of a language.",
    remedies.LANGUAGE,
    "ISO 639-1; BCP 47",
)
FORMER = FindingKind(
    "language-former",
    "notice",
    "“{value}” is a former code; “{use}” has taken its place.",
    remedies.LANGUAGE,
    "ISO 639-1",
)
SCRIPT = FindingKind(
    "language-script",
    "notice",
    "A text said to be in {language} is written in another script ({script}): “{value}”. Places like it: {count}.",
    remedies.LANGUAGE,
    "ISO 639-1; ISO 15924",
)
UNTOLD = FindingKind(
    "language-missing",
    "notice",
    "The language of a disclaimer or description is not told.",
    remedies.LANGUAGE,
    "BCP 47",
)


def codes(case: Case[Right]) -> Iterator[Finding]:
    """The codes of the record's languages and of each text; each wrong code once."""
    record = case.record
    seen: set[str] = set()
    for path, code in (
        ("/application_language", record.application_language),
        ("/second_language", record.second_language),
    ):
        if code:
            seen.add(code)
            yield from _code(code, path)
    for code, path in case.looked.languages.items():
        if code not in seen:
            yield from _code(code, path)


def untold(case: Case[Trademark]) -> Iterator[Finding]:
    """Disclaimers and descriptions of marks whose language nobody told."""
    mark = case.record.mark
    for field in ("disclaimers", "descriptions"):
        for number, text in enumerate(getattr(mark, field)):
            if text.lang == "und":
                yield found(UNTOLD, f"/mark/{field}/{number}/lang")


def _code(tag: str, path: str) -> Iterator[Finding]:
    code = tag.partition("-")[0]
    if code not in _CODES:
        yield found(UNKNOWN, path, tag)
    elif _USE.get(code):
        yield found(FORMER, path, tag, use=_USE[code])


def scripts(case: Case[Right]) -> Iterator[Finding]:
    """Texts in a script that their language is not written in; one finding for each pair of the two.

    Names and addresses in Latin letters are no fault: they belong to no language. Nor are transliterations:
    they are given because the mark is in another script."""
    first: dict[tuple[str, str], tuple[str, str]] = {}
    count: dict[tuple[str, str], int] = {}
    for place, number, text in case.looked.doubtful:
        lang = text.lang
        allowed = SCRIPTS.get(lang)
        if allowed is None or ("Latn" in allowed and not _has_other(text.text)):
            continue
        script = script_of(text.text) if len(text.text) > REPEATED else _short_script(text.text)
        if not script or script in allowed or place == "/mark/transliterations":
            continue
        if not (script == "Latn" and place.startswith(_NAMED)):
            pair = (lang, script)
            count[pair] = count.get(pair, 0) + 1
            first.setdefault(pair, (f"{place}/{number}/text", text.text))
    for pair, (path, value) in first.items():
        yield found(SCRIPT, path, value, language=pair[0], script=pair[1], count=str(count[pair]))


def _has_other(text: str) -> bool:
    """Whether a text has a letter of a script other than Latin."""
    return not text.isascii() and _OTHER.search(text) is not None


@cache
def _letters(script: str) -> re.Pattern[str]:
    return re.compile(next(g for g in _OWN_SCRIPT.pattern.split("|") if f"<{script}>" in g))


def script_of(text: str) -> str:
    """The script that most letters of a text are of; empty where there are too few to tell."""
    text = text[:_ENOUGH]
    latin = len(_LATIN.findall(text)) if _LATIN.search(text) else 0
    match = _OWN_SCRIPT.search(text) if _has_other(text) else None
    if match is None:
        return "Latn" if latin >= _FEW else ""
    script = match.lastgroup or ""
    if not latin:
        return script
    own = len(_letters(script).findall(text))
    if own >= latin:
        return script
    return "Latn" if own * _FEW < latin else ""


_short_script = lru_cache(maxsize=16384)(script_of)


GENERAL: tuple[Rule[Right], ...] = (
    Rule((UNKNOWN, FORMER), codes),
    Rule((SCRIPT,), scripts),
)
"""Those that hold for rights of every kind."""

RULES: tuple[Rule[Trademark], ...] = (
    Rule((UNKNOWN, FORMER), codes),
    Rule((UNTOLD,), untold),
    Rule((SCRIPT,), scripts),
)
