"""Cells of CSV that a spreadsheet would run."""

import pytest

from ipregister.model.cell import guarded


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("  =cmd|' /C calc'!A0", "'  =cmd|' /C calc'!A0"),
        ("+856 20 555", "'+856 20 555"),
        ("＝SUM(A1)", "'＝SUM(A1)"),
        ("\n@x", "'\n@x"),
        ("soap;=HYPERLINK(1)", "soap;'=HYPERLINK(1)"),
        ("soap; @SUM(1)", "soap;' @SUM(1)"),
        ("soap\n=1+1", "soap\n'=1+1"),
        ("soap;-cmd|' /C calc'!A0", "soap;'-cmd|' /C calc'!A0"),
        ("soap\t+SUM(A1)", "soap\t'+SUM(A1)"),
    ],
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str, safe: str) -> None:
    assert guarded(text) == safe


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
    ],
)
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert guarded(text) == text
