"""The day of a record's data goes with it, into another format and back."""

from pathlib import Path

import pytest

from ipregister.exchange.formats import Item, day_of_remark, write
from ipregister.exchange.writers import WRITERS
from ipregister.model.design import Design
from ipregister.model.indication import Indication
from ipregister.model.mark import Mark, Trademark
from ipregister.model.offices import office
from ipregister.model.patent import Patent
from ipregister.model.record import Record
from ipregister.model.text import Text
from ipregister.web.options import Options
from tests.cli.conftest import command

LA = office("LA")
DAYS = ("2026-01-31", "", "2025-12-24")


def _records(right: str) -> list[Record]:
    names = [Text(f"NAGA {n}", "en") for n in range(3)]
    match right:
        case "trademark":
            return [
                Trademark(office="LA", application_number=f"{500 + n}", mark=Mark(verbal=(name,)))
                for n, name in enumerate(names)
            ]
        case "design":
            return [
                Design(office="LA", application_number=f"{500 + n}", titles=(name,))
                for n, name in enumerate(names)
            ]
        case "indication":
            return [
                Indication(office="LA", application_number=f"GI/{5 + n}", names=(name,))
                for n, name in enumerate(names)
            ]
        case _:
            return [
                Patent(office="LA", application_number=f"{500 + n}", titles=(name,))
                for n, name in enumerate(names)
            ]


def _written(path: Path, right: str) -> str:
    items = [
        Item(f"k{n}", one, LA, (), day)
        for n, (one, day) in enumerate(zip(_records(right), DAYS, strict=True))
    ]
    path.write_text("".join(write("jsonl", items, right)), encoding="utf-8")
    return path.read_text(encoding="utf-8")


PAIRS = sorted({(one.format, one.rights[0]) for one in WRITERS})


@pytest.mark.parametrize(("to", "right"), PAIRS)
def test_the_day_of_the_data_comes_back(
    to: str, right: str, sqlite_database: Options, tmp_path: Path
) -> None:
    run = command(sqlite_database)
    _written(tmp_path / "in.jsonl", right)
    before = run("convert", tmp_path / "in.jsonl", "--to", "jsonl")
    packed = (to, right) == ("st96", "patent")
    goal = tmp_path / ("out.zip" if packed else "out.xml")
    assert run("convert", tmp_path / "in.jsonl", "--to", to, "-o", goal).code == 0
    back = run("convert", goal, "--to", "jsonl", "--office", "LA")
    assert [row["source"]["data_day"] for row in before.rows] == list(DAYS)
    assert (back.code, back.rows) == (0, before.rows)


def test_a_table_has_the_day_of_the_data(sqlite_database: Options, tmp_path: Path) -> None:
    _written(tmp_path / "in.jsonl", "trademark")
    made = command(sqlite_database)("convert", tmp_path / "in.jsonl", "--to", "csv").out
    assert [line.split(",")[-2] for line in made.splitlines()[1:]] == list(DAYS)


def test_a_line_of_ours_comes_back_byte_for_byte(sqlite_database: Options, tmp_path: Path) -> None:
    run = command(sqlite_database)
    _written(tmp_path / "in.jsonl", "trademark")
    once = run("convert", tmp_path / "in.jsonl", "--to", "jsonl").out
    (tmp_path / "again.jsonl").write_text(once, encoding="utf-8")
    assert run("convert", tmp_path / "again.jsonl", "--to", "jsonl").out == once


@pytest.mark.parametrize(
    ("before", "day"),
    [
        (b"<!-- la-1, data to 2026-01-31. For information only. -->", "2026-01-31"),
        (b"<!-- la-1, data to 2026-01-31 -->\n<Wrapper>", "2026-01-31"),
        (b"<!-- la-1, data to 2026-02-31. -->", ""),
        (b"<!-- la-1. For information only, data to come. -->", ""),
        (b"<!-- la-1, data to 2026-01-31. --><x/><!-- la-2, data to 2026-03-01. -->", "2026-03-01"),
        (b"<t>la-1, data to 2026-01-31. </t>", ""),
        (b"", ""),
    ],
)
def test_only_a_remark_of_ours_tells_a_day(before: bytes, day: str) -> None:
    assert day_of_remark(before) == day
