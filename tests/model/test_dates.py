"""Dates: every day of the calendar in any form an office uses, and nothing else."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipregister.model import dates, repairs
from ipregister.model.offices import office


@pytest.mark.parametrize(
    ("text", "form", "day", "codes"),
    [
        ("2016-08-17", "iso", "2016-08-17", ()),
        (" 2016-08-17\n", "iso", "2016-08-17", ("trim",)),
        ("20160817", "iso", "2016-08-17", ("date:compact",)),
        ("2016-08-17T10:00:00+07:00", "iso", "2016-08-17", ("date:datetime",)),
        ("2016/8/7", "iso", "2016-08-07", ("date:ymd",)),
        ("17/08/2016", "dmy", "2016-08-17", ("date:dmy",)),
        ("08/17/2016", "mdy", "2016-08-17", ("date:mdy",)),
        ("17 Aug 2016", "iso", "2016-08-17", ("date:named",)),
        ("Aug\t17\t2016", "iso", "2016-08-17", ("date:named-us",)),
        ("๒๕๕๙-๐๘-๑๗", "iso", "2016-08-17", ("digits", "era")),
        ("17/08/2559", "dmy", "2016-08-17", ("date:dmy", "era")),
        ("2482-02-01", "iso", "1940-02-01", ("era",)),
        ("2483-04-01", "iso", "1940-04-01", ("era",)),
        ("2484-01-01", "iso", "1941-01-01", ("era",)),
        ("2483-05-01", "iso", "1940-05-01", ("era",)),
        ("໒໐໑໖-໐໘-໑໗", "iso", "2016-08-17", ("digits",)),
        ("2999-01-01", "iso", "2999-01-01", ()),
        ("17 августа 2016 г.", "iso", "2016-08-17", ("date:written",)),
        ("«17» августа 2016 года", "iso", "2016-08-17", ("date:written",)),
        ("17.авг.2016", "iso", "2016-08-17", ("date:written",)),
        ("2016 жылғы 17 тамыз", "dmy", "2016-08-17", ("date:written",)),
        ("2016-жылдын 17-августу", "dmy", "2016-08-17", ("date:written",)),
        ("2016-yil 17-avgust", "dmy", "2016-08-17", ("date:written",)),
        ("17 ส.ค. 2559", "dmy", "2016-08-17", ("date:written", "era")),
        ("วันที่ ๑๗ เดือนสิงหาคม พ.ศ. ๒๕๕๙", "dmy", "2016-08-17", ("digits", "date:written", "era")),
        ("๑๗สิงหาคม๒๕๕๙", "dmy", "2016-08-17", ("digits", "date:written", "era")),
        ("ວັນທີ 17 ເດືອນ 8 ປີ 2016", "dmy", "2016-08-17", ("date:written",)),
        ("໑໗ ສິງຫາ ໒໐໑໖", "dmy", "2016-08-17", ("digits", "date:written")),
        ("ថ្ងៃទី១៧ ខែសីហា ឆ្នាំ២០១៦", "dmy", "2016-08-17", ("digits", "date:written")),
        ("၂၀၁၆ ခုနှစ် ဩဂုတ် ၁၇ ရက်", "dmy", "2016-08-17", ("digits", "date:written")),
        ("ngày 17 tháng 8 năm 2016", "dmy", "2016-08-17", ("date:written",)),
        ("17 Agustus 2016", "dmy", "2016-08-17", ("date:written",)),
        ("17 Ogos 2016", "dmy", "2016-08-17", ("date:written",)),
        ("2016年8月17日", "iso", "2016-08-17", ("date:written",)),
        ("42599", "serial", "2016-08-17", ("date:serial",)),
        (" ៤២៥៩៩.75", "serial", "2016-08-17", ("trim", "digits", "date:serial")),
        ("41137", "serial-1904", "2016-08-17", ("date:serial-1904",)),
        ("2016-08-17", "serial", "2016-08-17", ()),
        ("20160817", "serial", "2016-08-17", ("date:compact",)),
        ("17 août 2016", "dmy", "2016-08-17", ("date:written",)),
        ("17 de agosto de 2016", "dmy", "2016-08-17", ("date:written",)),
    ],
)
def test_a_day_is_read(text: str, form: str, day: str, codes: tuple[str, ...]) -> None:
    assert dates.parse(text, form) == (day, codes)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "2022-02-30",
        "2022-13-45",
        "0000-00-00",
        "17/08/2016",
        "2022-W01-1",
        "9999",
        "2022-1-1x",
        "32 Foo 2020",
        "17 августа 16",
        "31 февраля 2016",
        "17 18 августа 2016",
        "17 августа 2016 Москва",
        "август 2016",
        "17 ส.ค. 59",
        "tháng 17 ngày 8 năm 2016",
        "2016年17月8日",
    ],
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert dates.parse(text, "iso") == (None, ())


@given(
    st.text(max_size=20) | st.from_regex(r"\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}", fullmatch=True),
    st.sampled_from(["iso", "dmy", "mdy"]),
)
def test_repairs_make_the_day_again(text: str, form: str) -> None:
    day, codes = dates.parse(text, form)
    if day is not None:
        assert dates.is_day(day)
        assert repairs.apply(text, codes, office("LA")) == day


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("15/02/2483", "dmy"),
        ("2483-01-01", "iso"),
        ("๓๑/๐๓/๒๔๘๓", "dmy"),
        ("24830331", "iso"),
        ("15 ก.พ. 2483", "dmy"),
    ],
)
def test_months_that_never_were_are_no_days(text: str, form: str) -> None:
    """The Thai year 2483 ran from April to December 1940; 1941 began with January 2484."""
    assert dates.parse(text, form) == (None, ())


@given(st.dates(min_value=dt.date(1857, 4, 1), max_value=dt.date(2156, 12, 31)))
def test_the_buddhist_era_comes_back(day: dt.date) -> None:
    if day.year < 1941 and day.month < 4:
        return
    text = f"{day.year + 543:04d}-{day.month:02d}-{day.day:02d}"
    if (day.month, day.day) != (2, 29):
        assert dates.parse(text, "iso")[0] == day.isoformat()


@pytest.mark.parametrize(
    ("text", "form"),
    [("42599", "iso"), ("42599", "dmy"), ("2016", "serial"), ("425990", "serial"), ("42599.", "serial"), ("-42599", "serial")],
)  # fmt: skip
def test_a_number_is_a_day_only_where_that_is_told(text: str, form: str) -> None:
    assert dates.parse(text, form)[0] is None


@given(st.dates(dt.date(1950, 1, 1), dt.date(2099, 12, 31)))
def test_every_day_has_its_serial_number(day: dt.date) -> None:
    for form, first in dates.SERIALS.items():
        number = str((day - first).days)
        iso, codes = dates.parse(number, form)
        assert iso == day.isoformat()
        assert repairs.apply(number, codes, office("LA")) == iso
        assert dates.may_be_serial(number) or form != "serial"


@pytest.mark.parametrize(
    ("text", "form", "iso", "repair"),
    [
        ("17/08/2024 00:00:00", "dmy", "2024-08-17", "date:dmy-more"),
        ("08/17/2024 1:05 PM", "mdy", "2024-08-17", "date:mdy-more"),
        ("17.08.2567 10:30", "dmy", "2024-08-17", "date:dmy-more"),
        ("2024/8/17 23:59:59.123", "iso", "2024-08-17", "date:ymd-more"),
        ("02.08.2024г.", "dmy", "2024-08-02", "date:dmy-more"),
        ("02.08.2024 ж.", "dmy", "2024-08-02", "date:dmy-more"),
    ],
)
def test_a_day_with_its_time_or_the_word_year(text: str, form: str, iso: str, repair: str) -> None:
    found, repairs = dates.parse(text, form)
    assert (found, repairs[0]) == (iso, repair)


@pytest.mark.parametrize(
    "text", ["17/08/2024 25", "31/02/2024 00:00", "17/08/2024 x", "17/08/24", "17/08/2024 b."]
)
def test_what_follows_a_day_and_is_no_time(text: str) -> None:
    assert dates.parse(text, "dmy")[0] is None
