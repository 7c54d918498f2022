"""The day of a delivery: told where the office tells its days, and not ahead.

The day decides which state of a record is the present one (decision 0041)."""

import datetime as dt

from ipregister.capture.delivery import Delivery
from ipregister.capture.naming import latest_day
from ipregister.model.errors import UnreadableInput
from ipregister.model.offices import Office
from ipregister.store.register import Register
from ipregister.store.rows import NewDelivery


class DayAhead(UnreadableInput):
    """A delivery is dated after today; `day` says when."""

    def __init__(self, name: str, day: str) -> None:
        super().__init__(f"is dated {day}, which is after today", place=name,
                         remedy="give the day of its data with --day YYYY-MM-DD, or set the clock of this machine")  # fmt: skip
        self.day = day


class DayUntold(UnreadableInput):
    """A delivery does not tell its day, but others of its office do."""

    def __init__(self, name: str, office: str) -> None:
        super().__init__(
            f"its name tells no day, and other deliveries of {office} do: with a guessed one it could replace what is newer",
            place=name, remedy="give the day of its data with --day YYYY-MM-DD, or name the file by it")  # fmt: skip


def require_day(register: Register | None, office: Office, found: Delivery) -> NewDelivery:
    """The delivery as it is to be begun, its container still to be kept. Raises `DayAhead`, `DayUntold`.

    One that is held already, or was begun, is taken further as it is."""
    new = NewDelivery(office.code, found.digest, found.name, found.kind, found.extracted, "", found.declared(),
                      found.dated)  # fmt: skip
    ahead = dt.date.fromisoformat(new.extracted[:10]) > latest_day()
    untold = not new.dated and register is not None and register.tells_days(office.code)
    if not (ahead or untold) or (register is not None and register.holds(new)):
        return new
    raise DayAhead(found.name, new.extracted[:10]) if ahead else DayUntold(found.name, office.code)
