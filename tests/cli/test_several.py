"""Files of several records: each record under its office, each file valid by its standard, nothing lost on the way back."""

import json
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from ipregister.web.options import Options
from tests.cli.conftest import command

SAMPLES = sorted((Path(__file__).parent.parent / "samples").rglob("*.out.json"))
SCHEMAS = {"trademark": "TrademarkApplication", "design": "DesignApplicationBag", "patent": "PatentPublication",
           "indication": "GITransaction"}  # fmt: skip


@cache
def _schema(folder: Path, name: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(folder / f"{name}_V6_0.xsd"))


def _records(right: str) -> list[dict[str, object]]:
    """The records of all samples of a right, each once, of many offices."""
    found: dict[str, dict[str, object]] = {}
    for path in SAMPLES:
        for one in json.loads(path.read_text())["records"]:
            record = one["record"]
            if (
                record
                and not one["refusal"]
                and record["right"] in (right, "utility-model" if right == "patent" else "")
            ):
                found.setdefault(one["key"], record)
    return list(found.values())


def _written(path: Path, right: str) -> Counter[str]:
    """A file of our records, and what is in it."""
    about = {"key": "", "source": {"office": "", "data_day": "2026-01-01", "notice": ""}}
    records = _records(right)
    path.write_text("".join(json.dumps({**about, **one}) + "\n" for one in records), encoding="utf-8")
    return _content(path)


def _content(path: Path) -> Counter[str]:
    plain = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    kept = [{name: value for name, value in one.items() if name not in ("key", "source")} for one in plain]
    return Counter(json.dumps(one, sort_keys=True) for one in kept)


def _documents(file: Path) -> list[bytes]:
    if file.suffix != ".zip":
        return [file.read_bytes()]
    with zipfile.ZipFile(file) as packed:
        return [packed.read(name) for name in packed.namelist()]


@pytest.mark.parametrize(
    ("right", "form"),
    [("trademark", "st96"), ("trademark", "st66"), ("design", "st96"), ("indication", "st96"), ("indication", "st66"),
     ("patent", "st96"), ("patent", "st36")],
)  # fmt: skip
def test_records_of_several_offices_come_back(
    sqlite_database: Options, tmp_path: Path, right: str, form: str
) -> None:
    run = command(sqlite_database)
    source = tmp_path / "records.jsonl"
    before = _written(source, right)
    goal = tmp_path / ("made.zip" if (right, form) == ("patent", "st96") else "made.xml")
    made = run("convert", source, "--to", form, "-o", goal, "--json")
    assert (made.code, made.row["records"], made.row["refused"]) == (0, before.total(), 0)
    assert made.row["file"] == str(goal)
    again = run("convert", made.row["file"], "--to", "jsonl", "-o", tmp_path / "back.jsonl")
    assert again.code == 0
    assert _content(tmp_path / "back.jsonl") == before


@pytest.mark.parametrize("right", SCHEMAS)
def test_every_file_is_valid(sqlite_database: Options, tmp_path: Path, test_data: Path, right: str) -> None:
    folder = test_data / "data" / "wipo-st96-v6" / "ST96XMLSchema_V6_0_Flattened"
    source = tmp_path / "records.jsonl"
    before = _written(source, right)
    goal = tmp_path / ("made.zip" if right == "patent" else "made.xml")
    made = command(sqlite_database)("convert", source, "--to", "st96", "-o", goal, "--json")
    documents = _documents(Path(made.row["file"]))
    assert len(documents) == (before.total() if right == "patent" else 1)
    schema = _schema(folder, SCHEMAS[right])
    for document in documents:
        assert schema.validate(etree.fromstring(document)), schema.error_log


def test_one_patent_is_a_document(sqlite_database: Options, tmp_path: Path) -> None:
    run, source = command(sqlite_database), tmp_path / "records.jsonl"
    _written(source, "patent")
    source.write_text(source.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    made = run("convert", source, "--to", "st96", "-o", tmp_path / "made.xml", "--json")
    assert etree.parse(made.row["file"]).getroot().tag.endswith("PatentPublication")
    packed = run("convert", source, "--to", "st96", "-o", tmp_path / "made.zip", "--json")
    assert next(etree.fromstring(one).tag for one in _documents(Path(packed.row["file"]))).endswith(
        "PatentPublication"
    )


def test_several_patents_need_a_file(sqlite_database: Options, tmp_path: Path) -> None:
    source = tmp_path / "records.jsonl"
    _written(source, "patent")
    refused = command(sqlite_database)("convert", source, "--to", "st96")
    assert (refused.code, refused.out, "-o FILE.zip" in refused.err) == (2, "", True)
    other = command(sqlite_database)("convert", source, "--to", "st96", "-o", tmp_path / "made.xml")
    assert (other.code, str(tmp_path / "made.zip") in other.err) == (2, True)
    assert not list(tmp_path.glob("made*"))


_FAMILY = """<ops:world-patent-data xmlns:ops="http://ops.epo.org" xmlns="http://www.epo.org/exchange"><exchange-documents>
{documents}</exchange-documents></ops:world-patent-data>"""
_MEMBER = """<exchange-document country="{country}" doc-number="{number}" kind="A1"><bibliographic-data>
<publication-reference><document-id document-id-type="docdb"><country>{country}</country><doc-number>{number}</doc-number>
<kind>A1</kind><date>20120101</date></document-id></publication-reference>
<application-reference><document-id document-id-type="docdb"><country>{country}</country><doc-number>{number}0</doc-number>
<date>20110101</date></document-id></application-reference>
<invention-title lang="en">Dryer</invention-title></bibliographic-data></exchange-document>
"""


def test_a_member_of_a_family_is_not_told_as_the_data_of_the_office_whose_document_it_is(
    sqlite_database: Options, tmp_path: Path
) -> None:
    members = {"EP": "2011000", "CA": "2744162", "US": "2011123"}
    documents = "".join(_MEMBER.format(country=code, number=number) for code, number in members.items())
    (tmp_path / "family.xml").write_text(_FAMILY.format(documents=documents), encoding="utf-8")
    run = command(sqlite_database)
    lines = [
        json.loads(line) for line in run("convert", tmp_path / "family.xml", "--to", "jsonl").out.splitlines()
    ]
    assert {one["office"]: one["source"]["office"] for one in lines} == {
        "EP": "European Patent Office", "CA": "Canada", "US": "United States Patent and Trademark Office"}  # fmt: skip
    canadian = next(one for one in lines if one["office"] == "CA")
    assert canadian["source"]["notice"] == (
        "For information only. The register of Canada prevails over what is shown here, which a document of the"
        " European Patent Office tells."
    )
    (tmp_path / "out.jsonl").write_text(json.dumps(canadian), encoding="utf-8")
    again = run("convert", tmp_path / "out.jsonl", "--to", "jsonl", "--office", "EP")
    assert (again.code, json.loads(again.out)["source"]["office"]) == (0, "Canada")
