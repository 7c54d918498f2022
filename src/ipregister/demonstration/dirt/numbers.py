"""Dirt in numbers."""

from ..sheets import Sheet


def spaced(sheet: Sheet) -> None:
    """A space inside the number."""
    sheet.number = f"{sheet.number[:2]} {sheet.number[2:]}"


def missing(sheet: Sheet) -> None:
    """No application number."""
    sheet.number = ""
    sheet.notes["no-number"] = "yes"


def registration_dash(sheet: Sheet) -> None:
    """A trailing dash after the registration number."""
    sheet.registration += "-" if sheet.registration else ""


def registration_na(sheet: Sheet) -> None:
    """N/A in place of the registration number."""
    sheet.registration = "N/A"


def registration_is_application(sheet: Sheet) -> None:
    """The registration number repeats the application number."""
    sheet.registration = sheet.number if sheet.registration else ""


def no_registration(sheet: Sheet) -> None:
    """A registered mark without a registration number."""
    sheet.registration = ""


def empty_madrid(sheet: Sheet) -> None:
    """``KH/M/`` and nothing after it."""
    sheet.registration = "KH/M/"


def old_mask(sheet: Sheet) -> None:
    """PH/4/1981/00000115, which no published mask covers."""
    digits = "".join(filter(str.isdigit, sheet.number))
    sheet.number = f"PH/4/{digits[1:5]}/{digits[5:]}"


def publication_na(sheet: Sheet) -> None:
    """N/A as the number of the publication."""
    sheet.publication = "N/A"


def priority_number_none(sheet: Sheet) -> None:
    """NONE as the number of a priority."""
    for claim in sheet.priorities:
        claim[1] = "NONE"
