"""A copy on paper: the same bytes each time, with a code that leads to the online check; never called certificate."""

import io
from pathlib import Path

import pytest
import segno

from ipregister.publication.bulk.publishing import publish
from ipregister.publication.extract import SignedCopy, copy
from ipregister.publication.paper import TITLE, WARNING, paper
from ipregister.store.register import Register
from tests.publication.conftest import deliver, marks


@pytest.fixture
def made(register: Register, data: Path) -> SignedCopy:
    """A copy of a mark in Lao letters."""
    deliver(register, "2026-02-01", marks("1", words="ຕະຫຼາດ"))
    publish(register, data, data / "publications", processes=1)
    return copy(register, data, "la-1", address="https://register.example.org")


def test_a_paper_is_a_pdf_and_the_same_each_time(made: SignedCopy) -> None:
    first = paper(made)
    assert first.startswith(b"%PDF-")
    assert first == paper(made)


def test_the_code_leads_to_the_online_check(made: SignedCopy) -> None:
    address = made.copy.check
    assert address.startswith("https://register.example.org/verify/")
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg")
    assert out.getvalue()


def test_it_is_no_certificate() -> None:
    assert "copy" in TITLE
    assert "no certificate" in WARNING
