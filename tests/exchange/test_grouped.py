"""Rows of a join are one record: lists of what differs, each cell with its place, nothing of any row lost."""

import csv
import itertools
import json
from collections import Counter
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from ipregister.exchange.json import cells as lines
from ipregister.exchange.json import grouped as grouping
from ipregister.exchange.json.apart import Apart
from ipregister.exchange.json.grouped import grouped
from ipregister.exchange.mapped import mapping
from ipregister.exchange.mapped.reader import MappedReader
from ipregister.exchange.origin import raw_value
from ipregister.model.errors import UnreadableInput
from ipregister.model.evidence import Reading, split_origin
from ipregister.model.mark import Trademark
from ipregister.model.offices import office
from ipregister.web import bootstrap
from ipregister.web.options import Options
from tests.cli.conftest import command
from tests.exchange import mapped_fields

HEADINGS = ["Number", "Filed", "Mark", "Owner", "Country", "Class", "Goods", "Note"]
MAPPING = 'office = "LA"\n[input]\nkind = "csv"\ngroup = ["Number"]\n' + mapped_fields.fields({
    "Number": "application_number", "Filed": "application_date", "Mark": "mark/verbal", "Owner": "holders/*/names",
    "Country": "holders/*/country", "Class": mapped_fields.CLASSES, "Goods": mapped_fields.GOODS})  # fmt: skip
OWNERS = [("Naga Co., Ltd.", "LA"), ("Lotus Ltd.", "TH")]
CLASSES = [("9", "cables"), ("35", "retail"), ("43", "")]
JOIN = [
    ["7", "2020-01-02", "NAGA", *owner, *one, "seen"] for owner, one in itertools.product(OWNERS, CLASSES)
]


def read(
    rows: list[list[str]], said: str = MAPPING, wrong: dict[int, str] | None = None
) -> list[tuple[bytes, Reading]]:
    reader = MappedReader(mapping.load(said.encode(), "m.toml"), office("LA"))
    told = (
        lines.line(n, HEADINGS, row, lines.About((wrong or {}).get(n, ""))) for n, row in enumerate(rows, 2)
    )
    return [(line, reader.read(line.rstrip(b"\n"))) for line in grouped(told, ["Number"])]


def record_of(reading: Reading) -> Trademark:
    assert isinstance(reading.record, Trademark)
    return reading.record


def is_whole(rows: list[list[str]], raw: bytes, reading: Reading) -> None:
    """Every cell of every row is shown by some value of the record, at its own place, and says what is there."""
    shown: Counter[str] = Counter()
    for origin in reading.evidence.values():
        position, _repairs = split_origin(origin)
        shown[str(position)] += 1
        raw_value(raw, (), position)
    number = json.loads(raw)["$row"]
    places = {
        f"{n}:{at}" for n, row in enumerate(rows, number) for at, cell in enumerate(row, 1) if cell.strip()
    }
    assert shown.keys() == places


def test_a_join_of_owners_and_classes_is_one_record() -> None:
    ((raw, reading),) = read(JOIN)
    record = record_of(reading)
    assert (record.application_number, record.application_date) == ("7", "2020-01-02")
    assert [one.text for one in record.mark.verbal] == ["NAGA"]
    assert [(one.names[0].text, one.country) for one in record.holders] == OWNERS
    assert [
        (str(one.class_number), one.texts[0].text if one.texts else "") for one in record.goods
    ] == CLASSES
    assert {one.reason for one in record.kept} == {"duplicate"}
    assert [one.code for one in reading.findings] == ["unknown-element"]
    is_whole(JOIN, raw, reading)


def test_a_cell_that_differs_in_a_single_field_is_told_and_both_are_kept() -> None:
    rows = [JOIN[0], [*JOIN[1][:1], "2021-03-04", *JOIN[1][2:]]]
    ((raw, reading),) = read(rows)
    assert record_of(reading).application_date == "2020-01-02"
    assert [(one.path, one.text) for one in record_of(reading).extra if one.path == "Filed"] == [
        ("Filed", "2021-03-04")
    ]
    assert "repeated-element" in {one.code for one in reading.findings}
    is_whole(rows, raw, reading)


