"""Owners, agents and persons of the other rights, of the same firms as those of marks."""

from random import Random

from .. import owners
from ..coined import coined
from ..owners import Party
from ..vocabulary import office_words, words


def owner(rng: Random, office: str) -> Party:
    """An owner as its office's marks have them."""
    return owners.owner(*owners.pick(rng, office_words(office)["owners"]))


def agent(rng: Random, office: str) -> Party:
    """A representative at the office."""
    return owners.agent("DE" if office == "WO" else office, int(rng.random() * 60))


def person(rng: Random, country: str) -> str:
    """The name of a designer, an inventor or an author."""
    given = words("owners")["persons"].get(country) or words("owners")["persons"]["LA"]
    return f"{given[int(rng.random() * len(given))]} {coined(int(rng.random() * 60000)).latin}"
