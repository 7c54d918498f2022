"""The Singapore feed: one bulk file of ``Trademark``, ``Article6ter`` and ``R13`` records without a namespace."""

from xml.sax.saxutils import escape

from .sheets import ClassText, PartyLines, Sheet
from .vocabulary import words

OPENING = '<?xml version="1.0" encoding="UTF-8"?>\n<TrademarkExport>\n'
CLOSING = "</TrademarkExport>\n"
ROOTS = {"A": "Article6ter", "L": "R13"}
FLAGS = {"3d": "three_dimensional_shape", "colour": "color_as_a_trademark"}


def record(sheet: Sheet, picture: bytes) -> str:
    """One record of the bulk file."""
    root = ROOTS.get(sheet.series, "Trademark")
    parts = [
        _one("tm_no", sheet.number),
        _one("application_type", sheet.transaction),
        _one("application_date", sheet.filed, always=True),
        _one("publication_date", sheet.published),
        _one("registration_completion_date", sheet.registered),
        _one("expiry_date", sheet.expiry),
        _one("mark_status", sheet.status),
        _one("status_date", sheet.status_day),
        _one("previous_status", sheet.notes.get("previous-status", "")),
        _mark(sheet),
        _one("mark_lodge_in_color", "Y" if sheet.colours else "N"),
        ""
        if not sheet.disclaimer
        else f"    <clause_details>\n  {_one('clause', sheet.disclaimer + '.')}    </clause_details>\n",
        _classes(sheet),
        "".join(_company(party) for party in sheet.owners),
        _agents(sheet.agents),
        _assignments(sheet),
    ]
    return f"  <{root}>\n{''.join(parts)}  </{root}>\n"


def _one(name: str, text: str, *, always: bool = False) -> str:
    return f"    <{name}>{escape(text)}</{name}>\n" if text or always else ""


def _mark(sheet: Sheet) -> str:
    text = sheet.texts[0][1] if sheet.texts else ""
    space = ' xml:space="preserve"' if sheet.index % 2 else ""
    parts = [_one("mark_description", text)]
    inner = f"      <words_in_mark{space}>{escape(text.upper())}</words_in_mark>\n" if text else ""
    if sheet.picture is not None:
        shown = words("features")["vienna"]["words"][sheet.picture % 12]
        inner += f"      <device_description>Stylised representation of a {shown}</device_description>\n"
    parts.append(f"    <mark_index>\n{inner}    </mark_index>\n")
    parts.append(_one("mark_translation", sheet.reading))
    if sheet.picture_name:
        kind = sheet.picture_name.rpartition(".")[2]
        parts.append(
            f"    <logo_details>\n      <file_name>{escape(sheet.picture_name)}</file_name>\n"
            f"      <type>{kind}</type>\n    </logo_details>\n"
        )
    flag = FLAGS.get(sheet.feature)
    if flag:
        parts.append(_one(flag, "Y"))
    elif sheet.feature not in ("word", "combined", "figurative"):
        parts.append(_one("non_conventional_mark", sheet.feature.title()))
    return "".join(parts)


def _classes(sheet: Sheet) -> str:
    claims = "".join(
        f"        <priority_claims>\n          <country>{escape(country)}</country>\n"
        f"          <date>{escape(day)}</date>\n        </priority_claims>\n"
        for country, day in _claims(sheet)
    )
    inner = "".join(_class(item, sheet.status, claims) for item in sheet.classes)
    return f"    <classes_details>\n{inner}    </classes_details>\n"


def _claims(sheet: Sheet) -> list[tuple[str, str]]:
    names = words("countries")["names"]
    return [(names.get(code, [code])[0].title(), day) for code, _, day in sheet.priorities]


def _class(item: ClassText, status: str, claims: str) -> str:
    number = item.number if len(item.number) != 1 else f"0{item.number}"
    text = "; ".join(text for _, text in item.texts)
    return (
        f"      <class_details>\n        <class_no>{escape(number)}</class_no>\n"
        f"        <class_status>{escape(status)}</class_status>\n"
        f"        <goods_services>{escape(text)}</goods_services>\n{claims}      </class_details>\n"
    )


def country_name(code: str) -> str:
    """A country as this feed writes it: an English name in capitals."""
    name: str = words("countries")["names"].get(code, [code])[0]
    return name


def _company(party: PartyLines) -> str:
    name = party.names[0][1] if party.names else ""
    lines = [line for address in party.addresses for line in address.split(", ")][:3]
    lines += [country_name(party.country).title(), "#-", "#-", "#-"]
    addresses = "".join(
        f"      <company_addr{place + 1}>{escape(lines[place])}</company_addr{place + 1}>\n"
        for place in range(4)
    )
    return (
        f"    <company_details>\n      <company_code>{party.code}</company_code>\n"
        f"      <company_name>{escape(name)}</company_name>\n{addresses}"
        f"      <country>{escape(country_name(party.country))}</country>\n    </company_details>\n"
    )


def _agents(agents: list[PartyLines]) -> str:
    if not agents:
        return ""
    inner = "".join(
        f"      <agent_details>\n        <agent_code>{agent.code}</agent_code>\n"
        f"        <agent_name>{escape(agent.names[0][1])}</agent_name>\n"
        f"        <agent_addr1>{escape(agent.addresses[0])}</agent_addr1>\n"
        "        <agent_addr2>SINGAPORE</agent_addr2>\n        <type>Agent</type>\n      </agent_details>\n"
        for agent in agents
    )
    return f"    <agent_afs_details>\n{inner}    </agent_afs_details>\n"


def _assignments(sheet: Sheet) -> str:
    """Assignments stand in the feed with the day on which they took effect."""
    return "".join(
        f"    <assignment_details>\n      <effective_date>{'/'.join(reversed(event.day.split('-')))}"
        "</effective_date>\n      <type>Assignment</type>\n    </assignment_details>\n"
        for event in sheet.events
        if event.name == "Change of ownership"
    )
