"""What follows a completed action, as data: the service, the offline player and the tests each carry it out.

Nothing here knows an amount or a date: moments, numbers and amounts are named, and whoever carries an effect out
takes them from the decision or the document.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..policy.errors import InputError
from .definition import PROCEDURES

KINDS = (
    "create project",  # make the IT Project, or find it through the earlier declaration
    "freeze version",  # freeze the scheme as a version; value: the action it was handed in by
    "effective version",  # the version named by value becomes the effective one
    "freeze approved total",  # doctype, target: the proposal; field: approved_total; value: its planned amount
    "set field",  # field = value, on this document
    "set moment",  # field = the moment of the decision
    "give number",  # field = the next number of its series, drawn last in the transaction
    "issue paper",  # value: the paper's Chinese name (FORMS §12)
    "system action",  # doctype, target, action: a transition of kind system on another document
    "next round",  # doctype: a new document of it may be made, as the next round of this one
    "open follow-ups",  # value: the kind of IT Project Follow-up, target: what it is about
    "refresh stage",  # the IT Project's stage is to be derived again
)


@dataclass(frozen=True)
class Effect:
    """One thing to do after a decision, in the order given.

    Attributes:
        kind: one of ``KINDS``, which say how the other attributes are used.
        doctype, target: the document concerned; both empty for the one decided on.
    """

    kind: str
    doctype: str = ""
    target: str = ""
    action: str = ""
    field: str = ""
    value: Any = None


PROPOSAL, PRELIMINARY, JOINT, CONSULTATION, PLAN, IMPLEMENTATION, CHANGE, ACCEPTANCE, EVALUATION = PROCEDURES

_STAGE = Effect("refresh stage")


def _moment(field: str) -> Effect:
    return Effect("set moment", field=field)


def _number(field: str) -> Effect:
    return Effect("give number", field=field)


def _paper(name: str) -> Effect:
    return Effect("issue paper", value=name)


def _version(action: str) -> Effect:
    return Effect("freeze version", value=action)


_TABLE: dict[tuple[str, str], tuple[Effect, ...]] = {
    (PROPOSAL, "Hand In"): (Effect("create project"), _version("Hand In"), _moment("handed_in_at")),
    (PROPOSAL, "Sign and Send"): (_moment("unit_head_signed_at"),),
    (PROPOSAL, "Forward to Data Centre"): (_moment("reached_centre_at"), _number("declaration_no"), _paper("接收回执")),
    (PROPOSAL, "Require Correction"): (_paper("补正通知书"),),
    (PROPOSAL, "Hand In Correction"): (_version("Hand In Correction"), Effect("next round", PRELIMINARY)),
    (PROPOSAL, "Require Re-review"): (Effect("next round", JOINT),),
    (PROPOSAL, "Issue Review Opinion"): (_paper("项目评审意见"),),
    (PROPOSAL, "Hand In Revision"): (_version("Hand In Revision"), _paper("评审意见修改对照表")),
    (PROPOSAL, "File Revision"): (
        _number("filed_no"),
        _paper("方案复核备案表"),
        Effect("effective version", value="filed"),
    ),
    (JOINT, "Conclude Review"): (_paper("专家组意见"),),
    (CONSULTATION, "Conclude Consultation"): (_number("opinion_no"), _paper("信息化项目决策咨询意见")),
    (PLAN, "Submit to County"): (_paper("审定年度计划的请示"),),
    (IMPLEMENTATION, "Submit for Confirmation"): (_version("Submit for Confirmation"),),
    (IMPLEMENTATION, "Confirm Plan"): (
        _moment("confirmed_at"),
        _number("confirmation_no"),
        Effect("effective version", value="confirmed"),
        _paper("项目详细实施方案确认书"),
    ),
    (IMPLEMENTATION, "Start Construction"): (_moment("construction_started_at"),),
    (IMPLEMENTATION, "Start Service"): (_moment("service_started_at"),),
    (IMPLEMENTATION, "Start Trial"): (_moment("trial_started_at"),),
    (CHANGE, "Hand In Change"): (_version("Hand In Change"), _moment("handed_in_at")),
    (CHANGE, "Hand In Change Correction"): (_version("Hand In Change Correction"),),
    (CHANGE, "File Change"): (
        _number("filed_no"),
        Effect("effective version", value="changed"),
        _paper("变更备案回执"),
    ),
    (CHANGE, "Agree to Change"): (Effect("effective version", value="changed"), _paper("变更审核意见")),
    (CHANGE, "Disagree to Change"): (_paper("变更审核意见"),),
    (ACCEPTANCE, "Apply for Acceptance"): (_moment("applied_at"), _paper("验收申请表")),
    (ACCEPTANCE, "Reapply After Rectification"): (_moment("applied_at"), _paper("验收申请表")),
    (ACCEPTANCE, "Delegate Acceptance"): (_moment("delegated_at"), _number("delegation_no"), _paper("委托验收函")),
    (ACCEPTANCE, "Fail Acceptance"): (
        _paper("整改通知书"),
        Effect("open follow-ups", value="rectification"),
        Effect("next round", ACCEPTANCE),
    ),
    (EVALUATION, "Hand In Self-Evaluation"): (_moment("handed_in_at"), _paper("绩效自评表")),
    (EVALUATION, "Conclude Evaluation"): (
        _paper("绩效评估报告"),
        _paper("评估结果反馈通知"),
        Effect("open follow-ups", value="rectification"),
    ),
}

PLAN_FOLLOW_UPS = (
    "funds arranged",
    "department budget adjusted",
    "declared to the DRB's investment plan",
    "DRB document",
    "project code",
    "notice to the unit",
    "reported to the city",
)
"""Kinds of IT Project Follow-up that an approved plan opens for each new line (articles 9 and 10)."""

NOT_LISTED_ACTIONS = {"defer": "Defer with Plan", "do not establish": "Decline with Plan"}
"""Advice on a project that is not listed → what the plan's approval does to its proposal."""

