"""A sheet: what an office's clerk has on the desk for one mark on one day, as printed strings.

Dirt is done to sheets (``dirt``); the writers turn sheets into the offices' feed formats.
"""

from dataclasses import dataclass, field

from . import lives
from .filings import Filing
from .lives import Event
from .logos import colours
from .owners import Party
from .transactions import transaction
from .vocabulary import feature_word, office_words, status_word, words

SLASHED = ("SG",)
STANDING = {"granted": "registered", "limited": "registered"}


@dataclass(slots=True)
class PartyLines:
    """An owner or agent as lines of names (with language, "" for none) and of addresses."""

    names: list[tuple[str, str]]
    addresses: list[str]
    country: str
    code: str


@dataclass(slots=True)
class ClassText:
    """One class heading as printed, and its texts (language, text)."""

    number: str
    texts: list[tuple[str, str]]


@dataclass(slots=True)
class EventLine:
    """One event as printed."""

    day: str
    code: str
    name: str
    number: str = ""
    description: str = ""


@dataclass(slots=True)
class Sheet:
    """Everything that a feed says about one mark."""

    office: str
    index: int
    number: str
    filed: str
    registration: str
    registered: str
    expiry: str
    status: str
    status_day: str
    published: str
    publication: str
    language: str
    transaction: str
    subtransaction: str
    kind: str
    feature: str
    shape: str
    disclaimer: str
    texts: list[tuple[str, str]]
    reading: str
    picture: int | None
    picture_name: str
    colours: list[int]
    vienna: list[str]
    classes: list[ClassText]
    priorities: list[list[str]]
    owners: list[PartyLines]
    agents: list[PartyLines]
    events: list[EventLine]
    international: str = ""
    series: str = ""
    translation: str = ""
    significant: str = ""
    identifier: str = ""
    designated: list[tuple[str, str]] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)


def sheet(filing: Filing, day: int) -> Sheet:
    """The filing as its office knows it on that day, without dirt."""
    office, row = filing.office, office_words(filing.office)
    printed = lives.slashed if office in SLASHED else lives.iso
    life = [event for event in filing.life if event.day <= day] or filing.life[:1]
    kinds = {event.kind: event.day for event in reversed(life)}
    latest = _telling(life)
    standing = STANDING.get(latest.kind, latest.kind)
    end = lives.term_end(life, "filed" if filing.international else row["term_from"])
    code, subcode, kind = transaction(filing)
    language = row["language"] if not filing.international or office in ("LA", "ID") else "en"
    coloured = filing.logo is not None and filing.index % 3 == 0
    made = Sheet(
        office=office, index=filing.index, number=filing.number, filed=printed(life[0].day),
        registration=filing.registration if "registered" in kinds else "",
        registered=printed(kinds["registered"]) if "registered" in kinds else "",
        expiry=printed(end) if end else "", status=_status(office, standing), status_day=printed(latest.day),
        published=printed(kinds["published"]) if "published" in kinds else "", publication=filing.number,
        language=language, transaction=code, subtransaction=subcode, kind=kind,
        feature=filing.feature, shape=feature_word(office, filing.feature),
        disclaimer=filing.disclaimer, texts=_texts(filing, day, language),
        reading=filing.words.reading if filing.words else "",
        picture=filing.logo, picture_name=_picture_name(filing),
        colours=colours(filing.logo) if coloured and filing.logo is not None else [],
        vienna=_vienna(filing.logo), classes=_classes(filing),
        priorities=[[country, number, printed(then)] for country, number, then in filing.priorities],
        owners=[_lines(party, office, language) for party in _holders(filing, day)],
        agents=[_lines(filing.agent, office, language)] if filing.agent else [],
        events=[_event(office, event, place) for place, event in enumerate(life)],
        international=filing.international, series=filing.series,
    )  # fmt: skip
    if office == "TH" and filing.international:
        made.events.append(EventLine(made.filed, "Madrid Designation", f"IRN:{filing.international}"))
    if office == "WO":
        made.designated = [(code, "Protocol" if made.index % 7 else "9sexies") for code in filing.designated]
    return made


def _telling(life: list[Event]) -> Event:
    """The event that gives the status: the gazette of a registration leaves the mark registered."""
    told = [event for event in life if event.kind != "published"]
    return told[-1] if any(event.kind == "registered" for event in told) else life[-1]


def _status(office: str, standing: str) -> str:
    return "" if office in ("KZ", "WO") else status_word(office, standing)


def _holders(filing: Filing, day: int) -> list[Party]:
    transferred = filing.happened("transferred")
    return [filing.heir] if filing.heir and transferred <= day else filing.owners


def _texts(filing: Filing, day: int, language: str) -> list[tuple[str, str]]:
    """The words of the mark; before a correction, with the clerk's slip of the pen."""
    if filing.words is None:
        return []
    text = filing.words.text
    if filing.corrected > day and len(text) > 3:
        text = text[:2] + text[1:] if filing.index % 2 else text[:-1]
    return [(filing.words.language if filing.office in ("KZ", "SG") else language, text)]


def _classes(filing: Filing) -> list[ClassText]:
    listed = []
    for item in filing.goods:
        language = (
            item.language if filing.office not in ("LA", "VN") else office_words(filing.office)["language"]
        )
        text = "; ".join(item.terms)
        if filing.office == "MY":
            text += f"; all included in Class {item.number}"
        if filing.index % 2 or filing.office == "WO":
            text = text[:1].upper() + text[1:] + "."
        listed.append(ClassText(str(item.number), [(language, text)]))
    return listed


def _picture_name(filing: Filing) -> str:
    if filing.logo is None:
        return ""
    if filing.office == "SG":
        return f"{filing.number}.jpg"
    if filing.office == "WO":  # without the letter of a divided registration
        return f"{filing.number.rstrip('A')}.jpg"
    return "ATTACHMENT/logo"


def _vienna(logo: int | None) -> list[str]:
    if logo is None:
        return []
    codes = words("features")["vienna"]["codes"]
    return sorted({codes[logo % 12], codes[logo // 12 % 12]})


def _lines(party: Party, office: str, language: str) -> PartyLines:
    names = [(language, party.name)]
    addresses = [party.address]
    if office == "ID":  # the export of this office says everything twice
        names.append(("en", party.name))
        addresses.append(party.address)
    return PartyLines(names, addresses, party.country, party.code)


def _event(office: str, event: Event, place: int) -> EventLine:
    stages = words("statuses")["events"]
    code, name = stages[STANDING.get(event.kind, event.kind)]
    line = EventLine(lives.iso(event.day), code, name)
    if event.kind in ("registered", "renewed", "refused"):
        line.number = f"{(sum(map(ord, event.kind)) + ord(office[0])) % 300:03d}"
        line.description = f"(TM) {code}" if office == "LA" else f"TM {code}"
    if office == "WO":
        line.code = words("statuses")["records"].get(event.kind, "")
        line.name = event.kind
    return line
