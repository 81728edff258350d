"""A classified project: nothing of it may stand in a declaration, and nothing is repeated."""

from __future__ import annotations

import pytest

from kaihua_infoproj.policy.forms import load_form

from .forms_read import problem, read

DECLARATION = load_form("declaration")
CHANGE = load_form("change")


SECRET = "绝密工程"


@pytest.mark.parametrize(
    "content",
    [
        f"project_name: {SECRET}\n",
        f"necessity: {SECRET}\n",
        f"scheme_file: {SECRET}.pdf\n",
        f"investment_lines:\n  - item: {SECRET}\n",
        f"funding_lines:\n  - {{amount: {SECRET}}}\n",
        f"{SECRET}: 甲\n",
        f"nature: {SECRET}\n",
        "attachments:\n  - {file: a.pdf}\n",
        'total_investment: "1.00"\n',
    ],
)
def test_nothing_of_a_classified_project_may_stand_here_and_nothing_is_repeated(content: str) -> None:
    message = problem(f"is_classified: true\n{content}")
    assert "涉密项目不得在此填报任何内容" in message
    assert "涉密项目登记" in message
    assert SECRET not in message


def test_the_refusal_names_the_fields_by_their_labels() -> None:
    assert "（项目名称、投资明细）" in problem("is_classified: 是\nproject_name: 甲\ninvestment_lines:\n  - item: 乙\n")


def test_what_the_stub_needs_may_stand() -> None:
    paper = read(
        "is_classified: true\ndeclaration_no: 2027-密-001\nplan_year: 2027\ndepartment: 演示县某局\n"
        "named_officer: 王演示\nproject_name:\ntargets:\n  - indicator:\n"
    )
    assert paper.data == {
        "is_classified": True,
        "declaration_no": "2027-密-001",
        "plan_year": 2027,
        "department": "演示县某局",
        "named_officer": "王演示",
    }


def test_the_stubs_own_fields_are_checked() -> None:
    assert "整数" in problem("is_classified: true\nplan_year: 明年\n")


def test_an_unclear_answer_stops_the_reading_before_any_content() -> None:
    message = problem(f"is_classified: 或许\nproject_name: {SECRET * 50}\n")
    assert "true（是）或 false（否）" in message
    assert SECRET not in message


def test_a_project_that_is_not_classified_is_read() -> None:
    assert read("is_classified: false\nproject_name: 甲\n").data == {"is_classified": False, "project_name": "甲"}
