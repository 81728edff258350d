"""Carrying out what ``flow.effects`` names, and what the project's file derives from decisions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from ...flow.definition import shipped
from ...flow.document import FlowDocument
from ...flow.effects import (
    ACCEPTANCE,
    CHANGE,
    CONSULTATION,
    EVALUATION,
    JOINT,
    PLAN,
    PROPOSAL,
    Effect,
    effects,
)
from ...flow.roles import organ_of
from ...flow.stage import stage_of
from ...flow.step import Step, system_step
from ...policy.calendar import add_months, day_of
from ...policy.change_route import route_change
from ...policy.evaluation import GRADES, grade, total_score
from ...policy.forms import option_lists
from ...policy.register import EarlierResult, SystemRecord
from .facts_declaration import of_proposal, total_of
from .facts_delivery import change_facts, evaluation_facts
from .ledgers import decision_row, plan_chain
from .numbers import next_number
from .world import Project, Record, Version, Writing

ORGAN_OPTION = {"data_centre": "Data Centre", "drb": "DRB", "finance": "Finance"}
"""Organ of a role → the option that a form's row has for it."""


def after(writing: Writing, record: Record, step: Step, at: datetime) -> None:
    """Everything that follows a step on ``record``, which has been written."""
    doctype, action = record.doc.doctype, step.action
    if action == "Sign Opinion" and doctype == JOINT:
        _note_signature(writing, record, step, at)
    if not step.complete:
        return
    for effect in effects(doctype, action, record.fields, state=step.state, next_state=step.next_state):
        _CARRIERS[effect.kind](writing, _current(writing, record), effect, at)
    special = _SPECIAL.get((doctype, action))
    if special:
        special(writing, _current(writing, record), at)


def _current(writing: Writing, record: Record) -> Record:
    found = writing.record(record.key)
    assert found is not None
    return found


def _note_signature(writing: Writing, record: Record, step: Step, at: datetime) -> None:
    organ = ORGAN_OPTION.get(organ_of(step.role), "")
    members = [{**row, "signed_at": at} if row.get("organ") == organ else row for row in record.get("members") or ()]
    writing.set_fields(record.key, members=members)


# --- the effects that flow names ------------------------------------------------------------------


def _create_project(writing: Writing, record: Record, effect: Effect, at: datetime) -> None:
    fields = record.fields
    known = writing.project(record.project)
    title = fields.get("project_name", "")
    if known is not None:
        writing.update_project(
            known.key,
            proposal=record.key,
            title=title,
            plan_year=fields.get("plan_year", 0),
            nature=fields.get("nature", ""),
            form_kind=fields.get("form_kind", ""),
        )
        return
    project = Project(
        record.key,
        title,
        record.doc.department,
        fields.get("nature", ""),
        fields.get("form_kind", ""),
        fields.get("plan_year", 0),
        record.key,
    )
    writing.put("projects", project.key, project)
    writing.put_record(replace(record, project=project.key))


def _freeze_version(writing: Writing, record: Record, effect: Effect, at: datetime) -> None:
    version = Version(len(record.versions) + 1, at, str(effect.value), total_of(record.fields), record.fields)
    writing.put("records", record.key, replace(record, versions=(*record.versions, version)))
    if record.doc.doctype == PROPOSAL:
        derived: dict[str, Any] = {"scheme_version": version.name}
        if "declared_total" not in record.fields:
            derived["declared_total"] = version.total
        writing.set_fields(record.key, **derived)


def _effective_version(writing: Writing, record: Record, effect: Effect, at: datetime) -> None:
    if effect.value == "filed":
        writing.set_fields(record.key, filed_version=record.versions[-1].name, filed_on=day_of(at))
    elif effect.value == "changed":
        project = writing.project(record.project)
        assert project is not None
        before = project.effective_total if project.effective_total is not None else project.approved_total
        assert before is not None
        net = sum(
            (
                row.get("after_amount", Decimal(0)) - row.get("before_amount", Decimal(0))
                for row in record.get("lines") or ()
            ),
            Decimal(0),
        )
        writing.update_project(project.key, effective_total=before + net)
        writing.set_fields(record.key, new_total=before + net)
    else:
        project = writing.project(record.project)
        assert project is not None
        writing.update_project(project.key, effective_total=project.approved_total)


def _freeze_total(writing: Writing, record: Record, effect: Effect, at: datetime) -> None:
    proposal = writing.record(effect.target)
    assert proposal is not None
    writing.update_project(proposal.project, approved_total=effect.value, effective_total=effect.value, approved_at=at)


def _set_field(writing: Writing, record: Record, effect: Effect, at: datetime) -> None:
    writing.set_fields(effect.target or record.key, **{effect.field: effect.value})


def _set_moment(writing: Writing, record: Record, effect: Effect, at: datetime) -> None:
    writing.set_fields(record.key, **{effect.field: at})


def _give_number(writing: Writing, record: Record, effect: Effect, at: datetime) -> None:
    if record.get(effect.field):
        return
    number = next_number(writing, record.doc.doctype, effect.field, record.fields, day_of(at))
    writing.set_fields(record.key, **{effect.field: number})
    if effect.field == "declaration_no":
        writing.update_project(record.project, declaration_no=number)


def _issue_paper(writing: Writing, record: Record, effect: Effect, at: datetime) -> None:
    writing.papers.append(str(effect.value))


