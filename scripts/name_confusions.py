"""Confusable spellings of a name by stated changes, to train the reading of names. Nothing is collected: every
pair is a name and what one of the changes below makes of it."""

import random
import unicodedata
from collections import defaultdict
from collections.abc import Callable
from functools import cache

from anyascii import anyascii

from ipregister.search.similarity.romanise.script import script_of_letter
from ipregister.search.similarity.romanise.tables import table

_TABLES = {"Thai": "thai", "Laoo": "lao", "Khmr": "khmer", "Mymr": "burmese", "Taml": "tamil", "Cyrl": "cyrillic",
           "Arab": "arabic", "Kana": "kana"}  # fmt: skip
_RESPELL = (("ph", "f"), ("f", "ph"), ("ck", "k"), ("k", "c"), ("c", "k"), ("qu", "kw"), ("x", "ks"), ("ks", "x"),
            ("s", "z"), ("z", "s"), ("i", "y"), ("y", "i"), ("v", "w"), ("w", "v"), ("oo", "u"), ("ee", "i"),
            ("ou", "u"), ("sh", "sch"), ("ch", "tch"), ("t", "tt"), ("l", "ll"), ("nn", "n"), ("ll", "l"),
            ("ss", "s"), ("c", "q"), ("k", "q"), ("ai", "ei"), ("ie", "y"), ("s", "c"), ("j", "g"))  # fmt: skip
_LEET = {"o": "0", "i": "1", "e": "3", "a": "4", "s": "5", "t": "7", "l": "1", "b": "8"}
_AFFIXES = ("{} Co., Ltd.", "PT {}", "{} Sdn. Bhd.", "The {}", "{} Group", "{} Plus", "New {}", "{} Shop", "My {}",
            "{} Online", "{} Inc", "{} GmbH", "{} Asia", "Super {}", "{} Café", "{} International")  # fmt: skip
Change = Callable[[str, random.Random], str]


def delete(name: str, dice: random.Random) -> str:
    """One letter less."""
    place = dice.randrange(len(name))
    return name[:place] + name[place + 1 :]


def insert(name: str, dice: random.Random) -> str:
    """One letter of the name's own more."""
    place = dice.randrange(len(name) + 1)
    extra = dice.choice("abcdefghijklmnopqrstuvwxyz" if name.isascii() else name)
    return name[:place] + extra + name[place:]


def transpose(name: str, dice: random.Random) -> str:
    """Two letters side by side change places."""
    place = dice.randrange(max(1, len(name) - 1))
    return name[:place] + name[place + 1 : place + 2] + name[place : place + 1] + name[place + 2 :]


def first_letter(name: str, dice: random.Random) -> str:
    """Another first letter."""
    return dice.choice("bcdfghjklmnpqrstvwz" if name.isascii() else name) + name[1:]


def vowels(name: str, dice: random.Random) -> str:
    """One or two vowels replaced."""
    letters = list(name)
    places = [i for i, c in enumerate(letters) if c.lower() in "aeiou"]
    for place in dice.sample(places, min(len(places), dice.randint(1, 2))):
        letters[place] = dice.choice("aeiou")
    return "".join(letters)


def respell(name: str, dice: random.Random) -> str:
    """One to three groups of letters written otherwise for the same sound."""
    text = name.lower()
    for old, new in dice.sample(_RESPELL, len(_RESPELL)):
        if old in text and dice.random() < 0.4:
            text = text.replace(old, new, 1)
    return text


def respell_delete(name: str, dice: random.Random) -> str:
    """Respelled, and one letter less."""
    return delete(respell(name, dice), dice)


def leet(name: str, dice: random.Random) -> str:
    """Some letters as digits that look like them."""
    return "".join(_LEET[c] if c in _LEET and dice.random() < 0.5 else c for c in name.lower())


def bare(name: str, dice: random.Random) -> str:
    """Without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))


def joined(name: str, dice: random.Random) -> str:
    """Words joined, or one word split."""
    if " " in name:
        return name.replace(" ", "")
    place = dice.randrange(1, max(2, len(name)))
    return f"{name[:place]} {name[place:]}"


def reordered(name: str, dice: random.Random) -> str:
    """Words in another order."""
    words = name.split()
    dice.shuffle(words)
    return " ".join(words)


def affixed(name: str, dice: random.Random) -> str:
    """With a legal form or a common word."""
    return dice.choice(_AFFIXES).format(name)


def dominant(name: str, dice: random.Random) -> str:
    """One word of a longer name alone: the longest, mostly the first."""
    words = name.split()
    return words[0] if dice.random() < 0.6 else max(words, key=len)


@cache
def _same_sound(script: str) -> dict[str, list[str]]:
    by_sound: dict[str, list[str]] = defaultdict(list)
    for row in table(_TABLES[script]):
        if row.kind in ("C", "V", "L") and row.sound:
            by_sound[row.sound].append(row.letters)
    return {one: group for group in by_sound.values() if len(group) > 1 for one in group if len(one) == 1}


@cache
def _same_reading() -> dict[str, list[str]]:
    by_sound: dict[str, list[str]] = defaultdict(list)
    for code in range(0x4E00, 0x9FA6):
        char = chr(code)
        if char.encode("gb2312", "ignore"):
            by_sound[anyascii(char)].append(char)
    return {one: group for group in by_sound.values() if len(group) > 1 for one in group}


def homophone(name: str, dice: random.Random) -> str:
    """One or two letters of a script replaced by others of the same sound (Chinese: of the same reading)."""
    letters = list(name)
    groups = {}
    for place, char in enumerate(letters):
        script = script_of_letter(char)
        group = _same_reading() if script == "Hani" else _same_sound(script) if script in _TABLES else {}
        if char in group:
            groups[place] = group[char]
    for place in dice.sample(sorted(groups), min(len(groups), dice.randint(1, 2))):
        letters[place] = dice.choice(groups[place])
    return "".join(letters)


CHANGES: dict[str, Change] = {
    "delete": delete, "insert": insert, "transpose": transpose, "first_letter": first_letter, "vowels": vowels,
    "respell": respell, "respell_delete": respell_delete, "leet": leet, "bare": bare, "joined": joined,
    "reordered": reordered, "affixed": affixed, "dominant": dominant, "homophone": homophone,
}  # fmt: skip
"""All changes by name. Those for Latin letters leave other scripts as they are."""


def change(name: str, dice: random.Random) -> tuple[str, str]:
    """A change drawn for a name, as (kind, changed name); the name comes back unchanged where none fits."""
    latin = script_of_letter(next((c for c in name if c.isalpha()), "-")) == "Latn"
    several = len(name.split()) > 1
    kinds = ["delete", "insert", "transpose", "joined", "first_letter"]
    kinds += (
        ["vowels", "respell", "respell_delete", "leet", "bare", "affixed"] if latin else ["homophone"] * 4
    )
    kinds += ["reordered", "dominant", "dominant"] if several else []
    kind = dice.choice(kinds)
    return kind, CHANGES[kind](name, dice) or name
