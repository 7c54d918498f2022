"""Columns of a mapped table of designs that hold days to come and have no field: perhaps until then a design is closed.

Words of headings tell much, not all; a day behind the data's own tells it in any language. Who maps the table decides.
"""

import datetime as dt
import re
from collections.abc import Iterable

from ipregister.exchange.json.slices import parse
from ipregister.exchange.mapped.cells import folded, of_row
from ipregister.exchange.mapped.mapping import Mapping
from ipregister.model.dates import parse as parse_date
from ipregister.model.digits import to_ascii

RIGHT = "design"
"""The right whose records a day may close: of the others none is opened by what a table leaves out."""
_FORMS = ("iso", "dmy", "mdy")
_MONTH = re.compile(r"(?P<y>\d{4})[-/.](?P<m>0?[1-9]|1[0-2])|(?P<m2>0?[1-9]|1[0-2])[-/.](?P<y2>\d{4})")
_LONGEST = 40


def days_ahead(lines: Iterable[bytes], mapping: Mapping, day: dt.date) -> dict[str, str]:
    """The columns of rows with no field and no place in `ignore` that hold a day or month behind a day, each with the
    first such text; empty for other rights."""
    if mapping.right != RIGHT:
        return {}
    settled = {folded(name) for name in (*mapping.ignore, *(field.source for field in mapping.fields))}
    found: dict[str, str] = {}
    for line in lines:
        for cell in of_row(parse(line.rstrip(b"\n"))):
            if cell.path not in found and folded(cell.path) not in settled and _is_behind(cell.text, day):
                found[cell.path] = cell.text
    return found


def _is_behind(text: str, day: dt.date) -> bool:
    """Whether a text is a day behind another, in any order of day and month, or a month that ends behind it."""
    if len(text) > _LONGEST or not any(sign.isdecimal() for sign in text):
        return False
    if match := _MONTH.fullmatch(to_ascii(text).strip()):
        year, month = match["y"] or match["y2"], match["m"] or match["m2"]
        return f"{year}-{int(month):02d}" > day.isoformat()[:7]
    return any(iso > day.isoformat() for form in _FORMS if (iso := parse_date(text, form)[0]))
