"""Rows one column off in tables of few rows: seen by what the fields of the mapping hold."""

import json
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.shifted import HEADINGS, TABLES, counts_of, expected_of
from ipregister.exchange.mapped import mapping, rows
from ipregister.exchange.mapped.expected import SHARES, Expected, expected_in
from ipregister.exchange.mapped.mapping import Mapping
from ipregister.exchange.mapped.reader import MappedReader
from ipregister.model.offices import office
from tests.sparing import few

FIELDS = {
    "No": "application_number", "Filed": "application_date", "Mark": "mark/verbal", "Owner": "holders/*/names",
    "Country": "holders/*/country", "Status": "office_status", "Agent": "representatives/*/names",
    "Vienna": "mark/images/0/vienna", "Remark": "notes", "Shelf": "",
}  # fmt: skip
COLUMNS = ["No", "Mark", "Owner", "Status", "Remark"]
SOUND = [
    ["1001", "CHAMPA", "Kham Sisavath", "Registered", ""],
    ["1002", "NAGA", "Naga Trading Co., Ltd.", "Pending", ""],
]


def mapped(columns: Sequence[str], more: str = "") -> Mapping:
    fields = "".join(
        f'[[field]]\nfrom = "{name}"\nto = "{FIELDS[name]}"\n' for name in columns if FIELDS[name]
    )
    return mapping.load(f'office = "LA"\n[input]\ndelimiter = ";"\n{more}\n{fields}'.encode(), "t.toml")


def lines_in(path: Path, lines: Sequence[Sequence[str]], columns: Sequence[str] = COLUMNS, more: str = "") -> list[bytes]:  # fmt: skip
    path.write_text("\n".join(";".join(line) for line in (columns, *lines)) + "\n", encoding="utf-8")
    chosen = mapped(columns, more)
    return list(rows.lines_of(path, chosen.input, chosen))


def told_in(path: Path, lines: Sequence[Sequence[str]], columns: Sequence[str] = COLUMNS) -> list[str]:
    """Of each row, why it is held; of one in doubt, a question mark before it."""
    found = [json.loads(one) for one in lines_in(path, lines, columns)]
    return [one.get("$wrong", "") or ("?" + one["$doubt"] if "$doubt" in one else "") for one in found]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (["NAGA", "Naga Trading Co., Ltd.", "Pending", "", ""], "shifted-row: -1: 1-3"),
        (["1002", "Naga Trading Co., Ltd.", "Pending", "", ""], "shifted-row: -1: 2-3"),
        (["1002", "NAGA", "Pending", "", ""], "shifted-row: -1: 3-3"),
        (["1002", "", "NAGA", "Naga Trading Co., Ltd.", "Pending"], "shifted-row: +1: 2-5"),
        (["1002", "NAGA", "", "Naga Trading Co., Ltd.", "Pending"], "shifted-row: +1: 3-5"),
        (["", "1002", "NAGA", "Naga Trading Co., Ltd.", "Pending"], "shifted-row: +1: 1-5"),
        (["1002", "", "", "NAGA", "Naga Trading Co., Ltd."], "shifted-row: +2: 2-5"),
        (["1002", "Pending", "", "", ""], "shifted-row: -2: 2-4"),
    ],
)
def test_one_row_alone_is_judged_by_the_mapping(row: list[str], told: str, tmp_path: Path) -> None:
    held = told_in(tmp_path / "t.csv", [row])[0]
    assert held.startswith(told.rpartition(" ")[0]), held
    assert told_in(tmp_path / "t.csv", [SOUND[0], row, SOUND[1]])[1].startswith(told.rpartition(" ")[0])


def test_the_same_row_without_a_mapping_is_not_seen(tmp_path: Path) -> None:
    lines = [SOUND[0], ["1002", "", "NAGA", "Naga Trading Co., Ltd.", "Pending"], SOUND[1]]
    lines_in(tmp_path / "t.csv", lines)
    found = [json.loads(one) for one in rows.lines_of(tmp_path / "t.csv", mapped(COLUMNS).input)]
    assert not [one for one in found if "$wrong" in one or "$doubt" in one]


@pytest.mark.parametrize(
    "row",
    [
        ["1002", "", "Naga Trading Co., Ltd.", "Pending", ""],
        ["1002", "NAGA", "", "Pending", ""],
        ["1002", "NAGA", "Naga Trading Co., Ltd.", "", ""],
        ["1002", "NAGA", "Naga Trading Co., Ltd.", "Under study", "see the letter of the agent"],
        ["1002", "NAGA TRADING", "Naga", "Registered", "renewed, see the file"],
        ["1002", "1001", "Naga", "Registered", ""],
        ["ABC", "NAGA", "Naga", "Registered", ""],
    ],
)
def test_a_row_of_gaps_and_odd_words_in_their_places_is_sound(row: list[str], tmp_path: Path) -> None:
    assert told_in(tmp_path / "t.csv", [SOUND[0], row, SOUND[1]]) == ["", "", ""]


def test_a_date_beside_a_column_of_dates_tells_nothing(tmp_path: Path) -> None:
    """An application has no owner and no status yet, but a day: its gaps alone do not make it a shifted row."""
    columns = ["No", "Mark", "Owner", "Filed", "Country"]
    lines = [[f"{n}", "CHAMPA", "Kham Sisavath", "", "LA"] for n in range(1001, 1008)]
    lines[3] = ["1004", "CHAMPA", "", "2024-01-02", ""]
    assert told_in(tmp_path / "t.csv", lines, columns) == [""] * 7


