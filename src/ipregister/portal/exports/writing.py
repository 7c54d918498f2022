"""Hits as lines of a file: CSV, JSON lines, and a workbook made of the lines."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import xlsxwriter
from msgspec import Struct

from ipregister.model.cell import guarded
from ipregister.model.record import right_of
from ipregister.model.sheets import ROWS, Texts
from ipregister.portal import publicly
from ipregister.portal.addresses import record_address
from ipregister.portal.hits import line
from ipregister.portal.publicly import Shown
from ipregister.publication.release import Terms
from ipregister.search.entries import entries

JOIN = " | "
Plain = dict[str, Any]


def _texts(items: Iterable[Plain]) -> str:
    return JOIN.join(dict.fromkeys(item["text"] for item in items if item.get("text")))


def _names(plain: Plain, role: str) -> str:
    return JOIN.join(
        name for party in entries(plain, role)
        if (name := _texts([*party.get("names", ()), *party.get("organization_names", ())]))
    )  # fmt: skip


def _vienna(plain: Plain) -> str:
    images = plain.get("mark", {}).get("images", ())
    return JOIN.join(dict.fromkeys(code for image in images for code in image.get("vienna", ())))


def _countries(plain: Plain) -> str:
    parties = plain.get("holders") or entries(plain, "applicants")
    return JOIN.join(dict.fromkeys(party["country"] for party in parties if party.get("country")))


Cell = Callable[[Shown, Plain, Terms], str]
"""What fills a cell, from a record's public side, its line in a list of hits, and its terms."""
COLUMNS: dict[str, Cell] = {
    "key": lambda side, hit, terms: side.key,
    "address": lambda side, hit, terms: record_address(side.key),
    "office": lambda side, hit, terms: side.office.code,
    "right": lambda side, hit, terms: str(side.plain["right"]),
    "subtype": lambda side, hit, terms: str(side.plain.get("subtype", "")),
    "title": lambda side, hit, terms: str(hit["title"]),
    "transliteration": lambda side, hit, terms: _texts(side.plain.get("mark", side.plain).get("transliterations", ())),
    "translation": lambda side, hit, terms: _texts(side.plain.get("mark", side.plain).get("translations", ())),
    "feature": lambda side, hit, terms: str(side.plain.get("mark", {}).get("feature", "")),
    "status": lambda side, hit, terms: side.state.state,
    "status_words": lambda side, hit, terms: str(hit["state"]),
    "office_status": lambda side, hit, terms: str(side.plain.get("office_status", "")),
    "application_number": lambda side, hit, terms: str(side.plain.get("application_number", "")),
    "application_date": lambda side, hit, terms: str(side.plain.get("application_date") or ""),
    "registration_number": lambda side, hit, terms: str(side.plain.get("registration_number", "")),
    "registration_date": lambda side, hit, terms: str(side.plain.get("registration_date") or ""),
    "international_number": lambda side, hit, terms: str(side.plain.get("international_number", "")),
    "expiry_date": lambda side, hit, terms: str(side.plain.get("expiry_date") or ""),
    "applicants": lambda side, hit, terms: _names(side.plain, "applicants"),
    "holders": lambda side, hit, terms: _names(side.plain, "holders"),
    "owner_countries": lambda side, hit, terms: _countries(side.plain),
    "representatives": lambda side, hit, terms: _names(side.plain, "representatives"),
    "classes": lambda side, hit, terms: JOIN.join(map(str, hit["class_numbers"])),
    "vienna": lambda side, hit, terms: _vienna(side.plain),
    "data_day": lambda side, hit, terms: side.state.data_day,
    "notice": lambda side, hit, terms: _notice(side),
    "licence": lambda side, hit, terms: terms.licence,
    "attribution": lambda side, hit, terms: terms.attribution,
    "legal_source": lambda side, hit, terms: terms.source,
}  # fmt: skip
"""Every column of a table of hits."""


def _notice(side: Shown) -> str:
    """What the office has to say on its data of the record's right."""
    notice = side.office.notice_on(right_of(side.record))
    return notice.text if notice else ""


def cells(side: Shown, lang: str, terms: Terms) -> list[str]:
    """The cells of a record."""
    hit = line(side, lang)
    return [fill(side, hit, terms) for fill in COLUMNS.values()]


def csv_line(row: Sequence[str]) -> str:
    """A line of CSV (RFC 4180), no cell of which a spreadsheet runs as a formula."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([guarded(cell) for cell in row])
    return out.getvalue()


def json_line(side: Shown, terms: Terms) -> str:
    """A line of JSON: key, state, source with its terms, and the public record whole."""
    source = {"office": side.office.name, "data_day": side.state.data_day, "notice": _notice(side),
              "licence": terms.licence, "attribution": terms.attribution, "legal_source": terms.source}  # fmt: skip
    head = {"key": side.key, "status": side.state.state, "source": source}
    return f"{msgspec.json.encode(head).decode()[:-1]},{publicly.body(side).decode()[1:]}\n"


class Form(Struct, frozen=True):
    """A form of file: its media type, what it begins with, a record's line. A spreadsheet is made of lines of
    JSON that hold its cells."""

    name: str
    media_type: str
    heading: str
    line: Callable[[Shown, str, Terms], str]


FORMS: dict[str, Form] = {
    form.name: form
    for form in (
        Form("csv", "text/csv; charset=utf-8", "\ufeff" + csv_line(list(COLUMNS)), lambda side, lang, terms: csv_line(cells(side, lang, terms))),
        Form("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "",
             lambda side, lang, terms: msgspec.json.encode(cells(side, lang, terms)).decode() + "\n"),
        Form("jsonl", "application/x-ndjson", "", lambda side, lang, terms: json_line(side, terms)),
    )
}  # fmt: skip
"""The forms of file, by name."""


def workbook(lines: Path, output: Path, *, rows: int = ROWS) -> None:
    """A workbook of the lines of cells, in constant memory: sheets of at most so many rows, each with headings. A text
    too long for a cell goes on in a sheet of its own (`model.sheets`)."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False, "tmpdir": str(output.parent)}  # fmt: skip
    with xlsxwriter.Workbook(output, options) as book, lines.open("rb") as file:
        sheet, number, texts = None, 0, Texts(book)
        for text in file:
            if sheet is None or number >= rows:
                sheet, number = book.add_worksheet(), 1
                sheet.write_row(0, 0, list(COLUMNS))
            for column, cell in enumerate(msgspec.json.decode(text, type=list[str])):
                if cell:
                    texts.write(sheet, number, column, cell)
            number += 1
        if sheet is None:
            book.add_worksheet().write_row(0, 0, list(COLUMNS))
