"""Mapping files: the places that they may name, and what is wrong with one."""

import pytest

from ipregister.exchange.mapped import mapping, overview
from ipregister.exchange.mapped.targets import places, said_beside, target_of
from ipregister.model.errors import UsageError
from ipregister.model.record import RIGHTS
from tests.exchange.mapped_marks import MAPPING, TEXT


@pytest.mark.parametrize("right", sorted(RIGHTS))
def test_every_place_of_a_right_can_be_mapped(right: str) -> None:
    found = places(right)
    assert len(found) > 30
    for path in found:
        assert target_of(path, right).path == path


@pytest.mark.parametrize(
    "wrong",
    ["nothing", "applicants", "applicants/*", "mark", "office", "kept/*/text", "application_number/x", "a b"],
)
def test_what_is_no_place_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        target_of(wrong, "trademark")


@pytest.mark.parametrize(
    "wrong",
    [
        "office = 1", 'office = "LA"', 'office = "LA"\nnovel = 1', "[[field]", 'office = "LA"\nright = "song"',
        TEXT.replace('"goods/*/texts"', '"goods/texts"'), TEXT.replace('split = "|"', 'split = "and"'),
        TEXT.replace('codes = "kinds"', 'codes = "other"'), TEXT.replace('lang = "lo"', 'lang = "!"'),
        TEXT.replace('to = "office_status"', 'to = "office_status"\nlegacy = "limon9"'),
        TEXT.replace('to = "events/granted/kind"', 'to = "events/granted/date"'),
        TEXT.replace('to = "office_status"', 'to = "office_status"\nsplit = ","'),
        'input = {kind = "sql"}\n' + TEXT, 'input = {kind = "xml"}\n' + TEXT, "input = {header = 0}\n" + TEXT,
    ],
)  # fmt: skip
def test_a_wrong_mapping_is_told(wrong: str) -> None:
    with pytest.raises(UsageError):
        mapping.load(wrong.encode(), "x.toml")


SHORT = """office = "LA"
dates = "dmy"
[input]
kind = "csv"

[[field]]
from = "No"
to = "application_number"

# [[field]]
[[field]]
from = "Filed"
to = "application_date"
"""


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ('dates = "dmy"', "dates = dmy", ["line 2 cannot be read", "dates = dmy"]),
        ('dates = "dmy"', 'dates = "dym"', ["line 2: dates", "'dym' is none of iso, dmy, mdy"]),
        ("dates", "date", ["line 2", "no word 'date' here", "did you mean 'dates'?"]),
        ("application_date", "application_dat", ["line 11, [[field]] number 2 (from = 'Filed')", "mean 'application_date'?"]),
        ("mark", "", []),
        ('from = "Filed"', 'form = "Filed"', ["line 12, [[field]] number 2", "'form'", "did you mean 'from'?"]),
        ('from = "Filed"\n', "", ["line 11, [[field]] number 2", "the word 'from' is missing"]),
        ('[[field]]\nfrom = "F', '[field]\nfrom = "F', ["line 11", "twice"]),
        ('"csv"', '"cvs"', ["line 4 ([input])", "'cvs' is none of csv, xlsx, xml, json, sql"]),
        ('"csv"', '"csv"\nencoding = "cp99"', ["input.encoding", "cp99"]),
        ('"csv"', '"csv"\nheader = "two"', ["line 5 ([input])", "header: must be a whole number"]),
        ('"csv"', '"csv"\nheader_rows = 0', ["count from 1"]),
        ('date"\n', 'date"\nsplit = 3\n', ["line 14, [[field]] number 2", "must be a text in quotation marks"]),
        ('date"\n', 'date"\nsplit = ";"\n', ["holds one value, and is split"]),
        ('date"\n', 'date"\ncodes = "kind"\n[codes.kinds]\n', ["no table [codes.kind]; did you mean 'kinds'?"]),
        ('date"\n', 'date"\n[codes.c]\na = 1\n', ["[codes]", "both texts in quotation marks"]),
        ('date"\n', 'date"\n[[field]]\nfrom="T"\nto="kinds"\ncodes="k"\n[codes.k]\na = "Indivdual"\n',
         ["line 14, [[field]] number 3", "[codes.k]: kinds cannot be 'Indivdual'"]),
        ('date"\n', 'date"\n[[field]]\nfrom="T"\nto="holders/*/country"\ncodes="k"\n[codes.k]\na = "Laos"\n', ["'Laos'"]),
        ('date"\n', 'date"\n[[constant]]\nto = "office_status"\nvalue = "x"\n', ["line 14, [[constant]] number 1"]),
        ('"No"', '"No', ["line 7 cannot be read", 'from = "No']),
        ("office", "offce", ["line 1", "did you mean 'office'?"]),
        ('"LA"', '"LA"\nright = "tradmark"', ["did you mean 'trademark'?"]),
        ('"LA"', '"LA"\nlang = "english"', ["lang", "no language tag"]),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line_and_what_was_meant(right: str, wrong: str, told: list[str]) -> None:
    text = SHORT.replace(right, wrong)
    if not told:
        assert mapping.load(SHORT.encode("utf-8-sig"), "m.toml").fields
        return
    with pytest.raises(UsageError) as caught:
        mapping.load(text.encode(), "m.toml")
    assert [part for part in ("m.toml", *told) if part not in str(caught.value)] == [], str(caught.value)


def test_a_mapping_that_is_not_in_utf_8_says_the_line() -> None:
    with pytest.raises(UsageError, match="line 14 is not in UTF-8"):
        mapping.load(SHORT.encode() + b"# \xe4\n", "m.toml")


def test_columns_that_share_a_field_are_told() -> None:
    text = SHORT + '[[field]]\nfrom = "Filed on"\nto = "application_date"\n'
    (found,) = overview.shared(mapping.load(text.encode(), "x"))
    assert (found.code, found.severity, found.path) == ("shared-target", "warning", "/application_date")
    assert found.arguments == {"place": "“Filed”, “Filed on”", "field": "application_date"}
    assert overview.shared(MAPPING) == []  # a mark in two languages
    same = TEXT.replace('lang = "lo"', 'lang = "en"')
    assert [one.path for one in overview.shared(mapping.load(same.encode(), "x"))] == ["/mark/verbal"]


def test_what_says_of_an_element_what_it_is_stands_beside_it() -> None:
    assert said_beside("classifications/*/symbol", "patent") == ("classifications/*/scheme",)
    assert said_beside("classifications/main/symbol", "patent") == ("classifications/main/scheme",)
    assert said_beside("classifications/*/scheme", "patent") == ()
    assert said_beside("titles", "patent") == said_beside("applicants/*/names", "patent") == ()


def test_a_symbol_without_its_scheme_is_a_mistake_of_the_mapping() -> None:
    text = (
        'office = "LA"\nright = "patent"\n[[field]]\nfrom = "No"\nto = "application_number"\n'
        '[[field]]\nfrom = "IPC"\nto = "classifications/*/symbol"\n'
    )
    with pytest.raises(UsageError, match=r"no element is without scheme; add a \[\[constant\]\]"):
        mapping.load(text.encode(), "m.toml")
    told = text + '[[constant]]\nto = "classifications/*/scheme"\nvalue = "ipc"\n'
    assert mapping.load(told.encode(), "m.toml").constants
