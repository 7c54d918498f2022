"""The Kazakh feed: one bulk file of ``U_ID`` records with INID-coded elements; pictures are inside, in base64."""

from base64 import b64encode
from xml.sax.saxutils import escape

from .sheets import PartyLines, Sheet
from .vocabulary import words

OPENING = '<?xml version="1.0" encoding="UTF-8"?>\n<export>\n'
CLOSING = "</export>\n"


def record(sheet: Sheet, picture: bytes) -> str:
    """One record of the bulk file."""
    nature = words("features")["features"]["KZ"].get(sheet.feature, "")
    parts = [
        _one("id", str(900000 + sheet.index)),
        _one("patent_type", nature or sheet.transaction),
        _one("inid_111", sheet.registration),
        _one("inid_151", sheet.registered),
        _one("inid_170", sheet.expiry),
        _one("inid_210", sheet.number),
        _one("inid_220", sheet.filed),
        _one("inid_270", "0"),
        _one("inid_450", sheet.published),
        _names(sheet),
        f"    <image>{b64encode(picture).decode()}</image>\n" if picture else "",
        _colours(sheet),
        _vienna(sheet),
        _goods(sheet),
        _parties(sheet),
        _priorities(sheet),
    ]
    return f"  <U_ID>\n{''.join(parts)}  </U_ID>\n"


def _one(name: str, text: str) -> str:
    return f"    <{name}>{escape(text)}</{name}>\n"


def _names(sheet: Sheet) -> str:
    texts = {"ru": "", "kz": "", "en": ""}
    for language, text in sheet.texts:
        texts[{"ru": "ru", "kk": "kz"}.get(language, "en")] = text
    return "".join(_one(f"trademark_name_{language}", text) for language, text in texts.items())


def _colours(sheet: Sheet) -> str:
    if not sheet.colours:
        return ""
    names = words("features")["colours"]["ru"]
    inner = "".join(
        f"      <color>{names[place]}</color>\n      <color_code>{place + 1}</color_code>\n"
        for place in sheet.colours
    )
    return f"    <colors_claimed>\n{inner}    </colors_claimed>\n"


def _vienna(sheet: Sheet) -> str:
    if not sheet.vienna:
        return ""
    inner = "".join(
        f"      <class>\n        <class_number>{escape(code)}</class_number>\n"
        "        <class_description>изображение</class_description>\n      </class>\n"
        for code in sheet.vienna
    )
    return f"    <vienne_classification>\n{inner}    </vienne_classification>\n"


def _goods(sheet: Sheet) -> str:
    """Two parallel lists, matched by position only."""
    form = sheet.notes.get("goods-lines", "")
    if form == "one-list":
        heading = "{0} класса - {1}" if sheet.index % 2 else "{0}\n{1}"
        text = "\n".join(heading.format(item.number, item.texts[0][1]) for item in sheet.classes)
        texts = [text]
    else:
        texts = [text for item in sheet.classes for _, text in item.texts]
    numbers = [item.number for item in sheet.classes]
    numbers += [sheet.notes["extra-class"]] if "extra-class" in sheet.notes else []
    inner = "".join(f"      <class>{escape(number)}</class>\n" for number in numbers)
    inner += "".join(f"      <list>{escape(text)}</list>\n" for text in texts)
    return f"    <list_of_goods_and_services>\n{inner}    </list_of_goods_and_services>\n"


def country_name(code: str) -> str:
    """A country as this feed writes it: a Russian name."""
    name: str = words("countries")["names"].get(code, ["", code])[1]
    return name


def _parties(sheet: Sheet) -> str:
    owners = "".join(_owner(party, sheet) for party in sheet.owners)
    agents = "".join(
        f"      <inid_740>\n        <name>{escape(agent.names[0][1])}</name>\n      </inid_740>\n"
        for agent in sheet.agents
    )
    return f"    <application_parties>\n{owners}{agents}    </application_parties>\n"


def _owner(party: PartyLines, sheet: Sheet) -> str:
    name = party.names[0][1] if party.names else ""
    country = sheet.notes.get("country-as", country_name(party.country))
    line = f"        <country>{escape(country)}</country>\n" if country else ""
    return (
        f"      <inid_730>\n        <name>{escape(name)}</name>\n"
        f"        <address>{escape(', '.join(party.addresses))}</address>\n{line}      </inid_730>\n"
    )


def _priorities(sheet: Sheet) -> str:
    return "".join(
        "    <priority_info>\n      <customer>\n"
        f"        <country>{escape(country_name(country))}</country>\n"
        f"        <registration_number>{escape(number)}</registration_number>\n"
        f"        <registration_date>{escape(day)}</registration_date>\n"
        "      </customer>\n    </priority_info>\n"
        for country, number, day in sheet.priorities
    )
