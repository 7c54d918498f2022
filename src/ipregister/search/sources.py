"""Where each field's values stand in the public projection. Plain values in, plain values out."""

import re
from collections.abc import Callable, Collection, Iterable
from functools import lru_cache
from itertools import chain
from typing import Any

from msgspec import Struct

from ipregister.model.digits import to_ascii
from ipregister.search.entries import entries

_WORD = re.compile(r"[^\W_]+")
_VIENNA = re.compile(r"(\d{1,2})(?:\.(\d{1,2}))?(?:\.(\d{1,2}))?")


class Source(Struct, frozen=True):
    """What a search document is made of. `public` is the public projection, never the record.

    `status` is the derived state; `spellings` are (kind, folded form) of the numbers of the public record."""

    key: str
    public: dict[str, Any]
    status: str = "unknown"
    spellings: tuple[tuple[str, str], ...] = ()


Values = Callable[[Source], Collection[str | int]]
Words = Callable[[Source], Collection[str]]

_PARTY = frozenset({"names", "organization_names", "first_names", "last_names", "country"})
READ: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        ("kinds", "mark", "goods", "goods_unclassified", "application_date",
         "registration_date", "expiry_date", "registration_number", "international_number", "office_status",
         "application_language", "titles", "names", "transliterations", "translations", "abstracts", "descriptions",
         "homonym", "owners", "images", "views", "drawings", "sign", "origins", "country", "kind_code", "products", "designs", "areas", "claims",
         "description", "citations"), frozenset()),
    "inventors": _PARTY, "designers": _PARTY, "authors": _PARTY, "producers": _PARTY,
    "classifications": frozenset({"scheme", "symbol"}),
    "applicants": _PARTY, "holders": _PARTY, "representatives": _PARTY,
    "publications": frozenset({"date", "identifier"}), "priorities": frozenset({"date", "country", "number"}),
    "designations": frozenset({"country"}), "events": frozenset({"kind"}), "recordals": frozenset({"kind"}),
}  # fmt: skip
"""The fields of a public projection that are read here, beside `right`, `office` and `subtype`; of the items
of a list only the fields named, where some are. A projection may leave out all others."""


def texts(items: Iterable[dict[str, Any]]) -> list[str]:
    """The texts of language-tagged texts."""
    return [item["text"] for item in items]


def of_mark(*names: str, own: str = "") -> Words:
    """Texts of the sign; of a right without one the record's own texts of a name."""

    def values(source: Source) -> Collection[str]:
        mark = source.public.get("mark")
        if not mark:
            return texts(source.public.get(own, ())) if own else ()
        return [item["text"] for name in names if name in mark for item in mark[name]]

    return values


def scalar(name: str) -> Words:
    """One value of the record."""

    def values(source: Source) -> Collection[str]:
        value = source.public.get(name)
        return (str(value),) if value else ()

    return values


def each(part: str, name: str) -> Words:
    """One value of each item of a list of the record, and of its designs, without repeats."""

    def values(source: Source) -> Collection[str]:
        items = entries(source.public, part)
        return _once(items, name) if items else ()

    return values


def names_of(role: str) -> Words:
    """All names of the parties in a role, of the record and of its designs."""

    def values(source: Source) -> Collection[str]:
        parties = entries(source.public, role)
        if not parties:
            return ()
        found: list[str] = []
        for party in parties:
            if names := party.get("names"):
                found += [item["text"] for item in names]
            if names := party.get("organization_names"):
                found += [item["text"] for item in names]
            if "first_names" in party or "last_names" in party:
                person = [*party.get("first_names", ()), *party.get("last_names", ())]
                found += [" ".join([item["text"] for item in person])] if person else []
        return found if len(found) < 2 else dict.fromkeys(found)

    return values


def _once(items: Iterable[dict[str, Any]], name: str) -> Collection[str]:
    """One value of each item, without repeats and empty ones."""
    found = [item[name] for item in items if item.get(name)]
    return found if len(found) < 2 else dict.fromkeys(found)


def owner_countries(source: Source) -> Collection[str]:
    """Countries of the holders; of the applicants where no holder has one."""
    return _countries(source, "holders") or _countries(source, "applicants")


def representative_countries(source: Source) -> Collection[str]:
    """Countries of the representatives."""
    return _countries(source, "representatives")


def _countries(source: Source, role: str) -> Collection[str]:
    parties = entries(source.public, role)
    return _once(parties, "country") if parties else ()


def goods_by_class(source: Source) -> list[tuple[int, str]]:
    """Goods and services with their class; 0 where they have none."""
    public = source.public
    found: list[tuple[int, str]] = []
    for block in public.get("goods", ()):
        if texts := block.get("texts"):
            number = block.get("class_number") or 0
            found += [(number, item["text"]) for item in texts]
    if texts := public.get("goods_unclassified"):
        found += [(0, item["text"]) for item in texts]
    return found


