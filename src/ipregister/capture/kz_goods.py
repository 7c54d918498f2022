"""Kazakhstan's goods: a list of classes beside a list of texts, matched by what can be relied on.

By position where there are as many texts as classes; else by the class that each text, or a line of it,
begins with; else the texts stay without a class. Never guessed.
"""

from msgspec import Struct

from ipregister.capture.shapes import note, part_classes, put_class
from ipregister.exchange.xml.rules import Element, Rule, group, leaf
from ipregister.exchange.xml.sheet import Plain, Sheet
from ipregister.model.evidence import Origin, split_origin
from ipregister.model.languages import written_in
from ipregister.model.legacy import decode
from ipregister.model.repairs import HEADING

Leaf = tuple[str, int]
_INDENT = 32


class Part(Struct, frozen=True, gc=False):
    """A text of goods, or some of its lines, with the class it begins with (0: none) and its evidence."""

    number: int
    text: str
    origin: Origin
    raw: str


def _collect(name: str) -> Rule:
    """A leaf that is only taken down; the whole list is settled at its end. Empty ones count too."""

    def take(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        draft.setdefault(name, []).append((element.text or "", position))
        return plain(sheet, element, position, draft, pointer)

    plain = leaf(lambda sheet, raw, position, draft, pointer: None)
    return take


def _goods() -> Rule:
    rule = group({"class": _collect("_classes"), "list": _collect("_lists")})

    def take(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        position = rule(sheet, element, position, draft, pointer)
        settle(sheet, draft.pop("_classes", []), draft.pop("_lists", []))
        return position

    return take


GOODS: Rule = _goods()


def settle(sheet: Sheet, classes: list[Leaf], lists: list[Leaf]) -> None:
    """Make blocks of goods from classes and texts; they come after those that are there already."""
    before: list[Plain] = sheet.record.get("goods", [])
    blocks = [_block(sheet, len(before) + number, leaf) for number, leaf in enumerate(classes)]
    texts = [(raw, position) for raw, position in lists if raw and not raw.isspace()]
    matched = _by_position(blocks, lists) or _by_heading(blocks, texts)
    if matched is None:
        matched = []
        if texts:
            note(
                sheet,
                "goods-unmatched",
                "/goods_unclassified",
                classes=str(len(classes)),
                lists=str(len(lists)),
            )
        for raw, position in texts:
            loose = sheet.record.setdefault("goods_unclassified", [])
            _add(sheet, loose, "/goods_unclassified", _whole(raw, position, heading=False))
    for number, part in matched:
        texts_of = blocks[number].setdefault("texts", [])
        _add(sheet, texts_of, f"/goods/{len(before) + number}/texts", part)
        if not texts_of:
            del blocks[number]["texts"]
    every = [*before, *blocks]
    for number, block in enumerate(blocks, start=len(before)):
        part_classes(sheet, block, f"/goods/{number}", every)
    if any(every):
        sheet.record["goods"] = every


def _block(sheet: Sheet, number: int, leaf: Leaf) -> Plain:
    block: Plain = {}
    if leaf[0].strip():
        put_class(sheet, block, f"/goods/{number}", *leaf)
    return block


def _by_position(blocks: list[Plain], lists: list[Leaf]) -> list[tuple[int, Part]] | None:
    """Text n to class n, unless a text says that it is another class's."""
    if not blocks or len(blocks) != len(lists):
        return None
    matched: list[tuple[int, Part]] = []
    for number, (block, (raw, position)) in enumerate(zip(blocks, lists, strict=True)):
        if not raw or raw.isspace():
            continue
        part = _whole(raw, position, heading=True)
        if part.number not in (0, block.get("class_number")):
            return None
        matched.append((number, part))
    return matched


def _by_heading(blocks: list[Plain], texts: list[Leaf]) -> list[tuple[int, Part]] | None:
    """Each part to the class it begins with, where every part has one and every class is there once."""
    by_class = {
        block["class_number"]: number for number, block in enumerate(blocks) if "class_number" in block
    }
    if not texts or len(by_class) != len(blocks):
        return None
    parts = [part for raw, position in texts for part in _parts(raw, position)]
    numbers = [part.number for part in parts]
    if len(set(numbers)) != len(numbers) or not set(numbers) <= by_class.keys():
        return None
    return [(by_class[part.number], part) for part in parts]


def _number(text: str) -> int:
    """The class that a text begins with, 0 for none. Its first sign tells of nearly every text that it has none."""
    first = text[:_INDENT].lstrip()[:1]
    if first and not (first.isdigit() or first in "кК"):
        return 0
    found = HEADING.match(text)
    return int(next(group for group in found.groups() if group)) if found else 0


def _whole(raw: str, position: int, *, heading: bool) -> Part:
    number = _number(raw) if heading else 0
    repairs = ["heading"] if number else []
    text = HEADING.sub("", raw, count=1) if number else raw
    if text != text.strip():
        repairs.append("trim")
    return Part(number, text.strip(), (position, *repairs) if repairs else position, raw)


def _parts(raw: str, position: int) -> list[Part]:
    """A text in parts, each beginning with a line that names its class."""
    lines = raw.split("\n")
    starts = [at for at in range(len(lines)) if _number(f"{lines[at]}\n")]
    if not starts or any(line.strip() for line in lines[: starts[0]]):
        return [Part(0, raw, position, raw)]
    if len(starts) == 1 and starts[0] == 0:
        return [_whole(raw, position, heading=True)]
    parts: list[Part] = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        part = _whole("\n".join(lines[start:end]), position, heading=True)
        codes = part.origin[1:] if isinstance(part.origin, tuple) else ()
        parts.append(Part(part.number, part.text, (position, f"lines:{start + 1}-{end}", *codes), part.raw))
    return parts


def _add(sheet: Sheet, texts: list[Plain], pointer: str, part: Part) -> None:
    if not part.text:
        position, codes = split_origin(part.origin)
        sheet.keep(pointer, part.raw, "placeholder", int(position))
        if codes and codes[0].startswith("lines:"):
            sheet.evidence[f"/kept/{len(sheet.kept) - 1}/text"] = (int(position), codes[0])
        return
    place = f"{pointer}/{len(texts)}/text"
    text, sheet.evidence[place] = part.text, part.origin
    encoding = "" if text.isascii() else sheet.legacy(text, None)
    if encoding:
        text = decode(text, encoding)
        position, codes = split_origin(part.origin)
        sheet.evidence[place] = (int(position), *codes, f"legacy:{encoding}")
        sheet.find("legacy-converted", place, part.raw, encoding=encoding)
    lang = "ru" if written_in(text, "ru") else "und"
    texts.append({"text": text, "lang": lang} if lang != "und" else {"text": text})
