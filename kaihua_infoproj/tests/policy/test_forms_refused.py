"""What cannot be read is refused: each with file, line, field and what is allowed, and all of it at once."""

from __future__ import annotations

import pytest

from kaihua_infoproj.policy.errors import InputError, InputErrors
from kaihua_infoproj.policy.form_reading import MOST_PROBLEMS, read_paper
from kaihua_infoproj.policy.forms import load_form
from kaihua_infoproj.policy.strict_yaml import Located

from .forms_read import problem, problems, read

DECLARATION = load_form("declaration")
CHANGE = load_form("change")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("planned_start: 2021-02-29\n", "不是存在的日期"),
        ("planned_start: 20200931\n", "YYYY-MM-DD"),
        ("planned_start: 2026/09/30\n", "YYYY-MM-DD"),
        ("planned_start: 0001-01-01\n", "年份应在"),
        ("planned_start: [2026-09-30]\n", "不能是列表"),
        ("handed_in_at: 昨天\n", "不是带时区的时刻"),
        ("handed_in_at: 2026-02-30 10:00\n", "不是带时区的时刻"),
        ("plan_year: 二〇二七\n", "整数"),
        ("plan_year: 2027.0\n", "整数"),
        ('plan_year: "1e3"\n', "整数"),
        ("plan_year: true\n", "整数"),
        ("plan_year: 1999\n", "不能小于2000"),
        ("plan_year: 3000\n", "最大为2999"),
        ("expected_users: -1\n", "不能小于0"),
        ("expected_users: 9999999999999\n", "数值过大"),
        ("expected_users: 许多\n", "整数"),
        ("targets:\n  - baseline: 很多\n", "十进制"),
        ("targets:\n  - baseline: .nan\n", "十进制"),
        ("targets:\n  - baseline: 1e30\n", "十进制"),
        ("targets:\n  - baseline: -1\n", "十进制"),
        ("targets:\n  - baseline: true\n", "应是数字"),
        ("targets:\n  - weight: 101\n", "不能大于100"),
        ("is_cross_department: 也许\n", "true（是）或 false（否）"),
        ("is_cross_department: 1\n", "true（是）或 false（否）"),
        ("project_name: true\n", "这里应是文字"),
        ("project_name: {a: b}\n", "不能是列表或下一层"),
        ('project_name: "甲\\n乙"\n', "只能写一行"),
        ('project_name: "甲\\x07"\n', "控制字符"),
        ('necessity: "甲\\u202e乙"\n', "控制字符"),
        (f"project_name: {'长' * 121}\n", "最多120个字，现有121个字"),
        (f"leader_post: {'长' * 141}\n", "最多140个字"),
        (f"usage_note: {'长' * 2001}\n", "最多2000个字"),
        ("entry_points: [浙里办, Zheliban]\n", "“浙里办”重复选择"),
        ("targets: 无\n", "每行以“- ”开头"),
        ("targets: {indicator: 用时}\n", "每行以“- ”开头"),
        ("targets:\n  - 用时\n", "若干“列名: 内容”"),
        ("targets:\n  - indicator:\n  - indicator: 用时\n", "这一行是空的"),
        ("targets:\n  -\n  - indicator: 用时\n", "这一行是空的"),
        ("form_kind: 运维类\nnature: 新建\n", "申报表类别是“建设类”"),
        ("competent_conclusion: 同意转报\nconclusion: 同意转报\n", "只能写一次"),
        ("targets:\n  - indicater: 用时\n", "是否应为 indicator（指标）"),
        ("targets:\n  - zzz: 用时\n", "未知的列“zzz”，可用：level_1"),
        ("projct_name: 甲\n", "是否应为 project_name（项目名称）"),
        ("项目名称: 甲\n", "是否应为 project_name（项目名称）"),
        ("建设的必要性: 甲\n", "是否应为 necessity（建设必要性）"),
        ("zzzzzz: 甲\n", "没有字段“zzzzzz”"),
    ],
)
def test_what_cannot_be_read_is_refused(text: str, said: str) -> None:
    message = problem(text)
    assert said in message
    assert message.startswith("申报表.yaml，第")
    assert "字段 " in message


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("新建项", "是否应为“新建”？可填：新建、续建、升级改造、运行维护、咨询评估与服务外包。"),
        ("甲", "“甲”不在可选范围内。可填：新建"),
        ("true", "“true”不在可选范围内"),
        ("[新建]", "不能是列表"),
        ("1.5", "“1.5”不在可选范围内"),
    ],
)
def test_a_wrong_option_lists_the_right_ones(value: str, said: str) -> None:
    assert said in problem(f"nature: {value}\n")


def test_the_english_sentence_says_the_same() -> None:
    with pytest.raises(InputErrors) as error:
        read("nature: old\n")
    assert error.value.message("en") == (
        "申报表.yaml, line 2, field nature: “old” is not an option. Allowed: “new”, “continued”, “upgrade”, “O&M”, "
        "“service”."
    )


def test_a_long_wrong_value_is_cut() -> None:
    message = problem(f"nature: {'长' * 500}\n")
    assert "长" * 40 + "…" in message
    assert "长" * 41 not in message


def test_form_must_be_the_right_one() -> None:
    with pytest.raises(InputError, match="form: change"):
        read_paper(CHANGE, {"form": "declaration"})


def test_the_two_names_of_a_column_stand_once() -> None:
    assert "只能写一次" in problem('lines:\n  - {before: "1.00", before_amount: "1.00"}\n', "change")


@pytest.mark.parametrize("data", ["text", ["a"], None, 5])
def test_a_file_without_fields(data: object) -> None:
    with pytest.raises(InputError, match="字段名: 内容"):
        read_paper(DECLARATION, Located(data, file="x.yaml"))


def test_all_problems_are_told_at_once_in_the_papers_order() -> None:
    told = problems(
        "projct_name: 甲\nnature: 老\nplanned_start: 2021-02-29\nfunding_lines:\n  - {amount: 5, year: 去年}\n"
    )
    assert [message.split("：")[0] for message in told] == [
        "申报表.yaml，第2行，字段 projct_name",
        "申报表.yaml，第3行，字段 nature",
        "申报表.yaml，第4行，字段 planned_start",
        "申报表.yaml，第6行，字段 funding_lines[1].amount",
        "申报表.yaml，第6行，字段 funding_lines[1].year",
    ]


def test_as_one_error_it_speaks_its_first_sentence() -> None:
    with pytest.raises(InputError) as error:
        read("nature: 老\nplan_year: 去年\n")
    assert isinstance(error.value, InputErrors)
    assert str(error.value) == error.value.all[0].message("zh")
    assert error.value.line == 2


def test_a_wholly_wrong_file_is_not_listed_without_end() -> None:
    told = problems("".join(f"zz{n}: 甲\n" for n in range(MOST_PROBLEMS + 50)))
    assert len(told) == MOST_PROBLEMS + 1
    assert "其余未列出" in told[-1]
