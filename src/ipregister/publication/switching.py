"""The release switches as they were told: where they changed, the records concerned are told among the changes.

So harvesters, mirrors and webhooks that ask for what is new learn what was opened or closed. Where it was cut off it
goes on; each record is told once.
"""

import datetime as dt
import hashlib
from itertools import groupby
from pathlib import Path

import msgspec
from msgspec import Struct

from ipregister.model import offices
from ipregister.publication.release import Release
from ipregister.store import notices
from ipregister.store.register import Register
from ipregister.store.rows import NewNotice

FACT = "told-switches"
_PAGE = 2000


class Told(Struct, frozen=True):
    """What was told: the terms of each office and right (`LA-trademark`), as a hash; what is being told just now, which
    key was told last, and the change number at which that began."""

    groups: dict[str, str] = {}
    now: str = ""
    after: str = ""
    since: int = 0


def tell_switches(register: Register, data: Path, now: dt.datetime) -> int:
    """Tell the records whose terms changed since they were told last; how many. The first time nothing is told."""
    told = _told(register)
    groups = _groups(register, data)
    if told is None:
        _note(register, Told(groups))
        return 0
    count = 0
    for name, terms in sorted(groups.items()):
        if told.groups.get(name, terms) != terms:
            begun = f"{name} {terms}"
            if told.now != begun:
                told = msgspec.structs.replace(told, now=begun, after="", since=register.last_change())
                _note(register, told)
            count += _tell(register, told, now)
        told = Told({**told.groups, name: terms})
        _note(register, told)
    return count


def _tell(register: Register, told: Told, now: dt.datetime) -> int:
    name, terms = told.now.split()
    code, right = name.split("-", 1)
    count, detail = 0, f"{terms[:16]}-{told.since}"
    while keys := register.keys(office=code, right=right, after=told.after, limit=_PAGE):
        day = now.date().isoformat()
        fresh = [NewNotice(key, code, right, notices.SWITCHES, day, detail=detail) for key in keys]
        register.tell(fresh, now)
        told = msgspec.structs.replace(told, after=keys[-1])
        _note(register, told)
        count += len(keys)
    return count


def _groups(register: Register, data: Path) -> dict[str, str]:
    """A hash over terms and publicity of each office and right that the register holds."""
    release, found = Release.load(data), {}
    held = sorted((code, right) for code, right, _total, _gone in register.counts())
    for code, rights in groupby(held, key=lambda one: one[0]):
        facts = offices.office(code) if code in offices.codes() else None
        for _code, right in rights:
            rules = (facts.publicity.get(right), facts.publicity_groups) if facts else None
            terms = release.terms(code, right)
            said = msgspec.json.encode((sorted(terms.channels), msgspec.structs.replace(terms, channels=frozenset()), rules),
                                       order="sorted")  # fmt: skip
            found[f"{code}-{right}"] = hashlib.sha256(said).hexdigest()
    return found


def _told(register: Register) -> Told | None:
    text = notices.fact(register.alias, FACT)
    return msgspec.json.decode(text, type=Told) if text else None


def _note(register: Register, told: Told) -> None:
    if msgspec.json.encode(told) != msgspec.json.encode(_told(register)):
        notices.note(register.alias, FACT, msgspec.json.encode(told).decode())
