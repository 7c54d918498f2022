"""What every answer of the desk tells of a record that it found."""

import datetime as dt
from typing import Any

from msgspec import Struct

from ipregister.desk import sides
from ipregister.desk.sides import Side
from ipregister.desk.standing import Standing, standing


class RecordFacts(Struct, frozen=True):
    """A record as the desk tells it: what it is, whose, for which classes, and how it stands on the day asked."""

    key: str
    right: str
    office: str
    title: str
    owner: str
    classes: tuple[int, ...]
    status: str
    standing: Standing


def facts(side: Side, day: dt.date) -> dict[str, Any]:
    """The fields of `RecordFacts` of a record on a day."""
    return {
        "key": side.key, "right": sides.right(side), "office": side.office.code, "title": sides.title(side),
        "owner": sides.owner(side), "classes": sides.classes(side), "status": side.state.state,
        "standing": standing(side.plain, side.state, day),
    }  # fmt: skip
