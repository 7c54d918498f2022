"""Counts an office's public records into the tables, and keeps the result beside the register.

`DATA/statistics/<CC>.json` holds the counts with the change number and the day they are for. They are counted
anew when the register has a newer change of the office, or on a new day (terms end, publications come due).
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from ipregister.model import offices
from ipregister.model.offices import Office
from ipregister.publication.files import write_whole
from ipregister.publication.statistics.particulars import particulars
from ipregister.publication.statistics.tables import TABLES, Cells
from ipregister.store.register import Register
from ipregister.store.upcast import decode

FOLDER, PAGE = "statistics", 2_000
LAYOUT = 1
"""Of the kept files: another one is counted anew."""
Progress = Callable[[int, int | None], None]


class Counts(Struct, frozen=True):
    """The counts of an office. `held` and `counted` are records by right: all that the register holds, and those
    that are public and therefore counted. `cells` are the rows of each table with their figure last."""

    office: str
    layout: int
    change: int
    day: str
    data_day: str
    held: dict[str, int]
    counted: dict[str, int]
    cells: dict[str, list[tuple[Cells, int]]]


def today_in(office: Office, now: dt.datetime) -> dt.date:
    """The day in the office's zone."""
    return now.astimezone(ZoneInfo(office.zone)).date()


def count(register: Register, office: Office, now: dt.datetime, progress: Progress | None = None) -> Counts:
    """Count all current records of an office, page by page."""
    change, day = register.last_change(), today_in(office, now)
    held = {right: total - gone for code, right, total, gone in register.counts() if code == office.code}
    sums: dict[str, Counter[Cells]] = {table.name: Counter() for table in TABLES}
    counted: Counter[str] = Counter()
    after, done = "", 0
    while keys := register.keys(office=office.code, after=after, limit=PAGE):
        for stored in register.current_bodies(keys):
            one = (
                None
                if stored.deleted
                else particulars(decode(stored.body, stored.schema), office, day, stored.day)
            )
            if one is None:
                continue
            counted[one.right] += 1
            for table in TABLES:
                for cells, amount in table.cells(one):
                    sums[table.name][cells] += amount
        after, done = keys[-1], done + len(keys)
        if progress:
            progress(done, sum(held.values()))
    rows = {name: sorted(found.items()) for name, found in sums.items()}
    data_day = register.freshness().get(office.code, "").partition("#")[0]
    return Counts(office.code, LAYOUT, change, day.isoformat(), data_day, held, dict(counted), rows)


def kept(data: Path, code: str) -> Counts | None:
    """The counts that were kept, however old; None where there are none that can be read."""
    try:
        found = msgspec.json.decode((data / FOLDER / f"{code}.json").read_bytes(), type=Counts)
    except (FileNotFoundError, msgspec.DecodeError):
        return None
    return found if found.layout == LAYOUT else None


def keep(data: Path, counts: Counts) -> None:
    """Keep counts; readers see the old ones or the new ones, never a part."""
    write_whole(data / FOLDER / f"{counts.office}.json", msgspec.json.encode(counts))


def counted(
    register: Register, data: Path, office: Office, now: dt.datetime, progress: Progress | None = None
) -> Counts:
    """The counts of an office as of now: the kept ones if they still hold, else counted anew and kept."""
    found = kept(data, office.code)
    if (
        found
        and found.day == today_in(office, now).isoformat()
        and not _moved(register, office, found.change)
    ):
        return found
    fresh = count(register, office, now, progress)
    keep(data, fresh)
    return fresh


def _moved(register: Register, office: Office, change: int) -> bool:
    """Whether the office has changes after a number."""
    while changes := register.changes(change, PAGE):
        if any(one.office == office.code for one in changes):
            return True
        change = changes[-1].number
    return False


def counted_offices(register: Register) -> list[str]:
    """Offices of which the register holds records, in the order of the office files."""
    holding = {code for code, _right, _total, _gone in register.counts()}
    return [code for code in offices.codes() if code in holding]
