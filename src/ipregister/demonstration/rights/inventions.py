"""The facts of one application for a patent or utility model, which both formats write."""

from dataclasses import dataclass

from ..owners import Party
from .parcels import Life


@dataclass(frozen=True, slots=True)
class Invention:
    """An application as its office knows it on a day; ``said`` has the days of what had happened by then."""

    office: str
    number: str
    said: Life
    utility: bool
    language: str
    ipc: list[str]
    titles: list[tuple[str, str]]
    abstracts: list[tuple[str, str]]
    claims: list[str]
    owner: Party
    inventors: list[str]
    agent: Party
    priority: tuple[str, str, str] | None
    ends: int
    status: str
    grant: str
    cited: str

    @property
    def kinds(self) -> tuple[str, str]:
        """Kinds of its two documents by ST.16: application and grant."""
        return ("U", "Y") if self.utility else ("A", "B")
