"""Kazakhstan's own format: root `U_ID`, elements named after INID codes, pictures in Base64."""

from ipregister.capture.kz_goods import GOODS
from ipregister.capture.kz_parties import PARTIES
from ipregister.capture.shapes import (
    SEEN,
    aside,
    country,
    date,
    deletes,
    first,
    into,
    lines,
    note,
    put_class,
    put_text,
    put_vienna,
    read_own,
    text,
)
from ipregister.exchange.xml.rules import Element, Rule, each, flag, group, inside, leaf
from ipregister.exchange.xml.sheet import Plain, Sheet
from ipregister.model.class_texts import class_parts
from ipregister.model.evidence import Reading
from ipregister.model.languages import written_in
from ipregister.model.offices import Office
from ipregister.model.repairs import apply

SHORTEST_PICTURE = 64


def _set_sort(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    """`patent_type` says the kind of mark, or the kind of sign, or both."""
    if deletes(sheet, raw):
        draft["deleted"] = True
        sheet.evidence["/deleted"] = (position, "deletion")
        sheet.put(draft.setdefault("transaction", {}), "/transaction", "code", raw, position)
        return
    holder: Plain = {}
    kind = sheet.put_word(holder, "/kinds", "0", raw, position, table="kinds")
    if kind:
        sheet.record["kinds"] = [holder["0"]]
    if sheet.lookups.word("features", raw) is not None:
        mark = sheet.record.setdefault("mark", {})
        sheet.put_word(mark, "/mark", "feature", raw, position, table="features")
    elif not kind:
        placeholder = raw.strip() in sheet.placeholders
        reason = "placeholder" if placeholder else "unknown-code"
        sheet.keep("/kinds/0", raw, reason, position, "" if placeholder else "unknown-kind")


def _set_term(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    """INID 170 and 180: a day, or the years of the term."""
    years = raw.strip()
    if years.isascii() and years.isdecimal() and len(years) < 3 and years != "0":
        draft["duration_years"] = int(years)
        written = str(draft["duration_years"])
        sheet.evidence["/duration_years"] = position if written == raw else (position, "integer")
    else:
        sheet.put_date(draft, pointer, "expiry_date", raw, position)


def _set_language(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    """INID 270: the language of the application; `0` stands for none."""
    tag = None if raw.strip() == "0" else sheet.lookups.language(raw, "")
    if tag is not None:
        draft["application_language"] = tag
        sheet.evidence["/application_language"] = position if tag == raw else (position, f"lang:{tag}")
    else:
        placeholder = raw.strip() == "0" or raw.strip() in sheet.placeholders
        reason = "placeholder" if placeholder else "unknown-code"
        sheet.keep("/application_language", raw, reason, position, "" if placeholder else "unknown-language")


def _set_picture(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    """The picture itself in Base64, `yes`, or a file name."""
    word = raw.strip()
    if len(word) >= SHORTEST_PICTURE:
        draft["data"] = apply(raw, ["sha256"], sheet.office)
        sheet.evidence[f"{pointer}/data"] = (position, "sha256")
    elif "." in word:
        sheet.put(draft, pointer, "filename", raw, position)
    else:
        flags: list[str] = sheet.record.setdefault("mark", {}).setdefault("flags", [])
        sheet.evidence[f"/mark/flags/{len(flags)}"] = (position, "flag:image")
        flags.append(f"image={raw}")


def _vienna_number(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    put_vienna(sheet, raw, position, draft, pointer)


def _listed(field: str) -> Rule:
    def set_value(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
        values: list[str] = draft.setdefault(field, [])
        holder: Plain = {}
        if sheet.put(holder, f"{pointer}/{field}", str(len(values)), raw, position):
            values.extend(holder.values())

    return leaf(set_value)


def _publication(kind: str) -> Rule:
    """A day of publication is a publication of its own."""

    def set_value(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
        entries: list[Plain] = draft.setdefault("publications", [])
        entry: Plain = {}
        sheet.put_date(entry, f"/publications/{len(entries)}", "date", raw, position)
        if entry:
            entries.append({**entry, "kind": kind} if kind else entry)
        if not entries:
            del draft["publications"]

    return leaf(set_value)


def _claim(field: str, rule: Rule) -> Rule:
    """INID 310 to 330 stand apart: the first number, day and country are the first claim's, and so on."""

    def take(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        text = element.text
        if not text or text.isspace():
            sheet.taken += text is not None
            return aside(sheet, element, position)
        counts = draft.setdefault("_claims", {})
        place = counts[field] = counts.get(field, -1) + 1
        return into("priorities", place, rule)(sheet, element, position, draft, pointer)

    return take


def _set_goods_or_classes(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    """INID 510 and 511 outside of the list: a class, or goods without one."""
    if len(class_parts(raw)) == 1:
        blocks: list[Plain] = draft.setdefault("goods", [])
        block: Plain = {}
        put_class(sheet, block, f"/goods/{len(blocks)}", raw, position)
        blocks.append(block)
    else:
        lang = "ru" if written_in(raw, "ru") else ""
        put_text(sheet, draft, "", "goods_unclassified", raw, position, lang)


_PICTURE: Rule = into("images", 0, first("data", _set_picture))
_COLOURS: Rule = into(
    "images", 0, group({"color": lines("colour_claims", "ru"), "color_code": _listed("colour_codes")})
)
_VIENNA: Rule = into(
    "images",
    0,
    group(
        {
            "class": group(
                {"class_number": leaf(_vienna_number), "class_description": lines("vienna_texts", "ru")}
            )
        }
    ),
)
_CLAIM = {
    "country": country("country"),
    "registration_number": text("number"),
    "registration_date": date("date"),
    "number": text("number"),
    "date": date("date"),
}

RECORD: Rule = group(
    {
        "id": text("identifier"),
        "patent_type": first("kinds", _set_sort),
        "inid_111": text("registration_number"),
        "inid_151": date("registration_date"),
        "inid_170": first("expiry_date", _set_term),
        "inid_180": first("expiry_date", _set_term),
        "inid_210": text("application_number"),
        "inid_220": date("application_date"),
        "inid_270": first("application_language", _set_language),
        "inid_310": _claim("number", text("number")),
        "inid_320": _claim("date", date("date")),
        "inid_330": _claim("country", country("country")),
        "inid_441": _publication("application"),
        "inid_442": _publication("accepted"),
        "inid_450": _publication(""),
        "inid_510": leaf(_set_goods_or_classes),
        "inid_511": leaf(_set_goods_or_classes),
        "inid_526": inside("mark", lines("disclaimers", "ru")),
        "inid_531": inside("mark", into("images", 0, leaf(_vienna_number))),
        "inid_540": inside("mark", lines("verbal")),
        "inid_554": inside("mark", flag("inid_554")),
        "inid_556": inside("mark", flag("inid_556")),
        "inid_558": inside("mark", flag("inid_558")),
        "inid_561": inside("mark", lines("transliterations")),
        "inid_566": inside("mark", lines("translations")),
        "inid_571": inside("mark", lines("descriptions", "ru")),
        "inid_591": inside("mark", into("images", 0, lines("colour_claims", "ru"))),
        "trademark_name_ru": inside("mark", lines("verbal", "ru", collapse=True)),
        "trademark_name_kz": inside("mark", lines("verbal", "kk", collapse=True)),
        "trademark_name_en": inside("mark", lines("verbal", "en", collapse=True)),
        "image": inside("mark", _PICTURE),
        "colors_claimed": inside("mark", _COLOURS),
        "vienne_classification": inside("mark", _VIENNA),
        "list_of_goods_and_services": GOODS,
        "application_parties": group(PARTIES),
        "priority_info": group({"customer": each("priorities", _CLAIM)}),
        **PARTIES,
    }
)
"""Where each element goes."""

ROOTS = {"U_ID": RECORD}


def read(raw: bytes, office: Office) -> Reading:
    """The record of one raw `U_ID` slice with its evidence; never raises for bad input."""
    return read_own(raw, office, ROOTS, _finish)


def _finish(sheet: Sheet) -> None:
    record = sheet.record
    record.pop(SEEN, None)
    record.pop("_claims", None)
    mark = record.get("mark", {})
    if not any(mark.get("images", ())):
        mark.pop("images", None)
    if "feature" not in mark and mark:
        _derive_feature(sheet, mark)
    if not mark:
        record.pop("mark", None)


def _derive_feature(sheet: Sheet, mark: Plain) -> None:
    """The kind of sign from what there is of it; the feed tells it only for unusual ones."""
    flags = " ".join(mark.get("flags", ()))
    images = mark.get("images", ())
    pictured = "image=yes" in flags.casefold() or any("data" in i or "filename" in i for i in images)
    verbal = bool(mark.get("verbal"))
    if "inid_554=" in flags:
        feature = "Three dimensional"
    elif "inid_556=" in flags:
        feature = "Sound"
    elif pictured or any("vienna" in image for image in images):
        feature = "Combined" if verbal else "Figurative"
    elif verbal:
        feature = "Word"
    else:
        return
    mark["feature"] = feature
    note(sheet, "feature-derived", "/mark/feature", feature)
