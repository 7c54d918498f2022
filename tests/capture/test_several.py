"""A transaction that carries several trademarks is cut into one record each."""

import datetime as dt
from pathlib import Path

import pytest

from ipregister.capture.delivery import open_delivery
from ipregister.capture.readers import read
from ipregister.model.offices import office
from tests.exchange.documents import HEAD, IPAS

START, END = "<TransactionContentDetails>", "</TransactionContentDetails>"


@pytest.mark.parametrize("code", ["BN", "ID", "KH", "LA", "MY", "PH", "TH", "VN"])
def test_each_content_of_a_transaction_is_a_record(tmp_path: Path, code: str) -> None:
    content = IPAS[IPAS.index(START) : IPAS.index(END) + len(END)].replace(">LA</R", f">{code}</R")
    several = "".join(content.replace(">37978<", f">{number}<") for number in (1, 2, 3))
    document = HEAD + IPAS[: IPAS.index(START)] + several + IPAS[IPAS.index(END) + len(END) :]
    (tmp_path / "bulk.xml").write_text(document, encoding="utf-8")
    with open_delivery(tmp_path / "bulk.xml", office(code), scratch=tmp_path, day=dt.date(2026, 1, 1)) as one:
        records = [read(piece, office(code)).record for piece in one.slices()]
    assert [record.application_number for record in records if record] == ["1", "2", "3"]
    assert all(record and record.extra == () for record in records)
