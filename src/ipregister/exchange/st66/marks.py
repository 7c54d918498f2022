"""The sign and its goods in ST.66: word, picture, sound, classes."""

from ipregister.exchange.xml.rules import (
    Container,
    Element,
    Rule,
    each,
    flag,
    group,
    inside,
    leaf,
    lines,
    single,
    text,
)
from ipregister.exchange.xml.sheet import Plain, Sheet
from ipregister.model.class_texts import class_parts
from ipregister.model.repairs import apply, vienna

LAST_NICE, LAST_NATIONAL = 45, 50


def _set_class(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    place = f"{pointer}/class_number"
    parts = class_parts(raw)
    if raw.strip() in sheet.placeholders or parts == (0,):
        sheet.keep(place, raw, "placeholder", position)
    elif not parts or max(parts) > LAST_NATIONAL or min(parts) < 1:
        sheet.keep(place, raw, "not-a-class", position, "not-a-class")
    elif len(parts) == 1:
        draft["class_number"] = parts[0]
        sheet.evidence[place] = position if raw == str(parts[0]) else (position, "class")
        if parts[0] > LAST_NICE:
            draft["scheme"] = "national"
    else:
        draft["class_number"] = parts[0]
        sheet.evidence[place] = (position, "class-part:1")
        draft["_parts"] = (parts, position)
        sheet.find("classes-in-one", place, raw)


def _part_classes(sheet: Sheet, entry: Plain, place: str) -> None:
    """Several classes in one block: a block each without text; the text is nobody's."""
    several = entry.pop("_parts", None)
    if several is None:
        return
    parts, position = several
    blocks: list[Plain] = sheet.record["goods"]
    for number, part in enumerate(parts[1:], start=2):
        sheet.evidence[f"/goods/{len(blocks)}/class_number"] = (position, f"class-part:{number}")
        blocks.append({"class_number": part, **({"scheme": "national"} if part > LAST_NICE else {})})
    loose: list[Plain] = sheet.record.setdefault("goods_unclassified", [])
    for index, goods in enumerate(entry.pop("texts", ())):
        for name in ("text", "lang"):
            origin = sheet.evidence.pop(f"{place}/texts/{index}/{name}", None)
            if origin is not None:
                sheet.evidence[f"/goods_unclassified/{len(loose)}/{name}"] = origin
        loose.append(goods)


def _set_scheme(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    blocks = draft.setdefault("_schemes", [])
    blocks.append((raw, position))


def _set_duration(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    place = f"{pointer}/duration_years"
    number = raw.strip()
    if number.isdecimal() and len(number) < 4:
        draft["duration_years"] = int(number)
        sheet.evidence[place] = position if number == str(int(number)) == raw else (position, "integer")
    else:
        sheet.keep(place, raw, "not-a-number", position, "not-a-number")


DURATION = single("duration_years", _set_duration)

GOODS_BLOCK: Rule = each(
    "goods",
    {
        "ClassNumber": single("class_number", _set_class),
        "ClassNumberStatusCode": text("status"),
        "GoodsServicesDescription": lines("texts", collapse=False),
        "ClassificationTermDetails": group(
            {"ClassificationTerm": group({"ClassificationTermText": lines("texts", collapse=False)})}
        ),
    },
    after=_part_classes,
)


def _enter_goods(
    sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str
) -> tuple[Plain, str]:
    draft["_first"] = len(draft.get("goods", ()))
    return draft, pointer


def _settle_goods(sheet: Sheet, draft: Plain, pointer: str, inner: Plain, place: str) -> None:
    """Give the blocks of one list the scheme that the list names."""
    first = draft.pop("_first")
    for raw, position in draft.pop("_schemes", ()):
        word = raw.strip()
        scheme = word.casefold()
        repairs = [name for name, done in (("trim", raw != word), ("case", scheme != word)) if done]
        blocks = draft.get("goods", [])[first:]
        if not blocks:
            sheet.spare("GoodsServices/ClassificationKindCode", raw, position)
        for index, block in enumerate(blocks, start=first):
            if "scheme" not in block or scheme != "nice":
                if scheme != "nice":  # the default is never set
                    block["scheme"] = scheme
                sheet.evidence[f"/goods/{index}/scheme"] = (position, *repairs) if repairs else position


GOODS: Rule = group(
    {
        "GoodsServices": Container(
            {
                "ClassificationKindCode": leaf(_set_scheme),
                "ClassificationVersion": text("goods_version"),
                "Comment": lines("notes"),
                "ClassDescriptionDetails": group({"ClassDescription": GOODS_BLOCK}),
            },
            _enter_goods,
            _settle_goods,
        )
    }
)


def _set_vienna(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    code = vienna(raw)
    if code is None:
        placeholder = raw.strip() in sheet.placeholders
        reason = "placeholder" if placeholder else "unknown-code"
        sheet.keep(f"{pointer}/vienna", raw, reason, position, "" if placeholder else "not-a-vienna-code")
        return
    codes: list[str] = draft.setdefault("vienna", [])
    sheet.evidence[f"{pointer}/vienna/{len(codes)}"] = position if code == raw else (position, "vienna")
    codes.append(code)


def _set_data(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    draft["data"] = apply(raw, ["sha256"], sheet.office)
    sheet.evidence[f"{pointer}/data"] = (position, "sha256")


CATEGORY: Rule = group(
    {
        "CategoryKind": text("vienna_kind"),
        "CategoryVersion": text("vienna_version"),
        "CategoryCodeDetails": group({"CategoryCode": leaf(_set_vienna)}),
    }
)

IMAGES: Rule = group(
    {
        "MarkImage": each(
            "images",
            {
                "MarkImageFilename": text("filename"),
                "MarkImageFileFormat": text("format"),
                "MarkImageColourIndicator": text("colour"),
                "MarkImageColourMode": text("colour_mode"),
                "MarkImageColourClaimedText": lines("colour_claims"),
                "MarkImageColourPartClaimedText": lines("colour_claims"),
                "MarkImageCategory": CATEGORY,
                "MarkImageCategoryDetails": group({"MarkImageCategory": CATEGORY}),
                "MarkImageBinary": single("data", _set_data),
            },
        )
    }
)


def _media(kind: str, name: str) -> Rule:
    children = {f"{name}Filename": text("filename"), f"{name}FileFormat": text("format")}
    return group({name: each("media", children, kind=kind)})


WORDS: Rule = group(
    {
        "MarkVerbalElementText": lines("verbal"),
        "MarkSignificantVerbalElement": lines("significant"),
        "MarkVerbalElementSignificantIndicator": flag("significant"),
        "MarkTranslation": lines("translations"),
        "MarkTransliteration": lines("transliterations"),
        "MarkTranscription": lines("transliterations"),
        "MarkStandardCharacterIndicator": flag("standard-characters"),
    }
)

MARK: dict[str, Rule] = {
    name: inside("mark", rule)
    for name, rule in {
        "MarkDescriptionDetails": group({"MarkDescription": lines("descriptions")}),
        "MarkDisclaimerDetails": group({"MarkDisclaimer": lines("disclaimers")}),
        "WordMarkSpecification": WORDS,
        "MarkImageDetails": IMAGES,
        "MarkSoundDetails": _media("sound", "MarkSound"),
        "MarkVideoDetails": _media("video", "MarkVideo"),
        "MarkMultimediaDetails": _media("multimedia", "MarkMultimedia"),
        "NonUseCancelledIndicator": flag("non-use-cancelled"),
        "TotalMarkSeries": flag("series"),
        "TradeDistinctivenessIndicator": flag("acquired-distinctiveness"),
        "AsItIsProtectionIndicator": flag("as-is"),
        "TradeDistinctivenessText": lines("conditions"),
        "SpecialCircumstanceText": lines("conditions"),
        "UseRequirementText": lines("conditions"),
        "UseLimitationText": lines("conditions"),
        "UseRight": group({"UseRightIndicator": flag("use-right"), "UseRightText": lines("conditions")}),
    }.items()
}
"""The elements of a trademark that say what the sign is."""
