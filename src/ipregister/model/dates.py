"""Dates as offices write them, made ISO 8601 where they are days of the calendar; never guessed.

A form names how the office orders day, month and year: `iso`, `dmy`, `mdy`. ISO dates, ISO timestamps and
compact dates (`20220511`) are read in every form, since they cannot be taken for anything else, and so are
months written as words. `serial` and `serial-1904` are the numbers of days that a spreadsheet counts: they are read
in no other form, since any number could be one.
"""

import datetime as dt
import re
from collections.abc import Iterable
from functools import lru_cache

from ipregister.model.digits import to_ascii
from ipregister.model.written_dates import written

BUDDHIST_FIRST, BUDDHIST_LAST = 2400, 2700
"""Four-digit years in this span are Buddhist-era years; later ones are impossible or mistyped."""
NEVER = ("2483-01-01", "2483-04-01")
"""From the first on and before the second there were no days: the Thai year 2483 ran from April to December 1940, and the year
2484 began with January 1941 (the Calendar Year Act, B.E. 2483)."""

MONTHS = {name: n + 1 for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split())}

WRITTEN = "written"
"""The form of a date with words for its month or its parts (`written_dates`)."""

SERIALS = {"serial": dt.date(1899, 12, 30), "serial-1904": dt.date(1904, 1, 1)}
"""The forms of a day as a spreadsheet counts days, with the day that is number 0 (ISO/IEC 29500-1, 18.17.4.1)."""
_SERIAL = re.compile(r"([1-9][0-9]{4})(?:\.[0-9]{1,15})?")
"""Days from 1927 (1931) to 2173: a number of four digits is sooner a year."""
_PART = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2]))?")
_LIKELY = range(18_264, 73_051)
"""The serial numbers of the days from 1950 to 2099."""

_MORE = r"(?:[ T]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:\s?[AaPp]\.?[Mm]\.?)?|\s?[гж]\.?)"
"""What may stand after a day: its time, or the word year in Russian or Kazakh."""

_FORMS: tuple[tuple[str, frozenset[str], re.Pattern[str]], ...] = (
    ("iso", frozenset(), re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})")),
    ("datetime", frozenset(), re.compile(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?:Z|[+-]\d\d:?\d\d|[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)")),
    ("compact", frozenset(), re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})")),
    ("ymd", frozenset(), re.compile(r"(?P<y>\d{4})[/.](?P<m>\d{1,2})[/.](?P<d>\d{1,2})")),
    ("dmy", frozenset({"dmy"}), re.compile(r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})")),
    ("mdy", frozenset({"mdy"}), re.compile(r"(?P<m>\d{1,2})[/.-](?P<d>\d{1,2})[/.-](?P<y>\d{4})")),
    ("ymd-more", frozenset(), re.compile(r"(?P<y>\d{4})[/.](?P<m>\d{1,2})[/.](?P<d>\d{1,2})" + _MORE)),
    ("dmy-more", frozenset({"dmy"}), re.compile(r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})" + _MORE)),
    ("mdy-more", frozenset({"mdy"}), re.compile(r"(?P<m>\d{1,2})[/.-](?P<d>\d{1,2})[/.-](?P<y>\d{4})" + _MORE)),
    ("named", frozenset(), re.compile(r"(?P<d>\d{1,2})[\s-]+(?P<m>[A-Za-z]{3})[a-z]*[\s-]+(?P<y>\d{4})")),
    ("named-us", frozenset(), re.compile(r"(?P<m>[A-Za-z]{3})[a-z]*\.?\s+(?P<d>\d{1,2}),?\s+(?P<y>\d{4})")),
)  # fmt: skip


@lru_cache(maxsize=32768)
def parse(text: str, form: str) -> tuple[str | None, tuple[str, ...]]:
    """The ISO date of a text and the repairs that made it, or None where it is no day of the calendar.

    The repair codes, applied in order to the text, give the date again (`model.repairs`).
    """
    if len(text) == 10 and text[4] == text[7] == "-" and text < "2400" and text.isascii():
        try:
            dt.date.fromisoformat(text)
        except ValueError:
            return None, ()
        return text, ()
    return _parse_slowly(text, form)


