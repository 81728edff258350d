"""``dates``: the last day of a period, and the day after it."""

from __future__ import annotations

from datetime import date

from kaihua_infoproj.cli import output
from kaihua_infoproj.cli.arguments import DAY, FILE, count
from kaihua_infoproj.cli.files import read_structured
from kaihua_infoproj.cli.framework import Command, Option
from kaihua_infoproj.cli.settings import Settings
from kaihua_infoproj.policy.calendar import WEEKENDS_ONLY, Period, WorkCalendar, load_calendar, period, shipped_calendar
from kaihua_infoproj.policy.errors import InputError
from kaihua_infoproj.policy.text import Text, date_text

_LENGTHS = ("--months", "--years", "--working-days")
_WEEKDAYS = Text("一二三四五六日", "Mon Tue Wed Thu Fri Sat Sun")


def run(
    settings: Settings,
    start: date,
    months: int | None,
    years: int | None,
    working_days: int | None,
    calendar: str | None,
    weekends_only: bool,
    shift_holidays: bool,
) -> int:
    """Work out the period and print it."""
    given = [name for name, value in zip(_LENGTHS, (months, years, working_days), strict=True) if value is not None]
    if len(given) != 1:
        zh = f"同时写了 {'、'.join(given)}" if given else "没有写明期间长短"
        en = f"{', '.join(given)} are given together" if given else "No length is given"
        raise InputError(
            f"{zh}，请从 --months、--years、--working-days 中只选一个。",
            f"{en}; give exactly one of --months, --years, --working-days.",
            field=(given or _LENGTHS)[0],
        )
    if calendar and weekends_only:
        raise InputError(
            "不能与 --calendar 同时使用：要么按节假日安排计算，要么只按周末估算。",
            "It cannot go with --calendar: either a calendar or weekends only.",
            field="--weekends-only",
        )
    used = _calendar(calendar, weekends_only)
    try:
        result = period(
            start,
            months=months or 0,
            years=years or 0,
            working_days=working_days or 0,
            calendar=used,
            shift_holidays=shift_holidays,
        )
    except InputError as error:
        raise _with_way_out(error, calendar) from None
    estimate = used.estimate and bool(working_days or shift_holidays)
    if settings.json:
        output.print_json(
            {
                "from": start.isoformat(),
                "last_day": result.last_day.isoformat(),
                "opens_on": result.opens_on.isoformat(),
                "estimate": estimate,
                "shifted": result.last_day != _unshifted(start, months, years, result.last_day),
                "calendar": used.name if working_days or shift_holidays else None,
            }
        )
    else:
        _print(
            settings,
            start,
            _length(settings, months, years, working_days),
            result,
            used,
            shift_holidays or bool(working_days),
            estimate,
        )
    return 0


def _calendar(file: str | None, weekends_only: bool) -> WorkCalendar:
    if weekends_only:
        return WEEKENDS_ONLY
    return load_calendar(read_structured(file)) if file else shipped_calendar()


def _with_way_out(error: InputError, file: str | None) -> InputError:
    """Say by which option the year that a calendar lacks can be had."""
    return InputError(
        error.zh.rstrip("。") + "（对应选项：--calendar 文件、--weekends-only）。",
        error.en.rstrip(".") + " (options --calendar FILE, --weekends-only).",
        file=file or error.file,
        line=error.line,
        field=error.field or ("--calendar" if file else ""),
    )


def _unshifted(start: date, months: int | None, years: int | None, last: date) -> date:
    if not (months or years):
        return last
    return period(start, months=months or 0, years=years or 0).last_day


def _length(settings: Settings, months: int | None, years: int | None, working_days: int | None) -> str:
    number, unit = (
        (months, Text("个月", "month"))
        if months
        else (years, Text("年", "year"))
        if years
        else (working_days, Text("个工作日", "working day"))
    )
    return settings.say(Text(f"{number}{unit.zh}", f"{number} {unit.en}{'' if number == 1 else 's'}"))


