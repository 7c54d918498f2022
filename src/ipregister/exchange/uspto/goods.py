"""The statements of a case file and its classes: goods by class, claims, translations, remarks."""

import re

from ipregister.exchange.uspto.case import USED, CaseSheet, number_of, texts, use
from ipregister.exchange.xml.rules import Container, Element, Rule, leaf, single
from ipregister.exchange.xml.sheet import Plain, Sheet
from ipregister.model.dates import parse as parse_date
from ipregister.model.repairs import partial_day

_GOODS = re.compile(r"GS(\d{3})\d*")
_NO_DAY = frozenset({"0", "00000000"})


def _enter_statement(
    sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str
) -> tuple[Plain, str]:
    return {"_code": ("", 0), "_texts": []}, pointer


def _leave_statement(sheet: Sheet, draft: Plain, pointer: str, inner: Plain, place: str) -> None:
    if isinstance(sheet, CaseSheet):
        code, position = inner["_code"]
        sheet.statements.append((code, position, inner["_texts"]))


def _set_code(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    draft["_code"] = (raw, position)


def _set_text(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    draft["_texts"].append((raw, position))


STATEMENT: Rule = Container(
    {"type-code": leaf(_set_code), "text": leaf(_set_text)}, _enter_statement, _leave_statement
)


def _enter_class(
    sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str
) -> tuple[Plain, str]:
    return {"_codes": []}, pointer


def _set_class(scheme: str) -> Rule:
    def set_value(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
        draft["_codes"].append((scheme, raw.strip(), position))

    return leaf(set_value)


def _later(name: str) -> Rule:
    def set_value(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
        draft[name] = (raw, position)

    return single(name, set_value)


def _leave_class(sheet: Sheet, draft: Plain, pointer: str, inner: Plain, place: str) -> None:
    """One block a class number; what is told of the class goes to the first of them."""
    goods: list[Plain] = sheet.record.setdefault("goods", [])
    first = len(goods)
    for scheme, raw, position in inner["_codes"]:
        number = number_of(raw)
        entry: Plain = {} if scheme == "nice" else {"scheme": scheme}
        if number is None:
            sheet.keep(f"/goods/{len(goods)}/class_number", raw, "not-a-class", position)
        else:
            entry["class_number"] = number
            sheet.evidence[f"/goods/{len(goods)}/class_number"] = (position, "trim", "class")
        goods.append(entry)
    if not inner["_codes"]:
        goods.append({})
    block = goods[first]
    if "status" in inner:
        raw, position = inner["status"]
        sheet.put(block, f"/goods/{first}", "status", raw, position)
    for field in ("status_date", "first_use", "first_commercial_use"):
        if field in inner:
            _put_day(sheet, block, f"/goods/{first}/{field}", *inner[field])
    _settle_primary(sheet, inner, goods, first)


def _put_day(sheet: Sheet, block: Plain, pointer: str, raw: str, position: int) -> None:
    field = pointer.rpartition("/")[2]
    iso, repairs = parse_date(raw, sheet.form)
    if iso is not None:
        block[field] = iso
        sheet.evidence[pointer] = (position, *repairs)
        return
    try:
        block[field] = partial_day(raw)
        sheet.evidence[pointer] = (position, "partial-day")
    except ValueError:
        absent = raw.strip() in _NO_DAY
        sheet.keep(
            pointer, raw, "placeholder" if absent else "not-a-date", position, "" if absent else "not-a-date"
        )


def _settle_primary(sheet: Sheet, inner: Plain, goods: list[Plain], first: int) -> None:
    """The leading class of the block: the one that the statement of goods is filed under."""
    raw, position = inner.get("primary", ("", 0))
    if not raw:
        return
    for block in goods[first:]:
        if block.get("class_number") == number_of(raw.strip()):
            block["_primary"] = raw.strip()
            use(sheet, position)
            return
    sheet.spare("case-file/classifications/classification/primary-code", raw, position)


CLASSIFICATION: Rule = Container(
    {
        "international-code-total-no": USED,
        "us-code-total-no": USED,
        "international-code": _set_class("nice"),
        "us-code": _set_class("us"),
        "status-code": _later("status"),
        "status-date": _later("status_date"),
        "first-use-anywhere-date": _later("first_use"),
        "first-use-in-commerce-date": _later("first_commercial_use"),
        "primary-code": _later("primary"),
    },
    _enter_class,
    _leave_class,
)


def settle_statements(sheet: CaseSheet) -> None:
    """Put each statement where its code says, now that the classes are known."""
    goods: list[Plain] = sheet.record.get("goods", [])
    for code, position, found in sheet.statements:
        match = _GOODS.fullmatch(code.strip())
        target = sheet.lookups.word("trademark/statements", code.strip()[:2]) if code.strip() else None
        if match:
            index = _block_of(goods, match[1])
            if index is not None:
                texts(sheet, found, goods[index], "texts", f"/goods/{index}")
            else:
                goods.append({})
                number = number_of(match[1])
                if number is not None:
                    goods[-1]["class_number"] = number
                    sheet.evidence[f"/goods/{len(goods) - 1}/class_number"] = (position, "statement-class")
                texts(sheet, found, goods[-1], "texts", f"/goods/{len(goods) - 1}")
            use(sheet, position)
        elif target:
            _put_statement(sheet, target, found)
            use(sheet, position)
        else:
            texts(sheet, found, sheet.record, "notes", "")
            if code.strip():
                sheet.spare("case-file/case-file-statements/case-file-statement/type-code", code, position)
    for block in goods:
        block.pop("_primary", None)
    if goods:
        sheet.record["goods"] = goods


def _block_of(goods: list[Plain], code: str) -> int | None:
    """The block a statement of goods belongs to: filed under that class, else of that class."""
    for index, block in enumerate(goods):
        if block.get("_primary") == code:
            return index
    number = number_of(code)
    return next(
        (n for n, b in enumerate(goods) if number is not None and b.get("class_number") == number), None
    )


def _put_statement(sheet: CaseSheet, target: str, found: list[tuple[str, int]]) -> None:
    part, _, field = target.rpartition("/")
    if not part:
        texts(sheet, found, sheet.record, field, "")
    else:
        texts(sheet, found, sheet.record.setdefault(part, {}), field, f"/{part}")
