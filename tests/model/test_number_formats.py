"""Number formats: what a cell showed, where that is certain."""

import pytest

from ipregister.model import repairs
from ipregister.model.number_formats import (
    BUILT_IN,
    as_shown,
    day_shown,
    is_day_or_time,
    is_quantity,
    names,
    part_shown,
    shown,
)
from ipregister.model.offices import office

LA = office("LA")
_SHOWN = [
    ("123", "00000", "00123"), ("123456", "00000", "123456"), ("12", '"TL/"0000', "TL/0012"), ("1", "0%", "100%"),
    ("0.07", "0%", "7%"), ("7", "#", "7"), ("12", "##0", "12"), ("12024", r"0000\/0", "1202/4"), ("123456", "000-000", "123-456"),
    ("12", "0_);(0)", "12"), ("5", "0;-0;;@", "5"), ("0", "00", "00"), ("12", '"N"General', "N12"), ("99", '"$"0', "$99"),
    ("12", '"a_b#"0', "a_b#12"), ("2024", "General", "2024"), ("5", "[Red]0", "5"), ("123", "[Color 10]00000", "00123"), ("123", "[$-41E]00000", "00123"),
    ("123", "[$-107041E][blue]00000;[Red]-0", "00123"), ("123", "[$-th-TH]00000", "00123"), ("123", "* 00000_)", "00123"),
    ("12", '"[Red]"000', "[Red]012"), ("12", '"[<9]"000', "[<9]012"), ("0", '"N"General', "N0"), ("x", "@", "x"),
]  # fmt: skip
_NOT_CERTAIN = [
    ("0.125", "0%"), ("0", "#"), ("0", "0;-0;;@"), ("1234", "#,##0"), ("99", '"$"#,##0.00'), ("12024", "00/00"), ("0.5", "# ?/?"),
    ("45", "dd/mm/yyyy"), ("5", "[<9]0"), ("5", "0;[=5]0"), ("5", "[$฿-41E]00"), ("5", "[$-D000000]00"), ("5", "[DBNum1]00"),
    ("0", "[$-409]#"), ("0", '"0"#'), ("12", "#-00"), ("12", "0-#0"), ("12", "0.00"), ("100000", "0.00E+00"), ("-5", "000"),
    ("1234567890123456", "0"), ("true", "0"), ("2024-03-01", "d-mmm"), ("5", '"text"'), ("1", "0%%"), ("1", "? 99"), ("12", "0*x"),
]  # fmt: skip


@pytest.mark.parametrize(("number", "code", "text"), _SHOWN)
def test_what_a_cell_showed(number: str, code: str, text: str) -> None:
    assert shown(number, code) == text
    assert repairs.apply(number, [f"shown:{code}"], LA) == text


@pytest.mark.parametrize(("number", "code"), _NOT_CERTAIN)
def test_what_a_cell_showed_that_nobody_can_say(number: str, code: str) -> None:
    assert shown(number, code) is None
    with pytest.raises(ValueError, match="nobody can say"):
        as_shown(number, code)


@pytest.mark.parametrize(
    ("code", "is_it"),
    [("d-mmm", True), ("[h]:mm", True), ("mm:ss.0", True), ("[$-107041E]d mmm yyyy", True), ("date", True), ("time", True),
     ('0"days"', False), ("[Red]0", False), ("General", False), (r"0\d", False), ("0%", False)],
)  # fmt: skip
def test_days_and_times(code: str, is_it: bool) -> None:
    assert is_day_or_time(code) is is_it


@pytest.mark.parametrize(
    ("code", "is_it"),
    [("#,##0", True), ("0.00", True), ("#,##0_);[Red](#,##0)", True), ('#,##0" "', True), ('"$"0', False), ("0%", False),
     ("0.00E+00", False), ("# ?/?", False), ("d-mmm", False), ("[$-41E]0", True), ("[$-D000000]0", True), ("[$฿-41E]#,##0", False),
     ("[<9]0", False), ("0;[=5]0", False), ("[DBNum1]0", False)],
)  # fmt: skip
def test_formats_of_numbers(code: str, is_it: bool) -> None:
    assert is_quantity(code) is is_it


@pytest.mark.parametrize(
    ("text", "code", "does"),
    [("12345", "#,##0", True), ("12", "00000", True), ("5", "dd/mm/yyyy", True), ("61", "dd/mm/yyyy", False),
     ("2024-03-01", "mmm-yy", False), ("59 or 60", "date", False), ("2024.1", "General", False), ("123", "[$-D000000]0", True), ("123", "[$-D000000]00000", False),
     ("123", "[Red]00000", True), ("123", "[<9]00000", False), ("123", "0,000", False), ("1234", "0,000", True), ("12", "000.0", False),
     ("12", "0.000", True), ("20240", "0.00E+00", False)],
)  # fmt: skip
def test_which_cell_says_the_number_of_a_record(text: str, code: str, does: bool) -> None:
    assert names(text, code) is does


@pytest.mark.parametrize(
    ("code", "parts"),
    [("mmm-yy", "ym"), ("yyyy", "y"), ("mm/yyyy", "ym"), ("[$-41E]mmmm bbbb;@", "ym"), ("e", "ymd"), ('ggge"年"m"月"', "ym"),
     ("yyyy年m月", "ym"), (r"mmmm\ yyyy\ г.", "ym"), ("dddd, mmmm yyyy", "ym"), ("yyyy h:mm", "y"), ("yyyy-mm h:mm AM/PM", "ym"),
     ("d-mmm", "md"), ("dd/mm", "md"), ("dddd", ""), ("d", "d"), ("mmmm", "m"), ("h:mm:ss", ""), ("[mm]:ss.0", ""),
     ("dd/mm hh:mm", "md"), ("m月d日", "md"), ("d/m/yyyy", "ymd"), ("[$-D07041E]d mmmm yyyy", "ymd"), ("yy.m.d", "ymd"),
     ("dddd, d mmmm yyyy h:mm AM/PM", "ymd"), ("[$-404]e/m/d", "ymd"), ("yyyy dd", "yd")],
)  # fmt: skip
def test_what_a_format_shows_of_a_day(code: str, parts: str) -> None:
    assert day_shown(code) == parts


@pytest.mark.parametrize("code", [BUILT_IN[27], "date", "time", "TT.MM.JJJJ", "ДД.mm", "jj/mm", "[<45000]yyyy;d/m/yyyy", "0", "?", "B2yyyy"])  # fmt: skip
def test_a_format_of_which_nobody_can_say_it_shows_the_day(code: str) -> None:
    assert part_shown("2024-03-05", code) == "2024-03-05"


@pytest.mark.parametrize(
    ("day", "code", "text"),
    [("2024-03-05", "mmm-yy", "2024-03"), ("2024-03-05 13:30:00", "yyyy", "2024"), ("2024-03-05", "d-mmm", None),
     ("2024-03-05", "dddd", None), ("2024-03-05", "yyyy dd", None), ("42", "yyyy", "42"), ("07:30:00", "h:mm", "07:30:00"),
     ("2024-03-05 13:30:00", "d/m/yyyy h:mm", "2024-03-05 13:30:00")],
)  # fmt: skip
def test_a_day_as_far_as_its_cell_shows_it(day: str, code: str, text: str | None) -> None:
    assert part_shown(day, code) == text
    assert shown("2024-03-05", code) is None
    if text and text != day:
        assert repairs.apply(day, [f"shown:{code}"], LA) == text
