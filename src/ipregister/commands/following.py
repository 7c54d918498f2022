"""Letting the search index follow the register after a write."""

import os
from contextlib import AbstractContextManager, nullcontext
from functools import partial

from ipregister.intake import indexer
from ipregister.intake.ahead import Ahead
from ipregister.intake.loading import Follower
from ipregister.store.register import Register
from ipregister.web.beside import begin
from ipregister.web.options import Options

MANY = 5_000
"""Records from which on starting another process pays."""


def follow(options: Options, register: Register) -> None:
    """Bring the search index up to the register's last change, or wait until the worker has done so.

    The index of names is brought up by the worker of `serve`, and by `similar` before it answers."""
    indexer.catch_up(register, options.path("index"))


def abreast(options: Options, register: Register) -> AbstractContextManager[Follower | None]:
    """What keeps the search index abreast of a load in this process, so that nothing is read twice; None where
    another process writes the index. At the end the index is up to the register's last change."""
    return indexer.abreast(register, options.path("index"))


def processes_for(records: int, asked: int = 0) -> int:
    """How many processes work at so many records: as many as were asked for, else two where the records are many and
    there is more than one processor."""
    return asked or (2 if records >= MANY and (os.cpu_count() or 1) > 1 else 1)


def reading_ahead(options: Options, processes: int) -> AbstractContextManager[Ahead | None]:
    """A process that reads what is loaded ahead of what is put; None where one process does it all."""
    return Ahead(partial(begin, options)) if processes > 1 else nullcontext()
