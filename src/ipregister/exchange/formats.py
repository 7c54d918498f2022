"""The one table of formats in which records go out."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from ipregister.exchange import table
from ipregister.exchange.gbd import layout
from ipregister.exchange.gbd.designs import design_layout
from ipregister.exchange.writers import WRITERS, not_written, rights_of, writer_of
from ipregister.model import canonical, codelists
from ipregister.model.dates import is_day
from ipregister.model.design import Design
from ipregister.model.emblem import Emblem
from ipregister.model.errors import NotWritten
from ipregister.model.indication import Indication
from ipregister.model.mark import Trademark
from ipregister.model.offices import Office
from ipregister.model.record import RIGHTS, Record, right_of

ALL = tuple(RIGHTS)
"""Every right."""


class Item(Struct, frozen=True):
    """A record to write: with its key, its office's facts, the names of its pictures, the day of its data."""

    key: str
    record: Record
    office: Office
    media: tuple[str, ...] = ()
    data_day: str = ""

    @property
    def whose(self) -> str:
        """Whose record it is: the name of the office; of one without facts, which another's document brought, that of
        its country or organisation."""
        code = self.record.office
        if code == self.office.code:
            return self.office.name
        named = codelists.table("st3").get(code)
        return named["label"] if named else code

    @property
    def notice(self) -> str:
        """What the office has to say on its data of this right; nothing of it where another's document brought them."""
        if self.record.office != self.office.code:
            return (
                f"For information only. The register of {self.whose} prevails over what is shown here, which a document of the"
                f" {self.office.name} tells."
            )
        notice = self.office.notice_on(right_of(self.record))
        return notice.text if notice else ""


class Format(Struct, frozen=True):
    """A format: its media type, the suffix of its files, the rights it has a form for; a record's line, what a
    file of a right begins and ends with. `mixed`: records of several rights can stand in one file; `form`: the
    rights that can stand in one file with a right; `alone`: whether the file of a right holds one record."""

    name: str
    standard: str
    media_type: str
    suffix: str
    rights: tuple[str, ...]
    line: Callable[[Item], str]
    heading: Callable[[str], str] = lambda right: ""
    ending: Callable[[str], str] = lambda right: ""
    mixed: bool = True
    binary: bool = False
    form: Callable[[str], tuple[str, ...]] = lambda right: ALL
    alone: Callable[[str], bool] = lambda right: False


def laid(record: Record, office: Office, media: tuple[str, ...] = (), day: dt.date | None = None) -> Any:
    """The record in the layout of WIPO's global databases. Raises `NotWritten` where they have none for its right."""
    if isinstance(record, Trademark | Indication | Emblem):
        return layout(record, office, media, day)
    if isinstance(record, Design):
        return design_layout(record, office, media, day)
    raise not_written("gbd", right_of(record))


def _jsonl(item: Item) -> str:
    body = canonical.encode(item.record).decode()
    source = {"office": item.whose, "data_day": item.data_day, "notice": item.notice}
    head = msgspec.json.encode({"key": item.key, "source": source}).decode()
    return f"{head[:-1]},{body[1:]}\n"


def _gbd(item: Item) -> str:
    day = dt.date.fromisoformat(item.data_day) if item.data_day else None
    return msgspec.json.encode(laid(item.record, item.office, item.media, day)).decode() + "\n"


def _csv(item: Item) -> str:
    return table.line(item.key, item.record, item.data_day, item.notice)


_REMARK = re.compile(rb"<!-- [^<>]{1,300}?, data to ([0-9]{4}-[0-9]{2}-[0-9]{2})[. ][^<>]*-->")
"""The remark before a record in a document of ours: its key, and the day of its data."""


def day_of_remark(before: bytes) -> str:
    """The day of a record's data, from what stands before it in a document of ours; empty where nothing tells it."""
    *_, last = (b"", *_REMARK.findall(before))
    day: str = last.decode()
    return day if is_day(day) else ""


def _entry(format: str) -> Callable[[Item], str]:
    def entry(item: Item) -> str:
        day = f", data to {item.data_day}" if item.data_day else ""
        remark = f"{item.key}{day}. {item.notice}".strip()
        return writer_of(format, right_of(item.record)).entry(item.record, item.office, remark)

    return entry


def _xml(name: str) -> Format:
    return Format(
        name,
        "; ".join(one.standard for one in WRITERS if one.format == name),
        "application/xml",
        "xml",
        rights_of(name),
        _entry(name),
        lambda right: writer_of(name, right).start(),
        lambda right: writer_of(name, right).end(),
        mixed=False,
        form=lambda right: writer_of(name, right).rights,
        alone=lambda right: not writer_of(name, right).several,
    )


def _alone(right: str) -> tuple[str, ...]:
    return (right,)


FORMATS: tuple[Format, ...] = (
    Format("jsonl", "our records, JSON lines (see `formats --schema`)", "application/x-ndjson", "jsonl", ALL, _jsonl),
    Format("gbd", "field layout of WIPO's Global Brand and Design Databases, JSON lines", "application/x-ndjson",
           "jsonl", ("trademark", "design", "indication", "emblem"), _gbd),
    Format("csv", "table, RFC 4180", "text/csv; charset=utf-8", "csv", ALL, _csv, table.heading, mixed=False,
           form=_alone),
    Format("xlsx", "table, Office Open XML",
           "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", ALL, _csv, mixed=False,
           binary=True, form=_alone),
    *(_xml(name) for name in dict.fromkeys(one.format for one in WRITERS)),
)  # fmt: skip
"""All formats. `gbd` is the field layout of WIPO's Global Brand Database, a record a line; those of XML are one
document with all records of a right, a record a line after a comment."""


def format_named(name: str) -> Format | None:
    """The format of that name, or None."""
    return next((one for one in FORMATS if one.name == name), None)


def write(name: str, items: Iterable[Item], right: str = "trademark") -> Iterator[str]:
    """Records as lines of a format; `right` is theirs where the format's files hold one right.

    Raises `KeyError` for a format that is not in the table, or whose files are no text; `NotWritten` for a record
    that the format has no form for, and for a second one where a file holds one (`documents` writes several)."""
    chosen = format_named(name)
    if chosen is None or chosen.binary:
        raise KeyError(name)
    if right not in chosen.rights:
        raise not_written(name, right)
    first = chosen.heading(right)
    if first:
        yield first
    for number, item in enumerate(items):
        if number and chosen.alone(right):
            raise NotWritten(f"a file of {name} holds one {right}", remedy="write several as a zip")
        yield chosen.line(item)
    last = chosen.ending(right)
    if last:
        yield last


def documents(name: str, items: Iterable[Item], right: str) -> Iterator[tuple[str, str]]:
    """Each record as a document of its own, with the name of its file."""
    suffix = chosen.suffix if (chosen := format_named(name)) else ""
    for item in items:
        yield f"{item.key}.{suffix}", "".join(write(name, (item,), right))


def write_workbook(items: Iterable[Item], path: Path, right: str = "trademark") -> int:
    """Records of a right as a spreadsheet; their number. Raises `NotWritten` where a sheet has no more rows."""
    rows = (table.row(i.key, i.record, i.data_day, i.notice, safe=False) for i in items)
    return table.workbook(path, table.headings(right), rows)
