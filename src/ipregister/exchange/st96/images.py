"""Pictures of a mark in ST.96 and their figurative elements; read by the tables, written by the functions."""

from ipregister.exchange.st96.carried import use
from ipregister.exchange.st96.pen import Pen
from ipregister.exchange.st96.words import BOOLEANS, COLOUR_MODES, IMAGE_FORMATS
from ipregister.exchange.xml.rules import Container, Element, Rule, each, group, leaf, lines, text
from ipregister.exchange.xml.sheet import Plain, Sheet
from ipregister.model.mark import Image
from ipregister.model.repairs import vienna


def _enter_code(
    sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str
) -> tuple[Plain, str]:
    return {"parts": []}, pointer


def _set_part(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    draft["parts"].append((raw, position))


def _leave_code(sheet: Sheet, draft: Plain, pointer: str, inner: Plain, place: str) -> None:
    """Category, division and section of a figurative element make one code."""
    parts: list[tuple[str, int]] = inner["parts"]
    if not parts:
        return
    (first, position), rest = parts[0], parts[1:]
    after = "".join(f".{raw}" for raw, _ in rest)
    code = vienna(first + after)
    if code is None:
        for raw, where in parts:
            sheet.keep(f"{pointer}/vienna", raw, "unknown-code", where, "not-a-vienna-code")
        return
    codes: list[str] = draft.setdefault("vienna", [])
    repairs = [name for name, done in ((f"with:{after}", rest), ("vienna", code != first + after)) if done]
    sheet.evidence[f"{pointer}/vienna/{len(codes)}"] = (position, *repairs) if repairs else position
    codes.append(code)
    for _, where in rest:
        use(sheet, where)


_PART = leaf(_set_part)
FIGURES: Rule = group(
    {
        "FigurativeElementClassificationBag": group(
            {
                "ViennaClassificationBag": group(
                    {
                        "ViennaClassificationEdition": text("vienna_version"),
                        "ViennaClassification": Container(
                            {"ViennaCategory": _PART, "ViennaDivision": _PART, "ViennaSection": _PART},
                            _enter_code,
                            _leave_code,
                        ),
                        "ViennaClassificationText": lines("vienna_texts"),
                    }
                )
            }
        )
    }
)

IMAGE: Rule = each(
    "images",
    {
        "FileName": text("filename"),
        "ImageFormatCategory": text("format"),
        "MarkImageColourClaimedText": lines("colour_claims"),
        "MarkImageColourPartClaimedText": lines("colour_claims"),
        "MarkImageClassification": FIGURES,
        "ColourIndicator": text("colour"),
        "ColourModeCategory": text("colour_mode"),
    },
)


def write_image(pen: Pen, image: Image, pointer: str) -> None:
    """A picture."""
    pen.out.append("<tmk:MarkImage>")
    if not pen.text("com:FileName", image.filename, f"{pointer}/filename"):
        pen.out.append("<com:FileName/>")
    pen.coded("com:ImageFormatCategory", image.format, f"{pointer}/format", IMAGE_FORMATS)
    pen.lines("tmk:MarkImageColourClaimedText", image.colour_claims, f"{pointer}/colour_claims")
    _write_figures(pen, image, pointer)
    coloured = pen.coded("com:ColourIndicator", image.colour, f"{pointer}/colour", BOOLEANS)
    if coloured and image.colour_mode:
        pen.carry(f"{pointer}/colour_mode", image.colour_mode)
    elif not coloured:
        pen.coded("com:ColourModeCategory", image.colour_mode, f"{pointer}/colour_mode", COLOUR_MODES)
    pen.out.append("</tmk:MarkImage>")
    for name in ("colour_codes", "descriptions"):
        pen.carry_all(getattr(image, name), f"{pointer}/{name}")
    for name in ("vienna_kind", "data"):
        if getattr(image, name):
            pen.carry(f"{pointer}/{name}", getattr(image, name))


def _write_figures(pen: Pen, image: Image, pointer: str) -> None:
    start, before = len(pen.out), pen.count
    pen.out.append(
        "<tmk:MarkImageClassification><com:FigurativeElementClassificationBag><com:ViennaClassificationBag>"
    )
    edition = len(pen.out)
    pen.out.append("")
    standing = []
    for index, code in enumerate(image.vienna):
        if vienna(code) != code:
            pen.carry(f"{pointer}/vienna/{index}", code)
            continue
        category, division, *section = code.split(".")
        pen.out.append("<com:ViennaClassification>")
        pen.put("com:ViennaCategory", category)
        pen.put("com:ViennaDivision", division)
        if section:
            pen.put("com:ViennaSection", section[0])
        pen.out.append("</com:ViennaClassification>")
        standing.append(index)
    pen.arrange(f"{pointer}/vienna", standing)
    pen.lines("com:ViennaClassificationText", image.vienna_texts, f"{pointer}/vienna_texts")
    version = image.vienna_version
    if pen.count == before:
        del pen.out[start:]
        if version:
            pen.carry(f"{pointer}/vienna_version", version)
        return
    if pen.text("com:ViennaClassificationEdition", version, f"{pointer}/vienna_version"):
        pen.out[edition] = pen.out.pop()
    pen.out.append(
        "</com:ViennaClassificationBag></com:FigurativeElementClassificationBag></tmk:MarkImageClassification>"
    )
