"""The data tags of ST.32 and ST.36 by INID number (`B110`, `B541`), as the European Patent Office writes them."""

from ipregister.exchange.st36.classes import schemes, symbol
from ipregister.exchange.st36.numbers import set_office
from ipregister.exchange.st36.parties import party
from ipregister.exchange.xml.setters import (
    country,
    day,
    entry,
    language,
    leaf,
    line,
    noted,
    number,
    remark,
    spoken,
    text,
)
from ipregister.exchange.xml.shapes import NotingSheet, Place, Shape
from ipregister.exchange.xml.sheet import Plain
from ipregister.exchange.xml.walking import Element, Rule


def _newest(
    sheet: NotingSheet, element: Element, position: int, draft: Plain, pointer: str
) -> tuple[Plain, str]:
    """The document itself, the first of the publications."""
    entries = sheet.record.setdefault("publications", [])
    if not entries:
        entries.append({})
    return entries[0], "/publications/0"


def document(children: dict[str, Rule]) -> Shape:
    """An element that tells of the document itself."""
    return Shape(children, enter=_newest)


def _office(sheet: NotingSheet, raw: str, position: Place, draft: Plain, pointer: str) -> None:
    set_office(sheet, raw, position)


def _opening(field: str, name: str) -> Shape:
    """An element that begins an entry of a list whose other elements stand beside it."""
    return entry(field, {}, value=text(name))


def _last(field: str, children: dict[str, Rule]) -> Shape:
    def enter(
        sheet: NotingSheet, element: Element, position: int, draft: Plain, pointer: str
    ) -> tuple[Plain, str]:
        entries = sheet.record.setdefault(field, [])
        if not entries:
            entries.append({})
        return entries[-1], f"/{field}/{len(entries) - 1}"

    return Shape(children, enter=enter)


def _dated(kind: str) -> Shape:
    return entry("publications", {"date": leaf(day("date")), "bnum": leaf(text("gazette")), "ctry": leaf(country("office"))},
                 constants={"kind": kind})  # fmt: skip


def _happened(kind: str) -> Shape:
    return entry("events", {"date": leaf(day("date"))}, constants={"kind": kind})


def _states(under: str = "") -> Shape:
    constants = {"under": under} if under else {}
    one = entry("designations", {}, value=country("country"), constants=constants)
    dated = entry(
        "designations", {"ctry": leaf(country("country")), "date": leaf(day("date"))}, constants=constants
    )
    return Shape({"ctry": one, "B845EP": dated, "B849EP": dated})


def _number_of(kind: str) -> dict[str, Rule]:
    number = Shape({"anum": leaf(text("number")), "pnum": leaf(text("number"))}, text=text("number"))
    return {"dnum": number, "date": leaf(day("date")), "bnum": leaf(text("gazette")), "kind": leaf(text("kind_code")),
            "ctry": leaf(country("office"))}  # fmt: skip


def _other(kind: str) -> Shape:
    """A related document; `parent` and `child` say on which side it is."""
    sides = {
        side: Shape({"cdoc": entry("references", _number_of(kind), constants={"kind": f"{kind}-{side}"}),
                     "pdoc": entry("references", _number_of(kind), constants={"kind": f"{kind}-{side}"})})
        for side in ("parent", "child")
    }  # fmt: skip
    plain = entry("references", _number_of(kind), constants={"kind": kind})
    return Shape({**sides, "cdoc": plain, "pdoc": plain, "dnum": plain})


def _international(kind: str, first: str, second: str) -> Shape:
    return entry(
        "references",
        {first: Shape(_number_of(kind)), second: leaf(language("language"))},
        constants={"kind": kind},
    )


class _Titles(Shape):
    """Titles after the code of their language."""

    __slots__ = ()

    def _inside(self, sheet: NotingSheet, element: Element, position: int, inner: Plain, place: str) -> int:
        for child in element:
            here = position + 1
            name = str(child.tag).rpartition("}")[2]
            if name == "B541" and child.text:
                spoken(sheet, child.text, here, inner, place)
                position = here
            else:
                position = _TITLE(sheet, child, here, inner, place)
        return position


def _cited(kind: str) -> Shape:
    return entry("citations", {"text": leaf(line("texts")), "dnum": Shape({"pnum": leaf(line("texts"))})},
                 constants={"kind": kind})  # fmt: skip


_TITLE = leaf(line("titles"))
_DATE: dict[str, Rule] = {"date": leaf(day("date"))}

