"""Letting the search index follow the register after a write."""

from contextlib import AbstractContextManager

from ipregister.intake import indexer
from ipregister.intake.loading import Follower
from ipregister.store.register import Register
from ipregister.web.options import Options


def follow(options: Options, register: Register) -> None:
    """Bring the search index up to the register's last change, or wait until the worker has done so.

    The index of names is brought up by the worker of `serve`, and by `similar` before it answers."""
    indexer.catch_up(register, options.path("index"))


def abreast(options: Options, register: Register) -> AbstractContextManager[Follower | None]:
    """What keeps the search index abreast of a load in this process, so that nothing is read twice; None where
    another process writes the index. At the end the index is up to the register's last change."""
    return indexer.abreast(register, options.path("index"))
