"""Vietnamese orthography: whether a word is a possible syllable, from initial, rime and tone."""

from functools import lru_cache
from unicodedata import normalize

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_STOPPED = frozenset("\u0301\u0323")
_INITIALS = (
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr",
    "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
)  # fmt: skip
_FRONT = frozenset("ieêy")
_RIMES = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong
    ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut
    uy uya uych uyên uyêt uynh uyp uyt uyu
    ư ưa ưc ươc ươi ươm ươn ương ươp ươt ươu ưi ưng ưt ưu y yêm yên yêng yêt yêu
    """.split()
)
_AFTER_QU = frozenset("aăâeêiyôơ")


@lru_cache(maxsize=4096)
def is_syllable(word: str) -> bool:
    """Whether a word is written as one Vietnamese syllable, all small, all capitals or with a first capital."""
    whole = normalize("NFC", word)
    if not (whole.islower() or whole.isupper() or whole.istitle()):
        return False
    apart = normalize("NFD", whole.lower())
    tones = [letter for letter in apart if letter in _TONES]
    if len(tones) > 1:
        return False
    plain = normalize("NFC", "".join(letter for letter in apart if letter not in _TONES))
    stopped = plain.endswith(("c", "ch", "p", "t"))
    if stopped and not (tones and tones[0] in _STOPPED):
        return False
    return any(plain.startswith(first) and _joins(first, plain[len(first) :]) for first in _INITIALS)


def _joins(initial: str, rime: str) -> bool:
    """Whether a rime may follow an initial: `k`, `gh`, `ngh` before front vowels, `c`, `g`, `ng` before others."""
    if rime not in _RIMES:
        return False
    front = rime[0] in _FRONT
    if initial in ("k", "gh", "ngh"):
        return front
    if initial in ("c", "ng"):
        return not front
    if initial == "g":
        return not front or rime[0] == "i"
    if initial == "qu":
        return rime[0] in _AFTER_QU
    return True
