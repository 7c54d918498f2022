"""The heading of a table: which row it is, what its columns are called; and rows below it that are no records."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from ipregister.exchange.json.cells import NOT_A_ROW
from ipregister.exchange.mapped.headings import plain, words
from ipregister.model.dates import parse as parse_date
from ipregister.model.digits import to_ascii

LOOKED_AT = 40
"""So many rows are looked at for the heading."""
_WIDE, _DATA = 0.6, 0.34
_CODE = re.compile(r"(?i)(?:inid\s*)?\(\s*[1-9][0-9]\s*[0-9]?\s*\)")
_SIGN = re.compile(r"\(?[0-9]{0,2}\)?\*{0,3}")
_NOTES, _NARROW = "*†‡¹²³⁴⁵⁶⁷⁸⁹", 4
_TOTALS = frozenset(
    """total totals sum subtotal grand итого всего жиыны барлығы жалпы бардыгы jami жами รวม รวมทั้งสิ้น
    รวมทั้งหมด ລວມ ລວມທັງໝົດ សរុប စုစုပေါင်း tổng cộng số jumlah 合计 总计 小计 合計 général""".split()
)
"""Words of which a row of totals begins with nothing but."""


def head_of(rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    """The row of the heading, from 1, and how many rows it has: the first that is filled about as far as the table is
    wide and holds words, not data. With the groups above it or the parts below it, it has two."""
    rows = _without_strays(rows)
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    counted = list(filled)
    while (at := _widest(rows, counted)) >= 0 and _is_odd(rows, filled, at):
        counted[at] = 0
    if at < 0:
        return next((n for n, count in enumerate(filled, 1) if count), 1), 1
    if at and _is_of_groups(rows[at - 1]) and filled[at - 1] < filled[at]:
        return at, 2
    return at + 1, 2 if at + 1 < len(rows) and _completes(rows[at], rows[at + 1]) else 1


def _without_strays(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The rows up to the last column that holds something in two of them, and what stands right beside it: a cell far
    off on the right is a remark or the number of a page, and says nothing of the heading."""
    counts: Counter[int] = Counter(n for row in rows for n, cell in enumerate(row) if cell.strip())
    wide = max((n + 1 for n, count in counts.items() if count > 1), default=len(counts))
    while counts[wide]:
        wide += 1
    return [list(row[:wide]) for row in rows]


def _widest(rows: Sequence[Sequence[str]], filled: Sequence[int]) -> int:
    """The first row, from 0, that is filled about as far as the widest and holds words; -1 where none does."""
    least = max(1, _WIDE * max(filled, default=0))
    return next((n for n, row in enumerate(rows) if filled[n] >= least and not _is_data(row)), -1)


def _is_odd(rows: Sequence[Sequence[str]], filled: Sequence[int], at: int) -> bool:
    """Whether a row is only too long, and no heading: a narrower table with a heading of words stands above it, and
    has more rows than follow it in its own width."""
    below = filled[at + 1 :]
    least = 3 if any(below) else 2
    above = next((n for n in range(at) if filled[n] >= least and not _is_data(rows[n])), at)
    alike = sum(
        least <= count <= filled[above] and count > _WIDE * filled[above] for count in filled[above + 1 : at]
    )
    return _WIDE * filled[at] > filled[above] and alike > sum(count >= _WIDE * filled[at] for count in below)


def _is_of_groups(row: Sequence[str]) -> bool:
    """Whether a row above a heading may name groups of columns: a title stands alone in the first."""
    filled = [n for n, cell in enumerate(row) if cell.strip()]
    return filled not in ([], [0]) and not _is_data(row)


def _is_data(row: Sequence[str]) -> bool:
    """Whether a third of the cells are dates or numbers of some length."""
    cells = [to_ascii(cell).strip() for cell in row if cell.strip()]
    return sum(_is_datum(cell) for cell in cells) > _DATA * len(cells)


def _is_datum(cell: str) -> bool:
    bare = re.sub(r"[\s./,-]", "", cell)
    return (bare.isdecimal() and not 1 < len(bare) < 4) or parse_date(cell, "dmy")[0] is not None


