"""A first look at a source that nobody has mapped yet: its kind, where its records are, what they hold."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import msgspec

from ipregister.capture.json_splitter import JsonSplitter
from ipregister.capture.prologue import encoding_of as named_encoding
from ipregister.capture.prologue import prologue_of, root_name
from ipregister.capture.saved_as import require_plain
from ipregister.capture.splitter import Splitter
from ipregister.exchange.json.cells import LIST, empty_columns, wrong_of
from ipregister.exchange.json.grouped import rows_in
from ipregister.exchange.json.slices import Members
from ipregister.exchange.json.slices import parse as parse_json
from ipregister.exchange.mapped import rows, workbooks
from ipregister.exchange.mapped.cells import Cell, of_element, of_members, of_row
from ipregister.exchange.mapped.encodings import codec_of, encoding_of
from ipregister.exchange.mapped.formulas import hidden_rows
from ipregister.exchange.mapped.heads import LOOKED_AT, head_of
from ipregister.exchange.mapped.mapping import TABULAR, Form, Input
from ipregister.exchange.mapped.profile import Profile
from ipregister.exchange.mapped.spoilt import listed
from ipregister.exchange.xml.slices import parse
from ipregister.model.errors import UnreadableInput

MOST = 5_000
"""So many records are looked at."""
_HEAD = 16 << 20
_RECORDS = "the element or array of the records (--records, or records in [input])"
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*>")
_START = re.compile(rb"<([A-Za-z_][\w.:-]*)[\s>]")
_NAMED_ARRAY = re.compile(rb"\"([^\"\\]+)\"\s*:\s*\[\s*\{")

COLUMNS = 16_384
"""The most columns that a sheet has."""


def kind_of(path: Path) -> Form:
    """What kind of source a file is, by its beginning. Raises `UnreadableInput`."""
    try:
        with path.open("rb") as opened:
            head = opened.read(4096)
    except OSError as error:
        raise UnreadableInput(
            f"cannot be opened: {error.strerror}", place=str(path), remedy="check the path"
        ) from error
    require_plain(path)
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return "xlsx"
    if start.startswith(b"<"):
        return "xml"
    if start[:1] in (b"{", b"["):
        return "json"
    return "csv"


def told_of(path: Path) -> Input:
    """How a source is to be read, as far as it shows. Raises `UnreadableInput`."""
    kind = kind_of(path)
    if kind == "xlsx":
        return with_heading(path, Input(kind, sheet=next(iter(workbooks.names_of(path)), "")))
    with path.open("rb") as opened:
        head = opened.read(_HEAD)
    if kind == "xml":
        head = _narrow(head)
        _require_whole(path, head, Splitter((_element(head),)))
        return Input(kind, records=_element(head))
    if kind == "json":
        _require_whole(path, head, JsonSplitter(()))
        found = _NAMED_ARRAY.search(head) if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") else None
        lines = len(head.splitlines()) > 1 and head.splitlines()[0].rstrip().endswith(b"}")
        return Input(kind, records=found[1].decode("utf-8", "replace") if found and not lines else "")
    encoding = encoding_of(head)
    start = head[: 1 << 18].decode(codec_of(encoding), "replace")
    return with_heading(path, Input(kind, encoding=encoding, delimiter=rows.delimiter_of(start)))


def _require_whole(path: Path, head: bytes, splitter: Splitter | JsonSplitter) -> None:
    """Raises `UnreadableInput` where a file ends before what it has begun is closed."""
    if len(head) == _HEAD:
        return  # there is more; loading tells of its end
    told = [code for code, _ in splitter.split([head]).notes]
    if "cut-off-file" in told or (isinstance(splitter, JsonSplitter) and _is_cut(head)):
        line = head.count(b"\n") + 1
        raise UnreadableInput(
            f"the file is cut off at line {line}, byte {len(head)}", place=str(path), remedy="fetch it again"
        )


def _is_cut(head: bytes) -> bool:
    """Whether JSON, or its last line where each line is a record, ends before it is whole."""
    plain = head.removeprefix(b"\xef\xbb\xbf").strip()
    for text in (plain, plain[plain.rfind(b"\n") + 1 :]):
        try:
            msgspec.json.decode(text.decode("utf-8", "replace"))
        except RecursionError:
            return False  # told as too deep where it is read
        except msgspec.DecodeError as error:
            if "truncated" in str(error):
                return True
        else:
            return False
    return False


def with_heading(path: Path, told: Input) -> Input:
    """How a table is read, with the row of its heading as far as it shows. Raises `UnreadableInput`."""
    first = rows.first_rows(path, told, LOOKED_AT)
    widest = max((len(row) for row in first), default=0)
    if widest > COLUMNS:
        raise UnreadableInput(
            f"a row of {widest} cells is none of a table",
            place=str(path),
            remedy="check delimiter and encoding",
        )
    header, header_rows = head_of(first)
    guarded = told.kind == "csv" and bool(first) and _is_ours(first[0])
    return msgspec.structs.replace(told, header=header, header_rows=header_rows, guarded=guarded)


def _is_ours(heading: list[str]) -> bool:
    """Whether a table is one of records of ours, which are guarded against spreadsheets."""
    return heading[:1] == ["key"] and {"data_day", "notice"} <= set(heading)


def hidden_in(path: Path, told: Input) -> str:
    """What of a workbook a person does not see on opening it, in words: other sheets with rows, rows that are hidden;
    empty where there is none. Raises `UnreadableInput`."""
    if told.kind != "xlsx":
        return ""
    others = [name for name in workbooks.names_of(path) if name != told.sheet]
    hidden = hidden_rows(path, told.sheet)
    parts = [f"other sheets hold rows, too: {', '.join(others)}; choose with --sheet"] if others else []
    parts += [f"{hidden} rows of the sheet are hidden; they are read like the others"] if hidden else []
    return "; ".join(parts)


def _narrow(head: bytes) -> bytes:
    """The beginning of XML in UTF-16 as UTF-8, without the declaration of its encoding."""
    encoding = named_encoding(head)
    if not encoding.startswith("utf-16"):
        return head
    return _DECLARATION.sub("", head.decode(encoding, "ignore").lstrip("\ufeff")).encode()


def _element(head: bytes) -> str:
    """The element that seems to be one record: the most frequent of those just below the first that comes more than
    once; the root where none does."""
    names = [str(name.rpartition(b":")[2], "utf-8", "replace") for name in _START.findall(head)]
    counts = Counter(names)
    for name in dict.fromkeys(names[1:]):
        if counts[name] > 1:
            return name
    return names[0] if names else ""


def look(path: Path, told: Input, most: int = MOST) -> Profile:
    """What the first records of a source hold. Raises `UnreadableInput`."""
    profile = Profile(0, {})
    for cells in islice(_records(path, told), most):
        profile.add((cell.path, cell.text) for cell in cells)
        profile.told_forms((cell.path, cell.form) for cell in cells)
    if not profile.columns:
        where = (
            "the row of the heading (--header, or header in [input])" if told.kind in TABULAR else _RECORDS
        )
        raise UnreadableInput("no record was found in it", place=str(path), remedy=f"name {where}")
    return profile


def look_at_lines(lines: Iterator[bytes], most: int = MOST) -> Profile:
    """What the first rows of a database hold."""
    profile = Profile(0, {})
    for line in islice(lines, most):
        members = parse_json(line.rstrip(b"\n"))
        if not wrong_of(members.texts):
            for row in rows_in(members):
                profile.add((cell.path, _first(cell)) for cell in _with_empty(row))
    return profile


def _first(cell: Cell) -> str:
    """The text of a cell, of a list that a database gives the first value."""
    return next((one.text for one in listed(cell) if one.text), "") if cell.form == LIST else cell.text


def _with_empty(members: Members) -> list[Cell]:
    """The cells of a row in the order of the columns, the empty ones, too."""
    empty = [Cell(name, f"0:{n}", "") for n, name in empty_columns(members.blanks).items()]
    return sorted((*of_row(members), *empty), key=lambda cell: int(str(cell.position).partition(":")[2]))


def _records(path: Path, told: Input) -> Iterator[list[Cell]]:
    if told.kind in TABULAR:
        found = (parse_json(line.rstrip(b"\n")) for line in rows.lines_of(path, told))
        yield from (_with_empty(one) for one in found if not wrong_of(one.texts))
        return
    with path.open("rb") as opened:
        data = opened.read(_HEAD)
    if told.kind == "xml":
        data = _narrow(data)
    names = (told.records,) if told.records else ()
    cuts = (Splitter(names) if told.kind == "xml" else JsonSplitter(names)).split([data])
    for offset, length in zip(cuts.offsets, cuts.lengths, strict=True):
        raw = data[offset : offset + length]
        if told.kind == "xml":
            whole = prologue_of(data, root_name(raw)).document(raw)  # its file's encoding and namespaces
            yield of_element(parse(whole), told.records)
        else:
            yield of_members(parse_json(raw))


def with_told(told: Input, **given: str | int) -> Input:
    """How a source is read, with what the operator says."""
    return msgspec.structs.replace(told, **{name: value for name, value in given.items() if value})
