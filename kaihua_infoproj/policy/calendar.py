"""Periods and working days.

Periods follow the Civil Code of the PRC, articles 200–204, by analogy (the same text stood in the General Rules
before 2021, so these rules have no first date): the first day is not counted; a period in months or years ends on
the corresponding day, or on the month's last day where there is none; a period is over when its last day is over.
"""

from __future__ import annotations

import calendar as _calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from pathlib import Path
from typing import Any

from .errors import InputError
from .strict_yaml import Located, read_file
from .text import date_text

SHANGHAI = timezone(timedelta(hours=8), "+08:00")
"""Asia/Shanghai: no daylight saving since 1991, so a fixed offset is exact for every date of the measure."""

SHIPPED = Path(__file__).with_name("calendars") / "cn.yaml"
_DAY = timedelta(days=1)
_FIRST_YEAR, _LAST_YEAR = 1900, 2999
# Written out because Python's own reading differs from release to release.
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{6})?)?(Z|[+-][0-9]{2}:[0-9]{2})"
)


def parse_day(text: object) -> date:
    """Read ``YYYY-MM-DD``; full-width digits are read as their usual forms.

    Raises:
        InputError: another form, or a day that does not exist (2021-02-29).
    """
    normal = str(text).translate(str.maketrans("０１２３４５６７８９－", "0123456789-")).strip()
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", normal):
            raise ValueError
        day = date.fromisoformat(normal)
    except ValueError:
        raise InputError(
            f"“{text}”不是存在的日期，应写成 YYYY-MM-DD（如 2026-09-30）。",
            f"“{text}” is not an existing day; write YYYY-MM-DD (such as 2026-09-30).",
        ) from None
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise InputError(
            f"年份应在{_FIRST_YEAR}至{_LAST_YEAR}之间，而不是{day.year}。",
            f"The year must lie between {_FIRST_YEAR} and {_LAST_YEAR}, not {day.year}.",
        )
    return day


def parse_moment(text: object) -> datetime:
    """Read an ISO moment with its offset, such as ``2026-09-30T23:59:59+08:00``, as Shanghai time.

    Raises:
        InputError: another form, or without an offset.
    """
    try:
        if not _MOMENT.fullmatch(str(text)):
            raise ValueError
        moment = datetime.fromisoformat(str(text).replace("Z", "+00:00"))
        if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
            raise ValueError
    except ValueError:
        raise InputError(
            f"“{text}”不是带时区的时刻，应写成 2026-09-30T17:00:00+08:00 的形式。",
            f"“{text}” is not a moment with its offset; write 2026-09-30T17:00:00+08:00.",
        ) from None
    return moment.astimezone(SHANGHAI)


def day_of(moment: datetime) -> date:
    """The Shanghai calendar day of a moment with offset."""
    return moment.astimezone(SHANGHAI).date()


def end_of(day: date) -> datetime:
    """24:00 of ``day`` in Shanghai, that is 00:00 of the next."""
    return datetime.combine(day + _DAY, time.min, SHANGHAI)


def add_months(start: date, months: int) -> date:
    """The last day of a period of ``months`` that begins on ``start`` (not counted): the corresponding day, or the
    month's last. Always counted from ``start`` at once, never month by month.

    Raises:
        InputError: the result lies beyond the year 2999.
    """
    year, month0 = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise InputError(f"期间太长，算到了{year}年。", f"The period is too long: it reaches the year {year}.")
    return date(year, month0 + 1, min(start.day, _calendar.monthrange(year, month0 + 1)[1]))


def add_years(start: date, years: int) -> date:
    """The same for years (2024-02-29 + 2 years = 2026-02-28)."""
    return add_months(start, years * 12)


