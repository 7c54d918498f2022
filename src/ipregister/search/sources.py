"""Where each field's values stand in the public projection. Plain values in, plain values out."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from msgspec import Struct

_VIENNA = re.compile(r"(\d{1,2})(?:\.(\d{1,2}))?(?:\.(\d{1,2}))?")


class Source(Struct, frozen=True):
    """What a search document is made of. `public` is the public projection, never the record.

    `status` is the derived state; `spellings` are (kind, folded form) of the numbers of the public record."""

    key: str
    public: dict[str, Any]
    status: str = "unknown"
    spellings: tuple[tuple[str, str], ...] = ()


Values = Callable[[Source], Iterable[str | int]]
Words = Callable[[Source], Iterable[str]]


def texts(items: Iterable[dict[str, Any]]) -> Iterator[str]:
    """The texts of language-tagged texts."""
    return (item["text"] for item in items)


def of_mark(*names: str) -> Words:
    """Texts of the sign."""

    def values(source: Source) -> Iterator[str]:
        mark = source.public.get("mark", {})
        for name in names:
            yield from texts(mark.get(name, ()))

    return values


def scalar(name: str) -> Words:
    """One value of the record."""

    def values(source: Source) -> Iterator[str]:
        if value := source.public.get(name):
            yield str(value)

    return values


def each(part: str, name: str) -> Words:
    """One value of each item of a list of the record, without repeats."""

    def values(source: Source) -> Iterable[str]:
        return dict.fromkeys(item[name] for item in source.public.get(part, ()) if item.get(name))

    return values


def names_of(role: str) -> Words:
    """All names of the parties in a role."""

    def values(source: Source) -> Iterable[str]:
        found: dict[str, None] = {}
        for party in source.public.get(role, ()):
            for item in (*party.get("names", ()), *party.get("organization_names", ())):
                found[item["text"]] = None
            person = (*party.get("first_names", ()), *party.get("last_names", ()))
            if person:
                found[" ".join([item["text"] for item in person])] = None
        return found

    return values


def owner_countries(source: Source) -> Iterable[str]:
    """Countries of the holders; of the applicants where no holder has one."""
    return _countries(source, "holders") or _countries(source, "applicants")


def representative_countries(source: Source) -> Iterable[str]:
    """Countries of the representatives."""
    return _countries(source, "representatives")


def _countries(source: Source, role: str) -> dict[str, None]:
    return dict.fromkeys(p["country"] for p in source.public.get(role, ()) if p.get("country"))


def goods_by_class(source: Source) -> Iterator[tuple[int, str]]:
    """Goods and services with their class; 0 where they have none."""
    for block in source.public.get("goods", ()):
        for item in block.get("texts", ()):
            yield block.get("class_number") or 0, item["text"]
    for item in source.public.get("goods_unclassified", ()):
        yield 0, item["text"]


def goods(source: Source) -> Iterator[str]:
    """Goods and services of all classes, and those without a class."""
    return (text for _, text in goods_by_class(source))


def classes(source: Source) -> Iterable[int]:
    """Class numbers, each once."""
    return dict.fromkeys(b["class_number"] for b in source.public.get("goods", ()) if b.get("class_number"))


def class_words(source: Source) -> Iterable[str]:
    """Class numbers as words, for counting."""
    return [str(number) for number in classes(source)]


def status(source: Source) -> Iterable[str]:
    """The derived state."""
    return (source.status,)


def feature(source: Source) -> Iterable[str]:
    """The kind of sign."""
    word = source.public.get("mark", {}).get("feature")
    return (word,) if word else ()


def right(source: Source) -> Iterable[str]:
    """The kind of right: trademark, or the subtype where it is another."""
    subtype = source.public.get("subtype", "TRADEMARK")
    return (source.public["right"] if subtype == "TRADEMARK" else subtype.lower(),)


def vienna_levels(code: str) -> list[str]:
    """A Vienna code with two digits each, at each level: `5.3.13` gives `05`, `05.03`, `05.03.13`."""
    match = _VIENNA.search(code)
    parts = [part.zfill(2) for part in match.groups() if part] if match else []
    return [".".join(parts[: i + 1]) for i in range(len(parts))]


def vienna(source: Source) -> Iterable[str]:
    """Vienna codes at all levels."""
    return dict.fromkeys(level for code in _vienna_codes(source) for level in vienna_levels(code))


def vienna_divisions(source: Source) -> Iterable[str]:
    """Vienna codes at two levels, for counting."""
    return dict.fromkeys(".".join(levels[-1].split(".")[:2]) for code in _vienna_codes(source)
                         if (levels := vienna_levels(code)))  # fmt: skip


def _vienna_codes(source: Source) -> Iterator[str]:
    for image in source.public.get("mark", {}).get("images", ()):
        yield from image.get("vienna", ())


def year(source: Source) -> Iterable[int]:
    """The year of filing."""
    day = source.public.get("application_date") or ""
    return (int(day[:4]),) if day[:4].isdigit() else ()


def published(source: Source) -> Iterable[str]:
    """Dates of publications."""
    return each("publications", "date")(source)


def events(source: Source) -> Iterable[str]:
    """Kinds of events and of recorded acts."""
    return dict.fromkeys((*each("events", "kind")(source), *each("recordals", "kind")(source)))


def languages(source: Source) -> Iterable[str]:
    """Languages of the words of the mark, and of the application."""
    mark = source.public.get("mark", {})
    told = [text.get("lang", "und") for text in mark.get("verbal", ())]
    told.append(source.public.get("application_language", "und"))
    return dict.fromkeys(lang for lang in told if lang and lang != "und")


def has_image(source: Source) -> Iterable[str]:
    """Whether the record has a picture: yes or no."""
    return ("yes" if source.public.get("mark", {}).get("images") else "no",)


def numbers(source: Source) -> Iterable[str]:
    """Every spelling of the record's numbers and of its key, without separators."""
    bare = "".join(c for c in source.key if c.isalnum())
    return dict.fromkeys((bare, *(form for _, form in source.spellings if "/" not in form)))


def kinds(source: Source) -> Iterable[str]:
    """By whom the mark may be used (individual, collective, ...)."""
    return tuple(source.public.get("kinds", ()))


def texts_of_status(source: Source) -> Iterable[str]:
    """The office's own word for the status."""
    return scalar("office_status")(source)


def family(source: Source) -> str:
    """What an international registration and its national copies have in common; empty for other rights."""
    public = source.public
    number = public.get("international_number", "")
    if not number and public["office"] == "WO":
        number = public.get("registration_number", "")
    return "".join(c for c in number.lower() if c.isalnum()).lstrip("0")
