"""What happened to a mark, in ST.96: events, recorded acts, oppositions."""

from ipregister.exchange.st96.carried import use
from ipregister.exchange.st96.parties import parties, write_party
from ipregister.exchange.st96.pen import Pen
from ipregister.exchange.st96.words import EVENTS, NEUTRAL_EVENT, OFFICES, RECORD_STATUSES, RECORDALS
from ipregister.exchange.xml.rules import Rule, date, each, group, leaf, lines, listed, single, text
from ipregister.exchange.xml.sheet import Plain, Sheet
from ipregister.model.event import Event, Recordal
from ipregister.model.party import Party


def _set_category(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    if raw == NEUTRAL_EVENT:
        use(sheet, position)
    elif not sheet.put_word(draft, pointer, "kind", raw, position, table="events"):
        sheet.spare("MarkEvent/MarkEventCategory", raw, position)


def _set_code(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    if not sheet.put(draft, pointer, "code", raw, position) or "kind" in draft:
        return
    if not sheet.put_word(draft, pointer, "kind", raw, position, table="events"):
        sheet.find("unknown-event", f"{pointer}/code", raw)


def _description(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    """The first description is the event's name."""
    if "office_name" not in draft:
        sheet.put(draft, pointer, "office_name", raw, position)
    else:
        texts: list[Plain] = draft.setdefault("office_description", [])
        sheet.put_text(texts, f"{pointer}/office_description", raw, position, language=None)


MARK_EVENTS: Rule = group(
    {
        "MarkEvent": each(
            "events",
            {
                "MarkEventCategory": single("kind", _set_category),
                "CommentText": lines("office_description"),
                "NationalMarkEvent": group(
                    {
                        "MarkEventCode": single("code", _set_code),
                        "MarkEventDescriptionText": leaf(_description),
                        "MarkEventDocumentIdentifier": text("document"),
                        "CommentText": lines("office_description"),
                    }
                ),
                "MarkEventDate": date("date"),
                "MarkEventDateTime": date("date"),
            },
        )
    }
)


def _set_word(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    if not sheet.put(draft, pointer, "word", raw, position):
        return
    if not sheet.put_word(draft, pointer, "kind", raw, position, table="recordals"):
        sheet.find("unknown-recordal", f"{pointer}/word", raw)


WORD: Rule = single("word", _set_word)
LIMITATION: Rule = group(
    {
        "GoodsServicesLimitation": group(
            {
                "LimitationCountryCodeBag": group({"LimitationCountryCode": listed("offices")}),
                "GoodsServicesLimitationCategory": text("category"),
                "CommentTextBag": group({"CommentText": lines("texts")}),
            }
        )
    }
)
_LICENCE: Rule = group(
    {
        "LicenceIdentifier": text("identifier"),
        "LicenceNumber": listed("numbers"),
        "LicenceReference": listed("numbers"),
        "LicenceDate": date("date"),
        "LicenceCategory": text("category"),
        "TerritoryLimitationText": lines("texts"),
        "PeriodLimitationText": lines("texts"),
        "PeriodLimitationStartDate": date("effective_date"),
        "PeriodLimitationEndDate": date("end_date"),
        "LicenceStatusCategory": text("status"),
        "LicenseeBag": parties("parties", "Licensee", role="licensee"),
        "RepresentativeBag": parties("parties", "Representative", role="representative"),
    }
)
_ACT: dict[str, Rule] = {
    "RecordIdentifier": text("identifier"),
    "RecordFilingDate": date("date"),
    "RecordNotificationDate": date("notification_date"),
    "RecordEffectiveDate": date("effective_date"),
    "BasicRecordCategory": WORD,
    "RecordOppositionPeriodCategory": WORD,
    "RecordTransferCategory": WORD,
    "RecordChangeNameAddressCategory": WORD,
    "RecordLicenceCategory": WORD,
    "RecordShortNotationCategory": WORD,
    "RecordReference": listed("numbers"),
    "RecordPublicationBag": group(
        {"RecordPublication": group({"PublicationIdentifier": text("publication")})}
    ),
    "ClaimantBag": parties("parties", "Claimant", role="claimant"),
    "RepresentativeBag": parties("parties", "Representative", role="representative"),
    "RecordCurrentStatusCategory": text("status"),
    "RecordCurrentStatusDate": date("status_date"),
    "RecordInterestedOfficeCode": listed("offices"),
    "RecordDesignatedCountryCodeBag": group({"RecordDesignatedCountryCode": listed("offices")}),
    "RecordUseIntentBag": group({"RecordUseIntentCountryCode": listed("offices")}),
    "RecordOppositionPeriodStartDate": date("date"),
    "RecordOppositionPeriodEndDate": date("end_date"),
    "HolderChangeBag": group(
        {
            "PreviousHolderBag": parties("parties", "PreviousHolder", role="previous-holder"),
            "HolderBag": parties("parties", "Holder", role="new-holder"),
        }
    ),
    "LicenceBag": group({"Licence": _LICENCE}),
    "NationalMarkBag": group({"NationalMark": group({"NationalMarkRegistrationNumber": listed("numbers")})}),
    "GoodsServicesLimitationBag": LIMITATION,
}


def _act(kind: str = "") -> Rule:
    return each("recordals", _ACT, kind=kind)


RECORDS: Rule = group(
    {
        "MarkRecord": group(
            {
                "BasicRecord": _act(),
                "RecordOppositionPeriod": _act("opposition"),
                "RecordTransfer": _act("transfer"),
                "RecordChangeNameAddress": _act("change-of-name"),
                "RecordLicence": _act("licence"),
                "RecordNationalInternationalReplacement": _act("replacement"),
                "RecordShortNotation": _act(),
            }
        )
    }
)

OPPOSITIONS: Rule = group(
    {
        "Opposition": each(
            "recordals",
            {
                "OppositionIdentifier": text("identifier"),
                "OppositionDate": date("date"),
                "OppositionReference": listed("numbers"),
                "OppositionBasisCategory": text("category"),
                "OppositionGroundsText": lines("texts"),
                "OppositionExtentText": lines("texts"),
                "OppositionCurrentStatusCategory": text("status"),
                "OppositionCurrentStatusDate": date("status_date"),
                "PlaintiffBag": parties("parties", "Plaintiff", role="opponent"),
            },
            kind="opposition",
        )
    }
)


def write_event(pen: Pen, one: Event, pointer: str) -> None:
    """An event; what it was goes into its category where the standard has one that says it."""
    category = _category(pen, one.kind)
    code, kind = one.code, one.kind
    read = pen.lookups.word("events", code) if pen.keeps(code) else None
    derived = category is None and read is not None
    if derived and read != kind:
        pen.carry(f"{pointer}/code", code)
        code = ""
    pen.out.append("<tmk:MarkEvent>")
    if category is None:
        pen.out.append(f"<tmk:MarkEventCategory>{NEUTRAL_EVENT}</tmk:MarkEventCategory>")
        if kind and not (derived and code):
            pen.carry(f"{pointer}/kind", kind)
    else:
        pen.put("tmk:MarkEventCategory", category)
    pen.lines("com:CommentText", one.office_description, f"{pointer}/office_description", most=1)
    pen.out.append("<tmk:NationalMarkEvent>")
    pen.text("tmk:MarkEventCode", code, f"{pointer}/code")
    if not pen.text("tmk:MarkEventDescriptionText", one.office_name, f"{pointer}/office_name"):
        pen.out.append("<tmk:MarkEventDescriptionText/>")
    pen.text("tmk:MarkEventDocumentIdentifier", one.document, f"{pointer}/document")
    pen.out.append("</tmk:NationalMarkEvent>")
    pen.date("tmk:MarkEventDate", one.date, f"{pointer}/date")
    pen.out.append("</tmk:MarkEvent>")
    for name in ("office_code", "country"):
        if getattr(one, name):
            pen.carry(f"{pointer}/{name}", getattr(one, name))


def _category(pen: Pen, kind: str) -> str | None:
    """The standard's category that this office's table reads as our kind."""
    return next((word for word in EVENTS if pen.lookups.word("events", word) == kind), None) if kind else None


def write_recordal(pen: Pen, one: Recordal, pointer: str) -> None:
    """A recorded act as a basic record; the kind is carried where the word does not tell it."""
    pen.out.append("<tmk:MarkRecord><tmk:BasicRecord>")
    if not pen.text("com:RecordIdentifier", one.identifier, f"{pointer}/identifier"):
        pen.out.append("<com:RecordIdentifier/>")
    pen.date("com:RecordFilingDate", one.date, f"{pointer}/date")
    pen.date("com:RecordNotificationDate", one.notification_date, f"{pointer}/notification_date")
    pen.date("com:RecordEffectiveDate", one.effective_date, f"{pointer}/effective_date")
    _write_word(pen, one, pointer)
    pen.plain_lines("com:RecordReference", one.numbers, f"{pointer}/numbers", most=1)
    if pen.keeps(one.publication):
        pen.out.append("<tmk:RecordPublicationBag><tmk:RecordPublication>")
        pen.put("com:PublicationIdentifier", one.publication)
        pen.out.append("</tmk:RecordPublication></tmk:RecordPublicationBag>")
    elif one.publication:
        pen.carry(f"{pointer}/publication", one.publication)
    _write_parties(pen, one.parties, f"{pointer}/parties")
    pen.coded("com:RecordCurrentStatusCategory", one.status, f"{pointer}/status", RECORD_STATUSES)
    pen.date("com:RecordCurrentStatusDate", one.status_date, f"{pointer}/status_date")
    pen.wrapped("com:RecordDesignatedCountryCodeBag", lambda: _write_offices(pen, one, pointer))
    pen.out.append("</tmk:BasicRecord></tmk:MarkRecord>")
    for name in ("end_date", "decision", "decision_date", "category"):
        if getattr(one, name):
            pen.carry(f"{pointer}/{name}", getattr(one, name))
    pen.carry_all(one.classes, f"{pointer}/classes")
    for index, words in enumerate(one.texts):
        pen.carry_text(words, f"{pointer}/texts/{index}")


def _write_word(pen: Pen, one: Recordal, pointer: str) -> None:
    kind = one.kind
    if one.word in RECORDALS and pen.keeps(one.word):
        read = pen.lookups.word("recordals", one.word)
        if read is None or read == kind:
            pen.put("tmk:BasicRecordCategory", one.word)
            kind = "" if read else kind
        else:
            pen.carry(f"{pointer}/word", one.word)
    elif one.word:
        pen.carry(f"{pointer}/word", one.word)
    if kind:
        pen.carry(f"{pointer}/kind", kind)


def _write_offices(pen: Pen, one: Recordal, pointer: str) -> None:
    standing = []
    for index, code in enumerate(one.offices):
        if code in OFFICES and pen.keeps(code):
            pen.put("com:RecordDesignatedCountryCode", code)
            standing.append(index)
        else:
            pen.carry(f"{pointer}/offices/{index}", code)
    pen.arrange(f"{pointer}/offices", standing)


def _write_parties(pen: Pen, parties: tuple[Party, ...], pointer: str) -> None:
    """Claimants, then representatives; parties in other roles are carried."""
    order: list[int] = []
    for bag, tag, role in (
        ("tmk:ClaimantBag", "tmk:Claimant", "claimant"),
        ("com:RepresentativeBag", "com:Representative", "representative"),
    ):
        start, before = len(pen.out), pen.count
        pen.out.append(f"<{bag}>")
        for index, one in enumerate(parties):
            if one.role == role:
                place = f"{pointer}/{index}"

                def writing(tag: str = tag, one: Party = one, place: str = place, role: str = role) -> None:
                    pen.out.append(f"<{tag}>")
                    write_party(pen, one, place, role=role)
                    pen.out.append(f"</{tag}>")

                if pen.entry(one, place, writing):
                    order.append(index)
                else:
                    pen.carry(f"{place}/role", role)
        if pen.count == before:
            del pen.out[start:]
        else:
            pen.out.append(f"</{bag}>")
    pen.arrange(pointer, order)
    for index, one in enumerate(parties):
        if one.role not in ("claimant", "representative"):
            pen.carry_all(one, f"{pointer}/{index}")
