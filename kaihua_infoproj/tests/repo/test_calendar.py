"""The shipped holiday calendar says what the State Council announced, as an independent package has it."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest

from kaihua_infoproj.policy.calendar import shipped_calendar

YEARS = sorted(shipped_calendar().years)


def days(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


def test_it_knows_every_announced_year_of_the_measure() -> None:
    announced = {day.year for day in chinese_calendar.holidays if day.year >= 2018}
    assert announced <= set(YEARS)
    assert list(range(YEARS[0], YEARS[-1] + 1)) == YEARS


@pytest.mark.parametrize("year", YEARS)
def test_its_working_days_are_those_announced(year: int) -> None:
    ours = [day for day in days(year) if shipped_calendar().is_working_day(day)]
    assert ours == [day for day in days(year) if chinese_calendar.is_workday(day)]


@pytest.mark.parametrize("year", YEARS)
def test_its_holidays_and_make_up_days_are_those_announced(year: int) -> None:
    calendar = shipped_calendar()
    assert {d for d in calendar.holidays if d.year == year} == {d for d in chinese_calendar.holidays if d.year == year}
    assert {d for d in calendar.make_up_days if d.year == year} == {
        d for d in chinese_calendar.workdays if d.year == year
    }