def _parse_slowly(text: str, form: str) -> tuple[str | None, tuple[str, ...]]:
    repairs = []
    trimmed = text.strip()
    if trimmed != text:
        repairs.append("trim")
    plain = to_ascii(trimmed)
    if plain != trimmed:
        repairs.append("digits")
    if form in SERIALS and _SERIAL.fullmatch(plain):
        return _of_serial(plain, form), (*repairs, f"date:{form}")
    for name, offices, pattern in _FORMS:
        match = pattern.fullmatch(plain)
        if match and (not offices or form in offices):
            iso = rewrite(plain, name)
            if name.startswith("named") and iso[5:7] == "00":
                break  # a month of another language
            return _in_common_era(iso, [*repairs, f"date:{name}"] if name != "iso" else repairs)
    iso = written(plain)
    return _in_common_era(iso, [*repairs, f"date:{WRITTEN}"]) if iso else (None, ())


def _in_common_era(iso: str, repairs: list[str]) -> tuple[str | None, tuple[str, ...]]:
    """A date in ISO order with its repairs, in the common era; None where it is no day of the calendar."""
    if BUDDHIST_FIRST <= int(iso[:4]) <= BUDDHIST_LAST:
        if NEVER[0] <= iso < NEVER[1]:
            return None, ()
        repairs, iso = [*repairs, "era"], common_era(iso)
    return (iso, tuple(repairs)) if is_day(iso) else (None, ())


def rewrite(text: str, name: str) -> str:
    """A date text in the named form with its parts in ISO order; parts are not checked."""
    if name in SERIALS:
        if not (iso := _of_serial(text, name)):
            raise ValueError(f"not the number of a day: {text!r}")
        return iso
    if name == WRITTEN:
        if not (iso := written(text)):
            raise ValueError(f"not a date with the month as a word: {text!r}")
        return iso
    pattern = next(pattern for form, _, pattern in _FORMS if form == name)
    match = pattern.fullmatch(text)
    if match is None:
        raise ValueError(f"not a date in the form {name}: {text!r}")
    month = match["m"] if match["m"].isdigit() else str(MONTHS.get(match["m"].casefold(), 0))
    return f"{match['y']}-{month:0>2}-{match['d']:0>2}"


def _of_serial(text: str, form: str) -> str:
    """The day of a serial number, whose part of a day is its time; empty where it is none."""
    match = _SERIAL.fullmatch(text)
    return (SERIALS[form] + dt.timedelta(days=int(match[1]))).isoformat() if match else ""


def may_be_serial(text: str) -> bool:
    """Whether a text may be the serial number of a day between 1950 and 2099."""
    match = _SERIAL.fullmatch(to_ascii(text).strip())
    return match is not None and int(match[1]) in _LIKELY


def parse_part(text: str) -> tuple[str | None, tuple[str, ...]]:
    """A month (`2024-03`) or year (`2024`) in the common era, with the repair that made it so; None where it is none, and for a
    Thai year before 2484, which lies in two years."""
    if not _PART.fullmatch(text) or not BUDDHIST_FIRST <= int(text[:4]) <= BUDDHIST_LAST:
        return (text, ()) if _PART.fullmatch(text) else (None, ())
    if (len(text) == 4 and text < "2484") or NEVER[0][:7] <= text < NEVER[1][:7]:
        return None, ()
    return common_era(text), ("era",)


def common_era(iso: str) -> str:
    """An ISO-ordered Buddhist-era date in the common era; of a year alone, the year in which most of it lies.

    The Thai year 2483 (1940) ended in December and began in April, as did those before it: their January to March lie
    in the next common-era year. The year 2483 itself had no such months: no date is read in them (`NEVER`).
    """
    year, month = int(iso[:4]), int(iso[5:7] or 12)
    offset = 542 if year < 2484 and month < 4 else 543
    return f"{year - offset:04d}{iso[4:]}"


def is_unsure(repairs: Iterable[str], buddhist_year: str) -> bool:
    """Whether a date with these repairs is of a Buddhist year that changes in the middle of a common one (`visak`, an
    office's `buddhist_year`): the year 2568 of Cambodia lies in 2024 and 2025, where that of Thailand is 2025."""
    return buddhist_year == "visak" and "era" in repairs


def is_date(text: str) -> bool:
    """Whether a text is a day of the calendar (`YYYY-MM-DD`), a month (`YYYY-MM`) or a year (`YYYY`)."""
    return is_day(text) or _PART.fullmatch(text) is not None


def is_day(iso: str) -> bool:
    """Whether the text is a day of the calendar as `YYYY-MM-DD`."""
    try:
        return len(iso) == 10 and dt.date.fromisoformat(iso).isoformat() == iso
    except ValueError:
        return False
