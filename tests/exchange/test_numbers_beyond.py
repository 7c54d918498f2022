"""Numbers in a workbook beyond those that a spreadsheet has: the text of the file is kept and told, never `INF` or 0."""

import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from ipregister.exchange.mapped import formulas, mapping, rows
from ipregister.exchange.mapped.mapping import Input
from ipregister.exchange.mapped.reader import MappedReader
from ipregister.model.evidence import Reading
from ipregister.model.mark import Trademark
from ipregister.model.offices import office

MAPPING = b"""office = "LA"
[[field]]
from = "No"
to = "application_number"
[[field]]
from = "Reg"
to = "registration_number"
[[field]]
from = "Mark"
to = "mark/verbal"
"""
MARKER = 424242
LONG = "7" * 320


def workbook(path: Path, number: str) -> Path:
    """A workbook whose second record has this number, as it is written in the file, for that of its registration."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for n, row in enumerate((("No", "Reg", "Mark"), (1001, 7, "CHAMPA"), (1002, MARKER, "NAGA"))):
        sheet.write_row(n, 0, row)
    book.close()
    with zipfile.ZipFile(path) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    name = "xl/worksheets/sheet1.xml"
    members[name] = members[name].replace(b"<v>%d</v>" % MARKER, f"<v>{number}</v>".encode())
    with zipfile.ZipFile(path, "w") as packed:
        for member, data in members.items():
            packed.writestr(member, data)
    return path


def readings(path: Path) -> list[Reading]:
    chosen = mapping.load(MAPPING, "x")
    reader = MappedReader(chosen, office("LA"))
    return [reader.read(line.rstrip(b"\n")) for line in rows.lines_of(path, Input("xlsx"), chosen)]


@pytest.mark.parametrize("number", ["1e400", "1E+309", "-2.5e+999", "3e-400", LONG])
def test_a_number_that_no_spreadsheet_has_is_kept_as_it_is_written(number: str, tmp_path: Path) -> None:
    sound, odd = readings(workbook(tmp_path / "t.xlsx", number))
    assert isinstance(sound.record, Trademark)
    assert isinstance(odd.record, Trademark)
    assert (sound.record.registration_number, odd.record.registration_number) == ("7", "")
    assert [(one.field, one.text, one.reason) for one in odd.record.kept] == [
        ("/registration_number", number, "precision-lost")
    ]
    assert odd.evidence["/kept/0/text"] == "3:2"
    assert ("precision-lost", number) in {(one.code, one.value) for one in odd.findings}
    assert not sound.findings or "precision-lost" not in {one.code for one in sound.findings}


@pytest.mark.parametrize("number", ["1e15", "0e400", "1e308", "0", "4.5e-300"])
def test_a_number_that_a_spreadsheet_has_is_read_as_before(number: str, tmp_path: Path) -> None:
    assert formulas.uncalculated(workbook(tmp_path / "t.xlsx", number), "Sheet1") == {}


@pytest.mark.parametrize("text", ["", "INF", "nan", "TL/1", "1e3", "0.0", "12"])
def test_what_is_no_number_or_a_sound_one_is_not_beyond(text: str) -> None:
    assert not formulas.is_beyond(text)


def test_a_number_that_is_cut_by_the_end_of_a_chunk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = workbook(tmp_path / "t.xlsx", "1e400")
    for chunk in range(401, 460):
        monkeypatch.setattr(formulas, "CHUNK", chunk)
        assert formulas.uncalculated(path, "Sheet1") == {3: {2: "1e400"}}
