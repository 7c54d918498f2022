"""Lists of names: spreadsheets and texts of all sorts, refused where they cannot be understood."""

import io

import pytest
import xlsxwriter

from ipregister.desk.name_lists import MOST_NAMES, read_names
from ipregister.model.errors import RegisterError, UnreadableInput, UsageError


def book(rows: list[list[object]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        page = made.add_worksheet()
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return out.getvalue()


@pytest.mark.parametrize("content", [
    "Name,Class\nSumo,30\n\nກາເຟ ລາວ,\"3, 25\"\n".encode(),
    "Sumo;30\n\n\nກາເຟ  ລາວ;3 25".encode("utf-8-sig"),
    "mark\tclasses\r\nSumo\t30\r\nກາເຟ ລາວ\t3,25\r\n".encode("utf-16"),
    book([["Mark", "Class"], ["Sumo", 30], [], [" ກາເຟ ລາວ ", "25;3"]]),
])  # fmt: skip
def test_names_with_their_classes(content: bytes) -> None:
    found = read_names(content)
    assert [(one.name, one.classes) for one in found] == [("Sumo", (30,)), ("ກາເຟ ລາວ", (3, 25))]
    assert found[0].row < found[1].row


def test_one_name_a_line_is_a_list() -> None:
    assert [one.name for one in read_names(b"Lotus\nGolden River\n")] == ["Lotus", "Golden River"]
    assert [one.name for one in read_names(b"Name of nobody\nLotus")] == ["Name of nobody", "Lotus"]


@pytest.mark.parametrize(("content", "kind"), [
    (b"", UsageError), (b"name\n\n", UsageError), (b"Sumo,46\n", UsageError), (b"Sumo,x\n", UsageError), (b"a" * 201, UsageError),
    (b"a\n" * (MOST_NAMES + 1), UsageError), (b"\xff\xfe\xff", RegisterError), (b"\xa3\xa4\n", UnreadableInput),
    (b"PK\x03\x04 no book", UnreadableInput),
])  # fmt: skip
def test_what_is_no_list_is_refused(content: bytes, kind: type[Exception]) -> None:
    with pytest.raises(kind):
        read_names(content)


def test_a_thousand_names_are_taken() -> None:
    assert len(read_names(b"a\n" * MOST_NAMES)) == MOST_NAMES
