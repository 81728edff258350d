"""Reading papers: what a clerk may write, and what it becomes."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaihua_infoproj.policy.calendar import SHANGHAI
from kaihua_infoproj.policy.errors import InputError, InputErrors
from kaihua_infoproj.policy.form_reading import form_in, read_mapping, read_paper
from kaihua_infoproj.policy.forms import load_form, option_lists
from kaihua_infoproj.policy.strict_yaml import read_bytes

from .forms_read import problem, read

DECLARATION = load_form("declaration")
CHANGE = load_form("change")


def test_values_become_normal() -> None:
    paper = read("""
project_name: "  停车系统 "
plan_year: 2027
nature: 升级
declaration_type: ANNUAL
entry_points: [浙里办, internal_only]
is_cross_department: 是
planned_start: 2027-03-01
handed_in_at: 2026-09-30 17:00
funding_lines:
  - {source: 一般公共预算, year: "２０２７", amount: "１００．５０"}
targets:
  - {baseline: 1.50, target_value: 8, weight: "12.5"}
""")
    assert paper.data == {
        "project_name": "停车系统",
        "plan_year": 2027,
        "nature": "upgrade",
        "form_kind": "construction",
        "declaration_type": "annual",
        "entry_points": ["Zheliban", "internal only"],
        "is_cross_department": True,
        "planned_start": date(2027, 3, 1),
        "handed_in_at": datetime(2026, 9, 30, 17, tzinfo=SHANGHAI),
        "funding_lines": [{"source": "general public budget", "year": 2027, "amount": Decimal("100.50")}],
        "targets": [{"baseline": Decimal("1.50"), "target_value": Decimal(8), "weight": Decimal("12.5")}],
    }
    assert paper.stated == {"handed_in_at"}


def test_every_option_is_accepted_in_both_languages() -> None:
    for field in DECLARATION.fields:
        for option in field.options.options if field.options else ():
            for word in (option.value, option.label.zh, option.label.en):
                if field.fieldname == "form_kind":
                    continue
                value: Any = [word] if field.type == "multi" else word
                due: Any = [option.value] if field.type == "multi" else option.value
                assert read_mapping(DECLARATION, {field.fieldname: value})[field.fieldname] == due


def test_empty_fields_are_absent() -> None:
    assert read('project_name:\nnecessity: "  "\ntargets:\nsystems: []\nentry_points: []\nco_units: ""\n').data == {}


def test_trailing_empty_rows_are_dropped() -> None:
    paper = read("targets:\n  - indicator: 用时\n  - indicator:\n    unit:\n  -\n")
    assert paper.data == {"targets": [{"indicator": "用时"}]}


def test_whole_numbers_stand_for_text_and_versions_keep_their_zero() -> None:
    paper = read("leader_phone: 5700001\ninnovation_items:\n  - version: 1.10\n")
    assert paper.data["leader_phone"] == "5700001"
    assert paper.data["innovation_items"][0]["version"] == "1.10"


def test_html_is_text() -> None:
    text = "<script>alert(1)</script><b>粗</b>"
    assert read(f"necessity: {text}\n").data["necessity"] == text


def test_long_text_keeps_its_lines() -> None:
    assert read("necessity: |\n  第一段\n\n  第二段\n").data["necessity"] == "第一段\n\n第二段"


def test_a_single_file_name_stands_for_a_list() -> None:
    paper = read("investment_lines:\n  - quotations: 甲.pdf\n  - quotations: [甲.pdf, 乙.pdf]\n")
    assert [row["quotations"] for row in paper.data["investment_lines"]] == [["甲.pdf"], ["甲.pdf", "乙.pdf"]]


def test_short_names_of_a_change() -> None:
    paper = read('lines:\n  - {key: "3", before: "100.00", after: "80.00"}\n', "change")
    assert paper.data["lines"] == [{"line": "3", "before_amount": Decimal("100.00"), "after_amount": Decimal("80.00")}]
    assert paper.stated == {"lines[1].before_amount", "lines[1].after_amount"}


def test_what_was_read_can_be_read_again() -> None:
    data = read(
        "plan_year: 2027\nnature: 新建\nhanded_in_at: 2026-09-30T17:00:00+08:00\nplanned_start: 2027-03-01\n"
        'targets:\n  - weight: "1.5"\nfunding_lines:\n  - amount: "10.00"\nentry_points: [浙里办]\n'
    ).data
    assert read_mapping(DECLARATION, data) == data


def test_line_of_a_findings_field() -> None:
    paper = read("targets:\n  - indicator: 甲\n  - indicator: 乙\n    unit: 个\n")
    assert paper.line("targets[2].unit") == 5
    assert paper.line("targets[2].due") == 4
    assert paper.line("targets") == 3  # its first row
    assert read_paper(DECLARATION, {"targets": []}).line("targets[1].due") == 0


def line(text: str) -> dict[str, Any]:
    rows: list[dict[str, Any]] = read(f"investment_lines:\n  - {{{text}}}\n").data["investment_lines"]
    return rows[0]


@pytest.mark.parametrize(
    ("given_values", "amount"),
    [
        ('quantity: 3, unit_price: "33.33"', "99.99"),
        ('quantity: "0.5", unit_price: "0.01"', "0.01"),  # half a cent goes up
        ('quantity: "0.49", unit_price: "0.01"', "0.00"),
        ('quantity: "1.005", unit_price: "1.00"', "1.01"),
        ('quantity: 999999999, unit_price: "999.99"', "999989999000.01"),
    ],
)
def test_amount_of_a_line_is_quantity_times_price_to_the_cent(given_values: str, amount: str) -> None:
    assert line(given_values)["amount"] == Decimal(amount)


def test_a_given_amount_stands_and_is_marked_as_stated() -> None:
    paper = read(
        'investment_lines:\n  - {quantity: 2, unit_price: "10.00", amount: "21.00"}\n'
        '  - {quantity: 2, unit_price: "10.00"}\n'
    )
    assert [row["amount"] for row in paper.data["investment_lines"]] == [Decimal("21.00"), Decimal("20.00")]
    assert paper.stated == {"investment_lines[1].amount"}


def test_an_amount_is_not_made_up() -> None:
    assert "amount" not in line("quantity: 2")
    assert "amount" not in line('unit_price: "2.00"')


def test_cloud_resources_count_months() -> None:
    paper = read('cloud_resources:\n  - {quantity: 8, months: 36, monthly_price: "400.00"}\n')
    assert paper.data["cloud_resources"][0]["amount"] == Decimal("115200.00")


def test_a_product_out_of_all_bounds_is_refused() -> None:
    assert "过大" in problem('investment_lines:\n  - {quantity: 999999999999, unit_price: "999999999999.99"}\n')


@given(st.decimals("0", "1000000", places=3), st.decimals("0", "1000000", places=2))
def test_derived_amounts_are_never_off_by_more_than_half_a_cent(quantity: Decimal, price: Decimal) -> None:
    data = read_mapping(
        DECLARATION, {"investment_lines": [{"quantity": format(quantity, "f"), "unit_price": format(price, "f")}]}
    )
    assert abs(data["investment_lines"][0]["amount"] - quantity * price) <= Decimal("0.005")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("200000", "须加引号"),
        ("200000.00", "须加引号"),
        ("1e30", "须加引号"),
        (".nan", "须加引号"),
        ("-5", "须加引号"),
        ("true", "须加引号"),
        ('"-5.00"', "非负数"),
        ('"0.001"', "至多两位小数"),
        ('"1e30"', "非负数"),
        ('"NaN"', "非负数"),
        ('"Infinity"', "非负数"),
        ('"200,000.00"', "不带千分位"),
        ('"20万元"', "不带千分位"),
        ('"9999999999999.00"', "非负数"),
        ('""x"', "不是规范的YAML"),
        ("[1]", "不能是列表"),
    ],
)
def test_wrong_amounts(value: str, said: str) -> None:
    text = f"funding_lines:\n  - amount: {value}\n"
    if said.startswith("不是规范"):
        with pytest.raises(InputError, match=said):
            read(text)
    else:
        message = problem(text)
        assert said in message
        assert message.startswith("申报表.yaml，第3行，字段 funding_lines[1].amount：")


def test_a_signed_amount_is_for_what_the_system_works_out_only() -> None:
    assert read('net: "-8000.00"\n', "change").data["net"] == Decimal("-8000.00")
    assert "非负数" in problem('net: "--1.00"\n', "change")


@pytest.mark.parametrize("value", [200000, 2.5, Decimal("NaN"), Decimal("0.001"), Decimal("-1"), None])
def test_wrong_amounts_of_programs(value: object) -> None:
    data = {"funding_lines": [{"amount": value, "year": 2027}]}
    if value is None:
        assert "amount" not in read_mapping(DECLARATION, data)["funding_lines"][0]
    else:
        with pytest.raises(InputErrors):
            read_mapping(DECLARATION, data)


def test_the_form_is_named_on_top() -> None:
    assert form_in(read_bytes(b"form: change\n")) is CHANGE


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("project_name: 甲\n", "缺少“form:”一行"),
        ("form: evaluation\n", "declaration（信息化项目建设（运维）申报表）"),
        ("form:\n", "缺少“form:”一行"),
        ("form: [declaration]\n", "不是可核对的表"),
        ("- a\n", "缺少“form:”一行"),
    ],
)
def test_a_missing_or_unknown_form_lists_the_allowed(text: str, said: str) -> None:
    with pytest.raises(InputError, match=r"可填|写明") as error:
        form_in(read_bytes(text.encode(), file="x.yaml"))
    assert said in error.value.zh
    assert "declaration" in error.value.en


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
names = st.sampled_from([field.fieldname for field in DECLARATION.fields]) | st.text(max_size=12)


@given(st.dictionaries(names, json_like, max_size=6))
def test_whatever_is_written_is_read_or_refused_in_a_sentence(data: dict[str, Any]) -> None:
    told: tuple[InputError, ...] = ()
    try:
        assert isinstance(read_mapping(DECLARATION, data), dict)
    except InputErrors as error:
        told = error.all
    assert all(problem.zh.endswith(("。", "？")) and problem.en for problem in told)


@given(st.text(max_size=30))
def test_an_option_is_never_guessed(word: str) -> None:
    found = option_lists()["nature"].find(word)
    assert found is None or found in option_lists()["nature"].values
