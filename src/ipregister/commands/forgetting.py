"""Taking what was withheld by law out of the indexes: only the records concerned are looked at again."""

import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from ipregister.commands.following import follow
from ipregister.intake import logos, names
from ipregister.model.errors import Busy
from ipregister.search.similarity.pictures.storage import Storage
from ipregister.search.similarity.shelf.folder import read_contents
from ipregister.search.similarity.shelf.writer import ShelfWriter
from ipregister.search.similarity.trained import encoder
from ipregister.store.register import Register
from ipregister.web.options import Options

Waiting = Callable[[int], None]
"""Told how many seconds another process was waited for."""


def forget(options: Options, register: Register, keys: Sequence[str], waiting: Waiting) -> None:
    """Take records out of all indexes, as far as they are not given any more; a worker that writes an index does it
    itself and is waited for."""
    follow(options, register)
    target = register.last_change()
    names_folder, pictures_folder = options.path("names"), options.path("pictures")
    if read_contents(names_folder) is not None:
        _until_done(lambda: _forget_names(options, register, keys), waiting,
                    lambda: (found := read_contents(names_folder)) is not None and found.change >= target)  # fmt: skip
    if (pictures_folder / "layout.json").is_file():
        _until_done(lambda: _forget_pictures(options, register, keys), waiting,
                    lambda: _reached(pictures_folder) >= target)  # fmt: skip


def _forget_names(options: Options, register: Register, keys: Sequence[str]) -> None:
    with ShelfWriter(options.path("names"), encoder()) as writer:
        names.NameIndexer(register, writer).forget(keys)


def _forget_pictures(options: Options, register: Register, keys: Sequence[str]) -> None:
    with logos.opened(register, options.path("pictures")) as index:
        index.forget(keys)


def _reached(folder: Path) -> int:
    with closing(Storage(folder)) as storage:
        return storage.reached()


def _until_done(work: Callable[[], None], waiting: Waiting, is_done: Callable[[], bool]) -> None:
    seconds = 0
    while not is_done():
        try:
            work()
            return
        except Busy:
            waiting(seconds)
            time.sleep(1)
            seconds += 1
