"""The ledger of an office as it was last made, in `DATA/statistics/<CC>.ledger.json`: what pages show."""

import datetime as dt
from pathlib import Path

import msgspec
from msgspec import Struct

from ipregister.model.offices import Office
from ipregister.model.record import RIGHTS
from ipregister.publication.completeness.declarations import Declaration, declared
from ipregister.publication.completeness.holding import holding
from ipregister.publication.completeness.ledger import Line, Sum, lines
from ipregister.publication.files import write_whole
from ipregister.publication.statistics.counting import FOLDER, counted, today_in
from ipregister.store.register import Register


class Ledger(Struct, frozen=True):
    """The ledger of an office on a day, for a change number and a set of declarations."""

    office: str
    change: int
    day: str
    declarations: tuple[str, ...]
    sums: tuple[Sum, ...]
    lines: tuple[Line, ...]


def made(register: Register, data: Path, office: Office, now: dt.datetime, right: str = "") -> Ledger:
    """The ledger of an office as of now; of one right alone where it is named."""
    change, day = register.last_change(), today_in(office, now)
    said = declared(data, office.code)
    sums: list[Sum] = []
    found: list[Line] = []
    for one in _rights(register, office.code, said):
        if right in ("", one):
            what = holding(register, office, one, day)
            sums.append(Sum(office.code, one, what.held, what.published, what.held - what.published))
            found += lines(office.code, one, what, said)
    digests = tuple(one.digest for one in said)
    return Ledger(office.code, change, day.isoformat(), digests, tuple(sums), tuple(found))


def _rights(register: Register, code: str, said: list[Declaration]) -> list[str]:
    known = {one for of, one, _total, _gone in register.counts() if of == code}
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


def refresh(register: Register, data: Path, office: Office, now: dt.datetime) -> None:
    """Count statistics of an office anew where they are old, and its ledger where it is."""
    counts = counted(register, data, office, now)
    if not up_to_date(data, office, now, counts.change):
        keep(data, made(register, data, office, now))


def up_to_date(data: Path, office: Office, now: dt.datetime, change: int) -> bool:
    """Whether the kept ledger is of this change or later, of today, and of all declarations."""
    found = kept(data, office.code)
    if found is None or found.change < change or found.day != today_in(office, now).isoformat():
        return False
    return found.declarations == tuple(one.digest for one in declared(data, office.code))
