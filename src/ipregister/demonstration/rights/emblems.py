"""Emblems of Article 6ter in Singapore's feed: records of a kind of their own among its marks, each with its picture."""

from .. import lives, logos
from ..numbers import CHECK
from .markup import DECLARATION, around, one
from .parcels import Order, Parcel

COUNT = 6
FIRST = 90_001
"""Where the numbers of these records begin, after those among the office's marks."""
STATES = ("ISLANDS OF SERAMBEL", "REPUBLIC OF TAVAMIR", "KINGDOM OF LOHESA")
SORTS = (
    ("State emblem", "STATE SEAL OF THE {}", "Two dolphins below a crown"),
    ("State emblem", "FLAG OF THE {}", "A heron in a ring"),
    ("Official sign", "HALLMARK OF THE {}", "A sun above waves"),
)


def emblem(order: Order) -> Parcel | None:
    """One emblem as of the order's day."""
    rng = order.chance()
    day = order.today - 200 - int(rng.random() * 3000)
    if day > order.day:
        return None
    serial = FIRST + order.index
    number = f"A{lives.year(day)}{serial:05d}{CHECK[serial % len(CHECK)]}"
    state = STATES[order.index % len(STATES)]
    sort, name, shown = SORTS[order.index // len(STATES) % len(SORTS)]
    text = DECLARATION + around(
        "Article6ter",
        one("tm_no", number),
        one("application_type", sort),
        one("application_date", lives.slashed(day)),
        one("mark_status", "Protected"),
        one("status_date", lives.slashed(day)),
        one("mark_description", name.format(state)),
        around("mark_index", one("device_description", shown)),
        around("logo_details", one("file_name", f"{number}.jpg"), one("type", "jpg")),
        one("mark_lodge_in_color", "Y"),
        around("company_details", one("company_name", f"GOVERNMENT OF THE {state}"), one("country", "FIJI")),
    )
    return Parcel(number, text, ((f"{number}.jpg", logos.logo(4000 + serial)),))
