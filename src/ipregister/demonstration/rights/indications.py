"""Geographical indications in ST.96: product, area with its boundary, producers, control, users (ID LA MY SG TH VN)."""

import json
from math import cos, pi, sin

from .. import lives, owners
from ..vocabulary import words
from .dirt import spoiled
from .markup import DECLARATION, around, one
from .named import AGREED, Named, is_homonym, named
from .parcels import Life, Order, Parcel, iso, life

SPACES = {
    "xmlns_gin": "http://www.wipo.int/standards/XMLSchema/ST96/GeographicalIndication",
    "xmlns_tmk": "http://www.wipo.int/standards/XMLSchema/ST96/Trademark",
    "xmlns_com": "http://www.wipo.int/standards/XMLSchema/ST96/Common",
}
AGREEMENT_DAY = "2020-08-01"


def shares() -> dict[str, int]:
    """How many indications each office has; Cambodia's come in its trademark feed."""
    return {office: row[0] for office, row in words("indications")["offices"].items() if office != "KH"}


def number(office: str, index: int, year: int) -> str:
    """The number of the application as the office writes it."""
    serial = index + 1
    match office:
        case "ID":
            return f"IG.00.{year}.{serial:06d}"
        case "MY":
            return f"GI{year}-{serial:05d}"
        case "SG":
            return f"50{year}{serial:05d}G"
        case "TH":
            return f"{(year + 543) % 100:02d}10{serial:04d}"
        case "VN":
            return f"6-{year}-{serial:05d}"
    return f"GI/{serial}"


def indication(order: Order) -> Parcel | None:
    """One indication as of the order's day; some are foreign, protected by an agreement, without number and date."""
    whole = life(order, wait=(120, 360))
    if whole.filed > order.day:
        return None
    known = named(order)
    if order.office in AGREED and order.index % 4 == 3:
        return Parcel(f"AGR-{order.index + 1}", _foreign(order, known))
    said = whole.seen(order.day)
    its_number = number(order.office, order.index, lives.year(said.filed))
    text = DECLARATION + around(
        "gin:GIApplication",
        around("com:ApplicationNumber", one("com:ApplicationNumberText", its_number)),
        one("com:ApplicationDate", iso(said.filed)),
        one("gin:ContractingPartyOriginCode", order.office),
        _data(order, known, said),
        _people(order, known),
        _documents(_beside(order, known)),
        **SPACES,
        com_st96Version="V6_0",
    )
    name = its_number.replace("/", "_")
    return Parcel(name, spoiled("indication", order.index, text))


def _data(order: Order, known: Named, said: Life) -> str:
    registered = iso(said.registered)
    language = words("indications")["offices"][order.office][1]
    return around(
        "gin:GIData",
        one("com:RegistrationNumber", f"GI-{order.index + 1:03d}" if registered else ""),
        one("com:RegistrationDate", registered),
        _names(known),
        _product(known),
        _contents(order, known),
        one("gin:GICategory", "Geographical Indication"),
        _certificates(known),
        one("gin:GIStatusCategory", "Registered" if registered else "Filed"),
        _published(said),
        com_officeCode=order.office,
        com_languageCode=language,
    )


def _names(known: Named) -> str:
    return around("gin:GINameBag", *(
        one("gin:GINameText", text, com_languageCode=code) for code, text in known.names
    ))  # fmt: skip


def _product(known: Named) -> str:
    text = one("tmk:GoodsServicesDescriptionText", known.what, com_languageCode="en")
    goods = around(
        "tmk:GoodsServices", around("tmk:ClassDescriptionBag", around("tmk:ClassDescription", text))
    )
    return around("gin:ProductIndicationBag", goods)


def _contents(order: Order, known: Named) -> str:
    place = known.place.latin
    described = one("gin:FeatureDescriptionText", f"{known.what} from {place}, made as it always was there.",
                    com_languageCode="en")  # fmt: skip
    area = one("gin:GeographicRegionDescriptionText",
               f"Three districts around {place}: {place} proper, Upper {place} and the hills east of the river.",
               com_languageCode="en", gin_geographicRegionDescriptionCategory="Administrative boundaries")  # fmt: skip
    return around("gin:FeatureDescriptionBag", around("gin:FeatureDescription", described)) + around(
        "gin:GeographicRegionDescriptionBag",
        around("gin:GeographicRegionDescription", area),
        one(
            "gin:CausalInteractionText",
            f"The soil of {place} and the morning fog give it its taste and colour.",
        ),
    )


