"""The rights beside marks: the same bytes for a seed, dirt with its findings, nothing early in the public search."""

import json
import subprocess
import sys
import zipfile
from collections import Counter
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from ipregister.capture import readers
from ipregister.capture.slices import Slice
from ipregister.demonstration import RIGHTS_DIRT, DemonstrationDelivery, write_rights
from ipregister.demonstration.rights.dirt import stain_of
from ipregister.demonstration.rights.parcels import Order
from ipregister.demonstration.rights.region import scaled, stocks
from ipregister.model import numbers, publicity
from ipregister.model.offices import office
from ipregister.model.record import RIGHTS, right_of
from ipregister.web.options import Options
from tests.cli.conftest import command

OTHERS = tuple(right for right in RIGHTS if right != "trademark")
TODAY = datetime(2026, 6, 30, tzinfo=UTC).date()
SMALL = 60


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> list[DemonstrationDelivery]:
    return write_rights(tmp_path_factory.mktemp("rights"), marks=SMALL)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict[str, Any]]]:
    """A small demonstration region, and the lines that its building told."""
    data = tmp_path_factory.mktemp("built") / "data"
    words = [sys.executable, "-m", "ipregister.cli", "demo", str(data), "--marks", str(SMALL), "--json"]
    told = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    return data, [json.loads(line) for line in told.splitlines()]


def _search(data: Path, query: str) -> dict[str, Any]:
    return command(Options(data=data))("search", query, "--json", "--limit", "1000").row


def _digest(folder: Path, seed: int) -> str:
    whole = sha256()
    for one in write_rights(folder, marks=SMALL, seed=seed):
        whole.update(one.path.name.encode() + one.path.read_bytes())
        whole.update(one.mapping.read_bytes() if one.mapping else b"")
    return whole.hexdigest()


def test_same_seed_same_bytes(tmp_path: Path) -> None:
    first = _digest(tmp_path / "one", 7)
    assert first == _digest(tmp_path / "two", 7)
    assert first != _digest(tmp_path / "three", 8)


def test_counts_of_the_whole_region() -> None:
    counts: Counter[str] = Counter()
    for stock in stocks():
        counts[stock.right] += sum(scaled(count, 20_000) for count in stock.counts.values())
    assert 600 <= counts["design"] <= 650
    assert counts["hague"] == 30
    assert 600 <= counts["patent"] + counts["utility-model"] <= 700
    assert 60 <= counts["indication"] <= 75


def test_every_document_is_read_without_a_word_beside(written: list[DemonstrationDelivery]) -> None:
    for delivery in written:
        facts = office(delivery.office)
        for name, raw in _documents(delivery):
            reading = readers.read(Slice(0, name, 0, len(raw), raw), facts)
            assert reading.record is not None, name
            assert not reading.record.extra, name
            assert numbers.key_of(reading.record, facts) is not None, name


def _documents(delivery: DemonstrationDelivery) -> list[tuple[str, bytes]]:
    if delivery.mapping:
        return []
    with zipfile.ZipFile(delivery.path) as archive:
        return [(name, archive.read(name)) for name in archive.namelist() if name.endswith(".xml")]


def test_dirt_gives_its_findings() -> None:
    seen: Counter[str] = Counter()
    for stock in stocks():
        for code, count in stock.counts.items():
            for index in range(min(count, 12)):
                stain = stain_of("patent" if stock.right == "utility-model" else stock.right, index)
                parcel = stock.make(Order(1, stock.right, code, index, TODAY.toordinal(), TODAY.toordinal()))
                if parcel is None or stain is None or (code == "KH" and stock.right == "indication"):
                    continue
                raw = parcel.text.encode()
                reading = readers.read(Slice(0, "x.xml", 0, len(raw), raw), office(code))
                if stain.finding in {finding.code for finding in reading.findings}:
                    seen[stain.name] += 1
    assert set(seen) == {one.name for one in RIGHTS_DIRT if one.finding}


@pytest.mark.slow
def test_every_delivery_balances(built: tuple[Path, list[dict[str, Any]]]) -> None:
    deliveries = [line for line in built[1] if "delivery" in line]
    assert deliveries
    for line in deliveries:
        assert line["in"] == line["stored"] + line["unchanged"] + line["quarantined"]


@pytest.mark.slow
def test_every_right_has_public_records(built: tuple[Path, list[dict[str, Any]]]) -> None:
    for right in OTHERS:
        found = _search(built[0], f"right:{right}")
        assert found["total"] >= 5, right
        assert all(hit["title"] or right in ("design", "patent", "utility-model") for hit in found["hits"])


@pytest.mark.slow
def test_nothing_is_shown_early(
    built: tuple[Path, list[dict[str, Any]]], written: list[DemonstrationDelivery]
) -> None:
    """What is only filed or still deferred is in no answer; the copy of a deposit is in none either."""
    shown = {hit["key"] for right in OTHERS for hit in _search(built[0], f"right:{right}")["hits"]}
    early: Counter[str] = Counter()
    latest: dict[str, str] = {}
    for delivery in written:
        facts = office(delivery.office)
        for name, raw in _documents(delivery):
            record = readers.read(Slice(0, name, 0, len(raw), raw), facts).record
            keyed = numbers.key_of(record, facts) if record else None
            if record and keyed and right_of(record) in OTHERS:
                latest[keyed.key] = publicity.record_state(record, facts, datetime.now(UTC).date())
    for key, state in latest.items():
        if state != publicity.PUBLIC:
            early[key.split("-")[1]] += 1
            assert key not in shown, key
        else:
            assert key in shown, key
    assert early["des"] > 10
    assert early["pat"] > 5
    assert not _search(built[0], "copies")["total"]


@pytest.mark.slow
def test_the_status_counts_every_right_of_an_office(built: tuple[Path, list[dict[str, Any]]]) -> None:
    status = command(Options(data=built[0]))("status", "--json").row
    held = status["offices"].values()
    assert status["records"] == sum(one["records"] for one in held) > 0
    assert status["tombstones"] == sum(one["tombstones"] for one in held)
    assert all(one["data_to"] for one in held)
