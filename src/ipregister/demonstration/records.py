"""A filing, dirt and all, as the piece of feed that an office sends on a day."""

from collections.abc import Callable
from typing import NamedTuple

from . import international, ipas, kazakhstan, logos, singapore
from .dirt import Place, quirk
from .filings import Filing
from .sheets import Sheet, sheet

BULK = {"SG": singapore, "KZ": kazakhstan, "WO": international}


class Piece(NamedTuple):
    """One record in its office's format; ``picture`` is empty if there is none or it is inside the text."""

    name: str
    text: bytes
    picture_name: str
    picture: bytes


def piece(filing: Filing, day: int, *, fresh: bool = True, bulk: bool = False) -> Piece:
    """The record as of that day. ``fresh``: its first delivery, in which the damage to documents shows."""
    made = sheet(filing, day)
    if filing.deleted and filing.deleted <= day:
        _delete(made)
    quirks = [quirk(name) for name in filing.quirks]
    for one in quirks:
        if one.place is Place.SHEET:
            one.on_sheet(made)
    picture = _picture(made)
    for one in quirks:
        if one.place is Place.PICTURE and picture:
            picture = one.on_picture(picture, made)
    text = _writer(filing.office, bulk)(made, picture)
    for one in quirks:
        if one.place is Place.TEXT and fresh and not (bulk and filing.office not in BULK):
            text = one.on_text(text)
    if filing.office == "KZ":
        picture = b""
    return Piece(safe(filing.number), encoded(text), _picture_file(made), picture)


def encoded(text: str) -> bytes:
    """UTF-8, except where dirt put single bytes of another encoding (as lone surrogates)."""
    return text.encode("utf-8", errors="surrogateescape")


def safe(number: str) -> str:
    """A number as the name of a file."""
    return number.replace("/", "_")


def _delete(made: Sheet) -> None:
    if made.office == "SG":
        made.notes["previous-status"], made.status = made.status, "Destroyed"
    else:
        made.transaction = made.subtransaction = "Delete"
        made.notes["delete"] = "yes"


def _picture(made: Sheet) -> bytes:
    """The picture's bytes, before any dirt."""
    if made.picture is None:
        return b""
    return logos.logo(made.picture, "PNG" if made.office == "KZ" else "JPEG")


def _picture_file(made: Sheet) -> str:
    if made.office in BULK:
        return made.picture_name
    return "ATTACHMENT/" + made.notes.get("picture-file", "logo.jpeg")


def _writer(office: str, bulk: bool) -> Callable[[Sheet, bytes], str]:
    if office in BULK:
        writer: Callable[[Sheet, bytes], str] = BULK[office].record
        return writer
    return _bulk_content if bulk else _document


def _document(made: Sheet, picture: bytes) -> str:
    return ipas.document(made)


def _bulk_content(made: Sheet, picture: bytes) -> str:
    return ipas.content(made)
