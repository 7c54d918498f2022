"""Chinese names are shown as they are read in Mandarin, and told where they are compared by another reading."""

import pytest

from ipregister.search.similarity.names import forms
from ipregister.search.similarity.romanise.pinyin import MOST, pinyin, readings
from ipregister.search.similarity.romanise.tables import table
from ipregister.search.similarity.search import similar_names
from ipregister.search.similarity.shelf.entry import Entry
from tests.search.similarity.name_shelves import MemoryShelf


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("金龙", "jinlong"), ("明月", "mingyue"), ("銀行", "yinhang"), ("音乐", "yinyue"), ("长城", "changcheng"),
        ("成长", "chengzhang"), ("重庆", "chongqing"), ("厦门", "xiamen"), ("大厦", "dasha"), ("绿茶", "lucha"),
        ("Café 龙", "Café long"), ("kafe", "kafe"),
    ],
)  # fmt: skip
def test_the_reading_is_pinyin(name: str, read: str) -> None:
    assert pinyin(name) == read


def test_a_character_of_several_readings_tells_them() -> None:
    assert readings("乐华") == ("lehua", "yuehua")
    assert readings("音乐") == ("yinyue",)
    assert len(readings("长行乐重都")) == MOST


def test_words_have_a_syllable_for_each_character() -> None:
    for row in table("polyphones"):
        assert row.kind in "WP"
        assert len(row.sound.split()) == len(row.letters) if row.kind == "W" else len(row.sound.split()) > 1


def _told(asked: str, held: str) -> dict[str, str]:
    (hit,) = similar_names(MemoryShelf([Entry("a", held)]), asked)
    return {reason.code: reason.text for reason in hit.reasons}


def test_pinyin_in_latin_letters_sounds_the_same() -> None:
    assert _told("Jinlong", "金龙") == {"same-sound": "sounds the same: Jinlong [jinlong] ~ 金龙 [jinlong]"}
    assert _told("长城", "Chang Cheng")["same-sound"].endswith(
        "长城 [changcheng/zhangcheng] ~ Chang Cheng [chang cheng]"
    )


def test_the_reading_of_foreign_names_is_told_apart_from_pinyin() -> None:
    told = _told("Kinlong", "金龙")
    assert told["same-sound"] == "sounds the same: Kinlong [kinlong] ~ 金龙 [jinlong]"
    assert told["foreign-reading"] == "in the spelling of foreign names 金龙 stands for kinlong"


@pytest.mark.parametrize(("one", "other"), [("big", "pick"), ("bo", "po"), ("bat", "pad"), ("tik", "dig")])
def test_words_of_one_syllable_sound_the_same_only_where_they_do(one: str, other: str) -> None:
    assert forms(one).sounds == forms(other).sounds
    (hit,) = similar_names(MemoryShelf([Entry("a", other)]), one)
    assert "same-sound" not in {reason.code for reason in hit.reasons}
    assert hit.score < 0.95
