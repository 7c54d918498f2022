"""Events and recorded acts on their way into ST.66."""

from ipregister.exchange.st66.addresses import WIPO, write_party
from ipregister.exchange.st66.ties import write_classes
from ipregister.exchange.st96.pen import Pen
from ipregister.model.event import Event, Recordal
from ipregister.model.party import Party

ROLES = (("claimant", "Claimant"), ("representative", "Representative"))


def write_event(pen: Pen, one: Event, pointer: str) -> None:
    """An event, in the offices' own elements."""
    pen.out.append("<wo:MarkEvent>")
    pen.date("wo:MarkEventDate", one.date, f"{pointer}/date")
    coded = pen.text("wo:MarkEventCode", one.code, f"{pointer}/code")
    named = pen.text("wo:OfficeSpecificMarkEventName", one.office_name, f"{pointer}/office_name")
    pen.text("wo:OfficeSpecificMarkEventCode", one.office_code, f"{pointer}/office_code")
    pen.lines(
        "wo:OfficeSpecificMarkEventDescription", one.office_description, f"{pointer}/office_description"
    )
    pen.out.append("</wo:MarkEvent>")
    word = one.code if coded else one.office_name if named else ""
    if one.kind and (not word or pen.lookups.word("events", word) != one.kind):
        pen.carry(f"{pointer}/kind", one.kind)
    for name in ("country", "document"):
        if getattr(one, name):
            pen.carry(f"{pointer}/{name}", getattr(one, name))


def write_recordal(pen: Pen, one: Recordal, pointer: str) -> None:
    """A recorded act, as a basic record with the office's word for it."""
    pen.out.append("<MarkRecord><BasicRecord>")
    pen.text("RecordIdentifier", one.identifier, f"{pointer}/identifier")
    pen.date("RecordFilingDate", one.date, f"{pointer}/date")
    pen.date("RecordNotificationDate", one.notification_date, f"{pointer}/notification_date")
    pen.date("RecordEffectiveDate", one.effective_date, f"{pointer}/effective_date")
    worded = pen.text("BasicRecordKind", one.word, f"{pointer}/word")
    if one.kind and (not worded or pen.lookups.word("recordals", one.word) != one.kind):
        pen.carry(f"{pointer}/kind", one.kind)
    pen.plain_lines("RecordReference", one.numbers, f"{pointer}/numbers", most=1)
    _write_gazette(pen, one, pointer)
    _write_parties(pen, one.parties, f"{pointer}/parties")
    pen.text("RecordCurrentStatusCode", one.status, f"{pointer}/status")
    pen.date("RecordCurrentStatusDate", one.status_date, f"{pointer}/status_date")
    pen.lines("FactDecisionText", one.texts, f"{pointer}/texts", most=1)
    _write_offices(pen, one.offices, f"{pointer}/offices")
    pen.wrapped("GoodsServicesLimitationDetails", lambda: _write_limitation(pen, one, pointer))
    pen.out.append("</BasicRecord></MarkRecord>")
    for name in ("end_date", "decision", "decision_date"):
        if getattr(one, name):
            pen.carry(f"{pointer}/{name}", getattr(one, name))


def _write_gazette(pen: Pen, one: Recordal, pointer: str) -> None:
    if pen.keeps(one.publication):
        pen.out.append("<RecordPublicationDetails><RecordPublication>")
        pen.put("PublicationIdentifier", one.publication)
        pen.out.append("</RecordPublication></RecordPublicationDetails>")
    elif one.publication:
        pen.carry(f"{pointer}/publication", one.publication)


def _write_parties(pen: Pen, parties: tuple[Party, ...], pointer: str) -> None:
    """Claimants, then representatives; others are carried."""
    standing: list[int] = []
    for role, prefix in ROLES:
        start, before = len(pen.out), len(standing)
        pen.out.append(f"<{prefix}Details>")
        for index, one in enumerate(parties):
            place = f"{pointer}/{index}"

            def party(one: Party = one, place: str = place, prefix: str = prefix, role: str = role) -> None:
                write_party(pen, one, place, prefix, role)

            if one.role == role and pen.entry(one, place, party):
                standing.append(index)
        if len(standing) == before:
            del pen.out[start:]
        else:
            pen.out.append(f"</{prefix}Details>")
    for index, one in enumerate(parties):
        if index not in standing:
            pen.carry_all(one, f"{pointer}/{index}")
    pen.arrange(pointer, standing)


def _write_offices(pen: Pen, offices: tuple[str, ...], pointer: str) -> None:
    sound = next(
        (n for n, code in enumerate(offices) if not (code in WIPO and pen.keeps(code))), len(offices)
    )

    def countries() -> None:
        for code in offices[:sound]:
            pen.put("RecordDesignatedCountryCode", code)

    pen.wrapped("RecordDesignatedCountryDetails", countries)
    for index, code in enumerate(offices[sound:], start=sound):
        pen.carry(f"{pointer}/{index}", code)


def _write_limitation(pen: Pen, one: Recordal, pointer: str) -> None:
    def limitation() -> None:
        pen.text("GoodsServicesLimitationCode", one.category, f"{pointer}/category")
        write_classes(pen, one.classes, f"{pointer}/classes", "LimitationClassDescriptionDetails")

    pen.wrapped("GoodsServicesLimitation", limitation)
