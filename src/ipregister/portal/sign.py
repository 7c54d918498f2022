"""The panel of the sign: words, pictures, sounds."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ipregister.portal.fields import Field, Plain, coded, inside, listed, one, rows_of, texts, word
from ipregister.portal.labels import label
from ipregister.portal.values import Panel, Row, Value

COLOURED = {"true": lazy("in colour"), "false": lazy("not in colour")}
"""The indicator of a picture in colour, as feeds write it."""


def _colour(item: Plain, name: str, place: str, lang: str) -> tuple[Value, ...]:
    """Colours in words, or whether there are any."""
    return (Value(str(COLOURED.get(item[name].casefold(), item[name])), f"{place}/{name}"),)


MEDIA = (
    Field("kind", lazy("Kind"), word),
    Field("filename", lazy("File"), one),
    Field("format", lazy("Format"), one),
)
SIGN: tuple[Field, ...] = (
    Field("verbal", lazy("Words of the mark"), texts, "540"),
    Field("significant", lazy("Significant words"), texts),
    Field("feature", lazy("Feature of mark"), coded("feature"), "550"),
    Field("transliterations", lazy("Transliteration"), texts, "561"),
    Field("translations", lazy("Translation"), texts, "566"),
    Field("descriptions", lazy("Description"), texts, "571"),
    Field("disclaimers", lazy("Disclaimer"), texts, "526"),
    Field("conditions", lazy("Conditions"), texts),
    Field("colour", lazy("Colours"), _colour),
    Field("flags", lazy("Indicators"), listed),
    Field("media", lazy("Sound, film or model"), inside(*MEDIA)),
)


def _vienna(item: Plain, name: str, place: str, lang: str) -> tuple[Value, ...]:
    """Vienna codes with the word of their category, each leading to the marks that have it."""
    return tuple(
        Value(code, f"{place}/{name}/{n}", note=_category(code), link=f"vienna:{code}")
        for n, code in enumerate(item[name])
    )


def _category(code: str) -> str:
    category = code.split(".", maxsplit=1)[0].lstrip("0")
    told = label("vienna", category)
    return "" if told == category else told


PICTURE: tuple[Field, ...] = (
    Field("colour", lazy("Colours"), _colour),
    Field("colour_mode", lazy("Colour mode"), one),
    Field("colour_claims", lazy("Colours claimed"), texts, "591"),
    Field("colour_codes", lazy("Colour codes"), listed),
    Field("descriptions", lazy("Description of the picture"), texts),
    Field("vienna", lazy("Vienna code"), _vienna, "531"),
    Field("vienna_texts", lazy("Figurative elements"), texts, "531"),
    Field("vienna_version", lazy("Edition of the classification"), one),
    Field("vienna_kind", lazy("Classification"), one),
)
"""What is said of a picture; it stands on the page itself."""


def mark(record: Plain, lang: str) -> Panel | None:
    """The sign itself; of an indication or emblem what a trademark feed says of its sign."""
    name = "mark" if record["right"] == "trademark" else "sign"
    sign = record.get(name, {})
    found = rows_of(sign, f"/{name}", SIGN, lang) + picture_rows(sign, f"/{name}", lang)
    title = _("Mark") if name == "mark" else _("Sign")
    return Panel("mark", title, found) if found else None


def picture_rows(item: Plain, place: str, lang: str) -> tuple[Row, ...]:
    """The rows of the pictures of a sign."""
    return tuple(
        row
        for n, image in enumerate(item.get("images", ()))
        for row in rows_of(image, f"{place}/images/{n}", PICTURE, lang)
    )
