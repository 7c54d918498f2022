"""A table of marks with its mapping, and a check that nothing of a record is lost: for the tests of mapped sources."""

from ipregister.exchange import loss
from ipregister.exchange.json.cells import About, line
from ipregister.exchange.mapped import mapping, rows
from ipregister.exchange.mapped.reader import MappedReader
from ipregister.exchange.origin import raw_value
from ipregister.model.evidence import Reading, split_origin
from ipregister.model.offices import office
from tests.exchange.mapped_fields import CLASSES, GOODS, MARKS, field, fields

LA = office("LA")
TEXT = "".join((
    """
office = "LA"
dates = "dmy"
lang = "en"
ignore = ["Remark"]
[codes.kinds]
"Ind." = "Individual"
""",
    fields(MARKS),
    field("Mark (Lao)", "mark/verbal", lang="lo"),
    fields({"Class": CLASSES, "Goods": GOODS}, split=";"),
    fields({"Owners": "applicants/*/names", "Country": "applicants/*/country"}, split="|"),
    field("Type", "kinds", codes="kinds"),
    fields({"Status": "office_status", "Granted": "events/granted/date"}),
    """[[constant]]
to = "events/granted/kind"
value = "registration"
""",
))  # fmt: skip
MAPPING = mapping.load(TEXT.encode(), "x.toml")
READER = MappedReader(MAPPING, LA)
HEADINGS = ["No", "Filed", "Mark", "Mark (Lao)", "Class", "Goods", "Owners", "Country", "Type", "Status", "Granted",
            "Remark", "Other"]  # fmt: skip
WHOLE = ["37978", "17/08/2559", "CHAMPA", "ຈຳປາ", "30;32", "coffee;beer", "Champa Co.|Kham", "LA|Thailand", "Ind.",
         "Registered", "15/08/2017", "seen", "more"]  # fmt: skip


def row(cells: list[str], number: int = 2) -> bytes:
    return line(number, HEADINGS, cells, About(rows.misfit(HEADINGS, cells)))


def read(cells: list[str]) -> Reading:
    return READER.read(row(cells))


def sound(raw: bytes, reading: Reading) -> None:
    """Nothing is lost, all evidence holds, every position leads to its text."""
    found = loss.check(raw, reading, LA)
    assert (found.lost, found.broken) == ((), ())
    for origin in reading.evidence.values():
        assert raw_value(raw, (), split_origin(origin)[0])[1]
