"""Words of the trade do not hide how near a name comes to a mark."""

from collections.abc import Sequence

import pytest

from ipregister.desk.closeness import DIGITS
from ipregister.desk.distinctive import PART, TRADE_WORD, near_names
from ipregister.desk.trade_words import taken_apart
from ipregister.search.similarity.search import SimilarName, similar_names
from ipregister.search.similarity.shelf.entry import Entry
from tests.search.similarity.name_shelves import MemoryShelf


@pytest.mark.parametrize(("name", "classes", "words", "rest"), [
    ("Sonka Beer", (32,), ["Beer"], "Sonka"),
    ("Sonka Beer", (9,), [], "Sonka Beer"),
    ("ເບຍຊ້າງ", (), ["ເບຍ"], "ຊ້າງ"),
    ("กาแฟ สตาร์ลา", (30,), ["กาแฟ"], "สตาร์ลา"),
    ("Coffee", (), ["Coffee"], ""),
    ("Sonka Lutu", (), [], "Sonka Lutu"),
    ("ສິງແດງ", (), [], "ສິງແດງ"),
])  # fmt: skip
def test_a_name_is_taken_apart(name: str, classes: Sequence[int], words: list[str], rest: str) -> None:
    assert taken_apart(name, classes) == (words, rest)


def near(marks: Sequence[Entry], name: str, classes: Sequence[int] = ()) -> dict[str, tuple[str, str]]:
    """The bands and rules of what is near, by key."""
    shelf = MemoryShelf(list(marks))

    def ask(text: str) -> list[SimilarName]:
        return similar_names(shelf, text, limit=20)

    return {one.hit.key: (one.band, one.rule) for one in near_names(name, classes, ask) if one.band}


def test_the_part_is_found_in_another_script() -> None:
    marks = [Entry("th", "โซนกา"), Entry("far", "Ponderosa")]
    assert near(marks, "Sonka Beer", (32,)) == {"th": ("close", PART)}
    assert near(marks, "Sonka Beer", (9,)).get("th", ("", ""))[1] != PART


def test_the_same_name_is_no_part_and_a_part_is_never_the_same() -> None:
    marks = [Entry("whole", "SONKA BEER"), Entry("part", "Sonka")]
    found = near(marks, "Sonka Beer")
    assert (found["whole"][0], found["part"]) == ("identical", ("close", PART))


def test_a_mark_that_is_a_word_of_the_trade_is_hardly_near() -> None:
    marks = [Entry("trade", "Beer"), Entry("own", "Sonka")]
    assert near(marks, "Sonka Beer")["trade"] == ("some", TRADE_WORD)
    assert near(marks, "Beer")["trade"][0] == "identical"


def test_digits_read_as_letters_make_no_name_the_same() -> None:
    assert near([Entry("3m", "3M")], "EM") == {}
    assert near([Entry("milk", "MILK")], "M1LK") == {"milk": ("very-close", DIGITS)}
    assert near([Entry("seven", "7-Eleven"), Entry("leet", "L0TUS")], "l0tus") == {
        "leet": ("identical", "same-look")
    }


def test_same_sounds_are_close_however_they_are_spelled() -> None:
    assert near([Entry("p", "PHYSIO")], "Fisio")["p"][0] == "close"


def test_a_part_of_a_mark_is_close_at_most() -> None:
    marks = [Entry("la", "ກາເຟ ໂຊນກາ"), Entry("la", "ໂຊນກາ", "part")]
    assert near(marks, "Sonka")["la"] == ("close", PART)
    assert near(marks, "ໂຊນກາ")["la"] == ("close", PART)


def test_the_reason_names_both_parts() -> None:
    shelf = MemoryShelf([Entry("th", "โซนกา")])
    told = near_names("Sonka Beer", (), lambda text: similar_names(shelf, text, limit=5))[0].hit
    assert (told.reasons[0].code, told.reasons[0].arguments) == ("alike-core", ("Sonka", "โซนกา"))
    assert told.score < 1


@pytest.mark.parametrize(("name", "mark", "number"), [
    ("แกร็บ", "GRAB", 39), ("ແກຣັບ", "GRAB", 39), ("แกรนด์", "Гранд", 43), ("ແກຣນ", "แกรนด์", 43), ("โปรเทค", "Protech", 9),
    ("เกรซเคลลี่", "Grace Kelly Tea", 30), ("ရွှေတောင်", "Shwe Taung", 30), ("မြဝတီ", "Myawaddy", 30),
    ("မြန်မာဘီယာ", "Myanmar Beer", 32), ("မြန်မာဘီယာ", "Myanmar", 32), ("ရန်ကုန်", "Янгон", 43), ("လက်ဖက်", "Laphet", 30),
    ("ກາເຟສີນຸກ", "Sinouk Coffee", 30), ("កាហ្វេណូវ៉ា", "Nova Coffee", 30), ("ကော်ဖီနိုဗာ", "Nova", 30), ("咖啡诺瓦", "Nova Coffee", 30),
])  # fmt: skip
def test_marks_that_sound_alike_are_told_in_both_directions(name: str, mark: str, number: int) -> None:
    for asked, held in ((name, mark), (mark, name)):
        words, part = taken_apart(held, (number,))
        marks = [Entry("held", held, "mark", "LA", (number,)), Entry("far", "Ponderosa")]
        if words:
            marks.append(Entry("held", part, "part", "LA", (number,)))
        found = near(marks, asked, (number,))
        assert found.get("held", ("none",))[0] in {"close", "very-close", "identical"}, (asked, held)
        assert "far" not in found
