"""Work shared out to processes in order, with a bounded number of pieces on their way."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any, Generic, TypeVar

from ipregister.store.processes import end_with_parent

Piece = TypeVar("Piece")
Result = TypeVar("Result")
_made: list[Any] = []


class Workers(Generic[Piece, Result]):
    """`make` builds what works in each process from `given`; `run` is called with it and a piece.

    With fewer than two processes all is done here."""

    def __init__(
        self, processes: int, make: Callable[[Any], Any], given: Any, run: Callable[[Any, Piece], Result]
    ) -> None:
        self._run = run
        self._processes = processes
        self._pool: ProcessPoolExecutor | None = None
        self._here: Any = None
        if processes < 2:
            self._here = make(given)
        else:
            context = get_context("spawn")
            self._pool = ProcessPoolExecutor(processes, context, initializer=_begin, initargs=(make, given))

    def results(self, pieces: Iterable[Piece]) -> Iterator[Result]:
        """The results in the order of the pieces."""
        if self._pool is None:
            for piece in pieces:
                yield self._run(self._here, piece)
            return
        waiting: deque[Future[Result]] = deque()
        for piece in pieces:
            waiting.append(self._pool.submit(_do, self._run, piece))
            if len(waiting) > self._processes:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def close(self) -> None:
        """End the processes; what has not begun is not done."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)


def _begin(make: Callable[[Any], Any], given: Any) -> None:
    end_with_parent()
    _made[:] = [make(given)]


def _do(run: Callable[[Any, Any], Any], piece: Any) -> Any:
    return run(_made[0], piece)
