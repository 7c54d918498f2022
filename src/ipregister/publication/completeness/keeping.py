"""The ledger of an office as it was last made, in `DATA/statistics/<CC>.ledger.json`: what pages show."""

import datetime as dt
from pathlib import Path

import msgspec
from msgspec import Struct

from ipregister.model.offices import Office
from ipregister.model.record import RIGHTS
from ipregister.publication.completeness.declarations import Declaration, declared
from ipregister.publication.completeness.holding import Holder
from ipregister.publication.completeness.ledger import Line, Sum, Unpublished, lines, sum_of
from ipregister.publication.files import write_whole
from ipregister.publication.statistics import counting
from ipregister.publication.statistics.counting import FOLDER, today_in
from ipregister.publication.statistics.walking import Progress, seen_of, walk
from ipregister.store.register import Register


class Ledger(Struct, frozen=True):
    """The ledger of an office on a day, for a change number and a set of declarations. `unpublished` is of the quarter
    in which the day is."""

    office: str
    change: int
    day: str
    declarations: tuple[str, ...]
    sums: tuple[Sum, ...]
    lines: tuple[Line, ...]
    unpublished: Unpublished | None = None


def made(register: Register, data: Path, office: Office, now: dt.datetime, right: str = "") -> Ledger:
    """The ledger of an office as of now; of one right alone where it is named."""
    change, day, said = register.last_change(), today_in(office, now), declared(data, office.code)
    holder = Holder(said)
    for seen in seen_of(register, office, day, right):
        holder.take(seen)
    return _written(data, office, (change, day), said, holder, right)


def _written(
    data: Path, office: Office, at: tuple[int, dt.date], said: list[Declaration], holder: Holder, right: str = "",
) -> Ledger:  # fmt: skip
    sums: list[Sum] = []
    found: list[Line] = []
    for one in _rights(holder, said):
        if right in ("", one):
            what = holder.of(one)
            sums.append(sum_of(office.code, one, holder, at[1]))
            found += lines(office.code, one, what, said)
    change, day = at
    total = _unpublished(data, office.code, day, None if right else holder.unpublished)
    return Ledger(office.code, change, day.isoformat(), _marks(said), tuple(sums), tuple(found), total)


def _unpublished(data: Path, code: str, day: dt.date, records: int | None) -> Unpublished | None:
    """The total that was kept in this quarter of the year; where there is none, that of now."""
    before = kept(data, code)
    if before and before.unpublished and _quarter(before.unpublished.counted_on) == _quarter(day.isoformat()):
        return before.unpublished
    return None if records is None else Unpublished(records, day.isoformat())


def _quarter(day: str) -> tuple[str, int]:
    return day[:4], (int(day[5:7]) - 1) // 3


def _marks(said: list[Declaration]) -> tuple[str, ...]:
    """What stands for the declarations of an office: signing one changes it."""
    return tuple(f"{one.digest} {one.signed_by}".rstrip() for one in said)


def _rights(holder: Holder, said: list[Declaration]) -> list[str]:
    """Rights with a public record or a declaration."""
    known = {one for one in RIGHTS if holder.of(one).published}
    known |= {one.right for one in said if one.right} | {total.right for one in said for total in one.totals}
    return [one for one in RIGHTS if one in known]


def keep(data: Path, ledger: Ledger) -> None:
    """Keep a ledger; readers see the old one or the new one."""
    write_whole(data / FOLDER / f"{ledger.office}.ledger.json", msgspec.json.encode(ledger))


def kept(data: Path, code: str) -> Ledger | None:
    """The ledger that was kept; None where there is none that can be read."""
    try:
        return msgspec.json.decode((data / FOLDER / f"{code}.ledger.json").read_bytes(), type=Ledger)
    except (FileNotFoundError, msgspec.DecodeError):
        return None


def refresh(
    register: Register, data: Path, office: Office, now: dt.datetime, progress: Progress | None = None
) -> bool:
    """Bring statistics and ledger of an office up to date, both in one walk; whether anything was to do."""
    counts = counting.current(register, data, office, now)
    if counts is not None and up_to_date(data, office, now, counts.change):
        return False
    change, day, said = register.last_change(), today_in(office, now), declared(data, office.code)
    tally, holder = counting.Tally(office, day), Holder(said)
    walk(register, office, day, [holder.take] if counts else [tally.take, holder.take], progress)
    if counts is None:
        counting.keep(data, tally.counts(register, change))
    keep(data, _written(data, office, (change, day), said, holder))
    return True


def is_redeclared(data: Path, code: str) -> bool:
    """Whether an office declared or signed something since its ledger was made."""
    found = kept(data, code)
    return found is not None and found.declarations != _marks(declared(data, code))


def up_to_date(data: Path, office: Office, now: dt.datetime, change: int) -> bool:
    """Whether the kept ledger is of this change or later, of today, and of all declarations."""
    found = kept(data, office.code)
    if found is None or found.change < change or found.day != today_in(office, now).isoformat():
        return False
    return not is_redeclared(data, office.code)
