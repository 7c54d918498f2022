"""Goods and services in ST.96: classes, lists, what the list is of; read by the tables, written by the functions."""

from collections.abc import Sequence

from ipregister.exchange.st96.carried import use
from ipregister.exchange.st96.pen import Pen
from ipregister.exchange.st96.words import CLASS_STATUSES, SCHEMES
from ipregister.exchange.xml.rules import Container, Element, Rule, each, group, leaf, lines, single, text
from ipregister.exchange.xml.sheet import Plain, Sheet
from ipregister.model.class_texts import class_parts
from ipregister.model.mark import Goods, Trademark

LAST_NICE, LAST_NATIONAL = 45, 50
_SCHEME_OF = {word.casefold(): ours for ours, word in SCHEMES.items()}


def _class_of(raw: str) -> int | None:
    parts = class_parts(raw)
    return parts[0] if len(parts) == 1 and 1 <= parts[0] <= LAST_NATIONAL else None


def _set_class(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    number = _class_of(raw)
    if number is None:
        placeholder = raw.strip() in sheet.placeholders or class_parts(raw) == (0,)
        reason = "placeholder" if placeholder else "not-a-class"
        sheet.keep(f"{pointer}/class_number", raw, reason, position, "" if placeholder else "not-a-class")
        return
    draft["class_number"] = number
    sheet.evidence[f"{pointer}/class_number"] = position if raw == str(number) else (position, "class")


BLOCK: Rule = each(
    "goods",
    {
        "ClassNumber": single("class_number", _set_class),
        "ClassNumberStatusCategory": text("status"),
        "GoodsServicesDescriptionText": lines("texts", collapse=False),
        "ClassificationTermBag": group(
            {"ClassificationTerm": group({"ClassificationTermText": lines("texts", collapse=False)})}
        ),
    },
)


def _enter_kind(
    sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str
) -> tuple[Plain, str]:
    named: Plain = {}
    draft["_named"].append(named)
    return named, pointer


def _set(name: str) -> Rule:
    def set_value(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
        if name in draft:
            sheet.spare(f"GoodsServicesClassification/{name}", raw, position)
        else:
            draft[name] = (raw, position)

    return leaf(set_value)


def _set_version(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    if "goods_version" in sheet.record:
        sheet.spare("GoodsServices/ClassificationVersion", raw, position)
    else:
        sheet.put(sheet.record, "", "goods_version", raw, position)


CLASSIFICATION: Rule = group(
    {
        "GoodsServicesClassification": Container(
            {
                "ClassificationKindCode": _set("kind"),
                "ClassificationVersion": leaf(_set_version),
                "ClassNumber": _set("number"),
                "NationalClassNumber": _set("number"),
            },
            _enter_kind,
        )
    }
)


def _enter(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> tuple[Plain, str]:
    draft["_first"] = len(draft.get("goods", ()))
    draft["_named"] = []
    return draft, pointer


def _settle(sheet: Sheet, draft: Plain, pointer: str, inner: Plain, place: str) -> None:
    """Give the blocks of one list what its classifications say: the scheme, and a class that no block has."""
    first = draft.pop("_first")
    named: list[Plain] = draft.pop("_named")
    blocks: list[Plain] = draft.get("goods", [])[first:]
    schemes = {kind[0].strip().casefold() for one in named if (kind := one.get("kind"))}
    if len(schemes) == 1:
        _settle_one(sheet, draft, first, named, blocks, schemes.pop())
        return
    for one in named:
        _spare(sheet, one)


def _spare(sheet: Sheet, named: Plain) -> None:
    for name in ("kind", "number"):
        if name in named:
            sheet.spare(f"GoodsServicesClassification/{name}", *named[name])


def _settle_one(
    sheet: Sheet, draft: Plain, first: int, named: list[Plain], blocks: list[Plain], word: str
) -> None:
    """A list of one scheme: its classes are those of the blocks, or blocks of their own."""
    for one in named:
        if "number" in one:
            _settle_number(sheet, draft, first, blocks, one)
    blocks = draft.get("goods", [])[first:]
    scheme = _SCHEME_OF.get(word, word)
    for number, one in enumerate(named):
        if "kind" not in one:
            continue
        raw, position = one["kind"]
        if number or not blocks:
            use(sheet, position) if blocks else _spare(sheet, {"kind": one["kind"]})
            continue
        repairs = _scheme_repairs(raw, scheme)
        for index, block in enumerate(blocks, start=first):
            if scheme != "nice":
                block["scheme"] = scheme
            sheet.evidence[f"/goods/{index}/scheme"] = (position, *repairs) if repairs else position


def _scheme_repairs(raw: str, scheme: str) -> list[str]:
    if raw.strip().casefold() == scheme:
        return [
            name for name, done in (("trim", raw != raw.strip()), ("case", raw.strip() != scheme)) if done
        ]
    return [f"coded:{scheme}"]


def _settle_number(sheet: Sheet, draft: Plain, first: int, blocks: list[Plain], named: Plain) -> None:
    raw, position = named["number"]
    number = _class_of(raw)
    if number is None:
        sheet.keep(f"/goods/{first}/class_number", raw, "not-a-class", position, "not-a-class")
    elif any(block.get("class_number") == number for block in blocks):
        sheet.spare("GoodsServicesClassification/ClassNumber", raw, position)
    elif len(blocks) == 1 and "class_number" not in blocks[0]:
        _set_class(sheet, raw, position, blocks[0], f"/goods/{first}")
    else:
        goods: list[Plain] = draft.setdefault("goods", [])
        block: Plain = {}
        _set_class(sheet, raw, position, block, f"/goods/{len(goods)}")
        goods.append(block)


GOODS: Rule = group(
    {
        "GoodsServices": Container(
            {
                "GoodsServicesClassificationBag": CLASSIFICATION,
                "CommentTextBag": group({"CommentText": lines("notes")}),
                "ClassDescriptionBag": group({"ClassDescription": BLOCK}),
            },
            _enter,
            _settle,
        )
    }
)


def _set_part(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    number = _class_of(raw)
    if number is None:
        sheet.keep(f"{pointer}/classes", raw, "not-a-class", position, "not-a-class")
        return
    classes: list[int] = draft.setdefault("classes", [])
    sheet.evidence[f"{pointer}/classes/{len(classes)}"] = (
        position if raw == str(number) else (position, "class")
    )
    classes.append(number)


def _use_nice(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    if raw == SCHEMES["nice"]:
        use(sheet, position)
    else:
        sheet.spare("ClassificationKindCode", raw, position)


PARTIAL: Rule = group(
    {
        "GoodsServicesClassificationBag": group(
            {
                "GoodsServicesClassification": group(
                    {"ClassificationKindCode": leaf(_use_nice), "ClassNumber": leaf(_set_part)}
                )
            }
        ),
        "ClassDescriptionBag": group(
            {
                "ClassDescription": group(
                    {"ClassNumber": leaf(_set_part), "GoodsServicesDescriptionText": lines("texts")}
                )
            }
        ),
        "CommentTextBag": group({"CommentText": lines("texts")}),
    }
)
"""The classes and texts that a claim is about."""


def write_partial(pen: Pen, tag: str, classes: Sequence[int], pointer: str) -> None:
    """The classes that a claim is about."""
    sound = next((n for n, number in enumerate(classes) if not 1 <= number <= LAST_NATIONAL), len(classes))
    if sound:
        pen.out.append(f"<{tag}><tmk:GoodsServicesClassificationBag>")
        for number in classes[:sound]:
            pen.out.append(
                "<tmk:GoodsServicesClassification><tmk:ClassificationKindCode>Nice</tmk:ClassificationKindCode>"
            )
            pen.put("tmk:ClassNumber", str(number))
            pen.out.append("</tmk:GoodsServicesClassification>")
        pen.out.append(f"</tmk:GoodsServicesClassificationBag></{tag}>")
    for index, number in enumerate(classes[sound:], start=sound):
        pen.carry(f"{pointer}/{index}", str(number))


def write_goods(pen: Pen, record: Trademark) -> None:
    """The lists: one for the blocks of a scheme that follow each other."""
    start = len(pen.out)
    standing: list[int] = []
    version = record.goods_version if pen.keeps(record.goods_version) else ""
    pen.out.append("<tmk:GoodsServicesBag>")
    runs: list[list[int]] = []
    for index, block in enumerate(record.goods):
        if not _stands(pen, block):
            pen.carry_all(block, f"/goods/{index}")
        elif runs and record.goods[runs[-1][-1]].scheme == block.scheme:
            runs[-1].append(index)
        else:
            runs.append([index])
    for run in runs:
        version = _write_list(pen, record.goods, run, version)
        standing += run
    if standing:
        pen.out.append("</tmk:GoodsServicesBag>")
    else:
        del pen.out[start:]
    if record.goods_version and (not standing or not pen.keeps(record.goods_version)):
        pen.carry("/goods_version", record.goods_version)
    pen.arrange("/goods", standing)


def _stands(pen: Pen, block: Goods) -> bool:
    """Whether the standard can hold anything of a block."""
    number = block.class_number
    return (
        (number is not None and 1 <= number <= LAST_NATIONAL)
        or any(pen.keeps_line(text, collapse=False) for text in block.texts)
        or (block.status in CLASS_STATUSES and pen.keeps(block.status))
    )


def _write_list(pen: Pen, goods: Sequence[Goods], run: list[int], version: str) -> str:
    scheme = goods[run[0]].scheme
    plain = pen.keeps(scheme) and scheme.casefold() == scheme and scheme not in _SCHEME_OF
    known = SCHEMES.get(scheme, scheme if plain else None)
    pen.out.append("<tmk:GoodsServices><tmk:GoodsServicesClassificationBag><tmk:GoodsServicesClassification>")
    pen.put("tmk:ClassificationKindCode", known or SCHEMES["nice"])
    if version:
        pen.put("com:ClassificationVersion", version)
    pen.out.append("</tmk:GoodsServicesClassification></tmk:GoodsServicesClassificationBag>")
    pen.out.append("<tmk:ClassDescriptionBag>")
    for index in run:
        if known is None:
            pen.carry(f"/goods/{index}/scheme", scheme)
        _write_block(pen, goods[index], f"/goods/{index}")
    pen.out.append("</tmk:ClassDescriptionBag></tmk:GoodsServices>")
    return ""


def _write_block(pen: Pen, block: Goods, pointer: str) -> None:
    pen.out.append("<tmk:ClassDescription>")
    number = block.class_number
    if number is not None and 1 <= number <= LAST_NATIONAL:
        pen.put("tmk:ClassNumber", str(number))
    elif number is not None:
        pen.carry(f"{pointer}/class_number", str(number))
    pen.coded("tmk:ClassNumberStatusCategory", block.status, f"{pointer}/status", CLASS_STATUSES)
    for name in ("status_date", "first_use", "first_commercial_use"):
        if (day := getattr(block, name)) is not None:
            pen.carry(f"{pointer}/{name}", day)
    before = pen.count
    pen.lines("tmk:GoodsServicesDescriptionText", block.texts, f"{pointer}/texts", collapse=False)
    if pen.count == before:
        pen.out.append("<tmk:GoodsServicesDescriptionText/>")
    pen.out.append("</tmk:ClassDescription>")
