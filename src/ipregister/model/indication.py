"""Geographical indications and appellations of origin (ST.96 GeographicalIndication, Lisbon, national lists)."""

from msgspec import Struct

from ipregister.model.mark import Mark
from ipregister.model.party import Party
from ipregister.model.right import Right
from ipregister.model.text import Text


class Product(Struct, frozen=True, omit_defaults=True):
    """The product of an indication: its kind in words and its class in the scheme the source names.

    Indications have no Nice class of protection: one that a feed carries stays here with `scheme="nice"`."""

    scheme: str = ""
    number: str = ""
    texts: tuple[Text, ...] = ()
    status: str = ""
    version: str = ""


class Feature(Struct, frozen=True, omit_defaults=True):
    """What the product is like, by one side of it. `kind`: physical, organoleptic, chemical, material, production,
    processing, labelling, origin-proof, uniqueness, raw-material, spirit, oenological, reputation, quality, …"""

    kind: str = ""
    texts: tuple[Text, ...] = ()


class Area(Struct, frozen=True, omit_defaults=True):
    """The area of production: its names and description; `polygon` is GeoJSON geometry as text where delivered.

    `kind` is the source's word for how the area is told (`Administrative boundaries`), `excluded` what lies outside."""

    texts: tuple[Text, ...] = ()
    country: str = ""
    region: str = ""
    polygon: str = ""
    kind: str = ""


class Specification(Struct, frozen=True, omit_defaults=True):
    """The specification or single document: its reference, place and text."""

    identifier: str = ""
    kind: str = ""
    date: str | None = None
    address: str = ""
    texts: tuple[Text, ...] = ()


class Indication(Right, frozen=True, omit_defaults=True, kw_only=True, tag="indication"):
    """One geographical indication or appellation of origin as one office holds it.

    `subtype`: GI, AO (appellation of origin), PDO, PGI, TSG, GI-SPIRIT, GI-WINE, … as `codes/subtypes.csv` says.
    `list_name` is the list or section of a register that holds it. An indication that comes in a trademark feed
    keeps the kinds, pictures and remarks of that feed in `kinds` and `sign`; its names are never there.
    Foreign ones that are protected by an agreement may lack number and date; `agreement` names it. The
    `applicants` are the producer group, `holders` the beneficiaries where the source tells them apart.
    """

    subtype: str = "GI"
    names: tuple[Text, ...] = ()
    transliterations: tuple[Text, ...] = ()
    translations: tuple[Text, ...] = ()
    homonym: tuple[Text, ...] = ()
    products: tuple[Product, ...] = ()
    areas: tuple[Area, ...] = ()
    origins: tuple[str, ...] = ()  # countries of origin, ST.3
    specifications: tuple[Specification, ...] = ()
    link: tuple[Text, ...] = ()  # what of the product is due to the place
    descriptions: tuple[Text, ...] = ()
    producers: tuple[Party, ...] = ()
    control_bodies: tuple[Party, ...] = ()
    authorised_users: tuple[Party, ...] = ()
    agreement: str = ""
    legal_basis: tuple[Text, ...] = ()
    home_number: str = ""
    home_date: str | None = None
    features: tuple[Feature, ...] = ()
    list_name: str = ""
    kinds: tuple[str, ...] = ()
    sign: Mark = Mark()
    images: tuple[str, ...] = ()
