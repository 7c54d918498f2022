"""Numbers: keys are injective and URL-safe, every spelling finds its record, `gbd_id` is the peer's."""

import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipregister.model import numbers
from ipregister.model.digits import bare_number
from ipregister.model.indication import Indication
from ipregister.model.mark import Trademark
from ipregister.model.offices import codes, office
from ipregister.model.patent import Patent, PatentPublication
from ipregister.model.record import RIGHTS
from ipregister.model.right import Reference

SERIES = [(code, series) for code in codes() for series in office(code).series]

KEYS = {
    "LA": {"37978": "la-37978", "M/1421805": "la-m-1421805"},
    "KH": {
        "KH/49703/13": "kh-49703-13", "KH/1071853A/M": "kh-1071853a-m",
    },
    "VN": {
        "4-2019-11818": "vn-4-2019-11818", "A-X-2019-11818": "vn-a-x-2019-11818",
        "MD-1-2019-11818": "vn-md-1-2019-11818", "VN-4-2019-11818": "vn-vn-4-2019-11818",
    },
    "PH": {
        "AM000101421820": "ph-am000101421820", "BM000101421820": "ph-bm000101421820",
        "PHM000101421820": "ph-phm000101421820", "PH4198100000115": "ph-4-1981-00000115",
        "PH/4/1981/00000115": "ph-4-1981-00000115",
    },
    "BN": {"a/1/23": "bn-n-a-1-23", "a/12/3": "bn-n-a-12-3", "a-1/23": "bn-n-a--1-23"},
    "ID": {"D002009034362": "id-d002009034362", "D002009034362_A": "id-d002009034362---a",
           "D002009034362-A": "id-d002009034362--a"},
    "WO": {"1200001": "wo-1200001", "779460A": "wo-779460a"},
}  # fmt: skip

PEER = [
    ("LA", "37978", "2016-08-17", "LA502016000037978"), ("LA", "M/1421805", "2019-12-15", "LA5020190M1421805"),
    ("KH", "KH/49703/13", "2006-03-18", "KH502006004970313"), ("KH", "KH/1071853A/M", "2006-03-18", "KH5020061071853AM"),
    ("KH", "KH/49703/2013", "2006-03-18", "KH502006000049703"), ("KH", "KH/G/2018/123", "2006-03-18", ""),
    ("ID", "D002014030000", "2014-06-27", "ID502014D00030000"), ("ID", "M0020191466446", "2012-05-30", "ID502019001466446"),
    ("ID", "DID2017000184", "2012-05-30", "ID502017DID000184"), ("MY", "2012060000", "2012-12-13", "MY502012000060000"),
    ("MY", "08021824", "2018-12-04", "MY501908000021824"), ("MY", "TM2019011877", "2018-12-04", "MY502019000011877"),
    ("MY", "M/031842", "2018-12-04", "MY50201800M031842"), ("MY", "83/01818", "2018-12-04", "MY502018008301818"),
    ("TH", "170000007", "2017-07-04", "TH502017170000007"), ("VN", "4-2019-11818", "2019-03-04", "VN502019000011818"),
    ("VN", "A-X-2019-11818", "2019-03-04", "VN502019000011818"), ("VN", "4-2019-11818", None, "VN502019000011818"),
    ("PH", "PH4198100000115", "2016-08-25", "PH502016000000115"), ("PH", "AM000101421820", "2016-08-25", "PH502016001421820"),
    ("PH", "PH/4/1981/00000115", "2016-08-25", ""), ("BN", "a/1/23", "2007-09-22", "BN50200700000a123"),
    ("WO", "779460A", "2017-02-08", "WO50000000779460A"),
]  # fmt: skip
"""What the peer itself made of these numbers: office, number, day of filing, its ST.13."""


def mark(code: str, number: str, filed: str | None = "2019-03-04", subtype: str = "TRADEMARK") -> Trademark:
    return Trademark(office=code, subtype=subtype, application_number=number, application_date=filed)


@pytest.mark.parametrize(("code", "name"), [(code, series.name) for code, series in SERIES])
def test_the_examples_belong_to_their_series(code: str, name: str) -> None:
    facts = office(code)
    series = next(one for one in facts.series if one.name == name)
    assert series.examples
    for example in series.examples:
        found = numbers.series_of(example, facts, series.right, series.field)
        assert found is not None
        assert found[0].name == name, example


@pytest.mark.parametrize(
    ("code", "number", "key"),
    [("KH", "KH/G/2018/5", "kh-gi-2018-5"), ("KH", "KH/G/2018/123", "kh-gi-2018-123"),
     ("EU", "PGI-KH-02156", "eu-gi-pgi-kh-02156"), ("EU", "PGI-IE+GB-01854", "eu-gi-pgi-ie-gb-01854"),
     ("EU", "PDO-IT-A0123-AM01", "eu-gi-pdo-it-a0123--am01"), ("EU", "PDO-IT-A0123", "eu-gi-pdo-it-a0123")],
)  # fmt: skip
def test_keys_of_indications(code: str, number: str, key: str) -> None:
    keyed = numbers.key_of(Indication(office=code, application_number=number), office(code))
    assert keyed is not None
    assert keyed.key == key


