"""Named repairs: every way in which a stored value may differ from the delivered text.

One visible table. A repair is a pure function of the text, its argument and the office's facts, so that
`apply(raw text, repair codes, office)` gives the stored value again; nothing else ever changes a value.
The delivered text stays in the raw record, so every repair can be undone.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from html.entities import html5

from msgspec import Struct

from ipregister.model import dates, legacy, lists, markup, number_formats, numbers
from ipregister.model.class_texts import class_parts
from ipregister.model.deferment import after
from ipregister.model.digits import to_ascii
from ipregister.model.languages import TAG
from ipregister.model.locarno import locarno
from ipregister.model.offices import TABLES, Office
from ipregister.model.places import country_of
from ipregister.model.standard_words import STANDARD_WORDS

Repair = Callable[[str, str, Office], str]


class RepairKind(Struct, frozen=True):
    """A named repair: what it does to a text, in one sentence for staff pages."""

    apply: Repair
    does: str


def _language(raw: str, to: str, office: Office) -> str:
    code = raw.strip().lower()
    if to in office.language_tags.get(code, ()) or to.lower() == code:
        return to
    raise ValueError(f"{office.code} has no rule that makes {raw!r} {to!r}")


def _word(raw: str, table: str, office: Office) -> str:
    if table not in TABLES and "/" not in table:
        raise KeyError(f"word:{table}")
    ours = office.word(table, raw)
    if ours is None:
        raise ValueError(f"{office.code}: {raw!r} is not in the table {table}")
    return ours


def _country(raw: str, _: str, office: Office) -> str:
    code = country_of(raw, office)
    if code is None:
        raise ValueError(f"{raw!r} names no country")
    return code


def _class(raw: str, part: str, _: Office) -> str:
    return str(class_parts(raw)[int(part or 1) - 1])


@lru_cache(maxsize=16384)
def vienna(raw: str) -> str | None:
    """A Vienna code as `CC.DD.SS` (`CC.DD` where the office gives two levels), or None."""
    text = to_ascii(raw).strip().rstrip(".")
    parts = re.findall(r"\d\d", text) if re.fullmatch(r"\d{4}|\d{6}", text) else text.split(".")
    if len(parts) not in (2, 3) or not all(re.fullmatch(r"\d{1,2}", part) for part in parts):
        return None
    return ".".join(f"{int(part):02d}" for part in parts)


def _vienna(raw: str, _: str, __: Office) -> str:
    code = vienna(raw)
    if code is None:
        raise ValueError(f"no Vienna code: {raw!r}")
    return code


def _locarno(raw: str, _: str, __: Office) -> str:
    code = locarno(raw)
    if code is None:
        raise ValueError(f"no Locarno class: {raw!r}")
    return code


def _digest(raw: str, _: str, __: Office) -> str:
    try:
        data = base64.b64decode("".join(raw.split()), validate=True)
    except (binascii.Error, ValueError):
        data = raw.encode()
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def _international(raw: str, _: str, office: Office) -> str:
    number = numbers.international_number(raw, office)
    if not number:
        raise ValueError(f"no international registration number: {raw!r}")
    return number


HEADING = re.compile(
    r"^\s*(?:класс\s+(\d{1,2})\b|(\d{1,2})(?:-?(?:й|го))?\s+класса?\b|(\d{1,2})(?=\s*\n|\s+[-–—]\s|\s*:\s))"
    r"\s*[-–—:.]?\s*",
    re.IGNORECASE,
)
"""The class that a list of goods begins with: `32 класса - пиво`, `класс 32: пиво`, a number on its own line."""


def _heading(raw: str, _: str, __: Office) -> str:
    return HEADING.sub("", raw, count=1)


LOOK_ALIKES = str.maketrans("aeopcyxkmABEKMHOPCTXY", "аеорсухкмАВЕКМНОРСТХУ")
"""Latin letters that stand in Cyrillic words by mistake, and the Cyrillic ones meant."""

COUNTRY_SUFFIX = re.compile(r"\s*\(([A-Z]{2})\)\s*$")
"""The country that an office writes after a name: `NAME (DE)`."""

ENTITIES = {"gcaron": "ǧ", "Gcaron": "Ǧ", **html5}
"""Entities by name, those of HTML with their semicolon."""

_ESCAPED = re.compile(r"&(?:#(\d{2,6})|([A-Za-z][A-Za-z0-9]{1,31}));")


def _suffix_country(raw: str, _: str, __: Office) -> str:
    found = COUNTRY_SUFFIX.search(raw)
    if found is None:
        raise ValueError(f"no country after the name: {raw!r}")
    return found[1]


def unescape(raw: str) -> str:
    """The text with entities that were escaped twice as their characters; unknown ones stay."""

    def character(found: re.Match[str]) -> str:
        if found[1]:
            return chr(int(found[1])) if 32 <= int(found[1]) < 0xD800 else found[0]
        return ENTITIES.get(f"{found[2]};") or ENTITIES.get(found[2], found[0])

    return _ESCAPED.sub(character, raw)


def _lines(raw: str, span: str, _: Office) -> str:
    first, last = span.split("-")
    return "\n".join(raw.split("\n")[int(first) - 1 : int(last)])


def _coded(raw: str, code: str, _: Office) -> str:
    if STANDARD_WORDS.get(raw.strip()) != code:
        raise ValueError(f"{raw!r} is no word of a standard for {code!r}")
    return code


def _integer(raw: str, _: str, __: Office) -> str:
    return str(int(to_ascii(raw).strip()))


_PARTIAL = re.compile(r"(\d{4})(\d\d)00")


def partial_day(raw: str) -> str:
    """A year or month that is written as a day with zeros (`18930000`, `19220600`). Raises `ValueError`."""
    found = _PARTIAL.fullmatch(raw.strip())
    if found is None or not (found[2] == "00" or "01" <= found[2] <= "12"):
        raise ValueError(f"no year or month: {raw!r}")
    return found[1] if found[2] == "00" else f"{found[1]}-{found[2]}"


def _name_part(raw: str, part: str, _: Office) -> str:
    return raw.split(" / ")[int(part) - 1].strip()


def _part(raw: str, span: str, _: Office) -> str:
    first, last = span.split("-")
    return raw[int(first) : int(last)].strip()


def _symbol(raw: str, _: str, __: Office) -> str:
    return re.sub(r"\s*/\s*", "/", " ".join(raw.split()))


_split = lru_cache(maxsize=4)(str.split)  # a text of many parts is asked for one after the other
REPAIRS: dict[str, RepairKind] = {
    "trim": RepairKind(lambda raw, _, __: raw.strip(), "blanks at both ends are taken off"),
    "space": RepairKind(
        lambda raw, _, __: " ".join(raw.split()), "line breaks, tabs and runs of blanks become one blank"
    ),
    "digits": RepairKind(
        lambda raw, _, __: to_ascii(raw), "Lao, Khmer, Thai or Burmese digits become ASCII digits"
    ),
    "date": RepairKind(
        lambda raw, form, _: dates.rewrite(raw, form), "the parts of a date are put in ISO 8601 order"
    ),
    "era": RepairKind(
        lambda raw, _, __: dates.common_era(raw), "a Buddhist-era year becomes a common-era year"
    ),
    "lang": RepairKind(_language, "the office's language code becomes a BCP 47 tag"),
    "word": RepairKind(_word, "the office's word becomes our code by the office's word table"),
    "country": RepairKind(_country, "the name or mistyped code of a country becomes its ST.3 code"),
    "class": RepairKind(_class, "a class number is read from its text"),
    "class-part": RepairKind(_class, "one of several class numbers in one text"),
    "vienna": RepairKind(_vienna, "a Vienna code is written with dots and two digits a part"),
    "locarno": RepairKind(_locarno, "a Locarno class is written as two pairs of digits with a dash"),
    "flag": RepairKind(lambda raw, name, _: f"{name}={raw}", "an indicator is written with its name"),
    "case": RepairKind(lambda raw, _, __: raw.casefold(), "upper-case letters become lower-case"),
    "shown": RepairKind(
        lambda raw, form, _: number_formats.as_shown(raw, form),
        "a number as its cell shows it, with the zeros, signs and texts of its format",
    ),
    "integer": RepairKind(_integer, "a whole number without leading zeros"),
    "deletion": RepairKind(lambda _, __, ___: "True", "the office's word for deletion"),
    "strip-dot": RepairKind(lambda raw, _, __: raw.rstrip("."), "dots at the end are taken off"),
    "strip-dash": RepairKind(lambda raw, _, __: raw.rstrip("- "), "dashes at the end are taken off"),
    "ir-number": RepairKind(
        _international, "the international registration number inside an office's number"
    ),
    "heading": RepairKind(_heading, "the class number before a list of goods is taken off"),
    "country-suffix": RepairKind(
        lambda raw, _, __: COUNTRY_SUFFIX.sub("", raw), "the country in brackets after a name is taken off"
    ),
    "suffix-country": RepairKind(_suffix_country, "the country in brackets after a name"),
    "look-alike": RepairKind(
        lambda raw, _, __: raw.translate(LOOK_ALIKES), "Latin letters in a Cyrillic word become Cyrillic"
    ),
    "unescape": RepairKind(
        lambda raw, _, __: unescape(raw), "an entity that was escaped twice becomes its character"
    ),
    "lines": RepairKind(_lines, "some of the lines of a text"),
    "legacy": RepairKind(
        lambda raw, encoding, _: legacy.decode(raw, encoding),
        "text in an old encoding or the codes of an old font becomes Unicode",
    ),
    "coded": RepairKind(_coded, "a word of a WIPO standard becomes our code"),
    "with": RepairKind(lambda raw, rest, _: raw + rest, "what the elements that follow say is put after it"),
    "list-part": RepairKind(
        lambda raw, part, _: raw.split(", ")[int(part) - 1].strip(), "one of several words between commas"
    ),
    "statement-class": RepairKind(
        lambda raw, _, __: str(int(raw.strip()[2:5])),
        "the class in the code of a statement of goods (`GS0091`)",
    ),
    "says": RepairKind(lambda _, said, __: said, "what a mark at this place of the document says"),
    "within": RepairKind(
        lambda raw, whole, _: f"{whole}-{raw}", "a part of a country is written after its code"
    ),
    "partial-day": RepairKind(
        lambda raw, _, __: partial_day(raw), "zeros for an unknown month or day are taken off"
    ),
    "name-part": RepairKind(_name_part, "one of several names that are written in one text"),
    "inner": RepairKind(
        lambda raw, _, __: markup.readable(raw),
        "the content of an element with others in it becomes lines of text",
    ),
    "part": RepairKind(_part, "some of the columns of a text"),
    "symbol": RepairKind(_symbol, "the blanks inside a classification symbol are taken off"),
    "listed": RepairKind(
        lambda raw, part, _: _split(raw, part.partition(":")[2])[int(part.partition(":")[0]) - 1],
        "one of several values that a sign parts",
    ),
    "item": RepairKind(
        lambda raw, number, _: lists.item(raw, number),
        "one of several values of a list that a database gives",
    ),
    "mapped": RepairKind(
        lambda _, code, __: code, "the office's word becomes our code by the mapping's table"
    ),
    "after": RepairKind(lambda raw, length, _: after(raw, length), "a period is counted from a day"),
    "sha256": RepairKind(_digest, "an embedded file is named by the SHA-256 of its content"),
}
"""Every repair of values, by name. Repairs of a whole slice are in `exchange.xml.mending`."""

SLICE_REPAIRS = {
    "byte": "a byte that is no UTF-8, in a file that else is, becomes U+FFFD",
    "encoding": "the file is not in the encoding it states",
    "entity": "an undefined entity becomes its character",
    "ampersand": "a bare ampersand is escaped",
    "control": "a control character that XML forbids becomes U+FFFD",
    "namespace": "a missing namespace declaration is added",
}
"""Repairs of the bytes of a slice before it is parsed; the argument names what was repaired."""


def apply(raw: str, codes: Sequence[str], office: Office) -> str:
    """The value that repairs make of a delivered text. Each code is `name` or `name:argument`. Raises `KeyError` for an
    unknown code and `ValueError` where the repair cannot be applied to the text."""
    for code in codes:
        name, _, argument = code.partition(":")
        if name == "lang" and not TAG.fullmatch(argument):
            raise KeyError(code)
        try:
            kind = REPAIRS[name]
        except KeyError:
            raise KeyError(code) from None
        raw = kind.apply(raw, argument, office)
    return raw
