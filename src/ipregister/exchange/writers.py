"""The one table of documents that are written: which format has a form for which right."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from ipregister.exchange import st36, st66, st86, st96
from ipregister.exchange.sources import Reader
from ipregister.exchange.st96 import design, indication, patent
from ipregister.model.errors import NotWritten
from ipregister.model.offices import Office
from ipregister.model.record import Record, right_of


class Writer(Struct, frozen=True):
    """How records of some rights go out in a format of XML.

    `write` makes the document of one record, `read` reads it back. A document of many is `start`, an `entry` each
    (record, office, a remark on where it comes from), `end`; each entry is one or more whole lines. Where the standard
    has no document of `several` records, each has one of its own."""

    format: str
    standard: str
    rights: tuple[str, ...]
    write: Callable[[Any, Office], bytes]
    read: Reader
    start: Callable[[], str]
    entry: Callable[[Any, Office, str], str]
    end: Callable[[], str]
    several: bool = True


WRITERS: tuple[Writer, ...] = (
    Writer(
        "st96",
        "WIPO ST.96 V6.0, trademark",
        ("trademark",),
        st96.write,
        st96.read,
        st96.bulk_start,
        st96.bulk_entry,
        st96.bulk_end,
    ),
    Writer(
        "st96",
        "WIPO ST.96 V6.0, geographical indication (entries of the Lisbon register, too; several as a GITransaction)",
        ("indication",),
        indication.write,
        indication.read,
        indication.bulk_start,
        indication.bulk_entry,
        indication.bulk_end,
    ),
    Writer(
        "st96",
        "WIPO ST.96 V6.0, patent (a document each; several as a zip)",
        ("patent", "utility-model"),
        patent.write,
        patent.read,
        patent.start,
        patent.entry,
        patent.end,
        several=False,
    ),
    Writer(
        "st36",
        "WIPO ST.36",
        ("patent", "utility-model"),
        st36.write,
        st36.read,
        st36.bulk_start,
        st36.bulk_entry,
        st36.bulk_end,
    ),
    Writer(
        "st96",
        "WIPO ST.96 V6.0, design",
        ("design",),
        design.write,
        design.read,
        design.bulk_start,
        design.bulk_entry,
        design.bulk_end,
    ),
    Writer(
        "st86",
        "WIPO ST.86 with the wo: extension of IPAS",
        ("design",),
        st86.write,
        st86.read,
        st86.bulk_start,
        st86.bulk_entry,
        st86.bulk_end,
    ),
    Writer(
        "st66",
        "WIPO ST.66 V1.1 with the wo: extension of IPAS",
        ("trademark", "indication"),
        st66.write,
        st66.read,
        st66.bulk_start,
        st66.bulk_entry,
        st66.bulk_end,
    ),
)
"""Every document that is written, a line for each format and kind of right."""


LACKS: dict[str, dict[str, str]] = {
    "st96": {
        "emblem": "ST.96 V6.0 has no component for emblems of Article 6ter; JSON carries them whole",
        "work": "the copyright component of ST.96 V6.0 is for orphan works, not for deposits; JSON carries them whole",
    },
    "gbd": {
        "work": "WIPO's Global Brand and Design Databases hold no deposits of works",
        "patent": "WIPO's Global Brand and Design Databases hold no patents",
        "utility-model": "WIPO's Global Brand and Design Databases hold no utility models",
    },
}
"""Why a format has no form for a right, where there is more to say than that it is for another."""

NOTES: dict[str, dict[str, str]] = {
    "gbd": {
        "emblem": "emblems are brands of the type EMBLEM; that an objection was withdrawn, and why it was raised, has no place, "
        "and emblems of the International Bureau get no st13",
    },
    "csv": {
        "any right": "an apostrophe stands before what a spreadsheet would run as a formula (`= SUMO` as `'= SUMO`, `'= SUMO` as "
        "`''= SUMO`); a mapping with `guarded = true`, which `map new` writes for tables of ours, takes it off again",
    },
    "xlsx": {
        "any right": "a text of more than 32,767 letters ends in its cell with ` [… continued 1]` and goes on in the sheet "
        "`continued`, in the rows of that number; the reader of workbooks puts it together again. A sheet of 1,048,576 rows "
        "that is full is refused",
    },
    "st96": {
        "indication": "ST.96 V6.0 has no transaction of the Lisbon System; entries of its register are read and written as "
        "applications of indications (GIApplication), acts of it have no form",
        "patent": "ST.96 V6.0 has no document of several patents; several are a zip with a document each",
    },
}
"""What a format does otherwise than one would expect, by right."""


def rights_of(format: str) -> tuple[str, ...]:
    """The rights for which a format has a form."""
    return tuple(right for one in WRITERS if one.format == format for right in one.rights)


def writer_of(format: str, right: str) -> Writer:
    """The writer of a right in a format. Raises `NotWritten` where the format has no form for it."""
    for one in WRITERS:
        if one.format == format and right in one.rights:
            return one
    raise not_written(format, right)


def not_written(format: str, right: str) -> NotWritten:
    """The error that a format has no form for a right, with the reason."""
    why = LACKS.get(format, {}).get(right, "")
    told = f"{format} has no form for the right {right}{f': {why}' if why else ''}"
    return NotWritten(told, remedy="choose another format, or records of another right")


def document(format: str, record: Record, office: Office) -> bytes:
    """A record as a document of its own. Raises `NotWritten` where the format has no form for its right."""
    return writer_of(format, right_of(record)).write(record, office)
