"""Items of a source that hold nothing: they are no records, and stop nobody."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.exchange import mapped_fields

NOTHING = ["{}", "[]", "[[]]", '{"a": {}}', "null", '""', '{"No": ""}', '{"No": null}']
MAPPING = ('office = "LA"\n[input]\nkind = "json"\nrecords = "items"\n'
           + mapped_fields.fields({"No": "application_number", "Name": "mark/verbal"}))  # fmt: skip


@pytest.mark.parametrize("item", NOTHING)
def test_an_item_that_holds_nothing_is_held(item: str, run: Command, tmp_path: Path) -> None:
    source, mapping = tmp_path / "marks_20260131.json", tmp_path / "m.toml"
    source.write_text(
        f'{{"items": [{json.dumps({"No": "31401", "Name": "ONE"})}, {item}]}}', encoding="utf-8"
    )
    mapping.write_text(MAPPING, encoding="utf-8")
    counts = {"in": 2, "stored": 1, "unchanged": 0, "quarantined": 1}
    for verb in ("check", "load"):
        row = run("map", verb, source, mapping).rows[-1]
        assert {name: row[name] for name in counts} == counts
    (held,) = run("quarantine", "list").rows
    assert held["reason"] in ("empty", "not-a-record", "between-records")
    assert run("search", "number:31401").row["total"] == 1
    assert len(run("export", "--format", "jsonl").rows) == 1
