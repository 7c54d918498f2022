"""Words that tell of a design kept closed: publication deferred, deposit sealed or secret. The words are data,
`codes/deferment_stems.csv`: one table for headings, names of elements, remarks and words of status."""

import re
import unicodedata
from functools import cache

from ipregister.model import codelists


def tells(text: str) -> bool:
    """Whether a text has such a word, in any language of the table."""
    if text.isascii() and text.isdigit():
        return False
    return _stems().search(unicodedata.normalize("NFC", text).casefold()) is not None


@cache
def _stems() -> re.Pattern[str]:
    stems = (unicodedata.normalize("NFC", stem).casefold() for stem in codelists.table("deferment_stems"))
    return re.compile("|".join(map(re.escape, stems)))
