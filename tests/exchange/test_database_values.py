"""Values of a database that no text is: lists, documents, days that no calendar of Python has."""

import ipaddress
import json
import uuid
from typing import Any

import pytest

from ipregister.exchange import loss
from ipregister.exchange.json.cells import line
from ipregister.exchange.mapped import database, mapping
from ipregister.exchange.mapped.reader import MappedReader
from ipregister.model import repairs
from ipregister.model.evidence import Reading
from ipregister.model.lists import items
from ipregister.model.mark import Trademark
from ipregister.model.offices import office
from tests import postgresql
from tests.exchange.mapped_fields import fields

LA = office("LA")
MAPPING = mapping.load(
    (
        'office = "LA"\ndates = "iso"\n[input]\nkind = "sql"\nquery = "SELECT 1"\n'
        + fields({"no": "application_number", "filed": "application_date", "mark": "mark/verbal",
                  "owners": "holders/*/names", "countries": "holders/*/country", "cls": "goods/*/class_number"})
    ).encode(),
    "x",
)  # fmt: skip


def read(raw: bytes) -> Reading:
    """The reading of a row, none of whose texts is lost."""
    reading = MappedReader(MAPPING, LA).read(raw.rstrip(b"\n"))
    if reading.record is not None:
        found = loss.check(raw.rstrip(b"\n"), reading, LA)
        assert (found.lost, found.broken) == ((), ())
    return reading


def row(**values: Any) -> Reading:
    """The reading of values as a database gives them."""
    given = [database.given(value) for value in values.values()]
    forms = {n: form for n, (_, form) in enumerate(given, 1) if form}
    return read(line(2, list(values), [text for text, _ in given], forms=forms))


def names(reading: Reading) -> list[str]:
    assert isinstance(reading.record, Trademark)
    return [name.text for party in reading.record.holders for name in party.names]


def test_a_list_is_several_values() -> None:
    reading = row(no="12345", owners=["Alpha, Lda.", 'Be"ta'], countries=["LA", "TH"], cls=[25, 30])
    assert isinstance(reading.record, Trademark)
    assert [(party.names[0].text, party.country) for party in reading.record.holders] == [
        ("Alpha, Lda.", "LA"),
        ('Be"ta', "TH"),
    ]
    assert [one.class_number for one in reading.record.goods] == [25, 30]
    assert reading.evidence["/holders/1/names/0/text"] == ("2:2", "item:2")
    assert not reading.findings


@pytest.mark.parametrize("value", [[], [None], [""], [None, ""], None])
def test_a_list_that_holds_nothing_is_no_value(value: Any) -> None:
    reading = row(no="12345", owners=value)
    assert names(reading) == []
    assert not reading.findings


def test_an_empty_value_keeps_its_place() -> None:
    reading = row(no="12345", owners=["Alpha", None, "Beta"], countries=["LA", "TH", "VN"])
    assert isinstance(reading.record, Trademark)
    told = [("".join(name.text for name in party.names), party.country) for party in reading.record.holders]
    assert told == [("Alpha", "LA"), ("Beta", "VN"), ("", "TH")]


def test_lists_of_another_length_are_told() -> None:
    reading = row(no="12345", owners=["Alpha", "Beta"], countries=["LA"])
    assert [one.code for one in reading.findings] == ["lists-differ"]


@pytest.mark.parametrize("value", [[["a"], ["b"]], {"a": 1}, ("a", "b"), {"a"}, [{"a": 1}]])
def test_what_has_parts_in_another_way_is_told_and_kept(value: Any) -> None:
    reading = row(no="12345", owners=value)
    assert names(reading) == []
    assert [(one.code, one.path) for one in reading.findings] == [("structured-value", "/holders/names")]
    assert reading.record is not None
    assert [one.reason for one in reading.record.kept] == ["structured-value"]


