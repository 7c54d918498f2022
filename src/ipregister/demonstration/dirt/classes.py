"""Dirt in classes and goods."""

from ..goods import terms
from ..sheets import ClassText, Sheet


def _number(sheet: Sheet, number: str) -> None:
    if sheet.classes:
        sheet.classes[0].number = number


def zero(sheet: Sheet) -> None:
    """Class 0."""
    _number(sheet, "0")


def empty(sheet: Sheet) -> None:
    """An empty class number."""
    _number(sheet, "")


def pair(sheet: Sheet) -> None:
    """Two classes in one number."""
    _number(sheet, "9,35")


def not_available(sheet: Sheet) -> None:
    """N/A as a class."""
    _number(sheet, "N/A")


def national(sheet: Sheet) -> None:
    """An old national class above 45."""
    _number(sheet, "46")


def padded(sheet: Sheet) -> None:
    """05."""
    _number(sheet, "05")


def worded(sheet: Sheet) -> None:
    """The word class before the number."""
    _number(sheet, f"Class {sheet.classes[0].number}")


def repeated(sheet: Sheet) -> None:
    """The same class twice, each with a part of the goods."""
    first = sheet.classes[0]
    sheet.classes.insert(1, ClassText(first.number, [(first.texts[0][0], "parts of the aforesaid goods")]))


def none(sheet: Sheet) -> None:
    """No goods at all."""
    sheet.classes = []


def empty_text(sheet: Sheet) -> None:
    """A class without goods."""
    sheet.classes[0].texts = [(sheet.classes[0].texts[0][0], "")]


def two_languages(sheet: Sheet) -> None:
    """English and the local language in one class."""
    local = {"LA": "lo", "KH": "km"}[sheet.office]
    number = sheet.classes[0].number
    text = "; ".join(terms(local, int(number)) or terms(local, 30))
    sheet.classes[0].texts.append((local, text))


def english_tag(sheet: Sheet) -> None:
    """Goods tagged ``en`` in a record of another language."""
    for item in sheet.classes:
        item.texts = [("en", text) for _, text in item.texts]


def empty_language(sheet: Sheet) -> None:
    """An empty language attribute."""
    for item in sheet.classes:
        item.texts = [("", text) for _, text in item.texts]


def read_by_machine(sheet: Sheet) -> None:
    """Letters that a scanner misread."""
    language, text = sheet.classes[-1].texts[0]
    wrong = str.maketrans("eiao", "cl0a")
    sheet.classes[-1].texts[0] = (
        language,
        f"{text[: len(text) // 2]}{text[len(text) // 2 :].translate(wrong)}",
    )


def doubled_marks(sheet: Sheet) -> None:
    """Two separators in a row, and one at the end."""
    language, text = sheet.classes[0].texts[0]
    sheet.classes[0].texts[0] = (language, text.replace("; ", ";; ") + ";;")


def capitals(sheet: Sheet) -> None:
    """Everything in capitals."""
    for item in sheet.classes:
        item.texts = [(language, text.upper()) for language, text in item.texts]


def extra_class(sheet: Sheet) -> None:
    """One class more than there are lists of goods."""
    sheet.notes["extra-class"] = "35"


def one_list(sheet: Sheet) -> None:
    """All goods in one list, under headings such as ``32 класса - ``."""
    sheet.notes["goods-lines"] = "one-list"
