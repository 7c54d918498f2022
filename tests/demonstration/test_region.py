"""The deliveries: names, forms, order, deletions, and the same bytes for the same seed."""

import json
import re
import zipfile
from collections import Counter
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest

from ipregister.demonstration import DemonstrationDelivery, write_office, write_region
from ipregister.demonstration import deliveries as shapes
from ipregister.demonstration.region import shares
from ipregister.demonstration.vocabulary import offices

MARKS = 900
NAMES = {
    "PH": r"PH_Trademarks_WIPO_Export_\d{8}_\d{2}\.zip",
    "KZ": r"xml_export_trademarks_\d_\d{2}\.\d{2}\.\d{4}\.zip",
    "SG": r"\d{8}_\d{5}\.zip",
}


@pytest.fixture(scope="module")
def truth(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("truth") / "truth.jsonl"


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory, truth: Path) -> list[DemonstrationDelivery]:
    return write_region(tmp_path_factory.mktemp("region"), marks=MARKS, truth=truth)


def _digest(folder: Path, seed: int) -> str:
    whole = sha256()
    for delivery in write_region(folder, marks=200, seed=seed):
        whole.update(delivery.path.name.encode() + delivery.path.read_bytes())
    return whole.hexdigest()


def test_same_seed_same_bytes(tmp_path: Path) -> None:
    assert _digest(tmp_path / "one", 7) == _digest(tmp_path / "two", 7)


def test_other_seed_other_bytes(tmp_path: Path) -> None:
    assert _digest(tmp_path / "one", 7) != _digest(tmp_path / "two", 8)


def test_every_office_has_one_full_delivery_first(region: list[DemonstrationDelivery]) -> None:
    for office in offices():
        own = [delivery for delivery in region if delivery.office == office]
        assert own[0].kind == "full"
        assert {delivery.kind for delivery in own[1:]} <= {"delta"}
        assert [delivery.extracted for delivery in own] == sorted(delivery.extracted for delivery in own)
        assert own[0].extracted == date(2026, 1, 31)


def test_names_are_those_of_the_offices(region: list[DemonstrationDelivery]) -> None:
    for delivery in region:
        pattern = NAMES.get(delivery.office, delivery.office + r"\.\d{8}_\d{2}\.zip")
        assert re.fullmatch(pattern, delivery.path.name)
        assert delivery.path.parent.name == delivery.office
    assert not [path for delivery in region for path in delivery.path.parent.glob(".*")]


def test_marks_are_shared_out() -> None:
    assert sum(shares(20000).values()) == 20000
    assert shares(20000)["WO"] > shares(20000)["TH"] > shares(20000)["LA"] > shares(20000)["BN"]


def test_folder_delivery(region: list[DemonstrationDelivery]) -> None:
    delivery = next(d for d in region if d.office == "LA")
    names = zipfile.ZipFile(delivery.path).namelist()
    documents = [name for name in names if name.endswith("_biblio.xml")]
    assert len(documents) == delivery.records
    for name in documents:
        folder, _, file = name.partition("/")
        assert file == f"{folder}_biblio.xml"
    assert any(name.endswith("/ATTACHMENT/logo.jpeg") for name in names)


def test_nested_delivery(region: list[DemonstrationDelivery]) -> None:
    delivery = next(d for d in region if d.office == "TH" and d.kind == "delta")
    outer = zipfile.ZipFile(delivery.path)
    assert [Path(name).suffix for name in outer.namelist()] == [".zip"]
    inner = zipfile.ZipFile(BytesIO(outer.read(outer.namelist()[0])))
    assert sum(name.endswith(".xml") for name in inner.namelist()) == delivery.records


def test_bulk_delivery_of_an_ipas_office(region: list[DemonstrationDelivery]) -> None:
    delivery = [d for d in region if d.office == "VN"][2]
    archive = zipfile.ZipFile(delivery.path)
    (name,) = [name for name in archive.namelist() if name.endswith(".xml")]
    assert archive.read(name).count(b"<TransactionContentDetails>") == delivery.records


@pytest.mark.parametrize(
    ("office", "tags"), [("SG", "Trademark Article6ter R13"), ("KZ", "U_ID"), ("WO", "TradeMark")]
)
def test_bulk_files_hold_all_records(region: list[DemonstrationDelivery], office: str, tags: str) -> None:
    delivery = next(d for d in region if d.office == office)
    archive = zipfile.ZipFile(delivery.path)
    (name,) = [name for name in archive.namelist() if name.endswith(".xml")]
    text = archive.read(name).decode()
    counts = [text.count(f"<{tag}>") for tag in tags.split()]
    assert sum(counts) == delivery.records
    assert all(counts)


def test_deliveries_agree_with_the_truth(region: list[DemonstrationDelivery], truth: Path) -> None:
    rows = [json.loads(line) for line in truth.read_text(encoding="utf-8").splitlines()]
    counted = Counter((row["office"], day) for row in rows for day in row["days"])
    assert counted == {(d.office, d.extracted.isoformat()): d.records for d in region}
    assert len(rows) == MARKS


def test_deletions(tmp_path: Path) -> None:
    for office, word in (("ID", b"<TransactionCode>Delete</"), ("SG", b"<mark_status>Destroyed</")):
        *_, last = write_office(tmp_path, office, 1500)
        archive = zipfile.ZipFile(last.path)
        assert any(word in archive.read(name) for name in archive.namelist() if name.endswith(".xml"))


def test_long_deliveries_are_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shapes, "PART", 40)
    parts = [d for d in write_office(tmp_path, "BN", 100, dirty=False) if d.kind == "full"]
    assert [d.path.name for d in parts] == [f"BN.20260131_{n:02d}.zip" for n in range(1, len(parts) + 1)]
    assert len(parts) > 2
    assert parts[0].records == 40


def test_progress_and_day(tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    written = write_office(
        tmp_path, "LA", 30, day=date(2025, 3, 31), progress=lambda *step: seen.append(step)
    )
    assert seen[-1] == ("LA", 30, 30)
    assert written[0].extracted == date(2024, 11, 1)
