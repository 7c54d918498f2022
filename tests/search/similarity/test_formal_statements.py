"""What offices write in place of a translation is no name; translations are."""

import pytest

from ipregister.search.similarity.formal_statements import is_formal
from ipregister.search.similarity.mixed_scripts import in_latin, with_v


@pytest.mark.parametrize(
    "text",
    ["Suatu Penamaan", "merupakan suatu penamaan.", "A NAMING", "“no meaning”", "-", "Các từ không có nghĩa", "ບໍ່ມີຄວາມໝາຍ",
     "គ្មានន័យ", "ไม่มีคำแปล", "Не переводится", "无含义", "N/A"],
)  # fmt: skip
def test_formal_statements_are_known(text: str) -> None:
    assert is_formal(text)


@pytest.mark.parametrize(
    "text", ["sunrise", "a naming of ships", "kata", "word", "ມີຄວາມໝາຍ", "นิยาม", "new word"]
)
def test_translations_are_not_taken_for_them(text: str) -> None:
    assert not is_formal(text)


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("caфе", "cafe"),
        ("Кoфе", "kofe"),
        ("golдen house", "golden house"),
        ("cafe", ""),
        ("кафе", ""),
        ("ЛOTOC", "lotoc"),
    ],
)
def test_mixed_alphabets_are_read_as_latin_too(name: str, read: str) -> None:
    assert in_latin(name).casefold() == read


@pytest.mark.parametrize(
    ("name", "read"), [("ตาวามีร์", "tavamir"), ("โกลเด้น", ""), ("wave", ""), ("Тавамир", "")]
)
def test_scripts_without_v_are_read_with_it_too(name: str, read: str) -> None:
    assert with_v(name) == read
