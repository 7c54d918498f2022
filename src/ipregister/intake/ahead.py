"""Reading ahead: a process of its own opens a delivery, cuts, reads, checks and packs its records while this one puts
those before them into the register.

What the other process cannot know is what the register holds. It notes what the rules ask of it; here that is asked, and
a record of which another one holds something is checked again. So a delivery comes to the same as without.
"""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from types import TracebackType
from typing import Self

from ipregister.intake.farside import Drawn, Named, Opening, begin_there, draw, open_there
from ipregister.model.errors import Damaged
from ipregister.model.finding import Finding

UNDER_WAY = 3
"""Batches that are asked for at once: so many lie in memory, at most."""


class Ahead:
    """A process that reads deliveries ahead, one after the other. A context manager. `start` is called in it first, and
    makes it ready for the register's modules. `foresees`: whether it makes the documents of the index too; by itself it
    does so while it is ahead, so that both processes have as much to do."""

    def __init__(self, start: Callable[[], object], *, foresees: bool | None = None) -> None:
        self._foresees = foresees
        self._pool = ProcessPoolExecutor(1, get_context("spawn"), initializer=start)
        self.findings: list[Finding] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:  # fmt: skip
        self._pool.shutdown(wait=True, cancel_futures=True)

    @property
    def processes(self) -> list[int]:
        """The numbers of its processes, once it has begun."""
        return list(self._pool._processes or ())

    def open(self, named: Named) -> None:
        """Let a delivery be opened, while it is opened here too."""
        self._named, self._opened = named, self._pool.submit(open_there, named)

    def batches(self, opening: Opening, size: Callable[[], int]) -> Iterator[Drawn]:
        """The batches of the delivery that was opened last, in their order; `size` tells how large the next one shall be.
        At their end `findings` are those on the delivery."""
        try:
            self._opened.result()
            self._pool.submit(begin_there, opening).result()
            yield from self._batches(size)
        except BrokenProcessPool as error:
            raise Damaged("the process that reads ahead has ended", place=str(self._named.path),
                          remedy="the same command goes on; see that there is enough memory") from error  # fmt: skip

    def _batches(self, size: Callable[[], int]) -> Iterator[Drawn]:
        under_way: deque[Future[Drawn]] = deque()
        while True:
            while len(under_way) < UNDER_WAY:
                is_ahead = bool(under_way) and under_way[0].done()
                foresee = is_ahead if self._foresees is None else self._foresees
                under_way.append(self._pool.submit(draw, size(), foresee))
            drawn = under_way.popleft().result()
            if not drawn.incoming and not drawn.again:
                self.findings = drawn.findings
                return
            yield drawn
