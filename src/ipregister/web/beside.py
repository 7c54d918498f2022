"""The beginning of a process that works for another one of the program."""

from ipregister.store.processes import end_with_parent
from ipregister.web import bootstrap
from ipregister.web.options import Options


def begin(options: Options) -> None:
    """Make a process ready that this one starts: it ends with this one, and knows the same settings."""
    end_with_parent()
    bootstrap.setup(options)