def _day(day: date, settings: Settings) -> str:
    text = date_text(day, settings.lang)
    if settings.lang == "zh":
        return f"{text}（星期{_WEEKDAYS.zh[day.weekday()]}）"
    return f"{text} ({_WEEKDAYS.en.split()[day.weekday()]})"


def _print(
    settings: Settings, start: date, length: str, result: Period, used: WorkCalendar, shifted: bool, estimate: bool
) -> None:
    say = settings.say
    output.item(
        say(Text("期间：", "Period: ")),
        say(
            Text(
                f"自{date_text(start, 'zh')}起{length}（起始当日不计入）",
                f"{length} from {start} (the first day is not counted)",
            )
        ),
    )
    output.item(say(Text("最后一日：", "Last day: ")), _day(result.last_day, settings))
    output.item(
        say(Text("次日：", "Opens on: ")),
        _day(result.opens_on, settings)
        + say(Text("——须等期满的事项自这一天起可以办理", " – what must wait for the period may begin on this day")),
    )
    if estimate:
        output.item(
            say(Text("注意：", "Note: ")),
            say(
                Text(
                    "这是只按周末推算的估计，未计法定节假日和调休，正式期限以公布的放假安排为准。",
                    "This is an estimate by weekends only, without holidays and make-up days; the official "
                    "calendar decides.",
                )
            ),
        )
    elif not shifted and _is_day_off(result.last_day, used):
        output.item(
            say(Text("提示：", "Note: ")),
            say(
                Text(
                    "最后一日不是工作日。须在期限内完成的事项可加 --shift-holidays 顺延到下一工作日；"
                    "等待期（试运行、限制申报、评估）和固定日期不顺延。",
                    "The last day is not worked. A deadline for an act moves to the next working day with "
                    "--shift-holidays; waiting periods and fixed dates do not move.",
                )
            ),
        )


def _is_day_off(day: date, used: WorkCalendar) -> bool:
    try:
        return not used.is_working_day(day)
    except InputError:
        return False


COMMAND = Command(
    "dates",
    run,
    Text(
        "计算期间：最后一日，以及次日。\n"
        "起始当日不计入；按月、年计算的，止于对应日，没有对应日的止于月末；除非写明 --shift-holidays，最后一日不因节假日顺延。",
        "Work out a period: its last day, and the day after.\n"
        "The first day is not counted; months and years end on the corresponding day or the month's last; the last day "
        "is never moved for holidays unless --shift-holidays is given.",
    ),
    [
        Option(["--from", "start"], DAY, Text("起始日，如 2026-03-02", "first day, such as 2026-03-02"), required=True),
        Option(["--months"], count(1, 1200), Text("期间为多少个月", "length in months")),
        Option(["--years"], count(1, 100), Text("期间为多少年", "length in years")),
        Option(["--working-days"], count(1, 5000), Text("期间为多少个工作日", "length in working days")),
        Option(
            ["--calendar"],
            FILE,
            Text("节假日安排文件，默认随附的国务院办公厅放假安排", "calendar file; default the shipped one"),
        ),
        Option(
            ["--weekends-only"],
            None,
            Text("不计节假日，只按周末估算，结果标为估计", "count weekends only; the result is marked as an estimate"),
        ),
        Option(
            ["--shift-holidays"],
            None,
            Text("最后一日是休息日时顺延到下一工作日", "move a last day that is a day off to the next working day"),
        ),
    ],
    [
        (
            "dates --from 2026-03-02 --months 3",
            Text("3月2日开始试运行，满3个月后哪一天可以申请验收", "trial began on 2 March: when is it over"),
        ),
        (
            "dates --from 2026-09-18 --working-days 10",
            Text("9月18日送达补正通知，10个工作日的最后一天", "ten working days from a notice served on 18 September"),
        ),
        (
            "dates --from 2026-04-01 --months 1 --shift-holidays",
            Text("期限末日遇节假日时顺延", "a deadline that moves past a holiday"),
        ),
    ],
)
