"""Text that is set with other elements in it (formulas, tables, lists, indexes), made readable without loss.

The content of an element is written as plain markup: its texts, escaped, and the local names of the elements
inside it, without attributes (`H<sub>2</sub>O`). `readable` makes lines of it:

- paragraphs, items of lists, parts of claims, rows of tables stand on lines of their own; cells of a row between
  ` | `;
- an index or exponent of digits and signs becomes the characters Unicode has for it (`H₂O`, `10⁻³`), any other
  stays as it is; a fraction has `/` between its halves;
- runs of blanks become one blank, empty lines go away; operators that are not seen (`U+2062`) as well.

Every letter and digit of the content is in the lines; the loss checker counts them by itself.
"""

import re

_TOKEN = re.compile(r"<(/?)([^<>]*)>|([^<>]+)")
_BLANKS = re.compile("[ \t\r\n]+")
_CELL = "\x1f"
_UNSEEN = dict.fromkeys(range(0x2061, 0x2065))

LINES = frozenset(
    "br p li row tr claimtext title heading paragraphs tables table ul ol dl dt dd pre thead tbody tgroup "
    "tablegroup tablehead tablebody maths claim".split()
)
"""Elements that begin and end a line, in lower case without hyphens."""

CELLS = frozenset({"entry", "td", "th"})
ASIDE = frozenset(
    "image pageimage claimnumber claimtypecategory claimstatuscategory claimnumberrange biodeposit".split()
)
"""Elements whose texts are values of their own, and no running text."""

_PLACES = {"sub": {0: "sub"}, "sup": {0: "sup"}, "msub": {2: "sub"}, "msup": {2: "sup"},
           "msubsup": {2: "sub", 3: "sup"}}  # fmt: skip
_SUB = str.maketrans("0123456789+-=()−", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎₋")
_SUP = str.maketrans("0123456789+-=()−ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾⁻ⁿⁱ")
_SMALL = {"sub": (frozenset("0123456789+-=()−"), _SUB), "sup": (frozenset("0123456789+-=()−ni"), _SUP)}


def escaped(text: str) -> str:
    """A text as it stands in markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _plain(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def kind_of(name: str) -> str:
    """The name of an element as it is compared with the lists above."""
    return name.replace("-", "").lower()


class _Lines:
    """The lines made so far, and the elements that are open."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._open: list[tuple[str, int]] = []  # kind, number of children so far
        self._small: list[str] = []
        self._aside = 0
        self._cells = 0

    def start(self, kind: str) -> None:
        small = ""
        if kind in ("sub", "sup"):
            small = kind
        elif self._open:
            above, count = self._open[-1]
            self._open[-1] = above, count + 1
            small = _PLACES.get(above, {}).get(count + 1, "")
            if above == "mfrac" and count == 1:
                self.parts.append("/")
        self._open.append((kind, 0))
        self._small.append(small)
        self._aside += kind in ASIDE
        self._cells += kind in CELLS
        if kind in LINES:
            self.parts.append(" " if self._cells else "\n")

    def end(self) -> None:
        if not self._open:
            return
        kind, _ = self._open.pop()
        self._small.pop()
        self._aside -= kind in ASIDE
        self._cells -= kind in CELLS
        if kind in CELLS:
            self.parts.append(" " if self._cells else _CELL)
        elif kind in LINES:
            self.parts.append(" " if self._cells else "\n")

    def text(self, text: str) -> None:
        if self._aside:
            return
        text = _BLANKS.sub(" ", _plain(text).translate(_UNSEEN))
        small = next((one for one in reversed(self._small) if one), "")
        if small:
            signs, table = _SMALL[small]
            bare = text.strip()
            if bare and signs.issuperset(bare):
                text = text.translate(table)
        self.parts.append(text)


def readable(markup: str) -> str:
    """The lines that a content says."""
    if "<" not in markup:
        return " ".join(_BLANKS.split(_plain(markup).translate(_UNSEEN))).strip()
    lines = _Lines()
    for close, name, text in _TOKEN.findall(markup):
        if text:
            lines.text(text)
        elif close:
            lines.end()
        else:
            lines.start(kind_of(name))
    rows = [_row(line) for line in "".join(lines.parts).split("\n")]
    return "\n".join(row for row in rows if row)


def _row(line: str) -> str:
    cells = [" ".join(_BLANKS.split(cell)).strip() for cell in line.split(_CELL)]
    while cells and not cells[-1]:
        cells.pop()
    if not any(cells):
        return ""
    return _BLANKS.sub(" ", " | ".join(cells)).strip()
