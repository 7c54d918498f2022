"""What the worker does for watches and webhooks: puts together what they need of this installation."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import msgspec

from ipregister.model.record import Record
from ipregister.portal.changes import changes_after
from ipregister.portal.given_site import given_names
from ipregister.portal.giving import Giving
from ipregister.search.similarity.shelf.folder import NameShelf
from ipregister.search.similarity.trained import encoder, ranking
from ipregister.watch import delivering, matching
from ipregister.watch.kinds import Ground
from ipregister.web.options import Options
from ipregister.web.wiring import site_of


class Teller:
    """Tells watches and webhooks of what is new, one turn after another."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._site = site_of(options)
        self._names = NameShelf(options.path("names"), encoder(), ranking())

    def turn(self) -> None:
        """Match what the indexes have passed, deliver what is due."""
        now = dt.datetime.now(dt.UTC)
        ground = self.ground()
        matching.match_all(ground, self.source, self._passed())
        delivering.deliver_due(self.source, self._site.sender, now)

    def ground(self) -> Ground:
        """What watches are held against: what goes out, and nothing of what is hidden."""
        giving = Giving(self._site)
        names = given_names(giving, self._names)

        def look(keys: Sequence[str]) -> list[tuple[str, Record]]:
            return [(side.key, side.record) for side in giving.many_bare(keys)]

        return Ground(self._site.index, names, look, giving.closed)

    def source(self, since: int, limit: int) -> tuple[list[dict[str, Any]], int]:
        """Released changes after a number, as plain values."""
        lines, following = changes_after(Giving(self._site), self.place, since, limit)
        return [msgspec.to_builtins(line) for line in lines], following

    def place(self, path: str) -> str:
        """The whole address of a path of this site."""
        return self._options.address.rstrip("/") + path

    def _passed(self) -> int:
        return min(self._site.index.checkpoint(), self._names.change)
