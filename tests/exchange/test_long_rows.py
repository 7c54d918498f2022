"""A row that is only too long is no heading: the table above it keeps its own."""

import csv
from pathlib import Path

import pytest
import xlsxwriter

from ipregister.capture.looking import look, told_of
from ipregister.exchange.json.cells import wrong_of
from ipregister.exchange.json.slices import parse
from ipregister.exchange.mapped.heads import head_of
from ipregister.exchange.mapped.mapping import Input
from ipregister.exchange.mapped.rows import lines_of
from ipregister.model.errors import UnreadableInput
from tests.sparing import few

HEADING = ["Application No", "Mark", "Owner", "Status", "Note"]
GOOD = [[f"2024{n}", "CHAMPA", "Kham", "Registered", "a word"] for n in range(5)]
LONG = ["x y"] * 20


def written(path: Path, table: list[list[str]]) -> Path:
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as opened:
            csv.writer(opened).writerows(table)
        return path
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Marks")
        for number, cells in enumerate(table):
            sheet.write_row(number, 0, cells)
    return path


@pytest.mark.parametrize("name", ["t.csv", "t.xlsx"])
@pytest.mark.parametrize("at", few([3, 5], 1))
@pytest.mark.parametrize("above", [[], [["Register of marks"], []]])
def test_a_row_that_is_too_long_goes_alone(
    name: str, at: int, above: list[list[str]], tmp_path: Path
) -> None:
    source = written(tmp_path / name, [*above, HEADING, *GOOD[:at], LONG, *GOOD[at:]])
    told = told_of(source)
    assert (told.header, told.header_rows) == (len(above) + 1, 1)
    assert look(source, told).records == 5
    wrong = [wrong_of(parse(line.rstrip(b"\n")).texts) for line in lines_of(source, told)]
    assert [n for n, why in enumerate(wrong) if why.startswith("row-shape")] == [at]


@pytest.mark.parametrize(
    ("table", "head"),
    [
        ([HEADING[:2], ["1", "A"], ["2", "B"], LONG], (1, 1)),
        (
            [["Office", "LA"], ["By", "Kham"], [], [*HEADING, *"abcde"], ["1", "A", "B"], ["2", "A", "B"]],
            (4, 1),
        ),
        ([["From", "01/01/2024", "to", "31/12/2024"], [*HEADING, "F", "G"], ["1", "A", "B"]], (2, 1)),
        ([HEADING, *GOOD[:2], LONG, GOOD[2], LONG], (1, 1)),
    ],
)
def test_the_heading_is_found_beside_odd_rows(table: list[list[str]], head: tuple[int, int]) -> None:
    assert head_of(table) == head


def test_where_no_record_is_found_the_remedy_names_the_option(tmp_path: Path) -> None:
    source = written(tmp_path / "t.csv", [HEADING])
    with pytest.raises(UnreadableInput, match="--header"):
        look(source, Input())
    (tmp_path / "t.json").write_text("[]", encoding="utf-8")
    with pytest.raises(UnreadableInput, match="--records"):
        look(tmp_path / "t.json", Input("json"))
