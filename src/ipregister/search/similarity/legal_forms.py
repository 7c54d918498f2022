"""Legal forms and words of trade of the region's languages as they are written (`legal_forms.tsv`).

Scripts without spaces write them together with the name: `บริษัทกขคจำกัด`, `道香有限公司`. They are cut off here before the
name is read, so that the same owner is the same owner with and without them, in any script.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import NamedTuple

from ipregister.search.similarity.folding import folded

FIRST, LAST, ANY = "first", "last", "any"
PLACES = (FIRST, LAST, ANY)
"""Where a form may stand in a name."""
_SIGNS = {"(株)": "株式会社", "(有)": "有限会社", "(주)": "주식회사", "(유)": "유한회사"}
"""Signs in brackets (one character in some keyboards) and what they stand for."""
_BETWEEN = r"[\s().,;:'\"«»“”-]"
"""Signs that may stand between a name and a legal form; vowel signs are none of them."""
_SPACELESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


class LegalForm(NamedTuple):
    """One form as it is written: language (ISO 639-1), place in the name, text as it is folded."""

    language: str
    place: str
    written: str


@cache
def legal_forms() -> tuple[LegalForm, ...]:
    """All forms, in the order of the list."""
    text = (resources.files("ipregister.search.similarity") / "legal_forms.tsv").read_text(encoding="utf-8")
    return tuple(_forms(text.splitlines()))


def _forms(lines: list[str]) -> Iterator[LegalForm]:
    for line in lines:
        if line.startswith("#"):
            continue
        language, place, words = line.split("\t")
        for word in words.split("|"):
            yield LegalForm(language, place, folded(word))


@cache
def _cuts() -> tuple[tuple[re.Pattern[str], str], ...]:
    of: dict[str, set[str]] = {place: set() for place in PLACES}
    for form in legal_forms():
        if _SPACELESS.search(form.written):
            of[form.place].add(form.written)
    any_, first, last = (_either(of[place]) for place in (ANY, FIRST, LAST))
    return (
        (re.compile(any_), r" \g<0> "),
        (re.compile(rf"^{_BETWEEN}*(?:{first})"), r"\g<0> "),
        (re.compile(rf"(?:{last})(?=(?:{last}|{_BETWEEN})*$)"), r" \g<0> "),
    )


def _either(written: set[str]) -> str:
    return "|".join(map(re.escape, sorted(written, key=len, reverse=True)))


def cut(name: str) -> str:
    """A folded name with spaces where a script without spaces writes a legal form together with the name."""
    if name.isascii() or not _SPACELESS.search(name):
        return name
    for sign, meant in _SIGNS.items():
        name = name.replace(sign, meant)
    for pattern, with_space in _cuts():
        name = pattern.sub(with_space, name)
    return " ".join(name.split())
