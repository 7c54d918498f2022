"""What a name in plain Latin letters sounds like: one letter a sound, near sounds as one letter.

Letters of a sound key: `p` for b p, `f` for f v ph, `t` for t d th, `k` for k g q and hard c, `s` for all
hissing sounds (s z sh ch j ts x), `r` for l and r, `m`, `n` for n and ng, `u` for u o w, `i` for e i y,
`a`. `h` is left out: half of the scripts write it where the others do not.
"""

import re
from functools import lru_cache

_GROUPS = {
    "tsch": "s", "shch": "s", "sch": "s", "tch": "s", "dzh": "s", "ough": "u", "eau": "u", "ght": "t", "cc": "ks",
    "ck": "k", "ph": "f", "sh": "s", "ch": "s", "zh": "s", "kh": "k", "gh": "k", "th": "t", "dh": "t", "bh": "p",
    "ts": "s", "tz": "s", "dz": "s", "qu": "k", "ng": "n", "x": "ks", "c": "s", "ti": "s",
}  # fmt: skip
"""Groups of letters that make one sound; `c`, `cc` and `ti` only before some letters."""
_BEFORE = {"cc": "(?=[eiy])", "c": "(?=[eiy])", "ti": "(?=on)"}
_GROUP = re.compile(
    "|".join(group + _BEFORE.get(group, "") for group in sorted(_GROUPS, key=len, reverse=True))
)
_SINGLE = str.maketrans("bdgqcjzvleyowx", "ptkkkssfriiuus", "h ")
_DOUBLE = re.compile(r"([a-z])\1+")
_NOT_CONSONANT = re.compile("[aiu ]+")


def sound_key(plain: str) -> str:
    """The sounds of a name, words joined: `shopping mall` and `shoping mol` both begin `supin`."""
    text = _GROUP.sub(lambda found: _GROUPS[found.group()], plain.replace(" ", ""))
    return _DOUBLE.sub(r"\1", text.translate(_SINGLE))


@lru_cache(maxsize=65536)
def word_key(word: str) -> str:
    """The sounds of one word, kept for the next time."""
    return sound_key(word)


def skeleton(key: str) -> str:
    """The consonants of a sound key."""
    return _DOUBLE.sub(r"\1", _NOT_CONSONANT.sub("", key))
