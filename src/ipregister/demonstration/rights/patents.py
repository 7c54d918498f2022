"""Patents and utility models: the facts of one application, written as ST.36 or ST.96 (BN ID KH KZ LA MY PH SG TH VN)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .. import lives
from ..numbers import CHECK
from ..vocabulary import words
from . import patents_st36, patents_st96, people
from .dirt import spoiled
from .inventions import Invention
from .parcels import SHOWN, Life, Order, Parcel, life

UNPUBLISHED = 9
TERMS = {"patent": 20, "utility-model": 10}
WRITERS: dict[str, Callable[[Invention], str]] = {
    "st36": patents_st36.document,
    "st96": patents_st96.document,
}


def shares(right: str) -> dict[str, int]:
    """How many applications each office has where the region has 20,000 marks."""
    place = 0 if right == "patent" else 1
    return {office: row[place] for office, row in words("inventions")["offices"].items() if row[place]}


@dataclass(frozen=True, slots=True)
class Number:
    """What an application number is made of."""

    serial: int
    year: int
    utility: bool

    def of(self, office: str) -> str:
        """The number as the office writes it."""
        serial, year, kind = self.serial, self.year, 2 if self.utility else 1
        match office:
            case "BN":
                return f"BN/N/{year}/{serial:04d}"
            case "ID":
                return f"{'S' if self.utility else 'P'}00{year}{serial:05d}"
            case "KH":
                return f"KH/{'U' if self.utility else 'P'}/{year}/{serial:05d}"
            case "KZ":
                return f"{year}/{serial:04d}.{kind}"
            case "LA":
                return f"{'PP' if self.utility else 'P'}/{serial}"
            case "MY":
                return f"{'UI' if self.utility else 'PI'} {year}{serial:06d}"
            case "SG":
                return f"10{year}{serial:05d}{CHECK[serial % len(CHECK)]}"
            case "TH":
                return f"{year % 100:02d}0{3 if self.utility else 1}{serial:06d}"
        return f"{kind}-{year}-{serial:0{6 if office == 'PH' else 5}d}"


def patent(order: Order) -> Parcel | None:
    """One application for a patent as of the order's day; one in nine is only filed."""
    return _application(order, open=order.index % UNPUBLISHED != 5)


def utility_model(order: Order) -> Parcel | None:
    """One utility model as of the order's day."""
    return _application(order, open=True)


def _application(order: Order, *, open: bool) -> Parcel | None:
    utility = order.right == "utility-model"
    whole = life(order, wait=(150, 300) if utility else (520, 570), open=open)
    if whole.filed > order.day or (utility and whole.published > order.day):
        return None
    number = Number(200 + order.index, lives.year(whole.filed), utility).of(order.office)
    made = _invention(order, number, whole.seen(order.day), utility=utility)
    text = WRITERS[words("inventions")["offices"][order.office][3]](made)
    name = number.replace("/", "_").replace(" ", "")
    return Parcel(name, spoiled("patent", order.index, text))


def _invention(order: Order, number: str, said: Life, *, utility: bool) -> Invention:
    rng = order.chance()
    stock = words("inventions")["invention"]
    known = stock[int(rng.random() * len(stock))]
    language = words("inventions")["offices"][order.office][2]
    owner = people.owner(rng, order.office)
    inventors = [people.person(rng, owner.country) for _ in range(1 + int(rng.random() * 3))]
    priority = _priority(order, said, rng.random() < 0.3)
    ends = lives.years_later(said.filed, TERMS[order.right]) if said.registered else 0
    return Invention(
        office=order.office, number=number, said=said, utility=utility, language=language, ipc=known["ipc"],
        titles=_texts(known, language), abstracts=_abstracts(known, language), claims=_claims(known),
        owner=owner, inventors=inventors, agent=people.agent(rng, order.office), priority=priority, ends=ends,
        status=_status(order, said, ends), grant=str(30000 + order.index * 3 + utility),
        cited=f"US{5_000_000 + int(rng.random() * 999_999)}" if rng.random() < 0.5 else "",
    )  # fmt: skip


def _status(order: Order, said: Life, ends: int) -> str:
    if not said.registered:
        return "Published" if said.published else "Under examination"
    if ends < order.day:
        return "Expired"
    lapsed = order.index > SHOWN and order.chance("fees").random() < 0.15
    return "Lapsed" if lapsed and said.registered < order.day - 900 else "Granted"


def _texts(known: dict[str, Any], language: str) -> list[tuple[str, str]]:
    return [(code, known[code]) for code in dict.fromkeys((language, "en"))]


def _abstracts(known: dict[str, Any], language: str) -> list[tuple[str, str]]:
    about = words("inventions")["about"]
    local = [] if language == "en" else [(language, about[language].format(known[language]))]
    return [*local, ("en", f"{about['en'].format(known['en'])} It has {known['part']}.")]


def _claims(known: dict[str, Any]) -> list[str]:
    title, part = known["en"], known["part"]
    return [
        f"{title}, characterised by {part}.",
        f"{title} according to claim 1, in which {part} can be exchanged by hand.",
        "Use of what is claimed in claim 1 or 2 in a household or a village.",
    ]


def _priority(order: Order, said: Life, claimed: bool) -> tuple[str, str, str] | None:
    if not claimed:
        return None
    country = ("JP", "US", "KR", "DE")[order.index % 4]
    day = said.filed - 60 - order.index * 7 % 290
    return country, f"{lives.year(day)}-{10000 + order.index * 13}", lives.iso(day)
