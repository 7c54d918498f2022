"""International registrations of designs in ST.96, as the Hague System's bulletin gives them: state and history."""

from random import Random
from typing import Any

from .. import lives
from ..owners import Party
from ..vocabulary import words
from . import people, views
from .markup import DECLARATION, around, one
from .parcels import Order, Parcel, iso
from .views import Look

SPACES = {
    "xmlns_dgn": "http://www.wipo.int/standards/XMLSchema/ST96/Design",
    "xmlns_com": "http://www.wipo.int/standards/XMLSchema/ST96/Common",
}
COUNT = 30
FIRST_NUMBER = 210400
DEFERRED = 5
LONGEST = 913
"""A deferment lasts up to thirty months (Rule 16 of the Common Regulations)."""
MEMBERS = ("BN", "KH", "SG", "VN", "CH", "EM", "JP", "US")
FRENCH = {"seat": "Chaise", "lamp": "Lampe", "vase": "Vase", "bottle": "Bouteille", "table": "Table", "fan": "Ventilateur",
          "clock": "Horloge", "bag": "Sac", "box": "Boîte d'emballage", "cloth": "Tissu"}  # fmt: skip
"""Products by the form of their views, in the second language of the bulletin."""


def registration(order: Order) -> Parcel | None:
    """One international registration as of the order's day; one in five is deferred until a day in the future."""
    rng = order.chance()
    deferred = order.index % DEFERRED == 3
    day = order.today - (150 if deferred else 200) - int(rng.random() * (300 if deferred else 2500))
    if day > order.day:
        return None
    number = f"DM/{FIRST_NUMBER + order.index}"
    stock = words("products")["product"]
    product = stock[int(rng.random() * len(stock))]
    designs, files = _designs(rng, product)
    states = sorted(rng.sample(MEMBERS, 3 + int(rng.random() * 3)))
    content = around(
        "dgn:HagueRegistration",
        one("com:InternationalRegistrationNumber", number),
        one("com:RecordIdentifier", f"R{order.index + 1}"),
        one("com:InternationalRegistrationDate", iso(day)),
        one("com:InternationalFilingDate", iso(day)),
        one("com:FilingLanguageCode", "en"),
        _designated(states),
        one("com:ExpiryDate", lives.iso(lives.years_later(day, 5))),
        one("dgn:DesignTotalQuantity", str(len(designs))),
        one("dgn:DefermentExpiryDate", lives.iso(day + LONGEST) if deferred else ""),
        around("dgn:HolderBag", _holder(people.owner(rng, "WO"))),
        around("dgn:HagueDesignBag", *designs),
    )
    history = "" if deferred else _published(content, day, order) + _refused(number, states, day, order)
    text = DECLARATION + around("HagueExpressTransaction", around("HagueCurrent", content), history, **SPACES)
    return Parcel(number.replace("/", "_"), text, tuple(files))


def _designs(rng: Random, product: dict[str, Any]) -> tuple[list[str], list[tuple[str, bytes]]]:
    designs: list[str] = []
    files: list[tuple[str, bytes]] = []
    for place in range(1 + int(rng.random() * 3)):
        look = Look(product["form"], *(int(rng.random() * most) for most in (5, 5, 7, 6)))
        shown = []
        for n, side in enumerate(views.SIDES[: 2 + int(rng.random() * 3)]):
            name = f"{place + 1}.{n + 1}.jpg"
            files.append((f"ATTACHMENT/{name}", views.view(look, side)))
            shown.append(around("dgn:View", one("com:FileName", name), one("dgn:ViewIdentifier", name[:-4]),
                                one("dgn:ViewTypeCategory", side)))  # fmt: skip
        designs.append(_design(product, place, shown))
    return designs, files


def _design(product: dict[str, Any], place: int, shown: list[str]) -> str:
    first, second = product["locarno"].split("-")
    return around(
        "dgn:HagueDesign",
        one("dgn:DesignIdentifier", str(place + 1)),
        around(
            "com:LocarnoClassificationBag",
            one("com:LocarnoClassificationEdition", "14"),
            around(
                "com:LocarnoClassification",
                one("com:LocarnoClass", first),
                around("com:LocarnoSubclassBag", one("com:LocarnoSubclass", second)),
            ),
        ),
        around(
            "com:ProductDescriptionTextBag",
            one("com:ProductDescriptionText", product["en"], com_languageCode="en"),
            one("com:ProductDescriptionText", FRENCH[product["form"]], com_languageCode="fr"),
        ),
        around("dgn:ViewBag", *shown),
    )


def _designated(states: list[str]) -> str:
    return around("dgn:DesignatedCountryBag", *(
        around("dgn:DesignatedCountry", one("com:DesignatedCountryCode", state),
               one("dgn:HagueAgreementActCategory", "Act1999"))
        for state in states
    ))  # fmt: skip


def _holder(owner: Party) -> str:
    street, _, city = owner.address.partition(", ")
    address = around(
        "com:PostalStructuredAddress",
        one("com:AddressLineText", street, com_sequenceNumber="1"),
        one("com:CityName", city),
        one("com:CountryCode", owner.country),
    )
    name = around("com:OrganizationName", one("com:OrganizationStandardName", owner.name))
    contact = around(
        "com:Contact",
        around("com:Name", name),
        around("com:PostalAddressBag", around("com:PostalAddress", address)),
    )
    return around("dgn:Holder", contact, com_sequenceNumber="1")


def _published(content: str, day: int, order: Order) -> str:
    then = day + 180
    if then > order.day:
        return ""
    bulletin = one("dgn:HagueBulletinNumber", f"{lives.iso(then)[5:7].lstrip('0')}/{lives.year(then)}")
    return around(
        "HagueHistory", bulletin, one("com:PublicationDate", iso(then)), content, sequenceNumber="1"
    )


def _refused(number: str, states: list[str], day: int, order: Order) -> str:
    """A refusal by one office, at every third registration."""
    then = day + 330
    if order.index % 3 or then > order.day:
        return ""
    act = around(
        "dgn:HagueRefusal",
        one("com:InternationalRegistrationNumber", number),
        one("com:RecordIdentifier", f"N{order.index + 1}"),
        one("com:InternationalRecordingDate", iso(then)),
        one("com:RecordNotifyingOfficeCode", states[0]),
        one("com:DecisionDate", iso(then)),
        around("dgn:AffectedDesign", one("dgn:AllDesignsIndicator", "true")),
    )
    bulletin = one("dgn:HagueBulletinNumber", f"{lives.iso(then)[5:7].lstrip('0')}/{lives.year(then)}")
    return around(
        "HagueHistory", bulletin, one("com:PublicationDate", iso(then + 20)), act, sequenceNumber="2"
    )
