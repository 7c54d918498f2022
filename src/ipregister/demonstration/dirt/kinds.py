"""What a quirk is."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from ..sheets import Sheet


class Place(Enum):
    """Where a quirk is done: to the filing, to the printed sheet, to the written text, or to the picture."""

    FILING = "filing"
    SHEET = "sheet"
    TEXT = "text"
    PICTURE = "picture"


def _no_sheet(sheet: Sheet) -> None:
    return None


def _no_text(text: str) -> str:
    return text


def _no_picture(picture: bytes, sheet: Sheet) -> bytes:
    return picture


@dataclass(frozen=True)
class Quirk:
    """One kind of dirt: which offices have it, in what share of their records, and what it does.

    ``needs`` is what a record must have: "", "registered", "picture", "priority", "texts" or "madrid".
    A rate of 0 means once per office.
    """

    name: str
    offices: tuple[str, ...]
    rate: float
    effect: str
    needs: str = ""
    place: Place = Place.SHEET
    on_sheet: Callable[[Sheet], None] = _no_sheet
    on_text: Callable[[str], str] = _no_text
    on_picture: Callable[[bytes, Sheet], bytes] = _no_picture
