"""The public side of a record, as the desk needs it. Given by who calls; nothing here reads a record itself."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from ipregister.model.offices import Office
from ipregister.model.status import State
from ipregister.search.entries import entries, names


class Side(Protocol):
    """What the public may see of a record: plain values of its public projection, and its derived state."""

    @property
    def key(self) -> str:
        """The key of the record."""

    @property
    def office(self) -> Office:
        """Its office."""

    @property
    def plain(self) -> dict[str, Any]:
        """Its public projection as plain values."""

    @property
    def state(self) -> State:
        """Its derived state."""


Look = Callable[[Sequence[str]], Sequence[Side]]
"""From keys to the public sides of their records, in the order of the keys; what is not public is left out."""


def right(side: Side) -> str:
    """The kind of right: `trademark`, `indication`, `emblem`, …; of what comes in a trademark feed and is no mark
    (emblem, indication, nonproprietary name) its subtype in small letters."""
    kind, subtype = str(side.plain["right"]), str(side.plain.get("subtype", "TRADEMARK")).lower()
    return kind if kind != "trademark" or subtype in {"trademark", "slogan"} else subtype


def title(side: Side) -> str:
    """What a record is called: its words or names, else its number."""
    plain = side.plain
    mark = plain.get("mark", {})
    lists = (*(mark.get(name, ()) for name in ("verbal", "significant", "transliterations")),
             plain.get("titles", ()), plain.get("names", ()))  # fmt: skip
    for texts in lists:
        words = [str(text["text"]) for text in texts if text.get("text")]
        if words:
            return " / ".join(dict.fromkeys(words))
    return next(iter(numbers(side)), side.key)


def numbers(side: Side) -> list[str]:
    """Its numbers: application, registration, international."""
    names = ("application_number", "registration_number", "international_number")
    return list(dict.fromkeys(str(side.plain[name]) for name in names if side.plain.get(name)))


def owner(side: Side) -> str:
    """The first holder, else the first applicant; empty where no name is public."""
    return next(iter(owners(side)), "")


def owners(side: Side) -> list[str]:
    """All names of its holders in all scripts; of its applicants where no name of a holder is public."""
    for role in ("holders", "applicants"):
        found = [str(name["text"]) for name in names(entries(side.plain, role))]
        if found:
            return list(dict.fromkeys(found))
    return []


def classes(side: Side) -> tuple[int, ...]:
    """Its Nice classes."""
    found = {block["class_number"] for block in side.plain.get("goods", ()) if block.get("class_number")}
    return tuple(sorted(found))


def goods_texts(side: Side) -> tuple[str, ...]:
    """The texts of its goods and services, in all languages."""
    blocks = [text for block in side.plain.get("goods", ()) for text in block.get("texts", ())]
    products = [text for item in side.plain.get("products", ()) for text in item.get("texts", ())]
    free = [*blocks, *side.plain.get("goods_unclassified", ()), *products]
    return tuple(str(text["text"]) for text in free if isinstance(text, dict) and text.get("text"))
