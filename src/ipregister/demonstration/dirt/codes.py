"""Dirt in statuses, events, features, kinds and headers."""

from ..sheets import EventLine, Sheet
from ..vocabulary import words


def unknown_status(sheet: Sheet) -> None:
    """A status nobody has heard of."""
    sheet.status = ("Suspended by court", "Awaiting archive", "9999")[sheet.index % 3]


def numeric_status(sheet: Sheet) -> None:
    """A number of the office's own system in place of a status."""
    numbers = words("statuses")["numeric"][sheet.office]
    sheet.status = numbers[sheet.index % len(numbers)]


def no_status(sheet: Sheet) -> None:
    """No status."""
    sheet.status = ""
    sheet.notes["no-status"] = "yes"


def capital_status(sheet: Sheet) -> None:
    """The status in capitals, with a space."""
    sheet.status = f"{sheet.status.upper()} "


def received_in_error(sheet: Sheet) -> None:
    """An application that should not be there."""
    sheet.status = "TM Applications Received in Error"


def split_status(sheet: Sheet) -> None:
    """A divided application."""
    sheet.status = "Split"


def no_event_code(sheet: Sheet) -> None:
    """Events with the office's own names only."""
    for event in sheet.events:
        event.code = ""


def unknown_event(sheet: Sheet) -> None:
    """An event that is on no list."""
    sheet.events.append(EventLine(sheet.events[-1].day, "Nonsense", "Ministerial order"))


def misspelled_event(sheet: Sheet) -> None:
    """``Notificationd``."""
    sheet.events.append(EventLine(sheet.events[-1].day, "Notificationd", "Thông báo"))


def no_events(sheet: Sheet) -> None:
    """An empty list of events."""
    sheet.events = []


def one_event(sheet: Sheet) -> None:
    """Only the last event is left, and the registration date stands nowhere else."""
    sheet.events = [event for event in sheet.events if event.code == "Registered"][-1:] or sheet.events[-1:]
    sheet.registered = ""


def dash_event(sheet: Sheet) -> None:
    """A dash as an event's name."""
    sheet.events[-1].name = "-"


def zero_event_date(sheet: Sheet) -> None:
    """An event on 0000-00-00."""
    sheet.events[-1].day = "0000-00-00"


def unknown_feature(sheet: Sheet) -> None:
    """A feature outside the list."""
    sheet.shape = "NOT DEFINED" if sheet.office == "MY" else "Unknown"


def any_combination(sheet: Sheet) -> None:
    """``ANYCOMBINATION``."""
    sheet.shape = "ANYCOMBINATION"


def no_feature(sheet: Sheet) -> None:
    """No feature."""
    sheet.shape = ""


def no_kind(sheet: Sheet) -> None:
    """No kind of mark."""
    sheet.kind = ""


def undefined_kind(sheet: Sheet) -> None:
    """``NOT DEFINED`` as transaction and kind."""
    sheet.transaction = sheet.kind = "NOT DEFINED"


def empty_transaction(sheet: Sheet) -> None:
    """An empty transaction code."""
    sheet.transaction = sheet.subtransaction = ""


def unknown_transaction(sheet: Sheet) -> None:
    """A transaction subcode outside the list."""
    sheet.subtransaction = "Test Migration 2"


def related_foreign(sheet: Sheet) -> None:
    """``Related Foreign Trademarks``."""
    sheet.subtransaction = "Related Foreign Trademarks"


def no_header(sheet: Sheet) -> None:
    """The transaction's codes are missing altogether."""
    sheet.notes["no-header"] = "yes"


def four_digit_vienna(sheet: Sheet) -> None:
    """Codes of the Vienna classification with two parts only."""
    sheet.vienna = [code[:5] for code in sheet.vienna]


def unknown_vienna(sheet: Sheet) -> None:
    """A code of no figure."""
    sheet.vienna = [*sheet.vienna, "99.99.99"]


def compact_vienna(sheet: Sheet) -> None:
    """Codes without full stops."""
    sheet.vienna = [code.replace(".", "") for code in sheet.vienna]


def named_without_file(sheet: Sheet) -> None:
    """A picture's name and no picture."""
    sheet.picture = None


def file_without_name(sheet: Sheet) -> None:
    """A picture that no element names."""
    sheet.picture_name = ""


def other_file_name(sheet: Sheet) -> None:
    """Another name of the picture file than usual."""
    sheet.notes["picture-file"] = "logo.JPG"
    if sheet.office in ("SG", "WO"):
        sheet.picture_name = sheet.picture_name.upper()
