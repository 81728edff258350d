"""The loader of form schemas is strict: a mistake in a schema is told with its file, line and key."""

from __future__ import annotations

import pytest

from kaihua_infoproj.policy.errors import InputError
from kaihua_infoproj.policy.form_files import read_form, read_options
from kaihua_infoproj.policy.forms import FOLDER, Form, form_names, missing_fields, option_lists
from kaihua_infoproj.policy.strict_yaml import read_bytes

FRAME = """form: probe
doctype: Probe
zh: 试表
en: Probe form
demands:
  everyone: {{all: form}}
sections:
  one:
    zh: 一
    en: One
    fields:
      {0}
"""


def made(fields: str, frame: str = FRAME) -> Form:
    return read_form(read_bytes(frame.format(fields).encode(), file="probe.yaml"), option_lists())


GOOD = "a: {type: data, zh: 甲, en: A A}"


def test_a_good_probe_is_read() -> None:
    form = made("a: {type: int, zh: 甲, en: A A, minimum: 1, required: everyone, by: centre, also: [b]}")
    assert form.by_name["b"] is form.field("a")
    assert form.field("a").minimum == 1
    assert form.sections[0].by == "unit"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ("a: {type: data, zh: 甲, en: A A, lenght: 3}", "lenght"),
        ("a: {type: data, en: A A}", "缺少“zh”"),
        ("a: {zh: 甲, en: A A}", "缺少“type”"),
        ("a: {type: word, zh: 甲, en: A A}", "type 只能是"),
        ("A: {type: data, zh: 甲, en: A A}", "字段名只用小写"),
        ("a: {type: select, zh: 甲, en: A A}", "须写明 options"),
        ("a: {type: select, options: natures, zh: 甲, en: A A}", "没有选项“natures”"),
        ("a: {type: data, options: nature, zh: 甲, en: A A}", "options 只用于"),
        ("a: {type: link, zh: 甲, en: A A}", "须写明 link"),
        ("a: {type: table, zh: 甲, en: A A}", "须写明 rows"),
        (
            "a: {type: table, zh: 甲, en: A A, rows: {b: {type: table, zh: 乙, en: B B, rows: {c: {type: int}}}}}",
            "缺少“en”",
        ),
        ("a: {type: table, zh: 甲, en: A A, rows: {b: {type: table, zh: 乙, en: B B, rows: {}}}}", "表内不能再有表"),
        ("a: {type: data, zh: 甲, en: A A, derived: maybe}", "true 或 false"),
        ("a: {type: int, zh: 甲, en: A A, minimum: one}", "应是整数"),
        ("a: {type: data, zh: 甲, en: A A, required: nobody}", "没有名为“nobody”"),
        ("a: {type: data, zh: 甲, en: A A, required: {somebody: form}}", "只能是 all"),
        ("a: {type: data, zh: 甲, en: A A, required: {all: 4}}", "条号须加引号"),
        ("a: {type: data, zh: 甲, en: A A, required: {all: art4}}", "条号须加引号"),
        ("a: {type: data, zh: 甲, en: A A, when: {b: [new]}}", "不是同一张表的字段"),
        ("a: {type: data, zh: 甲, en: A A, when: {c: new}}\n      c: {type: data, zh: 丙, en: C C}", "取值的列表"),
        (
            (
                "a: {type: data, zh: 甲, en: A A, unless: {c: [old]}}\n"
                "      c: {type: select, options: nature, zh: 丙, en: C C}"
            ),
            "没有取值“old”",
        ),
        ("a: {type: data, zh: 甲, en: A A, kinds: [school]}", "kinds 只能是"),
        ("a: {type: data, zh: 甲, en: A A, by: nobody}", "by 只能是"),
        ("a: {type: data, zh: 甲, en: A A, help_zh: 帮助}", "须同时写"),
        ("a: {type: data, zh: 甲, en: A A, also: b}", "文字列表"),
        ("a: {type: data, zh: 甲, en: A A, also: [b]}\n      b: {type: data, zh: 乙, en: B B}", "“b”重复"),
        ("form: {type: data, zh: 甲, en: A A}", "“form”重复"),
        ("a: {type: data, zh: '', en: A A}", "这里应是文字"),
        ("a: text", "键: 值"),
        ("a: {type: table, zh: 甲, en: A A, rows: {b: {type: money, zh: 乙, en: B B, product: [c]}}}", "没有列“c”"),
    ],
)
def test_a_wrong_schema_is_refused_with_its_place(fields: str, said: str) -> None:
    with pytest.raises(InputError) as error:
        made(fields)
    assert said in error.value.zh
    assert error.value.file == "probe.yaml"
    assert error.value.line >= 12


def test_unknown_keys_of_form_and_section_are_refused() -> None:
    with pytest.raises(InputError, match="未知的键“colour”"):
        made(GOOD, FRAME + "colour: red\n")
    with pytest.raises(InputError, match="未知的键“title”"):
        made(GOOD, FRAME.replace("    en: One\n", "    en: One\n    title: x\n"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nature:\n  new: {zh: 新建}\n  old: {zh: 新建}\n", "无法区分"),
        ("nature:\n  new: {zh: 新建, colour: red}\n", "未知的键"),
        ("nature:\n  new: {en: New}\n", "缺少“zh”"),
        ("nature: {}\n", "不能为空"),
    ],
)
def test_wrong_options_are_refused(text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_options(read_bytes(text.encode(), file="options.yaml"))


def test_options_are_no_form() -> None:
    assert (FOLDER / "options.yaml").exists()
    assert "options" not in form_names()


def test_a_multiple_choice_meets_a_condition_by_any_of_its_values() -> None:
    form = made(
        "a: {type: multi, options: nature, zh: 甲, en: A A}\n"
        "      b: {type: data, zh: 乙, en: B B, required: {all: form}, when: {a: [new]}}"
    )
    assert [m.path for m in missing_fields(form, {"a": ["service", "new"]}, "")] == ["b"]
    assert [m.path for m in missing_fields(form, {"a": ["service"]}, "")] == []
