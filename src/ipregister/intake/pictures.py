"""Reads the files beside records while a delivery is loaded."""

from typing import BinaryIO

from ipregister.capture.delivery import Attachment
from ipregister.capture.kept import Kept
from ipregister.capture.limits import USUAL
from ipregister.model.errors import Damaged


class Pictures:
    """The files of one container; its table of contents is read once."""

    def __init__(self, container: BinaryIO) -> None:
        self._kept = Kept(container)

    def read(self, one: Attachment) -> bytes:
        """The bytes of a file; empty where they cannot be had or are too many."""
        if one.data:
            return one.data
        if one.size > USUAL.attachment:
            return b""
        try:
            return self._kept.read_member(one.member)
        except Damaged:
            return b""
