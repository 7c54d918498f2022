"""Language codes exist, and a text is written in a script of its language."""

from collections.abc import Iterator
from functools import lru_cache

from ipregister.model import codelists
from ipregister.model.finding import Finding, FindingKind
from ipregister.model.mark import Trademark
from ipregister.model.right import Right
from ipregister.quality import remedies
from ipregister.quality.rule import Case, Rule, found
from ipregister.quality.signs import SCRIPTS, has_other, script_of

_CODES = codelists.codes("languages") | {"mul", "zxx", "und"}
_USE = codelists.column("languages", "use")
_NAMED = ("/applicants/", "/holders/", "/representatives/", "/correspondents/", "/recordals/")

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
            if _fault(code):
                yield _told(code, path)
    for code, path in case.looked.languages.items():
        if code not in seen and _fault(code):
            yield _told(code, path)


def untold(case: Case[Trademark]) -> Iterator[Finding]:
    """Disclaimers and descriptions of marks whose language nobody told."""
    mark = case.record.mark
    for field in ("disclaimers", "descriptions"):
        for number, text in enumerate(getattr(mark, field)):
            if text.lang == "und":
                yield found(UNTOLD, f"/mark/{field}/{number}/lang")


@lru_cache(maxsize=1024)
def _fault(tag: str) -> bool:
    """Whether something is to be said of a language's code."""
    code = tag.partition("-")[0]
    return code not in _CODES or bool(_USE.get(code))


def _told(tag: str, path: str) -> Finding:
    code = tag.partition("-")[0]
    return found(FORMER, path, tag, use=_USE[code]) if code in _CODES else found(UNKNOWN, path, tag)


def scripts(case: Case[Right]) -> Iterator[Finding]:
    """Texts in a script that their language is not written in; one finding for each pair of the two.

    Names and addresses in Latin letters are no fault: they belong to no language. Nor are transliterations:
    they are given because the mark is in another script."""
    first: dict[tuple[str, str], tuple[str, str]] = {}
    count: dict[tuple[str, str], int] = {}
    for place, number, text in case.looked.doubtful:
        lang = text.lang
        allowed = SCRIPTS.get(lang)
        if allowed is None or ("Latn" in allowed and not has_other(text.text)):
            continue
        script = script_of(text.text)
        if not script or script in allowed or place == "/mark/transliterations":
            continue
        if not (script == "Latn" and place.startswith(_NAMED)):
            pair = (lang, script)
            count[pair] = count.get(pair, 0) + 1
            first.setdefault(pair, (f"{place}/{number}/text", text.text))
    for pair, (path, value) in first.items():
        yield found(SCRIPT, path, value, language=pair[0], script=pair[1], count=str(count[pair]))


GENERAL: tuple[Rule[Right], ...] = (
    Rule((UNKNOWN, FORMER), codes),
    Rule((SCRIPT,), scripts, doubtful=True),
)
"""Those that hold for rights of every kind."""

RULES: tuple[Rule[Trademark], ...] = (
    Rule((UNKNOWN, FORMER), codes),
    Rule((UNTOLD,), untold),
    Rule((SCRIPT,), scripts, doubtful=True),
)
