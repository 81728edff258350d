"""After-effects as data, and the stage of a project from its documents."""

from __future__ import annotations

from typing import Any

import pytest

from kaihua_infoproj.flow.definition import shipped, shipped_doctypes
from kaihua_infoproj.flow.effects import (
    ACCEPTANCE,
    CAUSES,
    CHANGE,
    EVALUATION,
    IMPLEMENTATION,
    JOINT,
    KINDS,
    PLAN,
    PLAN_FOLLOW_UPS,
    PROPOSAL,
    Effect,
    effects,
    own_fields,
    plan_proposals,
)
from kaihua_infoproj.flow.stage import Stage, stage_of
from kaihua_infoproj.flow.terms import known, sections
from kaihua_infoproj.policy.errors import InputError

from .staff import AT

ALL = [(d, t) for d in shipped_doctypes() for t in shipped(d).transitions]
PLAN_FIELDS: dict[str, Any] = {
    "lines": [
        {"kind": "new", "proposal": "P-2", "planned_amount": "200.00"},
        {"kind": "carried over", "proposal": "P-0"},
        {"proposal": "P-1", "planned_amount": "100.00"},
    ],
    "not_listed": [{"proposal": "P-4", "advice": "defer"}, {"proposal": "P-3", "advice": "do not establish"}],
}


def of(doctype: str, action: str, fields: dict[str, Any] | None = None, **more: str) -> tuple[Effect, ...]:
    return effects(doctype, action, fields or {}, **more)


@pytest.mark.parametrize(("doctype", "row"), ALL, ids=lambda v: v if isinstance(v, str) else f"{v.state}: {v.action}")
def test_every_effect_is_of_a_known_kind_and_the_stage_is_derived_last(doctype: str, row: Any) -> None:
    found = of(doctype, row.action, {"implementation": "I-1"}, state=row.state, next_state=row.next_state)
    assert {e.kind for e in found} <= set(KINDS)
    assert found[-1] == Effect("refresh stage")
    for effect in found:
        if effect.kind == "system action":
            assert effect.action in {t.action for t in shipped(effect.doctype).transitions if t.kind == "system"}


def test_the_table_names_only_actions_that_exist() -> None:
    actions = {(d, t.action) for d, t in ALL}
    assert {cause for causes in CAUSES.values() for cause in causes} <= actions
    system = {(d, t.action) for d, t in ALL if t.kind == "system"}
    assert {action for _, action in system} == set(CAUSES)


def test_an_approved_plan_decides_its_lines_in_one_act_by_name() -> None:
    found = of(PLAN, "Approve Plan", PLAN_FIELDS)
    acts = [(e.target, e.action) for e in found if e.kind == "system action"]
    assert acts == [
        ("P-1", "Approve with Plan"),
        ("P-2", "Approve with Plan"),
        ("P-3", "Decline with Plan"),
        ("P-4", "Defer with Plan"),
    ]
    totals = [(e.target, e.value) for e in found if e.kind == "freeze approved total"]
    assert totals == [("P-1", "100.00"), ("P-2", "200.00")]
    follow_ups = [e.value for e in found if e.kind == "open follow-ups" and e.target == "P-1"]
    assert follow_ups == list(PLAN_FOLLOW_UPS)
    assert plan_proposals(PLAN_FIELDS) == ("P-2", "P-1", "P-4", "P-3")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"lines": [{"kind": "new"}]}, "lines[1].proposal"),
        (
            {"lines": [{"proposal": "P-1"}], "not_listed": [{"proposal": "P-1", "advice": "defer"}]},
            "not_listed[1].proposal",
        ),
        ({"lines": [{"proposal": "P-1"}, {"proposal": "P-1"}]}, "lines[2].proposal"),
        ({"not_listed": [{"proposal": "P-1"}]}, "not_listed[1].advice"),
        ({"not_listed": [{"proposal": "P-1", "advice": "support"}]}, "not_listed[1].advice"),
    ],
)
def test_a_plan_that_cannot_be_carried_out_is_refused_whole(wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(InputError) as caught:
        of(PLAN, "Approve Plan", wrong)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("action", "state", "told"),
    [
        ("Return Plan", "Plan Returned", "Plan Returned"),
        ("Submit to Magistrate", "Magistrate Review", "Magistrate Review"),
    ],
)
def test_proposals_learn_where_their_plan_stands(action: str, state: str, told: str) -> None:
    found = [e for e in of(PLAN, action, PLAN_FIELDS, next_state=state) if e.kind == "set field"]
    assert {(e.doctype, e.field, e.value) for e in found} == {(PROPOSAL, "plan_state", told)}
    assert {e.target for e in found} == {"P-1", "P-2", "P-3", "P-4"}


