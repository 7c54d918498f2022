"""Letting the indexes follow the register after a write."""

from ipregister.intake import indexer, names
from ipregister.search.similarity.trained import encoder
from ipregister.store.register import Register
from ipregister.web.options import Options


def follow(options: Options, register: Register) -> None:
    """Bring the search index up to the register's last change, or wait until the worker has done so.

    The index of names is brought up by the worker of `serve`, and by `similar` before it answers."""
    indexer.catch_up(register, options.path("index"))


def follow_names(options: Options, register: Register) -> None:
    """Bring the index of names up to the register's last change, or wait until the worker has done so."""
    names.catch_up(register, options.path("names"), encoder())


def rebuild(options: Options, register: Register) -> None:
    """Throw the index away and build it anew; the index of names likewise."""
    indexer.rebuild(register, options.path("index"))
    names.rebuild(register, options.path("names"), encoder())
