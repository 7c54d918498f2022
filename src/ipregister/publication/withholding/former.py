"""Former numbers: what is withheld of a record is withheld of what stands under its former numbers, too.

Each number has an order of its own, with its own notice and leaf, so that logs and mirrors, which know nothing of numbers
that were corrected, follow each."""

from collections.abc import Iterator

import msgspec

from ipregister.model.errors import UsageError
from ipregister.publication.withholding.planned import Order
from ipregister.store import notices, resolving
from ipregister.store import withholding as store
from ipregister.store.register import Register


def orders(register: Register, order: Order) -> tuple[Order, ...]:
    """An order, and the same of each former number of its record under which something stands that it names. A version
    or a picture is that of one record: of those the order alone."""
    if order.version or order.picture:
        return (order,)
    others = (msgspec.structs.replace(order, key=key) for key in numbers(register, order.key))
    return (order, *(one for one in others if not one.field or has_field(register, one.key, one.field)))


def numbers(register: Register, key: str) -> tuple[str, ...]:
    """The former numbers of a record under which something stands here."""
    return tuple(one for one in resolving.former_keys(register.alias, key) if register.head(one))


def check_present(register: Register, order: Order) -> None:
    """Raises `UsageError` for an order that names a record by a former number: the same stands under the present one."""
    new = register.redirect(order.key)
    if new and register.head(new) and not (order.version or order.picture):
        raise UsageError(
            f"{order.key} is {new} now",
            remedy=f"withhold {new}: what stands under {order.key} is withheld with it",
        )


def check_move(register: Register, old: str, new: str) -> None:
    """Raises `UsageError` where something was withheld under one of two numbers of a record that stands under the other."""
    for one in (old, *numbers(register, old)):
        for held, other in ((new, one), (one, new)):
            for ground, day, field in _missing(register, held, other):
                what = f" --field {field!r}" if field else ""
                raise UsageError(
                    f"what was withheld of {held} stands under {other}",
                    remedy=f"withhold it first: `ipregister withhold {other}{what} --ground {ground!r} --day {day}`",
                )


def _missing(register: Register, held: str, other: str) -> Iterator[tuple[str, str, str]]:
    """Ground, day and field of what was withheld of a record, and of another was not."""
    if register.head(other) is None:
        return
    done = {field for _ground, _day, field in _withheld(register, other)}
    for ground, day, field in _withheld(register, held):
        if {"", field}.isdisjoint(done) and (not field or has_field(register, other, field)):
            yield ground, day, field


def _withheld(register: Register, key: str) -> Iterator[tuple[str, str, str]]:
    for one in notices.of_key(register.alias, key, notices.WITHDRAWAL):
        said = msgspec.json.decode(one.detail or "{}", type=dict[str, str])
        if not one.number and not said.get("picture"):
            yield said.get("ground", ""), one.day, said.get("field", "")


def has_field(register: Register, key: str, field: str) -> bool:
    """Whether a version of a record has a field."""
    path = store.path_of(field)
    found = (register.get(key, one.number) for one in register.history(key))
    return any(one and store.without(msgspec.json.decode(one.body), path) is not None for one in found)
