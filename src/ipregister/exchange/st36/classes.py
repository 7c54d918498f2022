"""Classification symbols in ST.36: fixed columns of ST.8, parts of a symbol, national and Japanese schemes."""

import re

from ipregister.exchange.xml.setters import country, day, entry, leaf, noted, text
from ipregister.exchange.xml.shapes import NotingSheet, Place, Set, Shape
from ipregister.exchange.xml.sheet import Plain
from ipregister.exchange.xml.walking import Element, Rule
from ipregister.model.dates import is_day
from ipregister.model.evidence import Origin

_COLUMNS = (
    ("version", 19, 27), ("level", 27, 28), ("position", 28, 29), ("value", 29, 30), ("date", 30, 38),
    ("status", 38, 39), ("source", 39, 40), ("office", 40, 42),
)  # fmt: skip
"""Columns of a symbol with its indicators in one text (WIPO ST.8, paragraph 11)."""
_SYMBOL = 19
_EDITION = re.compile(r"([A-HY]\d\d[A-Z]\s*\d{1,4}\s*/\s*\d{2,6})\s*\((\d{4}\.\d\d)\)\s*")
_ST8 = re.compile(r"[A-HY]\d\d[A-Z][ \d]{4}/ *\d{2,6} *")


def st8(sheet: NotingSheet, raw: str, position: Place, draft: Plain, pointer: str) -> None:
    """A symbol with its indicators in one text: its columns become fields."""
    join_parts(sheet, draft, pointer)
    edition = _EDITION.fullmatch(raw)
    if edition:
        spans = [("symbol", *edition.span(1)), ("version", *edition.span(2))]
    elif len(raw) > _SYMBOL and _ST8.fullmatch(raw[:_SYMBOL]) and _fits(raw):
        spans = [("symbol", 0, _SYMBOL), *_COLUMNS]
    else:
        spans = []
    if "symbol" in draft:
        _again(sheet, raw, position, draft, edition)
        return
    if not spans:
        _whole(sheet, raw, position, draft, pointer)
        return
    for field, first, last in spans:
        _column(sheet, raw, position, draft, pointer, span=(field, first, last))


def _fits(raw: str) -> bool:
    """Whether the columns hold what they should, so that no letter is in a wrong one."""
    if len(raw.rstrip()) > _COLUMNS[-1][2]:
        return False
    dates = (raw[19:27].strip(), raw[30:38].strip())
    return all(not one or (len(one) == 8 and is_day(f"{one[:4]}-{one[4:6]}-{one[6:]}")) for one in dates)


def _column(
    sheet: NotingSheet, raw: str, position: Place, draft: Plain, pointer: str, *, span: tuple[str, int, int]
) -> None:
    field, first, last = span
    part = raw[first:last].strip()
    if not part:
        return
    codes: tuple[str, ...] = (f"part:{first}-{last}",)
    if field == "symbol":
        value = re.sub(r"\s*/\s*", "/", " ".join(part.split()))
        codes += ("symbol",) if value != part else ()
        part = value
    elif field in ("version", "date") and part.isdigit():
        part, codes = f"{part[:4]}-{part[4:6]}-{part[6:]}", (*codes, "date:compact")
    draft[field] = part
    sheet.evidence[f"{pointer}/{field}"] = (position, *codes)


def _whole(sheet: NotingSheet, raw: str, position: Place, draft: Plain, pointer: str) -> None:
    value = re.sub(r"\s*/\s*", "/", " ".join(raw.split()))
    draft["symbol"] = value
    sheet.evidence[f"{pointer}/symbol"] = position if value == raw else (position, "symbol")


def _again(
    sheet: NotingSheet, raw: str, position: Place, draft: Plain, edition: re.Match[str] | None
) -> None:
    """The symbol in one text after its parts: it says the same, or goes beside the record."""
    bare = "".join((edition[1] if edition else raw).split())
    version = "".join(edition[2].split(".")) if edition else ""
    if bare == draft["symbol"].replace(" ", "") and draft.get("version", version).replace("-", "").startswith(
        version
    ):
        sheet.used.append(position)
    else:
        sheet.aside(raw, position)


def part(name: str) -> Set:
    """A part of a symbol that is given in parts."""

    def set_value(sheet: NotingSheet, raw: str, position: Place, draft: Plain, pointer: str) -> None:
        draft.setdefault("_parts", {})[name] = (raw, position)

    return set_value


_BEFORE = {"section": "", "class": "", "subclass": "", "group": " ", "subgroup": "/"}


def join_parts(sheet: NotingSheet, inner: Plain, place: str) -> None:
    """Make the symbol of its parts: the first one is its origin, the others follow it."""
    parts = inner.pop("_parts", None)
    if not parts:
        return
    found = [(name, *parts[name]) for name in _BEFORE if name in parts]
    if "symbol" in inner:
        for _, raw, position in found:
            sheet.aside(raw, position)
        return
    whole = "".join(_BEFORE[name] + raw.strip() for name, raw, _ in found)
    _, first, origin = found[0]
    value = whole if found[0][0] not in ("group", "subgroup") else whole[1:]
    rest = value[len(first.strip()) :]
    made: Origin = (
        origin if not rest else (origin, *(("trim",) if first != first.strip() else ()), f"with:{rest}")
    )
    inner["symbol"] = value
    sheet.evidence[f"{place}/symbol"] = made
    sheet.used.extend(position for _, _, position in found[1:])


