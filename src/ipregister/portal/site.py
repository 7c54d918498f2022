"""What the pages work with: the register, the index, limits, the clock. Made by `web`, handed to every view."""

import datetime as dt
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from msgspec import Struct

from ipregister.model.errors import Busy
from ipregister.model.offices import Office
from ipregister.search.index import SearchIndex
from ipregister.search.similarity.shelf.folder import NameShelf
from ipregister.store.register import Register
from ipregister.watch.sending import Sender


@cache
def _zone(name: str) -> ZoneInfo:
    """A time zone; Python itself keeps eight, fewer than there are offices."""
    return ZoneInfo(name)


class Loader(Struct, frozen=True):
    """What the staff pages start: loads and retries, run by the worker. Queue functions, wired by `web`."""

    load: Callable[[str], None]
    retry: Callable[[str, str], None]


class Site(Struct):
    """Everything that a view needs beside its request."""

    register: Register
    index: SearchIndex
    data: Path
    role: str = "both"
    public_address: str = ""
    upload_limit: int = 4 << 30
    behind_proxy: bool = False
    version: str = ""
    clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)
    loader: Loader | None = None
    queue_export: Callable[[str], None] | None = None
    stopping: Callable[[], bool] = lambda: False
    """Whether the process is to end: long work leaves off, and is taken up again by the next one."""
    queue_batch: Callable[[str], None] | None = None
    names: NameShelf | None = None
    contact: str = ""
    sender: Sender = Sender("")
    """What signs and sends to webhooks."""
    quotas: tuple[int, int] = (120, 600)
    """Requests a minute to the machine doors: without a key, with one; 0 = no limit."""
    kept: dict[str, tuple[float, list[Any]]] = {}

    def today(self, office: Office | None = None) -> dt.date:
        """The day in the office's zone (UTC without one)."""
        return self.clock().astimezone(_zone(office.zone) if office else dt.UTC).date()

    def shelf(self) -> NameShelf:
        """The index of names. Raises `Busy` until it is made."""
        if self.names is None or (not self.names.change and self.register.last_change()):
            raise Busy(_("The index of names is being made. Try again in some minutes."))
        return self.names

    @property
    def offers_staff(self) -> bool:
        """Whether this process serves the staff pages."""
        return self.role != "public"
