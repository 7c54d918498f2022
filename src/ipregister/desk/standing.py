"""How an earlier right stands towards a mark that is filed on a day: before it, under way, in grace, ended.

The day that counts is the earliest of the application and its priorities (Paris Convention, Article 4). A term that
is over does not end a right by itself: the record is then in grace, or nobody can say.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from ipregister.model import codelists
from ipregister.model.status import State

EARLIER, PENDING, GRACE, OPEN, DEAD, LATER = "earlier", "pending", "grace", "open", "dead", "later"
GROUPS = (EARLIER, PENDING, GRACE, OPEN, LATER, DEAD)
"""In force with an earlier day | applied for with an earlier day | term over, renewal possible | nobody can say |
filed after the day asked | ended."""
_IN_FORCE = frozenset({"registered", "partially-refused"})


class Standing(Struct, frozen=True, omit_defaults=True):
    """The group of a record, the day that counts for it (empty: not in the data) and whether a priority gave it.

    `until` is the last day of late renewal where the record is in grace."""

    group: str
    day: str = ""
    by_priority: bool = False
    until: str = ""


def standing(plain: Mapping[str, Any], state: State, day: dt.date) -> Standing:
    """How a record (public, plain values) with a derived state stands on a day."""
    earliest, by_priority = earliest_day(plain)
    group = _group(state, day)
    if group in {EARLIER, PENDING} and earliest > day.isoformat():
        group = LATER
    until = state.late_renewal_until or "" if group == GRACE else ""
    return Standing(group, earliest, by_priority, until)


def earliest_day(plain: Mapping[str, Any]) -> tuple[str, bool]:
    """The earliest of the days of filing and of priority, and whether it is one of priority; empty where none is told."""
    filed = str(plain.get("application_date") or plain.get("registration_date") or "")
    claimed = sorted(str(one["date"]) for one in plain.get("priorities", ()) if one.get("date"))
    if claimed and (not filed or claimed[0] < filed):
        return claimed[0], True
    return filed, False


def _group(state: State, day: dt.date) -> str:
    if state.state in _IN_FORCE:
        return EARLIER
    if state.state == "term-ended":
        until = state.late_renewal_until
        return GRACE if until and until >= day.isoformat() else OPEN
    live = codelists.column("states", "live").get(state.state, "open")
    return {"yes": PENDING, "no": DEAD}.get(live, OPEN)