CAUSES: dict[str, tuple[tuple[str, str], ...]] = {
    "Approve with Plan": ((PLAN, "Approve Plan"),),
    "Defer with Plan": ((PLAN, "Approve Plan"),),
    "Decline with Plan": ((PLAN, "Approve Plan"),),
    "Complete Implementation": ((ACCEPTANCE, "Pass Acceptance"), (ACCEPTANCE, "File Service Completion")),
}
"""System action → the decisions that bring it about."""

STATE_FIELD_OF_PLAN = "plan_state"


def effects(
    doctype: str, action: str, fields: Mapping[str, Any], *, state: str = "", next_state: str = ""
) -> tuple[Effect, ...]:
    """What follows when ``action`` was completed on a document.

    Args:
        fields: the document's fields (FORMS fieldnames); a plan's ``lines`` and ``not_listed``, an acceptance's
            ``implementation``.
        state, next_state: where the action led from and to.

    Raises:
        InputError: a plan's row names no proposal or one named before, or an advice that is neither *defer* nor *do
            not establish*.
    """
    special = {
        (PLAN, "Approve Plan"): _approve_plan,
        (ACCEPTANCE, "Pass Acceptance"): _pass_acceptance,
        (ACCEPTANCE, "File Service Completion"): _service_completion,
    }.get((doctype, action))
    found = tuple(special(fields)) if special else _TABLE.get((doctype, action), ())
    if doctype == PLAN and action in ("Return Plan", "Submit to Magistrate", "Submit to County"):
        found += tuple(
            Effect("set field", PROPOSAL, name, field=STATE_FIELD_OF_PLAN, value=next_state)
            for name in plan_proposals(fields)
        )
    if (doctype, action) == (IMPLEMENTATION, "Suspend Work"):
        found += (Effect("set field", field="suspended_from", value=state),)
    if (doctype, action) == (IMPLEMENTATION, "Resume Work"):
        if next_state == "Trial Operation":  # a suspended trial starts anew
            found += (_moment("trial_started_at"),)
        found += (Effect("set field", field="suspended_from", value=""),)
    return (*found, _STAGE)


def plan_proposals(fields: Mapping[str, Any]) -> tuple[str, ...]:
    """The proposals that a plan decides: its new lines and those not listed, in order.

    Raises:
        InputError: a row names none.
    """
    return tuple(name for name, _, _ in _plan_rows(fields))


def _plan_rows(fields: Mapping[str, Any]) -> Iterable[tuple[str, str, Mapping[str, Any]]]:
    seen: set[str] = set()
    for n, row in enumerate(fields.get("lines") or (), 1):
        if row.get("kind", "new") == "new":
            yield _proposal(row, f"lines[{n}]", seen), "Approve with Plan", row
    for n, row in enumerate(fields.get("not_listed") or (), 1):
        advice = row.get("advice")
        if advice not in NOT_LISTED_ACTIONS:
            raise InputError(
                "未列入计划的项目须写明建议暂缓立项或建议不予立项。",
                "A project that is not listed needs the advice defer or do not establish.",
                field=f"not_listed[{n}].advice",
            )
        yield _proposal(row, f"not_listed[{n}]", seen), NOT_LISTED_ACTIONS[advice], row


def _proposal(row: Mapping[str, Any], path: str, seen: set[str]) -> str:
    name = str(row.get("proposal") or "")
    if not name:
        raise InputError("这一行没有写明项目申报。", "This row names no proposal.", field=f"{path}.proposal")
    if name in seen:
        raise InputError(
            f"项目申报“{name}”在计划中出现两次。",
            f"Proposal “{name}” stands in the plan twice.",
            field=f"{path}.proposal",
        )
    seen.add(name)
    return name


def _approve_plan(fields: Mapping[str, Any]) -> Iterable[Effect]:
    rows = sorted(_plan_rows(fields), key=lambda row: row[0])  # lock order: proposals by name
    for name, action, row in rows:
        yield Effect("system action", PROPOSAL, name, action)
        if action == "Approve with Plan":
            yield Effect(
                "freeze approved total", PROPOSAL, name, field="approved_total", value=row.get("planned_amount")
            )
            yield from (Effect("open follow-ups", PROPOSAL, name, value=kind) for kind in PLAN_FOLLOW_UPS)
    yield _paper("计划下达通知")


def _pass_acceptance(fields: Mapping[str, Any]) -> Iterable[Effect]:
    yield Effect("system action", IMPLEMENTATION, str(fields.get("implementation") or ""), "Complete Implementation")
    yield Effect("open follow-ups", value="remaining issue")
    yield _paper("验收意见")
    yield _paper("验收报告")


def _service_completion(fields: Mapping[str, Any]) -> Iterable[Effect]:
    yield Effect("system action", IMPLEMENTATION, str(fields.get("implementation") or ""), "Complete Implementation")
    yield _number("filed_no")
    yield _paper("履约验收书")


def own_fields(following: Iterable[Effect], at: datetime) -> dict[str, Any]:
    """The fields that the effects set on the decided document itself: texts, and moments as ``at``."""
    here = [e for e in following if not e.target and not e.doctype]
    return {e.field: at if e.kind == "set moment" else e.value for e in here if e.kind in ("set moment", "set field")}
