"""Dirt in the written text and in pictures: what transport, old software and disks do."""

from .. import logos
from ..sheets import Sheet


def truncated(text: str) -> str:
    """The document ends in the middle."""
    return text[: len(text) * 3 // 5]


def emptied(text: str) -> str:
    """An empty file."""
    return ""


def raw_ampersand(text: str) -> str:
    """An ampersand that was not escaped: not well-formed."""
    return _in_name(text, " & Tam ")


def undefined_entity(text: str) -> str:
    """``&nbsp;``, which XML does not know."""
    return _in_name(text, "&nbsp;")


def caron_entity(text: str) -> str:
    """``&gcaron;``, which nearly nobody knows."""
    return _in_name(text, "&gcaron;")


def control_character(text: str) -> str:
    """U+0001."""
    return _in_name(text, "\x01")


def control_reference(text: str) -> str:
    """``&#x1C;``."""
    return _in_name(text, "&#x1C;")


def foreign_bytes(text: str) -> str:
    """Bytes of another encoding in a UTF-8 file."""
    return _in_name(text, "\udce9\udcff")


def byte_order_mark(text: str) -> str:
    """A byte order mark before the declaration."""
    return f"\ufeff{text}"


def carriage_returns(text: str) -> str:
    """Lines that end the way of another system."""
    return text.replace("\n", "\r\n")


def character_data(text: str) -> str:
    """A CDATA section and a comment."""
    return _in_name(text, " <![CDATA[& Sons]]><!-- checked -->")


def cut(text: str) -> str:
    """A record of a bulk file whose closing tags are missing."""
    return text[: len(text) * 3 // 4] + "\n"


def repeated_tag(text: str) -> str:
    """An element that should stand once stands twice."""
    start = text.index("<application_date>")
    end = text.index("</application_date>") + len("</application_date>")
    return f"{text[:end]}\n    {text[start:end]}{text[end:]}"


def _in_name(text: str, dirt: str) -> str:
    """Put dirt at the end of the first name of an owner."""
    for tag in ("</FreeFormatNameLine>", "</company_name>", "</name>"):
        place = text.find(tag)
        if place >= 0:
            return text[:place] + dirt + text[place:]
    return text + dirt


def corrupt(picture: bytes, sheet: Sheet) -> bytes:
    """The second half of the picture is lost."""
    return picture[: len(picture) // 2]


def no_bytes(picture: bytes, sheet: Sheet) -> bytes:
    """A corrupt header."""
    return b"\x00" * 16 + picture[16:]


def faded(picture: bytes, sheet: Sheet) -> bytes:
    """Hardly any contrast."""
    return logos.logo(sheet.picture or 0, "FADED")


def png_named_jpeg(picture: bytes, sheet: Sheet) -> bytes:
    """A PNG under the name of a JPEG."""
    return logos.logo(sheet.picture or 0, "PNG")


def page_not_found(picture: bytes, sheet: Sheet) -> bytes:
    """A web server's excuse in place of a picture."""
    return b"<html><body><h1>404 Not Found</h1></body></html>"


def tiff(picture: bytes, sheet: Sheet) -> bytes:
    """A TIFF; the file's name says so."""
    sheet.picture_name = sheet.picture_name.replace(".jpg", ".tif")
    return logos.logo(sheet.picture or 0, "TIFF")
