"""A table of deferred designs: what its cells hold never opens a record whose day cannot be read."""

import csv
import datetime as dt
import json
from pathlib import Path

import pytest

from ipregister.capture import days_ahead
from ipregister.capture.limits import Limits
from ipregister.capture.mapped import pack_file
from ipregister.exchange.mapped import deferring
from ipregister.exchange.mapped import mapping as mappings
from ipregister.exchange.mapped.profile import Profile
from ipregister.exchange.mapped.proposing import proposals
from ipregister.web.options import Options
from tests.cli.conftest import Command, command
from tests.exchange import mapped_fields

HEADINGS = ["Application No", "Title", "Registration date", "Deferred until", "Status"]
CELLS = ["2030-02-30", "in 30 months", "", "2030-01-05", "2024-05-05"]
MAPPING = """office = "LA"
right = "design"
[[field]]
from = "Application No"
to = "application_number"
[[field]]
from = "Title"
to = "titles"
[[field]]
from = "Registration date"
to = "registration_date"
"""
FIELD = '[[field]]\nfrom = "Deferred until"\nto = "deferred_until"\n'


def source_in(folder: Path) -> Path:
    path = folder / "designs_20260131.csv"
    with path.open("w", encoding="utf-8", newline="") as opened:
        rows = [
            [f"70{n}", f"Basket {n}", "2024-01-05", cell, "Registered"] for n, cell in enumerate(CELLS, 1)
        ]
        csv.writer(opened).writerows([HEADINGS, *rows])
    return path


def shown(options: Options, folder: Path) -> str:
    """The numbers of the records that everybody may have."""
    target = folder / "public.jsonl"
    assert command(options)("export", "-o", target).code == 0
    rows = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    return " ".join(sorted(row["application_number"] for row in rows))


def test_a_day_that_cannot_be_read_keeps_the_record_closed(
    run: Command, sqlite_database: Options, tmp_path: Path
) -> None:
    mapping = tmp_path / "m.toml"
    mapping.write_text(MAPPING + FIELD, encoding="utf-8")
    checked = run("map", "check", source_in(tmp_path), mapping).rows
    unread = [row for row in checked if row.get("code") == "deferment-unread"]
    assert [row["value"] for row in unread] == ["2030-02-30", "in 30 months"]
    assert run("map", "load", source_in(tmp_path), mapping).row["stored"] == 5
    assert shown(sqlite_database, tmp_path) == "703 705"


def test_a_table_is_refused_while_its_column_of_deferment_has_no_field(run: Command, tmp_path: Path) -> None:
    source, mapping = source_in(tmp_path), tmp_path / "m.toml"
    mapping.write_text(MAPPING, encoding="utf-8")
    for verb in ("check", "load"):
        refused = run("map", verb, source, mapping)
        assert (refused.code, "'Deferred until' defers publication" in refused.err) == (2, True)
        assert "ignore" in refused.err
    mapping.write_text('ignore = ["Deferred  until"]\n' + MAPPING, encoding="utf-8")
    assert run("map", "load", source, mapping).row["stored"] == 5


def test_objects_with_a_deferment_that_has_no_field_stay_closed(
    run: Command, sqlite_database: Options, tmp_path: Path
) -> None:
    plain = [{"no": f"80{n}", "title": "B", "registered": "2024-01-05"} for n in range(3)]
    plain[2]["defermentExpiryDate"] = "soon"
    source, mapping = tmp_path / "d_20260131.json", tmp_path / "m.toml"
    source.write_text(json.dumps(plain), encoding="utf-8")
    named = MAPPING.replace("Application No", "no").replace("Title", "title")
    mapping.write_text(
        named.replace("Registration date", "registered").replace("[[f", '[input]\nkind="json"\n[[f', 1)
    )
    assert run("map", "load", source, mapping).row["stored"] == 3
    assert shown(sqlite_database, tmp_path) == "800 801"
    assert run("show", "802").row["record"]["kept"] == [
        {"field": "/deferred_until", "text": "soon", "reason": "unmapped"}
    ]


@pytest.mark.parametrize("cells", [[""], ["soon", "2030-02-30"], ["2030-01-01"], ["yes"]])
def test_a_heading_of_deferment_is_proposed_whatever_its_cells_hold(cells: list[str]) -> None:
    for heading, field in [
        ("Deferred until", "deferred_until"), ("Publication deferred until", "deferred_until"), ("отсрочка до", "deferred_until"),
        ("Deferment period (months)", "deferment_period"), ("Deferred", "deferment_requested"), ("Sealed", "deferment_requested"),
    ]:  # fmt: skip
        profile = Profile(0, {})
        for cell in cells:
            profile.add([(heading, cell)])
        (one,) = proposals(profile, "design")
        assert (one.to, one.sure) == (field, True), heading


