"""Mapped sources: rows of a table, those that do not fit, and that nothing of any row is lost."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipregister.exchange import loss
from ipregister.exchange.json.cells import line
from ipregister.exchange.mapped import mapping
from ipregister.exchange.mapped.reader import MappedReader
from ipregister.model import canonical
from ipregister.model.mark import Trademark
from tests.exchange.mapped_marks import HEADINGS, LA, READER, TEXT, WHOLE, read, row, sound


def test_a_row_becomes_a_record() -> None:
    reading = read(WHOLE)
    record = reading.record
    assert isinstance(record, Trademark)
    sound(row(WHOLE), reading)
    plain = json.loads(canonical.encode(record))
    assert (record.application_number, record.application_date) == ("37978", "2016-08-17")
    assert plain["mark"]["verbal"] == [{"text": "CHAMPA", "lang": "en"}, {"text": "ຈຳປາ", "lang": "lo"}]
    assert [(g.class_number, g.texts[0].text) for g in record.goods] == [(30, "coffee"), (32, "beer")]
    assert [(p.names[0].text, p.country) for p in record.applicants] == [("Champa Co.", "LA"), ("Kham", "TH")]
    assert record.kinds == ("Individual",)
    assert plain["events"] == [{"kind": "registration", "date": "2017-08-15"}]
    assert reading.evidence["/application_date"] == ("2:2", "date:dmy", "era")
    assert reading.evidence["/goods/1/class_number"] == (
        "2:5",
        "listed:2:;",
    )
    assert reading.evidence["/kinds/0"] == ("2:9", "mapped:Individual")
    assert [(one.path, one.text) for one in record.extra] == [("Remark", "seen"), ("Other", "more")]
    assert [f.code for f in reading.findings] == ["unknown-element"]


@pytest.mark.parametrize(
    ("change", "findings"),
    [
        ({"Filed": "31/02/2020"}, ["not-a-date"]),
        ({"Filed": "-"}, []),
        ({"Class": "30;99x"}, ["not-a-class"]),
        ({"Class": "30"}, ["lists-differ"]),
        ({"Class": "9, 35", "Goods": "coffee"}, ["classes-in-one", "lists-differ"]),
        ({"Country": "LA"}, ["lists-differ"]),
        ({"Country": "LA|Atlantis"}, ["not-a-country"]),
        ({"Type": "Odd"}, ["unknown-word"]),
        ({"Mark": "a\nb  c"}, []),
        ({"Granted": ""}, []),
        ({"Owners": "|Kham"}, []),
    ],
)
def test_what_is_odd_is_found_and_nothing_is_lost(change: dict[str, str], findings: list[str]) -> None:
    cells = [change.get(name, cell) for name, cell in zip(HEADINGS, WHOLE, strict=True)]
    reading = read(cells)
    sound(row(cells), reading)
    assert [f.code for f in reading.findings if f.code != "unknown-element"] == findings


@pytest.mark.parametrize("text", ["9 35", "จำพวก 9, 35", "ໝວດ 9 ແລະ 35", "Кл. 9; кл. 35"])
def test_classes_with_their_words_are_each_read(text: str) -> None:
    cells = [{"Class": text, "Goods": ""}.get(n, c) for n, c in zip(HEADINGS, WHOLE, strict=True)]
    reading = read(cells)
    sound(row(cells), reading)
    assert isinstance(reading.record, Trademark)
    assert [one.class_number for one in reading.record.goods] == [9, 35]


@pytest.mark.parametrize(("text", "number"), [("จำพวก 32", 32), ("Nhóm 35", 35), ("ថ្នាក់ 9", 9)])
def test_the_word_for_class_is_taken_off_by_name(text: str, number: int) -> None:
    reading = read([{"Class": text, "Goods": ""}.get(n, c) for n, c in zip(HEADINGS, WHOLE, strict=True)])
    assert isinstance(reading.record, Trademark)
    assert reading.record.goods[0].class_number == number
    assert reading.evidence["/goods/0/class_number"] == ("2:5", "class")


def test_a_text_whose_class_nobody_knows_is_given_to_none() -> None:
    cells = [
        {"Class": "9, 35", "Goods": "all of them"}.get(n, c) for n, c in zip(HEADINGS, WHOLE, strict=True)
    ]
    record = read(cells).record
    assert isinstance(record, Trademark)
    assert [(g.class_number, g.texts) for g in record.goods] == [(9, ()), (35, ())]
    assert [t.text for t in record.goods_unclassified] == ["all of them"]


@pytest.mark.parametrize("at", range(1, 9))
def test_a_row_one_column_off_is_never_read(at: int) -> None:
    right = [*WHOLE[:at], "", *WHOLE[at:]]
    assert read(right).refusal == "row-shape"
    assert read(right[:-1]).refusal in ("shifted-row", "row-shape")
    left = [*WHOLE[: at - 1], *WHOLE[at:]]
    assert read(left).refusal == "row-shape"
    assert read([*left, ""]).refusal in ("shifted-row", "row-shape")


def test_a_row_is_off_where_its_class_is_empty_and_stands_under_the_goods() -> None:
    text = """
office = "LA"
right = "trademark"
[input]
kind = "csv"
[[field]]
from = "No"
to = "application_number"
[[field]]
from = "Class"
to = "goods/*/class_number"
[[field]]
from = "Goods"
to = "goods/*/texts"
[[field]]
from = "Country"
to = "holders/*/country"
[[field]]
from = "Status"
to = "office_status"
"""
    reader = MappedReader(mapping.load(text.encode(), "x"), LA)
    headings = ["No", "Class", "Goods", "Country", "Status"]
    assert reader.read(line(2, headings, ["1", "", "24", "Lotus Co., Ltd.", "LA"])).refusal == "shifted-row"
    assert reader.read(line(2, headings, ["1", "23", "", "Lotus Co., Ltd.", "LA"])).refusal == "shifted-row"
    assert not reader.read(line(2, headings, ["1", "", "Hats", "LA", "Registered"])).refusal
    assert not reader.read(line(2, headings, ["1", "23", "Hats", "Atlantis", "Registered"])).refusal


def test_a_wrong_date_beside_a_right_one_is_no_shift() -> None:
    text = TEXT.replace('from = "Mark"\n', 'from = "Published"\n').replace(
        '"mark/verbal"', '"opposition_start"', 1
    )
    headings = ["No", "Filed", "Published"]
    reader = MappedReader(mapping.load(text.encode(), "x"), LA)
    reading = reader.read(line(2, headings, ["1", "31/02/2020", "01/03/2020"]))
    assert [f.code for f in reading.findings] == ["not-a-date"]


CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(WHOLE)


@given(st.lists(CELLS, min_size=len(HEADINGS), max_size=len(HEADINGS)))
def test_no_cell_of_any_row_is_lost(cells: list[str]) -> None:
    raw = row(cells)
    reading = READER.read(raw)
    if reading.record is not None:
        found = loss.check(raw, reading, LA)
        assert (found.lost, found.broken) == ((), ())
    else:
        assert reading.refusal in ("shifted-row", "empty", "not-well-formed") or not any(
            map(str.strip, cells)
        )


def test_old_encodings_and_digits_are_named_repairs() -> None:
    text = TEXT.replace('to = "office_status"', 'to = "file_reference"\ndigits = true')
    reader = MappedReader(mapping.load(text.encode(), "x"), LA)
    raw = line(2, ["No", "Status", "Mark"], ["1", "\u0ed1\u0ed2", "AC/DC\u00a0 "])
    reading = reader.read(raw)
    sound(raw, reading)
    assert reading.evidence["/file_reference"] == ("2:2", "digits")
