"""The sign in ST.96: words, pictures, sounds, indicators; read by the tables, written by the functions."""

from ipregister.exchange.st96.images import IMAGE, write_image
from ipregister.exchange.st96.pen import Pen
from ipregister.exchange.st96.words import (
    BOOLEANS,
    FEATURES,
    MULTIMEDIA_FORMATS,
    SOUND_FORMATS,
)
from ipregister.exchange.xml.rules import (
    Rule,
    each,
    flag,
    group,
    inside,
    lines,
    text,
    word,
)
from ipregister.model.mark import Mark, Media

WORDS: Rule = group(
    {
        "MarkVerbalElementText": lines("verbal"),
        "MarkSignificantVerbalElementText": lines("significant"),
        "MarkVerbalElementSignificantIndicator": flag("significant"),
        "MarkTranslationText": lines("translations"),
        "MarkTransliteration": lines("transliterations"),
        "MarkTranscription": lines("transliterations"),
        "MarkStandardCharacterIndicator": flag("standard-characters"),
    }
)


def _media(kind: str, tag: str, form: str) -> Rule:
    return group({tag: each("media", {"FileName": text("filename"), form: text("format")}, kind=kind)})


REPRESENTATION: Rule = group(
    {
        "MarkFeatureCategory": word("feature", "features", "unknown-feature"),
        "MarkReproduction": group(
            {
                "WordMarkSpecification": WORDS,
                "MarkImageBag": group({"MarkImage": IMAGE}),
                "MarkSoundBag": _media("sound", "MarkSound", "SoundFileFormatCategory"),
                "MarkMultimediaBag": _media(
                    "multimedia", "MarkMultimedia", "MarkMultimediaFileFormatCategory"
                ),
            }
        ),
        "MarkDescriptionBag": group(
            {
                "MarkDescriptionText": lines("descriptions"),
                "MarkVoluntaryDescriptionText": lines("descriptions"),
            }
        ),
    }
)

FLAGS = {
    "NonUseCancelledIndicator": "non-use-cancelled",
    "MarkSeriesTotalQuantity": "series",
    "TradeDistinctivenessIndicator": "acquired-distinctiveness",
    "UseRightIndicator": "use-right",
    "AsItIsProtectionIndicator": "as-is",
}
"""Indicators of the trademark itself, in the order of the standard."""

MARK: dict[str, Rule] = {
    name: inside("mark", rule)
    for name, rule in {
        "MarkRepresentation": REPRESENTATION,
        "MarkDisclaimerBag": group({"MarkDisclaimerText": lines("disclaimers")}),
        "UseRight": group(
            {"UseRightIndicator": flag(FLAGS["UseRightIndicator"]), "UseRightText": lines("conditions")}
        ),
        **{tag: flag(name) for tag, name in FLAGS.items() if tag != "UseRightIndicator"},
        **{
            tag: lines("conditions")
            for tag in (
                "SpecialCircumstanceText", "TradeDistinctivenessText", "UseRequirementText", "UseLimitationText"
            )
        },
    }.items()
}  # fmt: skip
"""The elements of a trademark that say what the sign is."""


class Flags:
    """The indicators of a mark on their way into elements, each where the standard has it."""

    def __init__(self, pen: Pen, flags: tuple[str, ...]) -> None:
        self._pen = pen
        self._flags = flags
        self._places: dict[str, int] = {}
        self._standing: list[int] = []
        names = ("significant", "standard-characters", *FLAGS.values())
        for index, one in enumerate(flags):
            name, equals, value = one.partition("=")
            sound = value.isdecimal() and value.isascii() if name == "series" else value in BOOLEANS
            if equals and name in names and sound and name not in self._places:
                self._places[name] = index
            else:
                pen.carry(f"/mark/flags/{index}", one)

    def write(self, tag: str, name: str) -> None:
        """The indicator of that name, where there is one."""
        place = self._places.get(name)
        if place is not None:
            self._pen.put(tag, self._flags[place].partition("=")[2])
            self._standing.append(place)

    @property
    def of_words(self) -> bool:
        """Whether an indicator stands with the words of the mark."""
        return "significant" in self._places or "standard-characters" in self._places

    def done(self) -> None:
        """Tell the order of the indicators."""
        self._pen.arrange("/mark/flags", self._standing)


