"""A name in plain Latin letters, in two ways: as it is spoken, and letter by letter."""

import re
import unicodedata
from collections.abc import Callable
from functools import partial

from anyascii import anyascii

from ipregister.search.similarity.legal_forms import cut
from ipregister.search.similarity.romanise import east, letterwise, syllables
from ipregister.search.similarity.romanise.pinyin import pinyin
from ipregister.search.similarity.romanise.script import script_of

READERS: dict[str, Callable[[str], str]] = {
    "Thai": partial(syllables.read, name="thai"),
    "Laoo": partial(syllables.read, name="lao"),
    "Khmr": partial(syllables.read, name="khmer"),
    "Mymr": partial(syllables.read, name="burmese"),
    "Taml": partial(syllables.read, name="tamil"),
    "Deva": partial(syllables.read, name="devanagari"),
    "Beng": partial(syllables.read, name="bengali"),
    "Cyrl": partial(letterwise.read, name="cyrillic"),
    "Arab": partial(letterwise.read, name="arabic"),
    "Hebr": partial(letterwise.read, name="hebrew"),
    "Grek": partial(letterwise.read, name="greek"),
    "Geor": partial(letterwise.read, name="georgian"),
    "Armn": partial(letterwise.read, name="armenian"),
    "Hani": east.han,
    "Kana": east.kana,
    "Hang": east.hangul,
}
"""How each script is read; a name in another is read by `anyascii` alone."""

_PLACES = re.compile("(?<=..)(?=(?:[市县縣镇鎮区區州省郡町村]|မြို့)$)")
"""Before the word for a city, county, town, ... at the end of a name in a script without spaces."""
_NOT_PLAIN = re.compile("[^a-z0-9]+")


def spoken(name: str, script: str = "") -> str:
    """A folded name (`folding.folded`) as it is spoken: words of a-z and 0-9 with single spaces."""
    reader = READERS.get(script or script_of(name))
    text = reader(_PLACES.sub(" ", cut(unicodedata.normalize("NFC", name)))) if reader else name
    return plain(text)


def spelled(name: str) -> str:
    """A folded name letter by letter, as `anyascii` writes it, Chinese in Pinyin: words of a-z and 0-9 with single spaces."""
    return plain(pinyin(name))


def plain(text: str) -> str:
    """Any text in words of a-z and 0-9 with single spaces."""
    latin = text if text.isascii() else anyascii(text)
    return _NOT_PLAIN.sub(" ", latin.lower().replace("'", "").replace("`", "")).strip()
