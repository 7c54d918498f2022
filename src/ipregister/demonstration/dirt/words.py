"""Dirt in the words of marks, in remarks and in codes of languages."""

from collections.abc import Callable
from unicodedata import normalize

from ..sheets import Sheet
from ..vocabulary import words

CYRILLIC_TWINS = str.maketrans("AaBCcEeHKMOoPpTXxy", "АаВСсЕеНКМОоРрТХху")
LATIN_TWINS = str.maketrans("АаВСсЕеНКМОоРрТХху", "AaBCcEeHKMOoPpTXxy")
CODE_PAGES = {"TH": "cp874", "KZ": "cp1251"}
TCVN3 = dict(
    zip(
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĐÂÊÔƠƯ",
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\xadõøö÷ùúýûüþ§¢£¤¥¦",
        strict=True,
    )
)


def _change(sheet: Sheet, change: Callable[[str], str]) -> None:
    sheet.texts = [(language, change(text)) for language, text in sheet.texts]


def trailing_dot(sheet: Sheet) -> None:
    """A full stop after the mark."""
    _change(sheet, lambda text: f"{text}.")


def double_space(sheet: Sheet) -> None:
    """Two spaces, or a no-break space, between words; one at the end."""
    _change(sheet, lambda text: text.replace(" ", "  " if sheet.index % 2 else "\u00a0 ") + " ")


def line_break(sheet: Sheet) -> None:
    """A line break inside the mark."""
    _change(sheet, lambda text: text.replace(" ", "\n") + "\n")


def literal_entity(sheet: Sheet) -> None:
    """An ampersand that was escaped once too often."""
    _change(sheet, lambda text: f"{text} &amp; Co")


def figure_word(sheet: Sheet) -> None:
    """The office's word for the picture, after the mark."""
    figures = words("marks")["figure"]
    suffix = figures[{"VN": "vi", "LA": "lo", "ID": "id"}[sheet.office]]
    _change(sheet, lambda text: text + suffix)


def in_thai(sheet: Sheet) -> None:
    """The language of the label, in English, after the mark."""
    _change(sheet, lambda text: f"{text} IN THAI")


def homograph(sheet: Sheet) -> None:
    """Letters of another script that look the same."""
    twins = LATIN_TWINS if sheet.office == "KZ" else CYRILLIC_TWINS
    _change(sheet, lambda text: "КОАЛА".translate(LATIN_TWINS) + " " + text.translate(twins))


def zero_width(sheet: Sheet) -> None:
    """Invisible breaks between syllables."""
    _change(sheet, lambda text: text[:2] + "\u200b" + text[2:] + "\u200b")


def decomposed(sheet: Sheet) -> None:
    """Letters and their accents apart (NFD)."""
    _change(sheet, lambda text: normalize("NFD", f"{text} Đá Quý"))


def _in_tcvn3(letter: str) -> str:
    """A capital with a tone has no code of its own: a font for capitals shows the small letter's."""
    return TCVN3.get(letter) or TCVN3.get(letter.lower(), letter)


def legacy_font(sheet: Sheet) -> None:
    """Text of an old font or code page, read as Latin letters."""
    if sheet.office == "VN":
        _change(sheet, lambda text: "".join(map(_in_tcvn3, f"{text} C\u00f4ng ty")))
        return
    page = CODE_PAGES[sheet.office]
    sample = "ช้างทอง" if sheet.office == "TH" else "Золотой Беркут"
    _change(sheet, lambda text: sample.encode(page).decode("latin-1"))


def placeholder(sheet: Sheet) -> None:
    """A dash in place of a mark."""
    _change(sheet, lambda text: "-")


def no_words(sheet: Sheet) -> None:
    """A word mark without its words."""
    sheet.texts = []


def with_html(sheet: Sheet) -> None:
    """Entities of HTML, escaped twice on the way."""
    _change(sheet, lambda text: f"CAF&eacute; {text}")


def disclaimer_dash(sheet: Sheet) -> None:
    """A dash for none."""
    sheet.disclaimer = "-"


def disclaimer_none(sheet: Sheet) -> None:
    """N/A, NONE or None for none."""
    sheet.disclaimer = ("N/A", "NONE", "None")[sheet.index % 3]


def translation_dot(sheet: Sheet) -> None:
    """A full stop for no translation."""
    sheet.translation = "."


def translation_phrase(sheet: Sheet) -> None:
    """The clerk's phrase for a name without a meaning."""
    phrases = words("marks")["translation"]["id"]
    sheet.translation = phrases[sheet.index % len(phrases)]


def picture_described(sheet: Sheet) -> None:
    """The description of the picture in the field of the significant words."""
    sheet.significant = "รูปดอกบัวในวงกลม"


def own_language_code(sheet: Sheet) -> None:
    """A country's or an old code in place of the language's."""
    code = {"KH": "kh", "VN": "vn", "ID": "in"}[sheet.office]
    sheet.language = code
    sheet.texts = [(code, text) for _, text in sheet.texts]


def no_language(sheet: Sheet) -> None:
    """No language of the application."""
    sheet.language = ""


def differs_from_international(sheet: Sheet) -> None:
    """The national copy spells the mark otherwise than the international registration."""
    _change(sheet, lambda text: text.replace(" ", "") + "S")
