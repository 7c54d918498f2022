"""Goods and services and their classes."""

from collections.abc import Iterator

from ipregister.model.finding import Finding, FindingKind
from ipregister.model.mark import Trademark
from ipregister.quality import remedies
from ipregister.quality.rule import Case, Rule, found

_SOURCE = "Nice Classification; INID 511"
_IN_FORCE = frozenset({"registered", "expired", "partially-refused"})
_LAST, _LAST_NATIONAL = 45, 50
_EIGHTH_EDITION, _FIRST_OF_EIGHTH = "2002-01-01", 43
_TERM = 999
_CUTS = frozenset({254, 255, 256, 500, 512, 1000, 1024, 2000, 2048, 3999, 4000, 4096, 32767, 65535})
_ENDS = ".;,)”\"'。"

CLASSLESS = FindingKind(
    "classes-missing", "error", "The mark is registered, but it has no class.", remedies.CLASSIFY, _SOURCE
)
GOODLESS = FindingKind(
    "goods-missing", "notice", "The record has no goods and services.", remedies.CLASSIFY, "INID 511"
)
UNKNOWN = FindingKind("class-unknown", "error", "Class {value} does not exist.", remedies.CLASSIFY, _SOURCE)
NATIONAL = FindingKind(
    "class-national",
    "notice",
    "Class {value} is none of the Nice Classification; it may be a class of an old national list.",
    remedies.COMPARE,
    _SOURCE,
)
NUMBERLESS = FindingKind(
    "class-number-missing",
    "warning",
    "A list of goods and services has no class.",
    remedies.CLASSIFY,
    _SOURCE,
)
REPEATED = FindingKind(
    "class-repeated",
    "notice",
    "Class {value} is given twice. The register keeps both lists.",
    remedies.SPLIT,
    _SOURCE,
)
TEXTLESS = FindingKind(
    "goods-empty", "warning", "Class {value} has no goods and services.", remedies.CLASSIFY, "INID 511"
)
UNCLASSIFIED = FindingKind(
    "goods-unclassified",
    "warning",
    "Some goods and services are not assigned to a class.",
    remedies.CLASSIFY,
    _SOURCE,
)
EDITION = FindingKind(
    "class-edition",
    "notice",
    "Class {value} came with the eighth edition of 2002, but the application was filed on {filing}.",
    remedies.COMPARE,
    "Nice Classification, eighth edition",
)
LONG = FindingKind(
    "term-long",
    "notice",
    "A term of class {class} has {length} characters without a semicolon.",
    remedies.COMPARE,
    "INID 511",
)
CUT = FindingKind(
    "text-cut",
    "notice",
    "The text has exactly {length} characters and no end; a program may have cut it off.",
    remedies.COMPARE,
    "INID 511",
)


_JUDGED = ("nice", "national")
"""Schemes whose classes are judged; others (the old ones of the United States) stand beside them for the same goods."""


def presence(case: Case[Trademark]) -> Iterator[Finding]:
    """A mark has classes, and all its goods stand in one."""
    record = case.record
    if record.goods_unclassified:
        yield found(UNCLASSIFIED, "/goods_unclassified", record.goods_unclassified[0].text[:80])
    if record.goods or record.subtype not in ("TRADEMARK", "SLOGAN") or case.is_kept("/goods"):
        return
    if case.state in _IN_FORCE:
        yield found(CLASSLESS, "/goods")
    elif not record.goods_unclassified:
        yield found(GOODLESS, "/goods")


def numbers(case: Case[Trademark]) -> Iterator[Finding]:
    """Each class number: in range, of its edition, given once."""
    seen = set()
    filed = case.record.application_date
    for place, goods in enumerate(case.record.goods):
        number, path = goods.class_number, f"/goods/{place}/class_number"
        if goods.scheme not in _JUDGED:
            continue
        if number is None:
            if path not in case.kept:
                said = next((kept.text for kept in case.record.kept if kept.field == path), "")
                yield found(NUMBERLESS, path, said)
            continue
        if number > _LAST and (goods.scheme != "nice" or number <= _LAST_NATIONAL):
            yield found(NATIONAL, path, str(number))
        elif not 1 <= number <= _LAST:
            yield found(UNKNOWN, path, str(number))
        elif number >= _FIRST_OF_EIGHTH and filed and filed < _EIGHTH_EDITION:
            yield found(EDITION, path, str(number), filing=filed)
        if number in seen:
            yield found(REPEATED, path, str(number))
        seen.add(number)


def texts(case: Case[Trademark]) -> Iterator[Finding]:
    """The lists of goods: not empty (unless goods are there that no class is known of), no endless term, not cut
    off."""
    beside = any(goods.texts and goods.scheme not in _JUDGED for goods in case.record.goods)
    loose = beside or bool(case.record.goods_unclassified)
    for place, goods in enumerate(case.record.goods):
        if not (goods.scheme not in _JUDGED or goods.texts or loose or case.is_kept(f"/goods/{place}/texts")):
            number = goods.class_number
            if number is not None:
                yield found(TEXTLESS, f"/goods/{place}/texts", str(number))
        for part, text in enumerate(goods.texts):
            words = text.text
            length = len(words)
            if length > _TERM:
                longest = max(map(len, words.split(";")))
                if longest > _TERM:
                    told = {"class": str(goods.class_number), "length": str(longest)}
                    yield found(LONG, f"/goods/{place}/texts/{part}/text", words[:80], **told)
            if length in _CUTS and words[-1] not in _ENDS:
                yield found(CUT, f"/goods/{place}/texts/{part}/text", words[-80:], length=str(length))


RULES: tuple[Rule[Trademark], ...] = (
    Rule((CLASSLESS, GOODLESS, UNCLASSIFIED), presence),
    Rule((UNKNOWN, NATIONAL, NUMBERLESS, REPEATED, EDITION), numbers, "goods"),
    Rule((TEXTLESS, LONG, CUT), texts, "goods"),
)
