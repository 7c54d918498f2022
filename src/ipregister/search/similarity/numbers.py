"""Numbers of names in words: `Twenty One`, `ยี่สิบเอ็ด`, `XXI` and `21`; and a number with a letter: `3M`, `Three M`, `สามเอ็ม`.

Numbers from 13 to 99 are made by the rules of English, Thai, Lao, Khmer, Vietnamese, Indonesian and Malay, Russian, Kazakh
and Chinese; smaller ones stand in `meanings.tsv`.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache

FIRST, LAST = 13, 99
_UNITS = {
    "en": "one two three four five six seven eight nine".split(),
    "th": "หนึ่ง สอง สาม สี่ ห้า หก เจ็ด แปด เก้า".split(),
    "lo": "ໜຶ່ງ ສອງ ສາມ ສີ່ ຫ້າ ຫົກ ເຈັດ ແປດ ເກົ້າ".split(),
    "km": "មួយ ពីរ បី បួន ប្រាំ ប្រាំមួយ ប្រាំពីរ ប្រាំបី ប្រាំបួន".split(),
    "vi": "một hai ba bốn năm sáu bảy tám chín".split(),
    "id": "satu dua tiga empat lima enam tujuh delapan sembilan".split(),
    "ms": "satu dua tiga empat lima enam tujuh lapan sembilan".split(),
    "ru": "один два три четыре пять шесть семь восемь девять".split(),
    "kk": "бір екі үш төрт бес алты жеті сегіз тоғыз".split(),
    "zh": list("一二三四五六七八九"),
}
_TENS = {
    "en": "ten twenty thirty forty fifty sixty seventy eighty ninety".split(),
    "km": "ដប់ ម្ភៃ សាមសិប សែសិប ហាសិប ហុកសិប ចិតសិប ប៉ែតសិប កៅសិប".split(),
    "ru": "десять двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто".split(),
    "kk": "он жиырма отыз қырық елу алпыс жетпіс сексен тоқсан".split(),
}
_TEENS = {
    "en": "thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(),
    "ru": "тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать".split(),
}
_ROMAN_TENS = ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc")
_ROMAN_UNITS = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_ROMAN_LETTERS = 3
"""Letters from which on a Roman number is read: `XL` and `XV` are other things in names."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LETTER_NAMES = (
    "เอ บี ซี ดี อี เอฟ จี เอช ไอ เจ เค แอล เอ็ม เอ็น โอ พี คิว อาร์ เอส ที ยู วี ดับเบิลยู เอ็กซ์ วาย แซด",
    "ເອ ບີ ຊີ ດີ ອີ ເອັຟ ຈີ ເອັຊ ໄອ ເຈ ເຄ ແອລ ເອັມ ເອັນ ໂອ ພີ ຄິວ ອາ ເອັສ ທີ ຢູ ວີ ດັບເບີນຢູ ເອັກ ວາຍ ແຊດ",
    "эй би си ди и эф джи эйч ай джей кей эл эм эн о пи кью ар эс ти ю ви даблъю икс уай зед",
)
"""The names of the letters A to Z in Thai, Lao and Russian letters."""
_PLURAL = "s"
_ENDS = re.compile(r"(.*?)[\s-]*([a-z])")
_BEGINS = re.compile(r"([a-z])(?:[\s-]+|(?=\d))(.+)")


@cache
def number_words() -> dict[str, str]:
    """From each way of writing a number to the number in digits."""
    found: dict[str, str] = {}
    for number in range(FIRST, LAST + 1):
        for word in (str(number), *_written(number)):
            found.setdefault(word, str(number))
    return found


def _written(number: int) -> Iterator[str]:
    tens, units = divmod(number, 10)
    for lang in ("en", "ru", "kk", "km"):
        yield _from_tables(lang, tens, units)
    for lang in ("th", "lo", "zh", "vi", "id", "ms"):
        yield from _RULES[lang](_UNITS[lang], tens, units)
    roman = _ROMAN_TENS[tens] + _ROMAN_UNITS[units]
    if len(roman) >= _ROMAN_LETTERS:
        yield roman


def _from_tables(lang: str, tens: int, units: int) -> str:
    if tens == 1 and lang in _TEENS:
        return _TEENS[lang][units - 3]
    words = [_TENS[lang][tens - 1], *([_UNITS[lang][units - 1]] if units else [])]
    return ("" if lang == "km" else " ").join(words)


def _thai(words: list[str], tens: int, units: int) -> Iterator[str]:
    ten = {1: "", 2: "ยี่"}.get(tens, words[tens - 1]) + "สิบ"
    yield ten + ("เอ็ด" if units == 1 else words[units - 1] if units else "")


def _lao(words: list[str], tens: int, units: int) -> Iterator[str]:
    ten = "ຊາວ" if tens == 2 else ("" if tens == 1 else words[tens - 1]) + "ສິບ"
    yield ten + ("ເອັດ" if units == 1 else words[units - 1] if units else "")


def _chinese(words: list[str], tens: int, units: int) -> Iterator[str]:
    yield ("" if tens == 1 else words[tens - 1]) + "十" + (words[units - 1] if units else "")


def _vietnamese(words: list[str], tens: int, units: int) -> Iterator[str]:
    ten = "mười" if tens == 1 else f"{words[tens - 1]} mươi"
    last = "lăm" if units == 5 else "mốt" if units == 1 and tens > 1 else words[units - 1] if units else ""
    yield f"{ten} {last}".strip()
    if units == 4 and tens > 1:
        yield f"{ten} tư"


def _malay(words: list[str], tens: int, units: int) -> Iterator[str]:
    ten = f"{words[tens - 1]} puluh"
    yield f"{words[units - 1]} belas" if tens == 1 else f"{ten} {words[units - 1]}" if units else ten


_RULES: Mapping[str, Callable[[list[str], int, int], Iterator[str]]] = {
    "th": _thai, "lo": _lao, "zh": _chinese, "vi": _vietnamese, "id": _malay, "ms": _malay,
}  # fmt: skip


@cache
def _letters() -> dict[str, str]:
    """From the name of a letter to the letter, the longest names first."""
    pairs = [
        (name, letter)
        for names in _LETTER_NAMES
        for name, letter in zip(names.split(), _LETTERS, strict=True)
    ]
    return dict(sorted(pairs, key=lambda pair: -len(pair[0])))


def with_letter(name: str, words: Mapping[str, str]) -> str:
    """What a name (folded) is of a number in some words and one letter: `3 m` of `3m`, `three m`, `สามเอ็ม`; else empty."""
    if found := _ENDS.fullmatch(name):
        number, letter = found.groups()
        plural = letter == _PLURAL and number + letter == name and not number.isdigit()
        told = "" if plural else _told(words.get(number.replace("-", " ")), letter)
        return told or _first(name, words)
    for spoken, letter in _letters().items():
        if name.endswith(spoken):
            return _told(words.get(name.removesuffix(spoken).strip(" -")), letter)
    return _first(name, words)


def _first(name: str, words: Mapping[str, str]) -> str:
    found = _BEGINS.fullmatch(name)
    number = words.get(found[2].replace("-", " ")) if found else None
    return f"{found[1]} {number}" if found and number else ""


def _told(number: str | None, letter: str) -> str:
    return f"{number} {letter}" if number else ""
