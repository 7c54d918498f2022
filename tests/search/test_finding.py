"""What is found, in all the region's scripts, and in which order."""

import contextlib
import random
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipregister.search.faults import QueryError
from ipregister.search.index import TantivyIndex
from ipregister.search.query import parse
from tests.search.shelf import Entry, fill, keys, party

ENTRIES = [
    Entry("la-1", "ເບຍລາວນ້ຳໃຈດີ", goods=[(32, "ເຄື່ອງດື່ມ ແລະ ນ້ຳແຮ່")], application_date="2015-01-05"),
    Entry("th-1", "ข้าวหอมมะลิไทย", goods=[(30, "ข้าวสารบรรจุถุงคุณภาพดี")], application_date="2016-02-03"),
    Entry("kh-1", "អង្គរមាសទឹកល្អខ្មែរ", application_date="2017-05-06", forms=["kh4970313", "4970313"]),
    Entry("my-1", "ရွှေမြန်မာကောင်းသော", application_date="2017-06-06"),
    Entry("vn-4-2019-11818", "Cà phê Trung Nguyên", application_date="2019-04-11", forms=["4/2019/11818", "4201911818"],
          holders=[party("Công ty Đồng Tâm", "VN")]),
    Entry("kz-1", "ЖҰЛДЫЗ", application_date="2018-01-01", holders=[party("ТОО Ёлка", "KZ")]),
    Entry("sg-1", "東京電力カフェ", application_date="2018-03-01"),
    Entry("my-2", "Coca-Cola", goods=[(32, "soft drinks; tea"), (30, "ice cream")], application_date="2010-03-01",
          registration_date="2011-01-01", expiry_date="2021-01-01", priorities=[{"country": "US", "date": "2009-12-01"}]),
    Entry("my-3", "Coca", goods=[(25, "clothing, green tea towels")], application_date="2009", status="expired"),
    Entry("my-4", "The Cola of Coca Valley", goods=[(32, "green tea")], application_date="2020-07-09"),
    Entry("wo-1", "LION", office="WO", registration_number="1200001", application_date="2014-01-01"),
    Entry("la-2", "LION", international_number="1200001", application_date="2014-01-01"),
    Entry("id-1", "", goods=[(30, "kopi coca")], application_date="2021"),
]  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> TantivyIndex:
    return fill(tmp_path_factory.mktemp("index"), ENTRIES)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("ລາວ", "la-1"), ("ໃຈ", "la-1"), ("ນໍ້າໃຈ", "la-1"), ("mark:ເບຍ", "la-1"), ("ນ້ຳແຮ່", "la-1"),
        ("มะลิ", "th-1"), ("หอมมะลิ", "th-1"), ("mark:*มมะ*", "th-1"), ("goods:ข้าวสาร", "th-1"),
        ("មាស", "kh-1"), ("ទឹក", "kh-1"), ("ខ្មែរ", "kh-1"), ("អង្គរ", "kh-1"),
        ("မြန်မာ", "my-1"), ("ရွှေ", "my-1"), ("ကောင်း", "my-1"),
        ("電力", "sg-1"), ("東京", "sg-1"), ("カフェ", "sg-1"), ("ｶﾌｪ", "sg-1"),
        ("ca phe", "vn-4-2019-11818"), ("CÀ PHÊ", "vn-4-2019-11818"), ("trung nguyen", "vn-4-2019-11818"),
        ("nguyễn", "vn-4-2019-11818"), ("dong tam", "vn-4-2019-11818"), ("holder:Đồng", "vn-4-2019-11818"),
        ("жұлдыз", "kz-1"), ("елка", "kz-1"), ("owner:Ёлка", "kz-1"),
        ("4-2019-11818", "vn-4-2019-11818"), ("vn-4-2019-11818", "vn-4-2019-11818"),
        ("໔-໒໐໑໙-໑໑໘໑໘", "vn-4-2019-11818"), ("៤-២០១៩-១១៨១៨", "vn-4-2019-11818"),
        ("๔/๒๐๑๙/๑๑๘๑๘", "vn-4-2019-11818"), ("number:၄-၂၀၁၉-၁၁၈၁၈", "vn-4-2019-11818"),
        ("KH/49703/13", "kh-1"), ("number:4-2019*", "vn-4-2019-11818"), ("number:49703/13", "kh-1"),
        ('"4-2019-11818"', "vn-4-2019-11818"), ('"KH/49703/13"', "kh-1"), ('"៤-២០១៩-១១៨១៨"', "vn-4-2019-11818"),
        ('"4970313" office:KH', "kh-1"), ('mark:"4970313"', ""), ('"lion 1200001"', ""),
        ('"soft drinks"', "my-2"), ('"drinks soft"', ""), ('"tea ice"', ""),
        ("goods:tea", "my-2 my-3 my-4"), ("goods/32:tea", "my-2 my-4"), ("goods/30:tea", ""), ("goods/30:cream", "my-2"),
        ("mark:ข*ย", "th-1"), ("mark:ຂ*ຍ", ""), ("mark:東?電力*", "sg-1"), ("mark:東?力*", ""), ("mark:東*", "sg-1"), ("mark:*ェ", "sg-1"),
        ("mark:อมม*", ""), ("mark:ကောင်း*", "my-1"), ("mark:東???電*", ""),
        ('goods/32:"green tea"', "my-4"), ("goods/32:dri*", "my-2"), ("goods/30:dri*", ""), ("goods/25:cloth*", "my-3"),
        ("co?a", "id-1 my-2 my-3 my-4"), ("mark:coc*", "my-2 my-3 my-4"), ("mark:*acol*", "my-2"), ("mark:*alley", "my-4"),
        ('"cola coca"~1', "my-2 my-4"), ('"cola coca"~0', "my-2"), ('mark:"the valley"~2', ""), ('mark:"the valley"~3', "my-4"),
        ('"cola of valley"~1', ""), ('"cola of valley"~3', "my-4"), ('"drinks ice"~10', ""), ('goods/25:"towels clothing"~2', "my-3"),
        ('goods/30:"towels clothing"~2', ""), ('goods/32:"drinks soft"~0', "my-2"), ('"coca coca"~3', ""), ('"ຍລາວ ນ້ຳໃຈ"~9', ""),
        ("/co[ck]a/", "my-2 my-3 my-4"), ("/CO[CK]A/", "my-2 my-3 my-4"), ("/c.*a/", "my-2 my-3 my-4 vn-4-2019-11818"), ("mark:/cocacol[a-d]/", "my-2"),
        ("mark:/.*ລາວ.*/", "la-1"),  ("goods/32:/te(a|e)/", "my-2 my-4"), ("goods/30:/te(a|e)/", ""),
        ("goods/30:/crea[lm]/", "my-2"), ("office:/m[xy]/", "my-1 my-2 my-3 my-4"), ("number:/42019[0-9]{5}/", "vn-4-2019-11818"),
        ("owner:/dong?/", "vn-4-2019-11818"), ("mark:/coc/", ""), (r"number:/4\d{9}/", "vn-4-2019-11818"), ("goods:*wel*", "my-3"),
        ("goods/25:*owel*", "my-3"), ("goods/32:*owel*", ""), ("*owel*", "my-3"), ("*oca*", "id-1 my-2 my-3 my-4"),
        ("has:priority", "my-2"), ("mark:coca -has:goods", ""), ("priority_number:12", ""), ("goods:30:cream", "my-2"),
        ("coca NOT cola", "id-1 my-3"), ("mark:coca -class:32", "my-3"), ("mark:(cola OR lion)", "la-2 my-2 my-4 wo-1"),
        ("cocacola", "my-2"), ("mark:lion office:wo", "wo-1"), ("office:VN", "vn-4-2019-11818"),
        ("filed:2020", "my-4"), ("filed:[2019-05 TO 2020]", "my-4"), ("filed:2019-04..2020", "my-4 vn-4-2019-11818"),
        ("filed:>2020", "id-1"), ("filed:<2010", "my-3"), ("filed:<=2010", "my-2 my-3"), ("filed:๒๕๖๒", "vn-4-2019-11818"),
        ("registered:2011", "my-2"), ("expires:[* TO 2021]", "my-2"), ("priority_date:2009", "my-2"),
        ("priority_country:us", "my-2"), ("country:kz", "kz-1"), ("class:25", "my-3"), ("class:[31 TO 45]", "la-1 my-2 my-4"),
        ("year:2014", "la-2 wo-1"), ("status:expired", "my-3"), ("&", ""), ("zzz", ""), ("zz*", ""),
    ],
)  # fmt: skip
def test_found(index: TantivyIndex, line: str, found: str) -> None:
    assert sorted(keys(index, line)) == sorted(found.split())
    assert index.search(parse(line)).total == len(found.split())


