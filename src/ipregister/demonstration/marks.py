"""The words of a mark: ordinary words of the region's languages, or a coined name in one of its scripts."""

from random import Random
from typing import NamedTuple

from .coined import coined
from .vocabulary import words

UNSPACED = ("lo", "th", "km", "my", "zh")
COINED = 20000


class Words(NamedTuple):
    """The words of a mark, their language, and their reading in Latin letters if they need one."""

    text: str
    language: str
    reading: str


def mark_words(rng: Random, style: str) -> Words:
    """Words in a style of ``offices.toml``: a language, ``coined``, or ``coined-<script>``."""
    if style.startswith("coined"):
        return _coined(rng, style.partition("-")[2])
    stock = words("marks")["words"][style]
    parts = rng.sample(stock, 1 if rng.random() < 0.25 else 2 if rng.random() < 0.85 else 3)
    if style in UNSPACED:
        reading = " ".join(words("marks")["pinyin"][part] for part in parts) if style == "zh" else ""
        return Words((" " if style != "zh" and rng.random() < 0.2 else "").join(parts), style, reading)
    text = " ".join(parts)
    return Words(_cased(rng, text), style, "")


def _coined(rng: Random, script: str) -> Words:
    name = coined(int(COINED * rng.random() ** 3))
    if script:
        return Words(getattr(name, script), script, name.latin)
    text = name.latin
    if rng.random() < 0.25:
        text += " " + rng.choice(words("marks")["words"]["en"]).title()
    return Words(_cased(rng, text), "en", "")


def _cased(rng: Random, text: str) -> str:
    chance = rng.random()
    if chance < 0.4:
        return text.upper()
    if chance < 0.9:
        return " ".join(word[:1].upper() + word[1:] for word in text.split(" "))
    return f"{text.title()} {int(chance * 1000) % 99}"


def special_marks() -> list[str]:
    """Marks that break careless software."""
    marks: list[str] = words("marks")["special"]["marks"]
    return marks
