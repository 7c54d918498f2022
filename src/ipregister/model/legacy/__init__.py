"""Texts in old encodings and fonts, seen as such only on strong evidence, and what they meant.

A delivered text may be the bytes of an old encoding that some program took for Latin-1 (Thai, Cyrillic,
Vietnamese, UTF-8 taken twice) or the codes of an old font (TCVN3, VNI, LSWin, Zawgyi). To mark a valid text
as bad is worse than the reverse: an encoding is named only where the office or the language of the text
stands for it, no valid orthography explains the text as it is, and every word becomes a valid one.

`doubtful` is the quick look that every text pays for; `encoding_of` decides; `decode` is the pure function that
the repair `legacy:<encoding>` applies.
"""

from collections.abc import Callable

from ipregister.model.legacy import burmese, doubled, runs, vietnamese
from ipregister.model.legacy.gate import doubtful
from ipregister.model.offices import Office

__all__ = ["ENCODINGS", "decode", "doubtful", "encoding_of"]

Decoder = Callable[[str], str]

ENCODINGS: dict[str, Decoder] = {
    "utf-8": doubled.decode,
    "tis-620": runs.THAI.decode,
    "cp1251": runs.CYRILLIC.decode,
    "lswin": runs.LAO.decode,
    "tcvn3": vietnamese.tcvn3,
    "vni": vietnamese.vni,
    "cp1258": vietnamese.cp1258,
    "zawgyi": burmese.decode,
}
"""Every encoding that is converted, by the name it has in evidence and findings."""


def decode(text: str, encoding: str) -> str:
    """What a text in an old encoding meant.

    Raises `KeyError` for an unknown encoding, `ValueError` for a text that is none of it."""
    return ENCODINGS[encoding](text)


def encoding_of(text: str, language: str, office: Office) -> str:
    """The old encoding that a text is in, beyond reasonable doubt; empty where there is none or a doubt.

    `language` is the BCP 47 tag of the text as far as it is known, `und` or empty where it is not."""
    if burmese.seems(text, language):
        return "zawgyi"
    found = ["utf-8"] if doubled.seems(text) else []
    found += [script.name for script in runs.SCRIPTS if script.seems(text, language, office)]
    found += vietnamese.seems(text, language, office)
    return found[0] if len(found) == 1 else ""
