"""What the product is like and where it comes from, in ST.96: features, areas, the link between them."""

from ipregister.exchange.st96.carried import aside, use
from ipregister.exchange.st96.indication.words import AREA_KINDS, FEATURES, WRITTEN
from ipregister.exchange.st96.pen import Pen
from ipregister.exchange.xml.rules import Element, Rule, date, each, group, leaf, lines, text
from ipregister.exchange.xml.sheet import Plain, Sheet
from ipregister.model.indication import Area, Feature, Indication

KIND = "geographicRegionDescriptionCategory"
_ATTRIBUTES = ("languageCode", "sequenceNumber")


def ordered(field: str) -> Rule:
    """An entry of a list of texts, whose number tells no more than its place."""

    def take(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        put_ordered(sheet, element, position, draft, f"{pointer}/{field}")
        return aside(sheet, element, position, *_ATTRIBUTES)

    return take


def put_ordered(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> None:
    """Add the text of an element to the list of a draft that a pointer names; its number is used up."""
    field = pointer.rpartition("/")[2]
    raw, code = element.text, element.get("languageCode")
    if element.get("sequenceNumber") is not None:
        sheet.taken += 1
        use(sheet, f"{position}@sequenceNumber")
    if code is not None:
        sheet.taken += 1
    if raw is not None:
        sheet.taken += 1
    if raw is None or raw.isspace():
        if code and not code.isspace():
            sheet.keep(f"{pointer}/0/lang", code, "placeholder", f"{position}@languageCode")
        return
    texts: list[Plain] = draft.setdefault(field, [])
    sheet.put_text(texts, pointer, raw, position, language=code)
    if not texts:
        del draft[field]


def _feature(kind: str) -> Rule:
    """A feature of its own for each element."""

    def take(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        features: list[Plain] = sheet.record.setdefault("features", [])
        entry: Plain = {}
        put_ordered(sheet, element, position, entry, f"/features/{len(features)}/texts")
        if entry:
            features.append({"kind": kind, **entry})
        elif not features:
            del sheet.record["features"]
        return aside(sheet, element, position, *_ATTRIBUTES)

    return take


FEATURE: dict[str, Rule] = {tag: _feature(kind) for tag, kind in FEATURES.items()}


def _set_image(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    images: list[str] = sheet.record.setdefault("images", [])
    sheet.evidence[f"/images/{len(images)}"] = (position, "trim")
    images.append(raw.strip())


DESCRIPTIONS: Rule = group(
    {
        "FeatureDescription": group(
            {
                **FEATURE,
                "FeatureDescriptionText": ordered("descriptions"),
                "QualityProduct": group(FEATURE),
                "Image": group({"FileName": leaf(_set_image)}),
            }
        )
    }
)


def _region(tag_kind: str) -> Rule:
    """A text of an area; what kind of boundary it tells is said by an attribute."""

    def take(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        kind = element.get(KIND)
        if kind is not None:
            sheet.taken += 1
            if "kind" not in draft and kind and not kind.isspace():
                sheet.put(draft, pointer, "kind", kind, f"{position}@{KIND}")
            elif draft.get("kind") == kind:
                use(sheet, f"{position}@{KIND}")
            elif kind and not kind.isspace():
                sheet.spare(KIND, kind, f"{position}@{KIND}")
        put_ordered(sheet, element, position, draft, f"{pointer}/texts")
        if tag_kind and draft:
            draft.setdefault("kind", tag_kind)
        return aside(sheet, element, position, *_ATTRIBUTES, KIND)

    return take


def _demarcated(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
    areas: list[Plain] = draft.setdefault("areas", [])
    entry: Plain = {}
    put_ordered(sheet, element, position, entry, f"{pointer}/areas/{len(areas)}/texts")
    if entry:
        areas.append({"kind": "demarcated", **entry})
    elif not areas:
        del draft["areas"]
    return aside(sheet, element, position, *_ATTRIBUTES)


REGIONS: Rule = group(
    {
        "GeographicRegionDescription": each(
            "areas",
            {
                "GeographicRegionDescriptionText": _region(""),
                "GeographicRegionDescriptionTransliterationText": _region(""),
                "GeographicRegionExclusionDescriptionText": _region("excluded"),
            },
        ),
        "Map": each(
            "specifications",
            {"MapIssueDate": date("date"), "MapTitleText": lines("texts"), "FileName": text("identifier")},
            kind="map",
        ),
        "CausalInteractionText": ordered("link"),
        "DemarcatedAreaDescriptionText": _demarcated,
        **{
            tag: FEATURE[tag]
            for tag in (
                "ReputationFactorText",
                "QualityFactorText",
                "ReservationNameText",
                "CrossBorderIndicator",
            )
        },
    }
)


def _body(role: str) -> Rule:
    """A body that is told by its name alone."""

    def set_value(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
        bodies: list[Plain] = sheet.record.setdefault("control_bodies", [])
        names: list[Plain] = []
        sheet.put_text(names, f"/control_bodies/{len(bodies)}/names", raw, position, language=None)
        if names:
            bodies.append({"role": role, "names": names})
        elif not bodies:
            del sheet.record["control_bodies"]

    return leaf(set_value)


CERTIFICATES: Rule = group(
    {
        "CertificateBag": group(
            {
                "Certificate": each(
                    "specifications",
                    {
                        "DocumentIdentifier": text("identifier"),
                        "DocumentDate": date("date"),
                        "DocumentName": lines("texts"),
                    },
                    kind="certificate",
                )
            }
        ),
        "ProductTerritoryLinkDescriptionText": ordered("link"),
        "CompetentAuthorityText": _body("competent-authority"),
        "InspectionBodyText": _body("inspection"),
        "PresentMarketText": FEATURE["PresentMarketText"],
    }
)


def write_descriptions(pen: Pen, record: Indication) -> None:
    """What the product is like; the standard asks for one description at least."""
    pen.out.append("<gin:FeatureDescriptionBag>")
    standing: list[int] = []
    before = pen.count
    for index, one in enumerate(record.descriptions):
        start = len(pen.out)
        pen.out.append("<gin:FeatureDescription>")
        if not pen.line("gin:FeatureDescriptionText", one, f"/descriptions/{index}"):
            del pen.out[start:]
            continue
        if not standing:
            _write_features(pen, record.features)
        standing.append(index)
        pen.out.append("</gin:FeatureDescription>")
    if pen.count == before:
        pen.out.append("<gin:FeatureDescription><gin:FeatureDescriptionText/>")
        _write_features(pen, record.features)
        pen.out.append("</gin:FeatureDescription>")
    pen.out.append("</gin:FeatureDescriptionBag>")
    pen.arrange("/descriptions", standing)


def _write_features(pen: Pen, features: tuple[Feature, ...]) -> None:
    standing: list[int] = []
    for kind, tag, most in WRITTEN:
        count = 0
        for index, one in enumerate(features):
            if one.kind != kind or len(one.texts) != 1 or (most and count >= most) or index in standing:
                continue
            if pen.keeps_line(one.texts[0]):
                pen.line(f"gin:{tag}", one.texts[0], f"/features/{index}/texts/0")
                standing.append(index)
                count += 1
    for index, one in enumerate(features):
        if index not in standing:
            pen.carry_all(one, f"/features/{index}")
    pen.arrange("/features", standing)


def write_regions(pen: Pen, record: Indication) -> None:
    """The areas and what of the product is due to them; the standard asks for one area at least."""
    pen.out.append("<gin:GeographicRegionDescriptionBag>")
    standing = pen.entries("", record.areas, "/areas", _write_area)
    if not standing:
        pen.out.append(
            "<gin:GeographicRegionDescription><gin:GeographicRegionDescriptionText/></gin:GeographicRegionDescription>"
        )
    pen.arrange("/areas", standing)
    pen.lines("gin:CausalInteractionText", record.link, "/link", most=1)
    pen.out.append("</gin:GeographicRegionDescriptionBag>")


def _write_area(pen: Pen, one: Area, pointer: str) -> None:
    """An area whose texts can be written; any other is carried."""
    if not one.texts or not all(pen.keeps_line(words) for words in one.texts):
        pen.carry_all(one, pointer)
        return
    pen.out.append("<gin:GeographicRegionDescription>")
    told = one.kind in AREA_KINDS
    for index, words in enumerate(one.texts):
        said = pen.language(words.lang, words.text) if words.lang != "und" else ""
        if words.lang != "und" and not said:
            pen.carry(f"{pointer}/texts/{index}/lang", words.lang)
        kind = f' gin:{KIND}="{one.kind}"' if told and index == 0 else ""
        pen.put("gin:GeographicRegionDescriptionText", words.text, f"{said}{kind}")
    pen.out.append("</gin:GeographicRegionDescription>")
    for name in ("country", "region", "polygon", *(() if told else ("kind",))):
        if getattr(one, name):
            pen.carry(f"{pointer}/{name}", getattr(one, name))
