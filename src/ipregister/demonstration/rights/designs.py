"""Designs in ST.86: one application with one or several designs, each with its views (BN KH ID LA MY PH SG TH VN)."""

from random import Random
from typing import Any

from .. import lives
from ..numbers import CHECK
from ..owners import Party
from ..vocabulary import words
from . import people, views
from .dirt import spoiled
from .markup import DECLARATION, around, one
from .parcels import Life, Order, Parcel, iso, life
from .views import Look

SPACES = {
    "xmlns": "http://www.wipo.int/standards/XMLSchema/designs",
    "xmlns_wo": "http://www.wipo.int/standards/XMLSchema/wo-designs",
}
DEFERRED, UNPUBLISHED = 11, 9
"""One application of so many is deferred; one of so many is only filed."""
FIRST_TERM = 5


def shares() -> dict[str, int]:
    """How many applications each office has where the region has 20,000 marks."""
    return {office: row[0] for office, row in words("products")["offices"].items()}


def number(office: str, index: int, year: int) -> str:
    """The number of the application as its office writes it."""
    serial = 100 + index
    match office:
        case "BN" | "KH":
            return f"BN/{year}/{serial:05d}" if office == "BN" else f"KH/D/{year}/{serial:05d}"
        case "ID":
            return f"AID{year}{serial:06d}"
        case "LA":
            return f"I/{serial}"
        case "MY":
            return f"{year % 100:02d}-E{serial:04d}-0101"
        case "PH":
            return f"PH/3/{year}/{serial:06d}"
        case "SG":
            return f"30{year}{serial:05d}{CHECK[serial % len(CHECK)]}"
        case "TH":
            return f"{year % 100:02d}02{serial:06d}"
    return f"3-{year}-{serial:05d}"


def design(order: Order) -> Parcel | None:
    """One application as of the order's day."""
    closed = order.index % DEFERRED == 4 or order.index % UNPUBLISHED == 5
    whole = life(order, wait=(150, 420), open=not closed)
    if whole.filed > order.day:
        return None
    said, rng = whole.seen(order.day), order.chance()
    its_number = number(order.office, order.index, lives.year(said.filed))
    stock = words("products")["product"]
    product = stock[int(rng.random() * len(stock))]
    owner, agent = people.owner(rng, order.office), people.agent(rng, order.office)
    count = 2 + int(rng.random() * 3) if rng.random() < 0.18 else 1
    looks = [
        Look(product["form"], *(int(rng.random() * most) for most in (5, 5, 7, 6))) for _ in range(count)
    ]
    files, bodies = [], []
    for place, look in enumerate(looks):
        sides = views.SIDES[: 2 + int(rng.random() * 3)]
        names = [f"ATTACHMENT/{place + 1}-{n + 1}.jpg" for n in range(len(sides))]
        files += [(name, views.view(look, side)) for name, side in zip(names, sides, strict=True)]
        bodies.append(_design(order, said, rng, product, (place, count, names), (owner, agent)))
    text = _application(order, its_number, said, bodies)
    return Parcel(its_number.replace("/", "_"), spoiled("design", order.index, text), tuple(files))


def _application(order: Order, its_number: str, said: Life, bodies: list[str]) -> str:
    _, tag, _, transaction = words("products")["offices"][order.office]
    application = around(
        "DesignApplication",
        one("RegistrationOfficeCode", order.office),
        one("DesignApplicationNumber", its_number),
        one("DesignApplicationDate", iso(said.filed)),
        one("DesignApplicationLanguageCode", tag),
        around("DesignDetails", *bodies),
    )
    content = around(
        "TransactionContentDetails",
        one("TransactionIdentifier", f"D{order.index + 1}"),
        one("TransactionCode", transaction),
        one("TransactionSubCode", transaction),
        around("TransactionData", around("DesignApplicationDetails", application)),
    )
    return DECLARATION + around("Transaction", around("DesignTransactionBody", content), **SPACES)


