"""Documents made bad in every way: structure, encoding, sizes, entities, values. The same seed gives the same."""

import random
import re
from collections.abc import Callable

Mutation = Callable[[bytes, random.Random], bytes]

_ELEMENT = re.compile(rb"<(/?)([A-Za-z_][\w:.-]*+)([^<>]*?)(/?)>")
_LONGEST_NAME = 200
_TEXT = re.compile(rb">([^<>]{1,400})<")
_STRING = re.compile(rb'"((?:[^"\\]|\\.){0,400})"')
_ODD = ["", " ", "-", "0", "-1", "9" * 400, "9999-99-99", "0000-00-00", "31/02/2020", "2567-13-45", "๒๕๖๗-๐๑-๐๑",
        "1e999", "NaN", "%s%n", "../../etc/passwd", "=1+1", "\u202e\u200b\ufeff", "ÀÁÂ", "က" * 200, "<&>",
        "x" * 70_000, "1;2;3" * 500, "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
        "M/" * 300, "A" * 130, "10 | 20", "\n" * 500]  # fmt: skip
_ENTITIES = [
    b'<!DOCTYPE a [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>',
    b'<!DOCTYPE a SYSTEM "file:///etc/passwd">',
    b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    b'<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]>',
    b"<!DOCTYPE a [" + b"<!ELEMENT a ANY>" * 500 + b"]>",
    b"<!DOCTYPE a>",
    b"<!DOCTYPE",
]
_REFERENCES = [b"&nbsp;", b"&gcaron;", b"&#0;", b"&#x110000;", b"&#xD800;", b"&undefined;", b"&", b"&amp;amp;", b"&c;",
               b"&#99999999999999999999;", b"&#x;", b"<![CDATA[]]>", b"<![CDATA[", b"<!-- --", b"<?x", b"]]>"]  # fmt: skip
_SIGNS = [b'"', b"\\", b'\\"', b'"\\', b"{", b"[", b"}", b'["', b'{"a":', b"<", b"</", b"<a ", b"<a>", b"<a/>", b"<a '", b"<!--", b"-->",
          b"<![CDATA[", b"<?", b"<!DOCTYPE ", b"&", b"&a", b"&#", b"&amp;", b"'", b"=", b" ", b"\n", b";", b",", b"\t", b'";', b'\n"', b"\r",
          b"1", b"9-", b"1/", b"A ", b"(", b"a,", b"Class 1 ", b":", b"|", b"\xe0\xba\x81", b"\xcc\x81", b"\xef\xbf\xbd", b"\0"]  # fmt: skip


def _span(data: bytes, luck: random.Random) -> tuple[int, int]:
    start = luck.randrange(len(data) + 1)
    return start, min(len(data), start + luck.choice([1, 2, 8, 64, 512, 4096]))


def cut_off(data: bytes, luck: random.Random) -> bytes:
    """The end is missing, or the beginning."""
    at = luck.randrange(len(data) + 1)
    return data[:at] if luck.random() < 0.8 else data[at:]


def drop(data: bytes, luck: random.Random) -> bytes:
    """Some bytes are missing."""
    first, last = _span(data, luck)
    return data[:first] + data[last:]


def repeat(data: bytes, luck: random.Random) -> bytes:
    """Some bytes come many times."""
    first, last = _span(data, luck)
    times = luck.choice([2, 3, 50]) if last - first > 64 else luck.choice([2, 100, 3000])
    return data[:last] + data[first:last] * times + data[last:]


def flip(data: bytes, luck: random.Random) -> bytes:
    """Some bytes are others."""
    made = bytearray(data)
    for _ in range(luck.choice([1, 3, 20])):
        if made:
            made[luck.randrange(len(made))] = luck.randrange(256)
    return bytes(made)


def insert_bytes(data: bytes, luck: random.Random) -> bytes:
    """Bytes that no text has."""
    at = luck.randrange(len(data) + 1)
    odd = luck.choice(
        [b"\0", b"\xff\xfe", b"\xc3", b"\xed\xa0\x80", b"\x1b[2J", b"\xef\xbb\xbf", b"\x80" * 50, b"\x0b\x0c"]
    )
    return data[:at] + odd + data[at:]


def reencode(data: bytes, luck: random.Random) -> bytes:
    """The whole is in another encoding than it says."""
    text = data.decode("utf-8", "replace")
    name = luck.choice(
        ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "cp1251", "tis-620", "utf-8-sig", "utf-7"]
    )
    return text.encode(name, "replace")


