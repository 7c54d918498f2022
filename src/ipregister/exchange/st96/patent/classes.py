"""Classification symbols in ST.96 patents."""

from ipregister.exchange.st36.classes import PARTS, join_parts, mains, part, st8
from ipregister.exchange.xml.setters import country, day, entry, leaf, noted, text
from ipregister.exchange.xml.shapes import NotingSheet, Place, Set, Shape
from ipregister.exchange.xml.sheet import Plain
from ipregister.exchange.xml.walking import Rule

_INSIDE: dict[str, Rule] = {
    **PARTS,
    "CPCSection": leaf(part("section")),
    "NationalClass": leaf(part("section")),
    "NationalSubclass": leaf(part("subgroup")),
    "ClassificationVersionDate": leaf(day("version")),
    "PatentClassificationLevelCode": leaf(text("level")),
    "SymbolPositionCode": leaf(text("position")),
    "IPCClassificationValueCode": leaf(text("value")),
    "CPCClassificationValueCode": leaf(text("value")),
    "ActionDate": leaf(day("date")),
    "IPCClassificationStatusCode": leaf(text("status")),
    "CPCClassificationStatusCode": leaf(text("status")),
    "PatentClassificationDataSourceCode": leaf(text("source")),
    "GeneratingOfficeCode": leaf(country("office")),
    "PatentClassificationText": leaf(st8),
    "PatentClassificationSymbolText": leaf(text("symbol")),
    "ECLASymbolText": leaf(text("symbol")),
}


def _held(name: str) -> Set:
    def set_value(sheet: NotingSheet, raw: str, position: Place, draft: Plain, pointer: str) -> None:
        draft[name] = raw, position

    return set_value


def _give(sheet: NotingSheet, draft: Plain, first: int, *names: tuple[str, str]) -> None:
    """What stands beside symbols belongs to each of them."""
    entries = sheet.record.get("classifications", [])
    for name, field in names:
        raw, position = draft.get(name, ("", 0))
        for index, one in enumerate(entries[first:], start=first):
            if raw:
                setter = country(field) if field == "office" else text(field)
                setter(sheet, raw, position, one, f"/classifications/{index}")
        if raw and len(entries) == first:
            sheet.aside(raw, position)


def symbol(scheme: str, use: str) -> Shape:
    """A symbol, an entry of `classifications` of the record."""
    constants = {"scheme": scheme, **({"use": use} if use else {})}
    made = entry("classifications", _INSIDE, value=st8, constants=constants)
    leave = made.leave

    def done(sheet: NotingSheet, draft: Plain, pointer: str, inner: Plain, place: str) -> None:
        join_parts(sheet, inner, place)
        if leave is not None:
            leave(sheet, draft, pointer, inner, place)

    made.leave = done
    return made


class _Group(Shape):
    """Symbols with what is said of all of them; `names` are pairs of an element and a field."""

    __slots__ = ("_names",)

    def __init__(self, children: dict[str, Rule], names: dict[str, str]) -> None:
        super().__init__({**children, **{name: leaf(_held(name)) for name in names}})
        self._names = tuple(names.items())
        self.leave = self._done
        self.enter = self._begin

    def _begin(
        self, sheet: NotingSheet, element: object, position: int, draft: Plain, pointer: str
    ) -> tuple[Plain, str]:
        draft.setdefault("_firsts", []).append(len(sheet.record.get("classifications", ())))
        for name, _ in self._names:
            draft.pop(name, None)
        return draft, pointer

    def _done(self, sheet: NotingSheet, draft: Plain, pointer: str, inner: Plain, place: str) -> None:
        _give(sheet, draft, draft["_firsts"].pop(), *self._names)
        for name, _ in self._names:
            draft.pop(name, None)
        if not draft["_firsts"]:
            del draft["_firsts"]


def classifications(use: str = "") -> Shape:
    """The rule of `PatentClassificationBag`."""
    cpc = symbol("cpc", use)
    ranked = _Group({"CPCClassification": cpc}, {"CPCRankNumber": "rank"})
    combination = _Group({"CPCCombinationRank": ranked}, {"CPCGroupNumber": "group"})
    national = symbol("national", use)
    return Shape(
        {
            "IPCClassification": mains("ipc", use=use),
            "IPCRClassificationBag": Shape({"IPCRClassification": symbol("ipc", use)}),
            "CPCClassificationBag": Shape(
                {
                    "MainCPC": Shape({"CPCClassification": cpc}),
                    "FurtherCPC": Shape({"CPCClassification": cpc, "CPCCombinationSet": combination}),
                }
            ),
            "ECLAClassificationBag": Shape({"ECLAClassification": symbol("ecla", use)}),
            "NationalClassification": _Group(
                {"MainNationalClassification": national, "FurtherNationalClassification": national},
                {"IPOfficeCode": "office", "Edition": "version"},
            ),
            "LocarnoClassificationBag": Shape({"LocarnoClassification": symbol("locarno", use)}),
        },
        {"sequenceNumber": noted},
    )
