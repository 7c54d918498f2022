"""What is published is opened whole by programs that we did not write, and the documents are those of the standard."""

import datetime as dt
import io
import zipfile
from functools import cache
from pathlib import Path

import duckdb
import msgspec
import polars
import pytest
import zstandard
from lxml import etree

from ipregister.demonstration import write_office
from ipregister.intake.loading import load
from ipregister.model.offices import office
from ipregister.publication.bulk.lines import Line, read_lines
from ipregister.publication.bulk.manifest import Manifest
from ipregister.publication.bulk.publishing import publish
from ipregister.store.register import Register

COLUMNS = 'key, version, change, office, "right", application_number, record'
SCHEMAS = {
    "trademark": "TrademarkApplication_V6_0.xsd",
    "design": "DesignApplicationBag_V6_0.xsd",
    "indication": "GITransaction_V6_0.xsd",
    "patent": "PatentPublication_V6_0.xsd",
    "utility-model": "PatentPublication_V6_0.xsd",
}


@pytest.fixture
def published(data: Path, tmp_path: Path) -> tuple[Path, Manifest]:
    """A full publication of two offices with all the rights that their feeds hold."""
    register = Register(packs=data / "packs")
    for code in ("LA", "KH"):
        for one in write_office(tmp_path / code, code, 40, day=dt.date(2026, 6, 30), registrations=10):
            load(register, office(code), one.path, scratch=data / "scratch", kind=one.kind)
    done = publish(register, data, tmp_path / "out", "full", processes=1)
    return done.folder, done.manifest


def lines_of(folder: Path) -> dict[str, Line]:
    """The lines of all records, as our own reader gives them."""
    paths = [
        path for path in folder.glob("*.jsonl.zst") if "history" not in path.name and "log" not in path.name
    ]
    lines = [msgspec.json.decode(content, type=Line) for path in paths for content in read_lines(path)]
    return {line.key: line for line in lines if line.kind == "record"}


def test_duckdb_reads_tables_and_lines(published: tuple[Path, Manifest]) -> None:
    folder, manifest = published
    ours = lines_of(folder)
    assert len(ours) == sum(kinds.get("record", 0) for kinds in manifest.counts.values()) > 60
    table = duckdb.sql(f"SELECT {COLUMNS} FROM read_parquet('{folder}/*.parquet')")
    assert table is not None
    rows = table.fetchall()
    assert {row[0]: row[-1] for row in rows} == {
        key: bytes(line.record).decode() for key, line in ours.items()
    }
    assert all(row[1:5] == (ours[row[0]].version, ours[row[0]].change, ours[row[0]].office, ours[row[0]].right)
               for row in rows)  # fmt: skip
    names = [f"'{folder / file.name}'" for file in manifest.files
             if file.format == "jsonl.zst" and file.content == "records"]  # fmt: skip
    told = duckdb.sql(
        f"SELECT key, hash FROM read_json([{', '.join(names)}], format='newline_delimited', compression='zstd', "
        "columns={key: 'VARCHAR', hash: 'VARCHAR', kind: 'VARCHAR'}, maximum_object_size=67108864) "
        "WHERE kind = 'record'"
    )
    assert told is not None
    assert dict(told.fetchall()) == {key: line.hash for key, line in ours.items()}


def test_polars_reads_tables_and_lines(published: tuple[Path, Manifest]) -> None:
    folder, manifest = published
    ours = lines_of(folder)
    table = polars.read_parquet(folder / "*.parquet")
    assert dict(zip(table["key"], table["record"], strict=True)) == {
        key: bytes(line.record).decode() for key, line in ours.items()
    }
    found: dict[str, str] = {}
    for file in manifest.files:
        if file.format == "jsonl.zst" and file.content == "records":
            with (folder / file.name).open("rb") as packed:
                plain = zstandard.ZstdDecompressor().stream_reader(packed, read_across_frames=True).read()
            frame = polars.read_ndjson(io.BytesIO(plain), infer_schema_length=None)
            frame = frame.filter(polars.col("kind") == "record")
            found.update(zip(frame["key"], frame["hash"], strict=True))
    assert found == {key: line.hash for key, line in ours.items()}


@pytest.mark.data
def test_documents_are_those_of_the_standard(published: tuple[Path, Manifest], test_data: Path) -> None:
    folder, manifest = published
    standard = test_data / "data" / "wipo-st96-v6" / "ST96XMLSchema_V6_0_Flattened"
    checked: dict[str, int] = {}
    for file in manifest.files:
        if file.format != "st96.zip":
            continue
        right = file.part.partition("-")[2]
        with zipfile.ZipFile(folder / file.name) as packed:
            for name in packed.namelist():
                schema = _schema(standard / SCHEMAS[right])
                schema.assertValid(etree.fromstring(packed.read(name)))
                checked[right] = checked.get(right, 0) + 1
    assert checked["trademark"] == 2
    assert checked.keys() == {
        file.part.partition("-")[2] for file in manifest.files if file.format == "st96.zip"
    }


@cache
def _schema(path: Path) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(path))
