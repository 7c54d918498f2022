"""One raw record of JSON parsed alone: bounded size and depth, nothing of it rounded or dropped; never raises."""

import json
import re
from typing import Any

from msgspec import Struct

from ipregister.exchange.json.pointers import step, twin
from ipregister.exchange.xml.slices import MAX_BYTES, MAX_DEPTH, MAX_ELEMENTS, Parsed
from ipregister.model.evidence import Reading

_DEEP = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[\]{}]', re.S)
"""A string, one that is never closed to its end (so that none is looked through twice), or a bracket."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Members(Struct):
    """The texts of a record by their pointer, in document order; numbers and truth values as they are written.

    A member that comes twice in one object has `#2` after its name. `blanks` are the places of blank texts. `parsed` is what `Sheet.done` takes, and
    refuses with where there are none. `exponents` are the places of numbers that are written with an exponent (`1e400`,
    `1.23E+15`): the number of nothing, and often rounded."""

    texts: dict[str, str]
    parsed: Parsed
    blanks: tuple[str, ...] = ()
    exponents: frozenset[str] = frozenset()

    def refused(self, code: str = "", detail: str = "") -> Reading:
        """The reading of a slice that holds no record: by the code given, else as parsing refused it, else as empty."""
        return self.parsed.refused(code or ("" if self.parsed.refusal else "empty"), detail)


def parse(raw: bytes, limit: int = MAX_BYTES) -> Members:
    """The texts of one raw record. `parsed.refusal` says why there are none."""
    if len(raw) > limit:
        return _refused("too-large", f"{len(raw)} bytes, limit {limit}")
    if not raw.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        return _refused("empty")
    text, repairs = decoded(raw)
    if too_deep(text):
        return _refused("too-deep", f"limit {MAX_DEPTH}")
    try:
        value = json.loads(
            text, object_pairs_hook=_pairs, parse_float=_number, parse_int=str, parse_constant=str
        )
    except (ValueError, RecursionError) as error:
        return _refused("not-well-formed", str(error)[:300])
    found: dict[str, str] = {}
    _walk(value, "", found)
    texts = {pointer: text for pointer, text in found.items() if text.strip()}
    blanks = tuple(pointer for pointer in found if pointer not in texts)
    if len(texts) > MAX_ELEMENTS:
        return _refused("too-many-elements", f"{len(texts)} values, limit {MAX_ELEMENTS}")
    for pointer, text in texts.items():
        if odd := _CONTROL.findall(text):
            texts[pointer] = _CONTROL.sub("\ufffd", text)
            repairs = tuple(dict.fromkeys((*repairs, *(f"control:{ord(sign):02x}" for sign in odd))))
    exponents = frozenset(pointer for pointer, text in texts.items() if type(text) is _Exponent)
    texts.update((pointer, str(texts[pointer])) for pointer in exponents)
    return Members(texts, Parsed(None, repairs=repairs), blanks, exponents)


class _Exponent(str):
    """A number as it is written, with an exponent."""


def _number(text: str) -> str:
    return _Exponent(text) if "e" in text.lower() else text


def _refused(code: str, detail: str = "") -> Members:
    return Members({}, Parsed(None, refusal=code, detail=detail))


def decoded(raw: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of JSON bytes, and the repair of bytes that are no UTF-8."""
    try:
        return raw.decode(json.detect_encoding(raw)), ()
    except (UnicodeDecodeError, LookupError):
        return raw.decode("utf-8", "replace"), ("byte",)


def too_deep(text: str, limit: int = MAX_DEPTH) -> bool:
    """Whether arrays and objects are nested deeper than the limit."""
    if text.count("{") + text.count("[") <= limit:
        return False
    depth = 0
    for found in _DEEP.finditer(text):
        depth += 1 if found[0] in "[{" else -1 if found[0] in "]}" else 0
        if depth > limit:
            return True
    return False


class _Object(list[tuple[str, Any]]):
    """The members of an object, those that come twice included."""


def _pairs(members: list[tuple[str, Any]]) -> _Object:
    return _Object(members)


def _walk(value: Any, pointer: str, texts: dict[str, str]) -> None:
    if isinstance(value, _Object):
        seen: dict[str, int] = {}
        for name, inner in value:
            seen[name] = seen.get(name, 0) + 1
            _walk(inner, f"{pointer}/{step(name)}{twin(seen[name])}", texts)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            _walk(inner, f"{pointer}/{index}", texts)
    elif value is not None:
        text = str(value).lower() if isinstance(value, bool) else value
        texts[pointer] = text
