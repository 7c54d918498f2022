"""The loss checker: whether every text of a raw record is in what a reader made of it.

It parses the raw document with another parser than the readers and walks it by itself; it knows positions,
repairs and the record, and nothing of any reader.
"""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any
from xml.parsers import expat

import msgspec
from lxml import etree
from msgspec import Struct

from ipregister.exchange import objects
from ipregister.exchange.contents import Contents, letters, typed_from
from ipregister.exchange.making import Words, tells_how
from ipregister.exchange.objects import Place
from ipregister.exchange.xml.mending import mend
from ipregister.model import canonical, lists, repairs
from ipregister.model.class_texts import class_parts
from ipregister.model.digits import to_ascii
from ipregister.model.evidence import Reading, split_origin
from ipregister.model.offices import Office
from ipregister.model.record import Record

DERIVED = frozenset({"ir-number", "deletion", "suffix-country", "says"})
"""Repairs that say something by a text which stands in the record elsewhere as a whole."""

FRAGMENTS = frozenset({"class-part", "lines", "name-part", "part", "listed", "item"})
"""Repairs that take a part of a text; all parts together must make up the whole of it."""

CONSTANTS = frozenset(
    {
        "right",
        "office",
        "subtype",
        "role",
        "scheme",
        "kind",
        "field",
        "reason",
        "path",
        "lang",
        "feature",
        "code",
        "section",
        "under",
        "use",
    }
)
"""Names of leaves that a reader may set without a place in the document: what the name of an element tells,
and the kind of sign where a feed has none (with a finding)."""

_BEFORE = b"\xef\xbb\xbf\xff\xfe \t\r\n"
_MARKUP = (
    "{http://www.w3.org/2001/XMLSchema-instance}",
    "{http://www.w3.org/XML/1998/namespace}space",
)


def _local(name: str) -> str:
    return re.split("[:}]", name)[-1]


class Broken(Struct, frozen=True):
    """A value whose evidence does not hold: its pointer and why."""

    pointer: str
    why: str


class Loss(Struct, frozen=True):
    """What the checker found: texts in all, texts that are nowhere, texts in `extra`, evidence that is wrong;
    `made` are texts that only say how the document is made, by the checker's own list."""

    total: int
    lost: tuple[Place, ...]
    extra: tuple[Place, ...]
    broken: tuple[Broken, ...]
    made: tuple[Place, ...] = ()


class Places(dict[str, Place]):
    """The texts of a document by position; `12*` is all that stands inside element 12, as plain markup."""

    contents: Contents | None = None

    def at(self, position: str) -> Place | None:
        """The text at a position."""
        if not position.endswith("*") or self.contents is None:
            return self.get(position)
        markup = self.contents.inner(int(position[:-1]))
        return None if markup is None else Place(position, "", markup)

    def inside(self, position: str) -> list[str]:
        """Positions of the texts that make up the one at a position; none of a text that is one."""
        if not position.endswith("*") or self.contents is None:
            return []
        return [place for place in self.contents.inside(int(position[:-1])) if place in self]


class _Walk:
    """All texts, tails and attributes of a document with their positions."""

    def __init__(self) -> None:
        self.places = Places()
        self.places.contents = self.contents = Contents()
        self._next = 0
        self._open: list[tuple[int, str]] = []
        self._last_closed = -1
        self._text: list[str] = []

    def start(self, tag: str, attrib: Mapping[str, str]) -> None:
        self._flush()
        path = f"{self._open[-1][1]}/" if self._open else ""
        path += _local(tag)
        self._open.append((self._next, path))
        self.contents.start(_local(tag))
        self._last_closed = -1
        named = Counter(map(_local, attrib))
        for name, value in attrib.items():
            local = _local(name)
            full = name if name.startswith("{") or "}" not in name else "{" + name
            if not full.startswith(_MARKUP) and value and not value.isspace():
                place = local if named[local] == 1 else full
                self._add(f"{self._next}@{place}", f"{path}/@{local}", value)
        self._next += 1

    def end(self, tag: str) -> None:
        self._flush()
        self._last_closed = self._open.pop()[0]
        self.contents.end(_local(tag))

    def data(self, data: str) -> None:
        self._text.append(data)

    def whole(self, element: etree._Element) -> None:
        """All of an element that another parser has made."""
        self.start(str(element.tag), {str(name): str(value) for name, value in element.items()})
        self.data(element.text or "")
        for child in element:
            self.whole(child)
            self.data(child.tail or "")
        self.end(str(element.tag))

    def _flush(self) -> None:
        text = "".join(self._text)
        self._text.clear()
        if text:
            self.contents.text(text)
        if text and not text.isspace() and self._open:
            number, path = self._open[-1]
            self._add(str(number) if self._last_closed < 0 else f"{self._last_closed}~", path, text)

    def _add(self, position: str, path: str, text: str) -> None:
        self.places[position] = Place(position, path, text)