def _system_action(writing: Writing, record: Record, effect: Effect, at: datetime) -> None:
    target = writing.record(effect.target)
    assert target is not None, effect.target
    step = system_step(
        shipped(target.doc.doctype), target.doc, effect.action, at=at, cause=f"{record.doc.doctype} {record.key}"
    )
    after_step = writing.put_doc(step.document)
    if target.doc.doctype == PROPOSAL:
        writing.put("awaiting", _awaiting_key(target), None)
        listed = {"plan_approved_on": record.get("approved_on")} if effect.action == "Approve with Plan" else {}
        writing.set_fields(target.key, plan=record.key, plan_approved_at=at, **listed)
        writing.put("settings", ("plan of", target.key), record.key)
    writing.log(target.project, decision_row(after_step, step, at, (), cause=_cause(record)))
    refresh_stage(writing, target.project)


def _cause(record: Record) -> str:
    return plan_chain(record) if record.doc.doctype == PLAN else record.key


def _awaiting_key(proposal: Record) -> tuple[int, bool, str]:
    return proposal.get("plan_year", 0), proposal.get("declaration_type") == "in-year addition", proposal.key


def _next_round(writing: Writing, record: Record, effect: Effect, at: datetime) -> None:
    """A person makes the next round's document; nothing to do until then."""


def _open_follow_ups(writing: Writing, record: Record, effect: Effect, at: datetime) -> None:
    about = writing.record(effect.target) if effect.target else record
    assert about is not None
    kind = option_lists()["follow_up_kind"].find(str(effect.value)) or str(effect.value)
    key = f"{about.key}/{kind}" if effect.target else f"{record.key}/{kind}"
    doc = FlowDocument(
        "IT Project Follow-up",
        key,
        "",
        {"kind": kind, "reference": about.key, "project": about.project},
        about.doc.department,
        about.doc.competent_department,
    )
    writing.put_record(Record(doc, about.project, at))


def _refresh(writing: Writing, record: Record, effect: Effect, at: datetime) -> None:
    if record.project:
        refresh_stage(writing, record.project)


def refresh_stage(writing: Writing, key: str) -> None:
    """Derive a project's stage again from the states of its documents."""
    project = writing.project(key)
    if project is None:
        return
    documents = [writing.record(name) for name in project.documents]
    stage = stage_of((r.doc.doctype, r.doc.state) for r in documents if r is not None and r.doc.state)
    writing.update_project(key, stage=stage.label.zh)


_CARRIERS: dict[str, Callable[[Writing, Record, Effect, datetime], None]] = {
    "create project": _create_project,
    "freeze version": _freeze_version,
    "effective version": _effective_version,
    "freeze approved total": _freeze_total,
    "set field": _set_field,
    "set moment": _set_moment,
    "give number": _give_number,
    "issue paper": _issue_paper,
    "system action": _system_action,
    "next round": _next_round,
    "open follow-ups": _open_follow_ups,
    "refresh stage": _refresh,
}


# --- what a project's file and the registers derive -----------------------------------------------


def _opinion_issued(writing: Writing, record: Record, at: datetime) -> None:
    reviews = of_proposal(writing, record, JOINT)
    if reviews:
        writing.set_fields(reviews[-1].key, served_on=day_of(at))


def _sent_to_county(writing: Writing, record: Record, at: datetime) -> None:
    writing.put("awaiting", _awaiting_key(record), True)


def _no_longer_awaiting(writing: Writing, record: Record, at: datetime) -> None:
    writing.put("awaiting", _awaiting_key(record), None)


def _consulted(writing: Writing, record: Record, at: datetime) -> None:
    for row in record.get("agenda") or ():
        proposal = writing.record(row.get("proposal", ""))
        if proposal is not None:
            writing.set_fields(proposal.key, consultation=record.key)
            writing.update_project(proposal.project, is_key=row.get("priority") == "key")


def _change_effective(writing: Writing, record: Record, at: datetime) -> None:
    writing.set_fields(
        record.key, route=route_change(change_facts(writing, record, at), writing.rules(day_of(at))).route
    )


def _accepted(writing: Writing, record: Record, at: datetime) -> None:
    project = writing.project(record.project)
    proposal = writing.record(project.proposal) if project else None
    assert project is not None and proposal is not None
    writing.update_project(project.key, formal_start=record.get("formal_start"))
    start = record.get("formal_start") or day_of(at)
    for row in proposal.get("systems") or ():
        if row.get("involvement") in ("new", "upgraded"):
            upgraded = start if row["involvement"] == "upgraded" else None
            writing.put(
                "systems",
                row["system"],
                SystemRecord(
                    row["system"], record.doc.department, upgraded, add_months(start, proposal.get("om_months", 0))
                ),
            )


def _evaluated(writing: Writing, record: Record, at: datetime) -> None:
    project = writing.project(record.project)
    assert project is not None
    facts = evaluation_facts(writing, record, at)
    score = total_score(facts)
    result = grade(score, writing.rules(day_of(at)))
    known: tuple[EarlierResult, ...] = writing.get("results", project.department, ())
    writing.put(
        "results",
        project.department,
        (*known, EarlierResult(project.key, project.title, result, score, day_of(at), record.get("consequence") or "")),
    )
    writing.set_fields(record.key, score=score, grade=result, grade_text=GRADES[result].zh)


_SPECIAL: Mapping[tuple[str, str], Callable[[Writing, Record, datetime], None]] = {
    (PROPOSAL, "Issue Review Opinion"): _opinion_issued,
    (PROPOSAL, "Send to County Decision"): _sent_to_county,
    (PROPOSAL, "Return to Consultation"): _no_longer_awaiting,
    (PROPOSAL, "Withdraw Proposal"): _no_longer_awaiting,
    (CONSULTATION, "Conclude Consultation"): _consulted,
    (ACCEPTANCE, "Pass Acceptance"): _accepted,
    (EVALUATION, "Conclude Evaluation"): _evaluated,
    (CHANGE, "File Change"): _change_effective,
    (CHANGE, "Agree to Change"): _change_effective,
}
