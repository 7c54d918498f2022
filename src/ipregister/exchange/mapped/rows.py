"""Tables as lines of JSON, a row each: CSV of any delimiter and encoding, and spreadsheets."""

import io
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Mapping as Table
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct
from msgspec.structs import replace

from ipregister.exchange.json.cells import About, line
from ipregister.exchange.mapped import workbooks
from ipregister.exchange.mapped.encodings import codec_of, wide_of
from ipregister.exchange.mapped.expected import expected_in
from ipregister.exchange.mapped.heads import LOOKED_AT, names_of, no_record
from ipregister.exchange.mapped.mapping import Input, Mapping
from ipregister.exchange.mapped.others import Candidate, Others
from ipregister.exchange.mapped.quotes import UNCLOSED, rows_of
from ipregister.exchange.mapped.spoilt import that_tell
from ipregister.model.cell import unguarded
from ipregister.model.errors import UnreadableInput
from ipregister.model.offices import office
from ipregister.model.sheets import CONTINUED, number_of

DELIMITERS = ",;\t|"
_HEAD = 4096


class Line(Struct, frozen=True):
    """A row of a table: its number as a spreadsheet counts, its cells, why it cannot be read, the formulas that
    stand in its cells instead of values, and the formats of cells that are neither text nor plain number, by column."""

    number: int
    cells: list[str]
    wrong: str = ""
    formulas: Table[int, str] = {}
    forms: Table[int, str] = {}


def first_rows(path: Path, told: Input, most: int) -> list[list[str]]:
    """The first rows of a table, for a look at where its heading is. Raises `UnreadableInput`."""
    whole = replace(told, header=1)
    return [row.cells for row in islice(_rows(path, whole), most)]


def headings_of(path: Path, told: Input) -> list[str]:
    """The heading of a table. Raises `UnreadableInput`."""
    return _heading(_rows(path, told), path, told)[0]


def _heading(rows: Iterator[Line], path: Path, told: Input) -> tuple[list[str], int]:
    """The names of the columns, and how many cells the heading has, those without a name, too."""
    lines = list(islice(rows, told.header_rows)) or [Line(0, [])]
    if any(line.wrong.startswith(UNCLOSED) for line in lines):
        remedy = "close it; where nothing in the file is quoted, set input.quote to nothing"
        raise UnreadableInput(
            "the heading has a quotation mark that is not closed", place=str(path), remedy=remedy
        )
    headings = names_of([line.cells for line in lines])
    if not headings:
        raise UnreadableInput(
            f"row {told.header} holds no heading", place=str(path), remedy="set input.header"
        )
    return headings, max(len(line.cells) for line in lines)


def lines_of(path: Path, told: Input, mapping: Mapping | None = None) -> Iterator[bytes]:
    """Every row below the heading as a line; one that does not fit, or that the others or the mapping of the table gainsay,
    says why. Raises `UnreadableInput`."""
    rows = _rows(path, told)
    headings, width = _heading(rows, path, told)
    expected = expected_in(headings, mapping, office(mapping.office)) if mapping else None
    telling: Callable[[Table[int, str]], Table[int, str]] = that_tell(headings, mapping) if mapping else dict
    for row in Others(len(headings), width, expected).judged(_candidates(rows, headings, told)):
        about = About(row.wrong, told.sheet, row.doubt)
        yield line(row.number, headings, row.cells, about, formulas=row.formulas, forms=telling(row.forms))


def _candidates(rows: Iterator[Line], headings: Sequence[str], told: Input) -> Iterator[Candidate]:
    """The rows that hold something, with the reason where one cannot be read by itself."""
    below = told.header + told.header_rows
    for row in rows:
        if row.formulas or any(cell.strip() for cell in row.cells):
            cells = [*row.cells, *[""] * (max(row.formulas, default=0) - len(row.cells))]
            wrong = row.wrong or misfit(headings, cells) or _cut(headings, cells)
            wrong = wrong or no_record(cells, headings, first=row.number == below)
            alone = bool(wrong or row.formulas or row.number in told.in_place)
            yield Candidate(row.number, cells, wrong, row.formulas, alone, forms=row.forms)


