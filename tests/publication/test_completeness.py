"""The ledger: declared against held; without a declaration nothing is called missing."""

import csv
import datetime as dt
import io
from pathlib import Path

import msgspec
import pytest

from ipregister.exchange.st37.entry import Entry
from ipregister.model.errors import NotFound, UnreadableInput, UsageError
from ipregister.model.offices import office
from ipregister.model.record import Record
from ipregister.publication.completeness import holding, keeping, listed
from ipregister.publication.completeness.declarations import Declaration, Said, declared, discard, sign, take
from ipregister.publication.completeness.ledger import Gap, Line, Unpublished, as_csv
from ipregister.publication.statistics import counting, walking
from ipregister.store.register import Register
from ipregister.store.upcast import decode
from ipregister.web.options import Options
from tests.publication.test_statistics import ABROAD, MARK, NOW, SECRET, fill

SILENT = msgspec.structs.replace(MARK, application_number="102", registration_number="92", publications=())
LIST = "LA,88,,20240101\nLA,89,,20240102\nLA,90,,20241201\nLA,91,,20250101,N\nLA,92,,20250301\n"


def one_line(found: list[Line], stage: str, year: str) -> Line:
    """The line of a stage and year."""
    return next(one for one in found if (one.stage, one.year) == (stage, year))


def declare(data: Path, name: str, said: Said, now: dt.datetime) -> Declaration:
    """Take a file of the folder in."""
    return take(data, (data / name).read_bytes(), name, said, now)


@pytest.fixture
def laos(sqlite_database: Options) -> Register:
    """A register with two marks and a patent that is not published."""
    register = Register(packs=sqlite_database.path("packs"))
    fill(register, MARK, ABROAD, SECRET)
    return register


def ledger_of(register: Register, data: Path, right: str = "trademark") -> list[Line]:
    """The lines of a right of Laos."""
    return [one for one in keeping.made(register, data, office("LA"), NOW, right).lines if one.right == right]


def test_without_a_declaration_nothing_is_missing(laos: Register, tmp_path: Path) -> None:
    found = ledger_of(laos, tmp_path)
    assert {one.state for one in found} == {"not-declared"}
    assert one_line(found, "applications", "2024").held == 2
    assert all(one.missing == 0 and one.gaps == () for one in found)