def _certificates(known: Named) -> str:
    certificate = around("gin:Certificate", one("com:DocumentIdentifier", f"SPEC-{known.place.latin}-1"))
    return around("gin:OriginCertificateBag", around("gin:CertificateBag", certificate),
                  one("gin:InspectionBodyText", f"Board of Control of {known.place.latin}"))  # fmt: skip


def _published(said: Life) -> str:
    if not said.published:
        return ""
    told = one("com:PublicationIdentifier", f"{lives.year(said.published)}/7")
    return around(
        "gin:GIPublicationBag",
        around("gin:GIPublication", told, one("com:PublicationDate", iso(said.published))),
    )


def _people(order: Order, known: Named) -> str:
    rng, place = order.chance("people"), known.place.latin
    users = [
        owners.owner(order.office, int(rng.random() * 4000), 0).name for _ in range(2 + int(rng.random() * 3))
    ]
    return "".join(
        around("gin:AuthorizedUser", around("com:Contact", around("com:Name", one("com:EntityName", user))),
               one("gin:AuthorizedUserCategory", "Producer"))
        for user in users
    ) + around("gin:ApplicantBag", around("gin:Applicant", _group(f"Association of Producers of {place}", order.office)))  # fmt: skip


def _group(name: str, country: str) -> str:
    line = one("com:AddressLineText", "House of the Association", com_sequenceNumber="1")
    address = around("com:PostalStructuredAddress", line, one("com:CountryCode", country))
    return around("com:Contact", around("com:Name", one("com:EntityName", name)),
                  around("com:PostalAddressBag", around("com:PostalAddress", address)))  # fmt: skip


def _beside(order: Order, known: Named) -> dict[str, str]:
    """What the standard has no element for."""
    place = known.place.latin
    told = {
        "/areas/0/country": order.office,
        "/areas/0/region": f"{place} province",
        "/areas/0/polygon": json.dumps(polygon(known, order)),
        "/producers/0/names/0/text": f"Growers of {place}",
    }
    if is_homonym(order):
        where = "upper" if order.index % 2 else "lower"
        told["/homonym/0/text"] = (
            f"{known.names[-1][1]} of the {where} river; the other is of another district"
        )
    return told


def polygon(known: Named, order: Order) -> dict[str, object]:
    """The boundary of the area as GeoJSON: seven corners around its middle."""
    rng = order.chance("polygon")
    corners = []
    for turn in range(7):
        reach = 0.08 + rng.random() * 0.09
        angle = 2 * pi * turn / 7
        corners.append(
            [round(known.east + reach * cos(angle), 4), round(known.north + reach * sin(angle), 4)]
        )
    return {"type": "Polygon", "coordinates": [[*corners, corners[0]]]}


def _foreign(order: Order, known: Named) -> str:
    """An indication of another country that an agreement protects: known by its place in the agreement's list."""
    home = ("FR", "DE", "CH")[order.index % 3]
    listed = f"FTA-{order.index + 1}"
    return DECLARATION + around(
        "gin:GIApplication",
        one("gin:ContractingPartyOriginCode", home),
        around("gin:GIData", around("gin:GINameBag", one("gin:GINameText", f"Vieux {known.place.latin}", com_languageCode="fr")),
               _product(known), one("gin:GICategory", "Geographical Indication"),
               one("com:RecordIdentifier", listed), one("gin:GIStatusCategory", "Registered"),
               com_officeCode=order.office, com_languageCode="en"),
        _documents({"/agreement": "Free trade agreement with the country of origin, annex on indications",
                    "/home_number": f"AOP {order.index + 11}", "/home_date": AGREEMENT_DAY}),
        **SPACES, com_st96Version="V6_0",
    )  # fmt: skip


def _documents(values: dict[str, str]) -> str:
    return around("com:DocumentIncludedBag", *(
        around("com:DocumentIncluded", one("com:DocumentName", name), one("com:DocumentKindCategory", "Register value"),
               one("com:CommentText", text))
        for name, text in values.items()
    ))  # fmt: skip
