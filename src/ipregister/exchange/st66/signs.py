"""The sign and its goods on their way into ST.66."""

from collections.abc import Sequence

from ipregister.exchange.st96.marks import Flags
from ipregister.exchange.st96.pen import Pen
from ipregister.exchange.st96.words import BOOLEANS
from ipregister.model.mark import Goods, Image, Mark, Media, Trademark
from ipregister.model.repairs import vienna

LAST_CLASS = 50
SCHEMES = {"nice": "Nice"}


def write_description(pen: Pen, mark: Mark, flags: Flags) -> None:
    """Kind of sign, descriptions, disclaimers, remarks on protection: in the order of the standard."""
    if mark.feature and pen.lookups.word("features", mark.feature) == mark.feature:
        pen.put("MarkFeature", mark.feature)
    elif mark.feature:
        pen.carry("/mark/feature", mark.feature)
    pen.wrapped(
        "MarkDescriptionDetails",
        lambda: pen.lines("MarkDescription", mark.descriptions, "/mark/descriptions"),
    )
    pen.wrapped(
        "MarkDisclaimerDetails", lambda: pen.lines("MarkDisclaimer", mark.disclaimers, "/mark/disclaimers")
    )
    flags.write("NonUseCancelledIndicator", "non-use-cancelled")
    flags.write("TotalMarkSeries", "series")
    flags.write("TradeDistinctivenessIndicator", "acquired-distinctiveness")
    pen.wrapped("UseRight", lambda: flags.write("UseRightIndicator", "use-right"))
    flags.write("AsItIsProtectionIndicator", "as-is")
    pen.lines("UseLimitationText", mark.conditions, "/mark/conditions", most=1)
    if mark.colour:
        pen.carry("/mark/colour", mark.colour)


def write_words(pen: Pen, mark: Mark, flags: Flags) -> None:
    """The words of the sign, in the offices' own elements: these hold several texts with their languages."""

    def words() -> None:
        pen.lines("wo:MarkVerbalElementText", mark.verbal, "/mark/verbal")
        if pen.office.significant_is_description:
            pen.carry_all(mark.significant, "/mark/significant")
        else:
            pen.lines("wo:MarkSignificantVerbalElement", mark.significant, "/mark/significant")
        flags.write("wo:MarkVerbalElementSignificantIndicator", "significant")
        pen.lines("wo:MarkTranslation", mark.translations, "/mark/translations")
        pen.lines("wo:MarkTransliteration", mark.transliterations, "/mark/transliterations")
        flags.write("wo:MarkStandardCharacterIndicator", "standard-characters")

    pen.wrapped("wo:WordMarkSpecification", words)


def write_images(pen: Pen, mark: Mark) -> None:
    """Pictures, then the one sound that the standard has a place for."""
    pen.arrange("/mark/images", pen.entries("MarkImageDetails", mark.images, "/mark/images", _write_image))
    standing: list[int] = []
    for index, one in enumerate(mark.media):
        place = f"/mark/media/{index}"
        if one.kind == "sound" and not standing and pen.keeps(one.filename):
            _write_sound(pen, one, place)
            standing.append(index)
        else:
            pen.carry_all(one, place)
    pen.arrange("/mark/media", standing)


def _write_sound(pen: Pen, one: Media, pointer: str) -> None:
    pen.out.append("<MarkSoundDetails><MarkSound>")
    pen.put("MarkSoundFilename", one.filename)
    pen.text("MarkSoundFileFormat", one.format, f"{pointer}/format")
    pen.out.append("</MarkSound></MarkSoundDetails>")


def _write_image(pen: Pen, one: Image, pointer: str) -> None:
    pen.out.append("<MarkImage>")
    pen.text("MarkImageFilename", one.filename, f"{pointer}/filename")
    pen.text("MarkImageFileFormat", one.format, f"{pointer}/format")
    indicated = pen.coded("MarkImageColourIndicator", one.colour, f"{pointer}/colour", BOOLEANS)
    if indicated:
        if one.colour_mode:
            pen.carry(f"{pointer}/colour_mode", one.colour_mode)
    else:
        pen.text("MarkImageColourMode", one.colour_mode, f"{pointer}/colour_mode")
    pen.lines("MarkImageColourClaimedText", one.colour_claims, f"{pointer}/colour_claims")
    _write_category(pen, one, pointer)
    pen.out.append("</MarkImage>")
    for name in ("colour_codes", "descriptions", "vienna_texts"):
        pen.carry_all(getattr(one, name), f"{pointer}/{name}")
    if one.data:
        pen.carry(f"{pointer}/data", one.data)