def declare(data: bytes, luck: random.Random) -> bytes:
    """It says that it is in another encoding."""
    name = luck.choice([b"UTF-16", b"ISO-8859-1", b"windows-1251", b"x-none", b"UTF-7", b"EBCDIC-CP-US", b""])
    rest = re.sub(rb"^\s*<\?xml[^>]*\?>", b"", data)
    return b'<?xml version="1.0" encoding="' + name + b'"?>' + rest


def entities(data: bytes, luck: random.Random) -> bytes:
    """A document type that should not be, and references to what is not there."""
    rest = re.sub(rb"^\s*<\?xml[^>]*\?>", b"", data)
    made = luck.choice(_ENTITIES) + rest if luck.random() < 0.5 else data
    found = list(_TEXT.finditer(made))
    if not found:
        return made
    at = luck.choice(found).start(1)
    return made[:at] + luck.choice(_REFERENCES) + made[at:]


def rename(data: bytes, luck: random.Random) -> bytes:
    """Elements have another name, start and end alike or not."""
    found = list(_ELEMENT.finditer(data))
    if not found:
        return data
    one, other = luck.choice(found), luck.choice(found)
    if luck.random() < 0.5 and len(other[2]) < _LONGEST_NAME:
        return data.replace(one[2], other[2])
    return data[: one.start(2)] + other[2] + data[one.end(2) :]


def move(data: bytes, luck: random.Random) -> bytes:
    """A piece from tag to tag stands elsewhere, or twice."""
    found = list(_ELEMENT.finditer(data))
    if len(found) < 4:
        return data
    first, last, to = sorted(luck.sample(range(len(found)), 3))
    piece = data[found[first].start() : found[last].end()]
    rest = data if luck.random() < 0.5 else data.replace(piece, b"", 1)
    at = min(found[to].start(), len(rest))
    return rest[:at] + piece + rest[at:]


def nest(data: bytes, luck: random.Random) -> bytes:
    """Elements or brackets are nested deep."""
    depth = luck.choice([40, 100, 500, 20_000])
    at = luck.randrange(len(data) + 1)
    before, after = luck.choice([(b"<a>", b"</a>"), (b"[", b"]"), (b'{"a":', b"}"), (b"<a>", b"")])
    return data[:at] + before * depth + after * depth + data[at:]


def widen(data: bytes, luck: random.Random) -> bytes:
    """Very many elements, attributes or members."""
    at = luck.randrange(len(data) + 1)
    count = luck.choice([100, 3000])
    odd = luck.choice([
        b"<b/>" * count, b"<x>1</x>" * count, b" a='1'" * count, b"".join(b" a%d='1'" % n for n in range(count)),
        b",".join(b'"k%d":1' % n for n in range(count)), b",1" * count, b"x" * (count * 300),
    ])  # fmt: skip
    return data[:at] + odd + data[at:]


def flood(data: bytes, luck: random.Random) -> bytes:
    """A sign of the format comes very many times in a row: what looks for its other end must not do so anew each time."""
    at = luck.randrange(len(data) + 1)
    sign = luck.choice(_SIGNS)
    return data[:at] + sign * (luck.choice([20_000, 150_000]) // len(sign)) + data[at:]


def value(data: bytes, luck: random.Random) -> bytes:
    """A text is another: an odd number, date, sign, a very long one."""
    found = list((_STRING if data[:64].lstrip()[:1] in (b"{", b"[") else _TEXT).finditer(data))
    if not found:
        return data
    one, odd = luck.choice(found), luck.choice(_ODD).encode("utf-8", "replace")
    return data[: one.start(1)] + odd + data[one.end(1) :]


MUTATIONS: tuple[Mutation, ...] = (
    cut_off, drop, repeat, flip, insert_bytes, reencode, declare, entities, rename, move, nest, widen, flood, value, value,
)  # fmt: skip


def mutated(data: bytes, luck: random.Random) -> tuple[bytes, list[str]]:
    """A document made bad in one to four ways, and in which; never larger than 24 MiB."""
    told = []
    for mutation in luck.choices(MUTATIONS, k=luck.choice([1, 1, 2, 4])):
        told.append(mutation.__name__)
        made = mutation(data, luck)
        data = made if len(made) < 24 << 20 else data
    return data, told
