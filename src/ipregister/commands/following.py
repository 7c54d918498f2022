"""Letting the index follow the register after a write."""

from ipregister.intake import indexer
from ipregister.store.register import Register
from ipregister.web.options import Options


def follow(options: Options, register: Register) -> None:
    """Bring the index up to the register's last change, or wait until the worker has done so."""
    indexer.catch_up(register, options.path("index"))


def rebuild(options: Options, register: Register) -> None:
    """Throw the index away and build it anew."""
    indexer.rebuild(register, options.path("index"))