def test_only_rows_that_stand_together_are_one_and_those_without_a_number_are_alone() -> None:
    rows = [["7", *[""] * 7], ["7", "2020-01-02", *[""] * 6], ["8", *[""] * 7], ["", "", "A", *[""] * 5],
            ["", "", "B", *[""] * 5], ["7", *[""] * 7]]  # fmt: skip
    found = [
        [json.loads(raw)["$row"], *(one["$row"] for one in json.loads(raw).get("$more", ()))]
        for raw, _ in read(rows)
    ]
    assert found == [[2, 3], [4], [5], [6], [7]]


SHAPE, MERGED = "row-shape: 9 cells under 8 headings", "merged-cells: H3:I3"


def refusals(rows: list[list[str]], wrong: dict[int, str]) -> list[tuple[str, str]]:
    """Of each line its first row's number and why it is held."""
    return [(str(json.loads(raw)["$row"]), one.refusal) for raw, one in read(rows, wrong=wrong)]


def test_a_record_is_held_with_its_row_that_cannot_be_read() -> None:
    for at in (2, 3, 4):
        own, record = read(JOIN[:3], wrong={at: MERGED})
        assert own[1].refusal == "merged-cells"
        assert record[1].record is None
        assert (record[1].refusal, record[1].refusal_detail) == ("rows-held", f"{at} ({MERGED})")
        other = [["6", *JOIN[0][1:]], *JOIN[1:3]]
        assert refusals(other, {2: MERGED}) == [("2", "merged-cells"), ("3", "")]


def test_other_rows_that_cannot_be_read_between_change_nothing() -> None:
    rows = [JOIN[0], *[[str(n), *JOIN[0][1:]] for n in range(100, 400)], JOIN[1]]
    found = refusals(rows, {**dict.fromkeys(range(3, 302), MERGED), 302: MERGED, 303: MERGED})
    assert found[-1] == ("2", "rows-held")
    assert refusals([JOIN[0], *rows[1:]], dict.fromkeys(range(2, 302), MERGED))[-1] == ("303", "rows-held")


def test_a_row_of_no_certain_record_holds_those_before_and_after_it() -> None:
    three = [[number, *JOIN[0][1:]] for number in ("6", "7", "8", "9", "10")]
    for why in (SHAPE, "undecodable-row: bytes", "unclosed-quote: x", "shifted-row: -1: 1-3"):
        held = [one for one in refusals(three, {4: why}) if one[1] == "beside-unread"]
        assert held == [("3", "beside-unread"), ("5", "beside-unread")]
    blank = [["6", *JOIN[0][1:]], ["", *JOIN[0][1:]], ["7", *JOIN[0][1:]], ["8", *JOIN[0][1:]]]
    assert refusals(blank, {3: MERGED}) == [
        ("3", "merged-cells"),
        ("2", "beside-unread"),
        ("4", "beside-unread"),
        ("5", ""),
    ]
    told = [why for _row, why in refusals(blank, {})]
    assert told == ["beside-unread", "beside-unread", "beside-unread", ""]


def test_totals_and_remarks_hold_nothing() -> None:
    assert refusals(JOIN[:3], {3: "not-a-row: Total 3"}) == [("3", "not-a-row"), ("2", "")]


def test_a_formula_where_the_number_should_be_holds_what_stands_beside() -> None:
    told = [lines.line(n, HEADINGS, row, formulas={1: "=A1"} if n == 3 else None)
            for n, row in enumerate([JOIN[0], ["", *JOIN[1][1:]], JOIN[2], ["8", *JOIN[0][1:]]], 2)]  # fmt: skip
    reader = MappedReader(mapping.load(MAPPING.encode(), "m.toml"), office("LA"))
    found = [reader.read(one.rstrip(b"\n")) for one in grouped(told, ["Number"])]
    assert [one.refusal for one in found] == ["beside-unread", "beside-unread", "beside-unread", ""]
    assert found[0].refusal_detail == "3 (no value: =A1)"


