"""Offices that were added as data alone: their facts and samples, and not one line of the program."""

import re
from pathlib import Path

import pytest

import ipregister
from ipregister.model.offices import office

SOURCE = Path(ipregister.__file__).parent
ADDED = {"MM": "Myanmar|Burma", "KG": "Kyrgyz"}


@pytest.mark.parametrize("code", ADDED)
def test_no_code_names_an_office_that_was_added_as_data(code: str) -> None:
    named = re.compile(rf"[\"']{code}[\"']|[\"']{code.lower()}[\"']|{ADDED[code]}")
    naming = [path for path in SOURCE.rglob("*.py") if named.search(path.read_text(encoding="utf-8"))]
    assert naming == []
    assert office(code).feed.reader in ("st66", "st96")
