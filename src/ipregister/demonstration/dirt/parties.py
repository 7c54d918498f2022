"""Dirt in owners, agents, countries and addresses."""

from ..sheets import PartyLines, Sheet
from ..vocabulary import words

LATIN_IN_CYRILLIC = str.maketrans("асеорху", "aceopxy")


def _country(sheet: Sheet, country: str) -> None:
    for party in sheet.owners:
        party.country = country


def trailing(sheet: Sheet) -> None:
    """A dash or a full stop after the country code."""
    _country(sheet, f"{sheet.owners[0].country}{'-.'[sheet.index % 2]}")


def with_digit(sheet: Sheet) -> None:
    """A digit in the country code."""
    _country(sheet, f"{sheet.owners[0].country[0]}1{sheet.owners[0].country[1]}")


def unknown(sheet: Sheet) -> None:
    """A code of no country."""
    _country(sheet, "ZZ")


def named(sheet: Sheet) -> None:
    """The country's name in place of its code."""
    _country(
        sheet,
        "Laos" if sheet.office == "LA" else words("countries")["names"][sheet.owners[0].country][0].title(),
    )


def lower(sheet: Sheet) -> None:
    """The code in small letters."""
    _country(sheet, sheet.owners[0].country.lower())


def no_country(sheet: Sheet) -> None:
    """No country."""
    _country(sheet, "")


def nobody(sheet: Sheet) -> None:
    """No owner."""
    sheet.owners = []


def dash(sheet: Sheet) -> None:
    """A dash in place of the owner's name."""
    sheet.owners[0].names = [(language, "-") for language, _ in sheet.owners[0].names]


def two_lines(sheet: Sheet) -> None:
    """A name broken into two lines."""
    language, name = sheet.owners[0].names[0]
    half = name.find(" ", len(name) // 2)
    if half < 0:
        half = len(name) // 2
    sheet.owners[0].names = [(language, name[:half]), (language, name[half:].strip())]


def both_scripts(sheet: Sheet) -> None:
    """The owner's name in Latin letters and in the local script, both with the same language."""
    country = {"LA": "LA", "TH": "TH", "KH": "KH"}[sheet.office]
    form = words("owners")["local"][country][1]
    stem = {"LA": "ດອກບົວ", "TH": "ดอกบัว", "KH": "ផ្កាឈូក"}[country]
    sheet.owners[0].names.append((sheet.owners[0].names[0][0], form.format(stem)))


def no_address(sheet: Sheet) -> None:
    """No line of address."""
    sheet.owners[0].addresses = []


def address_na(sheet: Sheet) -> None:
    """N/A in place of the address."""
    sheet.owners[0].addresses = ["N/A"]


def spaced(sheet: Sheet) -> None:
    """Spaces around the name, doubled inside."""
    sheet.owners[0].names = [
        (language, f" {name.replace(' ', '  ')} ") for language, name in sheet.owners[0].names
    ]


def twice_escaped(sheet: Sheet) -> None:
    """An ampersand escaped once too often."""
    sheet.owners[0].names = [(language, f"{name} &amp; Sons") for language, name in sheet.owners[0].names]


def agent_is_owner(sheet: Sheet) -> None:
    """The owner stands as its own agent."""
    sheet.agents = [PartyLines(list(o.names), list(o.addresses), o.country, o.code) for o in sheet.owners]


def two_countries(sheet: Sheet) -> None:
    """Two countries in one field."""
    _country(sheet, ("france; switzerland", "korea & japan")[sheet.index % 2])


def entity_in_name(sheet: Sheet) -> None:
    """An owner's name with entities escaped twice."""
    sheet.owners[0].names = [
        (language, f"{name} Soci&eacute;t&eacute;") for language, name in sheet.owners[0].names
    ]


def code_after_name(sheet: Sheet) -> None:
    """The country in brackets after the name, and nowhere else."""
    sheet.owners[0].names = [
        (language, f"{name} ({sheet.owners[0].country}) ") for language, name in sheet.owners[0].names
    ]
    sheet.notes["country-as"] = ""


def latin_in_cyrillic(sheet: Sheet) -> None:
    """Latin letters inside a Russian name of a country."""
    sheet.notes["country-as"] = ("Россия", "Казахстан")[sheet.index % 2].translate(LATIN_IN_CYRILLIC)


def misspelled_country(sheet: Sheet) -> None:
    """Names of countries as they were misspelled once and for all."""
    sheet.notes["country-as"] = ("Никарагуаa", "Израйль")[sheet.index % 2]


def unknown_country(sheet: Sheet) -> None:
    """A name of no country."""
    sheet.notes["country-as"] = "Заморье"


def empty_lines(sheet: Sheet) -> None:
    """Empty elements among the lines of name and address."""
    sheet.owners[0].names.append(("", ""))
    sheet.owners[0].addresses.append("")


def no_identifier(sheet: Sheet) -> None:
    """The identifier 0, which means none."""
    sheet.notes["no-identifier"] = "yes"


def line_language(sheet: Sheet) -> None:
    """A language attribute where the feed otherwise has none."""
    sheet.notes["line-language"] = "yes"
