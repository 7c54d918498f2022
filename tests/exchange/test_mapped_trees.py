"""Mapped sources: objects of JSON and elements of XML."""

import json
from typing import Any

import pytest

from ipregister.exchange.mapped import mapping
from ipregister.exchange.mapped.reader import MappedReader
from ipregister.model import canonical
from ipregister.model.evidence import Reading, split_origin
from ipregister.model.mark import Trademark
from tests.exchange.mapped_fields import fields
from tests.exchange.mapped_marks import LA, sound

PATHS = """
office = "LA"
right = "patent"
[input]
kind = "KIND"
records = "item"
""" + fields({
    "no": "application_number", "title": "titles", "PEOPLE/name": "inventors/*/names", "PEOPLE/land": "inventors/*/country"})  # fmt: skip


def _patent(text: str, kind: str, people: str) -> MappedReader:
    return MappedReader(mapping.load(text.replace("KIND", kind).replace("PEOPLE", people).encode(), "x"), LA)


def _pump(raw: bytes, reading: Reading) -> dict[str, Any]:
    """The pump of two inventors, read with nothing lost."""
    sound(raw, reading)
    assert reading.record is not None
    plain: dict[str, Any] = json.loads(canonical.encode(reading.record))
    assert plain["application_number"] == "17"
    assert [(p["names"][0]["text"], p.get("country")) for p in plain["inventors"]] == [
        ("A", None),
        ("B", "TH"),
    ]
    return plain


def test_objects_are_read_by_their_names() -> None:
    raw = json.dumps(
        {"no": 17, "title": "Pump", "who": [{"name": "A"}, {"name": "B", "land": "TH"}], "x": [True]}
    ).encode()
    reading = _patent(PATHS, "json", "who/*").read(raw)
    plain = _pump(raw, reading)
    assert reading.evidence["/inventors/1/country"] == "/who/1/land"
    assert plain["extra"] == [{"path": "x/*", "text": "true"}]


@pytest.mark.parametrize("around", [("", ""), ("<list about='1'>", "</list>")])
def test_elements_are_read_by_their_paths(around: tuple[str, str]) -> None:
    item = "<item no='17'><title>Pump</title><who><name>A</name></who><who><name>B</name><land>TH</land></who>loose</item>"
    raw = "".join((around[0], item, around[1])).encode()
    reading = _patent(PATHS.replace('from = "no"', 'from = "@no"'), "xml", "who").read(raw)
    plain = _pump(raw, reading)
    assert {one["text"] for one in plain["extra"]} == ({"loose", "1"} if around[0] else {"loose"})


def test_bad_xml_and_bad_json_are_refused() -> None:
    assert _patent(PATHS, "xml", "who").read(b"<item>").record is None
    assert _patent(PATHS, "json", "who/*").read(b'{"no": ').refusal == "not-well-formed"


_OBJECTS = mapping.load(
    ('office = "LA"\n[input]\nkind = "json"\n' + fields({"no": "application_number", "mark": "mark/verbal"})).encode(), "x"
)  # fmt: skip


@pytest.mark.parametrize("number", ["1e400", "-1E999", "1.5e10", "1e-400"])
def test_a_number_that_no_machine_holds_is_kept_as_it_is_written(number: str) -> None:
    raw = f'{{"no":{number},"mark":{number},"other":{number}}}'.encode()
    reading = MappedReader(_OBJECTS, LA).read(raw)
    sound(raw, reading)
    assert isinstance(reading.record, Trademark)
    assert [(one.field, one.text, one.reason) for one in reading.record.kept] == [
        ("/application_number", number, "precision-lost")
    ]
    assert [text.text for text in reading.record.mark.verbal] == [number]
    assert [one.text for one in reading.record.extra] == [number]
    assert [one.code for one in reading.findings] == ["precision-lost", "unknown-element"]


def test_a_text_that_looks_like_such_a_number_is_one() -> None:
    raw = b'{"no":"12E4","mark":NaN,"other":Infinity,"more":123456789012345678901234567890.10}'
    reading = MappedReader(_OBJECTS, LA).read(raw)
    sound(raw, reading)
    assert isinstance(reading.record, Trademark)
    assert reading.record.application_number == "12E4"
    assert [one.text for one in reading.record.extra] == ["Infinity", "123456789012345678901234567890.10"]


def running(raw: str, *places: tuple[str, str]) -> Reading:
    """A record of XML under paths, with nothing lost."""
    text = 'office = "LA"\n[input]\nkind = "xml"\nrecords = "r"\n' + fields(
        {"no": "application_number"} | dict(places)
    )
    reading = MappedReader(mapping.load(text.encode(), "x"), LA).read(raw.encode())
    sound(raw.encode(), reading)
    return reading


@pytest.mark.parametrize(
    ("inside", "place", "value"),
    [
        ("THE <b>BIG</b> NAGA", "mark/verbal", "THE BIG NAGA"),
        ("Kham <i>and <b>Keo</b></i> Sons", "applicants/*/names", "Kham and Keo Sons"),
        ("<i>Kham</i> Sons", "applicants/*/names", "Kham Sons"),
        ("Reg<b>ist</b>ered", "office_status", "Registered"),
        ("Thai<b>land</b>", "applicants/*/country", "TH"),
        ("2016-<b>08</b>-17", "application_date", "2016-08-17"),
        ("12/<b>x</b>/2020", "application_date", "12/x/2020"),
    ],
)
def test_a_text_with_elements_in_it_is_one(inside: str, place: str, value: str) -> None:
    reading = running(f'<r><no>1</no><t a="7">{inside}</t></r>', ("t", place))
    plain = json.dumps(json.loads(canonical.encode(reading.record)), ensure_ascii=False)  # type: ignore[arg-type]
    assert f'"{value}"' in plain
    assert [(one.path, one.text) for one in reading.record.extra] == [("t/@a", "7")]  # type: ignore[union-attr]
    assert any(split_origin(origin)[0] == "2*" for origin in reading.evidence.values())


def test_where_its_elements_are_mapped_too_the_pieces_stand_apart() -> None:
    raw = "<r><no>1</no><g><c>5</c>coffee<c>6</c>tea</g></r>"
    record = running(raw, ("g/c", "goods/*/class_number"), ("g", "goods/*/texts")).record
    assert isinstance(record, Trademark)
    assert [(one.class_number, one.texts[0].text) for one in record.goods] == [(5, "coffee"), (6, "tea")]


def test_text_around_the_elements_of_a_record_and_names_of_files_in_a_text_are_kept() -> None:
    raw = "<r>head<no>1</no>mid<t>X <image>a.png</image> Z</t>tail</r>"
    record = running(raw, ("t", "mark/verbal")).record
    assert isinstance(record, Trademark)
    assert [text.text for text in record.mark.verbal] == ["X", "Z"]
    assert [one.text for one in record.extra] == ["head", "mid", "a.png", "tail"]
