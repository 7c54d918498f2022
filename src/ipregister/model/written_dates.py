"""Dates with the month as a word, or with words for day, month and year, in the languages of the region.

A day is read only where nothing can be taken for anything else: a year of four digits, one other number or two that are
told apart by words beside them, and no word that is not known. Months are the list `months`, words beside them are here.
"""

import re
import unicodedata
from functools import cache

from ipregister.model import codelists

LONGEST = 60
_RUNS = re.compile(r"[0-9]+|[^0-9\s,()«»“”\"'/-]+")
_DAY = ("ngày", "วันที่", "ວັນທີ", "ວັນທີ່", "ថ្ងៃទី", "ថ្ងៃ", "日", "ရက်", "日期")
_MONTH = ("tháng", "thg", "เดือน", "ເດືອນ", "ខែ", "月", "လ")
_YEAR = ("năm", "ปี", "ປີ", "ឆ្នាំ", "年", "ခုနှစ်")
_ERAS = ("พศ", "คศ", "ພສ", "ຄສ", "គស", "พุทธศักราช", "คริสต์ศักราช")
_SAID = ("г", "год", "года", "году", "ж", "жыл", "жылғы", "жылы", "жылдын", "yil", "yilning", "йил", "й", "of", "de", "do",
         "the", "le", "er", "st", "nd", "rd", "th", "tanggal", "tarikh", "pada")  # fmt: skip
_BESIDE = frozenset((*_DAY, *_MONTH, *_YEAR, *_ERAS, *_SAID))
_JOINED = sorted((*_DAY, *_MONTH, *_YEAR, *_ERAS), key=len, reverse=True)


def written(text: str) -> str:
    """The day of a text as `YYYY-MM-DD` with its parts as they stand, unchecked; empty where it is no such date.
    Digits must be ASCII."""
    if len(text) > LONGEST or not any(sign.isalpha() for sign in text):
        return ""
    numbers: list[str] = []
    months: list[int] = []
    labels: list[str] = []
    for run in _RUNS.findall(unicodedata.normalize("NFC", text).casefold()):
        if run[0].isdigit():
            numbers.append(run)
            continue
        word = run.replace(".", "").strip("-–—")
        month, label = _understood(word) if word else (0, "")
        if month is None:
            return ""
        months += [month] if month else []
        labels.append(f"{len(numbers)}{label}")
    return _of_name(numbers, months) or _of_labels(numbers, months, labels)


def _of_name(numbers: list[str], months: list[int]) -> str:
    """A day and a year of four digits around the name of a month."""
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) < 3]
    if len(months) != 1 or len(numbers) != 2 or len(years) != 1 or len(days) != 1:
        return ""
    return f"{years[0]}-{months[0]:02d}-{days[0]:0>2}"


def _of_labels(numbers: list[str], months: list[int], labels: list[str]) -> str:
    """Three numbers of which words say which is the month: `ngày 17 tháng 8 năm 2016`, `2016年8月17日`."""
    if months or len(numbers) != 3:
        return ""
    if "1month" in labels and len(numbers[2]) == 4 and max(map(len, numbers[:2])) < 3:
        return f"{numbers[2]}-{numbers[1]:0>2}-{numbers[0]:0>2}"
    if {"1year", "2month"} <= set(labels) and len(numbers[0]) == 4 and max(map(len, numbers[1:])) < 3:
        return f"{numbers[0]}-{numbers[1]:0>2}-{numbers[2]:0>2}"
    return ""


@cache
def _names() -> dict[str, int]:
    return {
        unicodedata.normalize("NFC", word): int(row["month"])
        for word, row in codelists.table("months").items()
    }


def _understood(word: str) -> tuple[int | None, str]:
    """The month that a word names (0 where it names none) and what it says of the number beside it; None for a
    word that is not known."""
    if word in _names():
        return _names()[word], ""
    if word in _BESIDE:
        return 0, _label(word)
    label = ""
    while not word.isascii():
        joined = next((one for one in _JOINED if word.startswith(one) or word.endswith(one)), "")
        if not joined:
            break
        label = _label(joined) if _label(joined) == "month" else label
        word = word.removeprefix(joined) if word.startswith(joined) else word.removesuffix(joined)
        if not word or word in _names():
            return _names().get(word, 0), label
    return None, ""


def _label(word: str) -> str:
    return "month" if word in _MONTH else "year" if word in _YEAR else ""
