"""``dates``: periods by the Civil Code and working days, in both languages and as JSON."""

from __future__ import annotations

from pathlib import Path

import pytest

from .program import call, refused

ENDS_EARLY = """\
name: 演示安排
years:
  "2026":
    holidays:
      元旦: ["01-01"]
    make_up_days: []
"""


@pytest.mark.parametrize(
    ("start", "length", "last_day", "opens_on"),
    [
        ("2020-11-30", ("--months", "3"), "2021-02-28", "2021-03-01"),
        ("2023-11-30", ("--months", "3"), "2024-02-29", "2024-03-01"),
        ("2024-02-29", ("--years", "2"), "2026-02-28", "2026-03-01"),
        ("2026-03-02", ("--months", "3"), "2026-06-02", "2026-06-03"),
        ("2019-01-31", ("--months", "1"), "2019-02-28", "2019-03-01"),  # no first date
        ("1999-12-31", ("--years", "1"), "2000-12-31", "2001-01-01"),
        (
            "2026-09-18",
            ("--working-days", "10"),
            "2026-10-09",
            "2026-10-10",
        ),  # 20 September is worked, 25–27 and 1–7 are off
        ("2026-02-13", ("--working-days", "1"), "2026-02-14", "2026-02-15"),  # a make-up Saturday
        ("2026-02-14", ("--working-days", "1"), "2026-02-24", "2026-02-25"),
        ("2026-09-02", ("--months", "1"), "2026-10-02", "2026-10-03"),  # never shifted unless asked
        ("2026-09-02", ("--months", "1", "--shift-holidays"), "2026-10-08", "2026-10-09"),
        ("2026-04-01", ("--months", "1", "--shift-holidays"), "2026-05-06", "2026-05-07"),
        ("2026-09-30", ("--working-days", "1", "--weekends-only"), "2026-10-01", "2026-10-02"),
    ],
)
def test_last_day_and_the_day_after(start: str, length: tuple[str, ...], last_day: str, opens_on: str) -> None:
    plain = call("dates", "--from", start, *length, "--json")
    assert plain.code == 0
    assert plain.stderr == ""
    assert (plain.json["last_day"], plain.json["opens_on"]) == (last_day, opens_on)
    year, month, day = (int(part) for part in last_day.split("-"))
    assert f"最后一日：{year}年{month}月{day}日（星期" in call("dates", "--from", start, *length).stdout
    assert f"Last day: {last_day} (" in call("dates", "--from", start, *length, "--lang", "en").stdout


def test_full_width_digits_are_read() -> None:
    assert call("dates", "--from", "２０２６-０３-０２", "--months", "３", "--json").json["last_day"] == "2026-06-02"


def test_weekends_only_is_marked_as_an_estimate() -> None:
    words = ("dates", "--from", "2030-01-04", "--working-days", "5", "--weekends-only")
    assert call(*words, "--json").json["estimate"] is True
    assert "估计" in call(*words).stdout
    assert "estimate" in call(*words, "--lang", "en").stdout
    assert call("dates", "--from", "2026-01-04", "--working-days", "5", "--json").json["estimate"] is False


def test_a_last_day_off_is_mentioned_but_not_moved() -> None:
    assert "--shift-holidays" in call("dates", "--from", "2026-09-02", "--months", "1").stdout
    assert "--shift-holidays" not in call("dates", "--from", "2026-09-08", "--months", "1").stdout
    assert call("dates", "--from", "2026-09-02", "--months", "1", "--shift-holidays", "--json").json["shifted"] is True


def test_a_calendar_of_ones_own(tmp_path: Path) -> None:
    file = tmp_path / "放假安排.yaml"
    file.write_text(ENDS_EARLY.replace('元旦: ["01-01"]', '演示假: ["03-03"]'), encoding="utf-8")
    words = ("dates", "--from", "2026-03-02", "--working-days", "1", "--json")
    assert call(*words).json["last_day"] == "2026-03-03"
    own = call(*words, "--calendar", file).json
    assert (own["last_day"], own["calendar"]) == ("2026-03-04", "演示安排")


@pytest.mark.parametrize(
    ("words", "says", "field"),
    [
        (("--from", "2021-02-29", "--months", "1"), "不是存在的日期", "--from"),
        (("--from", "20200931", "--months", "1"), "YYYY-MM-DD", "--from"),
        (("--from", "2020-09-31", "--months", "1"), "不是存在的日期", "--from"),
        (("--from", "1899-12-31", "--months", "1"), "1900", "--from"),
        (("--from", "2026-01-01"), "没有写明期间长短", "--months"),
        (("--from", "2026-01-01", "--months", "1", "--years", "1"), "同时写了 --months、--years", "--months"),
        (("--from", "2026-01-01", "--months", "0"), "1至1200", "--months"),
        (("--from", "2026-01-01", "--months", "-1"), "1至1200", "--months"),
        (("--from", "2026-01-01", "--months", "1.5"), "整数", "--months"),
        (("--from", "2026-01-01", "--months", "1e3"), "整数", "--months"),
        (("--from", "2026-01-01", "--years", "101"), "1至100", "--years"),
        (("--from", "2950-01-01", "--years", "100"), "太长", None),
        (("--from", "2026-01-01", "--working-days", "NaN"), "整数", "--working-days"),
        (("--from", "2026-12-30", "--working-days", "10"), "没有2027年", None),
        (("--from", "2026-12-02", "--months", "1", "--shift-holidays"), "没有2027年", None),
        (
            ("--from", "2026-01-01", "--working-days", "1", "--calendar", "x", "--weekends-only"),
            "不能与 --calendar 同时",
            "--weekends-only",
        ),
    ],
)
def test_what_cannot_be_worked_out_is_refused(words: tuple[str, ...], says: str, field: str | None) -> None:
    refused("dates", *words, says=says, field=field)


def test_a_calendar_that_ends_too_early_is_named(tmp_path: Path) -> None:
    file = tmp_path / "放假安排.yaml"
    file.write_text(ENDS_EARLY, encoding="utf-8")
    refused("dates", "--from", "2026-12-30", "--working-days", "5", "--calendar", file, says="没有2027年", file=file)


@pytest.mark.parametrize(
    ("text", "says", "line"),
    [
        ('name: 演示\nyears:\n  "2026":\n    holidays:\n      元旦: ["02-30"]\n', "不存在的日期", 5),
        ("name: 演示\nyears: {}\n", "逐年", 2),
        ("name: 演示\nyear: {}\n", "name、years", 1),
    ],
)
def test_a_calendar_that_is_none_is_refused_with_its_line(tmp_path: Path, text: str, says: str, line: int) -> None:
    file = tmp_path / "放假安排.yaml"
    file.write_text(text, encoding="utf-8")
    refused("dates", "--from", "2026-01-05", "--working-days", "5", "--calendar", file, says=says, file=file, line=line)


def test_a_missing_calendar_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "没有.yaml"
    refused("dates", "--from", "2026-01-05", "--working-days", "5", "--calendar", file, file=file)
