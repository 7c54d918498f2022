"""A name without what does not change it: case, width, look-alike letters of other scripts, invisible signs."""

import re
import unicodedata

from ipregister.search.similarity.romanise.script import script_of_letter

_LOOKS = {
    "Cyrl": ("авекмнорстухіјѕԁԛԝһєɡґбиьпгя", "abekmhopctyxijsdqwheggbubnrr"),
    "Grek": ("αβεικνορτυχωηϲϳμσ", "abeikvoptuxwncjuo"),
    "Armn": ("օոսցհյ", "onughj"),
}
"""Letters of other alphabets that look like Latin ones, in small letters."""
_CAPITALS = {
    "Cyrl": ("АВЕКМНОРСТУХІЈЅҮЗԌ", "ABEKMHOPCTYXIJSY3G"),
    "Grek": ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"),
}
"""The same for capitals, which look like others than the small letters do."""
_LOOSELY = "ґбиьпгявкмнтβηωμσυօոսցհյ"
"""Small letters that only look somewhat like a Latin one."""
_TO_LATIN = {s: str.maketrans(*pair) for s, pair in _LOOKS.items()}
_TO_LATIN_CAPITAL = {s: str.maketrans(*pair) for s, pair in _CAPITALS.items()}
_FROM_LATIN = {s: {v: k for k, v in reversed(t.items())} for s, t in _TO_LATIN.items()}
_FROM_LATIN_SURELY = {
    s: {v: k for k, v in reversed(t.items()) if chr(k) not in _LOOSELY} for s, t in _TO_LATIN.items()
}
_FROM_LATIN_CAPITAL = {s: {v: k for k, v in reversed(_TO_LATIN_CAPITAL.get(s, {}).items())} for s in _LOOKS}
_ODD_LATIN = str.maketrans("ıɑɡıɩʟⱺꞵƅᴀʙᴄᴅᴇɢʜɪᴊᴋᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢſĸ", "iagiilobbabcdeghijkmnoprtuvwyzsk")
_DIGITS = str.maketrans("0134578$@!|+€", "oieastbsaiite")
_SARA_AM = {
    "\u0e33": re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32"),
    "\u0eb3": re.compile("\u0ecd([\u0ec8-\u0ecb]?)\u0eb2"),
}
"""The vowel `am` of Thai and of Lao, which NFKC takes apart and many keyboards write in two signs."""
_WORD = re.compile(r"\w+")
_LEET = re.compile(r"[^\W\d_]*[0-9$@!|+€][\w$@!|+€]*")
_LETTER = re.compile(r"[a-z]")
_AS_LETTERS = frozenset("0134578$@!|+€")
_PARTS = re.compile(r"([a-zß-ÿ])([A-Z])")


def folded(name: str) -> str:
    """A name in one form: NFKC (Thai and Lao `am` stay one letter), no case, no invisible signs, look-alike letters inside
    a word made one script."""
    text = unicodedata.normalize("NFKC", name)
    for letter, parts in _SARA_AM.items():
        text = parts.sub(rf"\1{letter}", text)
    text = "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Cc", "Cs") or c.isspace())
    if not text.isascii():
        text = _WORD.sub(lambda found: _one_script(found.group()), text)
    return " ".join(text.casefold().split())


def _one_script(word: str) -> str:
    """A word that mixes letters of several alphabets, in the one that more letters can only be of."""
    scripts = {script_of_letter(char) for char in word}
    others = [script for script in _LOOKS if script in scripts]
    if len(others) + ("Latn" in scripts) < 2:
        return word.translate(_ODD_LATIN) if "Latn" in scripts else word
    for script in others:
        word = word.translate(_TO_LATIN_CAPITAL.get(script, {}))
    for script in others:
        if any(char.isupper() and script_of_letter(char) == script for char in word):
            back = (
                word.translate(_FROM_LATIN_CAPITAL[script]).casefold().translate(_FROM_LATIN_SURELY[script])
            )
            if not _has(back, "Latn"):
                return back
    small = word.casefold()
    for script in others:
        small = small.translate(_TO_LATIN[script])
    left = [script for script in others if _has(small, script)]
    return word.casefold().translate(_FROM_LATIN[left[0]]) if left else small


def _has(word: str, script: str) -> bool:
    return any(script_of_letter(char) == script for char in word)


def unleeted(text: str) -> str:
    """A folded name with the digits and signs inside its words read as the letters they look like, in words that have
    more letters than those: `3M` is not `EM`, and `M1LK` is `MILK`."""
    return _LEET.sub(lambda found: _read_digits(found.group()), text)


def _read_digits(word: str) -> str:
    letters, signs = sum(map(str.isalpha, word)), sum(sign.isdigit() or sign in _AS_LETTERS for sign in word)
    return word.translate(_DIGITS) if letters > signs and _LETTER.search(word) else word


def as_letters(name: str) -> str:
    """The digits and signs of a folded name that are read as letters, in their order; empty where none is."""
    if unleeted(name) == name:
        return ""
    return "".join(sign for sign in name if sign in _AS_LETTERS)


def look(text: str) -> str:
    """A folded name as the eye takes it in: Latin look-alikes of any alphabet, no accents, digits as letters."""
    for table in _TO_LATIN.values():
        text = text.translate(table)
    text = unicodedata.normalize("NFD", unleeted(text))
    bare = "".join(c for c in text if not "\u0300" <= c <= "\u036f")
    return unicodedata.normalize("NFC", "".join(c for c in bare if c.isalnum() or c.isspace()
                                                or unicodedata.category(c)[0] == "M"))  # fmt: skip
