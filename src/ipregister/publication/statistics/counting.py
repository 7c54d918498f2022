"""Counts an office's public records into the tables, and keeps the result beside the register.

`DATA/statistics/<CC>.json` holds the counts with the change number and the day they are for. They are counted
anew when the register has a newer change of the office, or on a new day (terms end, publications come due).
"""

import datetime as dt
from collections import Counter
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from ipregister.model import offices
from ipregister.model.offices import Office
from ipregister.publication.files import write_whole
from ipregister.publication.statistics.particulars import particulars
from ipregister.publication.statistics.tables import TABLES, Cells
from ipregister.publication.statistics.walking import Progress, Seen, walk
from ipregister.store.register import Register

FOLDER, PAGE = "statistics", 2_000
LAYOUT = 3
"""Of the kept files: another one is counted anew."""


class Counts(Struct, frozen=True):
    """The counts of an office. `counted` are its public records by right: of what is not public there is no count,
    nor a right that has none. `cells` are the rows of each table with their figure last."""

    office: str
    layout: int
    change: int
    day: str
    data_day: str
    counted: dict[str, int]
    cells: dict[str, list[tuple[Cells, int]]]


def today_in(office: Office, now: dt.datetime) -> dt.date:
    """The day in the office's zone."""
    return now.astimezone(ZoneInfo(office.zone)).date()


class Tally:
    """Counts the records of an office, one after another: a taker of a walk."""

    def __init__(self, office: Office, day: dt.date) -> None:
        self._office, self._day = office, day
        self._sums: dict[str, Counter[Cells]] = {table.name: Counter() for table in TABLES}
        self._counted: Counter[str] = Counter()

    def take(self, seen: Seen) -> None:
        """Count one record, if it is public."""
        if seen.public is None:
            return
        one = particulars(seen.public, self._office, self._day, seen.data_day)
        self._counted[one.right] += 1
        for table in TABLES:
            sums = self._sums[table.name]
            for cells, amount in table.cells(one):
                sums[cells] += amount

    def counts(self, register: Register, change: int) -> Counts:
        """What was counted; `change` is the number up to which the register is in it."""
        code = self._office.code
        rows = {name: sorted(found.items()) for name, found in self._sums.items()}
        data_day = register.freshness().get(code, "").partition("#")[0]
        return Counts(code, LAYOUT, change, self._day.isoformat(), data_day, dict(self._counted), rows)


def count(register: Register, office: Office, now: dt.datetime, progress: Progress | None = None) -> Counts:
    """Count all current records of an office, page by page."""
    change, tally = register.last_change(), Tally(office, today_in(office, now))
    walk(register, office, today_in(office, now), [tally.take], progress)
    return tally.counts(register, change)


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
    found = current(register, data, office, now)
    if found is None:
        found = count(register, office, now, progress)
        keep(data, found)
    return found


def current(register: Register, data: Path, office: Office, now: dt.datetime) -> Counts | None:
    """The kept counts where they still hold: of today, with no newer change of the office."""
    found = kept(data, office.code)
    if found is None or found.day != today_in(office, now).isoformat():
        return None
    return None if _moved(register, office, found.change) else found


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
