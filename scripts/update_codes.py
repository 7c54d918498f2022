"""Write the code lists that are made from CLDR: `python scripts/update_codes.py`.

`st3.csv` and `languages.csv` in `src/ipregister/model/codes/` are lists of codes from WIPO standard ST.3 and
ISO 639 with the English names of the Unicode CLDR (package `babel`). The other lists there are written by hand.
"""

import csv
import io
from pathlib import Path

from babel import Locale

CODES = Path(__file__).resolve().parent.parent / "src" / "ipregister" / "model" / "codes"

ORGANISATIONS = {
    "AP": "African Regional Intellectual Property Organization (ARIPO)",
    "BX": "Benelux Office for Intellectual Property (BOIP)",
    "EA": "Eurasian Patent Organization (EAPO)",
    "EM": "European Union Intellectual Property Office (EUIPO)",
    "EP": "European Patent Office (EPO)",
    "EU": "European Union",
    "GC": "Patent Office of the Cooperation Council for the Arab States of the Gulf",
    "IB": "International Bureau of WIPO",
    "OA": "African Intellectual Property Organization (OAPI)",
    "QZ": "Community Plant Variety Office (CPVO)",
    "WO": "World Intellectual Property Organization (WIPO)",
    "XN": "Nordic Patent Institute (NPI)",
    "XU": "International Union for the Protection of New Varieties of Plants (UPOV)",
    "XV": "Visegrad Patent Institute (VPI)",
}
FORMER = {
    "AN": "Netherlands Antilles",
    "BU": "Burma",
    "CS": "Czechoslovakia; Serbia and Montenegro",
    "DD": "German Democratic Republic",
    "DL": "German Democratic Republic",
    "DT": "Federal Republic of Germany",
    "DY": "Dahomey",
    "HV": "Upper Volta",
    "RH": "Southern Rhodesia",
    "SU": "Soviet Union",
    "TP": "East Timor",
    "YD": "Democratic Yemen",
    "YU": "Yugoslavia",
    "ZR": "Zaire",
}
MONTH_LANGUAGES = ("en", "ru", "kk", "ky", "uz", "uz_Cyrl", "th", "lo", "km", "my", "id", "ms", "fr", "pt")
MONTH_WORDS = {"сентябр": 9, "октябр": 10, "sentyabr": 9, "oktyabr": 10, "သြဂုတ်": 8, "agt": 8, "nopember": 11,
               "августу": 8, "сен": 9, "сент": 9}  # fmt: skip
"""Further spellings that offices use."""
NAME_LANGUAGES = (
    "ru",
    "kk",
    "ky",
    "uz",
    "uz_Cyrl",
    "th",
    "lo",
    "km",
    "my",
    "vi",
    "id",
    "ms",
    "zh",
    "zh_Hant",
    "fr",
    "pt",
)
COUNTRY_WORDS = {
    "рф": "RU", "российская федерация": "RU", "сша": "US", "кнр": "CN", "китайская народная республика": "CN",
    "республика казахстан": "KZ", "республика узбекистан": "UZ", "кыргызская республика": "KG",
    "киргизия": "KG", "республика беларусь": "BY", "республика корея": "KR", "южная корея": "KR", "великобритания": "GB",
    "соединенные штаты америки": "US", "туркменистан": "TM", "республика таджикистан": "TJ", "фрг": "DE", "оаэ": "AE",
    "қазақстан республикасы": "KZ", "ақш": "US", "қхр": "CN", "ресей федерациясы": "RU", "кыргыз республикасы": "KG",
    "o'zbekiston": "UZ", "oʻzbekiston": "UZ", "o‘zbekiston": "UZ", "o’zbekiston": "UZ", "ўзбекистон": "UZ",
    "ўзбекистон республикаси": "UZ", "o'zbekiston respublikasi": "UZ", "o‘zbekiston respublikasi": "UZ",
    "ประเทศไทย": "TH", "ราชอาณาจักรไทย": "TH", "สปป.ลาว": "LA", "สปป. ลาว": "LA",
    "ສປປ ລາວ": "LA", "ສ.ປ.ປ ລາວ": "LA", "ສປປລາວ": "LA", "ຫວຽດນາມ": "VN", "ຍີ່ປຸ່ນ": "JP",
    "mỹ": "US", "đài loan": "TW", "hàn quốc": "KR", "chxhcn việt nam": "VN", "cộng hoà nhân dân trung hoa": "CN",
    "amerika serikat": "US", "republik rakyat tiongkok": "CN", "tiongkok": "CN", "cina": "CN", "korea selatan": "KR",
    "美国": "US", "中国": "CN", "中国台湾": "TW", "中国香港": "HK", "états-unis d'amérique": "US",
}  # fmt: skip
"""Further names and short forms that offices write."""
SPECIAL = {"XX": "Unknown states, other entities or organizations", "XK": "Kosovo"}
ISO_ONLY = set(
    "AQ AS AX BL BQ CC CX FM GF GP GU HM IO MF MH MQ NC NF NU PF PM PN PR PS RE SJ SS TF TK UM VI WF YT".split()
)  # in ISO 3166-1, used in addresses, not (or not always) a code of ST.3
NO_COUNTRY = set("AC CP CQ DG EA EU EZ IC QO TA UN XA XB XK ZZ".split())
NAMES = {
    "BN": "Brunei Darussalam",
    "CD": "Democratic Republic of the Congo",
    "CG": "Congo",
    "HK": "Hong Kong, China",
    "KP": "Democratic People's Republic of Korea",
    "KR": "Republic of Korea",
    "LA": "Lao People's Democratic Republic",
    "MO": "Macao, China",
    "MM": "Myanmar",
    "RU": "Russian Federation",
    "TR": "Türkiye",
    "TW": "Taiwan, Province of China",
    "US": "United States of America",
    "VN": "Viet Nam",
}

