"""Reads the files beside records while a delivery is loaded."""

from typing import BinaryIO

from ipregister.capture.archive import Archive, BadArchive, reader_of
from ipregister.capture.delivery import Attachment
from ipregister.capture.kept import read_member
from ipregister.capture.limits import USUAL
from ipregister.model.errors import Damaged


class Pictures:
    """The files of one container; its table of contents is read once."""

    def __init__(self, container: BinaryIO) -> None:
        self._container = container
        self._archive: Archive | None = None

    def read(self, one: Attachment) -> bytes:
        """The bytes of a file; empty where they cannot be had."""
        try:
            if "!" in one.member or "#" in one.member:
                return read_member(self._container, one.member)
            if self._archive is None:
                self._archive = Archive(*reader_of(self._container))
            return self._archive.read(self._archive.find(one.member), USUAL.in_memory)
        except (BadArchive, KeyError, Damaged):
            return b""
