"""Texts as cells of CSV for a person's spreadsheet: none is run as a formula."""

import re

_FIRST = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
_INSIDE = re.compile(r"(?<=[;\t\r\n])(?= *(?:[=@＝＠]|[+\-＋－] *[A-Za-z\d.]+ *[|(!]))")
"""A spreadsheet of a country where `;` parts cells parts them there whatever the quotes say, and runs what follows. A dash
there is a formula only with what a formula has: lists of goods have dashes, too."""


def guarded(text: str) -> str:
    """The text with an apostrophe before each place where a spreadsheet would take it for a formula."""
    if not text or text.isalnum():
        return text
    begins = len(text) - len(text.lstrip())
    safe = text[:begins] + _INSIDE.sub("'", text[begins:])
    return f"'{safe}" if _FIRST.match(text) else safe