SCRIPTS = {
    "ar": "Arab", "fa": "Arab", "ur": "Arab", "be": "Cyrl", "bg": "Cyrl", "ky": "Cyrl", "mk": "Cyrl", "mn": "Cyrl Mong",
    "ru": "Cyrl", "tg": "Cyrl Arab", "uk": "Cyrl", "kk": "Cyrl Latn Arab", "uz": "Latn Cyrl Arab", "sr": "Cyrl Latn",
    "bn": "Beng", "el": "Grek", "he": "Hebr", "hi": "Deva", "hy": "Armn", "ja": "Jpan Latn", "ka": "Geor", "km": "Khmr",
    "ko": "Kore Hani", "lo": "Laoo", "my": "Mymr", "ne": "Deva", "ta": "Taml", "te": "Telu", "th": "Thai", "zh": "Hani",
    "cs": "Latn", "da": "Latn", "de": "Latn", "en": "Latn", "es": "Latn", "et": "Latn", "fi": "Latn", "fil": "Latn",
    "fr": "Latn", "hr": "Latn", "hu": "Latn", "id": "Latn", "it": "Latn", "jv": "Latn Java", "la": "Latn", "lt": "Latn",
    "lv": "Latn", "ms": "Latn Arab", "nb": "Latn", "nl": "Latn", "no": "Latn", "pl": "Latn", "pt": "Latn", "ro": "Latn",
    "sk": "Latn", "sl": "Latn", "sv": "Latn", "tet": "Latn", "tk": "Latn Cyrl", "tl": "Latn", "tr": "Latn", "vi": "Latn",
}  # fmt: skip
FORMER_LANGUAGES = {"in": "id", "iw": "he", "ji": "yi", "jw": "jv", "mo": "ro", "sh": "sr"}


def write(name: str, header: list[str], columns: list[str], rows: list[list[str]]) -> None:
    """One list: comment lines, then CSV."""
    out = io.StringIO()
    out.writelines(f"# {line}\n" for line in header)
    table = csv.writer(out, lineterminator="\n")
    table.writerow(columns)
    table.writerows(rows)
    (CODES / name).write_text(out.getvalue(), encoding="utf-8")