def _write_category(pen: Pen, one: Image, pointer: str) -> None:
    standing = [n for n, code in enumerate(one.vienna) if pen.keeps(code) and vienna(code) == code]
    for index, code in enumerate(one.vienna):
        if index not in standing:
            pen.carry(f"{pointer}/vienna/{index}", code)
    if not standing:
        for name in ("vienna_kind", "vienna_version"):
            if getattr(one, name):
                pen.carry(f"{pointer}/{name}", getattr(one, name))
        return
    pen.out.append("<MarkImageCategory>")
    pen.text("CategoryKind", one.vienna_kind, f"{pointer}/vienna_kind")
    pen.text("CategoryVersion", one.vienna_version, f"{pointer}/vienna_version")
    pen.out.append("<CategoryCodeDetails>")
    for index in standing:
        pen.put("CategoryCode", one.vienna[index])
    pen.out.append("</CategoryCodeDetails></MarkImageCategory>")
    pen.arrange(f"{pointer}/vienna", standing)


def write_goods(pen: Pen, record: Trademark) -> None:
    """The lists: one for the blocks of a scheme that follow each other."""
    start, version = len(pen.out), record.goods_version if pen.keeps(record.goods_version) else ""
    standing: list[int] = []
    runs: list[list[int]] = []
    for index, block in enumerate(record.goods):
        if not _stands(pen, block):
            pen.carry_all(block, f"/goods/{index}")
        elif runs and record.goods[runs[-1][-1]].scheme == block.scheme:
            runs[-1].append(index)
        else:
            runs.append([index])
    pen.out.append("<GoodsServicesDetails>")
    for run in runs:
        _write_list(pen, record.goods, run, version)
        version = ""
        standing += run
    if standing:
        pen.out.append("</GoodsServicesDetails>")
    else:
        del pen.out[start:]
    if record.goods_version and (not standing or not pen.keeps(record.goods_version)):
        pen.carry("/goods_version", record.goods_version)
    pen.arrange("/goods", standing)
    pen.carry_all(record.goods_unclassified, "/goods_unclassified")


def _stands(pen: Pen, block: Goods) -> bool:
    """Whether the standard can hold a block: it must have something to show, in a scheme that is read as it is."""
    number = block.class_number
    sound = number is None or 1 <= number <= LAST_CLASS
    scheme = block.scheme.casefold() == block.scheme and pen.keeps(block.scheme)
    return (
        sound
        and scheme
        and (
            number is not None
            or any(pen.keeps_line(text, collapse=False) for text in block.texts)
            or pen.keeps(block.status)
        )
    )


def _write_list(pen: Pen, goods: Sequence[Goods], run: list[int], version: str) -> None:
    scheme = goods[run[0]].scheme
    pen.out.append("<GoodsServices>")
    pen.put("ClassificationKindCode", SCHEMES.get(scheme, scheme))
    if version:
        pen.put("ClassificationVersion", version)
    pen.out.append("<ClassDescriptionDetails>")
    for index in run:
        _write_block(pen, goods[index], f"/goods/{index}")
    pen.out.append("</ClassDescriptionDetails></GoodsServices>")


def _write_block(pen: Pen, block: Goods, pointer: str) -> None:
    pen.out.append("<ClassDescription>")
    if block.class_number is not None:
        pen.put("ClassNumber", str(block.class_number))
    pen.text("ClassNumberStatusCode", block.status, f"{pointer}/status")
    pen.lines("GoodsServicesDescription", block.texts, f"{pointer}/texts", collapse=False)
    pen.out.append("</ClassDescription>")
    for name in ("status_date", "first_use", "first_commercial_use"):
        if getattr(block, name) is not None:
            pen.carry(f"{pointer}/{name}", getattr(block, name))
