"""``change``: the table of article 12 through the command line, its fixed keys, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .program import call, refused

SAID = ("--content", "small", "--meets-review", "--at", "2026-05-01")
FIXED = {"route", "gross", "cumulative", "ratio_percent", "reasons", "findings"}


@pytest.mark.parametrize(
    ("base", "gross", "earlier", "route", "reasons", "ratio"),
    [
        ("2000000", "300000", (), "joint", ["amount"], "15.00"),
        ("1000000", "150000.00", (), "filing", [], "15.00"),
        ("1000000", "150000.01", (), "joint", ["ratio"], "15.00"),
        ("1333300", "199900", (), "filing", [], "14.99"),
        ("1333300", "200000", (), "joint", ["amount", "ratio"], "15.00"),
        ("1000000", "80000", ("80000",), "joint", ["cumulative_ratio"], "8.00"),
        ("5000000", "100000", ("60000", "40000"), "joint", ["cumulative_amount"], "2.00"),
        ("5000000", "99999.99", ("100000",), "filing", [], "2.00"),
        ("1000000", "0", (), "filing", [], "0.00"),
    ],
)
def test_the_table_of_article_12(
    base: str, gross: str, earlier: tuple[str, ...], route: str, reasons: list[str], ratio: str
) -> None:
    words = ["change", "--base", base, "--gross", gross, *SAID]
    for amount in earlier:
        words += ["--earlier", amount]
    plain = call(*words, "--json")
    assert plain.code == 0  # a joint route alone is fine
    assert plain.stderr == ""
    assert plain.json.keys() >= FIXED
    assert (plain.json["route"], plain.json["reasons"], plain.json["ratio_percent"]) == (route, reasons, ratio)
    assert ("会同审核" if route == "joint" else "备案") in call(*words).stdout.splitlines()[0]
    assert ("joint" if route == "joint" else "filing") in call(*words, "--lang", "en").stdout.splitlines()[0]


def test_amounts_have_exactly_two_decimals() -> None:
    data = call("change", "--base", "1000000", "--gross", "150000.1", "--earlier", "5", *SAID, "--json").json
    assert (data["base"], data["gross"], data["cumulative"]) == ("1000000.00", "150000.10", "150005.10")


def test_left_out_content_and_review_mean_small_and_met_with_a_note() -> None:
    data = call("change", "--base", "1000000", "--gross", "1", "--at", "2026-05-01", "--json").json
    assert data["route"] == "filing"
    codes = {f["code"]: f["severity"] for f in data["findings"]}
    assert codes["art12.content_assumed"] == codes["art12.review_assumed"] == "note"
    said = call("change", "--base", "1000000", "--gross", "1", *SAID, "--json").json
    assert not {"art12.content_assumed", "art12.review_assumed"} & {f["code"] for f in said["findings"]}


@pytest.mark.parametrize(
    ("words", "reasons"),
    [
        (("--content", "considerable", "--meets-review"), ["content"]),
        (("--content", "变动较大", "--meets-review"), ["content"]),
        (("--content", "small", "--fails-review"), ["review"]),
        (("--content", "considerable", "--fails-review"), ["content", "review"]),
    ],
)
def test_what_the_centre_found_leads_to_joint_examination(words: tuple[str, ...], reasons: list[str]) -> None:
    data = call("change", "--base", "1000000", "--gross", "1", *words, "--at", "2026-05-01", "--json").json
    assert (data["route"], data["reasons"]) == ("joint", reasons)


@pytest.mark.parametrize("as_mapping", [False, True])
@pytest.mark.parametrize("suffix", [".yaml", ".json", ".txt"])
def test_lines_from_a_file(tmp_path: Path, suffix: str, as_mapping: bool) -> None:
    rows = [
        {"line": "定制软件", "before": "100000.00", "after": "140000.00"},
        {"line": 2, "before": "40000.00", "after": "0.00"},
    ]
    file = tmp_path / f"明细{suffix}"
    file.write_text(json.dumps({"lines": rows} if as_mapping else rows, ensure_ascii=False, indent=1), encoding="utf-8")
    data = call("change", "--base", "500000", "--lines", file, *SAID, "--json").json
    assert (data["route"], data["gross"], data["net"], data["ratio_percent"]) == ("joint", "80000.00", "0.00", "16.00")
    assert data["largest"] == {"line": "定制软件", "before": "100000.00", "after": "140000.00"}
    assert "增减相抵：0.00元" in call("change", "--base", "500000", "--lines", file, *SAID).stdout


@pytest.mark.parametrize(
    ("words", "says", "field"),
    [
        (("--base", "0", "--gross", "1"), "大于零", "--base"),
        (("--base", "0.00", "--gross", "1"), "大于零", "--base"),
        (("--base", "1e30", "--gross", "1"), "两位小数", "--base"),
        (("--base", "NaN", "--gross", "1"), "两位小数", "--base"),
        (("--base", "100", "--gross", "-1"), "非负数", "--gross"),
        (("--base", "100", "--gross", "1.005"), "两位小数", "--gross"),
        (("--base", "1,000", "--gross", "1"), "千分位", "--base"),
        (("--base", "100", "--gross", "一"), "两位小数", "--gross"),
        (("--base", "100", "--gross", ""), "两位小数", "--gross"),
        (("--base", "100", "--gross", "1", "--earlier", "inf"), "两位小数", "--earlier"),
        (("--base", "1" + "0" * 12, "--gross", "1"), "两位小数", "--base"),
        (("--gross", "1"), "必填", "--base"),
        (("--base", "100"), "--lines", "--gross"),
        (("--base", "100", "--gross", "1", "--lines", "x"), "只选一个", "--gross"),
        (("--base", "100", "--gross", "1", "--content", "large"), "small、considerable", "--content"),
        (
            ("--base", "100", "--gross", "1", "--meets-review", "--fails-review"),
            "不能与 --meets-review",
            "--fails-review",
        ),
        (("--base", "100", "--gross", "1", "--at", "2021-02-29"), "不是存在的日期", "--at"),
        (("--base", "100", "--gross", "1", "--at", "2020-08-04"), "最早自2020年8月5日起", None),
    ],
)
def test_what_is_refused(words: tuple[str, ...], says: str, field: str | None) -> None:
    refused("change", *words, says=says, field=field)


def test_full_width_digits_are_read() -> None:
    data = call("change", "--base", "１０００", "--gross", "１．５", *SAID, "--json").json
    assert (data["base"], data["gross"]) == ("1000.00", "1.50")


ROW = '- {line: 软件, before: "1.00", after: "2.00"}\n'


@pytest.mark.parametrize(
    ("text", "says", "line", "field"),
    [
        (ROW + ROW, "与第1行的一项重复", 2, "[2].line"),
        ('- {line: 软件, before: 1.00, after: "2.00"}\n', "须加引号", 1, "[1].before"),
        ('- {line: 软件, before: 1, after: "2.00"}\n', "须加引号", 1, "[1].before"),
        ('- {line: 软件, before: "1.00"}\n', "缺少“after”", 1, "[1]"),
        ('- {line: 软件, before: "1.00", after: "2.00", reason: 无}\n', "未知的字段“reason”", 1, "[1].reason"),
        ('- {line: "", before: "1.00", after: "2.00"}\n', "名称或序号", 1, "[1].line"),
        ('- {line: 软件, before: "-1.00", after: "2.00"}\n', "非负数", 1, "[1].before"),
        ('- {line: 软件, before: "1.001", after: "2.00"}\n', "两位小数", 1, "[1].before"),
        (ROW + '- {line: 硬件, before: "１e9", after: "2.00"}\n', "两位小数", 2, "[2].before"),
        ("[]\n", "至少一项", 1, None),
        ("lines: []\n", "至少一项", 1, "lines"),
        ("lines:\n" + ROW + "other: 1\n", "未知的字段“other”", 3, "other"),
        ("- 软件\n", "line、before、after", 1, "[1]"),
        ("软件\n", "列表", 1, None),
    ],
)
def test_lines_that_cannot_be_read_are_refused_with_their_line(
    tmp_path: Path, text: str, says: str, line: int, field: str | None
) -> None:
    file = tmp_path / "明细.yaml"
    file.write_text(text, encoding="utf-8")
    refused("change", "--base", "100.00", "--lines", file, says=says, line=line, file=file, field=field)
