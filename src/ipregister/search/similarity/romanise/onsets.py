"""Thai and Lao in the order in which they are spoken: vowel signs written before a consonant, or before two, after them.

Two consonants after such a sign begin the syllable together (`เพลง`, phleng), or the second one closes it (`โบลตัน`,
Bolton) or begins the next (`โครักชา`). Signs that stand on the second one decide, else what follows it, by ordinary
spelling: `r` closes no syllable of today's spelling, `l` and `w` do.
"""

import re
from functools import cache

NO_VOWEL = "\u0e3a"
"""Thai phinthu: the consonant before it has no vowel of its own. Put between two consonants that begin a syllable."""
_TONES = {"thai": "[่-๋]", "lao": "[່-໋]"}
_BEFORE = {"thai": "[เแโใไ]", "lao": "[ເແໂໃໄ]"}
_SINGLE = {"thai": "[ก-ฮ]", "lao": "(?:ຫ[ນມລວຍງຣຼ]|[ກ-ຮໜໝ])"}

_O = "อ(?![ะ-ฺ])"
"""The Thai letter as a vowel sign."""
_CLOSES = f"[กขคงจชซดตทนบปพฟมยรลวศสฐถธณภ](?![ะ-ฺ็-๎])(?!{_O})"
"""A Thai consonant that closes the syllable: none of its own vowel follows."""
_THAI = "|".join([
    "[กขคตปผพบดฟ][รล](?=[็่-๋])|[กขค]ว(?=[็่-๋])",  # a sign on the second letter
    "(?<=เ)(?:[กขคตทปผพบดฟ]ร|[กขคปผพบฟ]ล)(?=ี[่-๋]?ย|ื[่-๋]?อ|าะ|ะ|อ(?![ะ-ฺ]))",  # frames of two signs
    "(?<=แ)(?:[กขคตปพ]ร|[กขคปผพ]ล)(?=ะ)",
    f"(?:(?<=[เแไใ])[กขคตทปพบดฟ]|(?<=โ)[กขคตปพบดฟ])ร(?=[เแโใไ]|[ก-ฮ]|$|\\s)(?!{_O})",
    f"(?<=[เแโ])(?:[กขคปผพบฟ]ล|[กขค]ว)(?={_CLOSES})",
    "(?<=[ไใ])(?:[กขคปผพบฟ]ล|[กขค]ว)(?=[เแโใไ]|[ก-ฮ]|$|\\s)",
])  # fmt: skip
_LAO = "|".join([
    "[ກຂຄປພຕທດບຟຝ][ຣລ](?=[່-໋])|[ກຂຄ]ວ(?=[່-໋])",
    "(?<=[ເແໂ])[ກຂຄປພຕທດບຟຝ][ຣລ](?=ັ)",
    "(?<=[ເແໂໃໄ])[ກຂຄປພຕທດບຟຝ]ຣ(?=[ເແໂໃໄ]|[ກ-ຮໜໝ](?![ະ-ູົຽ])|[ກ-ຍດ-ຟມ-ລສ-ຫໜໝ](?=[ະ-ູົຽ])|$|\\s)",
    "(?<=[ໃໄ])[ກຂຄປພຜ]ລ(?=[ເແໂໃໄ]|[ກ-ຮໜໝ]|$|\\s)",
    "[ກຂຄປພຕທດບຟຝ]ລ(?=[ກ-ຮໜໝ](?![ະ-ູົຽ]))",
])  # fmt: skip
_TOGETHER = {"thai": _THAI, "lao": _LAO}
_SIGNED = re.compile("(?:(?<=[กขคปพบฟดต])ร|(?<=[กขคปพบฟ])ล)(?=[ะ-ู]|อ(?![ะ-ฺ])|[่-๋])|(?<=[กขค])ว(?=า|[่-๋]|ั)")
"""The second of two Thai consonants that begin a syllable and whose vowel follows them."""


@cache
def _ordering(name: str) -> re.Pattern[str]:
    return re.compile(f"({_BEFORE[name]})({_TOGETHER[name]}|{_SINGLE[name]})({_TONES[name]}*)")


def in_spoken_order(text: str, name: str) -> str:
    """A text without signs for tones, each vowel sign after the consonants that it is spoken after; other scripts as
    they are."""
    if name not in _BEFORE:
        return text
    text = _ordering(name).sub(lambda found: _onset(found.group(2), name) + found.group(1), text)
    if name == "thai":
        text = _SIGNED.sub(rf"{NO_VOWEL}\g<0>", text)
    return re.sub(_TONES[name], "", text)


def _onset(letters: str, name: str) -> str:
    return NO_VOWEL.join(letters) if name == "thai" else letters
