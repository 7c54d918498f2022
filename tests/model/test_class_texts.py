"""The class numbers of a text, with the words that offices write beside them."""

import time

import pytest

from ipregister.model import codelists
from ipregister.model.class_texts import class_parts
from ipregister.model.offices import office
from ipregister.model.repairs import apply

READ = [
    ("9,35", (9, 35)), ("Class 05", (5,)), ("class9", (9,)), ("Int. Cl. 9", (9,)), ("Class 9, 35", (9, 35)),
    ("Classes 9 and 35", (9, 35)), ("Class 9 Class 35", (9, 35)), ("35 41 42", (35, 41, 42)), ("9\n\n35.", (9, 35)),
    ("จำพวก 32", (32,)), ("จำพวกที่ ๓๒", (32,)), ("ชั้น 9 และ 35", (9, 35)), ("ໝວດ 32", (32,)), ("ໝວດທີ ໓, ໕", (3, 5)),
    ("ថ្នាក់ ៣៥", (35,)), ("ថ្នាក់ទី៣៥", (35,)), ("Кл. 35", (35,)), ("МКТУ 35; кл. 41", (35, 41)), ("35-сынып", (35,)),
    ("Nhóm 35, 41 và 42", (35, 41, 42)), ("kelas 9 dan 35", (9, 35)), ("第9类、第35类", (9, 35)), ("46", (46,)),
    ("9, 35, and 41", (9, 35, 41)), ("9; and 35", (9, 35)), ("9,35,", (9, 35)), ("9; 35 ;", (9, 35)), ("35 41,", (35, 41)),
    ("9,35,.", (9, 35)), ("จำพวก 9, และ 35", (9, 35)),
]  # fmt: skip
NONE = [
    "",
    "class",
    "9-35",
    "9.35",
    "12 345",
    "35 99",
    "35 0",
    "class 9 beer",
    "9 beer 35",
    "drinks",
    "9,",
    ",9",
    "9,35,,",
    "9, and and 35",
    "9,35 and",
    "12 345,",
    "1234",
    "9 " * 300,
]


@pytest.mark.parametrize(("text", "numbers"), READ)
def test_numbers_are_read_with_the_words_beside_them(text: str, numbers: tuple[int, ...]) -> None:
    assert class_parts(text) == numbers
    made = [int(apply(text, (f"class-part:{n}",), office("LA"))) for n in range(1, len(numbers) + 1)]
    assert tuple(made) == numbers


@pytest.mark.parametrize("text", NONE)
def test_whatever_else_stands_there_is_no_class(text: str) -> None:
    assert class_parts(text) == ()


@pytest.mark.parametrize("word", sorted(codelists.codes("class_words")))
def test_every_word_of_the_list_is_known(word: str) -> None:
    joins = codelists.table("class_words")[word]["kind"] == "and"
    assert class_parts(f"9 {word} 35" if joins else f"{word} 35") == ((9, 35) if joins else (35,))


@pytest.mark.parametrize(
    "text",
    ["9 class " * 49 + "x", "class " * 60 + "x", "9 " * 190 + "x", "9\n,\n" * 90 + "x", "9, and " * 56 + "x"],
)
def test_no_text_takes_long(text: str) -> None:
    since = time.process_time()
    assert class_parts(text) == ()
    assert time.process_time() - since < 0.5
