"""Days, periods and working days; the calendar is an argument, and what it does not know is said."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaihua_infoproj.policy.calendar import (
    SHANGHAI,
    SHIPPED,
    WEEKENDS_ONLY,
    Period,
    WorkCalendar,
    add_months,
    add_years,
    day_of,
    end_of,
    load_calendar,
    parse_day,
    parse_moment,
    period,
    read_calendar,
    shipped_calendar,
)
from kaihua_infoproj.policy.errors import InputError
from kaihua_infoproj.policy.strict_yaml import read_bytes

DAYS = st.dates(date(1950, 1, 1), date(2900, 12, 31))
OCTOBER = WorkCalendar(
    "演示", {date(2026, 10, d): "国庆节" for d in range(1, 8)}, frozenset({date(2026, 10, 10)}), frozenset({2026})
)


# --- days and moments ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text, day",
    [
        ("2026-09-30", date(2026, 9, 30)),
        (" 2024-02-29 ", date(2024, 2, 29)),
        ("２０２６-０９-３０", date(2026, 9, 30)),
        ("２０２６－０９－３０", date(2026, 9, 30)),
        ("1900-01-01", date(1900, 1, 1)),
        ("2999-12-31", date(2999, 12, 31)),
    ],
)
def test_days_that_are_read(text: str, day: date) -> None:
    assert parse_day(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "2021-02-29",
        "20200931",
        "2020-09-31",
        "2026-13-01",
        "2026-9-30",
        "2026/09/30",
        "30-09-2026",
        "",
        "今天",
        "2026-09-30T00:00",
        None,
        20260930,
        "1899-12-31",
        "3000-01-01",
        "0001-01-01",
        "٢٠٢٦-٠٩-٣٠",
    ],
)
def test_days_that_are_refused(text: object) -> None:
    with pytest.raises(InputError) as caught:
        parse_day(text)
    assert str(text) in caught.value.zh or "年份应在1900至2999之间" in caught.value.zh


def test_moments_need_their_offset_and_become_shanghai_time() -> None:
    moment = parse_moment("2026-09-30T15:59:59Z")
    assert moment == datetime(2026, 9, 30, 23, 59, 59, tzinfo=SHANGHAI) and moment.utcoffset() == timedelta(hours=8)
    assert parse_moment("2026-10-01T00:00:00+08:00").day == 1
    assert parse_moment("2026-09-30 17:00+08:00").hour == 17
    assert parse_moment("2026-09-30T17:00:00.000001+08:00").microsecond == 1
    for text in (
        "2026-09-30T17:00:00",
        "2026-09-30",
        "",
        "noon",
        None,
        "20260930T170000+0800",
        "2026-W40-3T17:00:00Z",
        "2026-09-31T17:00:00Z",
        "2026-09-30T25:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "2026-09-30T17Z",
    ):
        with pytest.raises(InputError, match="带时区的时刻"):
            parse_moment(text)


def test_the_day_is_that_of_shanghai() -> None:
    utc = timezone.utc
    assert day_of(datetime(2026, 9, 30, 15, 59, 59, tzinfo=utc)) == date(2026, 9, 30)
    assert day_of(datetime(2026, 9, 30, 16, 0, 0, tzinfo=utc)) == date(2026, 10, 1)
    assert end_of(date(2026, 9, 30)) == parse_moment("2026-10-01T00:00:00+08:00")


# --- periods ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "start, months, last",
    [
        ((2020, 11, 30), 3, (2021, 2, 28)),
        ((2023, 11, 30), 3, (2024, 2, 29)),
        ((2026, 12, 31), 2, (2027, 2, 28)),
        ((2026, 1, 15), 0, (2026, 1, 15)),
        ((2026, 12, 1), 1, (2027, 1, 1)),
        ((2026, 11, 30), 1, (2026, 12, 30)),
    ],
)
def test_months(start: tuple[int, int, int], months: int, last: tuple[int, int, int]) -> None:
    assert add_months(date(*start), months) == date(*last)


def test_years() -> None:
    assert add_years(date(2024, 2, 29), 2) == date(2026, 2, 28)
    assert add_years(date(2026, 5, 1), 1) == date(2027, 5, 1)


def test_a_period_that_is_too_long_is_refused() -> None:
    assert add_months(date(2026, 12, 31), (2999 - 2026) * 12) == date(2999, 12, 31)
    with pytest.raises(InputError, match="3000年"):
        add_months(date(2026, 12, 31), (3000 - 2026) * 12)
    with pytest.raises(InputError, match="期间太长"):
        add_months(date(1900, 1, 1), -1)


def test_a_period_opens_on_the_day_after_its_last() -> None:
    assert Period(date(2026, 12, 31)).opens_on == date(2027, 1, 1)


def test_working_days_and_shifting_need_a_calendar() -> None:
    with pytest.raises(TypeError):
        period(date(2026, 5, 1), working_days=1)
    with pytest.raises(TypeError):
        period(date(2026, 5, 1), months=1, shift_holidays=True)


@given(DAYS, st.integers(0, 240), st.integers(0, 240))
def test_adding_in_parts_never_ends_later_than_at_once(start: date, first: int, second: int) -> None:
    assert add_months(add_months(start, first), second) <= add_months(start, first + second)


@given(DAYS, st.integers(0, 600))
def test_months_end_on_the_corresponding_day_or_the_months_last(start: date, months: int) -> None:
    last = add_months(start, months)
    assert (last.year * 12 + last.month) - (start.year * 12 + start.month) == months
    assert last.day == start.day or (last.day < start.day and (last + timedelta(days=1)).day == 1)


@given(DAYS, DAYS, st.integers(0, 60))
def test_a_later_start_never_ends_earlier(one: date, other: date, months: int) -> None:
    early, late = sorted((one, other))
    assert add_months(early, months) <= add_months(late, months)


# --- working days ----------------------------------------------------------------------------------------------------


def test_make_up_days_go_before_holidays_and_weekends() -> None:
    both = WorkCalendar("演示", {date(2026, 10, 10): "节"}, frozenset({date(2026, 10, 10)}), frozenset({2026}))
    assert both.is_working_day(date(2026, 10, 10))
    assert not OCTOBER.is_working_day(date(2026, 10, 7))
    assert OCTOBER.is_working_day(date(2026, 10, 8))
    assert not OCTOBER.is_working_day(date(2026, 10, 11))
    assert not OCTOBER.is_working_day(date(2026, 10, 17))


def test_next_working_day() -> None:
    assert OCTOBER.next_working_day(date(2026, 10, 1)) == date(2026, 10, 8)
    assert OCTOBER.next_working_day(date(2026, 10, 8)) == date(2026, 10, 8)
    assert OCTOBER.next_working_day(date(2026, 10, 10)) == date(2026, 10, 10)


def test_working_days_between() -> None:
    assert OCTOBER.working_days_between(date(2026, 9, 30), date(2026, 10, 10)) == 3
    assert OCTOBER.working_days_between(date(2026, 10, 10), date(2026, 9, 30)) == -3
    assert OCTOBER.working_days_between(date(2026, 10, 9), date(2026, 10, 9)) == 0


def test_a_year_that_is_not_published_is_said() -> None:
    with pytest.raises(InputError) as caught:
        OCTOBER.add_working_days(date(2026, 12, 30), 5)
    assert "“演示”没有2027年" in caught.value.zh and "2027" in caught.value.en
    assert OCTOBER.add_working_days(date(2026, 12, 30), 1) == date(2026, 12, 31)
    assert WEEKENDS_ONLY.add_working_days(date(2026, 12, 31), 1) == date(2027, 1, 1)


@given(st.dates(date(2026, 1, 1), date(2026, 9, 30)), st.integers(0, 40))
def test_counting_back_gives_the_days_that_were_added(start: date, days: int) -> None:
    last = OCTOBER.add_working_days(start, days)
    assert OCTOBER.working_days_between(start, last) == days
    assert days == 0 or OCTOBER.is_working_day(last)


# --- calendar files --------------------------------------------------------------------------------------------------


def test_the_shipped_calendar_knows_its_years() -> None:
    calendar = shipped_calendar()
    assert {2020, 2021, 2022, 2023, 2024, 2025, 2026} <= calendar.years and not calendar.estimate
    assert calendar.holidays[date(2026, 10, 1)] == "国庆节"
    assert all(day.year in calendar.years for day in (*calendar.holidays, *calendar.make_up_days))
    assert read_calendar(SHIPPED) == calendar


GOOD = 'name: 演示\nyears:\n  "2027":\n    holidays: {元旦: ["01-01"]}\n    make_up_days: ["01-02"]\n'


def test_a_calendar_file() -> None:
    calendar = load_calendar(read_bytes(GOOD.encode()))
    assert calendar == WorkCalendar(
        "演示", {date(2027, 1, 1): "元旦"}, frozenset({date(2027, 1, 2)}), frozenset({2027})
    )
    assert not calendar.is_working_day(date(2027, 1, 1)) and calendar.is_working_day(date(2027, 1, 2))
    text = GOOD.replace('    make_up_days: ["01-02"]\n', "") + "source: 通知\nnote: 演示\n"
    extra = load_calendar(read_bytes(text.encode()))
    assert not extra.make_up_days


@pytest.mark.parametrize(
    "text, field",
    [
        ("- 1\n", ""),
        ("name: 演示\n", ""),
        ("years: {}\nname: 演示\n", "years"),
        (GOOD + "other: 1\n", ""),
        ("name: 演示\nyears: [1]\n", "years"),
        (GOOD.replace('"2027"', '"27"'), "years.27"),
        (GOOD.replace('holidays: {元旦: ["01-01"]}', "holidays: []"), "years.2027"),
        (GOOD.replace('    holidays: {元旦: ["01-01"]}\n', ""), "years.2027"),
        (GOOD.replace("make_up_days", "workdays"), "years.2027"),
        (GOOD.replace("01-01", "02-29"), "years.2027.holidays.元旦"),
        (GOOD.replace('["01-01"]', '"01-01"'), "years.2027.holidays.元旦"),
        (GOOD.replace("01-02", "1-2"), "years.2027.make_up_days"),
        (GOOD.replace("01-02", "W01-1"), "years.2027.make_up_days"),
        (GOOD.replace("01-02", "01-01"), "years.2027.make_up_days"),
    ],
)
def test_refused_calendar_files_name_the_place(text: str, field: str) -> None:
    with pytest.raises(InputError) as caught:
        load_calendar(read_bytes(text.encode(), file="年.yaml"))
    assert caught.value.field == field and caught.value.file == "年.yaml" and caught.value.line > 0
