"""Files that are not what their name says, and files in UTF-16: told with what to do, or read; never read as rubbish."""

import zipfile
from pathlib import Path

import pytest

from ipregister.capture import looking
from ipregister.capture.opening import is_zip
from ipregister.capture.saved_as import require_plain
from ipregister.exchange.mapped import rows
from ipregister.exchange.mapped.mapping import Input
from ipregister.model.errors import UnreadableInput

PAGES = [
    b'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><body><table><tr><td>1</td></tr></table></html>',
    b"\xef\xbb\xbf\r\n<!DOCTYPE HTML PUBLIC '-//W3C//DTD HTML 4.01//EN'><HTML></HTML>", b"<table border=1><tr><td>1</table>",
    b"<?xml version='1.0'?><!-- made by a report --><html><body/></html>",
]  # fmt: skip
SHEET_XML = b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
MARKS = "<marks>" + "".join(f"<m><no>{n}</no><name>ຈຳປາ {n}</name></m>" for n in range(1, 9)) + "</marks>"
TABLE = "Application No,Mark\n" + "".join(f"{n},NAGA {n}\n" for n in range(1, 9))
ORDERS = ["utf-16-le", "utf-16-be"]


def file_of(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("data", [*PAGES, SHEET_XML])
def test_a_page_that_is_named_as_a_workbook_says_how_to_save_it(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match=r"HTML|spreadsheet in XML") as told:
        looking.told_of(file_of(tmp_path, "t.xls", data))
    assert "save it as XLSX or CSV" in str(told.value)


def test_elements_that_only_begin_like_those_of_a_page_are_xml(tmp_path: Path) -> None:
    for name in (b"tables", b"heading", b"bodies", b"html-marks"):
        path = file_of(
            tmp_path, "t.xml", b"<" + name + b"><m><no>1</no></m><m><no>2</no></m></" + name + b">"
        )
        assert looking.told_of(path).kind == "xml"


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize(
    "before",
    [
        "",
        "\ufeff",
        '<?xml version="1.0" encoding="UTF-16"?>',
        '\ufeff<?xml version="1.0" encoding="UTF-16"?>',
    ],
)
def test_xml_in_utf_16_is_looked_at_as_it_is(before: str, order: str, tmp_path: Path) -> None:
    path = file_of(tmp_path, "t.xml", (before + MARKS).encode(order))
    told = looking.told_of(path)
    assert (told.kind, told.records) == ("xml", "m")
    found = looking.look(path, told)
    assert (found.records, found.columns["name"].texts["ຈຳປາ 3"]) == (8, 1)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("before", ["", "\ufeff", "\n "])
def test_json_in_utf_16_says_how_to_save_it(before: str, order: str, tmp_path: Path) -> None:
    path = file_of(tmp_path, "t.json", (before + '[{"no": "1"}]').encode(order))
    with pytest.raises(UnreadableInput, match=r"is JSON in UTF-16.*save it as UTF-8"):
        looking.told_of(path)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("told", ["utf-8", "cp1252", "utf-16", "UTF_16", "utf-16-le", "utf-16-be"])
def test_a_table_in_utf_16_is_read_or_says_its_encoding(told: str, order: str, tmp_path: Path) -> None:
    path = file_of(tmp_path, "t.csv", TABLE.encode(order))
    assert looking.told_of(path).encoding == order
    if told in (order, "utf-16", "UTF_16"):
        assert rows.headings_of(path, Input("csv", encoding=told)) == ["Application No", "Mark"]
        return
    with pytest.raises(UnreadableInput, match=f'UTF-16.*input.encoding = "{order}"'):
        rows.headings_of(path, Input("csv", encoding=told))


@pytest.mark.parametrize("name", ["t.zip", "t.exe", "t.xml"])
def test_a_zip_behind_other_bytes_is_told(name: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "plain.zip", "w") as packed:
        packed.writestr("la.xml", MARKS)
    path = file_of(tmp_path, name, b"MZ" + b"\x90\0" * 300 + (tmp_path / "plain.zip").read_bytes())
    for opened in (is_zip, looking.told_of):
        with pytest.raises(UnreadableInput, match=r"zip behind other bytes.*unpack it"):
            opened(path)
    assert is_zip(tmp_path / "plain.zip")


def test_a_file_of_xml_may_have_a_table_at_its_root(tmp_path: Path) -> None:
    path = tmp_path / "marks.xml"
    path.write_text("<table><row><no>1</no></row></table>", encoding="utf-8")
    require_plain(path)
    named = path.rename(tmp_path / "marks.xls")
    with pytest.raises(UnreadableInput, match="page of HTML"):
        require_plain(named)
    page = tmp_path / "page.xml"
    page.write_text("<html><body><table></table></body></html>", encoding="utf-8")
    with pytest.raises(UnreadableInput, match="page of HTML"):
        require_plain(page)
