"""What stands between the records of a bulk file: wrappers and headers, or something that got lost."""

import re
from functools import lru_cache
from typing import Literal

from msgspec import Struct

Gap = Literal["head", "between", "tail"]
CLIP, REMEMBERED = 200, 4000
_PIECE = re.compile(rb"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)|<!DOCTYPE[^\[<>]*+(?:\[.*?(?:\]\s*+>|\Z)|>)|"
                    rb"""<(/?)([^\s/>!?<]++)((?:[^<>"']|"[^"]*"|'[^']*')*?)(/?)>""", re.S)  # fmt: skip
"""A piece of markup. One that is never closed reaches to the end, so that no end is looked for twice."""
_CLOSED = ((b"<!--", b"-->"), (b"<?", b"?>"), (b"<!", b">"))
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


class Verdict(Struct, frozen=True):
    """`problem` makes a slice of the gap (less `first` and `after` bytes of white space at its ends);
    `notes` are findings: code and value."""

    problem: str = ""
    first: int = 0
    after: int = 0
    notes: tuple[tuple[str, str], ...] = ()
    balance: int = 0  # elements opened less elements closed


def examine(text: bytes, place: Gap, *, whole: bool = True) -> Verdict:
    """What to make of a gap. Values in a header or trailer are noted; anything else that is not the
    markup of wrappers becomes a slice, so that it is seen in quarantine."""
    if not whole:
        return Verdict(problem="between-records")
    return _remembered(text, place) if len(text) <= REMEMBERED else _examine(text, place)


@lru_cache(maxsize=64)
def _remembered(text: bytes, place: Gap) -> Verdict:
    """The same wrapper stands between most records of a file."""
    return _examine(text, place)


def _examine(text: bytes, place: Gap) -> Verdict:
    opened: list[bytes] = []
    values: list[bytes] = []
    elements = strays = 0
    at = 0
    loose = b""
    for piece in _PIECE.finditer(text):
        between = _plain(text[at : piece.start()], at)
        values += [between] if between else []
        loose += between if not opened and place != "head" else b""
        at = piece.end()
        closing, name, attributes, empty = piece.groups()
        if name is None:
            loose += b"" if _is_closed(piece[0]) else piece[0]
            continue
        if not closing:
            elements += bool(empty)
            values += [attributes.strip()] if b"=" in attributes and b"xmlns" not in attributes else []
            opened += [] if empty else [name]
        elif opened and opened[-1] == name:
            opened.pop()
            elements += 1
        else:
            strays += 1
    rest = _plain(text[at:], at)
    loose += rest
    balance = len(opened) - strays
    values += [rest] if rest else []
    if place == "between" and (values or elements):
        return _slice(text, balance)
    if loose or (place == "head" and strays):
        return _slice(text, balance)
    shown = b" ".join(values)[:CLIP].decode("utf-8", "replace")
    code = "file-header" if place == "head" else "file-trailer"
    return Verdict(notes=((code, shown),) if shown else (), balance=balance)


def _is_closed(piece: bytes) -> bool:
    """Whether a comment, instruction or document type has its end."""
    opening, end = next(pair for pair in _CLOSED if piece.startswith(pair[0]))
    if opening == b"<!" and b"[" in piece:
        return piece.endswith(end) and piece[:-1].rstrip().endswith(b"]")
    return piece.endswith(end) and len(piece) >= len(opening) + len(end)


def _plain(text: bytes, at: int) -> bytes:
    text = text.strip()
    if at == 0:
        for mark in _BOMS:
            text = text.removeprefix(mark)
    return text


def _slice(text: bytes, balance: int) -> Verdict:
    first = len(text) - len(text.lstrip())
    return Verdict(
        problem="between-records", first=first, after=len(text) - len(text.rstrip()), balance=balance
    )
