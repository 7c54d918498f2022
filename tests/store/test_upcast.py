"""Versions stored under every schema there has been can still be read. The samples are never changed."""

from pathlib import Path

import pytest

from ipregister.model import canonical
from ipregister.model.errors import Damaged
from ipregister.model.mark import Trademark
from ipregister.store.upcast import UPCASTS, decode

SAMPLES = sorted((Path(__file__).parent / "samples").glob("schema-*.json"))


def _schema(path: Path) -> int:
    return int(path.stem.removeprefix("schema-"))


def test_every_schema_has_a_sample_and_a_way_up() -> None:
    assert [_schema(path) for path in SAMPLES] == list(range(1, canonical.SCHEMA + 1))
    assert sorted(UPCASTS) == list(range(1, canonical.SCHEMA))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_frozen_record_is_read(path: Path) -> None:
    body = path.read_bytes().strip()
    record = decode(body, _schema(path))
    assert isinstance(record, Trademark)
    assert record.application_number == "DID2019000042"
    assert record.mark.verbal[0].text == "ດອກຈຳປາ"
    assert record.applicants[0].contact is not None
    assert [goods.class_number for goods in record.goods] == [9, 35, None]
    assert record.events[0].kind == "filed"
    assert record.recordals[0].parties[0].names[0].text == "PT Melati"
    assert record.kept[0].reason == "not-a-date"
    if _schema(path) == canonical.SCHEMA:
        assert canonical.encode(record) == body


def test_what_is_no_record_is_damage() -> None:
    for body in (b"{}", b"[]", b'{"right":"trademark"}', b"\xff"):
        with pytest.raises(Damaged):
            decode(body)
    with pytest.raises(Damaged):
        decode(b"{}", 0)