def test_best_match_first(index: TantivyIndex) -> None:
    """The same mark, then marks with the word, fewest words first, then the rest."""
    assert keys(index, "coca") == ["my-3", "my-2", "my-4", "id-1"]
    assert keys(index, "coca cola") == ["my-2", "my-4"]
    assert keys(index, "coca class:32") == ["my-2", "my-4"]
    scores = [hit.score for hit in index.search(parse("coca")).hits]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        ("filed", "my-4 my-2 my-3"),
        ("+filed", "my-3 my-2 my-4"),
        ("mark", "my-3 my-2 my-4"),
        ("-mark", "my-4 my-2 my-3"),
        ("number", "my-2 my-3 my-4"),
        ("-number", "my-4 my-3 my-2"),
        ("registered", "my-2 my-4 my-3"),
    ],
)
def test_sorted(index: TantivyIndex, sort: str, found: str) -> None:
    assert keys(index, "mark:coca", sort=sort) == found.split()


def test_an_international_registration_and_its_copies_are_one_right(index: TantivyIndex) -> None:
    result = index.search(parse("mark:lion"))
    assert (result.total, result.rights) == (2, 1)
    everything = index.search(parse(""))
    assert (everything.total, everything.rights) == (len(ENTRIES), len(ENTRIES) - 1)


