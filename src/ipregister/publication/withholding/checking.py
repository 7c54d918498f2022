"""What an order must be before anything is touched: withholding cannot be taken back, so a slip is refused."""

import datetime as dt
import difflib
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec

from ipregister.model.canonical import leaves
from ipregister.model.errors import Damaged, NotFound, UsageError
from ipregister.publication.bulk.folders import to_empty
from ipregister.publication.keys import signer
from ipregister.publication.log.ledger import Ledger
from ipregister.publication.withholding import former
from ipregister.publication.withholding.planned import Order, unfinished
from ipregister.store import notices
from ipregister.store import withholding as store
from ipregister.store.register import Register
from ipregister.store.rows import Version
from ipregister.store.upcast import decode

STAYS = frozenset({"right", "office", "deleted", *store.NUMBERS})
"""Fields that cannot be withheld: by them the record is known."""
_FIELD = re.compile(r"[a-z0-9_*]+(?:/[a-z0-9_*]+)*")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_EAST = dt.timedelta(hours=14)
"""So far ahead of UTC the day begins on Earth."""
_SHOWN = 3


def check(register: Register, data: Path, order: Order, now: dt.datetime | None = None) -> None:
    """Raises `NotFound` and `UsageError` for an order that names what is not there, or a day that is none or to come,
    and where publications lie with another data folder (`to_empty`).

    What was withheld before, by the same order, may be named again."""
    check_form(register, order)
    if not is_told(register, data, order):
        former.check_present(register, order)
    _check_day(order, now or dt.datetime.now(dt.UTC))
    if order.version and register.get(order.key, order.version) is None:
        numbers = ", ".join(str(one.number) for one in register.history(order.key))
        raise NotFound(f"no version {order.version} of {order.key!r}", remedy=f"it has {numbers}")
    if order.field and not is_told(register, data, order):
        _check_field(register, order)
    if order.picture and not is_told(register, data, order):
        _check_picture(register, order)
    with closing(Ledger(data)) as ledger:
        if ledger.exists:
            to_empty(ledger, signer(data).public.text)


def check_form(register: Register, order: Order) -> None:
    """The same of what an order is, whatever the record holds: so a mirror checks what its publisher says."""
    if register.head(order.key) is None:
        raise NotFound(f"no record {order.key!r}")
    if not order.ground.strip() or not _DAY.fullmatch(order.day):
        raise UsageError("a legal ground and a day are needed", remedy="--ground TEXT --day YYYY-MM-DD")
    if order.field and order.picture:
        raise UsageError("a field and a picture at once", remedy="run it twice")
    if order.field and not _FIELD.fullmatch(order.field):
        raise UsageError(f"no field {order.field!r}", remedy="name it as `applicants/*/names`")


def is_told(register: Register, data: Path, order: Order) -> bool:
    """Whether an order was begun or done before: then what it names may be gone already."""
    if any(begun.order == order for begun in unfinished(data)):
        return True
    for one in notices.of_key(register.alias, order.key, notices.WITHDRAWAL):
        said = msgspec.json.decode(one.detail or "{}", type=dict[str, str])
        same = [(said.get("field", ""), order.field), (said.get("picture", ""), order.picture),
                (said.get("ground", ""), order.ground), (one.day, order.day)]  # fmt: skip
        if one.number == order.version and all(told == asked for told, asked in same):
            return True
    with closing(Ledger(data)) as ledger:
        return ledger.exists and any(order.is_said_by(one.entry) for one in ledger.of_keys([order.key]))


def _check_day(order: Order, now: dt.datetime) -> None:
    try:
        day = dt.date.fromisoformat(order.day)
    except ValueError as error:
        raise UsageError(f"no day {order.day!r}", remedy="--day YYYY-MM-DD, a day of the calendar") from error
    if day > (now.astimezone(dt.UTC) + _EAST).date():
        raise UsageError(f"the day {order.day} is still to come", remedy="give the day of the decision")


def _check_field(register: Register, order: Order) -> None:
    """One of the versions that are meant must have the field, and be a record without it."""
    path = store.path_of(order.field)
    if path[:1] == ("kept",) or (len(path) == 1 and path[0] in STAYS):
        raise UsageError(
            f"{order.field!r} stays with every record", remedy="withhold another field, or the record"
        )
    has, fields = False, set[str]()
    for version in _versions(register, order):
        plain = msgspec.json.decode(version.body)
        fields.update(_fields(plain))
        left = store.without(plain, path)
        if left is None:
            continue
        has = True
        try:
            decode(msgspec.json.encode(left), version.schema)
        except Damaged as error:
            above = order.field.rpartition("/")[0].removesuffix("/*")
            raise UsageError(
                f"there is no record without {order.field!r}", remedy=f"withhold {above!r}"
            ) from error
    if not has:
        near = difflib.get_close_matches(order.field, sorted(fields), n=_SHOWN, cutoff=0.5)
        tops = ", ".join(sorted({name.partition("/")[0] for name in fields} - STAYS))
        remedy = f"near it: {', '.join(near)}" if near else f"it has {tops}"
        raise UsageError(f"{order.key} has no field {order.field!r}", remedy=remedy)


def _check_picture(register: Register, order: Order) -> None:
    shown = store.lying(register.alias, order.key).sha256s
    if order.picture not in shown:
        has = f"it has {', '.join(sorted(shown))}" if shown else "it has none"
        raise NotFound(f"no picture {order.picture!r} of {order.key!r}", remedy=has)


def _versions(register: Register, order: Order) -> Iterator[Version]:
    """The versions that are meant; where all are, also those under former numbers."""
    for key in (order.key, *(() if order.version else former.numbers(register, order.key))):
        for one in register.history(key):
            if order.version in (0, one.number) and (found := register.get(key, one.number)) is not None:
                yield found


def _fields(plain: dict[str, Any]) -> Iterator[str]:
    """The fields of a record as an order names them, with those that hold them; entries of lists are stars."""
    for pointer, _value in leaves(plain):
        names = ["*" if name.isdigit() else name for name in pointer.split("/")[1:]]
        if names[0] == "kept":
            continue
        for count in range(1, len(names) + 1):
            if names[count - 1] != "*":
                yield "/".join(names[:count])
