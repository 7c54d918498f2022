"""Emblems protected under Article 6ter of the Paris Convention, as communicated through WIPO."""

from msgspec import Struct

from ipregister.model.mark import Goods, Image, Mark
from ipregister.model.right import Right
from ipregister.model.text import Text


class Objection(Struct, frozen=True, omit_defaults=True):
    """An objection by a member to an emblem, Article 6ter(4)."""

    country: str = ""
    date: str | None = None
    withdrawn: str | None = None
    texts: tuple[Text, ...] = ()


class Emblem(Right, frozen=True, omit_defaults=True, kw_only=True, tag="emblem"):
    """One communicated emblem. `subtype`: FLAG, ARMORIAL, EMBLEM, HALLMARK, SEAL, ABBREVIATION, NAME.

    Hallmarks and signs of control are protected only for goods like those they are used for: `goods`. An emblem
    that comes in a trademark feed keeps the kinds, lists of goods and remarks of that feed in `kinds`, `goods_lists`
    and `sign`; its names, descriptions and pictures are never there.
    """

    subtype: str = "EMBLEM"
    names: tuple[Text, ...] = ()
    owners: tuple[Text, ...] = ()  # state or intergovernmental organisation
    country: str = ""
    organisation: str = ""
    images: tuple[Image, ...] = ()
    goods: tuple[Text, ...] = ()
    circular: str = ""
    communicated: str | None = None
    objections: tuple[Objection, ...] = ()
    descriptions: tuple[Text, ...] = ()
    kinds: tuple[str, ...] = ()
    goods_lists: tuple[Goods, ...] = ()
    sign: Mark = Mark()