def test_a_picture_alone_has_its_symbols_in_their_column(tmp_path: Path) -> None:
    columns = ["No", "Mark", "Shelf", "Vienna", "Owner"]
    lines = [[f"{n}", "CHAMPA", "", "", "Kham Sisavath"] for n in range(1001, 1008)]
    lines[3] = ["1004", "", "", "05.05.20 | 26.11.03", "Kham Sisavath"]
    assert told_in(tmp_path / "t.csv", lines, columns) == [""] * 7


DOUBTED = [
    ["1000", "ROKAHAKA", "Kavepi", ""], ["1001", "PIDO", "Sisi Co., Ltd.", ""], ["1002", "ROPIKA", "", "Dopilote Tero"],
    ["1003", "GULOSI", "Dohaharo Pisiguka", ""], ["1004", "RODO", "Vena Mamaka", ""], ["1005", "NALO", "Tevepilo JSC", ""],
    ["1006", "LOSIROMA", "Rodotelo, Lda.", ""], ["1007", "VETEVE", "Roveve", ""],
]  # fmt: skip
"""In the third row: is it an owner who stands in the column of remarks, or a remark where the owner is not known?"""


def test_a_row_in_doubt_is_read_and_told_with_its_cells_after_their_headings(tmp_path: Path) -> None:
    columns = ["No", "Mark", "Owner", "Remark"]
    assert told_in(tmp_path / "t.csv", DOUBTED, columns) == ["", "", "?+1: 3-4", *[""] * 5]
    found = lines_in(tmp_path / "t.csv", DOUBTED, columns)
    reading = MappedReader(mapped(columns), office("LA")).read(found[2].rstrip(b"\n"))
    assert reading.record is not None
    told = {one.code: one for one in reading.findings}["perhaps-shifted"]
    assert (told.severity, told.arguments["shift"]) == ("warning", "+1: 3-4")
    assert told.value == "No: 1002 | Mark: ROPIKA | Owner: | Remark: Dopilote Tero"


def test_a_row_in_doubt_that_was_looked_at_is_told_no_more(tmp_path: Path) -> None:
    columns = ["No", "Mark", "Owner", "Remark"]
    raw = lines_in(tmp_path / "t.csv", DOUBTED, columns)[2].rstrip(b"\n")
    assert not [
        one for one in lines_in(tmp_path / "t.csv", DOUBTED, columns, "in_place = [4]") if b"$doubt" in one
    ]
    reading = MappedReader(mapped(columns, "in_place = [4]"), office("LA")).read(raw)
    assert "perhaps-shifted" not in {one.code for one in reading.findings}


@pytest.mark.parametrize(("name", "least"), few([("lao", 0.94), ("wide", 0.93), ("narrow", 0.85)], 1))
def test_in_tables_of_eight_rows_most_shifted_ones_are_held_and_none_in_vain(name: str, least: float) -> None:
    dice = random.Random(11)
    tables = [[TABLES[name](dice, n) for n in range(8)] for _ in range(100)]
    expected = expected_of(HEADINGS[name], [row for rows in tables for row in rows], "LA")
    found = [counts_of(rows, 8, dice, expected) for rows in tables]
    assert sum(one.held for one in found) >= least * sum(one.shifted for one in found) > 0
    assert sum(one.in_vain for one in found) == 0


@pytest.mark.parametrize(
    ("column", "likely", "unlikely"),
    [
        ("No", "1001", "Naga Trading Co., Ltd."), ("No", "1001", "CHAMPA"), ("Filed", "2024-01-02", "Registered"),
        ("Mark", "CHAMPA", "Registered"), ("Owner", "Naga Trading Co., Ltd.", "1001"), ("Owner", "Kham", "Registered"),
        ("Country", "Lao PDR", "Kham"), ("Status", "ຈົດທະບຽນ", "ບໍລິສັດ ນາກາ"), ("Agent", "Kham", "see the file"),
        ("Vienna", "05.05.20 | 26.11.03", "CHAMPA"), ("Remark", "see the file", "Naga Trading Co., Ltd."),
    ],
)  # fmt: skip
def test_a_field_expects_its_kind_of_texts(column: str, likely: str, unlikely: str) -> None:
    columns = list(FIELDS)
    expected = expected_in(columns, mapped(columns), office("LA"))
    assert expected is not None
    number = columns.index(column)
    assert expected.weight(number, likely) > 3 * expected.weight(number, unlikely)


def test_a_column_of_no_field_or_of_two_expects_anything() -> None:
    twice = mapping.load(
        b'office = "LA"\n[[field]]\nfrom = "No"\nto = "application_number"\n[[field]]\nfrom = "No"\n'
        b'to = "registration_number"\n[[field]]\nfrom = "Mark"\nto = "mark/verbal"\n', "t.toml")  # fmt: skip
    assert expected_in(["No", "Mark", "Shelf"], twice, office("LA")) is None
    columns = ["No", "Mark", "Shelf"]
    expected = expected_in(columns, mapped(columns), office("LA"))
    assert expected is not None
    assert (expected.weight(2, "A 7"), expected.empty(2), expected.suits(2, "A 7")) == (1.0, None, False)


@pytest.mark.parametrize("family", SHARES)
def test_the_shares_of_a_family_are_shares(family: str) -> None:
    assert abs(sum(SHARES[family].values()) - 1) < 0.02
    assert min(SHARES[family].values()) > 0


def test_a_long_table_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ipregister.exchange.mapped.expected._REMEMBERED", 5)
    columns = ["No", "Mark"]
    expected = expected_in(columns, mapped(columns), office("LA"))
    assert isinstance(expected, Expected)
    assert [expected.weight(0, str(n)) for n in range(20)] == [expected.weight(0, "1")] * 20
    assert len(expected._kinds) <= 5