def _design(
    order: Order, said: Life, rng: Random, product: dict[str, Any], shown: tuple[int, int, list[str]],
    parties: tuple[Party, Party],
) -> str:  # fmt: skip
    place, count, names = shown
    owner, agent = parties
    language, tag = (
        words("products")["offices"][order.office][2],
        words("products")["offices"][order.office][1],
    )
    title = product[language] if count == 1 else f"{product[language]} {place + 1}"
    registered = iso(said.registered)
    end, standing = _term(order, said)
    deferred = order.index % DEFERRED == 4
    sheets = [around("DesignRepresentationSheet", one("RepresentationSheetFilename", name)) for name in names]
    return around(
        "Design",
        one("DesignIdentifier", str(place + 1)),
        one("RegistrationNumber", str(50000 + order.index * 5 + place) if registered else ""),
        one("RegistrationDate", registered),
        one("ExpiryDate", iso(end)),
        one("DesignCurrentStatusCode", standing),
        one("DesignCurrentStatusDate", iso(max(said))),
        one("DesignTitle", title, languageCode=tag, sequenceNumber="1"),
        one("DesignDescription", f"{product['en']} as shown; form {1 + int(rng.random() * 90)}."),
        one("PublicationDefermentIndicator", "true" if deferred else ""),
        one("DefermentPeriod", "30" if deferred else "", periodCode="InMonth"),
        around("DesignRepresentationSheetDetails", *sheets),
        _product(product, language),
        _published(said),
        _party("Applicant", owner, tag),
        _designer(people.person(rng, owner.country), owner.country),
        _party("Representative", agent, tag),
        _events(said),
    )


def _term(order: Order, said: Life) -> tuple[int, str]:
    """The day on which the term ends, renewed or not, and the word of the status."""
    if not said.registered:
        return 0, "Published" if said.published else "Filed"
    end, rng = lives.years_later(said.filed, FIRST_TERM), order.chance("term")
    while end < order.day and rng.random() < 0.6:
        end = lives.years_later(end, FIRST_TERM)
    return end, "Expired" if end < order.day else "Registered"


def _product(product: dict[str, Any], language: str) -> str:
    classes = around(
        "ClassDescriptionDetails",
        around(
            "ClassDescription",
            one("ClassNumber", product["locarno"]),
            one("ProductDescription", product[language]),
        ),
    )
    scheme = one("ClassificationKindCode", "Locarno") + one("ClassificationVersion", "14")
    return around("IndicationProductDetails", around("IndicationProduct", scheme, classes))


def _published(said: Life) -> str:
    if not said.published:
        return ""
    gazette = f"{lives.iso(said.published)[5:7].lstrip('0')}/{lives.year(said.published)}"
    inner = one("PublicationIdentifier", gazette) + one("PublicationDate", iso(said.published))
    return around("PublicationDetails", around("Publication", inner))


def _events(said: Life) -> str:
    listed = [
        around("DesignEvent", one("DesignEventDate", iso(day)), one("DesignEventCode", word))
        for day, word in zip(said, ("Filed", "Published", "Registered"), strict=True)
        if day
    ]
    return around("DesignEventDetails", *listed)


def _party(kind: str, party: Party, tag: str) -> str:
    return around(f"{kind}Details", around(kind, around(f"{kind}AddressBook", _book(party.name, party.address, party.country, party.language if party.language == "en" else tag))))  # fmt: skip


def _designer(name: str, country: str) -> str:
    return around("DesignerDetails", around("Designer", around("DesignerAddressBook", _book(name, "", country, "en"))))  # fmt: skip


def _book(name: str, address: str, country: str, tag: str) -> str:
    line = one("FreeFormatNameLine", name, languageCode=tag)
    place = one("AddressCountryCode", country)
    place += around("FreeFormatAddress", one("FreeFormatAddressLine", address))
    return around(
        "FormattedNameAddress",
        around("Name", around("FreeFormatName", around("FreeFormatNameDetails", line))),
        around("Address", place),
    )
