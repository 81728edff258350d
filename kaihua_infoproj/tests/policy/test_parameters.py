"""Dated parameters: read strictly, tightened only in their direction, silent before their first day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaihua_infoproj.policy.errors import NoValueInForce, ParameterError
from kaihua_infoproj.policy.parameter import (
    OverlayRow,
    Parameter,
    floor,
    in_force,
    may_replace,
    read_value,
    resolve,
)
from kaihua_infoproj.policy.parameter_types import UNITS

from .sample_parameters import ONE, parameters


def row(value: Any, since: date, *, newer: bool = False, name: str = "limit") -> OverlayRow:
    return OverlayRow(name, value, since, "丙文件", "1", newer_basis=newer)


# --- by day ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "day, value, document",
    [
        (date(2020, 8, 5), "200000.00", "甲办法"),
        (date(2023, 12, 31), "200000.00", "甲办法"),
        (date(2024, 1, 1), "150000.00", "乙办法"),
        (date(2999, 12, 31), "150000.00", "乙办法"),
    ],
)
def test_the_value_of_a_day(day: date, value: str, document: str) -> None:
    rules = resolve(parameters(ONE), (), day)
    use = rules.use("limit")
    assert (rules.decimal("limit"), use.document, use.source) == (Decimal(value), document, "floor")
    assert use.since <= day


def test_before_its_first_day_a_parameter_has_no_value() -> None:
    rules = resolve(parameters(ONE), (), date(2020, 8, 4))
    with pytest.raises(NoValueInForce) as caught:
        rules.decimal("limit")
    assert "2020年8月4日尚无有效值，最早自2020年8月5日起施行" in caught.value.zh and "2020-08-05" in caught.value.en
    assert rules.uses == () and rules.explain() == []


def test_a_parameter_that_does_not_exist_is_a_mistake_of_the_program() -> None:
    for day in (date(2020, 1, 1), date(2026, 1, 1)):
        with pytest.raises(KeyError):
            resolve(parameters(ONE), (), day).use("other")


# --- overlay ---------------------------------------------------------------------------------------------------------


def test_an_overlay_tightens_from_its_day() -> None:
    overlay = [row(Decimal("100000.00"), date(2022, 1, 1))]
    before, after = (resolve(parameters(ONE), overlay, day) for day in (date(2021, 12, 31), date(2022, 1, 1)))
    assert before.decimal("limit") == 200000 and after.decimal("limit") == 100000
    use = after.use("limit")
    assert (use.source, use.document, use.article) == ("overlay", "丙文件", "1")
    assert use.since == date(2022, 1, 1) and not use.judgement


def test_the_same_value_is_no_loosening() -> None:
    rules = resolve(parameters(ONE), [row(Decimal("200000.00"), date(2022, 1, 1))], date(2022, 1, 1))
    assert rules.use("limit").source == "overlay"


def test_an_overlay_may_not_loosen() -> None:
    overlay = [row(Decimal("200000.01"), date(2022, 1, 1))]
    with pytest.raises(ParameterError) as caught:
        resolve(parameters(ONE), overlay, date(2022, 1, 1))
    assert "放宽了甲办法的下限" in caught.value.zh and caught.value.field == "limit"
    assert resolve(parameters(ONE), overlay, date(2021, 12, 31)).decimal("limit") == 200000


def test_a_newer_legal_basis_may_loosen_and_is_the_floor_from_then_on() -> None:
    overlay = [row(Decimal("300000.00"), date(2022, 1, 1), newer=True)]
    assert resolve(parameters(ONE), overlay, date(2022, 1, 1)).decimal("limit") == 300000
    within = [*overlay, row(Decimal("250000.00"), date(2023, 1, 1))]
    assert resolve(parameters(ONE), within, date(2023, 6, 1)).decimal("limit") == 250000
    beyond = [*overlay, row(Decimal("300000.01"), date(2023, 1, 1))]
    with pytest.raises(ParameterError, match="放宽了丙文件的下限"):
        resolve(parameters(ONE), beyond, date(2023, 6, 1))


def test_a_later_floor_overtakes_older_rows() -> None:
    newer = [row(Decimal("300000.00"), date(2022, 1, 1), newer=True)]
    assert resolve(parameters(ONE), newer, date(2023, 12, 31)).decimal("limit") == 300000
    overtaken = resolve(parameters(ONE), newer, date(2024, 1, 1)).use("limit")
    assert (overtaken.value, overtaken.source, overtaken.document) == (Decimal("150000.00"), "floor", "乙办法")
    stricter = [row(Decimal("100000.00"), date(2022, 1, 1))]
    assert resolve(parameters(ONE), stricter, date(2024, 1, 1)).decimal("limit") == 100000


def test_a_newer_basis_on_the_floors_own_day_counts() -> None:
    newer = [row(Decimal("300000.00"), date(2024, 1, 1), newer=True)]
    assert resolve(parameters(ONE), newer, date(2024, 1, 1)).decimal("limit") == 300000


def test_rows_of_any_order_give_the_same() -> None:
    rows = [row(Decimal("120000.00"), date(2022, 1, 1)), row(Decimal("110000.00"), date(2023, 1, 1))]
    first, second = (resolve(parameters(ONE), r, date(2023, 1, 1)) for r in (rows, rows[::-1]))
    assert first == second and first.decimal("limit") == 110000 and hash(first) == hash(second)


def test_an_overlay_of_an_unknown_parameter_is_refused_even_before_its_day() -> None:
    with pytest.raises(ParameterError, match="没有名为“other”的参数"):
        resolve(parameters(ONE), [row(Decimal(1), date(2999, 1, 1), name="other")], date(2022, 1, 1))


def make(kind: str, tighten: str, value: str, *, judgement: bool = False) -> Parameter:
    text = (
        f"x:\n  zh: 甲\n  en: a\n  kind: {kind}\n  unit: point\n  tighten: {tighten}\n  values:\n"
        f'    - {{from: 2020-08-05, value: {value}, document: 甲, article: "1", '
        f"judgement: {str(judgement).lower()}}}\n"
    )
    return parameters(text)["x"]


@pytest.mark.parametrize(
    "kind, tighten, old, new, allowed",
    [
        ("decimal", "lower", '"15"', "15", True),
        ("decimal", "lower", '"15"', "14.99", True),
        ("decimal", "lower", '"15"', "15.01", False),
        ("integer", "higher", "3", 3, True),
        ("integer", "higher", "3", 4, True),
        ("integer", "higher", "3", 2, False),
        ("month_day", "lower", '"09-30"', "09-29", True),
        ("month_day", "lower", '"09-30"', "10-01", False),
        ("table", "higher", '{a: "1", b: "2"}', {"a": "1", "b": "3"}, True),
        ("table", "higher", '{a: "1", b: "2"}', {"a": "2", "b": "1"}, False),
        ("table", "higher", '{a: "1", b: "2"}', {"a": "1"}, False),
        ("table", "higher", '{a: "1"}', {"a": "1", "b": "2"}, False),
        ("list", "none", "[a, b]", ["a", "b"], True),
        ("list", "none", "[a, b]", ["a"], False),
    ],
)
def test_what_may_replace_what(kind: str, tighten: str, old: str, new: Any, allowed: bool) -> None:
    parameter = make(kind, tighten, old)
    assert may_replace(parameter, parameter.values[0], read_value(kind, new)) is allowed


def test_a_judgement_without_direction_may_be_replaced_freely() -> None:
    parameter = make("list", "none", "[a, b]", judgement=True)
    assert may_replace(parameter, parameter.values[0], ("c",))


@given(st.decimals("0.01", "400000", places=2), st.integers(0, 2000))
def test_no_overlay_without_a_newer_basis_ever_loosens(value: Decimal, days: int) -> None:
    since = date(2020, 8, 5) + timedelta(days=days)
    known = parameters(ONE)
    for day in (since, date(2024, 1, 1), date(2026, 1, 1)):
        base = resolve(known, (), day).decimal("limit")
        try:
            merged = resolve(known, [row(value, since)], day).decimal("limit")
        except ParameterError:
            assert value > base or value > Decimal(200000)
        else:
            assert merged <= base


# --- the resolved set ------------------------------------------------------------------------------------------------


def test_a_resolved_set_is_identified_by_its_digest() -> None:
    known = parameters(ONE)
    one, same, other = (resolve(known, (), day) for day in (date(2021, 1, 1), date(2021, 1, 2), date(2024, 1, 1)))
    assert one.digest == same.digest != other.digest and len(one.digest) == 64
    assert one.digest != resolve(known, [row(Decimal("200000.00"), date(2021, 1, 1))], date(2021, 1, 1)).digest


def test_a_resolved_set_explains_itself() -> None:
    known = parameters(ONE)
    assert resolve(known, (), date(2021, 1, 1)).explain() == [
        '限额："200000.00"（元），自2020年8月5日起，依据甲办法第十二条'
    ]
    assert resolve(known, (), date(2024, 1, 1)).explain("en") == [
        'limit: "150000.00" (yuan), since 2024-01-01, by 乙办法 art. 3, a judgement'
    ]
    assert resolve(known, (), date(2024, 1, 1)).explain()[0].endswith("依据乙办法第三条，属本县判断")


def test_the_typed_getters_refuse_another_kind() -> None:
    rules = in_force(date(2026, 5, 1))
    assert rules.integer("trial_months") == 3 and rules.text("declaration_deadline") == "09-30"
    assert rules.texts("change_joint_organs") == ("data_centre", "drb", "finance")
    assert rules.table("indicative_weights") == {"ilf": Decimal(35), "eif": Decimal(15)}
    for getter in (rules.integer, rules.text, rules.flag, rules.texts, rules.table):
        with pytest.raises(AssertionError):
            getter("change_joint_amount")
    with pytest.raises(AssertionError):
        rules.decimal("trial_months")


# --- the shipped floor -----------------------------------------------------------------------------------------------


def test_every_shipped_parameter_is_complete_and_begins_with_the_measure() -> None:
    for parameter in floor().values():
        assert parameter.label.zh and parameter.label.en and parameter.unit in UNITS
        assert all(value.document and value.article for value in parameter.values)
        assert parameter.values[0].since == date(2020, 8, 5), parameter.name
    with pytest.raises(NoValueInForce):
        in_force(date(2020, 8, 4)).use("trial_months")
    assert in_force(date(2020, 8, 5)).not_yet == ()


@pytest.mark.parametrize(
    "name, value",
    [
        ("change_joint_ratio", "15"),
        ("change_joint_amount", "200000.00"),
        ("supervision_threshold", "2000000.00"),
        ("supplement_ratio", "10"),
        ("grade_excellent_from", "90"),
        ("grade_good_from", "80"),
        ("grade_fair_from", "60"),
    ],
)
def test_values_of_the_measure(name: str, value: str) -> None:
    assert in_force(date(2026, 5, 1)).decimal(name) == Decimal(value)


def test_judgements_are_marked() -> None:
    rules = in_force(date(2026, 5, 1))
    marked = {use.name for use in rules.uses if use.judgement}
    assert {"acceptance_group_minimum", "self_evaluation_working_days", "grade_excellent_from"} <= marked
    assert not {"trial_months", "change_joint_ratio", "change_joint_amount", "supervision_threshold"} & marked
