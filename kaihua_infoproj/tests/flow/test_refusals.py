"""Why not: state, role, unit, own document, condition, opinion – with the sentences people read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kaihua_infoproj.flow import roles
from kaihua_infoproj.flow.definition import shipped, shipped_doctypes
from kaihua_infoproj.flow.document import FlowDocument
from kaihua_infoproj.flow.person import Person

from .staff import (
    AT,
    CENTRE_HEAD,
    CLERK,
    COMPETENT,
    COUNTY,
    HEAD,
    OFFICER,
    OTHER_UNIT,
    REVIEWER,
    STAFF,
    UNIT,
    act,
    code,
    colleague,
    person,
    refused,
    standing,
)

PROPOSAL, PLAN, WORK, CHANGE, JOINT, CONSULTATION, EVALUATION = (
    shipped("IT Project " + kind)
    for kind in ("Proposal", "Annual Plan", "Implementation", "Change", "Joint Review", "Consultation", "Evaluation")
)


# --- action and state ------------------------------------------------------------------------------------------------


def test_an_unknown_action_is_refused_with_what_is_possible() -> None:
    refusal = refused(CHANGE, standing(CHANGE, "Change Correction"), HEAD, "Wave Through")
    assert code(refusal) == "flow.unknown_action"
    assert (
        refusal.finding.zh == "【第十二条】“项目变更”没有“Wave Through”这项操作。目前可办理：“报送补正材料”“撤回申报”。"
    )


def test_a_state_that_the_workflow_lost_freezes_the_document() -> None:
    refusal = refused(CHANGE, replace(standing(CHANGE, "Change Draft"), state="Old State"), HEAD, "Hand In Change")
    assert code(refusal) == "flow.unknown_state" and "业务规则管理员" in refusal.finding.zh


def test_a_wrong_state_names_the_right_ones() -> None:
    refusal = refused(PROPOSAL, standing(PROPOSAL, "Joint Review"), REVIEWER, "Return to Unit")
    assert refusal.finding.zh == (
        "【第八条】本件处于“联合评审”，不能办理“退回申报单位”；该操作只在“待单位签发”“主管部门审核”时办理。"
        "目前可办理：“下达评审意见”“重新评审”“撤回申报”。"
    )


def test_what_is_decided_stays() -> None:
    refusal = refused(CHANGE, standing(CHANGE, "Change Filed"), HEAD, "Withdraw Change")
    assert code(refusal) == "flow.already_decided" and "新一轮申请或项目变更" in refusal.finding.zh


def test_the_systems_action_says_what_brings_it() -> None:
    refusal = refused(PROPOSAL, standing(PROPOSAL, "Awaiting County Decision"), COUNTY, "Approve with Plan")
    assert (
        refusal.finding.zh
        == "【第九条】“随计划审定”随年度计划“审定通过”自动生效，任何人不能单独办理。请等待年度计划“审定通过”。"
    )
    assert "“Approve Plan” of the Annual Plan" in refusal.finding.en


# --- role and unit ---------------------------------------------------------------------------------------------------


def test_a_wrong_role_is_told_who_may() -> None:
    second = colleague(CENTRE_HEAD)
    refusal = refused(
        PROPOSAL, standing(PROPOSAL, "Preliminary Review"), OFFICER, "Pass Preliminary Review", people=[*STAFF, second]
    )
    assert refusal.finding.zh == (
        "【第七条】“初审通过”由县大数据中心负责人办理，演示officer没有这一岗位权限。"
        "请由县大数据中心负责人（演示centre-head、演示centre-head二）办理。"
    )


def test_many_who_may_are_cut_short() -> None:
    many = [colleague(CENTRE_HEAD, f"head{n}") for n in range(6)]
    refusal = refused(
        PROPOSAL, standing(PROPOSAL, "Preliminary Review"), OFFICER, "Pass Preliminary Review", people=many
    )
    assert refusal.finding.zh.endswith("演示centre-head二等）办理。") and "and others" in refusal.finding.en


def test_another_units_head_is_refused() -> None:
    outsider = person("outsider", OTHER_UNIT, roles.UNIT_HEAD)
    refusal = refused(PROPOSAL, standing(PROPOSAL, "Unit Sign-off"), outsider, "Sign and Send")
    assert code(refusal) == "flow.not_your_unit"
    assert refusal.finding.zh == (
        f"【第六条】本件的“签发报送主管部门”由{UNIT}的申报（建设）单位负责人办理，演示outsider所在单位为“{OTHER_UNIT}”。"
        f"请由{UNIT}的申报（建设）单位负责人（演示head）办理。"
    )


def test_another_competent_department_is_refused() -> None:
    stranger = person("stranger", OTHER_UNIT, roles.COMPETENT_REVIEWER)
    doc = standing(PROPOSAL, "Competent Department Review")
    assert code(refused(PROPOSAL, doc, stranger, "Forward to Data Centre")) == "flow.not_your_unit"
    assert (
        code(
            refused(
                PROPOSAL,
                replace(doc, competent_department=""),
                replace(REVIEWER, department=""),
                "Forward to Data Centre",
            )
        )
        == "flow.not_your_unit"
    ), "unknown means no"


def test_a_further_unit_that_one_may_act_for_counts() -> None:
    doc = standing(PROPOSAL, "Competent Department Review")
    reviewer = replace(person("r2", OTHER_UNIT, roles.COMPETENT_REVIEWER), units=frozenset({COMPETENT}))
    assert act(PROPOSAL, doc, reviewer, "Forward to Data Centre").complete


# --- own document ----------------------------------------------------------------------------------------------------


def own(role: str, user: str = "both") -> Person:
    return person(user, UNIT, roles.APPLICANT, roles.UNIT_HEAD, role)


def test_the_owner_does_not_examine_his_own_document() -> None:
    doc = replace(standing(PROPOSAL, "Competent Department Review"), owner="both", competent_department=UNIT)
    other = person("second", UNIT, roles.COMPETENT_REVIEWER)
    refusal = refused(PROPOSAL, doc, own(roles.COMPETENT_REVIEWER), "Forward to Data Centre", people=[other])
    assert code(refusal) == "flow.own_document"
    assert refusal.finding.zh == (
        "【第六条】本件由演示both代表申报（建设）单位填报或报送，同一人不能再代表主管部门办理“同意转报县大数据中心”。"
        f"请由主管部门其他人员办理：{UNIT}的主管部门审核人（演示second）；申报单位自为主管部门的，由另一人审核。"
    )
    assert act(PROPOSAL, doc, other, "Forward to Data Centre").complete


@pytest.mark.parametrize("role", [roles.CENTRE_HEAD, roles.CENTRE_OFFICER, roles.DRB_OFFICER])
def test_who_handed_it_in_takes_no_other_organs_action(role: str) -> None:
    doc = replace(standing(PROPOSAL, "Preliminary Review"), handed_in_by="both")
    action = "Pass Preliminary Review" if role == roles.CENTRE_HEAD else "Require Correction"
    expected = "flow.not_your_role" if role == roles.DRB_OFFICER else "flow.own_document"
    assert code(refused(PROPOSAL, doc, own(role), action)) == expected


def test_who_signed_and_sent_it_counts_too() -> None:
    double = own(roles.COMPETENT_REVIEWER)
    doc = replace(standing(PROPOSAL, "Unit Sign-off"), competent_department=UNIT)
    sent = act(PROPOSAL, doc, double, "Sign and Send").document
    assert sent.handed_in_by == "both"
    assert code(refused(PROPOSAL, sent, double, "Forward to Data Centre")) == "flow.own_document"
    handed = replace(sent, handed_in_by="somebody")
    assert code(refused(PROPOSAL, handed, double, "Forward to Data Centre")) == "flow.own_document", "the history knows"


def test_one_may_go_on_for_ones_own_organ() -> None:
    doc = replace(standing(PROPOSAL, "Unit Sign-off"), owner="both", handed_in_by="both")
    assert act(PROPOSAL, doc, own(roles.CENTRE_HEAD), "Sign and Send").complete


def test_a_person_acts_for_one_organ_only_on_a_document() -> None:
    double = person("double", "演示发改局", roles.CENTRE_HEAD, roles.DRB_OFFICER, roles.FINANCE_OFFICER)
    doc = act(
        CHANGE, standing(CHANGE, "Joint Examination"), double, "Agree to Change", as_role=roles.DRB_OFFICER
    ).document
    assert code(refused(CHANGE, doc, double, "Agree to Change")) == "flow.already_signed"
    refusal = refused(CHANGE, doc, double, "Agree to Change", as_role=roles.CENTRE_HEAD)
    assert code(refusal) == "flow.signed_for_other_organ"
    assert refusal.finding.zh == (
        "【第十二条】演示double已代表县发改局在本件上办理“审核同意”，一人只能代表一个部门，不能再代表县大数据中心办理“审核同意”。"
        "请由县大数据中心其他人员办理：县大数据中心负责人（演示centre-head）。"
    )


def test_an_organ_spoken_for_earlier_binds_too() -> None:
    double = person("double", "演示大数据中心", roles.CENTRE_HEAD, roles.FINANCE_OFFICER)
    doc = standing(CHANGE, "Data Centre Examination")
    doc = act(CHANGE, doc, double, "Refer to Joint Examination").document
    assert (
        code(refused(CHANGE, doc, double, "Agree to Change", as_role=roles.FINANCE_OFFICER))
        == "flow.signed_for_other_organ"
    )
    assert act(CHANGE, doc, double, "Agree to Change").role == roles.CENTRE_HEAD


# --- condition and opinion -------------------------------------------------------------------------------------------


def test_a_condition_that_is_not_met_is_said_in_words() -> None:
    doc = standing(WORK, "Plan Confirmed", {"form_kind": "service"})
    refusal = refused(WORK, doc, HEAD, "Start Construction")
    assert code(refusal) == "flow.condition_not_met"
    assert refusal.finding.zh == (
        "【第十一条】“开工”须项目类型为“建设类”；本件项目类型为“服务类”。请核对上述内容；目前可办理：“开始服务”“暂停”“终止项目”。"
    )


def test_work_resumes_where_it_was_suspended() -> None:
    states = ("Plan Confirmed", "Under Construction", "Trial Operation", "Service Delivery")
    for state in states:
        assert (
            act(WORK, standing(WORK, "Suspended Work", {"suspended_from": state}), HEAD, "Resume Work").next_state
            == state
        )
    refusal = refused(WORK, standing(WORK, "Suspended Work"), HEAD, "Resume Work")
    assert refusal.finding.zh.startswith(
        "【第十一条】“恢复”须暂停前所处状态为“已确认（采购阶段）”，或暂停前所处状态为“建设中”，"
    )
    assert "本件暂停前所处状态未填" in refusal.finding.zh


def test_return_to_consultation_waits_for_the_plans_return() -> None:
    for state, allowed in (("Plan Returned", True), ("County Review", False), ("", False)):
        doc = standing(PROPOSAL, "Awaiting County Decision", {"plan_state": state})
        if allowed:
            assert act(PROPOSAL, doc, CENTRE_HEAD, "Return to Consultation").next_state == "Decision Consultation"
        else:
            assert code(refused(PROPOSAL, doc, CENTRE_HEAD, "Return to Consultation")) == "flow.condition_not_met"


def test_a_draft_that_was_never_handed_in_is_not_withdrawn() -> None:
    assert (
        code(refused(PROPOSAL, standing(PROPOSAL, "Proposal Draft"), HEAD, "Withdraw Proposal"))
        == "flow.condition_not_met"
    )
    handed_in = standing(PROPOSAL, "Proposal Draft", {"handed_in_at": AT})
    assert act(PROPOSAL, handed_in, HEAD, "Withdraw Proposal").doc_status == 1


WITH_OPINION = sorted(
    {(d, t.state, t.action) for d in shipped_doctypes() for t in shipped(d).transitions if t.opinion_required}
)


@pytest.mark.parametrize(("doctype", "state", "action"), WITH_OPINION)
@pytest.mark.parametrize("opinion", ["", "  \n"], ids=["none", "blank"])
def test_a_return_or_rejection_without_opinion_is_refused(doctype: str, state: str, action: str, opinion: str) -> None:
    definition = shipped(doctype)
    doc = standing(definition, state, {"plan_state": "Plan Returned", "handed_in_at": AT})
    role = definition.rows(state, action)[0].role
    holder = next(p for p in STAFF if role in p.roles)
    assert code(refused(definition, doc, holder, action, opinion=opinion)) == "flow.opinion_missing"


def test_an_opinion_is_kept_with_the_decision() -> None:
    taken = act(PROPOSAL, standing(PROPOSAL, "Unit Sign-off"), HEAD, "Return to Unit", opinion="请补充测算依据")
    assert taken.decided.opinion == "请补充测算依据" and taken.next_state == "Proposal Draft"


def test_nothing_has_changed_after_a_refusal() -> None:
    doc: FlowDocument = standing(CHANGE, "Joint Examination")
    before = replace(doc)
    refused(CHANGE, doc, CLERK, "Agree to Change")
    assert doc == before


def test_what_is_possible_instead_leaves_out_the_system_and_what_is_not_met() -> None:
    refusal = refused(PROPOSAL, standing(PROPOSAL, "Awaiting County Decision"), CENTRE_HEAD, "Return to Consultation")
    assert refusal.finding.zh.endswith("目前可办理：“撤回申报”。")
    draft = refused(WORK, standing(WORK, "Suspended Work"), HEAD, "Resume Work")
    assert draft.finding.zh.endswith("目前可办理：“终止项目”。")


def test_all_names_are_told_where_they_are_few() -> None:
    four = [colleague(CENTRE_HEAD, f"head{n}") for n in range(4)]
    refusal = refused(
        PROPOSAL, standing(PROPOSAL, "Preliminary Review"), OFFICER, "Pass Preliminary Review", people=four
    )
    assert refusal.finding.zh.count("演示centre-head二") == 4
    assert "等）" not in refusal.finding.zh


def test_a_person_without_a_name_is_called_by_his_log_in() -> None:
    nameless = replace(OFFICER, name="")
    refusal = refused(PROPOSAL, standing(PROPOSAL, "Preliminary Review"), nameless, "Pass Preliminary Review")
    assert "officer没有这一岗位权限" in refusal.finding.zh