def _completes(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether a row names the parts of groups above it: it fills each gap, and has gaps where there are no groups. One
    that fills half of the gaps at least must hold nothing but parts of groups, and numbers of columns."""
    wide = max(len(upper), len(lower))
    above, below = ([cell.strip() for cell in [*row, *[""] * (wide - len(row))]] for row in (upper, lower))
    gaps = [n for n in range(wide) if not above[n]]
    inner = [n for n in gaps if any(above[:n])]
    if not inner or _is_data(below):
        return False
    groups = {n for n in range(wide - 1) if above[n] and not above[n + 1]}
    others = [below[n] for n in range(wide) if below[n] and n not in groups and n not in inner]
    signs = all(map(_SIGN.fullmatch, others))
    filled = sum(bool(below[n]) for n in inner)
    if filled < len(inner):
        return signs and 2 * filled >= len(inner)
    return signs or any(above[n] and not below[n] for n in range(wide)) or len(inner) * 2 >= wide


def names_of(rows: Sequence[Sequence[str]]) -> list[str]:
    """The names of the columns: of several rows put together, with a number after one that comes again, and with the
    number of the column where it has none. Nothing after the last that is named."""
    wide = max((n for row in rows for n, cell in enumerate(row, 1) if cell.strip()), default=0)
    whole = [[*row[:wide], *[""] * (wide - len(row))] for row in rows]
    for above in whole[:-1]:
        for n in range(1, wide):
            if not above[n].strip() and whole[-1][n].strip():
                above[n] = above[n - 1]
    found: list[str] = []
    seen: dict[str, int] = {}
    for n in range(wide):
        parts = list(
            dict.fromkeys(row[n].strip() if len(whole) > 1 else row[n] for row in whole if row[n].strip())
        )
        name = " / ".join(parts) or f"column {n + 1}"
        folded = " ".join(name.split())
        seen[folded] = seen.get(folded, 0) + 1
        found.append(name if seen[folded] == 1 else f"{name} [{seen[folded]}]")
    return found


def no_record(cells: Sequence[str], headings: Sequence[str] = (), *, first: bool) -> str:
    """Why a row that fits its heading is no record: a row of totals, the heading once more, a remark; or below a heading
    the numbers of the columns, or more words or INID codes of headings. Empty where it may be one."""
    texts = [cell.strip() for cell in cells if cell.strip()]
    if len(texts) > (2 if first else _NARROW) and texts == [str(n) for n in range(1, len(texts) + 1)]:
        return f"{NOT_A_ROW}: the numbers of the columns"
    if first and len(texts) > 1 and all(map(_is_heading, texts)):
        return f"{NOT_A_ROW}: another row of the heading"
    if len(texts) > 1 and all(map(_is_repeated, cells, headings)) and len(headings) >= len(texts):
        return f"{NOT_A_ROW}: the heading once more"
    if texts and len(texts) <= max(1, len(cells) // 2) and _is_total(texts[0]) and len(cells) > 2:
        return f"{NOT_A_ROW}: {' '.join(texts)[:80]}"
    if len(texts) == 1 and len(cells) >= _NARROW and _is_remark(texts[0]):
        return f"{NOT_A_ROW}: {' '.join(texts[0].split())[:80]}"
    return ""


def _is_repeated(cell: str, heading: str) -> bool:
    """Whether a cell is empty or says its heading again; of a heading of several rows, one of them."""
    said = plain(cell)
    return not said or said in {plain(heading), *(plain(part) for part in heading.split(" / "))}


def _is_remark(text: str) -> bool:
    """Whether the only text of a row is a remark or a title inside of a table: a note with its sign, a text without a
    digit, or of several words; a number alone may be a record of which nothing else is known."""
    return text[0] in _NOTES or len(text.split()) > 2 or not any(map(str.isdecimal, to_ascii(text)))


def _is_heading(text: str) -> bool:
    """Whether a text is a heading that is known, or an INID code in its parentheses."""
    return _CODE.fullmatch(to_ascii(text)) is not None or plain(text) in words()


def _is_total(text: str) -> bool:
    """Whether a text is a word for a total, with nothing but a number after it."""
    plain = unicodedata.normalize("NFC", to_ascii(text)).casefold()
    words = re.sub(r"[0-9\s:.,;()№=-]+", " ", plain).split()
    return bool(words) and all(word in _TOTALS for word in words)
