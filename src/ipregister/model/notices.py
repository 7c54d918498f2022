"""What an office says of its data: that they are for information only, what prevails, how to order a certified copy."""

from msgspec import Struct


class Spoken(Struct, frozen=True, forbid_unknown_fields=True):
    """A notice in another language, in the office's own words."""

    text: str
    certified_copy: str = ""


class Notice(Struct, frozen=True):
    """What every page and export says of this office's data, in English. `translations` are the office's own, by
    language (`lo`)."""

    text: str
    certified_copy: str = ""
    url: str = ""
    licence: str = ""
    attribution: str = ""
    translations: dict[str, Spoken] = {}
