"""Cells of a spreadsheet that hold no value where one should be: a formula that nobody has calculated, an error, or a
number beyond those that a spreadsheet has (`1e400`).

A program wrote such a formula, and no spreadsheet program has seen it yet; an error (`#N/A`) is what a formula came to.
The reader of sheets gives both as empty. Here the sheet's own XML is read, so that no value is missed in silence.
"""

import math
import posixpath
import re
import zipfile
import zlib
from pathlib import Path
from typing import IO

from lxml import etree

from ipregister.model.errors import UnreadableInput

DAMAGES = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError)
"""What reading a damaged or encrypted zip may raise."""
MAIN = "{*}"
_SOME = re.compile(rb"[<:]f[\s/>]|\st\s*=\s*[\"']e[\"']|[0-9.][Ee][-+]?[0-9]{3}|[0-9]{309}")
_BEFORE = 400
"""So many bytes of a chunk are looked at again with the next: more than a number has that is too large."""
_HIDDEN = re.compile(rb"<(?:\w+:)?row\s[^<>]*\shidden\s*=\s*[\"'](?:1|true)[\"']")
_ALL_ANEW = re.compile(rb"fullCalcOnLoad\s*=\s*[\"'](?:1|true)[\"']")
CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
CHUNK = 1 << 20
_SMALL = 8 << 20
"""The largest list of sheets."""


def uncalculated(path: Path, sheet: str) -> dict[int, dict[int, str]]:
    """The formulas without a value, the errors and the numbers that are none in a sheet of a workbook: by row, by column,
    both from 1.

    Empty for what is no workbook of XML. Raises `UnreadableInput` where the workbook is damaged."""
    if not zipfile.is_zipfile(path):
        return {}
    try:
        with zipfile.ZipFile(path) as packed:
            member, anew = member_of(packed, sheet)
            if not member or not _has_formulas(packed, member):
                return {}
            with packed.open(member) as opened:
                return _formulas(opened, anew=anew)
    except (etree.XMLSyntaxError, KeyError, ValueError, *DAMAGES) as error:
        raise UnreadableInput(
            f"the workbook is damaged: {error}", place=str(path), remedy="save it as CSV"
        ) from error


def member_of(packed: zipfile.ZipFile, sheet: str) -> tuple[str, bool]:
    """The file of a sheet in a workbook, and whether the workbook asks to be calculated anew when it is opened."""
    names = set(packed.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return "", False
    book = small(packed, "xl/workbook.xml")
    links = tree_of(small(packed, "xl/_rels/workbook.xml.rels"))
    targets = {str(one.get("Id")): str(one.get("Target")) for one in links.iter(f"{MAIN}Relationship")}
    for one in tree_of(book).iter(f"{MAIN}sheet"):
        link = next((str(value) for name, value in one.items() if str(name).endswith("}id")), "")
        if one.get("name") == sheet and link in targets:
            target = targets[link]
            member = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            return (member if member in names else ""), bool(_ALL_ANEW.search(book))
    return "", False


def small(packed: zipfile.ZipFile, name: str) -> bytes:
    """A file of a workbook that is never large. Raises `ValueError` where it is."""
    with packed.open(name) as opened:
        found = opened.read(_SMALL + 1)
    if len(found) > _SMALL:
        raise ValueError(f"{name} is too large")
    return found


def tree_of(data: bytes) -> etree._Element:
    """A document of a workbook. Raises `XMLSyntaxError`."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(data, parser)


def _has_formulas(packed: zipfile.ZipFile, member: str) -> bool:
    """A quick look, so that a sheet of values alone is not read twice."""
    before = b""
    with packed.open(member) as opened:
        while chunk := opened.read(CHUNK):
            if _SOME.search(before + chunk):
                return True
            before = chunk[-_BEFORE:]
    return False


def hidden_rows(path: Path, sheet: str) -> int:
    """How many rows of a sheet are hidden; they are read like the others. Raises `UnreadableInput`."""
    if not zipfile.is_zipfile(path):
        return 0
    count, before = 0, b""
    try:
        with zipfile.ZipFile(path) as packed:
            member, _ = member_of(packed, sheet)
            if not member:
                return 0
            with packed.open(member) as opened:
                while chunk := opened.read(CHUNK):
                    whole = before + chunk
                    cut = whole.rfind(b"<")
                    count += len(_HIDDEN.findall(whole, 0, cut))
                    before = whole[cut:][-CHUNK:] if cut >= 0 else b""
    except (etree.XMLSyntaxError, KeyError, ValueError, *DAMAGES) as error:
        raise UnreadableInput(
            f"the workbook is damaged: {error}", place=str(path), remedy="save it as CSV"
        ) from error
    return count


def _formulas(opened: IO[bytes], *, anew: bool) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = {}
    cells = etree.iterparse(opened, events=("end",), tag=(f"{MAIN}c", f"{MAIN}row"), resolve_entities=False,
                            no_network=True, load_dtd=False, huge_tree=False)  # fmt: skip
    row = column = 0
    for _, element in cells:
        if etree.QName(element).localname == "row":
            row, column = int(element.get("r") or row + 1), 0
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
            continue
        place = CELL.fullmatch(element.get("r") or "")
        column = column_number(place[1]) if place else column + 1
        if told := _instead(element, anew=anew):
            own = int(place[2]) if place else row + 1
            found.setdefault(own, {})[column] = told
    return found


def _instead(cell: etree._Element, *, anew: bool) -> str:
    """What a cell holds instead of a value: a formula, with its sign, an error, or a number that is none; empty where it
    holds one."""
    formula = cell.find(f"{MAIN}f")
    if formula is not None and _is_open(cell, anew=anew):
        return f"={formula.text or ''}"
    if cell.get("t") == "e":
        return str(cell.findtext(f"{MAIN}v") or "#")
    number = str(cell.findtext(f"{MAIN}v") or "") if cell.get("t", "n") == "n" else ""
    return number if is_beyond(number) else ""


def is_beyond(number: str) -> bool:
    """Whether a text is a number that a spreadsheet cannot hold: it would be without end, or nothing, and is neither."""
    try:
        value = float(number)
    except ValueError:
        return False
    digits = any(sign in "123456789" for sign in number.casefold().partition("e")[0])
    return digits and (math.isinf(value) or value == 0)


def _is_open(cell: etree._Element, *, anew: bool) -> bool:
    """Whether nobody has calculated a formula: it has no value, or that which programs write until somebody does.
    A text that was calculated may be empty."""
    value = cell.findtext(f"{MAIN}v")
    if not value:
        return value is None or cell.get("t") != "str"
    return anew and value == "0"


def column_number(letters: str) -> int:
    """The number of a column: A is 1."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number
