"""ST.96 of a publication: a document with many records, in a zip of its own."""

import zipfile
from pathlib import Path
from typing import IO

from ipregister.exchange.writers import rights_of, writer_of
from ipregister.model.errors import NotWritten
from ipregister.model.offices import Office
from ipregister.model.record import Record

FORMAT = "st96"
_TIME = (1980, 1, 1, 0, 0, 0)
"""The time of every member: a publication knows no clock."""


def member(name: str) -> zipfile.ZipInfo:
    """The head of a member, the same on every machine and at every time."""
    head = zipfile.ZipInfo(name, _TIME)
    head.create_system, head.external_attr = 3, 0o644 << 16
    return head


class DocumentFile:
    """Writes one document with records of a right; where the standard has no form for it there is no file."""

    def __init__(self, path: Path, right: str, name: str) -> None:
        self.path, self.count = path, 0
        self._name = name
        self._writer = writer_of(FORMAT, right) if right in rights_of(FORMAT) else None
        self._zip: zipfile.ZipFile | None = None
        self._out: IO[bytes] | None = None

    def add(self, key: str, record: Record, office: Office) -> None:
        """One record, after a comment with its key. One that has no form in the standard is left out."""
        if self._writer is None:
            return
        try:
            text = self._writer.entry(record, office, key)
        except NotWritten:
            return
        if self._out is None:
            self._zip = zipfile.ZipFile(self.path, "w")
            head = member(self._name)
            head.compress_type = zipfile.ZIP_DEFLATED
            self._out = self._zip.open(head, "w", force_zip64=True)
            self._out.write(self._writer.start().encode())
        self._out.write(text.encode())
        self.count += 1

    def close(self) -> None:
        """Finish the file."""
        if self._writer is not None and self._out is not None and self._zip is not None:
            self._out.write(self._writer.end().encode())
            self._out.close()
            self._zip.close()