def test_a_list_of_numbers_shows_gaps_by_range(laos: Register, tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text(LIST)
    declare(
        tmp_path,
        "list.txt",
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


def test_the_registers_own_draft_has_no_gaps_when_it_is_declared(
    sqlite_database: Options, tmp_path: Path
) -> None:
    """Of marks that are registered, and do not say when they were published, too."""
    laos = Register(packs=sqlite_database.path("packs"))
    fill(laos, MARK, ABROAD, SILENT)
    drafted = holding.entries(laos, office("LA"), "trademark", NOW.date())
    assert [one.number for one in drafted] == ["90", "92"]
    lines = [f"LA,{one.number},,{one.date.replace('-', '')}" for one in drafted]
    (tmp_path / "own.txt").write_text("\n".join(lines) + "\n")
    declare(tmp_path, "own.txt", Said("LA", "trademark", "publications", "The Registrar"), NOW)
    found = [one for one in ledger_of(laos, tmp_path) if one.stage == "publications"]
    assert {one.state for one in found} == {"complete"}
    assert (found[0].declared, found[0].held, found[0].undeclared) == (len(drafted), len(drafted), 0)
    assert len({one.year for one in found}) == len(found)


@pytest.mark.parametrize("number", ["90", "100"])
def test_a_published_mark_may_be_listed_by_either_of_its_numbers(number: str) -> None:
    declaration = Declaration(
        "LA", "", "list", "", "trademark", numbers=(Entry("LA", number, "", ""),), source="Gazette 1"
    )
    held = holding.Holder([declaration])
    held.take(walking.Seen("trademark", MARK, "2026-01-01"))
    have = held.of("trademark").numbers["publications"]
    assert (set(have.found), set(have.others)) == ({number}, set())


def held_of(declared: str, *numbers: str) -> listed.Listed:
    """A list of declared numbers of Laos, and records each with its numbers, parted by `|`."""
    found = listed.Listed(declared.split("; "), "LA")
    for one in numbers:
        found.take(one.split("|"))
    return found


@pytest.mark.parametrize(("declared", "held"), [
    ("la 20000", "20000"), ("LA-20000", "20000"), ("020001", "20001"), ("20001", "020001"), ("LA/M/20003", "M/20003"),
    ("m 20003", "M/20003"), ("LA M/20003", "M/20003"), ("M20003", "M/20003"), ("4-2024-1350", "4/2024/01350"), ("4202401350", "4-2024-1350"),
    ("\u0ed2\u0ed0\u0ed0\u0ed0\u0ed0", "20000"), ("P 12", "LA/P/12"), ("12", "100|12")])  # fmt: skip
def test_a_declared_number_is_found_in_any_spelling(declared: str, held: str) -> None:
    found = held_of(declared, held)
    assert found.found == found.declared
    assert found.others == frozenset()


@pytest.mark.parametrize(("declared", "held"), [
    ("20000", "20001"), ("M/20003", "20003"), ("12/34", "1/234"), ("1/23; 123/0", "12/3"), ("2000", "20000"), ("12", "")])  # fmt: skip
def test_another_number_is_not_taken_for_a_declared_one(declared: str, held: str) -> None:
    found = held_of(declared, held)
    assert found.found == frozenset()
    assert len(found.others) == (1 if held else 0)


def test_a_declared_number_is_counted_once() -> None:
    """Of two records that it could be, the other one is told as not declared; a number of its own comes first."""
    found = held_of("90; 85", "020001", "90|100", "85|90", "77|90", "090")
    assert found.found == {"90", "85"}
    assert found.others == {"020001", "77", "090"}
    found.take(["20001"])
    assert found.others == {"020001", "77", "090", "20001"}
    twice = held_of("1234", "1234", "1234")
    assert (len(twice.found), len(twice.others)) == (1, 0)


def test_other_spellings_of_a_list_are_no_gaps(laos: Register, tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("LA,la 90,,20241201\nLA,0091,,20241202\n")
    declare(tmp_path, "list.txt", Said("LA", "trademark", "registrations", "The Registrar"), NOW)
    whole = one_line(ledger_of(laos, tmp_path), "registrations", "")
    assert (whole.declared, whole.held, whole.missing, whole.undeclared) == (2, 1, 1, 0)
    assert whole.gaps == (Gap("0091", "0091", 1),)


def test_a_number_that_is_listed_twice_counts_once_and_is_told(laos: Register, tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("LA,90,,20241201\nLA,91,,20241202\nTH,5,,\nLA,la 090,,20241203\n")
    made = declare(tmp_path, "list.txt", Said("LA", "trademark", "registrations", "The Registrar"), NOW)
    assert [(one.place, one.text, one.reason) for one in made.refused] == [
        (3, "TH 5", "of office TH, not LA"),
        (4, "LA la 090 2024-12-03", "listed twice: 90 at 1 holds"),
    ]
    whole = one_line(ledger_of(laos, tmp_path), "registrations", "")
    assert (whole.declared, whole.held, whole.missing) == (2, 1, 1)


def test_documents_of_two_kinds_have_one_number(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("LA,12,A,20241201\nLA,12,B1,20251202\nLA,12,A,20251202\n")
    made = declare(tmp_path, "list.txt", Said("LA", "patent"), NOW)
    assert [(one.number, one.kind_code) for one in made.numbers] == [("12", "A"), ("12", "B1")]
    assert [one.place for one in made.refused] == [3]


def test_of_two_totals_the_first_holds_and_the_second_is_told(laos: Register, tmp_path: Path) -> None:
    table = (
        "right,stage,year,total\ntrademark,applications,2024,5\ntrademark,applications,2023,1\n"
        " trademark ,applications,2024,2\ntrademark,applications,2025," + "9" * 5000 + "\n"
    )
    (tmp_path / "totals.csv").write_text(table)
    made = declare(tmp_path, "totals.csv", Said("LA", source="Gazette 7"), NOW)
    assert [(one.place, one.reason[:40]) for one in made.refused] == [
        (4, "listed twice: line 2 holds, with 5"),
        (5, f"'{'9' * 39}"),
    ]
    line = one_line(ledger_of(laos, tmp_path), "applications", "2024")
    assert (line.declared, line.held, line.state) == (5, 2, "gaps")


def test_totals_are_held_against_years(laos: Register, tmp_path: Path) -> None:
    table = "right,stage,year,total\ntrademark,applications,2024,2\ntrademark,registrations,2024,5\ntrademark,x,2024,1\n"
    (tmp_path / "totals.csv").write_text(table)
    made = declare(tmp_path, "totals.csv", Said("LA", source="Gazette 7"), NOW)
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
    declare(tmp_path, "list.txt", Said("LA", "trademark", "registrations", "The Registrar"), NOW)
    later = NOW + dt.timedelta(days=1)
    declare(tmp_path, "draft.txt", Said("LA", "trademark", "registrations", source="Gazette 9"), later)
    assert one_line(ledger_of(laos, tmp_path), "registrations", "").declared == 4


def test_the_file_is_kept_as_it_came(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text(LIST)
    made = declare(tmp_path, "list.txt", Said("LA", "trademark"), NOW)
    assert (tmp_path / "declarations" / "LA" / f"{made.digest}.raw").read_text() == LIST
    assert declared(tmp_path, "LA") == [made]
    assert declared(tmp_path, "TH") == []


def test_numbers_of_another_office_are_told(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("LA,1,,20240101\nTH,2,,20240101\n")
    made = declare(tmp_path, "list.txt", Said("LA", "trademark"), NOW)
    assert len(made.numbers) == 1
    assert made.refused[0].reason == "of office TH, not LA"


def test_a_list_needs_its_right_and_a_table_its_encoding(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text(LIST)
    with pytest.raises(UsageError):
        declare(tmp_path, "list.txt", Said("LA"), NOW)
    (tmp_path / "totals.csv").write_bytes(b"right,stage,year,total\n\xff\n")
    with pytest.raises(UnreadableInput):
        declare(tmp_path, "totals.csv", Said("LA"), NOW)


def test_the_share_of_records_with_each_field_and_the_lag(laos: Register, tmp_path: Path) -> None:
    (total,) = keeping.made(laos, tmp_path, office("LA"), NOW).sums
    fills = {one.field: (one.filled, one.share) for one in total.fills}
    assert fills["application_number"] == (2, 1.0)
    assert fills["registration_number"] == (1, 0.5)
    assert fills["mark/translations"] == (0, 0.0)
    assert next(one.inid for one in total.fills if one.field == "applicants") == "730"
    data_day = max(seen.data_day for seen in walking.seen_of(laos, office("LA"), NOW.date()))[:10]
    assert total.data_day == data_day
    assert total.lag_days == max(0, (dt.date(2026, 1, 1) - dt.date.fromisoformat(data_day)).days)
    later = keeping.made(laos, tmp_path, office("LA"), NOW + dt.timedelta(days=500)).sums[0]
    assert later.lag_days == (dt.date(2027, 5, 16) - dt.date.fromisoformat(data_day)).days


def test_csv_tells_fill_rates_and_lag(laos: Register, tmp_path: Path) -> None:
    made = keeping.made(laos, tmp_path, office("LA"), NOW + dt.timedelta(days=500))
    rows = list(csv.DictReader(io.StringIO(as_csv(made.lines, made.sums))))
    (total,) = (one for one in rows if one["state"] == "published")
    assert (total["right"], total["held"], total["data_day"]) == ("trademark", "2", made.sums[0].data_day)
    assert int(total["lag_days"]) == made.sums[0].lag_days
    filled = {
        one["field"]: (one["held"], one["share"], one["inid"]) for one in rows if one["state"] == "filled"
    }
    assert filled["registration_number"] == ("1", "0.5", "111")


def test_unpublished_records_are_a_total_alone(laos: Register, tmp_path: Path) -> None:
    made = keeping.made(laos, tmp_path, office("LA"), NOW)
    assert {one.right: one.published for one in made.sums} == {"trademark": 2}
    assert {one.right for one in made.lines} == {"trademark"}
    assert made.unpublished == Unpublished(1, "2026-01-01")


def test_the_total_of_unpublished_records_stays_for_a_quarter(laos: Register, tmp_path: Path) -> None:
    keeping.refresh(laos, tmp_path, office("LA"), NOW)
    fill(laos, SECRET)
    for days, records in ((0, 1), (89, 1), (90, 2)):
        now = NOW + dt.timedelta(days=days)
        keeping.refresh(laos, tmp_path, office("LA"), now)
        kept = keeping.kept(tmp_path, "LA")
        assert kept is not None
        assert kept.unpublished is not None
        assert (days, kept.unpublished.records) == (days, records)
        last = kept.unpublished
    told = keeping.made(laos, tmp_path, office("LA"), NOW + dt.timedelta(days=91), "trademark")
    assert told.unpublished == last


def test_the_kept_ledger_is_made_anew_when_it_is_old(laos: Register, tmp_path: Path) -> None:
    keeping.refresh(laos, tmp_path, office("LA"), NOW)
    first = keeping.kept(tmp_path, "LA")
    assert first is not None
    assert keeping.up_to_date(tmp_path, office("LA"), NOW, first.change)
    (tmp_path / "list.txt").write_text(LIST)
    declare(tmp_path, "list.txt", Said("LA", "trademark", "registrations"), NOW)
    assert not keeping.up_to_date(tmp_path, office("LA"), NOW, first.change)
    assert not keeping.up_to_date(tmp_path, office("LA"), NOW + dt.timedelta(days=1), first.change)


def test_csv_gives_each_gap_a_line(laos: Register, tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text(LIST)
    declare(tmp_path, "list.txt", Said("LA", "trademark", "registrations", source="=cmd"), NOW)
    rows = list(csv.DictReader(io.StringIO(as_csv(ledger_of(laos, tmp_path)))))
    gaps = [(one["gap_first"], one["gap_last"], one["gap_count"]) for one in rows if one["state"] == "gap"]
    assert gaps == [("88", "89", "2"), ("92", "92", "1")]
    assert all(not one["source"].startswith("=") for one in rows)


def test_a_draft_is_signed_with_name_and_day_and_stays(laos: Register, tmp_path: Path) -> None:
    table = b"right,stage,year,total\ntrademark,applications,2024,3\n"
    made = take(tmp_path, table, "totals.csv", Said("LA"), NOW)
    keeping.refresh(laos, tmp_path, office("LA"), NOW)
    assert not keeping.is_redeclared(tmp_path, "LA")
    draft = keeping.kept(tmp_path, "LA")
    assert draft is not None
    assert {line.state for line in draft.lines} == {"not-declared"}
    late = dt.datetime(2026, 1, 1, 23, tzinfo=dt.UTC)
    signed = sign(tmp_path, "LA", made.digest, " The  Registrar ", late)
    assert (signed.signed_by, signed.signed_on) == ("The Registrar", "2026-01-02")
    assert keeping.is_redeclared(tmp_path, "LA")
    keeping.refresh(laos, tmp_path, office("LA"), NOW)
    kept = keeping.kept(tmp_path, "LA")
    assert kept is not None
    line = one_line(list(kept.lines), "applications", "2024")
    assert (line.declaration, line.signed_by, line.signed_on) == ("signed", "The Registrar", "2026-01-02")
    with pytest.raises(UsageError):
        sign(tmp_path, "LA", made.digest, "Another", NOW)
    with pytest.raises(UsageError):
        discard(tmp_path, "LA", made.digest)
    with pytest.raises(UsageError):
        take(tmp_path, table, "totals.csv", Said("LA"), NOW)
    assert declared(tmp_path, "LA") == [signed]


def test_a_draft_is_taken_away_and_nobody_signs_for_another_office(tmp_path: Path) -> None:
    made = take(tmp_path, LIST.encode(), "list.txt", Said("LA", "trademark"), NOW)
    with pytest.raises(NotFound):
        sign(tmp_path, "TH", made.digest, "The Registrar", NOW)
    with pytest.raises(UsageError):
        sign(tmp_path, "LA", made.digest, "  ", NOW)
    discard(tmp_path, "LA", made.digest)
    assert declared(tmp_path, "LA") == []
    assert list((tmp_path / "declarations" / "LA").iterdir()) == []


def test_a_file_that_declares_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput) as told:
        take(tmp_path, b"right,stage,year,total\nmark,applications,2024,3\n", "t.csv", Said("LA"), NOW)
    assert "line 2" in told.value.remedy
    assert declared(tmp_path, "LA") == []


def test_statistics_and_ledger_are_made_in_one_walk(
    laos: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[bytes] = []

    def counted(body: bytes, schema: int) -> Record:
        read.append(body)
        return decode(body, schema)

    monkeypatch.setattr(walking, "decode", counted)
    assert keeping.refresh(laos, tmp_path, office("LA"), NOW)
    assert len(read) == 3
    assert not keeping.refresh(laos, tmp_path, office("LA"), NOW)
    assert len(read) == 3
    assert counting.kept(tmp_path, "LA") == counting.count(laos, office("LA"), NOW)
    assert keeping.kept(tmp_path, "LA") == keeping.made(laos, tmp_path, office("LA"), NOW)
