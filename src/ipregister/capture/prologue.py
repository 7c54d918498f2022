"""What a record needs of its file to be parsed alone: the encoding, the ancestors' namespaces."""

import codecs
import re

from msgspec import Struct

HEAD = 1 << 16
"""Only this many bytes at the start of a member are searched for the prologue."""

_ENCODING = re.compile(rb"""\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_PIECE = re.compile(rb"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|"
                    rb"<!DOCTYPE[^\[>]*+(?:\[.*?(?:\]\s*+>|\Z)|>|\Z)|"
                    rb"""<(/?)([^\s/>!?<]++)((?:[^<>"'/]++|/(?!>)|"[^"]*+"|'[^']*+')*+)(/?)>""", re.S)  # fmt: skip
"""Each piece is looked at once: what is never closed goes to the end."""
_XMLNS = re.compile(rb"""(xmlns(?::[^\s=]+)?)\s*=\s*("[^"]*"|'[^']*')""")
_NAME = re.compile(rb"\s*<([^\s/>!?<]+)")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
         (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))  # fmt: skip


class Prologue(Struct, frozen=True):
    """Encoding (empty for UTF-8) and namespace declarations that hold where a record begins."""

    encoding: str = ""
    declarations: tuple[tuple[bytes, bytes], ...] = ()

    def document(self, raw: bytes) -> bytes:
        """The delivered bytes of a record as a document of their own."""
        if not self.encoding and not self.declarations:
            return raw
        if self.encoding.startswith("utf-16"):
            raw = raw.decode(self.encoding, "replace").encode()
        found = _NAME.match(raw)
        if found and self.declarations:
            own = raw[found.end() : raw.find(b">", found.end()) + 1]
            missing = [(name, value) for name, value in self.declarations if not _declares(own, name)]
            added = b"".join(b" %s=%s" % pair for pair in missing)
            raw = raw[: found.end()] + added + raw[found.end() :]
        if self.encoding and not self.encoding.startswith("utf-16"):
            raw = b'<?xml version="1.0" encoding="%s"?>' % self.encoding.encode() + raw
        return raw


def _declares(start_tag: bytes, name: bytes) -> bool:
    return any(found.group(1) == name for found in _XMLNS.finditer(start_tag))


def encoding_of(head: bytes) -> str:
    """The encoding a file names or shows at its start; empty for UTF-8."""
    for mark, name in _BOMS:
        if head.startswith(mark):
            return "" if name == "utf-8" else name
    found = _ENCODING.match(head)
    name = found.group(1).decode().lower() if found else ""
    return "" if name in ("utf-8", "utf8", "us-ascii") else name


def root_name(raw: bytes) -> bytes:
    """The qualified name of the first element of a record's delivered bytes; empty where there is none."""
    found = _NAME.match(raw)
    return found.group(1) if found else b""


def prologue_of(head: bytes, record: bytes) -> Prologue:
    """The prologue of the records with root `record` in a file that begins with `head`.

    It depends on these two alone, so that a slice can be restored at any time: the declarations of all
    elements that are open where the first record of that name begins.
    """
    head = head[:HEAD]
    encoding = encoding_of(head)
    if encoding.startswith("utf-16"):
        head = head[: len(head) // 2 * 2].decode(encoding, "replace").lstrip("\ufeff").encode()
    opened: list[dict[bytes, bytes]] = []
    for piece in _PIECE.finditer(head):
        closing, name, attributes, empty = piece.groups()
        if name is None:
            continue
        if name == record and not closing:
            break
        if closing:
            opened = opened[:-1]
        elif not empty:
            opened.append({found[1]: found[2] for found in _XMLNS.finditer(attributes)})
    else:
        opened = opened[:1]
    merged: dict[bytes, bytes] = {}
    for declarations in opened:
        merged.update(declarations)
    return Prologue(encoding, tuple(sorted(merged.items())))
