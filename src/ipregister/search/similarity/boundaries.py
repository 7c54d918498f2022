"""Where a part of a name may begin and end: not inside the signs of a syllable."""

import unicodedata

_FOLLOWING = frozenset("ะาำๅะາຳຽະຯャュョァィゥェォーゃゅょぁぃぅぇぉ")
"""Letters that belong to the one before."""
_LEADING = frozenset("เแโใไເແໂໃໄ\u17d2\u1039\u094d\u09cd")
"""Letters and signs to which the next one belongs."""
_ASAT = "\u103a"


def is_boundary(text: str, place: int) -> bool:
    """Whether a part of a name may begin or end at a place."""
    if place in (0, len(text)):
        return True
    if text[place] in _FOLLOWING or text[place - 1] in _LEADING:
        return False
    if unicodedata.category(text[place])[0] == "M":
        return False
    signs = text[place + 1 : place + 3]
    return not (_ASAT in signs and unicodedata.category(signs[0])[0] == "M")
