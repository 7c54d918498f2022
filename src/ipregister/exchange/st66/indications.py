"""Indications inside a trademark feed: the record that was read as a mark becomes one of its own right, and back.

An indication has no class of protection: a class that the feed carries stays with the product, under its scheme.
"""

import re

import msgspec

from ipregister.exchange.xml.sheet import Plain, Sheet
from ipregister.model.indication import Indication, Product
from ipregister.model.mark import Goods, Trademark
from ipregister.model.numbers import series_of
from ipregister.model.offices import Office
from ipregister.model.right import Right
from ipregister.model.text import Text

SUBTYPES = frozenset({"GI", "AO", "PDO", "PGI"})
"""Sorts of rights that are indications, whatever feed they come in."""

USUAL = "GI"
"""The subtype of an indication where nothing else is said."""

WORDS = {"verbal": "names", "translations": "translations", "transliterations": "transliterations",
         "descriptions": "descriptions"}  # fmt: skip
"""What of the sign is the indication's own; the rest stays with the sign."""

_GOODS = {"class_number": "number"}
_POINTER = re.compile(r"/(mark|goods|goods_unclassified|goods_version)(?:/(.*))?")


def is_indication(record: Plain, office: Office) -> bool:
    """Whether a record of a trademark feed is an indication: by what the feed says, else by its number, where that is
    of a series of indications and of none of marks."""
    if record.get("subtype", "TRADEMARK") != "TRADEMARK":
        return record["subtype"] in SUBTYPES
    if not any(series.right == "indication" for series in office.series):
        return False
    number = record.get("application_number", "")
    return (
        series_of(number, office, "indication") is not None and series_of(number, office, "trademark") is None
    )


def place_of(pointer: str, loose: int) -> str:
    """Where an indication has what a mark has at a pointer. `loose` is the number of its blocks of goods: products
    without a class come after them."""
    found = _POINTER.fullmatch(pointer)
    if found is None:
        return pointer
    part, rest = found[1], found[2] or ""
    if part == "mark":
        name, _, inner = rest.partition("/")
        own = WORDS.get(name)
        return f"/{own}/{inner}".rstrip("/") if own else f"/sign/{rest}"
    if part == "goods":
        index, _, inner = rest.partition("/")
        return f"/products/{index}/{_GOODS.get(inner, inner)}".rstrip("/") if rest else "/products"
    if part == "goods_version":
        return "/products/0/version"
    return f"/products/{loose}/texts/{rest}".rstrip("/")


def turn(sheet: Sheet) -> None:
    """Make the record on the sheet an indication; evidence, findings and what was kept go with their values."""
    record = sheet.record
    loose = len(record.get("goods", ()))
    _move(record)
    for pointer in [pointer for pointer in sheet.evidence if _POINTER.fullmatch(pointer)]:
        sheet.evidence[place_of(pointer, loose)] = sheet.evidence.pop(pointer)
    for kept in sheet.kept:
        kept["field"] = place_of(kept["field"], loose)
    sheet.findings[:] = [
        msgspec.structs.replace(one, path=place_of(one.path, loose)) for one in sheet.findings
    ]


def _move(record: Plain) -> None:
    """The values themselves: names and descriptions out of the sign, products out of the goods."""
    record["right"] = "indication"
    if record.get("subtype") == USUAL:  # a default is never set: canonical bytes leave it out
        del record["subtype"]
    mark: Plain = record.pop("mark", {})
    for theirs, ours in WORDS.items():
        if theirs in mark:
            record[ours] = mark.pop(theirs)
    if mark:
        record["sign"] = mark
    products: list[Plain] = []
    for block in record.pop("goods", ()):
        product: Plain = {"scheme": block.get("scheme", "nice")}
        if "class_number" in block:
            product["number"] = str(block["class_number"])
        products.append({**product, **{name: block[name] for name in ("texts", "status") if name in block}})
    loose = record.pop("goods_unclassified", ())
    if loose:
        products.append({"texts": loose})
    version = record.pop("goods_version", "")
    if version:
        products = products or [{}]
        products[0]["version"] = version
    if products:
        record["products"] = products


def mark_of(record: Indication) -> Trademark:
    """The indication as a trademark feed carries it: for formats of such feeds, and for comparing with what others
    make of them. Fields that such a feed has no place for are not in it."""
    shared = {name: getattr(record, name) for name in Right.__struct_fields__}
    blocks = [one for one in record.products if one.scheme]
    loose = tuple(text for one in record.products if not one.scheme for text in one.texts)
    return Trademark(
        **{**shared, "subtype": record.subtype},
        kinds=record.kinds,
        mark=msgspec.structs.replace(
            record.sign, **{theirs: getattr(record, ours) for theirs, ours in WORDS.items()}
        ),
        goods=tuple(_block(one) for one in blocks),
        goods_version=next((one.version for one in record.products if one.version), ""),
        goods_unclassified=loose,
    )


def _block(product: Product) -> Goods:
    number = product.number
    return Goods(
        class_number=int(number) if number.isdecimal() and str(int(number)) == number else None,
        texts=product.texts if number.isdecimal() or not number else (Text(number), *product.texts),
        scheme=product.scheme,
        status=product.status,
    )
