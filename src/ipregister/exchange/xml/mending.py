"""Repairs of a slice's bytes before it is parsed: encoding, entities, ampersands, control characters.

They run only on a slice that the parser rejects, in one fixed order, and each says what it did. `mend` is a
pure function of bytes and encodings, so that `origin` can make the same tree again.
"""

import re
from html.entities import html5

from msgspec import Struct

SG_ENTITIES = {"gcaron": "ǧ", "Gcaron": "Ǧ", "ycaron": "y̌", "nbsp": "\u00a0", "apos": "'"}
"""Entities seen in office feeds which HTML does not have."""

XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})

NAMESPACES = {"wo": "http://www.wipo.int/standards/XMLSchema/wo-trademarks"}
"""Prefixes whose declaration a slice of a bulk file may lack."""

READ_AS = dict.fromkeys(("windows-874", "x-windows-874", "ms874", "tis-620", "tis620"), "cp874")
"""Names of encodings that the parser or Python does not know, and the one that holds all their letters. Thai programs write
windows-874 (quotes, dashes, the euro) under the name of TIS-620."""

_DECLARED = re.compile(r"""^(\s*<\?xml[^>]*?encoding\s*=\s*["'])([A-Za-z0-9._-]+)(["'])""")
_AMPERSAND = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|&(?:#(x[0-9A-Fa-f]{1,6}|\d{1,7});|([A-Za-z][A-Za-z0-9]{0,31});)?",
    re.S,
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Mended(Struct, frozen=True):
    """A slice as UTF-8 that declares UTF-8, the repairs done, and the entities nobody knows."""

    data: bytes
    repairs: tuple[str, ...]
    unknown: tuple[str, ...]


def mend(raw: bytes, encodings: tuple[str, ...]) -> Mended:
    """The slice with everything mended that can be; `encodings` are the office's older 8-bit encodings."""
    text, repairs = _decoded(raw, encodings)
    text = _DECLARED.sub(r"\g<1>UTF-8\g<3>", text.lstrip("\ufeff"), count=1)
    done: dict[str, None] = dict.fromkeys(repairs)
    unknown: dict[str, None] = {}

    def control(match: re.Match[str]) -> str:
        done[f"control:{ord(match[0]):02x}"] = None
        return "\ufffd"

    def ampersand(match: re.Match[str]) -> str:
        if match[0][0] == "<":
            return match[0]
        if match[1]:
            return _character(match[0], match[1], done)
        return _entity(match[0], match[2], done, unknown)

    text = _AMPERSAND.sub(ampersand, _CONTROL.sub(control, text))
    for prefix, uri in NAMESPACES.items():
        if f"<{prefix}:" in text and f"xmlns:{prefix}" not in text:
            text = re.sub(r"(<[A-Za-z_][^\s<>/]*)", rf'\1 xmlns:{prefix}="{uri}"', text, count=1)
            done[f"namespace:{prefix}"] = None
    return Mended(text.encode("utf-8", "replace"), tuple(done), tuple(unknown))


def _character(written: str, number: str, done: dict[str, None]) -> str:
    code = int(number[1:], 16) if number[0] == "x" else int(number)
    legal = (
        code in (9, 10, 13)
        or 0x20 <= code <= 0xD7FF
        or 0xE000 <= code <= 0xFFFD
        or 0x10000 <= code <= 0x10FFFF
    )
    if legal:
        return written
    done[f"control:{code:02x}"] = None
    return "\ufffd"


def _entity(written: str, name: str | None, done: dict[str, None], unknown: dict[str, None]) -> str:
    if name in XML_ENTITIES:
        return written
    if name is None:
        done["ampersand"] = None
        return "&amp;"
    done[f"entity:{name}"] = None
    character = SG_ENTITIES.get(name) or html5.get(f"{name};")
    if character is None:
        unknown[name] = None
        return f"&amp;{name};"
    return character.replace("&", "&amp;").replace("<", "&lt;")


def _decoded(raw: bytes, encodings: tuple[str, ...]) -> tuple[str, list[str]]:
    """The text of a slice and the encoding repair, where it is not in the encoding it declares."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(mark):
            return raw.decode(name, "replace"), ([] if name == "utf-8-sig" else ["encoding:utf-16"])
    for mark, name in ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be")):
        if raw.startswith(mark):
            return raw.decode(name, "replace"), [f"encoding:{name}"]
    declared = declared_encoding(raw)
    try:
        return raw.decode("utf-8"), ([] if declared in ("", "utf-8", "utf8") else ["encoding:utf-8"])
    except UnicodeDecodeError:
        pass
    text = raw.decode("utf-8", "replace")
    if sum(not letter.isascii() for letter in text) > 2 * text.count("\ufffd"):  # a slip in UTF-8
        return text, ["byte"]
    for name in dict.fromkeys((declared, *encodings, "cp1252")):
        try:
            same = name == declared and name not in READ_AS
            return raw.decode(READ_AS.get(name, name)), ([] if same else [f"encoding:{name}"])
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("latin-1"), ["encoding:latin-1"]


def declared_encoding(raw: bytes) -> str:
    """The encoding that an XML declaration names, lower case, or an empty text."""
    if raw.startswith(b"<") and not raw.startswith(b"<?"):
        return ""
    match = _DECLARED.match(raw[:200].decode("latin-1"))
    return match[2].lower() if match else ""
