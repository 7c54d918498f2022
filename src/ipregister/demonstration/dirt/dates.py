"""Dirt in dates."""

from datetime import date

from ..sheets import Sheet

LOCAL_DIGITS = {"LA": "໐໑໒໓໔໕໖໗໘໙", "KH": "០១២៣៤៥៦៧៨៩", "TH": "๐๑๒๓๔๕๖๗๘๙"}


def zero(sheet: Sheet) -> None:
    """0000-00-00."""
    sheet.registered = "0000-00-00"


def thirtieth_of_february(sheet: Sheet) -> None:
    """A day that does not exist."""
    sheet.registered = f"{sheet.registered[:4]}-02-30" if sheet.registered else ""


def thirteenth_month(sheet: Sheet) -> None:
    """A month that does not exist."""
    sheet.registered = f"{sheet.registered[:4]}-13-45" if sheet.registered else ""


def compact(sheet: Sheet) -> None:
    """20220511."""
    sheet.filed = sheet.filed.replace("-", "")


def slashed(sheet: Sheet) -> None:
    """11/05/2022 among dates of the form 2022-05-11."""
    sheet.filed = "/".join(reversed(sheet.filed.split("-")))


def ancient(sheet: Sheet) -> None:
    """A filing in the sixteenth century."""
    sheet.filed = "1562-01-01"


def far_future(sheet: Sheet) -> None:
    """A publication that is still to come, for a long time."""
    sheet.published = "2999-12-31"


def impossible_priority(sheet: Sheet) -> None:
    """2222-99-99."""
    for claim in sheet.priorities:
        claim[2] = "2222-99-99"


def priority_after_filing(sheet: Sheet) -> None:
    """A priority later than the filing."""
    for claim in sheet.priorities:
        claim[2] = f"{int(sheet.filed[:4]) + 1}-06-30"


def no_filing_date(sheet: Sheet) -> None:
    """An empty filing date."""
    sheet.filed = ""
    sheet.notes["empty-filed"] = "yes"


def no_registration_date(sheet: Sheet) -> None:
    """The registration date stands in the events only."""
    sheet.registered = ""


def no_expiry(sheet: Sheet) -> None:
    """No expiry date although registered."""
    sheet.expiry = ""


def no_status_date(sheet: Sheet) -> None:
    """No date of the status."""
    sheet.status_day = ""


def padded(sheet: Sheet) -> None:
    """Spaces around a date."""
    sheet.filed = f" {sheet.filed} "


def buddhist(sheet: Sheet) -> None:
    """A year of the Buddhist era."""
    sheet.filed = f"{int(sheet.filed[:4]) + 543}{sheet.filed[4:]}"


def local_digits(sheet: Sheet) -> None:
    """Lao, Khmer or Thai digits."""
    sheet.filed = sheet.filed.translate(str.maketrans("0123456789", LOCAL_DIGITS[sheet.office]))


def buddhist_local_digits(sheet: Sheet) -> None:
    """A Buddhist year in local digits."""
    buddhist(sheet)
    local_digits(sheet)


def with_time(sheet: Sheet) -> None:
    """A date with a time of day."""
    sheet.filed += "T00:00:00"


def american(sheet: Sheet) -> None:
    """MM/DD/YYYY."""
    if sheet.status_day:
        year, month, day = sheet.status_day.split("-")
        sheet.status_day = f"{month}/{day}/{year}"


def in_words(sheet: Sheet) -> None:
    """Mon, DD and YYYY with tabs between them."""
    if sheet.status_day:
        sheet.status_day = date.fromisoformat(sheet.status_day).strftime("%b\t%d\t%Y")


def malformed(sheet: Sheet) -> None:
    """A slip of the keyboard: a digit too many."""
    sheet.filed = sheet.filed[:3] + sheet.filed[2:]


def registered_before_filing(sheet: Sheet) -> None:
    """The registration bears the priority's date."""
    if sheet.priorities and sheet.registered:
        sheet.registered = sheet.priorities[0][2]


def published_before_filing(sheet: Sheet) -> None:
    """A publication before the filing."""
    sheet.published = f"{int(sheet.filed[:4]) - 1}{sheet.filed[4:8]}01"


def other_year_than_number(sheet: Sheet) -> None:
    """The year in the number is not that of the filing date."""
    sheet.filed = f"{int(sheet.filed[:4]) - 1}{sheet.filed[4:8]}15"


def impossible_slashed(sheet: Sheet) -> None:
    """31/02/2019 in the Singapore feed."""
    sheet.registered = f"31/02/{sheet.registered[-4:]}" if sheet.registered else ""


def iso_among_slashed(sheet: Sheet) -> None:
    """2019-05-31 in a feed of DD/MM/YYYY."""
    sheet.status_day = "-".join(reversed(sheet.status_day.split("/")))


def dash(sheet: Sheet) -> None:
    """A dash in place of a date."""
    sheet.expiry = "-"
