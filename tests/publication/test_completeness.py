"""The ledger: declared against held; without a declaration nothing is called missing."""

import csv
import datetime as dt
import io
from pathlib import Path

import pytest

from ipregister.model.errors import UnreadableInput, UsageError
from ipregister.model.offices import office
from ipregister.publication.completeness import keeping
from ipregister.publication.completeness.declarations import Said, declared, take
from ipregister.publication.completeness.holding import holding
from ipregister.publication.completeness.ledger import Gap, Line, as_csv, lines
from ipregister.store.register import Register
from ipregister.web.options import Options
from tests.publication.test_statistics import ABROAD, MARK, NOW, SECRET, fill

LIST = "LA,88,,20240101\nLA,89,,20240102\nLA,90,,20241201\nLA,91,,20250101,N\nLA,92,,20250301\n"


def one_line(found: list[Line], stage: str, year: str) -> Line:
    """The line of a stage and year."""
    return next(one for one in found if (one.stage, one.year) == (stage, year))


@pytest.fixture
def laos(sqlite_database: Options) -> Register:
    """A register with two marks and a patent that is not published."""
    register = Register(packs=sqlite_database.path("packs"))
    fill(register, MARK, ABROAD, SECRET)
    return register


def ledger_of(register: Register, data: Path, right: str = "trademark") -> list[Line]:
    """The lines of a right of Laos."""
    held = holding(register, office("LA"), right, NOW.date())
    return list(lines("LA", right, held, declared(data, "LA")))


def test_without_a_declaration_nothing_is_missing(laos: Register, tmp_path: Path) -> None:
    found = ledger_of(laos, tmp_path)
    assert {one.state for one in found} == {"not-declared"}
    assert one_line(found, "applications", "2024").held == 2
    assert all(one.missing == 0 and one.gaps == () for one in found)


def test_a_list_of_numbers_shows_gaps_by_range(laos: Register, tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text(LIST)
    take(
        tmp_path,
        tmp_path / "list.txt",
        Said("LA", "trademark", "registrations", "The Registrar", "Gazette 3"),
        NOW,
    )
    found = ledger_of(laos, tmp_path)
    whole = one_line(found, "registrations", "")
    assert (whole.declared, whole.missing, whole.undeclared, whole.state) == (4, 3, 0, "gaps")
    assert whole.gaps == (Gap("88", "89", 2), Gap("92", "92", 1))
    assert (whole.declaration, whole.signed_by, whole.source) == ("signed", "The Registrar", "Gazette 3")
    assert one_line(found, "registrations", "2024").missing == 2
    assert one_line(found, "applications", "2024").state == "not-declared"


def test_totals_are_held_against_years(laos: Register, tmp_path: Path) -> None:
    table = "right,stage,year,total\ntrademark,applications,2024,2\ntrademark,registrations,2024,5\ntrademark,x,2024,1\n"
    (tmp_path / "totals.csv").write_text(table)
    made = take(tmp_path, tmp_path / "totals.csv", Said("LA"), NOW)
    assert [(one.place, one.reason) for one in made.refused] == [
        (4, "'x' is none of applications, publications, registrations")
    ]
    found = ledger_of(laos, tmp_path)
    assert one_line(found, "applications", "2024").state == "complete"
    short = one_line(found, "registrations", "2024")
    assert (short.state, short.declared, short.held, short.missing) == ("gaps", 5, 1, 4)
    assert short.declaration == "draft"


def test_a_signed_declaration_stands_before_a_later_draft(laos: Register, tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text(LIST)
    (tmp_path / "draft.txt").write_text("LA,90,,20241201\n")
    take(tmp_path, tmp_path / "list.txt", Said("LA", "trademark", "registrations", "The Registrar"), NOW)
    later = NOW + dt.timedelta(days=1)
    take(tmp_path, tmp_path / "draft.txt", Said("LA", "trademark", "registrations"), later)
    assert one_line(ledger_of(laos, tmp_path), "registrations", "").declared == 4


def test_the_file_is_kept_as_it_came(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text(LIST)
    made = take(tmp_path, tmp_path / "list.txt", Said("LA", "trademark"), NOW)
    assert (tmp_path / "declarations" / "LA" / f"{made.digest}.raw").read_text() == LIST
    assert declared(tmp_path, "LA") == [made]
    assert declared(tmp_path, "TH") == []


def test_numbers_of_another_office_are_told(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("LA,1,,20240101\nTH,2,,20240101\n")
    made = take(tmp_path, tmp_path / "list.txt", Said("LA", "trademark"), NOW)
    assert len(made.numbers) == 1
    assert made.refused[0].reason == "of office TH, not LA"


def test_a_list_needs_its_right_and_a_table_its_encoding(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text(LIST)
    with pytest.raises(UsageError):
        take(tmp_path, tmp_path / "list.txt", Said("LA"), NOW)
    (tmp_path / "totals.csv").write_bytes(b"right,stage,year,total\n\xff\n")
    with pytest.raises(UnreadableInput):
        take(tmp_path, tmp_path / "totals.csv", Said("LA"), NOW)


def test_unpublished_records_are_a_total_alone(laos: Register, tmp_path: Path) -> None:
    made = keeping.made(laos, tmp_path, office("LA"), NOW)
    sums = {one.right: (one.held, one.published, one.unpublished) for one in made.sums}
    assert sums == {"trademark": (2, 2, 0), "patent": (1, 0, 1)}
    assert "P/7" not in as_csv(made.lines)
    assert all(one.held == 0 for one in made.lines if one.right == "patent")


def test_the_kept_ledger_is_made_anew_when_it_is_old(laos: Register, tmp_path: Path) -> None:
    keeping.refresh(laos, tmp_path, office("LA"), NOW)
    first = keeping.kept(tmp_path, "LA")
    assert first is not None
    assert keeping.up_to_date(tmp_path, office("LA"), NOW, first.change)
    (tmp_path / "list.txt").write_text(LIST)
    take(tmp_path, tmp_path / "list.txt", Said("LA", "trademark", "registrations"), NOW)
    assert not keeping.up_to_date(tmp_path, office("LA"), NOW, first.change)
    assert not keeping.up_to_date(tmp_path, office("LA"), NOW + dt.timedelta(days=1), first.change)


def test_csv_gives_each_gap_a_line(laos: Register, tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text(LIST)
    take(tmp_path, tmp_path / "list.txt", Said("LA", "trademark", "registrations", source="=cmd"), NOW)
    rows = list(csv.DictReader(io.StringIO(as_csv(ledger_of(laos, tmp_path)))))
    gaps = [(one["gap_first"], one["gap_last"], one["gap_count"]) for one in rows if one["state"] == "gap"]
    assert gaps == [("88", "89", "2"), ("92", "92", "1")]
    assert all(not one["source"].startswith("=") for one in rows)