def texts_of(raw: bytes, slice_repairs: tuple[str, ...] = ()) -> Places:
    """Every non-blank text, tail and attribute value of a raw document by position; of JSON every value that is
    no name, of a row of a table every cell.

    Another parser than the readers' does it; theirs where it refuses names that came with XML's fifth edition.
    Raises `lxml.etree.XMLSyntaxError` or `ValueError` for a document that is not well-formed.
    """
    if raw[:64].replace(b"\0", b"").lstrip(_BEFORE)[:1] in (b"{", b"["):
        return Places(objects.places_of(raw))
    if slice_repairs:
        encodings = tuple(code.partition(":")[2] for code in slice_repairs if code.startswith("encoding:"))
        raw = mend(raw, encodings).data
    walk = _Walk()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    parser.CharacterDataHandler = walk.data
    try:
        parser.Parse(raw, True)
    except expat.ExpatError:
        walk = _Walk()
        walk.whole(
            etree.fromstring(
                raw, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
            )
        )
    return walk.places


def check(raw: bytes, reading: Reading, office: Office) -> Loss:
    """What a reading lost of its raw document, what it put aside, and which of its evidence is wrong."""
    if reading.record is None:
        return Loss(0, (), (), ())
    places = texts_of(raw, reading.slice_repairs)
    covered, made = _put_aside(reading, places)
    covered.update(inner for position in tuple(covered) for inner in places.inside(position))
    aside: set[str] = set()
    broken: list[Broken] = []
    parts: dict[str, list[str]] = {}
    contents: dict[str, str] = {}
    for pointer, origin in reading.evidence.items():
        position, codes = split_origin(origin)
        why = _wrong(reading.record, pointer, places.at(position), codes, office)
        if why:
            broken.append(Broken(pointer, why))
        elif pointer.startswith("/extra/"):
            aside.update(places.inside(position) if position.endswith("*") else [position])
        elif position.endswith("*"):
            value = str(_resolve(reading.record, pointer))
            contents[position] = contents.get(position, "") + typed_from(places.at(position), codes, value)
        elif FRAGMENTS.intersection(code.partition(":")[0] for code in codes):
            parts.setdefault(position, []).append(_fragment(places[position].text, codes, office))
        elif not DERIVED.intersection(codes):
            covered.add(position)
    covered |= {p for p, fragments in parts.items() if _whole(places[p].text, fragments)}
    for position, value in contents.items():
        inside = [place for place in places.inside(position) if place not in covered and place not in aside]
        if not sum((letters(places[place].text) for place in inside), Counter()) - letters(value):
            covered.update(inside)
    broken += _without_evidence(reading)
    lost = tuple(place for p, place in places.items() if p not in covered and p not in aside)
    extra = tuple(place for p, place in places.items() if p in aside)
    return Loss(len(places), lost, extra, tuple(broken), made)


def _put_aside(reading: Reading, places: Places) -> tuple[set[str], tuple[Place, ...]]:
    """Positions that a reader has called markup, where they are that, or the record says the same by other fields; and
    the texts that are markup."""
    called = [
        places[inner]
        for position in map(str, reading.used)
        for inner in dict.fromkeys((*places.inside(position), position))
        if inner in places
    ]
    made = tuple(place for place in called if tells_how(place.path, place.text))
    rest = [place for place in called if not tells_how(place.path, place.text)]
    covered = {place.position for place in made}
    if rest:
        values = canonical.leaves(msgspec.to_builtins(reading.record))
        words = Words(str(value) for _, value in values)
        covered.update(place.position for place in rest if words.say(place.text, place.path))
    return covered, made


def _fragment(text: str, codes: tuple[str, ...], office: Office) -> str:
    """The part of a text that a fragment repair takes, before what follows it makes it another value."""
    last = max(n for n, code in enumerate(codes) if code.partition(":")[0] in FRAGMENTS)
    return repairs.apply(text, codes[: last + 1], office)


def _whole(text: str, fragments: list[str]) -> bool:
    """Whether fragments hold every letter and digit of a text as often as it does.

    Of a text that names classes (`Class 9, 35`) the numbers are what counts, of a list its values."""
    numbers = class_parts(text)
    text = "".join(map(str, numbers)) or "".join(lists.items(text) or ()) or text
    letters = Counter(letter for letter in to_ascii(text) if letter.isalnum())
    letters.subtract(letter for part in fragments for letter in to_ascii(part) if letter.isalnum())
    missing = "".join(letter * count for letter, count in letters.items() if count > 0)
    return not missing


def _wrong(record: Record, pointer: str, place: Place | None, codes: tuple[str, ...], office: Office) -> str:
    if place is None:
        return "the document has no text at this position"
    try:
        value = _resolve(record, pointer)
    except (AttributeError, IndexError, ValueError):
        return "the record has no such value"
    try:
        made = repairs.apply(place.text, codes, office)
    except (KeyError, ValueError, IndexError) as error:
        return f"the repairs {codes} cannot be applied to {place.text!r}: {error}"
    return "" if made == str(value) else f"the repairs {codes} make {made!r} of {place.text!r}, not {value!r}"


def _resolve(record: Record, pointer: str) -> Any:
    value: Any = record
    for part in pointer.split("/")[1:]:
        value = value[int(part)] if isinstance(value, tuple) else getattr(value, part)
    if isinstance(value, Struct | tuple):
        raise ValueError(pointer)
    return value


def _without_evidence(reading: Reading) -> list[Broken]:
    leaves = canonical.leaves(msgspec.to_builtins(reading.record))
    return [
        Broken(pointer, "the value has no evidence")
        for pointer, value in leaves
        if str(value).strip()
        and pointer not in reading.evidence
        and pointer.rpartition("/")[2] not in CONSTANTS
    ]