PARTS: dict[str, Rule] = {
    "section": leaf(part("section")),
    "class": leaf(part("class")),
    "main-class": leaf(part("class")),
    "subclass": leaf(part("subclass")),
    "main-group": leaf(part("group")),
    "subgroup": leaf(part("subgroup")),
}
"""The parts of a symbol; `join_parts` makes it of them."""

_OFFICE: dict[str, Rule] = {"country": leaf(country("office")), "WIPOST3Code": leaf(country("office"))}
INDICATORS: dict[str, Rule] = {
    "text": leaf(st8),
    "classification-symbol": leaf(text("symbol")),
    "ipc-version-indicator": Shape({"date": leaf(day("version"))}),
    "cpc-version-indicator": Shape({"date": leaf(day("version"))}),
    "ipc-version-date": leaf(day("version")),
    "classification-level": leaf(text("level")),
    "symbol-position": leaf(text("position")),
    "classification-value": leaf(text("value")),
    "action-date": Shape({"date": leaf(day("date"))}, text=day("date")),
    "generating-office": Shape(_OFFICE, text=country("office")),
    "classification-status": leaf(text("status")),
    "classification-data-source": leaf(text("source")),
    "combination-rank": leaf(text("rank")),
    "group-number": leaf(text("group")),
}


def _scheme(sheet: NotingSheet, raw: str, position: Place, draft: Plain, pointer: str) -> None:
    value = raw.casefold()
    draft["scheme"] = value
    sheet.evidence[f"{pointer}/scheme"] = position if value == raw else (position, "case")


def symbol(scheme: str, *, use: str = "") -> Shape:
    """A symbol, an entry of `classifications`."""
    constants = {"scheme": scheme, **({"use": use} if use else {})}
    children: dict[str, Rule] = {
        **PARTS,
        **INDICATORS,
        "classification-scheme": Shape(
            {"date": leaf(day("version")), "edition": leaf(text("version"))},
            {"office": country("_office"), "scheme": _scheme},
        ),
    }
    made = entry("classifications", children, {"sequence": noted}, value=st8, constants=constants)
    leave = made.leave

    def done(sheet: NotingSheet, draft: Plain, pointer: str, inner: Plain, place: str) -> None:
        join_parts(sheet, inner, place)
        if inner.pop("_office", None):
            _schemes_office(sheet, inner, place)
        if leave is not None:
            leave(sheet, draft, pointer, inner, place)

    made.leave = done
    return made


def _schemes_office(sheet: NotingSheet, inner: Plain, place: str) -> None:
    """The office of the scheme (`CPC` of `EP`) says no more than the scheme."""
    origin = sheet.evidence.pop(f"{place}/_office")
    sheet.used.append(origin[0] if isinstance(origin, tuple) else origin)


def _national(sheet: NotingSheet, raw: str, position: Place, draft: Plain, pointer: str) -> None:
    draft["_national"] = raw, position


def _enter(
    sheet: NotingSheet, element: Element, position: int, draft: Plain, pointer: str
) -> tuple[Plain, str]:
    draft["_first"] = len(sheet.record.get("classifications", ()))
    return draft, pointer


def _leave(sheet: NotingSheet, draft: Plain, pointer: str, inner: Plain, place: str) -> None:
    """What stands once for all symbols of an element: the office, the edition."""
    first = draft.pop("_first")
    entries = sheet.record.get("classifications", [])
    for name, field in (("_national", "office"), ("_edition", "version")):
        raw, position = draft.pop(name, ("", 0))
        if not raw:
            continue
        if len(entries) == first:
            sheet.aside(raw, position)
        for index, one in enumerate(entries[first:], start=first):
            if raw:
                setter = country(field) if field == "office" else text(field)
                setter(sheet, raw, position, one, f"/classifications/{index}")


def _edition(sheet: NotingSheet, raw: str, position: Place, draft: Plain, pointer: str) -> None:
    draft["_edition"] = raw, position


def mains(scheme: str, *, use: str = "") -> Shape:
    """Main and further symbols of one scheme beside each other."""
    one = symbol(scheme, use=use)
    return Shape(
        {
            "country": leaf(_national), "WIPOST3Code": leaf(_national), "edition": leaf(_edition), "main-clsf": one,
            "main-classification": one, "further-clsf": one, "further-classification": one, "text": one,
        },
        enter=_enter,
        leave=_leave,
    )  # fmt: skip


def schemes(use: str = "") -> dict[str, Rule]:
    """All elements that hold classification symbols."""
    ipcr, cpc, any_scheme = symbol("ipc", use=use), symbol("cpc", use=use), symbol("cpc", use=use)
    return {
        "classification-ipc": mains("ipc", use=use),
        "classifications-ipcr": Shape({"classification-ipcr": ipcr}),
        "classification-ipcr-details": Shape({"classification-ipcr": ipcr}),
        "classification-ipcr": ipcr,
        "classification-national": mains("national", use=use),
        "classifications-cpc": Shape({"classification-cpc": cpc, "main-cpc": Shape({"classification-cpc": cpc}),
                                      "further-cpc": Shape({"classification-cpc": cpc})}),
        "patent-classifications": Shape({"patent-classification": any_scheme}),
        "classification-locarno": mains("locarno", use=use),
        "classification-ecla": Shape({"classification-symbol": symbol("ecla", use=use)}),
        "theme-code-info": Shape({"theme-code": symbol("theme-code", use=use)}),
        "f-term-info": Shape({"f-term": symbol("f-term", use=use)}),
    }  # fmt: skip
