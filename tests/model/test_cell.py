"""Cells of CSV that a spreadsheet would run."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ipregister.model.cell import guarded, unguarded

GUARDED = [
    ("=1+1", "'=1+1"),
    ("= SUMO", "'= SUMO"),
    ("'= SUMO", "''= SUMO"),
    ("''-5", "'''-5"),
    ("  =cmd|' /C calc'!A0", "'  =cmd|' /C calc'!A0"),
    ("+856 20 555", "'+856 20 555"),
    ("＝SUM(A1)", "'＝SUM(A1)"),
    ("\n@x", "'\n'@x"),
    (" \n=x", "' \n'=x"),
    ("\tnaga", "'\tnaga"),
    ("soap;=HYPERLINK(1)", "soap;'=HYPERLINK(1)"),
    ("soap;'=HYPERLINK(1)", "soap;''=HYPERLINK(1)"),
    ("soap; @SUM(1)", "soap;' @SUM(1)"),
    ("soap\n=1+1", "soap\n'=1+1"),
    ("soap;-cmd|' /C calc'!A0", "soap;'-cmd|' /C calc'!A0"),
    ("soap\t+SUM(A1)", "soap\t'+SUM(A1)"),
]


@pytest.mark.parametrize(("text", "safe"), GUARDED)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str, safe: str) -> None:
    assert guarded(text) == safe
    assert unguarded(safe) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "4-2019-1",
        "A;- soap;\n- candles",
        "soap; -5 to +5 °C",
        "a=b",
        "kham@example.la",
        "x | =y",
        "ຜ້າໄໝ",
        "35; 9",
        "'s Gravenhage",
        "L'ÉTÉ",
        "'",
        "a;'b'",
    ],
)
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert guarded(text) == text
    assert unguarded(text) == text


@given(st.text(st.sampled_from("'=+-@＝;\t\r\n aA(1|!"), max_size=12))
@example("'  \n=x")
@example("'\n=x")
@example("\n'=x")
@example(";';=")
def test_every_text_comes_back(text: str) -> None:
    safe = guarded(text)
    assert unguarded(safe) == text
    assert not safe.lstrip(" ").startswith(("=", "+", "-", "@", "＝", "\t", "\r", "\n"))
    for sign in ";\t\r\n":
        assert not any(part.lstrip(" ").startswith(("=", "@", "＝")) for part in safe.split(sign))
