"""Classes for plain words: from our own words, a loaded list, and what records say."""

import csv
import os
import random
from pathlib import Path

import msgspec
import pytest

from ipregister.model.errors import UsageError
from ipregister.search.analyzer import Analyzer
from ipregister.search.goods.plain_words import LANGUAGES, THINGS, found_in, ideas, idle_in, is_meant, related
from ipregister.search.goods.reader import train
from ipregister.search.goods.said import said_terms
from ipregister.search.goods.suggest import VERSION, suggest
from ipregister.search.goods.terms import Term, TermList, keep, lists, read_terms
from tests.search.shelf import Entry, fill

TERMS = [
    Term(30, "coffee"), Term(30, "coffee-based beverages"), Term(30, "unroasted coffee"), Term(43, "café services"),
    Term(43, "hotel services"), Term(11, "coffee machines, electric"), Term(25, "shoes* / footwear*"), Term(25, "boots"),
    Term(7, "washing machines [laundry]"), Term(7, "machines for sewing"), Term(11, "electric lamps"),
]  # fmt: skip


def classes(text: str, *arguments: object, **options: int) -> list[int]:
    """The classes suggested for a text."""
    return [one.class_number for one in suggest(text, *arguments, **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I sell coffee and run a cafe", [30, 43]),
        ("clothes and shoes", [25]),
        ("ຂ້ອຍຂາຍກາເຟ ແລະ ເປີດໂຮງແຮມ", [30, 43]),
        ("ខ្ញុំលក់កាហ្វេ", [30]),
        ("ขายเสื้อผ้าและรองเท้า", [25]),
        ("tôi bán cà phê và mở khách sạn", [30, 43]),
        ("saya jual kopi dan punya restoran", [30, 43]),
        ("продаю обувь и кофе", [25, 30]),
        ("мен кофе сатамын және қонақүй", [30, 43]),
        ("xyzzy", []),
        ("", []),
        ("I sell and make", []),
    ],
)
def test_our_own_words_in_eight_languages(text: str, found: list[int]) -> None:
    assert sorted(classes(text)) == found


def test_every_idea_has_words_in_every_language() -> None:
    for idea in ideas():
        assert 1 <= idea.class_number <= 45
        assert {lang for lang, word in idea.words if word} == set(LANGUAGES)
    assert {idea.class_number for idea in ideas()} == set(range(1, 46))


@pytest.mark.parametrize(
    ("text", "number"),
    [("a hammer", 8), ("ໝາກກ້ວຍ", 31), ("ត្រសក់", 31), ("แปรงสีฟัน", 21), ("đàn ghi-ta", 15), ("ketimun", 31),
     ("велосипед", 12), ("құлпынай", 31)],
)  # fmt: skip
def test_names_of_things_in_eight_languages(text: str, number: int) -> None:
    assert classes(text)[:1] == [number]


def test_things_belong_to_the_picker_alone() -> None:
    tokens = Analyzer().tokens("rose hammer")
    assert found_in(tokens) == []
    assert {idea.class_number for _, idea in found_in(tokens, THINGS)} == {8, 31}
    for idea in ideas(THINGS):
        assert 1 <= idea.class_number <= 45
        assert sum(bool(word) for _lang, word in idea.words) >= len(LANGUAGES) - 1


def test_a_longer_word_hides_the_shorter_inside_it() -> None:
    tokens = Analyzer().tokens("coffee shop")
    assert {(words, idea.class_number) for words, idea in found_in(tokens)} == {("coffee shop", 43)}


def test_the_loaded_list_speaks() -> None:
    reader = train([(way, term.class_number) for term in TERMS for way in term.ways], Analyzer())
    one = TermList(TERMS, reader)
    assert classes("sewing machine", None, [one])[0] == 7
    assert classes("boots", None, [one])[0] == 25
    found = suggest("coffee", None, [one])[0]
    assert found.class_number == 30
    assert {clue.kind for clue in found.clues} == {"plain-word", "list"}
    assert found.version == VERSION


def test_the_same_list_gives_the_same_reader() -> None:
    pairs = [(term.text, term.class_number) for term in TERMS]
    one, other = train(pairs, Analyzer()).read("electric"), train(pairs, Analyzer()).read("electric")
    assert one == other
    assert train(pairs, Analyzer()).read("ກາເຟ") is None