def test_suggestions(index: TantivyIndex) -> None:
    assert index.suggest("coc") == ["coca", "coca cola"]
    assert index.suggest("Cà Ph") == ["ca phe trung nguyen"]
    assert index.suggest("ເບຍ") == ["ເບຍລາວນ້ຳໃຈດີ"]
    assert index.suggest("!") == []


PIECES = [
    *"abco123*?-./\\()\"'&+^$|{}[]~#@!,:;<>%=_ ", "ກາ", "ເຟ", "้", "်", "្", "é", "😀", "OR", "NOT ", "mark:", "goods/3:",
    "number:", "office:", "vienna:", "𠀀", "ﷺ", "\x00", "\ue000", "ß",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=9).map("".join)


@given(line=TEXTS)
def test_no_line_breaks_the_search(index: TantivyIndex, line: str) -> None:
    with contextlib.suppress(QueryError):
        result = index.search(parse(line), limit=3)
        assert result.total >= len(result.hits)


def test_no_index_gives_nothing(tmp_path: Path) -> None:
    result = TantivyIndex(tmp_path / "none").search(parse("x"), facets=["office"])
    assert (result.total, result.hits, result.facets, result.change) == (0, [], {"office": []}, 0)


@pytest.fixture(scope="module")
def short_texts(tmp_path_factory: pytest.TempPathFactory) -> tuple[TantivyIndex, list[list[str]]]:
    chance = random.Random(7)
    texts = [
        [chance.choice(["aa", "bb", "cc", "xx", "yy"]) for _ in range(chance.randint(1, 9))]
        for _ in range(200)
    ]
    entries = [Entry(f"la-{n}", goods=[(30, " ".join(words))]) for n, words in enumerate(texts)]
    return fill(tmp_path_factory.mktemp("near"), entries), texts


def _are_near(words: list[str], one: str, other: str, distance: int) -> bool:
    places = [[n for n, word in enumerate(words) if word == wanted] for wanted in (one, other)]
    return any(0 < abs(a - b) <= distance + 1 for a in places[0] for b in places[1])


@given(
    st.lists(st.sampled_from(["aa", "bb", "cc"]), min_size=2, max_size=3),
    st.integers(min_value=0, max_value=5),
)
def test_near_is_what_counting_says(
    short_texts: tuple[TantivyIndex, list[list[str]]], asked: list[str], distance: int
) -> None:
    index, texts = short_texts
    wanted = {
        f"la-{n}" for n, words in enumerate(texts)
        if all(_are_near(words, one, other, distance) for one, other in combinations(asked, 2))
    }  # fmt: skip
    found = index.search(parse(f'goods:"{" ".join(asked)}"~{distance}'), limit=500)
    assert {hit.key for hit in found.hits} == wanted


def test_near_does_not_reach_from_one_value_into_the_next(tmp_path: Path) -> None:
    index = fill(tmp_path, [Entry("la-1", holders=[party("Golden Lion"), party("River Trade")])])
    assert keys(index, 'holder:"river trade"~10') == ["la-1"]
    assert keys(index, 'holder:"lion river"~10') == []
