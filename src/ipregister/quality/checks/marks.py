"""The sign: its feature against its content, pictures, Vienna codes, texts that are not the mark."""

import re
from collections.abc import Iterator
from functools import lru_cache

from ipregister.model import codelists
from ipregister.model.finding import Finding, FindingKind
from ipregister.model.mark import Image, Mark, Trademark
from ipregister.quality import remedies
from ipregister.quality.rule import Case, Rule, found

_FEATURES = codelists.table("mark_features")
_WITH_TEXT = frozenset(code for code, row in _FEATURES.items() if row["text"] == "required")
_WITH_IMAGE = frozenset(code for code, row in _FEATURES.items() if row["image"] == "required")
_SIGNS = frozenset({"TRADEMARK", "SLOGAN"})
_VIENNA = re.compile(r"A?(\d{1,2})\.(\d{1,2})(?:\.A?(\d{1,2}))?")
_DIVISIONS = {
    int(code): (frozenset(map(int, row["divisions"].split())), int(row["sections"]))
    for code, row in codelists.table("vienna").items()
}
_DESCRIPTION = re.compile(
    r"\b(?:logo|lukisan|device of|with device|and device|& device)\b|,\s*hình$|ພ້ອມດ້ວຍຮູບ|ພ້ອມຮູບ|พร้อมรูป",
    re.IGNORECASE,
)
_PARTS = ("logo", "luk", "dev", ",", "ພ້ອມ", "พร้อมรูป")
_NO_TRANSLATION = re.compile(
    r"\W*(?:(?:merupakan\s+)?suatu\s+penamaan|tidak\s+ada(?:\s+arti(?:nya)?)?|no\s+meaning|not?\s+applicable|none"
    r"|nil|n/?a|không có nghĩa|ไม่มีความหมาย|без перевода)\W*",
    re.IGNORECASE,
)
_LONG = 500

FEATURE = FindingKind(
    "mark-feature-missing",
    "warning",
    "The kind of sign (word, figure …) is missing.",
    remedies.ADD,
    "INID 550",
)
FEATURE_UNKNOWN = FindingKind(
    "mark-feature-unknown",
    "warning",
    "“{value}” is no kind of sign.",
    remedies.CORRECT,
    "WIPO ST.96 MarkFeature",
)
WORDLESS = FindingKind(
    "word-mark-without-text",
    "error",
    "The mark is said to be of the kind “{value}”, but it has no words.",
    remedies.ADD,
    "INID 540, 541, 561",
)
PICTURELESS = FindingKind(
    "figurative-mark-without-image",
    "warning",
    "The mark is said to be of the kind “{value}”, but it names no picture.",
    remedies.PICTURE,
    "INID 540, 546",
)
COLOURLESS = FindingKind(
    "colour-mark-without-colour",
    "notice",
    "The mark is a colour mark, but no colour is named.",
    remedies.ADD,
    "INID 558, 591",
)
SOUNDLESS = FindingKind(
    "sound-mark-without-file",
    "notice",
    "The mark is a sound mark, but no file is named.",
    remedies.ADD,
    "INID 556",
)
NOT_DELIVERED = FindingKind(
    "image-not-delivered",
    "warning",
    "The record names the picture “{value}”, but no picture came with it.",
    remedies.PICTURE,
    "INID 540",
)
DESCRIBED = FindingKind(
    "description-in-mark",
    "notice",
    "The words of the mark, “{value}”, seem to hold a description of its picture.",
    remedies.MOVE,
    "INID 541, 571",
)
PLACEHOLDER = FindingKind(
    "translation-placeholder",
    "notice",
    "The translation “{value}” says only that there is none.",
    remedies.EMPTY,
    "INID 566",
)
LONG = FindingKind(
    "mark-text-long",
    "notice",
    "The words of the mark have {length} characters.",
    remedies.COMPARE,
    "INID 541",
)
TEXT_REPEATED = FindingKind(
    "mark-text-repeated", "notice", "The words “{value}” are given twice.", remedies.SPLIT, "INID 541"
)
VIENNA_FORM = FindingKind(
    "vienna-form",
    "warning",
    "“{value}” has not the form of a Vienna code (26.01.03).",
    remedies.CORRECT,
    "Vienna Classification; INID 531",
)
VIENNA_UNKNOWN = FindingKind(
    "vienna-unknown",
    "warning",
    "The Vienna code “{value}” is of no category from 1 to 29.",
    remedies.CORRECT,
    "Vienna Classification; INID 531",
)
VIENNA_UNLISTED = FindingKind(
    "vienna-unlisted",
    "notice",
    "The Vienna code “{value}” is of no division or section in use.",
    remedies.COMPARE,
    "Vienna Classification, editions 5 to 9; INID 531",
)
VIENNA_REPEATED = FindingKind(
    "vienna-repeated", "notice", "The Vienna code “{value}” is given twice.", remedies.SPLIT, "INID 531"
)


