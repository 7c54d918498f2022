"""ST.96 of a publication, in a zip of its own: a document with many records, or one for each where the standard has no
document of several."""

import zipfile
from pathlib import Path
from typing import IO

from ipregister.exchange.packages import deflated
from ipregister.exchange.writers import Writer, rights_of, writer_of
from ipregister.model.errors import NotWritten
from ipregister.model.offices import Office
from ipregister.model.record import Record

FORMAT = "st96"


class DocumentFile:
    """Writes records of a right: one document of many, or, where the standard has none for many, a document each
    (`KEY.xml`). Where it has no form for the right there is no file."""

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
        if self._writer.several:
            self._document(self._writer).write(text.encode())
        else:
            whole = self._writer.start() + text + self._writer.end()
            self._packed().writestr(deflated(f"{key}.xml"), whole.encode())
        self.count += 1

    def _packed(self) -> zipfile.ZipFile:
        if self._zip is None:
            self._zip = zipfile.ZipFile(self.path, "w")
        return self._zip

    def _document(self, writer: Writer) -> IO[bytes]:
        """The document of many records, begun."""
        if self._out is None:
            self._out = self._packed().open(deflated(self._name), "w", force_zip64=True)
            self._out.write(writer.start().encode())
        return self._out

    def close(self) -> None:
        """Finish the file."""
        if self._writer is not None and self._out is not None:
            self._out.write(self._writer.end().encode())
            self._out.close()
        if self._zip is not None:
            self._zip.close()