TAGS: dict[str, Rule] = {
    "B000": Shape({"eptags": Shape({
        name: leaf(remark(name))
        for name in ("B001EP", "B002EP", "B003EP", "B005EP", "B007EP", "B010EP", "B015EP", "B050EP", "B053EP", "B070EP",
                     "B078EP")})}),
    "B100": document({
        "B110": leaf(text("identifier")),
        "B120": Shape({"B121": leaf(line("_words")), "B121EP": leaf(line("_words"))}),
        "B130": leaf(text("kind_code")),
        "B140": Shape({"date": leaf(day("date"))}),
        "B150": Shape({"B151": leaf(text("status")), "B153": leaf(remark("B153")), "B155": leaf(remark("B155"))}),
        "B190": leaf(_office),
    }),
    "B200": Shape({
        "B210": leaf(text("application_number")),
        "B220": Shape({"date": leaf(day("application_date"))}),
        "B230": Shape({"date": leaf(remark("B230"))}),
        "B240": Shape({"B241": _happened("examination-requested"), "B242": _happened("examined"),
                       "B243": _happened("maintained"), "B244": _happened("refused"), "B245": _happened("withdrawn"),
                       "B248": _happened("revoked")}),
        "B250": leaf(language("application_language")),
        "B251EP": leaf(language("procedure_language")),
        "B260": leaf(language("document_language")),
        "B270": Shape({"date": leaf(day("receiving_date"))}),
    }),
    "B300": Shape({
        "B310": _opening("priorities", "number"),
        "B320": _last("priorities", _DATE),
        "B330": _last("priorities", {"ctry": leaf(country("country"))}),
        "B340": _last("priorities", {"ctry": leaf(country("country"))}),
        "B345": _last("priorities", {"date": leaf(noted)}),
    }),
    "B400": Shape({
        "B405": _dated("gazette"),
        "B410": _dated("unexamined-not-printed"),
        "B420": _dated("examined-not-printed"),
        "B430": _dated("unexamined"),
        "B440": _dated("examined"),
        "B450": _dated("grant"),
        "B452EP": _happened("grant-intended"),
        "B460": _dated("claims"),
        "B470": _dated("grant-not-printed"),
        "B472": entry("remarks", {"B475": Shape({"ctry": leaf(line("texts")), "date": leaf(line("texts"))})},
                      constants={"kind": "B472"}),
        "B480": _dated("amended"),
    }),
    "B500": Shape({
        **schemes(),
        "B510": Shape({"B511": symbol("ipc"), "B512": symbol("ipc"), "B513": symbol("ipc"), "B514": symbol("ipc"),
                       "B516": leaf(noted), "classification-ipcr": symbol("ipc")}),
        "B510EP": Shape(schemes()),
        "B520": Shape({"B521": symbol("national"), "B522": symbol("national"), "B527": leaf(noted)}),
        "B520EP": Shape(schemes()),
        "B540": _Titles(),
        "B560": Shape({"B561": _cited("patent"), "B562": _cited("literature"), "B565": leaf(day("search_date")),
                       "B565EP": Shape({"date": leaf(day("search_date"))})}),
        "B570": Shape({"B577": leaf(number("claims_count"))}),
        "B580": Shape({"B581": symbol("ipc", use="search-field"), "B582": symbol("national", use="search-field"),
                       "classification-ipcr": symbol("ipc", use="search-field")}),
        "B590": Shape({"B598": leaf(text("abstract_figure")), "B595": leaf(remark("B595"))}),
    }),
    "B600": Shape({
        "B610": _other("addition"), "B620": _other("division"), "B620EP": _other("division"),
        "B630": _other("continuation"), "B640": _other("reissue"), "B650": _other("related-publication"),
        "B660": _other("substitution"), "B670": _other("utility-model-basis"),
    }),
    "B700": Shape({
        "B710": Shape({"B711": party("applicants")}),
        "B720": Shape({"B721": party("inventors")}),
        "B730": Shape({"B731": party("holders"), "B732": party("holders")}),
        "B740": Shape({"B741": party("representatives"), "B742": party("representatives")}),
        "B745": Shape({"B746": party("examiners", "primary"), "B747": party("examiners", "assistant"),
                       "B748": leaf(remark("B748"))}),
        "B750": Shape({"B751": party("inventors")}),
        "B760": Shape({"B761": party("inventors")}),
        "B790": Shape({"B791": entry("remarks", {"snm": leaf(line("texts")), "date": leaf(line("texts"))},
                                     constants={"kind": "B791"})}),
    }),
    "B800": Shape({
        "B830": entry("deposits", {"B831": leaf(line("texts"))}),
        "B840": _states(),
        "B844EP": _states("extension"),
        "B848EP": _states("validation"),
        "B850": Shape({"date": leaf(remark("B850"))}),
        "B860": _international("pct-application", "B861", "B862"),
        "B870": _international("pct-publication", "B871", "B872"),
        "B880": Shape({"date": leaf(day("search_date"))}),
    }),
}  # fmt: skip
"""Where each tag goes."""


def words_of(sheet: NotingSheet) -> None:
    """The office's name for the document stands with the record, not with the publication."""
    entries = sheet.record.get("publications", ())
    words = entries[0].pop("_words", None) if entries else None
    if not words:
        return
    own = sheet.record.setdefault("name_words", [])
    for index, one in enumerate(words):
        for leaf_name in ("text", "lang"):
            origin = sheet.evidence.pop(f"/publications/0/_words/{index}/{leaf_name}", None)
            if origin is not None:
                sheet.evidence[f"/name_words/{len(own)}/{leaf_name}"] = origin
        own.append(one)