def test_more_rows_of_one_number_than_a_record_has_are_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grouping, "MOST", 2)
    assert refusals([*JOIN[:5], ["8", *JOIN[0][1:]]], {}) == [
        ("2", "rows-held"), ("4", "rows-held"), ("6", "rows-held"), ("7", "")]  # fmt: skip


def test_what_is_remembered_is_bounded_and_nothing_is_let_in_by_that(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grouping, "MOST_HELD", 1)
    rows = [["7", *JOIN[0][1:]], ["8", *JOIN[0][1:]], ["7", *JOIN[1][1:]]]
    assert refusals(rows, {2: MERGED, 3: MERGED})[-1] == ("4", "beside-unread")


ROWS = st.lists(
    st.tuples(st.sampled_from(["6", "7", "8", ""]), st.sampled_from(["", "", "", SHAPE, MERGED])), max_size=12
)


@settings(max_examples=200, deadline=None)
@given(ROWS)
def test_no_record_stands_beside_an_unread_row_that_may_be_of_it(told: list[tuple[str, str]]) -> None:
    rows = [[number, *JOIN[0][1:]] for number, _why in told]
    found = read(rows, wrong={n: why for n, (_number, why) in enumerate(told, 2)})
    taken = {row["$row"] for raw, one in found if one.record is not None
             for row in (json.loads(raw), *json.loads(raw).get("$more", ()))}  # fmt: skip
    every = [row["$row"] for raw, _ in found for row in (json.loads(raw), *json.loads(raw).get("$more", ()))]
    assert sorted(every) == list(range(2, len(told) + 2))
    sound = [n for n, (number, why) in enumerate(told, 2) if not why and number]
    for n, (number, why) in enumerate(told, 2):
        around = [max((m for m in sound if m < n), default=0), min((m for m in sound if m > n), default=0)]
        if why and (why == SHAPE or not number):
            assert taken.isdisjoint(around)
        elif why:
            assert taken.isdisjoint(m for m in around if m and told[m - 2][0] == number)


def test_lists_inside_of_cells_are_not_taken_for_elements_of_rows() -> None:
    said = MAPPING.replace('to = "goods/*/class_number"', 'to = "goods/*/class_number"\nsplit = ";"')
    rows = [[*JOIN[0][:5], "9;35", "cables", ""], [*JOIN[0][:5], "43", "hotels", ""]]
    ((raw, reading),) = read(rows, said)
    assert [one.class_number for one in record_of(reading).goods] == [9, 35, 43]
    assert "lists-differ" in {one.code for one in reading.findings}
    is_whole(rows, raw, reading)


CELL = st.sampled_from(["", "9", "35", "A", "2020-01-02", "-", "LA", "TH", "x; y"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELL, min_size=7, max_size=7), min_size=1, max_size=6))
def test_no_cell_of_any_rows_is_lost(cells: list[list[str]]) -> None:
    rows = [["7", *row] for row in cells]
    ((raw, reading),) = read(rows)
    if reading.record is not None:
        is_whole(rows, raw, reading)
        assert msgspec.to_builtins(reading.record)


def table(folder: Path, rows: list[list[str]]) -> Path:
    path = folder / "marks_20260131.csv"
    with path.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([HEADINGS, *rows])
    return path


