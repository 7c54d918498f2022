"""Names that stand whole inside longer ones, and scores that depend on nothing but the names."""

import random

import numpy as np
import pytest

from ipregister.desk.closeness import CLOSE, NAME_RULES, SOME, band_of
from ipregister.search.similarity.boundaries import is_boundary
from ipregister.search.similarity.containment import OF_TRADE, least_score, share_inside
from ipregister.search.similarity.features import compared
from ipregister.search.similarity.names import forms
from ipregister.search.similarity.patterns import ALPHABETS, LONGEST, columns, holding
from ipregister.search.similarity.search import LEAST, TOTAL, closest, shown, similar_names
from ipregister.search.similarity.shelf.entry import Entry
from tests.search.similarity.name_shelves import MemoryShelf, entries
from tests.sparing import few

HELD = (
    ("ช้าง", "ช้างมะม่วง"),
    ("ช้าง", "ทุ่งนาช้าง"),
    ("ช้าง", "ช้างกวาง"),
    ("เสือ", "เสือภูเขา"),
    ("金龙", "山水金龙"),
    ("明月", "明月楼"),
    ("月", "明月"),
    ("ဆင်", "ရွှေဆင်"),
    ("ខ្លា", "ខ្លាទន្លេ"),
    ("ກາເຟ", "ຮ້ານກາເຟລາວ"),
    ("Harvest", "GoldenHarvest"),
    ("Golden", "GoldenHarvest"),
    ("GoldenHarvest", "Golden Harvest Foods"),
)
MIXED = ("金龙", "Café 金龙海星")  # fmt: skip
APART = (
    ("ສອງ", "ເສສອ"), ("สือ", "เสือภูเขา"), ("ช้", "ช้าง"), ("លា", "ខ្លាទន្លេ"), ("ဆ", "ရွှေဆင်"), ("rice", "AmericeanCo"),
    ("art", "SMART"), ("ช้าง", "ช้าง"), ("ช้าง", "changmamuang"),
)  # fmt: skip


@pytest.mark.parametrize(("short", "long"), HELD)
def test_a_name_stands_inside_a_longer_one(short: str, long: str) -> None:
    assert share_inside(forms(short), forms(long)) == 1
    assert 0 < share_inside(forms(long), forms(short)) < 1


@pytest.mark.parametrize(("short", "long"), APART)
def test_a_part_of_a_syllable_or_of_a_word_is_no_name(short: str, long: str) -> None:
    assert share_inside(forms(short), forms(long)) == 0


def test_a_name_of_another_script_stands_beside_more_letters_of_an_alphabet() -> None:
    held = MemoryShelf([*crowd("kinlong"), Entry("mixed", MIXED[1])])
    assert share_inside(*map(forms, MIXED)) == 1
    assert "mixed" in {one.entry.key for one in closest(held, MIXED[0], LEAST, total=TOTAL)}


def test_nothing_begins_with_a_sign_on_a_letter() -> None:
    assert [place for place in range(5) if is_boundary("เสือ", place)] == [0, 3, 4]
    assert [place for place in range(4) if is_boundary("ဆင်", place)] == [0, 3]


@pytest.mark.parametrize("length", [1, 3, 15, 17, 39])
def test_letters_next_to_each_other_are_found_exactly(length: int) -> None:
    dice = random.Random(length)
    texts = [bytes(dice.choices(b"ab", k=dice.randint(0, LONGEST))) for _ in range(40_000)]
    texts[5] = query = bytes(dice.choices(b"ab", k=length))
    held = columns(texts, ALPHABETS["spoken"])
    wanted = [place for place, text in enumerate(texts) if query in text]
    assert holding(query, held, 0, len(texts)).tolist() == wanted
    assert holding(query, held, 3, 33_000).tolist() == [place for place in wanted if 3 <= place < 33_000]
    assert holding(b"a?", held, 0, len(texts)).tolist() == []


def crowd(name: str, count: int = 3_000) -> list[Entry]:
    """Names of nearly the same letters, so that the first stage has more of them than it lets through."""
    dice = random.Random(1)
    made = {"".join(dice.choices(name, k=dice.randint(len(name), len(name) + 4))) for _ in range(count)}
    return [Entry(text, text, "mark", "LA", (1,)) for text in sorted(made) if name not in text]


@pytest.mark.parametrize(("asked", "held"), few(HELD, 3))
@pytest.mark.parametrize("parts", few([1, 3], 1))
def test_what_holds_the_name_is_compared_and_told_among_many(asked: str, held: str, parts: int) -> None:
    names = MemoryShelf([*crowd(asked), *entries(), Entry("long", held), Entry("short", asked)], parts=parts)
    for question, key in ((asked, "long"), (held, "short")):
        found = {one.entry.key: one for one in closest(names, question, LEAST, total=TOTAL)}
        hit = shown(compared(forms(question)), found[key], (), "names")
        assert {"contains", "contained"} & {reason.code for reason in hit.reasons}
        assert band_of(NAME_RULES, hit.features, 0.0)[1] == "contains"
        assert question == held or band_of(NAME_RULES, hit.features, 0.0)[0] == CLOSE


def test_a_mark_that_is_a_word_of_trade_is_close_to_no_name_that_holds_it() -> None:
    assert share_inside(forms("ຮ້ານກາເຟລາວ"), forms("ຮ້ານ")) == OF_TRADE
    assert band_of(NAME_RULES, {"written_inside": OF_TRADE}, 0.0) == (SOME, "contains")
    assert band_of(NAME_RULES, {"written_inside": 0.4}, 0.0) == (CLOSE, "contains")


def test_a_long_name_is_told_before_others_where_it_holds_all_that_is_asked() -> None:
    held = MemoryShelf([*entries(), *[Entry(long, long) for _short, long in HELD]])
    assert {hit.key for hit in similar_names(held, "ช้าง", limit=3)} == {"ช้างมะม่วง", "ทุ่งนาช้าง", "ช้างกวาง"}
    assert [hit.key for hit in similar_names(held, "金龙", limit=1)] == ["山水金龙"]


def test_a_word_inside_the_name_is_not_above_a_misspelling_of_all_of_it() -> None:
    least = least_score(forms("dawanniz"), forms("Dawan"), share_inside(forms("dawanniz"), forms("Dawan")))
    assert 0 < least < 0.45


def test_a_record_has_one_score_whatever_limit_and_filters() -> None:
    """The transliteration of each record is nearer in the first stage than its name."""
    dice = random.Random(4)
    made = []
    for number in range(900):
        office, key = dice.choice(("LA", "WO")), f"k{number}"
        word = "".join(dice.choices("金龙山水明月", k=dice.randint(2, 5)))
        made.append(Entry(key, word, "mark", office, (number % 45 + 1,)))
        made.append(
            Entry(key, "kin" + "".join(dice.choices("loungkia", k=6)), "transliteration", office, (1,))
        )
    held = MemoryShelf(made, parts=2)
    most = similar_names(held, "金龙", limit=200)
    for limit in (1, 20, 60, 150):
        assert similar_names(held, "金龙", limit=limit) == most[:limit]
    scores = {hit.key: hit.score for hit in most}
    narrow = similar_names(held, "金龙", offices=("WO",), limit=200)
    assert [hit for hit in narrow if hit.key in scores] == [hit for hit in most if hit.office == "WO"]
    assert np.all(np.diff([hit.score for hit in most]) <= 0)
