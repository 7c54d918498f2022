"""Goods and services of a filing, by class."""

from functools import cache
from random import Random
from typing import NamedTuple

from .vocabulary import words

COMMON = (3, 5, 9, 16, 25, 29, 30, 32, 35, 41, 42, 43)


class Goods(NamedTuple):
    """The goods of one class in one language."""

    number: int
    language: str
    terms: list[str]


@cache
def terms(language: str, number: int) -> list[str]:
    """All terms we know in that language and class."""
    text: str = words("goods")[language].get(str(number), "")
    return text.split("|") if text else []


@cache
def _classes(language: str) -> list[int]:
    known = sorted(map(int, words("goods")[language]))
    return known + [number for number in known if number in COMMON] * 4


def goods(rng: Random, language: str, pool: str, least: int = 1) -> list[Goods]:
    """One to six classes with their terms; classes come from those known in the language ``pool``."""
    chance = rng.random()
    count = max(least, 1 if chance < 0.55 else 2 if chance < 0.8 else 3 if chance < 0.92 else 6)
    choice = _classes(pool)
    numbers = sorted({choice[int(rng.random() * len(choice))] for _ in range(count)})
    if least > len(numbers):
        numbers = sorted({*numbers, 9, 30, 43})
    listed = []
    for number in numbers:
        stock = terms(language, number)
        some = min(len(stock), 1 + int(rng.random() ** 2 * 12))
        listed.append(Goods(number, language, rng.sample(stock, some)))
    return listed


def long_goods(number: int, language: str, size: int) -> Goods:
    """One class whose text has about ``size`` characters."""
    stock = terms(language, number)
    listed: list[str] = []
    length = 0
    while length < size + 2:
        term = f"{stock[len(listed) % len(stock)]} (type {len(listed) + 1})"
        listed.append(term)
        length += len(term) + 2
    return Goods(number, language, listed)
