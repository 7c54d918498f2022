"""Cells that are no text of their field: those of which a spreadsheet program has made something else than was typed: a day of `7-11`, a truth value of a word, a number
of `100%`.

The value alone would be loaded as another text; the format of its cell tells it. What the cell showed is read where that
is certain (`shown`); else nobody can say what was typed, and the field stays empty. Of a day in a column of days as much is
read as its cell shows: `mmm-yy` shows no day of the month, and nobody typed one. A list of a database is several values; what
has parts in another way is none.
"""

from collections.abc import Callable, Sequence
from collections.abc import Mapping as Table

from msgspec.structs import replace

from ipregister.exchange.json.cells import LIST, OBJECT
from ipregister.exchange.mapped.cells import Cell, folded
from ipregister.exchange.mapped.forms import Forms
from ipregister.exchange.mapped.mapping import Mapping
from ipregister.exchange.mapped.values import NUMBERS, ROUNDED, Row
from ipregister.exchange.xml.sheet import Sheet
from ipregister.model.evidence import Reading
from ipregister.model.lists import items
from ipregister.model.number_formats import GENERAL, day_shown, is_bare, is_whole, part_shown, shown
from ipregister.model.numbers import FIELDS, series_of
from ipregister.model.offices import Office
from ipregister.model.record import right_of

CODE, OF_NUMBER = "spreadsheet-made", "spreadsheet-made-number"
"""The finding on a value that is kept, and the reason for which a record is held whose number it is."""
STRUCTURE = "structured-value"
"""The finding on a value of a database that has parts and is no list."""
_AS_TODAY = frozenset(["date", "flag"])
"""What a field holds of which a day or a truth value is a value."""
_COUNTED = ("class", "integer", "integers")


def that_tell(headings: Sequence[str], mapping: Mapping) -> Callable[[Table[int, str]], Forms]:
    """What takes those of a row's formats that tell something: all in columns whose field is no date, in those of a date the
    ones that do not show a whole day."""
    kinds: dict[str, set[str]] = {}
    for one in mapping.fields:
        kinds.setdefault(folded(one.source), set()).add(mapping.target(one).kind)
    held = {number: kinds.get(folded(heading), set()) for number, heading in enumerate(headings, 1)}
    open_ = {number for number, found in held.items() if not found <= _AS_TODAY}
    dated = {number for number, found in held.items() if "date" in found}
    return lambda forms: {
        n: form for n, form in forms.items() if n in open_ or (n in dated and day_shown(form) != "ymd")
    }


def sound(cells: Sequence[Cell], rule: Row, sheet: Sheet) -> Sequence[Cell]:
    """The cells of a field that hold what was typed, a number as it was shown; the others are kept, with a finding."""
    if not any(cell.form for cell in cells):
        return cells
    found = []
    for cell in cells:
        pointer = f"/{rule.target.generic.replace('/*', '')}"
        if cell.form == LIST:
            found += listed(cell)
        elif cell.form == OBJECT:
            sheet.keep(pointer, cell.text, STRUCTURE, cell.position, STRUCTURE)
        elif (better := _as_typed(cell, rule)) is None:
            sheet.keep(pointer, cell.text, CODE, cell.position)
            sheet.find(CODE, pointer, cell.text, form=cell.form)
        else:
            found.append(better)
    return found


def listed(cell: Cell) -> list[Cell]:
    """The values of a list that a database gives, those that are empty, too, so that each keeps its place."""
    texts = items(cell.text) or ()
    return [replace(cell, text=text, repair=f"item:{n}", form="") for n, text in enumerate(texts, 1)]


def _as_typed(cell: Cell, rule: Row) -> Cell | None:
    """A cell with what it showed; None where that is not what it holds, and not certain."""
    if not cell.form or rule.target.kind == "flag" or _is_coded(cell, rule):
        return cell
    if rule.target.kind == "date":
        text = part_shown(cell.text, cell.form)
        return cell if text == cell.text else _shown(cell, text)
    if _is_plain(cell, rule):
        return cell
    return _shown(cell, None if cell.form == GENERAL else shown(cell.text, cell.form))


def _shown(cell: Cell, text: str | None) -> Cell | None:
    """A cell with what it showed; None where that is not certain."""
    return replace(cell, text=text, repair=f"shown:{cell.form}") if text is not None else None


def _is_coded(cell: Cell, rule: Row) -> bool:
    """Whether the mapping's table says what this very value means."""
    return bool(rule.field.codes) and rule.mapping.code(rule.field.codes, cell.text) is not None


def _is_plain(cell: Cell, rule: Row) -> bool:
    """Whether a number may be read as it is: where a number is meant, or its format is none. One whose last digits are lost
    is told where it is read."""
    if rule.target.kind in _COUNTED:
        return cell.form == GENERAL or is_whole(cell.text, cell.form)
    if rule.target.steps[-1] not in NUMBERS:
        return cell.form == GENERAL
    if ROUNDED.fullmatch(cell.text):
        return True
    return is_bare(cell.text, cell.form) and shown(cell.text, cell.form) is None


def number_in(reading: Reading, office: Office) -> str:
    """The number that would name a record, and of which something else was made, with its format; empty where another
    names the record."""
    made = {
        one.path: f"{one.value} ({one.arguments['form']})" for one in reading.findings if one.code == CODE
    }
    record = reading.record
    if record is None or not made:
        return ""
    for field in FIELDS:
        if told := made.get(f"/{field}"):
            return told
        number = getattr(record, field)
        if number and series_of(number, office, right_of(record), field):
            return ""
    return ""
