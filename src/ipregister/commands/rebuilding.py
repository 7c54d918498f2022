"""Making the indexes anew, and the index of names, which follows the register later than the search index."""

from ipregister.intake import indexer, names
from ipregister.search.similarity.trained import encoder
from ipregister.store.register import Register
from ipregister.web.options import Options


def follow_names(options: Options, register: Register) -> None:
    """Bring the index of names up to the register's last change, or wait until the worker has done so."""
    names.catch_up(register, options.path("names"), encoder())


def rebuild(options: Options, register: Register) -> None:
    """Throw the index away and build it anew; the index of names likewise."""
    indexer.rebuild(register, options.path("index"))
    names.rebuild(register, options.path("names"), encoder())
