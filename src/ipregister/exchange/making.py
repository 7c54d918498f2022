"""Texts of a document that say how it is made, not what stands in the register: a list of the loss checker's own, so that
no reader can put a value aside by calling it such."""

import re
from collections.abc import Iterable

from ipregister.model.digits import to_ascii

NAMES = frozenset({
    # where an element stands, and what points to it
    "@id", "@idref", "@idrefs", "@num", "@sequence", "@sequenceNumber", "@line",
    # how tables and texts are drawn
    "@align", "@valign", "@char", "@charoff", "@cols", "@colname", "@colnum", "@colsep", "@colwidth", "@namest", "@nameend", "@morerows",
    "@rowsep", "@frame", "@pgwide", "@tabstyle", "@headingLevelCode", "@level", "@compact", "@list-style", "@display", "@height", "@width",
    "@measureUnitCode", "@space",
    # the schema and the service that made the document, and when
    "@st96Version", "@ipoVersion", "@xsdVersion", "@dtd-version", "@sourceDB", "@dataFormat", "@data-format", "@processingType",
    "@fulltext-format", "@system", "@creationDate", "@dateProduced", "@dateMigr", "data_day", "@desc", "@lang", "@adopted-law",
    # the kind of what stands beside it, which is a field of the record or a name in it
    "DocumentKindCategory", "DocumentName", "DocumentFormatCategory", "DocumentContentCategory", "MarkEventCategory",
    "DesignApplicationEventCategory", "AllDesignsIndicator", "@inventionTitleCategory", "type-code",
    # how many of something follow; what a schema asks for where there is nothing
    "international-code-total-no", "us-code-total-no", "FeePayableTotalAmount",
})  # fmt: skip
"""Last names of the paths of such texts."""

_PARTS = frozenset({"section", "class", "subclass", "maingroup", "group", "subgroup", "mainclass"})
"""Parts of the symbol of a patent class, which is one word in the record."""
_WORD = re.compile(r"[^\W_]+")


def tells_how(path: str) -> bool:
    """Whether the text at a path says how its document is made."""
    return path.rpartition("/")[2] in NAMES


class Words:
    """The words and numbers of a record's values, to see whether a text is said in another spelling."""

    def __init__(self, values: Iterable[str]) -> None:
        texts = [to_ascii(value) for value in values]
        self._words = {_plain(word) for text in texts for word in _WORD.findall(text)}
        self._joined = {"".join(_WORD.findall(text)).casefold() for text in texts}

    def say(self, text: str, path: str = "") -> bool:
        """Whether each word of a text is one of the record's, or all together are (a day written without signs)."""
        words = _WORD.findall(to_ascii(text))
        if path.rpartition("/")[2].replace("-", "").lower() in _PARTS:
            return any("".join(words).casefold() in joined for joined in self._joined)
        return "".join(words).casefold() in self._joined or all(_plain(word) in self._words for word in words)


def _plain(word: str) -> str:
    return word.casefold().lstrip("0") or "0"
