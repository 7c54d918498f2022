"""What a column holds, told by its texts: dates, numbers, classes, countries, codes; beside what its heading says."""

import re
from collections import Counter
from collections.abc import Callable
from functools import cache

from ipregister.model import codelists
from ipregister.model.class_texts import class_parts
from ipregister.model.dates import may_be_serial
from ipregister.model.dates import parse as parse_date
from ipregister.model.digits import to_ascii
from ipregister.model.locarno import locarno
from ipregister.model.offices import fold_word
from ipregister.model.places import is_country
from ipregister.model.repairs import vienna

_MOST = 400
_CLASS_SIGNS, _MOSTLY = (",", "/", "&", " "), 0.9
"""Signs that part classes alone; so many cells must be parted by one into single classes."""
_PARTED = re.compile(r"[;|\n]")
_NUMBER = re.compile(r"[-\w/. ()№:,+]{1,40}")
_IPC = re.compile(r"[A-H]\s?\d{2}\s?[A-Z](?:\s?\d{1,4}\s?/\s?\d{2,6})?(?:\s?\(\d{4}\.\d\d\))?")
_FILE = re.compile(r"(?i)[^\n]+\.(?:jpe?g|png|tiff?|gif|bmp|pdf|svg|webp)")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_PHONE = re.compile(r"[+\d][\d\s()./-]{4,24}")
_SEPARATED = re.compile(r"\D")
STRICT = frozenset(
    ["date", "number", "class", "country", "vienna", "locarno", "ipc", "file", "email", "phone", "count"]
)
"""What a column must hold for its field: where it holds something else, its heading tells little."""
TELLING = ("vienna", "ipc", "file", "email")
"""What tells a field without a heading, though weakly."""


def fit(texts: Counter[str], content: str) -> float | None:
    """The share of the texts (0 to 1) that such a column can hold; None for an empty column."""
    chosen = texts.most_common(_MOST)
    total = sum(count for _, count in chosen)
    if not total:
        return None
    if content == "word":
        return (
            1.0 if len(texts) <= max(30, 0.2 * total) and max(len(text) for text, _ in chosen) <= 80 else 0.4
        )
    judge = _JUDGES.get(content)
    if judge is None:
        return 1.0
    return sum(count for text, count in chosen if judge(to_ascii(text).strip())) / total


def holds(text: str, content: str) -> bool:
    """Whether a text with ASCII digits is what a column of a content of `fields.csv` holds."""
    return _JUDGES[content](text)


def class_sign(texts: Counter[str]) -> str:
    """The sign that parts the classes in the cells of a column, each into one class; empty where none does, or no cell
    holds several."""
    known = {text: parts for text in texts if (parts := class_parts(text))}
    several = any(len(parts) > 1 for parts in known.values())
    total = sum(texts[text] for text in known)
    for sign in _CLASS_SIGNS if several else ():
        parted = sum(texts[text] for text in known if _is_class_each(text.split(sign)))
        if parted >= _MOSTLY * total:
            return sign
    return ""


def _is_class_each(parts: list[str]) -> bool:
    return all(len(class_parts(part)) == 1 for part in parts if part.strip())


def names_country(text: str) -> bool:
    """Whether a text is a list of codes or names of countries that the lists hold."""
    parts = [part.strip() for part in _PARTED.split(text) if part.strip()]
    return bool(parts) and all(is_country(part.upper()) or fold_word(part) in _names() for part in parts)


def _is_date(text: str) -> bool:
    return any(parse_date(text, form)[0] for form in ("dmy", "mdy")) and (
        bool(_SEPARATED.search(text)) or len(text) == 8
    )


def _is_day(text: str) -> bool:
    """Whether a text can stand in a column of days: a date, or the number of one in a spreadsheet."""
    return _is_date(text) or may_be_serial(text)


def _is_number(text: str) -> bool:
    dated = bool(_SEPARATED.search(text)) and _is_date(text)
    digits = any(sign.isdecimal() for sign in text) and text.count(" ") <= 3
    return digits and not dated and _NUMBER.fullmatch(text) is not None


def _is_class(text: str) -> bool:
    parts = [part for part in _PARTED.split(text) if part.strip()]
    found = [class_parts(part.strip()) for part in parts]
    return bool(found) and all(one and all(0 < number <= 45 for number in one) for one in found)


def _is_country(text: str) -> bool:
    parts = [part.strip() for part in _PARTED.split(text) if part.strip()]
    return bool(parts) and all(
        is_country(part.upper()) or fold_word(part) in _names() or _maybe_country(part) for part in parts
    )


@cache
def _names() -> frozenset[str]:
    english = (fold_word(row["label"]) for row in codelists.table("st3").values())
    return frozenset((*english, *codelists.codes("country_names")))


def _maybe_country(part: str) -> bool:
    """A name in letters other than Latin, which the list of codes does not hold."""
    return not part.isascii() and len(part) <= 40 and not any(sign.isdecimal() for sign in part)


def _all_of(judge: Callable[[str], bool]) -> Callable[[str], bool]:
    def of_parts(text: str) -> bool:
        parts = [part.strip() for part in re.split(r"[;|\n,]", text) if part.strip()]
        return bool(parts) and all(map(judge, parts))

    return of_parts


def _is_name(text: str) -> bool:
    return any(sign.isalpha() for sign in text) and not _is_date(text)


_JUDGES: dict[str, Callable[[str], bool]] = {
    "date": _is_day,
    "number": _is_number,
    "class": _is_class,
    "country": _is_country,
    "vienna": _all_of(lambda text: "." in text and vienna(text) is not None),
    "locarno": _all_of(lambda text: locarno(text) is not None),
    "ipc": _all_of(lambda text: _IPC.fullmatch(text) is not None),
    "file": _all_of(lambda text: _FILE.fullmatch(text) is not None),
    "email": _all_of(lambda text: _EMAIL.fullmatch(text) is not None),
    "phone": _all_of(lambda text: _PHONE.fullmatch(text) is not None),
    "count": lambda text: text.isdecimal() and len(text) < 5,
    "name": _is_name,
    "text": lambda text: not _is_date(text),
}
