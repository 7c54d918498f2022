"""Formal statements in the place of a translation ("a naming", "no meaning"): no names of their records."""

import re
from functools import cache
from importlib import resources

from ipregister.search.similarity.folding import folded

FORMAL_KINDS = ("translation", "transliteration")
"""Kinds of names (`shelf.entry`) in whose place offices make such statements."""
_SIGNS = re.compile(r"[^\w\s\u0300-\u036f\u0e00-\u0eff\u1780-\u17ff]+|_")


def is_formal(text: str) -> bool:
    """Whether the whole text of a translation is one of `formal_statements.tsv`, or has no letter nor digit."""
    plain = _plain(text)
    return not any(char.isalnum() for char in plain) or plain in _statements()


def _plain(text: str) -> str:
    return " ".join(_SIGNS.sub(" ", folded(text)).split())


@cache
def _statements() -> frozenset[str]:
    file = resources.files("ipregister.search.similarity") / "formal_statements.tsv"
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return frozenset(_plain(phrase) for line in lines for phrase in line.split("\t")[1:])
