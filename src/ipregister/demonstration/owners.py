"""Owners and agents: the same firm is spelled several ways, in Latin letters and in its own script."""

from functools import lru_cache
from random import Random
from typing import NamedTuple

from .coined import coined
from .vocabulary import words

POOL = 4000


class Party(NamedTuple):
    """An owner or agent as one filing spells it; ``code`` names who it really is."""

    code: str
    name: str
    language: str
    address: str
    country: str


def pick(rng: Random, countries: list[str]) -> tuple[str, int, int]:
    """Country, number and spelling of an owner; a few owners hold many marks."""
    country = rng.choice(countries)
    return country, int(POOL * rng.random() ** 3), int(rng.random() * 9)


@lru_cache(16384)
def owner(country: str, number: int, spelling: int) -> Party:
    """The owner of that country and number, in one of nine spellings (0-8)."""
    rng = Random(f"{country}{number}")
    place = f"{rng.randrange(1, 400)} {rng.choice(words('owners')['streets'][country])}"
    address = f"{place}, {rng.choice(words('owners')['cities'][country])} {rng.randrange(10000, 99999)}"
    code = f"{country}{number:05d}"
    if rng.random() < 0.2 and country in words("owners")["persons"]:
        name, language = _person(country, rng, spelling), "en"
    else:
        name, language = _firm(country, rng, spelling)
    if spelling in (3, 7):
        address = address.upper().replace(",", " ,", 1)
    return Party(code, name, language, address, country)


def _person(country: str, rng: Random, spelling: int) -> str:
    given = rng.choice(words("owners")["persons"][country])
    family = coined(rng.randrange(60000))
    family_name = family.ru if country in ("KZ", "RU") else family.latin
    name = f"{given} {family_name}"
    return (
        name.upper() if spelling in (2, 3) else f"{family_name.upper()}, {given}" if spelling == 4 else name
    )


def _firm(country: str, rng: Random, spelling: int) -> tuple[str, str]:
    forms = words("owners")["forms"][country]
    name = coined(rng.randrange(60000))
    second = rng.choice(words("marks")["words"]["en"]).title() if rng.random() < 0.6 else ""
    chinese = rng.sample(list(words("marks")["pinyin"]), 2)
    form = forms[3] if rng.random() < 0.2 else forms[0]
    local = words("owners")["local"].get(country)
    if local and spelling in (5, 6):
        stem = "".join(chinese) if local[0] == "zh" else getattr(name, local[0], name.latin)
        return local[1].format(stem), local[0]
    stem = f"{name.latin} {second}".strip()
    if country == "CN":
        stem = " ".join(words("marks")["pinyin"][word] for word in chinese)
    return _spelled(stem, forms, form, spelling), "en"


def _spelled(stem: str, forms: list[str], form: str, spelling: int) -> str:
    if form == forms[0] and spelling in (1, 2):
        form = forms[spelling]
    if spelling == 4:  # another transliteration of the same name
        stem = stem.replace("v", "w").replace("k", "c", 1).replace("u", "ou", 1)
    name = form.format(stem) if "{}" in form else f"{stem} {form}"
    if spelling == 3:
        return name.upper()
    if spelling == 7:
        return name.replace(" ", "  ", 1)
    return name.replace(",", "").replace(".", "") if spelling == 8 else name


@lru_cache(2048)
def agent(country: str, number: int) -> Party:
    """A representative of that country."""
    rng = Random(f"agent{country}{number}")
    name = rng.choice(words("owners")["agents"]["names"]).format(coined(rng.randrange(60000)).latin)
    street = rng.choice(words("owners")["streets"][country])
    address = f"{street}, {rng.choice(words('owners')['cities'][country])}"
    return Party(f"A{country}{number}", name, "en", address, country)