@pytest.mark.parametrize(
    ("doctype", "action"),
    [
        (PROPOSAL, "Hand In"),
        (PROPOSAL, "Hand In Correction"),
        (PROPOSAL, "Hand In Revision"),
        (IMPLEMENTATION, "Submit for Confirmation"),
        (CHANGE, "Hand In Change"),
        (CHANGE, "Hand In Change Correction"),
    ],
)
def test_the_scheme_is_frozen_each_time_it_is_handed_in(doctype: str, action: str) -> None:
    assert Effect("freeze version", value=action) in of(doctype, action)


def test_the_project_is_made_at_the_first_hand_in() -> None:
    first = of(PROPOSAL, "Hand In")
    assert first[0] == Effect("create project")
    assert own_fields(first, AT) == {"handed_in_at": AT}


def test_reaching_the_centre_gives_moment_number_and_receipt() -> None:
    found = of(PROPOSAL, "Forward to Data Centre")
    assert own_fields(found, AT) == {"reached_centre_at": AT}
    assert [e.field for e in found if e.kind == "give number"] == ["declaration_no"]
    assert [e.value for e in found if e.kind == "issue paper"] == ["接收回执"]


@pytest.mark.parametrize(
    ("doctype", "action", "value"),
    [
        (PROPOSAL, "File Revision", "filed"),
        (IMPLEMENTATION, "Confirm Plan", "confirmed"),
        (CHANGE, "File Change", "changed"),
        (CHANGE, "Agree to Change", "changed"),
    ],
)
def test_a_new_version_becomes_effective(doctype: str, action: str, value: str) -> None:
    assert Effect("effective version", value=value) in of(doctype, action)


@pytest.mark.parametrize("action", ["Disagree to Change", "Withdraw Change", "Refer to Joint Examination"])
def test_no_other_outcome_of_a_change_makes_its_version_effective(action: str) -> None:
    assert "effective version" not in {e.kind for e in of(CHANGE, action)}


@pytest.mark.parametrize("action", ["Pass Acceptance", "File Service Completion"])
def test_acceptance_completes_the_implementation(action: str) -> None:
    found = of(ACCEPTANCE, action, {"implementation": "I-1"})
    assert Effect("system action", IMPLEMENTATION, "I-1", "Complete Implementation") in found


def test_a_failed_acceptance_opens_rectification_and_the_next_round() -> None:
    found = of(ACCEPTANCE, "Fail Acceptance", {"implementation": "I-1"})
    assert {"open follow-ups", "next round"} <= {e.kind for e in found}
    assert "system action" not in {e.kind for e in found}
    assert Effect("next round", JOINT) in of(PROPOSAL, "Require Re-review")


def test_a_suspension_remembers_its_state_and_a_resumed_trial_starts_anew() -> None:
    suspended = of(IMPLEMENTATION, "Suspend Work", state="Trial Operation", next_state="Suspended Work")
    assert own_fields(suspended, AT) == {"suspended_from": "Trial Operation"}
    resumed = of(IMPLEMENTATION, "Resume Work", state="Suspended Work", next_state="Trial Operation")
    assert own_fields(resumed, AT) == {"trial_started_at": AT, "suspended_from": ""}
    elsewhere = of(IMPLEMENTATION, "Resume Work", state="Suspended Work", next_state="Under Construction")
    assert own_fields(elsewhere, AT) == {"suspended_from": ""}


# --- stages ----------------------------------------------------------------------------------------------------------

