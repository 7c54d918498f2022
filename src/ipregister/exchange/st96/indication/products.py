"""Products of an indication in ST.96: read by the tables, written by the function."""

from ipregister.exchange.st96.carried import use
from ipregister.exchange.st96.indication.words import PRODUCT_CATEGORY
from ipregister.exchange.st96.pen import Pen
from ipregister.exchange.xml.rules import Container, Element, Rule, group, leaf, lines, single, text
from ipregister.exchange.xml.sheet import Plain, Sheet
from ipregister.model.indication import Product

SCHEMES = {"Nice": "nice", "Domestic": "national"}
_WORDS = {ours: word for word, ours in SCHEMES.items()}
LAST_CLASS = 50


def _set_scheme(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    word = raw.strip()
    scheme = SCHEMES.get(word, word)
    repairs = [] if raw == word else ["trim"]
    if scheme != word:
        repairs.append("case" if scheme == word.casefold() else f"coded:{scheme}")
    draft["scheme"] = scheme
    sheet.evidence[f"{pointer}/scheme"] = (position, *repairs) if repairs else position


def _enter_goods(
    sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str
) -> tuple[Plain, str]:
    return {"_first": len(draft.get("products", ())), "_record": draft}, pointer


def _add(draft: Plain, entry: Plain) -> tuple[Plain, str]:
    products: list[Plain] = draft["_record"].setdefault("products", [])
    products.append(entry)
    return entry, f"/products/{len(products) - 1}"


def _enter_class(
    sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str
) -> tuple[Plain, str]:
    return _add(draft, {})


def _enter_description(
    sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str
) -> tuple[Plain, str]:
    """The product of that class in the same list; else one of its own, in the scheme of the list."""
    number = (element.findtext("ClassNumber") or "").strip()
    products: list[Plain] = draft["_record"].setdefault("products", [])
    first = draft["_first"]
    for index, product in enumerate(products[first:], start=first):
        if "_described" not in product and (not number or product.get("number", number) == number):
            product["_described"] = True
            return product, f"/products/{index}"
    scheme = products[first].get("scheme", "") if len(products) > first else ""
    return _add(draft, {"_described": True, **({"scheme": scheme} if scheme else {})})


def _set_number(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    if draft.get("number") == raw.strip():
        use(sheet, position)
    elif "number" in draft:
        sheet.spare("ClassDescription/ClassNumber", raw, position)
    else:
        sheet.put(draft, pointer, "number", raw, position)


def _set_category(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    products: list[Plain] = draft.setdefault("products", [])
    entry: list[Plain] = []
    sheet.put_text(entry, f"{pointer}/products/{len(products)}/texts", raw, position, language=None)
    if entry:
        products.append({"scheme": PRODUCT_CATEGORY, "texts": entry})
    elif not products:
        del draft["products"]


PRODUCTS: Rule = group(
    {
        "GoodsServices": Container(
            {
                "GoodsServicesClassificationBag": group(
                    {
                        "GoodsServicesClassification": Container(
                            {
                                "ClassificationKindCode": single("scheme", _set_scheme),
                                "ClassificationVersion": text("version"),
                                "ClassNumber": leaf(_set_number),
                                "NationalClassNumber": leaf(_set_number),
                                "ClassTitleText": lines("texts", collapse=False),
                            },
                            _enter_class,
                        )
                    }
                ),
                "ClassDescriptionBag": group(
                    {
                        "ClassDescription": Container(
                            {
                                "ClassificationVersion": text("version"),
                                "ClassNumber": leaf(_set_number),
                                "ClassNumberStatusCategory": text("status"),
                                "GoodsServicesDescriptionText": lines("texts", collapse=False),
                            },
                            _enter_description,
                        )
                    }
                ),
            },
            _enter_goods,
        ),
        "ProductCategory": leaf(_set_category),
    }
)


def settle_products(record: Plain) -> None:
    """Take the marks of the walk off; a product that says nothing is none."""
    for product in record.get("products", ()):
        product.pop("_described", None)
    while record.get("products") and not record["products"][-1]:
        record["products"].pop()
    if not record.get("products", True):
        del record["products"]


def write_products(pen: Pen, products: tuple[Product, ...]) -> None:
    """A list of goods a product, since each has a scheme of its own; the standard asks for one at least."""
    pen.out.append("<gin:ProductIndicationBag>")
    standing: list[int] = []
    for index, one in enumerate(products):
        place = f"/products/{index}"
        if one.scheme and pen.keeps(one.scheme) and SCHEMES.get(one.scheme, one.scheme) == one.scheme:
            _write_product(pen, one, place)
            standing.append(index)
        else:
            pen.carry_all(one, place)
    if not standing:
        pen.out.append(
            "<tmk:GoodsServices><tmk:GoodsServicesClassificationBag><tmk:GoodsServicesClassification>"
            "<tmk:ClassificationKindCode/></tmk:GoodsServicesClassification></tmk:GoodsServicesClassificationBag>"
            "</tmk:GoodsServices>"
        )
    pen.out.append("</gin:ProductIndicationBag>")
    pen.arrange("/products", standing)


def _write_product(pen: Pen, one: Product, pointer: str) -> None:
    pen.out.append("<tmk:GoodsServices><tmk:GoodsServicesClassificationBag><tmk:GoodsServicesClassification>")
    pen.put("tmk:ClassificationKindCode", _WORDS.get(one.scheme, one.scheme))
    pen.text("com:ClassificationVersion", one.version, f"{pointer}/version")
    if one.number.isdecimal() and str(int(one.number)) == one.number and 1 <= int(one.number) <= LAST_CLASS:
        pen.put("tmk:ClassNumber", one.number)
    elif one.number:
        pen.carry(f"{pointer}/number", one.number)
    pen.out.append("</tmk:GoodsServicesClassification></tmk:GoodsServicesClassificationBag>")
    start, before = len(pen.out), pen.count
    pen.out.append("<tmk:ClassDescriptionBag><tmk:ClassDescription>")
    pen.lines("tmk:GoodsServicesDescriptionText", one.texts, f"{pointer}/texts", collapse=False)
    if pen.count == before:
        del pen.out[start:]
    else:
        pen.out.append("</tmk:ClassDescription></tmk:ClassDescriptionBag>")
    pen.out.append("</tmk:GoodsServices>")
    if one.status:
        pen.carry(f"{pointer}/status", one.status)
