"""One name as it stands on the shelf."""

import hashlib

from msgspec import Struct
from msgspec.structs import astuple

from ipregister.search.similarity.names import Forms

NAME_KINDS = ("mark", "part", "transliteration", "translation", "holder")
"""What a name is of its record: the mark, its significant part (as the office tells it, or without words of the trade), the
office's transliteration or translation of it, or the name of a holder."""
PART = "part"
PARTIES = ("holder",)
"""The kinds that are names of parties."""
BREAK = "\x1f"


class Entry(Struct, frozen=True, gc=False):
    """A name of a record. `classes` are Nice classes 1 to 45."""

    key: str
    name: str
    kind: str = "mark"
    office: str = ""
    classes: tuple[int, ...] = ()


def packed(entry: Entry, forms: Forms) -> bytes:
    """An entry and its forms as bytes."""
    parts = (entry.key, entry.kind, entry.office, ",".join(map(str, entry.classes)), *astuple(forms))
    return BREAK.join([part.replace(BREAK, " ") for part in parts]).encode("utf-8", "replace")


def unpacked(held: bytes) -> tuple[Entry, Forms]:
    """What `packed` wrote."""
    key, kind, office, classes, *rest = held.decode("utf-8").split(BREAK)
    forms = Forms(*rest)
    numbers = tuple(int(number) for number in classes.split(",")) if classes else ()
    return Entry(key, forms.name, kind, office, numbers), forms


def unpacked_entry(held: bytes) -> Entry:
    """The entry of what `packed` wrote."""
    key, kind, office, classes, name, _ = held.decode("utf-8").split(BREAK, 5)
    return Entry(key, name, kind, office, tuple(map(int, classes.split(","))) if classes else ())


def class_bits(classes: tuple[int, ...]) -> int:
    """Classes as bits of one number."""
    return sum(1 << number for number in set(classes) if 0 < number < 64)


def written_stamp(entry: Entry, forms: Forms) -> int:
    """A number that names have in common which are written the same; that of a mark and of a party differ."""
    text = f"{entry.kind in PARTIES} {forms.folded}".encode("utf-8", "replace")
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "little")
