"""The trademark record: every field of the office feeds that the register carries."""

from msgspec import Struct

from ipregister.model.right import Right
from ipregister.model.text import Text

NICE_CLASSES = range(1, 46)
"""The classes of the Nice Classification."""


class Goods(Struct, frozen=True, omit_defaults=True):
    """Goods and services of one class block, INID (511), as delivered: blocks are never merged.

    `class_number` is 1-45 for Nice (also a national class 46-50 with `scheme="national"`), None where the
    office gave none that can be read. Terms are derived from `texts`, never stored. `first_use` and
    `first_commercial_use` are days, months or years as the office records them.
    """

    class_number: int | None = None
    texts: tuple[Text, ...] = ()
    scheme: str = "nice"
    status: str = ""
    status_date: str | None = None
    first_use: str | None = None
    first_commercial_use: str | None = None


class Image(Struct, frozen=True, omit_defaults=True):
    """A picture of the mark, INID (540), (591), (531)."""

    filename: str = ""
    format: str = ""
    colour: str = ""
    colour_mode: str = ""
    colour_claims: tuple[Text, ...] = ()
    colour_codes: tuple[str, ...] = ()
    descriptions: tuple[Text, ...] = ()
    vienna_kind: str = ""
    vienna_version: str = ""
    vienna: tuple[str, ...] = ()
    vienna_texts: tuple[Text, ...] = ()
    data: str = ""


class Media(Struct, frozen=True, omit_defaults=True, gc=False):
    """A sound, video or model file of the mark."""

    kind: str
    filename: str = ""
    format: str = ""


class Mark(Struct, frozen=True, omit_defaults=True):
    """The sign itself, INID (540) to (591).

    `feature` is a code of `model/codes/mark_features.csv`; `feature_word` is the office's word where it
    is not mapped.
    """

    feature: str = ""
    verbal: tuple[Text, ...] = ()
    significant: tuple[Text, ...] = ()
    translations: tuple[Text, ...] = ()
    transliterations: tuple[Text, ...] = ()
    descriptions: tuple[Text, ...] = ()
    disclaimers: tuple[Text, ...] = ()
    conditions: tuple[Text, ...] = ()
    colour: str = ""
    images: tuple[Image, ...] = ()
    media: tuple[Media, ...] = ()
    flags: tuple[str, ...] = ()


class Trademark(Right, frozen=True, omit_defaults=True, kw_only=True, tag="trademark"):
    """One trademark application or registration as one office holds it.

    `subtype`: TRADEMARK, GI, AO, EMBLEM, SLOGAN, INN.
    """

    subtype: str = "TRADEMARK"
    kinds: tuple[str, ...] = ()  # (550) Individual, Collective, Certificate, Defensive, …
    mark: Mark = Mark()
    goods: tuple[Goods, ...] = ()
    goods_version: str = ""
    goods_unclassified: tuple[Text, ...] = ()
