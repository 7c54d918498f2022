"""Where the lines of a text may break, also in scripts that write no spaces (Unicode Standard Annex 14, and the
dictionaries of ICU)."""

from icu import BreakIterator, Locale
from rich.cells import cell_len

UNSPACED = frozenset({"lo", "km", "th", "my"})
"""Languages whose words are not parted by spaces."""


def unbroken(text: str, lang: str) -> list[str]:
    """The parts of a text that no line breaks in; joined they are the text."""
    breaks = BreakIterator.createLineInstance(Locale(lang))
    breaks.setText(text)
    units = text.encode("utf-16-le", "surrogatepass")
    parts, start = [], 0
    for end in breaks:
        parts.append(units[2 * start : 2 * end].decode("utf-16-le", "surrogatepass"))
        start = end
    return parts


def wrapped(text: str, lang: str, width: int) -> str:
    """A text in lines of at most so many cells of a terminal, but for a part that is longer by itself."""
    return "\n".join(_wrapped(line, lang, width) for line in text.split("\n"))


def _wrapped(line: str, lang: str, width: int) -> str:
    lines = [""]
    for part in unbroken(line, lang):
        if lines[-1] and cell_len(lines[-1] + part.rstrip()) > width:
            lines.append("")
        lines[-1] += part
    return "\n".join(one.rstrip() for one in lines)