@pytest.mark.parametrize("code", sorted(KEYS))
def test_keys_stay_apart(code: str) -> None:
    assert {number: numbers.key_for(number, office(code)) for number in KEYS[code]} == KEYS[code]


@given(st.data())
def test_different_numbers_have_different_keys(data: st.DataObject) -> None:
    """Over all series of an office: the key gives back the number, but for separators left out by the office."""
    code = data.draw(st.sampled_from(codes()))
    facts = office(code)
    patterns = [series.pattern for series in facts.series]
    made = [data.draw(st.from_regex(data.draw(st.sampled_from(patterns)), fullmatch=True)) for _ in range(2)]
    first, second = (bare_number(number) for number in made)
    keys = [numbers.key_for(number, facts) for number in (first, second)]
    for key in keys:
        assert key is None or re.fullmatch(r"[a-z]{2}-[a-z0-9-]+", key)
    if code == "PH":  # the same number is written with and without slashes
        first, second = first.replace("/", ""), second.replace("/", "")
    assert (keys[0] == keys[1] and keys[0] is not None) == (first == second and keys[0] is not None)


@given(st.from_regex(r"[A-Z0-9]{1,5}([-/._][A-Z0-9]{1,3}){0,3}", fullmatch=True),
       st.from_regex(r"[A-Z0-9]{1,5}([-/._][A-Z0-9]{1,3}){0,3}", fullmatch=True))  # fmt: skip
def test_free_numbers_of_brunei_have_their_own_keys(first: str, second: str) -> None:
    keys = {numbers.key_for(number, office("BN")) for number in (first, second)}
    assert len(keys) == len({first, second})


@pytest.mark.parametrize(("code", "number", "filed", "theirs"), PEER)
def test_gbd_id_is_the_peers(code: str, number: str, filed: str | None, theirs: str) -> None:
    assert numbers.gbd_id(mark(code, number, filed), office(code)) == theirs


def test_gbd_id_of_a_geographical_indication() -> None:
    assert numbers.gbd_id(mark("KH", "KH/G/2018/5", "2006-03-18", "GI"), office("KH")).startswith("KH52")


def test_no_number_or_an_unknown_series_has_no_key() -> None:
    assert numbers.key_of(mark("LA", ""), office("LA")) is None
    assert numbers.key_of(mark("LA", "LA-37978"), office("LA")) is None
    assert re.fullmatch(r"la-x-t-[0-9a-f]{24}", numbers.provisional_key("LA", "trademark", b"raw"))


def test_st13_is_given_where_it_can_be_reversed() -> None:
    keyed = numbers.key_of(mark("LA", "37978", "2016-08-17"), office("LA"))
    assert keyed is not None
    assert (keyed.key, keyed.st13, keyed.provisional) == ("la-37978", "LA502016000037978", False)
    madrid = numbers.key_of(mark("LA", "M/1421805"), office("LA"))
    assert madrid is not None
    assert madrid.st13 == ""


@pytest.mark.parametrize(
    "typed", ["KH/49703/13", "kh 49703/13", "KH-49703-13", "៤៩៧០៣", "49703", "kh-49703-13", "KH4970313"]
)
def test_any_spelling_finds_the_record(typed: str) -> None:
    record = Trademark(office="KH", application_number="KH/49703/13", application_date="2013-02-03")
    known = {form for _, form in numbers.spellings(record, office("KH"))}
    assert known & set(numbers.folds(typed)), typed


@pytest.mark.parametrize(
    ("code", "number", "typed"),
    [
        ("WO", "750038", "IR 750038"),
        ("WO", "750038", "IRN:750038"),
        ("WO", "750038", "WO0750038"),
        ("PH", "PH/4/2022/00000053", "4-2022-00000053"),
        ("PH", "PH4202200000053", "4/2022/00000053"),
        ("KH", "KH/751572/M", "751572 M"),
        ("KH", "KH/751572/M", "kh 751572"),
        ("VN", "4-2024-01350", "VN 4-2024-01350"),
        ("VN", "4-2024-01350", "4-2024-1350"),
        ("VN", "4-2024-01350", "VN 4-2024-1350"),
        ("VN", "4-2024-01350", "4-2024-00001350"),
        ("PH", "PH/4/2022/00000053", "4-2022-53"),
        ("MY", "M/031842", "M/31842"),
    ],
)
def test_a_number_with_and_without_the_country(code: str, number: str, typed: str) -> None:
    record = Trademark(office=code, application_number=number)
    known = {form for _, form in numbers.spellings(record, office(code))}
    assert known & set(numbers.folds(typed))


