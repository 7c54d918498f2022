"""What a name in plain Latin letters sounds like: one letter a sound, near sounds as one letter.

Letters of a sound key: `p` for b p, `f` for f v ph, `t` for t d th, `k` for k g q and hard c, `s` for all
hissing sounds (s z sh ch j ts x), `r` for l and r, `m`, `n` for n and ng, `u` for u o w, `i` for e i y,
`a`. `h` is left out: half of the scripts write it where the others do not.
"""

import re

_RULES = (
    ("tsch", "c"), ("tch", "c"), ("sch", "s"), ("dzh", "j"), ("shch", "s"), ("eau", "o"), ("ough", "o"),
    ("ght", "t"), ("ck", "k"), ("ph", "f"), ("sh", "s"), ("ch", "s"), ("zh", "s"), ("kh", "k"), ("gh", "k"),
    ("th", "t"), ("dh", "t"), ("bh", "p"), ("ts", "s"), ("tz", "s"), ("dz", "s"), ("qu", "k"), ("ng", "n"),
    ("cc(?=[eiy])", "ks"), ("c(?=[eiy])", "s"), ("ti(?=on)", "s"), ("x", "ks"), ("[cgq]", "k"), ("[jz]", "s"),
    ("[dt]", "t"), ("[bp]", "p"), ("[fv]", "f"), ("l", "r"), ("h", ""),
)  # fmt: skip
_NAMED = [(re.compile(pattern), sound) for pattern, sound in _RULES]
_VOWELS = str.maketrans("eiyouw", "iiiuuu")
_DOUBLE = re.compile(r"([a-z])\1+")
_NOT_CONSONANT = re.compile("[aiu ]+")


def sound_key(plain: str) -> str:
    """The sounds of a name, words joined: `shopping mall` and `shoping mol` both begin `supin`."""
    text = plain.replace(" ", "")
    for pattern, sound in _NAMED:
        text = pattern.sub(sound, text)
    return _DOUBLE.sub(r"\1", text.translate(_VOWELS))


def skeleton(key: str) -> str:
    """The consonants of a sound key."""
    return _DOUBLE.sub(r"\1", _NOT_CONSONANT.sub("", key))