def write_representation(pen: Pen, mark: Mark, flags: Flags) -> None:
    """What the sign is: kind, words, pictures, sounds, description."""
    start, before = len(pen.out), pen.count
    pen.out.append("<tmk:MarkRepresentation>")
    feature = mark.feature
    if feature in FEATURES and pen.lookups.word("features", feature) == feature:
        pen.put("tmk:MarkFeatureCategory", feature)
    elif feature:
        pen.carry("/mark/feature", feature)
    pen.out.append("<tmk:MarkReproduction>")
    inside_start = len(pen.out)
    _write_words(pen, mark, flags)
    standing = pen.entries("tmk:MarkImageBag", mark.images, "/mark/images", write_image)
    pen.arrange("/mark/images", standing)
    _write_media(pen, mark.media)
    if len(pen.out) == inside_start:
        pen.out.append(
            "<tmk:WordMarkSpecification><tmk:MarkSignificantVerbalElementText/></tmk:WordMarkSpecification>"
        )
    pen.out.append("</tmk:MarkReproduction>")
    pen.wrapped(
        "tmk:MarkDescriptionBag",
        lambda: pen.lines("tmk:MarkDescriptionText", mark.descriptions, "/mark/descriptions"),
    )
    pen.out.append("</tmk:MarkRepresentation>")
    if pen.count == before:
        del pen.out[start:]


def _write_words(pen: Pen, mark: Mark, flags: Flags) -> None:
    """The words, as many groups as there are of the kind that has most of those that come once a group."""
    verbal, significant, letters = mark.verbal, mark.significant, mark.transliterations
    groups = max(len(verbal), len(significant), len(letters), bool(mark.translations) or flags.of_words)
    standing: dict[str, list[int]] = {"verbal": [], "significant": [], "transliterations": []}

    def one(tag: str, field: str, index: int, *, tagged: bool = True) -> bool:
        texts = getattr(mark, field)
        if index < len(texts) and pen.line(tag, texts[index], f"/mark/{field}/{index}", tagged=tagged):
            standing[field].append(index)
            return True
        return False

    for index in range(groups):
        start, before = len(pen.out), pen.count
        pen.out.append("<tmk:WordMarkSpecification>")
        one("tmk:MarkVerbalElementText", "verbal", index)
        if not one("tmk:MarkSignificantVerbalElementText", "significant", index):
            pen.out.append("<tmk:MarkSignificantVerbalElementText/>")
        if index == 0:
            flags.write("tmk:MarkVerbalElementSignificantIndicator", "significant")
            pen.lines("tmk:MarkTranslationText", mark.translations, "/mark/translations")
        one("tmk:MarkTransliteration", "transliterations", index, tagged=False)
        if index == 0:
            flags.write("tmk:MarkStandardCharacterIndicator", "standard-characters")
        pen.out.append("</tmk:WordMarkSpecification>")
        if pen.count == before:
            del pen.out[start:]
    for field, places in standing.items():
        pen.arrange(f"/mark/{field}", places)


def _write_media(pen: Pen, media: tuple[Media, ...]) -> None:
    """Sounds, then multimedia; the standard has no other kinds of files."""
    order: list[int] = []
    for kind, bag, tag, form, formats in (
        ("sound", "tmk:MarkSoundBag", "tmk:MarkSound", "tmk:SoundFileFormatCategory", SOUND_FORMATS),
        ("multimedia", "tmk:MarkMultimediaBag", "tmk:MarkMultimedia", "tmk:MarkMultimediaFileFormatCategory",
         MULTIMEDIA_FORMATS),
    ):  # fmt: skip
        start, before = len(pen.out), pen.count
        pen.out.append(f"<{bag}>")
        for index, one in enumerate(media):
            if one.kind == kind and (
                pen.keeps(one.filename) or (one.format in formats and pen.keeps(one.format))
            ):
                pen.out.append(f"<{tag}>")
                if not pen.text("com:FileName", one.filename, f"/mark/media/{index}/filename"):
                    pen.out.append("<com:FileName/>")
                pen.coded(form, one.format, f"/mark/media/{index}/format", formats)
                pen.out.append(f"</{tag}>")
                order.append(index)
        if pen.count == before:
            del pen.out[start:]
        else:
            pen.out.append(f"</{bag}>")
    pen.arrange("/mark/media", order)
    for index in sorted(set(range(len(media))) - set(order)):
        pen.carry_all(media[index], f"/mark/media/{index}")
