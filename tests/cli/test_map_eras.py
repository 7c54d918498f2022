"""Years of other eras: what is known is read, what is not is never taken for a day to come."""

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from ipregister.exchange.mapped.eras import mostly_far
from tests.cli.conftest import Command
from tests.exchange import mapped_fields

FIELDS = {
    "Application No": "application_number",
    "Filing date": "application_date",
    "Expiry date": "expiry_date",
}
MAPPING = 'office = "LA"\n' + mapped_fields.fields(FIELDS)
NEPALI = ["2078-05-01", "2079-01-12", "2070-11-30"]
PERSIAN = ["1402-05-12", "1403-01-12", "1399-11-30"]
BUDDHIST = ["2564-05-01", "2565-01-12", "2556-11-30"]
COMMON = ["2021-08-17", "2022-04-25", "2078-05-01"]


def source_in(folder: Path, days: list[str], kind: str = "csv") -> Path:
    path = folder / f"marks_20260131.{kind}"
    rows = [(f"2021{n:04}", day, f"20{41 + n}-05-05") for n, day in enumerate(days)]
    if kind == "csv":
        lines = [",".join(FIELDS), *(",".join(row) for row in rows)]
        path.write_text("\n".join(lines), encoding="utf-8")
        return path
    names = ("no", "filed", "ends")
    marks = "".join(
        f"<m>{''.join(f'<{n}>{text}</{n}>' for n, text in zip(names, row, strict=True))}</m>" for row in rows
    )
    path.write_text(f"<marks>{marks}</marks>", encoding="utf-8")
    return path


@pytest.mark.parametrize("days", [NEPALI, PERSIAN])
@pytest.mark.parametrize("verb", ["check", "load"])
def test_a_column_whose_years_are_of_another_era_is_refused(
    verb: str, days: list[str], run: Command, tmp_path: Path
) -> None:
    mapping = tmp_path / "m.toml"
    mapping.write_text(MAPPING, encoding="utf-8")
    refused = run("map", verb, source_in(tmp_path, days), mapping)
    assert (refused.code, f"'Filing date' ({days[0]!r})" in refused.err) == (2, True), refused.err
    assert "Bikram Sambat" in refused.err
    assert "Expiry date" not in refused.err


def test_elements_whose_years_lie_ahead_are_refused(run: Command, tmp_path: Path) -> None:
    mapping = tmp_path / "m.toml"
    said = mapped_fields.fields({"no": "application_number", "filed": "application_date"})
    mapping.write_text(
        f'office = "LA"\nignore = ["ends"]\n[input]\nkind = "xml"\nrecords = "m"\n{said}', encoding="utf-8"
    )
    assert run("map", "load", source_in(tmp_path, NEPALI, "xml"), mapping).code == 2
    assert run("map", "load", source_in(tmp_path, BUDDHIST, "xml"), mapping).row["stored"] == 3


def test_what_is_known_is_read_and_one_day_alone_is_told(run: Command, tmp_path: Path) -> None:
    mapping = tmp_path / "m.toml"
    mapping.write_text(MAPPING, encoding="utf-8")
    told = run("map", "check", source_in(tmp_path, COMMON), mapping).rows
    assert [row["value"] for row in told if row.get("code") == "date-in-future"] == ["2078-05-01"]
    assert run("map", "load", source_in(tmp_path, BUDDHIST), mapping).row["stored"] == 3
    assert run("show", "20210000").row["record"]["application_date"] == "2021-05-01"


@pytest.mark.parametrize(("days", "proposed"), [(NEPALI, False), (BUDDHIST, True), (COMMON, True)])
def test_only_credible_years_are_proposed(
    days: list[str], proposed: bool, run: Command, tmp_path: Path
) -> None:
    made = run(
        "map", "new", source_in(tmp_path, days), "--office", "LA", "-o", tmp_path / "new.toml", "--json"
    )
    fields = {row["column"]: row["field"] for row in made.rows}
    assert fields["Filing date"] == ("application_date" if proposed else "")
    assert fields["Expiry date"] == "expiry_date"
    assert ("another era" in made.err) == (not proposed)
    assert ("NOT PROPOSED: write these days" in (tmp_path / "new.toml").read_text("utf-8")) == (not proposed)


def test_two_years_ahead_are_near() -> None:
    day = dt.date(2026, 1, 31)
    assert not mostly_far(Counter(["2028-12-31", "2027-01-01"]), "iso", day)
    assert not mostly_far(Counter(["1600-01-01", "1599-12-31"]), "iso", day)
    assert mostly_far(Counter(["1402-05-12", "1403-01-12", "2020-01-01"]), "iso", day)
    assert not mostly_far(Counter(["2029-01-01", "2020-01-01"]), "iso", day)
    assert mostly_far(Counter(["2029-01-01", "2029-01-01", "2020-01-01", "words"]), "iso", day)


@pytest.mark.parametrize(("office", "read"), [("LA", 3), ("TH", 3), ("KH", 0), ("MM", 0)])
@pytest.mark.parametrize("days", [BUDDHIST, ["17/08/2568", "๑๗/๐๑/๒๕๖๘", "១៧/០៨/២៥៦៨"]])
def test_a_year_that_changes_at_visak_is_no_common_year(
    office: str, read: int, days: list[str], run: Command, tmp_path: Path
) -> None:
    mapping = tmp_path / "m.toml"
    said = mapped_fields.fields({name: field for name, field in FIELDS.items() if name != "Application No"})
    own = mapped_fields.fields({"Application No": "application_number"})
    mapping.write_text(f'office = "{office}"\ndates = "dmy"\n{own}{said}', encoding="utf-8")
    told = run("map", "check", source_in(tmp_path, days), mapping).rows
    unsure = [row for row in told if row.get("code") == "visak-year"]
    assert [row["value"] for row in unsure] == (days if not read else [])
