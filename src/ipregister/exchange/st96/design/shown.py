"""What a design shows in ST.96: views, specimens, classes of products, as they are read."""

from ipregister.exchange.st96.carried import use
from ipregister.exchange.xml.lifting import aside, numbered
from ipregister.exchange.xml.rules import Container, Element, Rule, each, group, leaf, lines, text
from ipregister.exchange.xml.sheet import Plain, Sheet
from ipregister.model.locarno import locarno


def _measure(field: str) -> Rule:
    """A size with its unit, which both sizes of a view share."""
    size = text(field)

    def take(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        unit = element.get("measureUnitCode")
        careful, sheet.careful = sheet.careful, False
        size(sheet, element, position, draft, pointer)
        sheet.careful = careful
        shared = not unit or unit.isspace()
        if unit is not None:
            shared = shared or draft.get("unit") == unit
            if shared and unit and not unit.isspace():
                use(sheet, f"{position}@measureUnitCode")
            elif "unit" not in draft:
                sheet.put(draft, pointer, "unit", unit, f"{position}@measureUnitCode")
                shared = True
            sheet.taken += shared
        return aside(sheet, element, position, "measureUnitCode" if shared else "") if careful else position

    return take


VIEW: Rule = each(
    "views",
    {
        "FileName": text("filename"),
        "ThumbnailFileName": text("thumbnail"),
        "ViewIdentifier": text("number"),
        "ViewReferenceText": text("number"),
        "ViewFileFormatCategory": text("format"),
        "ImageFormatCategory": text("format"),
        "Caption": lines("texts"),
        "ColourIndicator": text("colour"),
        "RepresentationFormCategory": text("form"),
        "ViewTypeCategory": text("kind"),
        "ViewTypeTextBag": group({"ViewTypeText": numbered("texts")}),
        "HeightMeasure": _measure("height"),
        "WidthMeasure": _measure("width"),
    },
)
VIEWS: Rule = group({"View": VIEW})
REPRESENTATIONS: Rule = group(
    {
        "DesignRepresentation": group(
            {"ViewBag": VIEWS, "DesignRepresentationSheetBag": group({"DesignRepresentationSheet": VIEW})}
        )
    }
)

SPECIMENS: Rule = group(
    {
        "DesignSpecimen": each(
            "specimens",
            {
                "SpecimenIdentifier": text("identifier"),
                "DesignSpecimenCategory": text("kind"),
                "SpecimenDescriptionText": lines("texts"),
                "FileName": text("filename"),
                "ImageFormatCategory": text("format"),
                "ColourIndicator": text("colour"),
                "CommentText": lines("texts"),
            },
        )
    }
)


def _noted(name: str) -> Rule:
    def set_value(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
        draft.setdefault(name, []).append((raw, position))

    return leaf(set_value)


def _begin(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> tuple[Plain, str]:
    draft["_first"] = len(draft.get("products", ()))
    return draft, pointer


def _settle(sheet: Sheet, draft: Plain, pointer: str, *, national: bool) -> None:
    """Give the classes of one bag their edition, and Locarno classes their form."""
    first = draft.pop("_first")
    versions = draft.pop("_versions", ())
    products: list[Plain] = draft.get("products", [])
    for index in range(first, len(products)):
        entry, where = products[index], f"{pointer}/products/{index}"
        for raw, position in versions[:1]:
            sheet.put(entry, where, "version", raw, position)
        if national:
            entry["scheme"] = "national"
        elif "number" in entry:
            _set_locarno(sheet, entry, f"{where}/number")
    for raw, position in versions[1:] if len(products) > first else versions:
        sheet.spare("DesignClassificationBag/Edition", raw, position)


def _settle_locarno(sheet: Sheet, draft: Plain, pointer: str, inner: Plain, place: str) -> None:
    _settle(sheet, draft, pointer, national=False)


def _settle_national(sheet: Sheet, draft: Plain, pointer: str, inner: Plain, place: str) -> None:
    _settle(sheet, draft, pointer, national=True)


def _set_locarno(sheet: Sheet, entry: Plain, place: str) -> None:
    number = entry["number"]
    code = locarno(number)
    if code is None:
        sheet.find("not-a-locarno-class", place, number)
    elif code != number:
        entry["number"] = code
        origin = sheet.evidence[place]
        sheet.evidence[place] = (*(origin if isinstance(origin, tuple) else (origin,)), "locarno")


def _classified(rule: Rule) -> Rule:
    """A text that is one more class of the bag."""

    def take(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        products: list[Plain] = draft.setdefault("products", [])
        products.append({})
        last = rule(sheet, element, position, products[-1], f"{pointer}/products/{len(products) - 1}")
        if not products[-1]:
            products.pop()
            if not products:
                del draft["products"]
        return last

    return take


def _set_subclass(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    """Class and subclass make one number."""
    place = f"{pointer}/number"
    number = draft.get("number", "")
    if not number or "-" in number or locarno(f"{number}-{raw}") is None:
        sheet.spare("LocarnoClassification/LocarnoSubclass", raw, position)
        return
    draft["number"] = f"{number}-{raw}"
    origin = sheet.evidence[place]
    sheet.evidence[place] = (*(origin if isinstance(origin, tuple) else (origin,)), f"with:-{raw}")
    use(sheet, position)


_LOCARNO_CLASS: Rule = each(
    "products",
    {
        "LocarnoClass": text("number"),
        "LocarnoClassDescriptionText": lines("texts"),
        "LocarnoSubclassBag": group(
            {
                "LocarnoSubclass": leaf(_set_subclass),
                "LocarnoSubclassProductIndicationText": numbered("texts", collapse=False),
                "LocarnoTermBag": group({"LocarnoTerm": group({"LocarnoTermText": lines("texts")})}),
            }
        ),
    },
)

LOCARNO: Rule = Container(
    {
        "LocarnoClassificationEdition": _noted("_versions"),
        "LocarnoClassification": _LOCARNO_CLASS,
        "LocarnoClassificationText": _classified(text("number")),
    },
    _begin,
    _settle_locarno,
)


def _set_national_office(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    stated = any(one["field"] == "/office" and one["text"] == raw for one in sheet.kept)
    if raw == sheet.office.code or stated:
        use(sheet, position)
    else:
        sheet.spare("NationalDesignClassificationBag/IPOfficeCode", raw, position)


def _indication(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
    """The products of the national class before it."""
    products: list[Plain] = draft.get("products", [])
    if len(products) <= draft["_first"]:
        return sheet.unknown(element, position)
    return _WORDS(sheet, element, position, products[-1], f"{pointer}/products/{len(products) - 1}")


_WORDS = numbered("texts", collapse=False)

CLASSES: Rule = group(
    {
        "LocarnoClassificationBag": LOCARNO,
        "NationalDesignClassificationBag": Container(
            {
                "IPOfficeCode": leaf(_set_national_office),
                "NationalClassificationEdition": _noted("_versions"),
                "NationalDesignClassification": _classified(text("number")),
                "NationalDesignProductIndicationText": _indication,
            },
            _begin,
            _settle_national,
        ),
    }
)
