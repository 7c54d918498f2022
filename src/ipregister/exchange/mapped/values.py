"""One delivered text made the value of its field: with the repairs that make it, or the reason why it is none."""

import re

from msgspec import Struct

from ipregister.exchange.mapped.mapping import Field, Mapping
from ipregister.exchange.mapped.targets import Target
from ipregister.model import legacy
from ipregister.model.class_texts import class_parts
from ipregister.model.dates import is_unsure, may_be_serial, parse_part
from ipregister.model.dates import parse as parse_date
from ipregister.model.digits import to_ascii
from ipregister.model.offices import Office
from ipregister.model.places import country_of

NUMBERS = frozenset(["application_number", "registration_number", "number", "numbers", "identifier", "identifiers",
                      "international_number", "file_reference", "home_number", "receipt_number"])  # fmt: skip
"""Fields that hold the number of something, which a spreadsheet may take for a quantity."""
NAMES = frozenset(["mark/verbal", "mark/significant", "titles", "names", "sign/verbal"])
"""Fields by which a right is looked for: a word there may be the name, though it reads like a placeholder (`NULL`)."""
ROUNDED = re.compile(r"[-+]?[0-9](?:[.,][0-9]+)?[Ee]\+[0-9]{1,3}")


class Made(Struct, frozen=True):
    """A value with its repairs; or `reason`, why there is none, with the code of the finding."""

    value: str | int | bool = ""
    repairs: tuple[str, ...] = ()
    reason: str = ""
    finding: str = ""


class Row(Struct, frozen=True):
    """What the value of a field depends on: the mapping, its office, the field and where it goes."""

    mapping: Mapping
    office: Office
    field: Field
    target: Target


def made(raw: str, rule: Row, *, exponent: bool = False, as_shown: bool = False) -> Made:
    """The value of one text. A placeholder is none; a word of letters that stands for a name is told. `exponent`: a number
    of JSON written with one; `as_shown`: what the cell of a spreadsheet shows, of a day perhaps its month or year alone."""
    if raw.strip() in rule.office.placeholders:
        told = rule.target.generic in NAMES and any(map(str.isalpha, raw))
        return Made(reason="placeholder", finding="placeholder-name" if told else "")
    if rule.field.codes:
        return _coded(raw, rule)
    table = rule.field.words or rule.target.words
    if table:
        return _word(raw, table, rule)
    match rule.target.kind:
        case "date":
            return _part_of_date(raw, rule) if as_shown else _date(raw, rule)
        case "class" | "integer" | "integers":
            return _number(raw, rule.target.kind)
        case "country":
            code = country_of(raw, rule.office)
            if code is None:
                return Made(reason="not-a-country", finding="not-a-country")
            return Made(code, () if code == raw else ("country",))
        case "flag":
            return Made(reason="unknown-code", finding="unknown-word")
        case _:
            rounded = exponent or ROUNDED.fullmatch(raw.strip())
            if rule.target.steps[-1] in NUMBERS and rounded:
                return Made(reason="precision-lost", finding="precision-lost")
            return _text(raw, rule)


def _coded(raw: str, rule: Row) -> Made:
    code = rule.mapping.code(rule.field.codes, raw)
    if code is None:
        return Made(reason="unknown-code", finding="unknown-word")
    if rule.target.kind == "flag":
        return Made(reason="duplicate") if code.lower() != "true" else Made(True, ("deletion",))
    if rule.target.kind in ("class", "integer", "integers"):
        return Made(int(code), (f"mapped:{code}",)) if code.isdecimal() else Made(reason="not-a-number")
    return Made(code, () if code == raw else (f"mapped:{code}",))


def _word(raw: str, table: str, rule: Row) -> Made:
    own = f"{rule.mapping.right}/{table}" if rule.mapping.right != "trademark" and "/" not in table else table
    code = rule.office.word(own, raw)
    if code is None:
        return Made(reason="unknown-code", finding="unknown-word")
    return Made(code, () if code == raw else (f"word:{own}",))


def _date(raw: str, rule: Row) -> Made:
    iso, repairs = parse_date(raw, rule.field.dates or rule.mapping.dates)
    if is_unsure(repairs, rule.office.buddhist_year):
        return Made(reason="not-a-date", finding="visak-year")
    if iso:
        return Made(iso, repairs)
    return Made(reason="not-a-date", finding="serial-day" if may_be_serial(raw) else "not-a-date")


def _part_of_date(raw: str, rule: Row) -> Made:
    iso, repairs = parse_part(raw)
    if is_unsure(repairs, rule.office.buddhist_year):
        return Made(reason="not-a-date", finding="visak-year")
    return Made(iso, repairs) if iso else Made(reason="not-a-date", finding="not-a-date")


def _number(raw: str, kind: str) -> Made:
    if kind == "class":
        parts = class_parts(raw)
        if len(parts) != 1:
            return Made(reason="not-a-class", finding="not-a-class")
        return Made(parts[0], () if str(parts[0]) == raw else ("class",))
    bare = to_ascii(raw).strip()
    if not bare.isdecimal() or len(bare) > 9:
        return Made(reason="not-a-number", finding="not-a-number")
    return Made(int(bare), () if str(int(bare)) == raw else ("integer",))


def _text(raw: str, rule: Row) -> Made:
    repairs: list[str] = []
    text = raw
    encoding = rule.field.legacy or _old_encoding(raw, rule)
    if encoding:
        try:
            text = legacy.decode(raw, encoding)
        except (ValueError, KeyError):
            encoding = ""
    if encoding and text != raw:
        repairs.append(f"legacy:{encoding}")
    for name, better in (("space", " ".join(text.split())), ("digits", to_ascii(text))):
        if name == "digits" and not rule.field.digits:
            continue
        if name == "space" and text == text.strip() and not any(sign in text for sign in "\n\r\t"):
            continue
        if name == "space" and not any(sign in text for sign in "\n\r\t"):
            name, better = "trim", text.strip()
        if better != text:
            text = better
            repairs.append(name)
    return Made(text, tuple(repairs), finding="legacy-converted" if encoding and repairs else "")


def _old_encoding(raw: str, rule: Row) -> str:
    if not legacy.doubtful(raw):
        return ""
    return legacy.encoding_of(raw, rule.field.lang or rule.mapping.lang, rule.office)


def fits(raw: str, rule: Row) -> bool | None:
    """Whether a text can stand in the field; None where anything can, or nothing tells."""
    if not raw.strip() or raw.strip() in rule.office.placeholders:
        return None
    parts = parted(raw, rule.field.split)
    if rule.target.kind == "class" and not rule.field.split:
        return bool(class_parts(raw)) and all(part <= 50 for part in class_parts(raw))
    strict = rule.target.kind in ("date", "class", "integer", "integers", "country") or rule.field.codes
    if not strict and not (rule.field.words or rule.target.words):
        return None
    return all(not made(part, rule).reason for _, part in parts)


def parted(raw: str, signs: str) -> list[tuple[str, str]]:
    """The parts of a list with the repair that takes each; the whole where there is nothing to part."""
    if not signs:
        return [("", raw)]
    parts = raw.split(signs)
    if len(parts) == 1:
        return [("", raw)]
    return [(f"listed:{number}:{signs}", part) for number, part in enumerate(parts, 1)]
