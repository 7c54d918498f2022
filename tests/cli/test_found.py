"""`ipregister search --format`: all hits as lines or a file."""

import csv
from pathlib import Path

import pytest

from ipregister.commands.found import found_as_file
from ipregister.model.errors import UsageError
from ipregister.portal.exports.writing import COLUMNS
from ipregister.portal.site import Site
from tests.search.shelf import Entry, fill


class _Listing:
    """A register with nothing in it: the hits of the index are gone again."""

    def listed(self, keys: list[str]) -> dict[str, object]:
        """Nothing."""
        return {}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    index = fill(tmp_path / "index", [Entry(f"la-{n}", "lion") for n in range(3)])
    return Site(register=_Listing(), index=index, data=tmp_path)  # type: ignore[arg-type]


def test_a_file_has_its_headings_even_where_nothing_is_left(site: Site, tmp_path: Path) -> None:
    found_as_file(site, "lion", "csv", tmp_path / "out.csv")
    text = (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(text.splitlines()))
    assert rows == [list(COLUMNS)]


def test_a_spreadsheet_needs_a_file(site: Site) -> None:
    with pytest.raises(UsageError, match="written to a file"):
        found_as_file(site, "lion", "xlsx", None)


def test_an_unknown_form(site: Site) -> None:
    with pytest.raises(UsageError, match="no format"):
        found_as_file(site, "lion", "pdf", None)


def test_a_folder_that_is_not_there(site: Site, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        found_as_file(site, "lion", "csv", tmp_path / "nowhere" / "out.csv")