WAYS: list[tuple[list[tuple[str, str]], str, bool]] = [
    ([], "项目申报", False),
    ([(PROPOSAL, "Unit Sign-off")], "项目申报", False),
    ([(PROPOSAL, "Correction Required")], "项目评审", False),
    ([(PROPOSAL, "Awaiting County Decision")], "决策审定", False),
    ([(PROPOSAL, "Project Approved")], "已审批待实施", False),
    ([(PROPOSAL, "Not Established")], "不予立项", True),
    ([(PROPOSAL, "Establishment Deferred")], "暂缓立项", True),
    ([(PROPOSAL, "Establishment Deferred"), (PROPOSAL, "Proposal Draft")], "项目申报", False),
    ([(PROPOSAL, "Not Listed")], "未列入年度计划", True),
    ([(PROPOSAL, "Proposal Withdrawn")], "已撤回申报", True),
    ([(PROPOSAL, "Project Approved"), (IMPLEMENTATION, "Awaiting Confirmation")], "实施方案确认", False),
    ([(IMPLEMENTATION, "Plan Confirmed")], "采购阶段", False),
    ([(IMPLEMENTATION, "Under Construction")], "建设阶段", False),
    ([(IMPLEMENTATION, "Under Construction"), (CHANGE, "Joint Examination")], "建设阶段（变更审核中）", False),
    ([(IMPLEMENTATION, "Under Construction"), (CHANGE, "Change Filed")], "建设阶段", False),
    ([(IMPLEMENTATION, "Suspended Work")], "暂停实施", False),
    ([(IMPLEMENTATION, "Trial Operation"), (ACCEPTANCE, "Acceptance Draft")], "试运行阶段", False),
    ([(IMPLEMENTATION, "Trial Operation"), (ACCEPTANCE, "Awaiting Delegation")], "竣工验收", False),
    ([(IMPLEMENTATION, "Trial Operation"), (ACCEPTANCE, "Acceptance Failed")], "验收整改", False),
    (
        [(IMPLEMENTATION, "Trial Operation"), (ACCEPTANCE, "Acceptance Failed"), (ACCEPTANCE, "Acceptance Draft")],
        "验收整改",
        False,
    ),
    (
        [(IMPLEMENTATION, "Trial Operation"), (ACCEPTANCE, "Acceptance Failed"), (ACCEPTANCE, "Acceptance Review")],
        "竣工验收",
        False,
    ),
    ([(IMPLEMENTATION, "Implementation Completed"), (ACCEPTANCE, "Acceptance Passed")], "正式运行", False),
    ([(IMPLEMENTATION, "Implementation Completed")], "正式运行", False),
    ([(IMPLEMENTATION, "Service Delivery")], "服务履行阶段", False),
    ([(IMPLEMENTATION, "Implementation Completed"), (ACCEPTANCE, "Service Completed")], "履约完成", True),
    ([(IMPLEMENTATION, "Implementation Completed"), (EVALUATION, "Self-Evaluation")], "绩效评估", False),
    ([(IMPLEMENTATION, "Implementation Completed"), (EVALUATION, "Evaluation Concluded")], "已评估", True),
    ([(IMPLEMENTATION, "Project Terminated"), (CHANGE, "Joint Examination")], "已终止", True),
]


@pytest.mark.parametrize(("documents", "zh", "ended"), WAYS, ids=[w[1] + str(n) for n, w in enumerate(WAYS)])
def test_the_stage_follows_from_the_documents(documents: list[tuple[str, str]], zh: str, ended: bool) -> None:
    stage = stage_of(documents)
    assert (stage.label.zh, stage.ended) == (zh, ended)
    assert stage.name in known("stages") and list(sections()["stages"])[stage.order - 1] == stage.name


def test_a_change_under_way_is_told_in_both_languages() -> None:
    assert (
        Stage("Project Construction", 7, False, changing=True).label.en
        == "Project Construction (change under examination)"
    )


@pytest.mark.parametrize("doctype", [PROPOSAL, IMPLEMENTATION, ACCEPTANCE, EVALUATION])
def test_every_state_has_a_stage(doctype: str) -> None:
    for state in shipped(doctype).states:
        assert stage_of(
            [(IMPLEMENTATION, "Trial Operation")] * (doctype == ACCEPTANCE) + [(doctype, state.name)]
        ).label.zh
