"""The columns of the table and how a record fills them."""

import csv
import io
from collections.abc import Callable, Iterable

from ipregister.model.mark import Trademark
from ipregister.model.party import Party
from ipregister.model.text import Text

JOIN = " | "

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins with one of these would be run as a formula by a spreadsheet."""


def _texts(entries: Iterable[Text]) -> str:
    return JOIN.join(text.text for text in entries)


def _names(parties: Iterable[Party]) -> str:
    return JOIN.join(
        " ".join(text.text for text in (*p.names, *p.first_names, *p.last_names, *p.organization_names))
        for p in parties
    )


def _countries(parties: Iterable[Party]) -> str:
    return JOIN.join(p.country for p in parties)


def _numbers(record: Trademark) -> str:
    return JOIN.join(str(number) for number in dict.fromkeys(g.class_number for g in record.goods) if number)


def _goods(record: Trademark) -> str:
    blocks = [f"{g.class_number or '?'}: {_texts(g.texts)}" for g in record.goods]
    return JOIN.join([*blocks, *(text.text for text in record.goods_unclassified)])


COLUMNS: dict[str, Callable[[Trademark], str | None]] = {
    "office": lambda r: r.office,
    "subtype": lambda r: r.subtype,
    "kinds": lambda r: JOIN.join(r.kinds),
    "application_number": lambda r: r.application_number,
    "application_date": lambda r: r.application_date,
    "registration_number": lambda r: r.registration_number,
    "registration_date": lambda r: r.registration_date,
    "international_number": lambda r: r.international_number,
    "expiry_date": lambda r: r.expiry_date,
    "office_status": lambda r: r.office_status,
    "status_date": lambda r: r.status_date,
    "feature": lambda r: r.mark.feature,
    "mark": lambda r: _texts(r.mark.verbal),
    "translations": lambda r: _texts(r.mark.translations),
    "transliterations": lambda r: _texts(r.mark.transliterations),
    "disclaimers": lambda r: _texts(r.mark.disclaimers),
    "vienna": lambda r: JOIN.join(code for image in r.mark.images for code in image.vienna),
    "colours": lambda r: JOIN.join(t.text for image in r.mark.images for t in image.colour_claims),
    "classes": _numbers,
    "goods": _goods,
    "applicants": lambda r: _names(r.applicants),
    "applicant_countries": lambda r: _countries(r.applicants),
    "holders": lambda r: _names(r.holders),
    "representatives": lambda r: _names(r.representatives),
    "priorities": lambda r: JOIN.join(
        " ".join(filter(None, (p.country, p.number, p.date))) for p in r.priorities
    ),
    "publications": lambda r: JOIN.join(
        " ".join(filter(None, (p.identifier, p.date))) for p in r.publications
    ),
    "designations": lambda r: JOIN.join(d.country for d in r.designations),
}
"""Every column: name -> what fills it. The record key comes before them, the day of the data
and the office's notice after them."""


def row(key: str, record: Trademark, data_day: str = "", notice: str = "") -> list[str]:
    """The cells of a record, key first, day of the data and notice last; nothing is run as a formula."""
    cells = [key, *(fill(record) or "" for fill in COLUMNS.values()), data_day, notice]
    return [f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells]


def _line(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()


def heading() -> str:
    """The heading as a line of CSV (RFC 4180)."""
    return _line(["key", *COLUMNS, "data_day", "notice"])


def line(key: str, record: Trademark, data_day: str = "", notice: str = "") -> str:
    """A record as a line of CSV."""
    return _line(row(key, record, data_day, notice))