def test_a_join_is_on_boarded_with_what_map_new_proposes(sqlite_database: Options, tmp_path: Path) -> None:
    bootstrap.init(sqlite_database)
    run = command(sqlite_database)
    others = [
        [f"{n}", "2020-01-02", f"MARK {n}", *OWNERS[n % 2], *CLASSES[n % 2], ""] for n in range(100, 112)
    ]
    source, target = table(tmp_path, [*JOIN, *others]), tmp_path / "m.toml"
    names = ["Application No", "Filing date", "Mark", "Owner", "Owner country", "Class", "Goods", "Note"]
    source.write_text(
        source.read_text("utf-8").replace(",".join(HEADINGS), ",".join(names)), encoding="utf-8"
    )
    told = run("map", "new", source, "--office", "LA", "-o", target)
    assert 'group = ["Application No"]' in target.read_text("utf-8")
    assert "stands in several rows" in told.err
    assert "are one record" in run("map", "check", source, target).err
    assert run("map", "load", source, target).row["stored"] == 13
    (shown,) = run("show", "7").rows
    assert len(shown["record"]["holders"]) == 2
    assert len(shown["record"]["goods"]) == 3


def test_without_a_group_the_rows_are_told(sqlite_database: Options, tmp_path: Path) -> None:
    bootstrap.init(sqlite_database)
    target = tmp_path / "m.toml"
    target.write_text(MAPPING.replace('group = ["Number"]\n', ""), encoding="utf-8")
    told = command(sqlite_database)("map", "check", table(tmp_path, JOIN), target)
    assert "'7' stands in 6 rows" in told.err
    assert 'group = ["Number"]' in told.err


def test_rows_of_a_database_are_grouped_too(sqlite_database: Options, tmp_path: Path) -> None:
    bootstrap.init(sqlite_database)
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'office.db'}")
    with engine.begin() as connection:
        connection.execute(sa.text(f"CREATE TABLE v ({', '.join(HEADINGS)})"))
        for row in JOIN:
            connection.execute(sa.text(f"INSERT INTO v VALUES ({', '.join(f':c{n}' for n in range(8))})"),
                               {f"c{n}": cell for n, cell in enumerate(row)})  # fmt: skip
    engine.dispose()
    target = tmp_path / "m.toml"
    said = MAPPING.replace('kind = "csv"', 'kind = "sql"\nquery = "SELECT * FROM v ORDER BY Number"')
    target.write_text(said, encoding="utf-8")
    run = command(sqlite_database)
    assert run("map", "load", f"sqlite:///{tmp_path / 'office.db'}", target).row["stored"] == 1
    assert len(run("show", "7").row["record"]["goods"]) == 3


def test_a_column_of_group_that_the_table_lacks_is_told() -> None:
    told = [lines.line(2, HEADINGS[:2], ["7"], lines.About("row-shape: 1")), lines.line(3, HEADINGS, JOIN[0])]
    with pytest.raises(UnreadableInput, match="'Nmber'"):
        list(grouped(told, ["Nmber"]))
    assert len(list(grouped(told, [" Number "]))) == 2


def test_only_tables_are_grouped() -> None:
    with pytest.raises(Exception, match="only rows of a table"):
        mapping.load(MAPPING.replace('"csv"', '"json"').encode(), "m.toml")


def test_lines_of_one_number_that_stand_apart_are_marked() -> None:
    seven, eight = ["7", *JOIN[0][1:]], ["8", *JOIN[0][1:]]
    other, blank = ["7", *JOIN[1][1:]], ["", "2020-01-02", *JOIN[0][2:]]
    for rows, wrong, apart in (
        ([seven, eight, other], {}, {2: ["2", "4"], 4: ["2", "4"]}),
        ([seven, eight, seven], {}, {}),  # the same once more
        ([seven, eight, seven], {4: MERGED}, {2: ["2", "4"]}),
        ([seven, eight, other], {4: SHAPE}, {}),  # nobody can say that it is of 7
        ([blank, eight, blank], {}, {}),
    ):
        seen = Apart([" Number"])
        told = [lines.line(n, HEADINGS, row, lines.About(wrong.get(n, ""))) for n, row in enumerate(rows, 2)]
        assert list(seen.noted(told)) == told
        marked = [json.loads(line) for line in seen.marked(told)]
        assert {row["$row"]: row["$apart"] for row in marked if "$apart" in row} == apart
        assert [{name: row[name] for name in row if name != "$apart"} for row in marked] == list(
            map(json.loads, told)
        )
