"""What the cases of art. 14 cannot say."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kaihua_infoproj.policy.calendar import WEEKENDS_ONLY, WorkCalendar
from kaihua_infoproj.policy.errors import InputError
from kaihua_infoproj.policy.evaluation import (
    PART_TEXTS,
    EvaluationFacts,
    PartScore,
    RunningProject,
    TargetResult,
    check_notice,
    check_self_evaluation,
    evaluation_pool,
    grade,
    self_evaluation_due,
    total_score,
)
from kaihua_infoproj.policy.forms import option_lists
from kaihua_infoproj.policy.organs import option_key
from kaihua_infoproj.policy.parameter import in_force

RULES = in_force(date(2026, 5, 1))


@pytest.mark.parametrize("score", ["-0.01", "100.01"])
def test_a_score_outside_its_range_has_no_grade(score: str) -> None:
    with pytest.raises(InputError) as caught:
        grade(Decimal(score), RULES)
    assert "0至100分" in caught.value.zh and caught.value.field == "score"


def test_the_pool_holds_every_project_with_the_reason_why_not() -> None:
    projects = (
        RunningProject("ITP-1", True, date(2025, 2, 28)),
        RunningProject("ITP-2", True, date(2025, 3, 1)),
        RunningProject("ITP-3", False, date(2024, 1, 1)),
        RunningProject("ITP-4", True),
        RunningProject("ITP-5", True, date(2024, 1, 1), already_evaluated=True),
    )
    pool = evaluation_pool(projects, date(2026, 3, 1), RULES)
    assert [(entry.id, entry.excluded) for entry in pool] == [
        ("ITP-1", ""),
        ("ITP-2", "正式运行未满1年（2025年3月1日开始）"),
        ("ITP-3", "不是重点项目"),
        ("ITP-4", "尚未正式运行"),
        ("ITP-5", "已经评估"),
    ]
    assert evaluation_pool(projects[1:2], date(2026, 3, 2), RULES)[0].excluded == ""


def test_the_self_evaluation_is_due_in_working_days() -> None:
    assert self_evaluation_due(date(2026, 11, 2), RULES, WEEKENDS_ONLY) == date(2026, 11, 30)
    with pytest.raises(InputError, match="没有2027年"):
        self_evaluation_due(date(2026, 12, 20), RULES, WorkCalendar("演示", {}, frozenset(), frozenset({2026})))


@pytest.mark.parametrize(
    "target, reached",
    [
        (TargetResult("a", "≥", Decimal(3), Decimal(3)), True),
        (TargetResult("a", "≥", Decimal(3), Decimal("2.99")), False),
        (TargetResult("a", "≤", Decimal(3), Decimal(3)), True),
        (TargetResult("a", "≤", Decimal(3), Decimal("3.01")), False),
        (TargetResult("a", "=", Decimal(3), Decimal("3.0")), True),
        (TargetResult("a", "=", Decimal(3), Decimal(4)), False),
        (TargetResult("a", "≥", Decimal(3), Decimal(1), Decimal(100)), False),
        (TargetResult("a", "qualitative", reached=Decimal(100)), True),
        (TargetResult("a", "qualitative", reached=Decimal("99.9")), False),
        (TargetResult("a"), None),
        (TargetResult("a", actual_value=Decimal(1)), None),
        (TargetResult("a", target_value=Decimal(1)), None),
    ],
)
def test_whether_a_target_is_reached(target: TargetResult, reached: bool | None) -> None:
    assert target.is_reached is reached


def test_full_marks_come_to_a_hundred_and_parts_are_those_of_the_form() -> None:
    for table, options in (("evaluation_parts", "evaluation_part"), ("self_evaluation_parts", "self_evaluation_part")):
        parts = RULES.table(table)
        assert sum(parts.values()) == 100
        assert set(parts) == {option_key(option.value) for option in option_lists()[options].options} <= set(PART_TEXTS)


def test_the_total_score() -> None:
    rows = (PartScore("decision", Decimal("5.25")), PartScore("decision", Decimal("5"), "目标"))
    assert total_score(EvaluationFacts(date(2026, 5, 1), indicators=rows)) == Decimal("10.25")
    assert total_score(EvaluationFacts(date(2026, 5, 1))) == 0


def test_nothing_known_opens_no_evaluation() -> None:
    assert [f.code for f in check_notice(EvaluationFacts(date(2026, 5, 1)), RULES)] == [
        "art14.not_key",
        "art14.not_drawn",
        "art14.no_formal_start",
    ]


def test_points_below_zero_are_named_as_such() -> None:
    facts = EvaluationFacts(date(2026, 5, 1), self_scores=(PartScore("benefit", Decimal(-1)),))
    found = next(f for f in check_self_evaluation(facts, RULES) if f.code == "form.evaluation.part_score")
    assert found.comparison == "-1.00 < 0"
