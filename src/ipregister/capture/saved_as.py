"""Files that are not what their name says, and must be saved in another form before anything can be read in them."""

import re
import zipfile
from pathlib import Path

from ipregister.model.errors import UnreadableInput

_HEAD = 4096
_BLANKS = b"\xef\xbb\xbf \t\r\n"
_PAGE = re.compile(
    rb"(?is)(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|meta|style|table|div)(?![\w:.-])"
)
_CERTAIN = (b"!doctype html", b"html")
"""What begins a page whatever the file is called; a file of XML may well have a root `table`."""
_XML_SHEET = (b"<Workbook", b"urn:schemas-microsoft-com:office:spreadsheet")
_WIDE_JSON = re.compile(rb"(?:\xff\xfe)?(?:\s\0)*[{\[]\0|(?:\xfe\xff)?(?:\0\s)*\0[{\[]")
_SAVE = "open it in a spreadsheet program and save it as XLSX or CSV"


def require_plain(path: Path) -> None:
    """Raises `UnreadableInput` for a page of HTML or a spreadsheet in XML (both are often named `.xls`), for JSON in UTF-16,
    and for a zip behind other bytes. A file that cannot be opened is told where it is read."""
    try:
        with path.open("rb") as opened:
            head = opened.read(_HEAD)
    except OSError:
        return
    start = head.lstrip(_BLANKS)
    found = _PAGE.match(start)
    if found and (found[1].lower() in _CERTAIN or path.suffix.lower() != ".xml"):
        raise UnreadableInput("is a page of HTML, whatever its name says", place=str(path), remedy=_SAVE)
    if all(sign in head for sign in _XML_SHEET):
        raise UnreadableInput(
            "is a spreadsheet in XML, as programs of 2003 wrote it", place=str(path), remedy=_SAVE
        )
    if _WIDE_JSON.match(head):
        raise UnreadableInput("is JSON in UTF-16", place=str(path), remedy="save it as UTF-8")
    require_bare_zip(path, head)


def require_bare_zip(path: Path, head: bytes) -> None:
    """Raises `UnreadableInput` for a zip that other bytes stand before, such as a program that unpacks itself. `head` is
    the beginning of the file."""
    if b"\0" in head and not head.startswith(b"PK") and zipfile.is_zipfile(path):
        raise UnreadableInput("is a zip behind other bytes, such as a program that unpacks itself", place=str(path),
                              remedy="unpack it, and load the folder or the file in it")  # fmt: skip