@pytest.mark.parametrize(
    ("document", "found"),
    [('["Alpha","B\\u00e9ta"]', ["Alpha", "Béta"]), ('"Alpha"', ["Alpha"]), ("12", ["12"]), ("1e400", ["1e400"]), ("true", ["true"]),
     ("[]", []), ("null", []), ('""', []), ('{"a": 1}', None), ('[["a"]]', None), ('["a\\u0001b"]', ["a\ufffdb"])],
)  # fmt: skip
def test_a_document(document: str, found: list[str] | None) -> None:
    reading = row(no="12345", owners=database.as_written(document.encode()))
    assert names(reading) == (found or [])
    assert [one.code for one in reading.findings] == (["structured-value"] if found is None else [])


def test_a_list_for_one_value_is_told() -> None:
    reading = row(no=["12345", "12346"], owners="Alpha")
    assert reading.record is not None
    assert reading.record.application_number == "12345"
    assert [one.code for one in reading.findings] == ["repeated-element"]


@pytest.mark.parametrize(
    ("value", "text"), [(uuid.UUID(int=1), str(uuid.UUID(int=1))), (ipaddress.ip_address("10.0.0.1"), "10.0.0.1"), ("[]", "[]"), (7, "7")]
)  # fmt: skip
def test_single_values_are_texts(value: Any, text: str) -> None:
    assert database.given(value) == (text, "")


def test_a_value_of_a_list_that_is_not_there() -> None:
    assert items("x") is None
    assert items("[" * 100_000) is None
    for number in ("0", "3"):
        with pytest.raises(ValueError, match="has no value"):
            repairs.apply('["a","b"]', [f"item:{number}"], LA)


@pytest.mark.postgresql
def test_lists_documents_and_days_of_postgresql(postgresql_server: postgresql.Server) -> None:
    rows = [
        "'1', '2024-08-17', '{\"Alpha, Lda.\",Beta}', '{25,30}', '[\"LA\",\"TH\"]', '1 mon', '2024-08-17 10:00+00'",
        "'2', 'infinity', '{}', NULL, '[]', '1 year 2 mons 3 days 04:05:06', '-infinity'",
        "'3', '0044-03-15 BC', '{{a},{b}}', '{5}', '{\"a\": 1}', NULL, '0044-03-15 10:00+00 BC'",
        "'4', '12345-01-01', '{NULL}', '{5}', 'null', NULL, '12345-01-01 10:00+00'",
        "'5', NULL, '{x}', '{5}', '\"LA\"', NULL, NULL",
    ]
    kinds = ("text", "date", "text[]", "int[]", "jsonb", "interval", "timestamptz")
    columns = ("no", "filed", "owners", "cls", "countries", "period", "seen")
    cast = ", ".join(f"{name}::{kind} AS {name}" for name, kind in zip(columns, kinds, strict=True))
    query = f"SELECT {cast} FROM (VALUES ({'), ('.join(rows)})) AS t({', '.join(columns)})"
    found = list(database.lines_of(postgresql_server.url("postgres"), query, private=True))
    cells = [list(json.loads(one)["$cells"].values()) for one in found]
    assert [one[1] for one in cells] == ["2024-08-17", "infinity", "0044-03-15 BC", "12345-01-01", ""]
    assert [one[5] for one in cells] == ["1 mon", "1 year 2 mons 3 days 04:05:06", "", "", ""]
    assert [one[6] for one in cells][1:] == [
        "-infinity",
        "0044-03-15 10:00:00+00 BC",
        "12345-01-01 10:00:00+00",
        "",
    ]
    assert [json.loads(one).get("$forms", {}) for one in found] == [
        {"3 owners": "list", "4 cls": "list", "5 countries": "list"}, {}, {"3 owners": "object", "4 cls": "list", "5 countries": "object"},
        {"4 cls": "list"}, {"3 owners": "list", "4 cls": "list", "5 countries": "list"}]  # fmt: skip
    readings = [read(one) for one in found]
    assert [names(one) for one in readings] == [["Alpha, Lda.", "Beta"], [], [], [], ["x"]]
    told = [{one.code for one in reading.findings} - {"unknown-element"} for reading in readings]
    assert told == [set(), {"not-a-date"}, {"not-a-date", "structured-value"}, {"not-a-date"}, set()]
