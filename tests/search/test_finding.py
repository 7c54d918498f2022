"""What is found, in all the region's scripts, and in which order."""

import contextlib
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
        ('"soft drinks"', "my-2"), ('"drinks soft"', ""), ('"tea ice"', ""),
        ("goods:tea", "my-2 my-3 my-4"), ("goods/32:tea", "my-2 my-4"), ("goods/30:tea", ""), ("goods/30:cream", "my-2"),
        ('goods/32:"green tea"', "my-4"), ("goods/32:dri*", "my-2"), ("goods/30:dri*", ""), ("goods/25:cloth*", "my-3"),
        ("co?a", "id-1 my-2 my-3 my-4"), ("mark:coc*", "my-2 my-3 my-4"), ("mark:*acol*", "my-2"), ("mark:*alley", "my-4"),
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
