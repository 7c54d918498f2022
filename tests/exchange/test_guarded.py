"""CSV that a spreadsheet runs nothing of is read back exactly: what is exported is what comes in again."""

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipregister.capture import looking
from ipregister.exchange import table
from ipregister.exchange.formats import Item, write
from ipregister.exchange.mapped import rows
from ipregister.exchange.mapped.drafting import mapping_text
from ipregister.exchange.mapped.mapping import Input, load
from ipregister.exchange.mapped.proposing import proposals
from ipregister.exchange.mapped.reader import MappedReader
from ipregister.model.mark import Mark, Trademark
from ipregister.model.offices import office
from ipregister.model.text import Text
from ipregister.portal.exports import writing

LA = office("LA")
NAMES = [
    "= SUMO",
    "'= SUMO",
    "+PLUS",
    "-5",
    "@HOME",
    "'s Gravenhage",
    "L'ÉTÉ",
    " =blank",
    "＝",
    "'",
    "a;=b",
    "a\n=b",
    ' "q" ',
]


def _exported(path: Path, names: list[str]) -> list[Trademark]:
    marks = [
        Trademark(office="LA", application_number=f"{500 + n}", mark=Mark(verbal=(Text(name),)))
        for n, name in enumerate(names)
    ]
    items = [Item(f"la-{n}", one, LA, (), "2026-01-31") for n, one in enumerate(marks)]
    path.write_text("".join(write("csv", items)), encoding="utf-8", newline="")
    return marks


def _cells(path: Path, told: Input) -> list[list[str]]:
    lines = [json.loads(line) for line in rows.lines_of(path, told)]
    assert [line.get("$wrong", "") for line in lines] == [""] * len(lines)
    return [list(line["$cells"].values()) for line in lines]


def test_names_that_look_like_formulas_come_back(tmp_path: Path) -> None:
    marks = _exported(tmp_path / "t.csv", NAMES)
    with (tmp_path / "t.csv").open(encoding="utf-8", newline="") as opened:
        for row in list(csv.reader(opened))[1:]:
            assert not any(cell.lstrip(" ").startswith(("=", "+", "-", "@", "＝")) for cell in row)
    told = looking.told_of(tmp_path / "t.csv")
    assert told.guarded
    expected = [table.row(f"la-{n}", one, "2026-01-31", _notice(), safe=False) for n, one in enumerate(marks)]
    assert _cells(tmp_path / "t.csv", told) == expected


def _notice() -> str:
    notice = LA.notice_on("trademark")
    return notice.text if notice else ""


def test_the_mapping_that_is_proposed_says_so_and_reads_them(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    _exported(path, NAMES)
    told = looking.told_of(path)
    profile = looking.look(path, told)
    text = mapping_text("LA", "trademark", told, profile, proposals(profile, "trademark"), "t.csv")
    mapping = load(text.encode(), "x")
    assert mapping.input.guarded
    reader = MappedReader(mapping, LA)
    found = [reader.read(line.rstrip(b"\n")).record for line in rows.lines_of(path, mapping.input)]
    read = [one.mark.verbal[0].text for one in found if isinstance(one, Trademark)]
    assert read == [" ".join(name.split()) for name in NAMES]


def test_tables_of_others_keep_their_apostrophes(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("No,Mark\n1,'= SUMO\n2,'-5\n", encoding="utf-8")
    told = looking.told_of(path)
    assert not told.guarded
    assert _cells(path, told) == [["1", "'= SUMO"], ["2", "'-5"]]


def test_the_lists_of_hits_of_the_portal_are_known_as_ours(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    cells = ["=1" if name == "title" else "x" for name in writing.COLUMNS]
    path.write_text(writing.FORMS["csv"].heading + writing.csv_line(cells), encoding="utf-8", newline="")
    told = looking.told_of(path)
    assert told.guarded
    assert _cells(path, told) == [cells]


@given(st.lists(st.text(st.sampled_from("'=+-@;,\"\t aA1(|! ກ"), max_size=8), min_size=6, max_size=6))
@settings(max_examples=60)
def test_every_cell_comes_back(tmp_path_factory: pytest.TempPathFactory, cells: list[str]) -> None:
    path = tmp_path_factory.mktemp("t") / "t.csv"
    record = Trademark(
        office="LA", application_number="1", mark=Mark(verbal=tuple(Text(cell) for cell in cells if cell))
    )
    path.write_text(
        table.heading() + table.line("la-1", record, cells[0], cells[1]), encoding="utf-8", newline=""
    )
    assert _cells(path, Input(guarded=True)) == [table.row("la-1", record, cells[0], cells[1], safe=False)]