def misfit(headings: Sequence[str], cells: Sequence[str]) -> str:
    """Why a row does not fit its heading; empty where it does. Empty cells after the last column are none."""
    count = len(cells)
    while count > len(headings) and not cells[count - 1].strip():
        count -= 1
    if count == len(headings):
        return ""
    return f"row-shape: {count} cells under {len(headings)} headings"


def _cut(headings: Sequence[str], cells: Sequence[str]) -> str:
    """Which cell goes on in a sheet that is not at hand; empty where none does."""
    for heading, cell in zip(headings, cells, strict=False):
        if number := number_of(cell):
            return f"cut-cell: {heading}, {CONTINUED} {number}"
    return ""


def _rows(path: Path, told: Input) -> Iterator[Line]:
    """The heading, then every row."""
    if told.kind == "xlsx":
        found = workbooks.rows_of(path, told.sheet)
        below = told.header + told.header_rows
        return (
            Line(row.number, row.cells, f"merged-cells: {row.merged}" if row.merged and row.number >= below else "",
                 row.formulas, row.forms)
            for row in found
            if row.number >= told.header
        )  # fmt: skip
    return (row for row in _csv(path, told) if row.number >= told.header)


def _csv(path: Path, told: Input) -> Iterator[Line]:
    try:
        raw: BinaryIO = path.open("rb")
    except OSError as error:
        raise UnreadableInput(
            f"cannot be opened: {error.strerror}", place=str(path), remedy="check the path"
        ) from error
    with raw:
        encoding = _encoding(path, raw.read(_HEAD), told.encoding)
        raw.seek(0)
        try:
            text = io.TextIOWrapper(raw, encoding=encoding, errors="surrogateescape", newline="")
        except LookupError as error:
            raise UnreadableInput(
                f"no encoding {encoding!r}", place=str(path), remedy="set input.encoding"
            ) from error
        try:
            delimiter = told.delimiter or _delimiter(text, told.header)
            text.seek(0)
            for number, (cells, wrong) in enumerate(rows_of(text, delimiter, told.quote), 1):
                plain = [unguarded(cell) for cell in cells] if told.guarded else cells
                yield _decoded(Line(number, plain, wrong))
        except UnicodeError as error:
            raise UnreadableInput(
                f"is not in its encoding: {error}", place=str(path), remedy="set input.encoding"
            ) from error


def _encoding(path: Path, head: bytes, told: str) -> str:
    """What the bytes of a file are decoded with. Raises `UnreadableInput` for UTF-16 where another encoding is told."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    wide, plain = wide_of(head), told.lower().replace("_", "-")
    if wide and plain not in ("utf-16", wide, wide.replace("utf-", "utf")):
        remedy = f'set input.encoding = "{wide}"'
        raise UnreadableInput(f"is in UTF-16 ({wide}), not in {told}", place=str(path), remedy=remedy)
    return wide or codec_of(told)


def _decoded(row: Line) -> Line:
    """A row without the bytes that are not in the encoding told, which it then says."""
    whole = "".join(row.cells) + row.wrong
    if whole.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in whole):
        return row
    plain = [_plain(cell) for cell in row.cells]
    odd = "undecodable-row: bytes that are not in the encoding told"
    return Line(row.number, plain, _plain(row.wrong) or odd)


def _plain(text: str) -> str:
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _delimiter(text: io.TextIOWrapper, header: int) -> str:
    """The sign that parts the heading most often, outside of quotes."""
    head = "".join(text.readline(1 << 16) for _ in range(header))
    bare = "".join(part for n, part in enumerate(head.split('"')) if n % 2 == 0)
    return max(DELIMITERS, key=bare.count)


def delimiter_of(text: str) -> str:
    """The sign that parts cells in the beginning of a file: which parts the most lines into the same number of cells,
    outside of quotes."""
    bare = "".join(part for n, part in enumerate(text.split('"')) if n % 2 == 0)
    lines = [line for line in bare.splitlines() if line.strip()][:LOOKED_AT]

    def agreed(sign: str) -> tuple[int, int]:
        counts = Counter(line.count(sign) for line in lines if sign in line)
        number, many = max(counts.items(), key=lambda one: (one[1], one[0]), default=(0, 0))
        return many, number

    return max(DELIMITERS, key=agreed)
