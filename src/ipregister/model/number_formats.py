"""Number formats of a spreadsheet's cells: what kind of value a format shows, and what a cell showed where that is certain.

A spreadsheet program that makes something else of what was typed writes a value and a format: `7-11` becomes the number of a
day in the format `d-mmm`, `100%` the number 1 in the format `0%`. Source: ISO/IEC 29500-1, 18.8.30 and 18.8.31.
"""

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from msgspec import Struct

TRUTH, DAY, TIME = "TRUE/FALSE", "date", "time"
"""What stands for the format of a truth value, and for that of a day or a time whose format is not known."""
GENERAL, LOST = "General", "0.00000000000000E+00"
"""The format of a number as it is, and the one in which a number is given whose last digits are lost."""
BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "d/m/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "d/m/yyyy h:mm", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00",
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    **dict.fromkeys((*range(27, 37), *range(50, 59), *range(71, 82)), DAY),
}  # fmt: skip
"""The formats that a workbook names by number alone; those with day and month in the order of the reader's language stand
here in one of them."""
LONGEST = 15
"""So many digits of a number a spreadsheet keeps."""
_COUNTS_RIGHT_FROM = 61
"""Below, the number of a day is that of January or February 1900, where a spreadsheet counts a day too many."""
_ASIDE = re.compile(r'"[^"]*"?|\\.|_.|\*.')
"""Texts in a format, blanks as wide as a letter, a letter that fills the cell."""
_BRACKETS = re.compile(r"\[[^\]]*\]")
_COLOUR = r"\[(?:black|blue|cyan|green|magenta|red|white|yellow|colou?r ?[0-9]{1,2})\]"
_LANGUAGE = r"\[\$-(?:(?:0{0,2}|0?1)[0-9a-f]{6}|[0-9a-f]{1,6}|[a-z]{2,3}(?:-[a-z0-9]{2,8})*)\]"
"""A language, by its number (of eight digits the first two are the digits it is shown in: 0 and 1 are ours) or its tag."""
_HARMLESS = re.compile(rf"{_COLOUR}|\[\$-[^\]]*\]", re.IGNORECASE)
"""Brackets beside which a number is shown as a number: no currency, no condition, no words for digits."""
_PERIOD = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_PIECE = re.compile(
    r'"(?P<text>[^"]*)"|\\(?P<sign>.)|(?P<digit>#*0)|(?P<bare>[-+() $%])|(?P<odd>.)', re.DOTALL
)
_SILENT = re.compile(rf'("[^"]*"|\\.)|_.|\* |{_COLOUR}|{_LANGUAGE}', re.DOTALL | re.IGNORECASE)
"""What shows nothing, or blanks; texts beside it are kept."""
_GENERAL = re.compile("general", re.IGNORECASE)
_CONDITION = re.compile(r"\[[<>=][^\]]*\]")
_HALVES = re.compile("am/pm|a/p|上午/下午")
_RUN = re.compile(r"([^\W\d_])\1*")
_BESIDE = frozenset("年月日時时分秒г")
"""Signs that stand in a format of a day as they are."""
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[ T].*)?")


def is_general(code: str) -> bool:
    """Whether a format shows a value as it is."""
    return code.strip().casefold() in ("", "general", "@")


def is_day_or_time(code: str) -> bool:
    """Whether a format shows a number as a day or a time."""
    bare = _GENERAL.sub("", _ASIDE.sub("", code))
    return bool(_PERIOD.search(bare) or re.search("[ymdhs]", _BRACKETS.sub("", bare), re.IGNORECASE))


def is_quantity(code: str) -> bool:
    """Whether a format shows a number as a number, with no sign of its own but points, blanks and brackets."""
    first = re.sub(r'"\s*"|\\\s|_.|\*.', "", _sections(code)[0])
    return not (re.sub(r"[0#?,. ()+-]", "", _HARMLESS.sub("", first)) or _is_conditional(code))


def _is_conditional(code: str) -> bool:
    """Whether the value decides which part of a format shows it."""
    return _CONDITION.search(_ASIDE.sub("", code)) is not None


def is_whole(text: str, code: str) -> bool:
    """Whether a cell holds a whole number that its format shows as a number; or as a day of 1900, which nobody meant."""
    return text.isdecimal() and (
        is_quantity(code) or (is_day_or_time(code) and int(text) < _COUNTS_RIGHT_FROM)
    )


def is_bare(text: str, code: str) -> bool:
    """Whether a cell holds a whole number of which its format shows no zeros on the left."""
    places = _BRACKETS.sub("", _ASIDE.sub("", _sections(code)[0])).partition(".")[0].count("0")
    return is_whole(text, code) and places <= len(text)


def names(text: str, code: str) -> bool:
    """Whether a cell says the number of a record, whatever its format: not where that has made something else of it. 2024.10
    is 2024.1 to a spreadsheet."""
    return code != GENERAL and (is_bare(text, code) or shown(text, code) is not None)