def test_of_two_days_of_one_deferment_neither_opens_the_record(
    run: Command, sqlite_database: Options, tmp_path: Path
) -> None:
    source, mapping = tmp_path / "d_20260131.csv", tmp_path / "m.toml"
    lines = ["Application No,Title,Registration date,Deferred until,Deferment expiry date",
             "901,A,2024-01-05,2025-01-01,2030-01-01", "902,B,2024-01-05,2025-01-01,"]  # fmt: skip
    source.write_text("\n".join(lines), encoding="utf-8")
    mapping.write_text(
        MAPPING + FIELD + FIELD.replace("Deferred until", "Deferment expiry date"), encoding="utf-8"
    )
    assert run("map", "load", source, mapping).row["stored"] == 2
    assert shown(sqlite_database, tmp_path) == "902"


@pytest.mark.parametrize(
    "heading",
    ["Publication postponed to", "Confidential until", "Publication delayed until", "Delay of publication",
     "ເລື່ອນການພິມເຜີຍແຜ່", "ការពន្យារពេលបោះពុម្ពផ្សាយ", "ชะลอการประกาศ", "Отсрочка публикации", "Ngày hoãn công bố"],
)  # fmt: skip
def test_words_of_closing_in_any_language_defer(heading: str) -> None:
    assert deferring.field_of(heading, "design") in deferring.FIELDS
    assert not deferring.field_of(heading, "trademark")


def test_other_headings_and_rights_defer_nothing() -> None:
    assert deferring.field_of("Deferred until", "design") == "deferred_until"
    assert not deferring.field_of("Deferred until", "trademark")
    for heading in [*HEADINGS[:3], "Publication date", "Status", "Дата публикации", "Expiry date", "ວັນທີຍື່ນ"]:
        assert not deferring.field_of(heading, "design"), heading


def test_a_remark_that_tells_a_deferment_keeps_the_record_closed(
    run: Command, sqlite_database: Options, tmp_path: Path
) -> None:
    source, mapping = tmp_path / "d_20260131.csv", tmp_path / "m.toml"
    lines = ["Application No,Title,Registration date,Remarks", "911,A,2024-01-05,publication deferred until 2027-01-01",
             "912,B,2024-01-05,handle of bone", "913,C,2024-01-05,Отсрочка до 2027 г."]  # fmt: skip
    source.write_text("\n".join(lines), encoding="utf-8")
    for field in ('[[field]]\nfrom = "Remarks"\nto = "notes"\n', ""):
        mapping.write_text(MAPPING + field, encoding="utf-8")
        told = [
            row for row in run("map", "check", source, mapping).rows if row.get("code") == "deferment-unread"
        ]
        assert [row["value"] for row in told] == [
            "publication deferred until 2027-01-01",
            "Отсрочка до 2027 г.",
        ]
        run("map", "load", source, mapping)
        assert shown(sqlite_database, tmp_path) == "912"


@pytest.mark.parametrize(
    "cell", ["2027-03-01", "01/03/2027", "๐๑/๐๓/๒๕๗๐", "03/2027", "1 March 2027", "2026-02-01"]
)
def test_a_column_of_days_to_come_is_settled_before_a_table_of_designs_is_loaded(
    run: Command, tmp_path: Path, cell: str
) -> None:
    source, mapping = tmp_path / "d_20260131.csv", tmp_path / "m.toml"
    rows = [["Application No", "Title", "Registration date", "Zq"], ["921", "A", "2024-01-05", ""],
            ["922", "B", "2024-01-05", cell]]  # fmt: skip
    with source.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows(rows)
    mapping.write_text(MAPPING, encoding="utf-8")
    for verb in ("check", "load"):
        refused = run("map", verb, source, mapping)
        assert (refused.code, f"'Zq' ({cell!r})" in refused.err, "ignore" in refused.err) == (2, True, True)
    mapping.write_text('ignore = ["Zq"]\n' + MAPPING, encoding="utf-8")
    assert run("map", "load", source, mapping).row["stored"] == 2


