"""Texts as cells of CSV for a person's spreadsheet: none is run as a formula, and each can be read back as it was."""

import re

_FIRST = r"[^\S\t\r\n]*[=+\-@＝＋－＠\t\r\n]"
"""What a spreadsheet takes for a formula, or passes over, where a cell begins."""
_INSIDE = r" *(?:[=@＝＠]|[+\-＋－] *[A-Za-z\d.]+ *[|(!])"
"""A spreadsheet of a country where `;` parts cells parts them there whatever the quotes say, and runs what follows; so it
does after a line break. A dash there is a formula only with what a formula has: lists of goods have dashes, too."""
_AFTER = r"(?<=[;\t\r\n])"
_BARE = re.compile(rf"\A(?='*{_FIRST})|{_AFTER}(?='*{_INSIDE})")
_GUARD = re.compile(rf"\A'(?='*{_FIRST})|{_AFTER}'(?='*{_INSIDE})")
"""Apostrophes that stand there already are counted in: one is always added, and one is always taken off."""


def guarded(text: str) -> str:
    """The text with an apostrophe before each place where a spreadsheet would take it for a formula."""
    return text if not text or text.isalnum() else _BARE.sub("'", text)


def unguarded(text: str) -> str:
    """What was guarded, as it was: the inverse of `guarded`, for every text."""
    return _GUARD.sub("", text) if "'" in text else text
