"""Indications in Cambodia's trademark feed (ST.66), and the collective mark that bears the name of the first."""

from .. import lives
from ..filings import Filing, Source, filing
from ..goods import Goods
from ..marks import Words
from ..owners import Party
from ..records import piece
from ..vocabulary import words
from .named import named
from .parcels import Order, Parcel

BEYOND = 90_000
"""Where the numbers of these records begin in the office's series, after those of its marks."""


def shares() -> dict[str, int]:
    """How many records there are: the indications and one mark."""
    return {"KH": words("indications")["offices"]["KH"][0] + 1}


def indication(order: Order) -> Parcel | None:
    """One record as of the order's day: the collective mark first, then indications, each third one foreign."""
    if order.index:
        made = _named(order, order.index - 1)
        made.number = f"KH/G/{lives.year(made.life[0].day)}/{order.index}"
        made.registration = f"KH/G/{lives.year(made.happened('registered'))}/{order.index}"
        made.series = "indication"
    else:
        made = _named(order, 0)
        made.kind, made.feature = "collective", "word"
        made.logo = None
    if made.life[0].day > order.day:
        return None
    sent = piece(made, order.day)
    files = ((sent.picture_name, sent.picture),) if sent.picture else ()
    return Parcel(sent.name, sent.text.decode(), files)


def _named(order: Order, index: int) -> Filing:
    """A filing of the office that bears the name of its indication with that place."""
    known = named(Order(order.seed, order.right, order.office, index, order.today, order.day))
    source = Source(order.seed, order.today, 0)
    made = filing(source, order.office, BEYOND + order.index, full=True, national=True)
    made.words = Words(known.names[-1][1], "en", "")
    made.disclaimer, made.heir, made.corrected, made.deleted, made.priorities = "", None, 0, 0, []
    made.goods = [Goods(known.nice, "en", [known.what])]
    country = "TH" if index % 3 == 2 else "KH"
    name = f"Association of Producers of {known.place.latin}"
    made.owners = [Party(f"P{index}", name, "en", f"House of the Association, {known.place.latin}", country)]
    return made
