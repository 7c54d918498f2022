"""Letters that look like others: a mark is found first in each of its disguises, and other words are not taken for it."""

import pytest

from ipregister.desk.closeness import CLOSE, IDENTICAL, NAME_RULES, VERY_CLOSE, band_of
from ipregister.search.indications.shield import Protected, Shield
from ipregister.search.similarity.readings import MOST, NEARLY, SAME, likeness, readings, undisguised
from ipregister.search.similarity.search import similar_names
from ipregister.search.similarity.shelf.entry import Entry
from tests.search.similarity.name_shelves import MemoryShelf, entries

MARKS = (
    "LOTUS",
    "TIGER",
    "GOLDEN",
    "MOON",
    "JASMINE",
    "MILLER",
    "WAVE",
    "Golden Tiger Lily Milk Limited",
    "BALL",
)


@pytest.mark.parametrize(
    ("asked", "mark", "letters"),
    [
        ("Iotus", "LOTUS", "i>l"),
        ("1otus", "LOTUS", "1>l"),
        ("|otus", "LOTUS", "|>l"),
        ("L0tus", "LOTUS", ""),
        ("I0tus", "LOTUS", "i0>lo"),
        ("Tlger", "TIGER", "l>i"),
        ("TlGER", "TIGER", "l>i"),
        ("T1GER", "TIGER", ""),
        ("Go1den", "GOLDEN", "1>l"),
        ("rnoon", "MOON", ">"),
        ("Jasmlne", "JASMINE", "l>i"),
        ("MlIIer", "MILLER", ">"),
        ("vvave", "WAVE", ">"),
        ("Go1den Tlger LiIy MiIk Limited", "Golden Tiger Lily Milk Limited", ""),
    ],
)
def test_a_mark_in_letters_that_look_like_its_own_comes_first(asked: str, mark: str, letters: str) -> None:
    held = MemoryShelf([*entries(), *(Entry(name, name) for name in MARKS)], parts=2)
    hit = similar_names(held, asked, limit=5)[0]
    assert (hit.key, hit.score) == (mark, 1.0)
    assert band_of(NAME_RULES, hit.features, hit.score)[0] == IDENTICAL
    assert hit.reasons[0].code == "same-look"
    if letters:
        assert hit.reasons[1].code == "letters-differ"
        assert letters in hit.reasons[1].arguments[2]


@pytest.mark.parametrize(
    ("asked", "other", "alike"),
    [
        ("BALI", "BALL", 0),
        ("ball", "BALI", 0),
        ("mall", "MAIL", 0),
        ("MODERN", "MODEM", 0),
        ("Flat", "FIAT", NEARLY),
        ("FIAT", "FLAT", 0),
        ("IOTUS", "LOTUS", NEARLY),
        ("clean", "DEAN", NEARLY),
        ("GOLDEN", "GoIden", SAME),
    ],
)
def test_capitals_speak_against_it(asked: str, other: str, alike: float) -> None:
    assert likeness(asked, other) == alike


def test_what_is_spelled_so_comes_before_what_only_looks_so() -> None:
    held = MemoryShelf([Entry("look", "LOTUS"), Entry("own", "Iotus")])
    assert [one.key for one in similar_names(held, "Iotus")] == ["own", "look"]


def test_capitals_alone_are_very_close() -> None:
    (hit,) = similar_names(MemoryShelf([Entry("look", "LOTUS")]), "IOTUS")
    assert band_of(NAME_RULES, hit.features, hit.score)[0] in {VERY_CLOSE, CLOSE}
    assert hit.features["same_look"] == 0


def test_readings_are_few_and_hold_no_other_scripts() -> None:
    assert len(readings("Illicit million little hill villa limited " * 4)) <= MOST
    assert readings("กาแฟ") == readings("") == readings("!!") == ()


def test_an_indication_is_found_in_letters_that_look_like_its_own() -> None:
    held = Shield([Protected("kh-gi-1", "Kampot pepper", "name", "KH", ("pepper",))])
    (hit,) = held.near("Karnpot pepper")
    assert (hit.level, hit.features["same_look"]) == ("identical", 1)


@pytest.mark.parametrize(
    ("name", "read"),
    [("Go1den", "Golden"), ("GoIden Lily", "Golden Lily"), ("TlGER", "TIGER"), ("Golden", ""), ("IRIS", ""), ("iPhone", ""),
     ("Formula 1", ""), ("กาแฟ", ""), ("", "")],
)  # fmt: skip
def test_odd_spellings_are_read_as_usual_ones(name: str, read: str) -> None:
    assert undisguised(name) == read
