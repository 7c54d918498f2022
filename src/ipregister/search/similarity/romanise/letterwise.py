"""Alphabets: each letter, or known group of letters, has one sound."""

import re
from functools import cache

from ipregister.search.similarity.romanise.tables import table


@cache
def _reader(name: str) -> tuple[re.Pattern[str], dict[str, str]]:
    sounds = {row.letters: row.sound for row in table(name)}
    return re.compile("|".join(map(re.escape, sorted(sounds, key=len, reverse=True)))), sounds


def read(text: str, name: str) -> str:
    """A text of the script of that table in Latin letters; characters that are not in the table stay."""
    pattern, sounds = _reader(name)
    return pattern.sub(lambda found: sounds[found.group()], text)
