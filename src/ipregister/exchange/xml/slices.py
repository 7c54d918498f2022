"""One raw record parsed alone, hardened: no network, no entities, bounded size and depth; never raises."""

import re

from lxml import etree
from msgspec import Struct

from ipregister.exchange.xml.mending import declared_encoding, mend
from ipregister.model.evidence import Reading

MAX_BYTES = 8 * 1024 * 1024
MAX_DEPTH = 64
MAX_ELEMENTS = 200_000
"""A record has a few hundred elements; the largest known some thousands."""

_PROLOG = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*+(?:<\?(?>.*?\?>)\s*+|<!--(?>.*?-->)\s*+)*+<!DOCTYPE([^\[>]*)(\[?)", re.S
)
_NAMED = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*+(?:<\?(?>.*?\?>)\s*+|<!--(?>.*?-->)\s*+)*+(<!DOCTYPE\s[^\[>]*(?:\[\s*\]\s*)?>)",
    re.S,
)
_USUAL = (b'<?xml version="1.0" encoding="UTF-8"?>', b"<?xml version='1.0' encoding='UTF-8'?>")
_PLAIN = frozenset({"", "utf-8", "utf8", "us-ascii"})


TRADEMARKS = "http://www.wipo.int/standards/XMLSchema/trademarks"
OFFICES = "http://www.wipo.int/standards/XMLSchema/wo-trademarks"
DESIGNS = "http://www.wipo.int/standards/XMLSchema/designs"
OFFICES_DESIGNS = "http://www.wipo.int/standards/XMLSchema/wo-designs"
SHORT, SHORT_DESIGNS = "wo:", "wd:"
SHORT_NAMES = (
    (f' xmlns="{TRADEMARKS}"'.encode(), b""),
    (f' xmlns:wo="{OFFICES}"'.encode(), f' xmlns:wo="{SHORT}"'.encode()),
    (f' xmlns="{DESIGNS}"'.encode(), b""),
    (f' xmlns:wo="{OFFICES_DESIGNS}"'.encode(), f' xmlns:wo="{SHORT_DESIGNS}"'.encode()),
)
"""Declarations of namespaces, and what stands for them while a record is read: an element's name is made of its
namespace each time it is asked, which costs time by the letter."""


class Parsed(Struct):
    """A slice as a tree, with the repairs it took; or why there is none, with the place.

    `blanks`: the tree has blank texts, or texts that are parted by something; `attributes`: without blanks, a
    quick count of those below the root, never too low."""

    root: etree._Element | None
    blanks: bool = True
    repairs: tuple[str, ...] = ()
    unknown_entities: tuple[str, ...] = ()
    refusal: str = ""
    detail: str = ""
    attributes: int = 0

    def refused(self, code: str = "", detail: str = "") -> Reading:
        """The reading of a slice that holds no record: by the code given, else as parsing refused it."""
        if not code:
            code, detail = self.refusal, self.detail
        return Reading(None, refusal=code, refusal_detail=detail, slice_repairs=self.repairs)


def parse(
    raw: bytes,
    encodings: tuple[str, ...] = (),
    limit: int = MAX_BYTES,
    *,
    quick: bool = False,
    named_type: bool = False,
) -> Parsed:
    """The element tree of one raw record. Comments and processing instructions are left out.

    With `quick`, blank texts between elements are left out too, where that is safe (`Parsed.blanks`).

    With `named_type`, a document may name its type by an outside definition, which is never read.

    Bytes that are not well-formed are mended by `mending.mend` and parsed once more.
    """
    if len(raw) > limit:
        return Parsed(None, refusal="too-large", detail=f"{len(raw)} bytes, limit {limit}")
    if not raw.startswith(b"<") and not raw.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        return Parsed(None, refusal="empty")
    # Without `!` there is no declaration, comment or CDATA section. (`in` takes bytes for a number first: slow.)
    marked = raw.find(b"!") >= 0
    if named_type and marked:
        raw = _untyped(raw)
    if marked and b"<!DOCTYPE" in raw and _outside_parts(raw):
        return Parsed(None, refusal="document-type")
    if raw.startswith(_USUAL) or (b"\0" not in raw[:4] and declared_encoding(raw) in _PLAIN):
        blanks = not quick or (marked and (b"<!--" in raw or b"<![CDATA[" in raw))
        try:
            if not blanks:
                return _bounded(_parse_quickly(raw), raw)
            return _bounded(Parsed(etree.fromstring(raw, _PARSER)), raw)
        except etree.XMLSyntaxError as error:
            if "depth" in str(error).lower():
                return Parsed(None, refusal="too-deep", detail=_place(error))
    return _parse_mended(raw, encodings)


def _parse_quickly(raw: bytes) -> Parsed:
    """The tree without blank texts, under the short names of the namespaces that the tag of the root declares.

    Attributes are counted by their equals signs (a `replace` is the quickest count of bytes): one that stands in
    a text, or in a declaration further down, is counted too."""
    begin = raw.find(b"?>") + 2 if raw.startswith(b"<?xml") else 0
    end = raw.find(b">", begin)
    head, rest = raw[begin:end], raw[end:]
    if head.find(b"'") < 0:  # else a value could hold what looks like a declaration
        for written, short in SHORT_NAMES:
            head = head.replace(written, short)
    try:
        root = etree.fromstring(raw[:begin] + head + rest, _QUICK)
    except etree.XMLSyntaxError:
        root = etree.fromstring(raw, _QUICK)
    return Parsed(root, blanks=False, attributes=len(rest) - len(rest.replace(b"=", b"")))


def _untyped(raw: bytes) -> bytes:
    """The document without a declaration that only names its type: no entities, nothing to be fetched."""
    found = _NAMED.match(raw)
    return raw if found is None else raw[: found.start(1)] + b" " * len(found[1]) + raw[found.end(1) :]


def _parse_mended(raw: bytes, encodings: tuple[str, ...]) -> Parsed:
    mended = mend(raw, encodings)
    if b"<!DOCTYPE" in mended.data and _outside_parts(mended.data):
        return Parsed(None, repairs=mended.repairs, refusal="document-type")
    try:
        root = etree.fromstring(mended.data, _PARSER)
    except etree.XMLSyntaxError as error:
        refusal = "too-deep" if "depth" in str(error).lower() else "not-well-formed"
        return Parsed(None, repairs=mended.repairs, refusal=refusal, detail=_place(error))
    return _bounded(Parsed(root, repairs=mended.repairs, unknown_entities=mended.unknown), mended.data)


def _bounded(parsed: Parsed, data: bytes) -> Parsed:
    """The same, or a refusal where the tree has too many elements to be walked."""
    if parsed.root is None or len(data) < MAX_ELEMENTS or data.count(b"<") <= MAX_ELEMENTS:
        return parsed
    count = sum(1 for _ in parsed.root.iter())
    if count <= MAX_ELEMENTS:
        return parsed
    detail = f"{count} elements, limit {MAX_ELEMENTS}"
    return Parsed(None, repairs=parsed.repairs, refusal="too-many-elements", detail=detail)


def _outside_parts(raw: bytes) -> bool:
    match = _PROLOG.match(raw)
    return bool(match and (match[2] or b"SYSTEM" in match[1] or b"PUBLIC" in match[1]))


def _place(error: etree.XMLSyntaxError) -> str:
    line, column = error.position
    return f"line {line}, column {column}: {error.msg}"


def _parser(*, blank: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        remove_blank_text=not blank,
    )


_PARSER = _parser(blank=True)
_QUICK = _parser(blank=False)


def local_name(tag: str) -> str:
    """An element's or attribute's name without its namespace."""
    return tag.rpartition("}")[2]


def attribute_place(element: etree._Element, name: str) -> str:
    """How a position names an attribute: by its local name, where the element has only one such; else in full
    (`{namespace}name`; one without a namespace has no other name)."""
    if name[0] != "{":
        return name
    local = local_name(name)
    alike = sum(str(other).endswith(local) and local_name(str(other)) == local for other in element.keys())  # noqa: SIM118 - not a mapping
    if alike == 1:
        return local
    return name.replace(f"{{{SHORT}}}", f"{{{OFFICES}}}").replace(
        f"{{{SHORT_DESIGNS}}}", f"{{{OFFICES_DESIGNS}}}"
    )
