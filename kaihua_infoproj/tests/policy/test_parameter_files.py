"""Reading parameter files: strict, each error with file, line and field."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kaihua_infoproj.policy.errors import InputError, ParameterError
from kaihua_infoproj.policy.parameter import (
    article_text,
    load_folder,
    read_value,
    value_text,
)
from kaihua_infoproj.policy.strict_yaml import UnquotedNumber

from .sample_parameters import ONE, parameters

# --- reading files ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "old, new, line, words",
    [
        ("  unit: yuan\n", "", 3, "缺少“unit”"),
        ("unit: yuan", "unit: 元", 6, "未知的单位“元”"),
        ("unit: yuan", "unit: [yuan]", 6, "未知的单位"),
        ("kind: money", "kind: amount", 5, "kind 只能是"),
        ("tighten: lower", "tighten: down", 7, "tighten 只能是"),
        ("  zh: 限额\n", "  zh: 限额\n  zh: 上限\n", 4, "“zh”重复出现"),
        ("  en: limit\n", "  en: limit\n  label: x\n", 5, "未知的键“label”"),
        ('value: "200000.00"', "value: 200000.00", 9, "须加引号"),
        ('value: "200000.00"', "value: 200000", 9, "须加引号"),
        ('value: "200000.00"', 'value: "2e5"', 9, "非负数"),
        ('value: "200000.00"', "value: [1]", 9, "须加引号"),
        ("from: 2024-01-01", "from: 2020-08-05", 10, "起始日期须逐行递增"),
        ("from: 2024-01-01", "from: 2020-08-04", 10, "起始日期须逐行递增"),
        ("from: 2020-08-05", "from: 2021-02-29", 9, "不是日期"),
        ("from: 2020-08-05", "from: 20200805", 9, "不是日期"),
        ("from: 2020-08-05, ", "", 9, "缺少“from”"),
        ("document: 甲办法, ", "", 9, "缺少“document”"),
        ("document: 甲办法", "document: 12.5", 9, "这里应是文字"),
        ("document: 甲办法", 'document: " "', 9, "这里应是文字"),
        ('article: "12"', "article: 12", 9, "这里应是文字"),
        ("judgement: true", "judgement: maybe", 10, "judgement 只能是"),
        ("note: 修订", "remark: 修订", 10, "未知的键“remark”"),
        ("limit:\n", "Limit:\n", 3, "参数名只用小写字母"),
    ],
)
def test_refused_parameter_files_name_file_line_and_field(old: str, new: str, line: int, words: str) -> None:
    assert old in ONE
    with pytest.raises(InputError) as caught:
        parameters(ONE.replace(old, new, 1))
    error = caught.value
    assert words in error.zh and error.en and error.file == "参数.yaml" and error.line == line and error.field


@pytest.mark.parametrize(
    "text, words",
    [
        ("- 1\n", "最外层应是参数名"),
        ("x: 1\n", "若干“键: 值”"),
        ("x: {zh: 甲, en: a, kind: money, unit: yuan, tighten: lower, values: []}\n", "至少要有一行"),
        ("x: {zh: 甲, en: a, kind: money, unit: yuan, tighten: lower, values: 1}\n", "至少要有一行"),
        ("x: {zh: 甲, en: a, kind: money, unit: yuan, tighten: lower, values: [1]}\n", "若干“键: 值”"),
    ],
)
def test_refused_shapes(text: str, words: str) -> None:
    with pytest.raises(ParameterError, match=words):
        parameters(text)


def test_a_name_stands_in_one_file_only(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(ONE, encoding="utf-8")
    assert set(load_folder(tmp_path)) == {"limit"}
    (tmp_path / "b.yaml").write_text(ONE, encoding="utf-8")
    with pytest.raises(ParameterError, match="另一个文件里已经定义") as caught:
        load_folder(tmp_path)
    assert caught.value.file.endswith("b.yaml")


@pytest.mark.parametrize(
    "kind, value, result",
    [
        ("money", "1.5", Decimal("1.50")),
        ("decimal", "7.5", Decimal("7.5")),
        ("integer", 0, 0),
        ("text", "甲", "甲"),
        ("month_day", "02-29", "02-29"),
        ("flag", False, False),
        ("list", ["a"], ("a",)),
        ("table", {"a": "1"}, (("a", Decimal(1)),)),
    ],
)
def test_values_that_are_read(kind: str, value: Any, result: Any) -> None:
    assert read_value(kind, value) == result


@pytest.mark.parametrize(
    "kind, value",
    [
        ("money", UnquotedNumber("1.5")),
        ("money", 1),
        ("money", None),
        ("decimal", 7),
        ("decimal", UnquotedNumber("7.5")),
        ("decimal", "x"),
        ("integer", "3"),
        ("integer", -1),
        ("integer", True),
        ("integer", None),
        ("text", ""),
        ("text", " "),
        ("text", 1),
        ("month_day", "02-30"),
        ("month_day", "9-30"),
        ("month_day", "0930"),
        ("month_day", 930),
        ("month_day", "13-01"),
        ("flag", "true"),
        ("flag", 1),
        ("list", []),
        ("list", "a"),
        ("list", ["a", "a"]),
        ("list", ["a", 1]),
        ("table", {}),
        ("table", []),
        ("table", {"a": 1}),
    ],
)
def test_values_that_are_refused(kind: str, value: Any) -> None:
    with pytest.raises(InputError) as caught:
        read_value(kind, value)
    assert caught.value.zh and caught.value.en


def test_values_as_json_holds_them() -> None:
    assert value_text("money", Decimal("200000")) == "200000.00"
    assert value_text("decimal", Decimal("15.0")) == "15"
    assert value_text("integer", 3) == 3
    assert value_text("list", ("a", "b")) == ["a", "b"]
    assert value_text("table", (("a", Decimal("1.50")),)) == [["a", "1.5"]]


@pytest.mark.parametrize(
    "article, zh, en",
    [
        ("3", "第三条", "art. 3"),
        ("10", "第十条", "art. 10"),
        ("12", "第十二条", "art. 12"),
        ("20", "第二十条", "art. 20"),
        ("49", "第四十九条", "art. 49"),
        ("3.4", "第三条第四项", "art. 3(4)"),
        ("form", "申报表", "the form"),
        ("功能点", "功能点", "功能点"),
    ],
)
def test_articles_as_people_cite_them(article: str, zh: str, en: str) -> None:
    assert article_text(article) == (zh, en)
