"""The working sheet of one patent document: it also holds what a document of ours puts right."""

from ipregister.exchange.amended import Amendment
from ipregister.exchange.xml.shapes import NotingSheet
from ipregister.model.offices import Office


class PatentSheet(NotingSheet):
    """A sheet with the amendments of a document; none are taken where `amending` is false."""

    __slots__ = ("amending", "amendments")

    def __init__(self, office: Office, *, amending: bool = True) -> None:
        super().__init__(office, "patent")
        self.amending = amending
        self.amendments: list[Amendment] = []