@pytest.mark.parametrize(("cell", "right"), [("2026-01-31", "design"), ("2019-05-05", "design"), ("T-2027/03", "design"),
                                             ("2027-03-01", "trademark")])  # fmt: skip
def test_past_days_numbers_and_other_rights_need_no_place(
    run: Command, tmp_path: Path, cell: str, right: str
) -> None:
    source, mapping = tmp_path / "d_20260131.csv", tmp_path / "m.toml"
    source.write_text(f"Application No,Registration date,Zq\n921,2024-01-05,{cell}\n", encoding="utf-8")
    said = MAPPING.replace('"design"', f'"{right}"').replace('[[field]]\nfrom = "Title"\nto = "titles"\n', "")
    mapping.write_text(said, encoding="utf-8")
    assert run("map", "load", source, mapping).row["stored"] == 1


def nested_in(folder: Path, kind: str, cell: str) -> Path:
    """Two designs as objects or elements, with a day under a name that tells nothing, one level down."""
    path = folder / f"d_20260131.{kind}"
    plain, closed = ("931", ""), ("932", f"<zq><wv>{cell}</wv></zq>")
    if kind == "json":
        two = [
            {"no": "931", "registered": "2024-01-05"},
            {"no": "932", "registered": "2024-01-05", "zq": {"wv": cell}},
        ]
        path.write_text(json.dumps({"designs": two}), encoding="utf-8")
        return path
    elements = "".join(
        f"<design><no>{number}</no><registered>2024-01-05</registered>{more}</design>"
        for number, more in (plain, closed)
    )
    path.write_text(f"<designs>{elements}</designs>", encoding="utf-8")
    return path


@pytest.mark.parametrize("kind", ["json", "xml"])
@pytest.mark.parametrize("cell", ["2027-03-01", "2027-03-01T00:00:00+07:00", "01/03/2570", "03/2027"])
def test_days_to_come_are_settled_in_objects_and_elements_too(
    run: Command, sqlite_database: Options, tmp_path: Path, kind: str, cell: str
) -> None:
    source, mapping = nested_in(tmp_path, kind, cell), tmp_path / "m.toml"
    records = "designs" if kind == "json" else "design"
    said = (
        f'office = "LA"\nright = "design"\n{{0}}[input]\nkind = "{kind}"\nrecords = "{records}"\n'
        + mapped_fields.fields({"no": "application_number", "registered": "registration_date"})
    )
    mapping.write_text(said.format(""), encoding="utf-8")
    for verb in ("check", "load"):
        refused = run("map", verb, source, mapping)
        assert (refused.code, f"'zq/wv' ({cell!r})" in refused.err, "ignore" in refused.err) == (
            2,
            True,
            True,
        )
    assert shown(sqlite_database, tmp_path) == ""
    mapping.write_text(said.format('ignore = ["zq/wv"]\n'), encoding="utf-8")
    assert run("map", "load", source, mapping).row["stored"] == 2
    assert shown(sqlite_database, tmp_path) == "931 932"


@pytest.mark.parametrize("kind", ["json", "xml"])
def test_past_days_in_objects_and_elements_need_no_place(run: Command, tmp_path: Path, kind: str) -> None:
    source, mapping = nested_in(tmp_path, kind, "2026-01-31"), tmp_path / "m.toml"
    records = "designs" if kind == "json" else "design"
    mapping.write_text(f'office = "LA"\nright = "design"\n[input]\nkind = "{kind}"\nrecords = "{records}"\n' + mapped_fields.fields(
        {"no": "application_number", "registered": "registration_date"}), encoding="utf-8")  # fmt: skip
    assert run("map", "load", source, mapping).row["stored"] == 2


@pytest.mark.parametrize("kind", ["json", "xml"])
def test_days_to_come_are_found_in_sources_larger_than_memory_is_for(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(days_ahead, "USUAL", Limits(in_memory=64))
    source, packed = nested_in(tmp_path, kind, "2027-03-01"), tmp_path / "packed"
    records = "designs" if kind == "json" else "design"
    text = f'office = "LA"\nright = "design"\n[input]\nkind = "{kind}"\nrecords = "{records}"\n' + mapped_fields.field(
        "no", "application_number")  # fmt: skip
    chosen = mappings.load(text.encode(), "m.toml")
    pack_file(source, chosen, text.encode(), packed)
    found = days_ahead.days_ahead(days_ahead.cells_in(packed, chosen), chosen, dt.date(2026, 1, 31))
    assert found == {"zq/wv": "2027-03-01"}
