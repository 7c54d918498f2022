"""A source that is cut off, or holds nothing that can be read, gets no mapping."""

import codecs
from pathlib import Path

import pytest

from tests.cli.conftest import Command

CUT = {
    "a.json": '[{"no": "1", "title": "NA',
    "b.json": '[{"no": "1", "title": "NAGA"},\n {"no": "2", "ti',
    "c.json": '{"items": [',
    "d.json": '{"no": "1", "tit',
    "e.json": '{"no": "1"}\n{"no": "2"}\n{"no": 2',
    "f.xml": "<list><row><no>1</no></row><row><no>2</no></row><row><no>3",
}
EMPTY = {"g.json": '[{"no" 1}]', "h.json": "[]", "i.json": "{}"}
WHOLE = {
    "j.json": '[{"applicationNumber": "1"}]\n', "k.json": '{"applicationNumber": "1"}\n{"applicationNumber": "2"}\n',
    "l.xml": "<list><row><applicationNumber>1</applicationNumber></row></list>",
}  # fmt: skip


@pytest.mark.parametrize("name", [*CUT, *EMPTY])
def test_what_is_cut_off_or_empty_gets_no_mapping(name: str, run: Command, tmp_path: Path) -> None:
    source, mapping = tmp_path / name, tmp_path / "m.toml"
    text = {**CUT, **EMPTY}[name]
    source.write_text(text, encoding="utf-8")
    ran = run("map", "new", source, "--office", "LA", "-o", mapping)
    assert (ran.code, mapping.exists(), "Traceback" in ran.err) == (3, False, False), ran.err
    told = f"the file is cut off at line {text.count(chr(10)) + 1}, byte {len(text)}"
    assert (told if name in CUT else "no record was found") in ran.err


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_what_is_whole_gets_one(name: str, mark: bytes, run: Command, tmp_path: Path) -> None:
    source, mapping = tmp_path / name, tmp_path / "m.toml"
    source.write_bytes(mark + WHOLE[name].encode())
    ran = run("map", "new", source, "--office", "LA", "-o", mapping)
    assert (ran.code, mapping.exists()) == (0, True), ran.err


@pytest.mark.parametrize(
    "data",
    [b'[{"applicationNumber": "1\xc8"}]', b'[{"a\xff\xfe": 1}, {"a": 2', b"[" * 100_000, b'{"a":' * 50_000],
)
def test_odd_bytes_and_deep_brackets_are_no_crash(data: bytes, run: Command, tmp_path: Path) -> None:
    (tmp_path / "odd.json").write_bytes(data)
    ran = run("map", "new", tmp_path / "odd.json", "--office", "LA", "-o", tmp_path / "m.toml")
    assert ran.code in (0, 2, 3), ran.err
    assert "Traceback" not in ran.err


def test_a_row_of_too_many_cells_is_none_of_a_table(run: Command, tmp_path: Path) -> None:
    (tmp_path / "wide.csv").write_text("No,Mark" + ",c" * 20_000 + "\n1,A\n", encoding="utf-8")
    ran = run("map", "new", tmp_path / "wide.csv", "--office", "LA", "-o", tmp_path / "m.toml")
    assert (ran.code, (tmp_path / "m.toml").exists()) == (3, False)
    assert "a row of 20002 cells" in ran.err
