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
    "@fulltext-format", "@system", "@creationDate", "@dateProduced", "@dateMigr", "data_day", "@desc", "@lang", "@languageCode", "@adopted-law",
    # the kind of what stands beside it, which is a field of the record or a name in it
    "DocumentKindCategory", "DocumentName", "DocumentFormatCategory", "DocumentContentCategory", "MarkEventCategory",
    "DesignApplicationEventCategory", "AllDesignsIndicator", "@inventionTitleCategory", "type-code",
    # how many of something follow; what a schema asks for where there is nothing
    "international-code-total-no", "us-code-total-no", "FeePayableTotalAmount",
})  # fmt: skip
"""Last names of the paths of such texts."""

ENDS = (
    # in documents of ours: where a value belongs that the standard has no place for; whose data they are
    "/Register/Value/@pointer", "/Register/Value/@kind", "source/office", "source/notice",
    # the message that brought a document
    "/TransactionContentBag/TransactionIdentifier", "/TransactionContentBag/TransactionCategory",
)  # fmt: skip
"""Ends of the paths of such texts."""

USUAL = frozenset({
    ("DesignEvent/DesignEventCategory", "Undefined"), ("Image/ImageFormatCategory", "TIFF"),
    ("RegisteredPractitioner/RegisteredPractitionerCategory", "Agent"), ("Applicant/CommentText", "Holder"),
    ("GoodsServicesClassification/ClassificationKindCode", "Nice"), ("priority-claim/@kind", "convention"),
    ("GIData/GICategory", "Geographical Indication"), ("IndicationProduct/ClassificationKindCode", "Locarno"),
})  # fmt: skip
"""Words that a schema asks for where there is nothing to say, and words of what a record is silent of since it is usual."""

_NUMBERED = frozenset({"TrademarkDocument/CommentText", "DocumentIncluded/CommentText", "Register/Value"})
"""Places of numbers in documents of ours: of the picture or event that a file belongs to, of the order of a list."""
_NUMBERS = re.compile(r"[0-9]+(?: [0-9]+)*")

_PARTS = frozenset({"section", "class", "subclass", "maingroup", "group", "subgroup", "mainclass"})
"""Parts of the symbol of a patent class, which is one word in the record."""
_WORD = re.compile(r"[^\W_]+")


def tells_how(path: str, text: str) -> bool:
    """Whether the text at a path says how its document is made."""
    last = "/".join(path.rsplit("/", 2)[-2:])
    if path.rpartition("/")[2] in NAMES or path.endswith(ENDS) or (last, text.strip()) in USUAL:
        return True
    return last in _NUMBERED and _NUMBERS.fullmatch(text.strip()) is not None


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
