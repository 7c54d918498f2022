"""Where publications are read from: a folder, or a web address."""

import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

import urllib3

from ipregister.model.errors import UnreadableInput

_SMALL = 64 << 20
"""No index, manifest or signature is larger."""
_CHUNK = 1 << 20


class Source(Protocol):
    """Gives files by their names."""

    place: str

    def read(self, name: str) -> bytes:
        """A small file. Raises `UnreadableInput`."""

    def file(self, name: str) -> AbstractContextManager[Path]:
        """A file of any size, on the disk while it is looked at. Raises `UnreadableInput`."""

    def names(self, folder: str) -> list[str] | None:
        """The names of the files of a folder; None where that cannot be told."""


class Folder:
    """A folder."""

    def __init__(self, path: Path) -> None:
        self.path, self.place = path, str(path)

    def read(self, name: str) -> bytes:
        """A small file."""
        path = self.path / name
        try:
            if path.stat().st_size > _SMALL:
                raise UnreadableInput("is too large for what it should be", place=str(path))
            return path.read_bytes()
        except OSError as error:
            raise UnreadableInput(f"cannot be read: {error.strerror}", place=str(path)) from error

    @contextmanager
    def file(self, name: str) -> Iterator[Path]:
        """A file of any size."""
        path = self.path / name
        if not path.is_file():
            raise UnreadableInput("is not there", place=str(path), remedy="take another copy")
        yield path

    def names(self, folder: str) -> list[str] | None:
        """The names of the files of a folder."""
        return sorted(path.name for path in (self.path / folder).iterdir())


class Web:
    """A web address, whose files lie below it."""

    def __init__(self, address: str) -> None:
        self.place = address.rstrip("/")
        self._pool = urllib3.PoolManager(timeout=urllib3.Timeout(connect=10, read=60), retries=3)

    def _answer(self, name: str) -> urllib3.BaseHTTPResponse:
        address = f"{self.place}/{name}" if name else self.place
        headers = {"Accept": "application/json, */*", "Accept-Encoding": "identity"}
        try:
            answer = self._pool.request("GET", address, headers=headers, preload_content=False)
        except urllib3.exceptions.HTTPError as error:
            raise UnreadableInput(f"does not answer: {error}", place=address) from error
        if answer.status != 200:
            raise UnreadableInput(f"answers {answer.status}", place=address, remedy="check the address")
        return answer

    def read(self, name: str) -> bytes:
        """A small file."""
        answer = self._answer(name)
        content = answer.read(_SMALL + 1)
        answer.release_conn()
        if len(content) > _SMALL:
            raise UnreadableInput("is too large for what it should be", place=f"{self.place}/{name}")
        return content

    @contextmanager
    def file(self, name: str) -> Iterator[Path]:
        """A file of any size, in a temporary file while it is looked at."""
        answer = self._answer(name)
        with tempfile.NamedTemporaryFile() as kept:
            for chunk in answer.stream(_CHUNK):
                kept.write(chunk)
            kept.flush()
            answer.release_conn()
            yield Path(kept.name)

    def names(self, folder: str) -> list[str] | None:
        """It cannot be told what else lies at an address."""
        return None