def test_a_number_as_typed_comes_before_the_same_with_other_zeros() -> None:
    forms = numbers.folds("4-2024-1350")
    assert forms[:2] == ("4/2024/1350", "420241350")
    assert "4202401350" in forms[2:]
    assert len(numbers.folds("VN 4-2024-1")) <= 24
    assert numbers.folds("1350") == ("1350",)
    assert numbers.folds("4-2024-A") == ("4/2024/a", "42024a")


def test_letters_that_are_no_country_stay() -> None:
    assert numbers.folds("TM2026000758") == ("tm2026000758",)


def test_spellings_name_their_kind() -> None:
    record = Trademark(
        office="WO", application_number="779460A", international_number="779460A",
        references=(Reference("basic-application", "DE", "30 2001/5"),),
    )  # fmt: skip
    rows = numbers.spellings(record, office("WO"))
    assert ("international", "779460a") in rows
    assert ("reference", "302001/5") in rows
    assert ("gbd_id", "wo50000000779460a") in rows
    assert ("key", "wo/779460a") in rows


def test_keys_of_other_rights_cannot_be_those_of_trademarks() -> None:
    prefixes = tuple(prefix for prefix in numbers.PREFIXES.values() if prefix)
    assert set(numbers.PREFIXES) == set(numbers.ST13_TYPES) == set(RIGHTS)
    for code in codes():
        for series in office(code).series:
            assert series.right in RIGHTS
            assert series.right != "trademark" or not series.key.startswith(prefixes), (code, series.name)


@pytest.mark.parametrize(
    ("number", "key"),
    [("13797521", "us-pat-13797521"), ("13/797,521", "us-pat-13797521"), ("US 13/797,521", "us-pat-13797521"),
     ("13/797521", "us-pat-13797521"), ("201313797521", "us-pat-13797521"), ("20040789123", "us-pat-2004-0789123"),
     ("1375521", None), ("13/797/521", None), ("13.797.521", None)],
)  # fmt: skip
def test_an_american_application_has_one_key_however_it_is_written(number: str, key: str | None) -> None:
    record = Patent(office="US", application_number=number)
    keyed = numbers.key_of(record, office("US"))
    assert (keyed.key if keyed else None) == key
    if key and "-2004-" not in key:
        known = {form for _, form in numbers.spellings(record, office("US"))}
        for typed in ("13/797,521", "13797521", "US 13/797,521"):
            assert known & set(numbers.folds(typed)), typed


@pytest.mark.parametrize("typed", ["US 2013/0123456 A1", "2013/0123456", "US20130123456A1", "20130123456"])
def test_an_american_publication_is_found_by_its_number(typed: str) -> None:
    published = PatentPublication(office="US", identifier="2013/0123456", kind_code="A1")
    record = Patent(office="US", application_number="13797521", publications=(published,))
    assert {form for _, form in numbers.spellings(record, office("US"))} & set(numbers.folds(typed))


def test_what_is_remembered_of_a_number_is_of_one_office_only() -> None:
    kept = office("LA")
    assert numbers.series_of("30001", kept) is not None
    assert numbers.series_of("30001", msgspec.structs.replace(kept, series=())) is None
    assert numbers.series_of("30001", kept) is not None
    assert numbers.series_of("30001", kept, "design", "identifier") is None


@pytest.mark.parametrize("typed", ["No. 50040", "no 50040", "Nr. 50040", "№ 50040", "No. ៥០០៤០"])
def test_a_number_is_found_behind_the_word_for_it(typed: str) -> None:
    assert "50040" in numbers.folds(typed)


@given(st.text(alphabet="0aZ#?%/ _-.\\ກЖ", min_size=1, max_size=6))
def test_any_number_of_an_offices_own_pattern_makes_a_key_that_can_stand_in_an_address(text: str) -> None:
    whole = msgspec.structs.replace(
        office("LA").series[0],
        name="any",
        right="trademark",
        pattern="(?P<serial>.+)",
        key="{serial}",
        examples=(),
    )
    key = numbers.key_for(text, msgspec.structs.replace(office("LA"), series=(whole,)))
    assert (key is None) == (not bare_number(text))
    assert key is None or re.fullmatch(r"la-[a-z0-9_-]+", key)


def test_letters_that_cannot_stand_in_an_address_are_told_apart() -> None:
    whole = msgspec.structs.replace(
        office("LA").series[0], pattern="(?P<serial>.+)", key="{serial}", examples=()
    )
    facts = msgspec.structs.replace(office("LA"), series=(whole,))
    assert [numbers.key_for(text, facts) for text in ("5#01", "5?01", "Ж501")] == [
        "la-5_2301",
        "la-5_3f01",
        "la-_416501",
    ]