def _sections(code: str) -> list[str]:
    """The parts of a format, for numbers above, below and equal to zero."""
    held = _ASIDE.sub(lambda found: found[0].replace(";", "\0"), code)
    return [part.replace("\0", ";") for part in held.split(";")]


class _Pattern(Struct, frozen=True):
    """A format of whole numbers: its pieces, of which None is the place of a digit; how often a number is taken by a
    hundred; whether zero is shown so, too."""

    pieces: tuple[str | None, ...]
    hundred: int
    zero: bool


@lru_cache(maxsize=1024)
def _pattern(code: str) -> _Pattern | None:
    """A format in its pieces; None where what it shows is not certain."""
    sections = _sections(code)
    section = _GENERAL.sub("0", _SILENT.sub(r"\1", sections[0]))
    found = list(_PIECE.finditer("0" if section and not section.strip("#") else section))
    places = [one["digit"] for one in found if one["digit"]]
    hundred = sum(one["bare"] == "%" for one in found)
    if (
        not places
        or hundred > 1
        or _is_conditional(code)
        or any(one["odd"] for one in found)
        or any(len(one) > 1 for one in places[1:])
    ):
        return None
    pieces = tuple(None if one["digit"] else one["text"] or one["sign"] or one["bare"] or "" for one in found)
    return _Pattern(pieces, hundred, len(sections) < 3 and "0" in _ASIDE.sub("", section))


def shown(number: str, code: str) -> str | None:
    """What a cell showed that holds a number, as a text of digits, in a format; None where that is not certain.

    Certain are whole numbers of digits and texts (`00000`, `"TL/"0000`) and of the hundred (`0%`), in every language of a
    spreadsheet program; not what has a point, a thousand's separator, a day, a fraction, an exponent or a condition."""
    if is_general(code):
        return number
    pattern = _pattern(code)
    digits = _whole(number, pattern.hundred) if pattern else ""
    if pattern is None or not digits or (digits == "0" and not pattern.zero):
        return None
    places = pattern.pieces.count(None)
    rest, room, out = digits.zfill(places), max(len(digits), places) - places + 1, ""
    for piece in pattern.pieces:
        if piece is None:
            out, rest, room = out + rest[:room], rest[room:], 1
        else:
            out += piece
    return out


@lru_cache(maxsize=1024)
def day_shown(code: str) -> str:
    """What a format shows of a day: `y`, `ym`, `ymd`, or without a year `m`, `d`, `md` or nothing. `ymd` where nobody can say:
    the formats of other programs have letters of their own, a condition decides by the value."""
    if not is_day_or_time(code) or _is_conditional(code):
        return "ymd"
    bare = _PERIOD.sub("h", _ASIDE.sub("", _sections(code)[0])).casefold()
    runs = [found[0] for found in _RUN.finditer(_HALVES.sub("h", _BRACKETS.sub("", bare)))]
    runs = [run for run in runs if run[0] not in _BESIDE]
    if not {run[0] for run in runs} <= set("ymdhsebg") or re.search("b[0-9]", bare):
        return "ymd"
    found = {
        _meant(run, before, after)
        for before, run, after in zip(["", *runs], runs, [*runs[1:], ""], strict=False)
    }
    return "".join(part for part in "ymd" if part in found)


def _meant(run: str, before: str, after: str) -> str:
    """What letters of a format mean between those before and after them: year, month, day of the month; else nothing."""
    if run[0] in "yeb":
        return "y"
    is_minute = before[:1] == "h" or after[:1] == "s"
    return run[0] if run in ("d", "dd") or (run[0] == "m" and not (is_minute and len(run) < 3)) else ""


def part_shown(day: str, code: str) -> str | None:
    """A day `YYYY-MM-DD`, with or without its time, as far as its cell shows it: `YYYY-MM`, `YYYY`, or the text as it is where it
    is shown whole, is no day, or nobody can say; None where no year, or a year and a day alone, is shown."""
    if not _ISO_DAY.fullmatch(day):
        return day
    return {"ymd": day, "ym": day[:7], "y": day[:4]}.get(day_shown(code))


def as_shown(number: str, code: str) -> str:
    """What a cell showed, of a day as far as it showed it. Raises `ValueError` where that is not certain."""
    text = part_shown(number, code) if _ISO_DAY.fullmatch(number) else shown(number, code)
    if text is None:
        raise ValueError(f"nobody can say how {number!r} is shown in the format {code!r}")
    return text


def _whole(number: str, hundred: int) -> str:
    """The digits of a whole number, taken so many times by a hundred; empty where it is none."""
    try:
        value = Decimal(number) * 100**hundred
    except InvalidOperation:
        return ""
    if not value.is_finite() or value < 0 or value != value.to_integral_value():
        return ""
    digits = str(int(value))
    return digits if len(digits) <= LONGEST else ""
