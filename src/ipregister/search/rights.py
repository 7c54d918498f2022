"""Where the fields of rights other than trademarks stand in the public projection. Plain values in and out."""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Any

from ipregister.search.entries import entries
from ipregister.search.sources import Source, Words, texts

_SYMBOL = re.compile(r"([A-H]\d{2}[A-Z])\s*(\d{1,4})?(?:/(\d{1,6}))?", re.ASCII)
_DIGITS = re.compile(r"\d+")


def text_of(*names: str) -> Words:
    """Texts of the record's own lists of texts."""

    def values(source: Source) -> Collection[str]:
        public = source.public
        return [item["text"] for name in names if name in public for item in public[name]]

    return values


def text_inside(part: str) -> Words:
    """Texts of the items of a list: claims, paragraphs."""

    def values(source: Source) -> Collection[str]:
        items = source.public.get(part)
        return [text for item in items for text in texts(item.get("texts", ()))] if items else ()

    return values


def titles(source: Source) -> Collection[str]:
    """Titles of inventions, works and designs, names of indications and emblems."""
    public = source.public
    if public["right"] == "trademark":
        return ()
    found = [*texts(public.get("titles", ())), *texts(public.get("names", ()))]
    for design in public.get("designs", ()):
        found += texts(design.get("titles", ()))
    return dict.fromkeys(found)


def products(source: Source) -> Collection[str]:
    """Products of designs and of indications."""
    public = source.public
    if public["right"] == "trademark":
        return ()
    return dict.fromkeys([text for item in _products(public) for text in texts(item.get("texts", ()))])


def _products(public: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from entries(public, "products")


@lru_cache(maxsize=10_000)
def locarno_levels(number: str) -> tuple[str, ...]:
    """A Locarno class at each level: `06-01` gives `06`, `06-01`."""
    parts = [part.zfill(2) for part in _DIGITS.findall(number)][:2]
    return tuple("-".join(parts[: n + 1]) for n in range(len(parts)))


def locarno(source: Source) -> Collection[str]:
    """Locarno classes at both levels."""
    if source.public["right"] != "design":
        return ()
    found = (item.get("number", "") for item in _products(source.public))
    return dict.fromkeys([level for number in found for level in locarno_levels(number)])


def locarno_classes(source: Source) -> Collection[str]:
    """Locarno classes without their subclass, for counting."""
    return [level for level in locarno(source) if "-" not in level]


@lru_cache(maxsize=20_000)
def symbol_levels(symbol: str) -> tuple[str, ...]:
    """A symbol of IPC or CPC at each level: `A61K 31/00` gives `A`, `A61`, `A61K`, `A61K31`, `A61K31/00`."""
    match = _SYMBOL.search(symbol.upper())
    if match is None:
        return (symbol,) if symbol else ()
    subclass, group, subgroup = match.groups()
    levels = [subclass[0], subclass[:3], subclass]
    if group:
        levels.append(f"{subclass}{group}")
        if subgroup:
            levels.append(f"{subclass}{group}/{subgroup}")
    return tuple(levels)


def symbols(scheme: str) -> Words:
    """Classification symbols of a scheme at all levels."""

    def values(source: Source) -> Collection[str]:
        items = source.public.get("classifications")
        if not items:
            return ()
        found = (item.get("symbol", "") for item in items if item["scheme"] == scheme)
        return dict.fromkeys([level for symbol in found for level in symbol_levels(symbol)])

    return values


def subclasses(source: Source) -> Collection[str]:
    """IPC subclasses, for counting."""
    return [level for level in symbols("ipc")(source) if len(level) == 4]


def people(role: str) -> Words:
    """Names of the people in a role of the record, and of its designs."""

    def values(source: Source) -> Collection[str]:
        parties = entries(source.public, role)
        return dict.fromkeys([name for party in parties for name in _names(party)]) if parties else ()

    return values


def _names(party: dict[str, Any]) -> list[str]:
    found = texts(party.get("names", ())) + texts(party.get("organization_names", ()))
    person = texts(party.get("first_names", ())) + texts(party.get("last_names", ()))
    return [*found, " ".join(person)] if person else found


def origins(source: Source) -> Collection[str]:
    """Countries of origin of an indication; of an emblem its state."""
    public = source.public
    if public["right"] == "emblem":
        return (public["country"],) if public.get("country") else ()
    return tuple(public.get("origins", ()))


def areas(source: Source) -> Collection[str]:
    """Areas of production."""
    return [text for area in source.public.get("areas", ()) for text in texts(area.get("texts", ()))]


def cited(source: Source) -> Collection[str]:
    """Numbers of cited documents, with their office and kind, and without."""
    out: dict[str, None] = {}
    for citation in source.public.get("citations", ()):
        for document in citation.get("documents", ()):
            number = "".join(document.get("number", "").split())
            if number:
                out[number] = out[f"{document.get('office', '')}{number}{document.get('kind_code', '')}"] = (
                    None
                )
    return out
