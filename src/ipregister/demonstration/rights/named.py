"""Names of geographical indications: a product of a coined place, in the language of its office and in English."""

from random import Random
from typing import NamedTuple

from ..coined import Coined, coined
from ..vocabulary import words
from .parcels import Order

AGREED = ("SG", "VN")
"""Offices that protect foreign indications by an agreement, without an application."""
HOMONYMS = (1, 2)
"""Two indications of Thailand with these places bear one name, each of its own area."""


class Named(NamedTuple):
    """What is protected: names (language, text), product, class, place and the middle of its area."""

    names: list[tuple[str, str]]
    what: str
    nice: int
    place: Coined
    east: float
    north: float


def named(order: Order) -> Named:
    """The name of the indication with that place; the second of two homonyms bears that of the first."""
    index = HOMONYMS[0] if is_homonym(order) else order.index
    rng = Random(f"{order.seed}/name/{order.office}/{index}")
    stock = words("indications")["product"]
    product = stock[(index + ord(order.office[0])) % len(stock)]
    place = coined(int(rng.random() * 60000))
    _, language, east, north = words("indications")["offices"][order.office]
    spelled = getattr(place, language, place.latin)
    codes = dict.fromkeys((language, "en"))
    listed = [(code, product[code].format(spelled if code == language else place.latin)) for code in codes]
    away = Random(f"{order.seed}/area/{order.office}/{order.index}")
    return Named(listed, product["what"], product["nice"], place, east + away.uniform(-0.6, 0.6),
                 north + away.uniform(-0.6, 0.6))  # fmt: skip


def is_homonym(order: Order) -> bool:
    """Whether the indication is one of the two that bear the same name."""
    return order.office == "TH" and order.index in HOMONYMS