def feature(case: Case[Trademark]) -> Iterator[Finding]:
    """The feature against what the record holds."""
    record, mark = case.record, case.record.mark
    if record.subtype not in _SIGNS:
        return
    name = mark.feature
    if not name:
        if not (mark.flags or case.is_kept("/mark/feature")):
            yield found(FEATURE, "/mark/feature")
        return
    if name not in _FEATURES:
        yield found(FEATURE_UNKNOWN, "/mark/feature", name)
        return
    if name in _WITH_TEXT and not (mark.verbal or mark.significant or case.is_kept("/mark/verbal")):
        yield found(WORDLESS, "/mark/verbal", name)
    pictured = any(map(_has_content, mark.images)) or case.is_kept("/mark/images") or _says_pictured(mark)
    if name in _WITH_IMAGE and not pictured:
        yield found(PICTURELESS, "/mark/images", name)
    if name == "Colour" and not any(i.colour or i.colour_claims or i.colour_codes for i in mark.images):
        if not (mark.colour or mark.descriptions):
            yield found(COLOURLESS, "/mark/images")
    elif name == "Sound" and not mark.media:
        yield found(SOUNDLESS, "/mark/media")


def _says_pictured(mark: Mark) -> bool:
    """Whether the feed says that there is a picture, without the picture."""
    return any(flag.casefold() == "image=yes" for flag in mark.flags)


def _has_content(image: Image) -> bool:
    return bool(image.filename or image.data or image.format or image.vienna or image.descriptions)


def delivered(case: Case[Trademark]) -> Iterator[Finding]:
    """A picture that is named, or that the kind of sign asks for, comes with the record."""
    if case.facts is None or not case.record.mark.images or case.facts.images_delivered() != 0:
        return
    for place, image in enumerate(case.record.mark.images):
        if image.filename and not image.data:
            yield found(NOT_DELIVERED, f"/mark/images/{place}/filename", image.filename)
            return


def words(case: Case[Trademark]) -> Iterator[Finding]:
    """The words of the mark and their translations."""
    mark = case.record.mark
    seen = set()
    for place, text in enumerate(mark.verbal):
        if _may_describe(text.text) and _DESCRIPTION.search(text.text):
            yield found(DESCRIBED, f"/mark/verbal/{place}/text", text.text)
        if len(text.text) > _LONG:
            yield found(LONG, f"/mark/verbal/{place}/text", text.text[:80], length=str(len(text.text)))
        if (text.text, text.lang) in seen:
            yield found(TEXT_REPEATED, f"/mark/verbal/{place}/text", text.text)
        seen.add((text.text, text.lang))
    for place, text in enumerate(mark.translations):
        if _NO_TRANSLATION.fullmatch(text.text):
            yield found(PLACEHOLDER, f"/mark/translations/{place}/text", text.text)


def _may_describe(text: str) -> bool:
    """Whether a text has a part of one of the words of `_DESCRIPTION`, which takes long to look for them."""
    folded = text.lower()
    return any(map(folded.__contains__, _PARTS))


def vienna(case: Case[Trademark]) -> Iterator[Finding]:
    """Vienna codes: form, category, division and section, repetition."""
    mark: Mark = case.record.mark
    for place, image in enumerate(mark.images):
        for number, code in enumerate(image.vienna):
            kind = _vienna_fault(code)
            if kind:
                yield found(kind, f"/mark/images/{place}/vienna/{number}", code)
        if len(set(image.vienna)) != len(image.vienna):
            again = next(c for i, c in enumerate(image.vienna) if c in image.vienna[:i])
            yield found(VIENNA_REPEATED, f"/mark/images/{place}/vienna", again)


@lru_cache(maxsize=8192)
def _vienna_fault(code: str) -> FindingKind | None:
    match = _VIENNA.fullmatch(code)
    if match is None:
        return VIENNA_FORM
    known = _DIVISIONS.get(int(match[1]))
    if known is None:
        return VIENNA_UNKNOWN
    divisions, sections = known
    return VIENNA_UNLISTED if int(match[2]) not in divisions or int(match[3] or 0) > sections else None


RULES: tuple[Rule[Trademark], ...] = (
    Rule((FEATURE, FEATURE_UNKNOWN, WORDLESS, PICTURELESS, COLOURLESS, SOUNDLESS), feature),
    Rule((NOT_DELIVERED,), delivered, register=True),
    Rule((DESCRIBED, LONG, TEXT_REPEATED, PLACEHOLDER), words),
    Rule((VIENNA_FORM, VIENNA_UNKNOWN, VIENNA_UNLISTED, VIENNA_REPEATED), vienna),
)
