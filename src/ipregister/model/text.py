"""Language-tagged text, and the two places for what has no typed value."""

from msgspec import Struct


class Text(Struct, frozen=True, omit_defaults=True, gc=False):
    """A text as the office wrote it, with its language (BCP 47; `und` where the office does not say).

    ST.96 `…Text@com:languageCode`.
    """

    text: str
    lang: str = "und"


class Kept(Struct, frozen=True, omit_defaults=True, gc=False):
    """A value which the office delivered but which is no value of its field's type.

    `field` is the JSON pointer of the field that stays empty, `text` the delivered text,
    `reason` one of `placeholder`, `not-a-date`, `not-a-class`, `unknown-code`, `not-a-country`,
    `not-a-number`, `not-calculated`, `unmapped`, `repeated`, `duplicate`.
    """

    field: str
    text: str
    reason: str


class Extra(Struct, frozen=True, omit_defaults=True, gc=False):
    """A delivered value for which the record has no field. `path` is made of local element names,
    `/`-joined from the record's root, an attribute as `@name`."""

    path: str
    text: str