@dataclass(frozen=True)
class WorkCalendar:
    """Which days are worked. Precedence: make-up workday, then holiday, then Saturday and Sunday off.

    Attributes:
        holidays: days off on top of weekends, day → name. make_up_days: weekend days that are worked.
        years: the years it knows. estimate: weekends only, so a result is marked as an estimate.
    """

    name: str
    holidays: Mapping[date, str]
    make_up_days: frozenset[date]
    years: frozenset[int]
    estimate: bool = False

    def is_working_day(self, day: date) -> bool:
        """Whether ``day`` is worked.

        Raises:
            InputError: the calendar does not know the year.
        """
        if not self.estimate and day.year not in self.years:
            raise InputError(
                f"节假日安排“{self.name}”没有{day.year}年，请导入该年安排，或用“仅按周末估算”。",
                f"Calendar “{self.name}” does not know the year {day.year}; import it, or estimate by weekends only.",
            )
        if day in self.make_up_days:
            return True
        return day not in self.holidays and day.weekday() < _calendar.SATURDAY

    def next_working_day(self, day: date) -> date:
        """``day`` itself if it is worked, else the next that is (Civil Code 203)."""
        while not self.is_working_day(day):
            day += _DAY
        return day

    def add_working_days(self, start: date, days: int) -> date:
        """The last day of a period of ``days`` working days that begins on ``start`` (not counted)."""
        day = start
        while days > 0:
            day += _DAY
            if self.is_working_day(day):
                days -= 1
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after ``start`` up to and including ``end``; negative if ``end`` lies before ``start``."""
        if end < start:
            return -self.working_days_between(end, start)
        return sum(self.is_working_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


WEEKENDS_ONLY = WorkCalendar("仅按周末估算", {}, frozenset(), frozenset(), estimate=True)


@dataclass(frozen=True)
class Period:
    """A period's last day, and the day on which what had to wait for it may happen."""

    last_day: date

    @property
    def opens_on(self) -> date:
        """The calendar day after the last day."""
        return self.last_day + _DAY


def period(
    start: date,
    *,
    months: int = 0,
    years: int = 0,
    days: int = 0,
    working_days: int = 0,
    calendar: WorkCalendar | None = None,
    shift_holidays: bool = False,
) -> Period:
    """The period that begins on ``start`` (not counted) and has exactly one length.

    Args:
        shift_holidays: move a last day that is a holiday to the next working day – for deadlines of an act counted
            in calendar days, months or years; never for waiting periods and fixed dates.
        calendar: needed for working days and for shifting.

    Raises:
        InputError: the calendar does not know a year that is needed.
    """
    if working_days:
        if calendar is None:
            raise TypeError("working days need a calendar")
        return Period(calendar.add_working_days(start, working_days))
    last = add_months(start, months + 12 * years) if months or years else start + timedelta(days=days)
    if shift_holidays:
        if calendar is None:
            raise TypeError("shifting needs a calendar")
        last = calendar.next_working_day(last)
    return Period(last)


def load_calendar(located: Located) -> WorkCalendar:
    """A calendar file: ``name``, and per year ``holidays`` (name → days) and ``make_up_days``, each day ``MM-DD``.

    Raises:
        InputError: with file, line and field.
    """
    data = located.data
    if not isinstance(data, dict) or not {"name", "years"} <= set(data) <= {"name", "years", "source", "note"}:
        raise located.error(
            (),
            "节假日文件的键为 name、years（及 source、note）。",
            "A calendar file has the keys name and years (and source, note).",
        )
    if not isinstance(data["years"], dict) or not data["years"]:
        raise located.error(("years",), "years 下逐年列出安排。", "years lists the years.")
    holidays: dict[date, str] = {}
    make_up: set[date] = set()
    years: set[int] = set()
    for year, body in data["years"].items():
        here = ("years", year)
        if (
            not re.fullmatch(r"[0-9]{4}", year)
            or not isinstance(body, dict)
            or set(body) - {"holidays", "make_up_days", "source"}
            or not isinstance(body.get("holidays"), dict)
        ):
            raise located.error(
                here,
                "每年写明 holidays（及 make_up_days、source）。",
                "Each year gives holidays (and make_up_days, source).",
            )
        years.add(int(year))
        for name, days in body["holidays"].items():
            for day in _days(located, (*here, "holidays", name), year, days):
                holidays[day] = name
        for day in _days(located, (*here, "make_up_days"), year, body.get("make_up_days") or []):
            if day in holidays:
                raise located.error(
                    (*here, "make_up_days"),
                    f"{date_text(day, 'zh')}既是假日又是调休上班日。",
                    f"{day} is both a holiday and a make-up workday.",
                )
            make_up.add(day)
    return WorkCalendar(str(data["name"]), holidays, frozenset(make_up), frozenset(years))


def _days(located: Located, path: tuple[Any, ...], year: str, days: Any) -> list[date]:
    if not isinstance(days, list):
        raise located.error(path, "这里应是 MM-DD 的列表。", "A list of MM-DD is due here.")
    try:
        return [parse_day(f"{year}-{day}") for day in days]
    except InputError:
        raise located.error(
            path,
            f"有不存在的日期，应写成带引号的 MM-DD：{days}。",
            f"A day does not exist; write quoted MM-DD: {days}.",
        ) from None


def read_calendar(path: str | Path) -> WorkCalendar:
    """Read a calendar file.

    Raises:
        InputError: it cannot be read.
    """
    return load_calendar(read_file(path))


@lru_cache(maxsize=1)
def shipped_calendar() -> WorkCalendar:
    """The calendar that comes with the app: the State Council's yearly announcements."""
    return read_calendar(SHIPPED)
