"""Mistakes in a mapping file said so that an operator finds them: the line, what stands there, what was meant."""

import difflib
import re
import tomllib
from collections.abc import Iterable

import msgspec

_WHERE = re.compile(r"at line (\d+), column (\d+)")
_AT = re.compile(r"^(?P<what>.*?)(?: - at `\$(?P<path>[^`]*)`)?$", re.DOTALL)
_STEP = re.compile(r"\.(\w+)|\[(\d+|\.\.\.)\]")
_UNKNOWN = re.compile(r"Object contains unknown field `([^`]*)`")
_MISSING = re.compile(r"Object missing required field `([^`]*)`")
_ENUM = re.compile(r"Invalid enum value (.*)")
_TYPE = re.compile(r"Expected `([^`]*)`, got `([^`]*)`")
_TYPES = {"str": "a text in quotation marks", "int": "a whole number", "bool": "true or false",
          "array": "a list in square brackets", "object": "a table"}  # fmt: skip
_SHOWN = 70


def of_bytes(error: UnicodeDecodeError, text: bytes) -> str:
    """What is wrong with a file that is no UTF-8."""
    line = text.count(b"\n", 0, error.start) + 1
    return f"line {line} is not in UTF-8: save the file as UTF-8"


def of_toml(error: tomllib.TOMLDecodeError, text: str) -> str:
    """What is wrong with a file that is no TOML, with the line."""
    told, lines = str(error), text.splitlines()
    where = _WHERE.search(told)
    number = int(where[1]) if where else len(lines)
    line = lines[number - 1].strip()[:_SHOWN] if 0 < number <= len(lines) else ""
    what = told.partition(" (at ")[0]
    return f"line {number} cannot be read: {what}" + (f": {line}" if line else "")


def of_shape(error: msgspec.ValidationError, text: str, known: dict[str, Iterable[str]]) -> str:
    """What is wrong with a value or a name in a file that is TOML. `known` are the names that each table may have,
    the whole file's under the empty name, and the values that a name may have."""
    found = _AT.match(str(error))
    what, path = (found["what"], found["path"] or "") if found else (str(error), "")
    steps = [name or number for name, number in _STEP.findall(path)]
    table = steps[0] if steps else ""
    if unknown := _UNKNOWN.search(what):
        names = sorted(known.get(table, known[""]))
        told = f"there is no word {unknown[1]!r} here{meant(unknown[1], names)}; the words are {', '.join(names)}"
        return f"{_of_table(text, steps, unknown[1])}: {told}"
    if missing := _MISSING.search(what):
        return f"{_of_table(text, steps, '')}: the word {missing[1]!r} is missing"
    if table == "codes":
        return f"[codes]: the office's word = our code, both texts in quotation marks, in tables [codes.NAME]: {what}"
    key = steps[-1] if len(steps) > 1 and not steps[-1].isdigit() else ""
    shape = _TYPE.search(what)
    told = f"must be {_TYPES.get(shape[1], shape[1])}" if shape else what
    if value := _ENUM.search(what):
        told = f"{value[1]} is none of {', '.join(known.get(key or table, ()))}"
    return f"{_of_table(text, steps, key or table)}: {key or table or 'the file'}: {told}"


def meant(word: str, known: Iterable[str]) -> str:
    """`; did you mean …?` where a known word is near; else nothing."""
    near = difflib.get_close_matches(word, list(known), 1, 0.7)
    return f"; did you mean {near[0]!r}?" if near else ""


def _of_table(text: str, steps: list[str], key: str) -> str:
    """Where a table of the file stands, in words: `[[field]] number 2 (line 12)`; with the line of a key in it."""
    if len(steps) > 1 and steps[1].isdigit():
        return where(text, steps[0], int(steps[1]), key)
    header = f"[{'.'.join(steps[:1])}]" if steps else ""
    first = _line_of(text, re.escape(header) + r"\s*(?:#.*)?$", 0) if header else 0
    line = _line_of(text, rf"\"?{re.escape(key)}\"?\s*=", first) if key else first
    return f"line {line or first or 1}" + (f" ({header})" if header and first else "")


def where(text: str, table: str, number: int, key: str = "") -> str:
    """Where the element of an array of tables stands, counted from 0: `[[field]] number 2, line 12`."""
    lines = text.splitlines()
    starts = [n for n, line in enumerate(lines, 1) if re.match(rf"\s*\[\[\s*{table}\s*\]\]", line)]
    if number >= len(starts):
        return f"[[{table}]] number {number + 1}"
    first = starts[number]
    last = starts[number + 1] if number + 1 < len(starts) else len(lines) + 1
    at = _line_of("\n".join(lines[: last - 1]), rf"{re.escape(key)}\s*=", first) if key else 0
    return f"line {at or first}, [[{table}]] number {number + 1}"


def _line_of(text: str, pattern: str, after: int) -> int:
    """The number of the first line after another that begins so; 0 where none does."""
    for number, line in enumerate(text.splitlines(), 1):
        if number > after and re.match(rf"\s*{pattern}", line):
            return number
    return 0