def goods(source: Source) -> Collection[str]:
    """Goods and services of all classes, and those without a class."""
    return [text for _, text in goods_by_class(source)]


def classes(source: Source) -> Collection[int]:
    """Class numbers, each once."""
    blocks = source.public.get("goods")
    if not blocks:
        return ()
    found = [block["class_number"] for block in blocks if block.get("class_number")]
    return found if len(found) < 2 else dict.fromkeys(found)


def class_words(source: Source) -> Collection[str]:
    """Class numbers as words, for counting."""
    return list(map(str, classes(source)))


def status(source: Source) -> Collection[str]:
    """The derived state."""
    return (source.status,)


def feature(source: Source) -> Collection[str]:
    """The kind of sign."""
    word = source.public.get("mark", {}).get("feature")
    return (word,) if word else ()


def right(source: Source) -> Collection[str]:
    """The kind of right; of a trademark the subtype where it is a slogan, an emblem, a nonproprietary name."""
    code: str = source.public["right"]
    subtype = source.public.get("subtype", "TRADEMARK")
    return (code if code != "trademark" or subtype == "TRADEMARK" else subtype.lower(),)


def subtype(source: Source) -> Collection[str]:
    """The office's own sort of the right."""
    return (source.public["subtype"],)


@lru_cache(maxsize=10_000)
def vienna_levels(code: str) -> tuple[str, ...]:
    """A Vienna code with two digits each, at each level: `5.3.13` gives `05`, `05.03`, `05.03.13`."""
    match = _VIENNA.search(code)
    parts = [part.zfill(2) for part in match.groups() if part] if match else []
    return tuple(".".join(parts[: i + 1]) for i in range(len(parts)))


def vienna(source: Source) -> Collection[str]:
    """Vienna codes at all levels."""
    codes = _vienna_codes(source)
    return dict.fromkeys(chain.from_iterable(map(vienna_levels, codes))) if codes else ()


def vienna_divisions(source: Source) -> Collection[str]:
    """Vienna codes at two levels, for counting."""
    every = map(vienna_levels, _vienna_codes(source))
    return dict.fromkeys([levels[1] if len(levels) > 1 else levels[0] for levels in every if levels])


def _vienna_codes(source: Source) -> tuple[str, ...]:
    mark = source.public.get("mark")
    images = mark.get("images") if mark else None
    return tuple([code for image in images for code in image.get("vienna", ())]) if images else ()


def year(source: Source) -> Collection[int]:
    """The year of filing."""
    day = source.public.get("application_date") or ""
    return (int(day[:4]),) if day[:4].isdecimal() else ()


def events(source: Source) -> Collection[str]:
    """Kinds of events and of recorded acts."""
    events, acts = entries(source.public, "events"), entries(source.public, "recordals")
    return _once((*events, *acts) if acts else events, "kind")


def languages(source: Source) -> Collection[str]:
    """Languages of the words of the mark, and of the application."""
    mark = source.public.get("mark")
    verbal = mark.get("verbal") if mark else None
    told = [text["lang"] for text in verbal if "lang" in text] if verbal else []
    if language := source.public.get("application_language"):
        told.append(language)
    return dict.fromkeys([lang for lang in told if lang and lang != "und"]) if told else ()


def has_image(source: Source) -> Collection[str]:
    """Whether the record has a picture: yes or no."""
    public = source.public
    if public["right"] == "trademark":
        return ("yes" if public.get("mark", {}).get("images") else "no",)
    shown = (
        public.get("sign", {}).get("images")
        or public.get("views")
        or public.get("images")
        or public.get("drawings")
    )
    return ("yes" if shown or any(one.get("views") for one in public.get("designs", ())) else "no",)


def numbers(source: Source) -> Collection[str]:
    """Every spelling of the record's numbers and of its key, without separators."""
    bare = source.key.replace("-", "")
    if not bare.isalnum():
        bare = "".join(_WORD.findall(bare))
    return dict.fromkeys([bare, *[form for _, form in source.spellings if "/" not in form]])


def plain_numbers(part: str, name: str) -> Words:
    """A number of each item of a list, without separators, as numbers are searched."""

    def values(source: Source) -> Collection[str]:
        items = entries(source.public, part)
        if not items:
            return ()
        found = (to_ascii(item[name]).lower() for item in items if item.get(name))
        bare = ("".join(_WORD.findall(number)) for number in found)
        return dict.fromkeys([number for number in bare if number])

    return values


def kinds(source: Source) -> Collection[str]:
    """By whom the mark may be used (individual, collective, ...)."""
    return tuple(source.public.get("kinds", ()))


def family(source: Source) -> str:
    """What an international registration and its national copies have in common; empty for other rights."""
    public = source.public
    number = public.get("international_number", "")
    if not number and public["office"] == "WO":
        number = public.get("registration_number", "")
    return "".join(_WORD.findall(number.lower())).lstrip("0") if number else ""
