"""The encoding of a table that is UTF-8 but for a few bytes: the other lines keep their letters."""

import json
from pathlib import Path

import pytest

from ipregister.capture.looking import told_of
from ipregister.desk.name_lists import read_names
from ipregister.exchange.json.cells import wrong_of
from ipregister.exchange.json.slices import parse
from ipregister.exchange.mapped.encodings import encoding_of
from ipregister.exchange.mapped.rows import lines_of
from ipregister.model.errors import UnreadableInput

HEADING = b"No;Mark;Owner\n"
TABLES = {
    "latin": ([f"{n};Crème {n};Société Générale\n".encode() for n in range(51)], "51;Café;Peña\n".encode("cp1252")),
    "cyrillic": ([f"{n};Степь;ТОО «Қазақ даласы»\n".encode() for n in range(2000)], "2000;Дала;Иванов\n".encode("cp1251")),
    "thai": ([f"{n};ช้าง;บริษัท ไทย\n".encode() for n in range(30)], "30;ช้าง;จำกัด\n".encode("cp874")),
    "lao": ([f"{n};ຈຳປາ;Kham\n".encode() for n in range(4)], b"4;\xe8\xba;Kham\n"),
}  # fmt: skip


@pytest.mark.parametrize("table", sorted(TABLES))
@pytest.mark.parametrize("at", [0, 2, None])
def test_one_line_in_other_letters_costs_itself_alone(table: str, at: int | None, tmp_path: Path) -> None:
    sound, odd = TABLES[table]
    place = len(sound) if at is None else at
    source = tmp_path / "t.csv"
    source.write_bytes(b"".join([HEADING, *sound[:place], odd, *sound[place:]]))
    told = told_of(source)
    assert (told.encoding, told.header) == ("utf-8", 1)
    found = [parse(line.rstrip(b"\n")) for line in lines_of(source, told)]
    assert [n for n, one in enumerate(found) if wrong_of(one.texts).startswith("undecodable-row")] == [place]
    letters = "".join(json.dumps(list(one.texts.values()), ensure_ascii=False) for one in found)
    assert letters.count(sound[0].decode().split(";")[1].split(" ")[0]) >= len(sound)


@pytest.mark.parametrize("encoding", ["cp1251", "kz1048", "cp874", "cp1252", "cp866", "koi8-r"])
def test_a_line_of_utf_8_in_an_old_table_does_not_make_it_utf_8(encoding: str) -> None:
    text = {"cp874": "1;ช้าง;บริษัท ไทยเบฟ\n", "cp1252": "1;Crème;Société Générale\n"}.get(
        encoding, "1;Степь;Иванов\n"
    )
    assert encoding_of(text.encode(encoding) * 10 + text.encode()) not in ("utf-8", "")


def test_a_list_of_names_says_the_row_that_cannot_be_read() -> None:
    content = "Name\nສູມູ\nຈຳປາ\nກາເຟ\n".encode() + b"Caf\xe9\n"
    with pytest.raises(UnreadableInput, match="row 5"):
        read_names(content)