def test_published_records_speak(tmp_path: Path) -> None:
    entries = [Entry(f"la-{n}", goods=[(14, "gold zimbs")]) for n in range(8)]
    entries += [Entry(f"th-{n}", goods=[(14, "zimbs"), (25, "hats")]) for n in range(3)]
    entries.append(Entry("kh-1", goods=[(25, "zimbs prints"), (9, "phones")]))
    index = fill(tmp_path, entries)
    assert index.classes_of("zimbs") == {14: 11, 25: 1}
    assert index.classes_of("gold zimbs") == {14: 8}
    assert index.classes_of("nothing") == index.classes_of("") == {}
    found = suggest("zimbs", index)
    assert [one.class_number for one in found] == [14, 25]
    assert (found[0].clues[0].kind, found[0].clues[0].count) == ("register", 11)


def test_terms_that_records_say() -> None:
    goods = [
        [(30, "Coffee; green tea"), (43, "coffee shops")],
        [(30, "coffee, coffee; TEA")],
        [(0, "coffee of no class")],
    ]
    found = [(one.class_number, one.text, one.count) for one in said_terms(goods, "coff")]
    assert found == [(30, "Coffee", 2), (43, "coffee shops", 1)]
    assert said_terms(goods, "  ") == []


def test_a_list_is_kept_and_found(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["basic_number", "class_number", "term", "language"])
        writer.writerows([("1", term.class_number, term.text, "en") for term in TERMS])
    keep(tmp_path, read_terms(file, "en"), "en")
    one = lists(tmp_path)[0]
    assert [term.text for term in one.terms] == [term.text for term in TERMS]
    assert [term.text for term in one.find("coffee mach")] == ["coffee machines, electric"]
    assert [term.class_number for term in one.find("foot")] == [25]
    assert one.find("") == one.find("nothing") == []
    assert classes("boots", None, lists(tmp_path))[0] == 25


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("class,term\n", "holds no term"),
        ("class,term\n46,tea\n", "class from 1 to 45"),
        ("class,term\n30,\n", "class from 1 to 45"),
        ("a,b\n1,2\n", "no column"),
        ("class,term\n30,\xff", "cannot be read"),
    ],
)
def test_what_is_no_list(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(UsageError, match=message):
        read_terms(file, "en")


def test_a_language_names_no_file_elsewhere(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        keep(tmp_path, TERMS, "../x")


def test_related_classes_go_both_ways() -> None:
    table = related()
    assert table[30, 43] == table[43, 30] > 0
    assert all(one != other and 1 <= one <= 45 and 0 < weight < 1 for (one, other), weight in table.items())


@pytest.mark.data
def test_held_out_terms_of_the_nice_list() -> None:
    folder = os.environ.get("IPREGISTER_TEST_DATA")
    if not folder:
        pytest.skip("no test data: set IPREGISTER_TEST_DATA")
    terms = read_terms(Path(folder) / "data" / "class-nice-en" / "data" / "alphabetical_list.csv", "en")
    random.Random(1).shuffle(terms)
    held, rest = terms[:500], terms[2000:]
    one = TermList(rest, train([(way, term.class_number) for term in rest for way in term.ways], Analyzer()))
    found = [classes(term.ways[0], None, [one], limit=3) for term in held]
    first = sum(ranked[:1] == [term.class_number] for ranked, term in zip(found, held, strict=True))
    third = sum(term.class_number in ranked for ranked, term in zip(found, held, strict=True))
    assert first / len(held) > 0.6
    assert third / len(held) > 0.78


@pytest.mark.parametrize(("text", "classes"), [
    ("tôi bán điện thoại và sửa chữa", {9, 37}), ("tôi bán sữa", {29}), ("sua", {29}), ("café", {43}), ("Tôi sửa xe máy", {12}),
])  # fmt: skip
def test_vietnamese_words_with_other_marks_are_other_words(text: str, classes: set[int]) -> None:
    """`Sửa` repairs and `sữa` is milk; without marks it may be either."""
    assert {one.class_number for one in suggest(text)} == classes


def test_a_mark_may_stand_on_either_vowel() -> None:
    (milk,) = (one for one in ideas() if "sữa" in one.marked)
    assert is_meant("SỮA", "sua", milk)
    assert not is_meant("sửa", "sua", milk)
    spelled = msgspec.structs.replace(milk, marked=frozenset({"hóa"}))
    assert is_meant("hoá", "hoa", spelled)
    assert not is_meant("hoa hòa", "hoa hoa", msgspec.structs.replace(milk, marked=frozenset({"hóa hoa"})))


def test_what_says_nothing_of_goods_says_nothing_with_marks() -> None:
    """`Bán` (to sell) is no clue for a register that knows `ban`."""
    assert "ban" in idle_in("tôi bán sữa")
    assert "ban" not in idle_in("ban sua")
