"""What a design shows, in ST.86: views, specimens, and the products it is for."""

from ipregister.exchange.xml.lifting import numbered
from ipregister.exchange.xml.rules import Container, Element, Rule, each, group, leaf, lines, text
from ipregister.exchange.xml.sheet import Plain, Sheet
from ipregister.model.locarno import locarno

SPECIMENS: Rule = group(
    {
        "DesignSpecimen": each(
            "specimens",
            {
                "SpecimenIdentifier": text("identifier"),
                "SpecimenKind": text("kind"),
                "SpecimenDescription": lines("texts"),
                "SpecimenFilename": text("filename"),
                "SpecimenFileFormat": text("format"),
                "SpecimenColourIndicator": text("colour"),
                "Comment": lines("texts"),
            },
        )
    }
)


def _enter_sheet(
    sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str
) -> tuple[Plain, str]:
    draft["_from"] = len(draft.get("views", ()))
    return draft, pointer


def _of_sheet(rule: Rule) -> Rule:
    """A rule for what is said of a whole sheet: a view, the first one of the sheet."""

    def take(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        views: list[Plain] = draft.setdefault("views", [])
        start = draft["_from"]
        if len(views) == start:
            views.append({})
        position = rule(sheet, element, position, views[start], f"{pointer}/views/{start}")
        if not views[-1]:
            views.pop()
        if not views:
            del draft["views"]
        return position

    return take


def _leave_sheet(sheet: Sheet, draft: Plain, pointer: str, inner: Plain, place: str) -> None:
    draft.pop("_from", None)


_VIEW: Rule = each(
    "views",
    {
        "ViewFilename": text("filename"),
        "ViewFileFormat": text("format"),
        "ViewTitle": lines("texts"),
        "ViewColourIndicator": text("colour"),
        "ViewKind": text("form"),
        "ViewRepresentationSize": group(
            {"Height": text("height"), "Width": text("width"), "Unit": text("unit")}
        ),
    },
)

VIEWS: Rule = group(
    {
        "DesignRepresentationSheet": Container(
            {
                "RepresentationSheetFilename": _of_sheet(text("filename")),
                "RepresentationSheetFileFormat": _of_sheet(text("format")),
                "RepresentationSheetColourIndicator": _of_sheet(text("colour")),
                "ViewDetails": group({"View": _VIEW}),
            },
            _enter_sheet,
            _leave_sheet,
        )
    }
)


def _noted(name: str) -> Rule:
    """A text about all classes of an indication: noted until they are known."""

    def set_value(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
        draft.setdefault(name, []).append((raw, position))

    return leaf(set_value)


def enter_products(
    sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str
) -> tuple[Plain, str]:
    """Begin an indication of products."""
    draft["_first"] = len(draft.get("products", ()))
    return draft, pointer


def settle_products(sheet: Sheet, draft: Plain, pointer: str, inner: Plain, place: str) -> None:
    """Give the classes of one indication its classification and edition, and Locarno classes their form."""
    first = draft.pop("_first")
    schemes, versions = draft.pop("_schemes", ()), draft.pop("_versions", ())
    products: list[Plain] = draft.get("products", [])
    if len(products) == first and (schemes or versions):
        products = draft.setdefault("products", [])
        products.append({})
    for index in range(first, len(products)):
        entry, where = products[index], f"{pointer}/products/{index}"
        for raw, position in schemes[:1]:
            _set_scheme(sheet, raw, position, entry, where)
        for raw, position in versions[:1]:
            sheet.put(entry, where, "version", raw, position)
        if "number" in entry and entry.get("scheme", "locarno") == "locarno":
            _set_locarno(sheet, entry, f"{where}/number")
    for raw, position in (*schemes[1:], *versions[1:]):
        sheet.spare("IndicationProduct", raw, position)
    if products and not products[-1] and not schemes:
        products.pop()
        if not products:
            del draft["products"]


def _set_scheme(sheet: Sheet, raw: str, position: int, entry: Plain, place: str) -> None:
    word = raw.strip()
    scheme = word.casefold()
    repairs = [name for name, done in (("trim", raw != word), ("case", scheme != word)) if done]
    if scheme != "locarno":  # the default is never set
        entry["scheme"] = scheme
    sheet.evidence[f"{place}/scheme"] = (position, *repairs) if repairs else position


def _set_locarno(sheet: Sheet, entry: Plain, place: str) -> None:
    """Write a class of Locarno as two pairs of digits."""
    number = entry["number"]
    code = locarno(number)
    if code is None:
        sheet.find("not-a-locarno-class", place, number)
    elif code != number:
        entry["number"] = code
        origin = sheet.evidence[place]
        sheet.evidence[place] = (*(origin if isinstance(origin, tuple) else (origin,)), "locarno")


def _plain(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
    """An indication in words, without a class."""
    products: list[Plain] = draft.setdefault("products", [])
    products.append({})
    where = f"{pointer}/products/{len(products) - 1}"
    position = _WORDS(sheet, element, position, products[-1], where)
    if not products[-1]:
        products.pop()
        if not products:
            del draft["products"]
    return position


_WORDS = numbered("texts", collapse=False)

PRODUCTS: Rule = group(
    {
        "IndicationProduct": Container(
            {
                "ClassificationKindCode": _noted("_schemes"),
                "ClassificationVersion": _noted("_versions"),
                "ClassDescriptionDetails": group(
                    {
                        "ClassDescription": each(
                            "products",
                            {
                                "ClassNumber": text("number"),
                                "ProductDescription": numbered("texts", collapse=False),
                            },
                        )
                    }
                ),
                "IndicationProductDescription": _plain,
            },
            enter_products,
            settle_products,
        )
    }
)