def countries() -> list[list[str]]:
    """Rows of ST.3: code, English name, kind."""
    cldr = Locale("en").territories
    rows = [[code, name, "organisation"] for code, name in ORGANISATIONS.items()]
    rows += [[code, name, "former"] for code, name in FORMER.items()]
    rows += [[code, name, "special"] for code, name in SPECIAL.items()]
    taken = {row[0] for row in rows} | NO_COUNTRY
    for code, name in cldr.items():
        if len(code) == 2 and code.isalpha() and code not in taken:
            rows.append([code, NAMES.get(code, name), "iso" if code in ISO_ONLY else "state"])
    return sorted(rows)


def languages() -> list[list[str]]:
    """Rows of ISO 639: code, English name, scripts in use, the code that replaces a former one."""
    rows = [
        [code, name, SCRIPTS.get(code, ""), FORMER_LANGUAGES.get(code, "")]
        for code, name in Locale("en").languages.items()
        if code.isalpha() and len(code) in (2, 3)
    ]
    known = {row[0] for row in rows}
    rows += [
        [old, f"former code of {new}", "", new] for old, new in FORMER_LANGUAGES.items() if old not in known
    ]
    return sorted(rows)


def months() -> list[list[str]]:
    """Words for months: the word in small letters without dots, English name, number. A word that is two months in
    two languages is none."""
    english = Locale("en").months["format"]["wide"]
    found: dict[str, set[int]] = {word: {number} for word, number in MONTH_WORDS.items()}
    for tag in MONTH_LANGUAGES:
        forms = Locale.parse(tag).months
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, word in forms[context][width].items():
                    plain = word.replace(".", "").casefold().strip()
                    if len(plain) > 1 and not any(sign.isdecimal() for sign in plain):
                        found.setdefault(plain, set()).add(number)
    return sorted(
        [word, english[min(told)], str(min(told))] for word, told in found.items() if len(told) == 1
    )


def country_names() -> list[list[str]]:
    """Names of countries in the languages of the region: the name in small letters, English name, ST.3 code. A name of
    two countries in two languages is none."""
    english = {row[0]: row[1] for row in countries()}
    found: dict[str, set[str]] = {name: {code} for name, code in COUNTRY_WORDS.items()}
    for tag in NAME_LANGUAGES:
        for code, name in Locale.parse(tag).territories.items():
            if code in english and code not in FORMER and name != code:
                found.setdefault(" ".join(name.split()).casefold(), set()).add(code)
    return sorted([name, english[min(told)], min(told)] for name, told in found.items() if len(told) == 1)


LISTS = (
    (
        "st3.csv",
        [
            "Two-letter codes of states, other entities and organisations, with former ones and dependent territories.",
            "source: WIPO standard ST.3 and ISO 3166-1; English names from Unicode CLDR (package babel)",
            "edition: ST.3 as of 2023, CLDR of the babel release used; made by scripts/update_codes.py",
            "kind: state, organisation, former (no longer a code), iso (address use only), special",
        ],
        ["code", "label", "kind"],
        countries,
    ),
    (
        "languages.csv",
        [
            "Language codes.",
            "source: ISO 639-1 and 639-3; English names from Unicode CLDR (package babel)",
            "edition: CLDR of the babel release used; made by scripts/update_codes.py",
            "scripts: ISO 15924 codes of the scripts the language is written in, empty where not told",
            "use: the code in force, for a former code",
        ],
        ["code", "label", "scripts", "use"],
        languages,
    ),
    (
        "months.csv",
        [
            "Words for months in the languages of the region and its partners, long and short.",
            "source: Unicode CLDR (package babel); further spellings from scripts/update_codes.py",
            "edition: CLDR of the babel release used; made by scripts/update_codes.py",
            "code: the word in small letters without dots; month: 1 to 12",
        ],
        ["code", "label", "month"],
        months,
    ),
    (
        "country_names.csv",
        [
            "Names of countries in the languages of the region and its partners.",
            "source: Unicode CLDR (package babel); further spellings from scripts/update_codes.py",
            "edition: CLDR of the babel release used; made by scripts/update_codes.py",
            "code: the name in small letters; st3: the code of WIPO standard ST.3",
        ],
        ["code", "label", "st3"],
        country_names,
    ),
)
"""The files that are written: name, lines of the head, columns, and what makes the rows."""


def main() -> None:
    """Write the lists."""
    for name, head, columns, rows in LISTS:
        write(name, head, columns, rows())


if __name__ == "__main__":
    main()
