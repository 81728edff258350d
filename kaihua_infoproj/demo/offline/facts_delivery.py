"""From documents to the facts that rules ask: implementation, change, acceptance, service completion, evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ...flow.effects import ACCEPTANCE, CHANGE, EVALUATION, IMPLEMENTATION, JOINT
from ...policy.acceptance_facts import (
    AcceptanceFacts,
    ArchiveRow,
    BasisDocument,
    Collection,
    EarlierRound,
    Gate,
    GroupMember,
    Part,
    Requirement,
)
from ...policy.calendar import day_of, shipped_calendar
from ...policy.change_facts import ChangeFacts, ChangeLine, ContentChange, DimensionView, EarlierChange
from ...policy.change_route import line_gross
from ...policy.evaluation import EvaluationFacts, PartScore, TargetResult, self_evaluation_due
from ...policy.implementation import Contract, ImplementationFacts, Procurement
from ...policy.milestones import Suspension
from ...policy.parameter import ResolvedSet
from ...policy.service_completion import Deliverable, ServiceCompletionFacts
from .facts_declaration import ZERO, concluded_at, consent_of, rows, total_of
from .world import Project, Record, Writing

ORDER, PAYMENT, DICTIONARY = "Purchase Order", "Payment Entry", "IT Project Data Dictionary"


def project_of(writing: Writing, record: Record) -> Project:
    """The project that a document belongs to."""
    project = writing.project(record.project)
    assert project is not None, record.key
    return project


def _day(moment: datetime | None) -> date | None:
    return day_of(moment) if moment is not None else None


# --- implementation -------------------------------------------------------------------------------


def implementation_facts(writing: Writing, record: Record, at: datetime) -> ImplementationFacts:
    """An implementation with its contracts, milestones and papers."""
    fields, project = record.fields, project_of(writing, record)
    proposal = writing.record(project.proposal)
    orders = contracts(writing, record.project)
    supervisor = fields.get("supervisor") or ""
    dictionary = dictionary_of(writing, record.project)
    stopped = suspensions(fields)
    states = {a.doc.state for a in writing.of_project(record.project, ACCEPTANCE)}
    return ImplementationFacts(
        nature=project.nature,
        at=day_of(at),
        approved_on=proposal.get("plan_approved_on") if proposal else None,
        approved_total=project.approved_total or ZERO,
        effective_total=project.effective_total,
        implementation_file=fields.get("implementation_file") or "",
        unit_pm=fields.get("unit_pm") or "",
        confirmed_lines_total=confirmed_total(proposal, fields),
        confirmed_on=_day(fields.get("confirmed_at")),
        confirmation_number=fields.get("confirmation_no") or "",
        investment_code=investment_code(writing, record),
        procurements=rows(Procurement, fields.get("procurements")),
        contracts=orders,
        builder=fields.get("builder") or "",
        designer=fields.get("designer") or "",
        supervisor=supervisor,
        supervisor_ability=fields.get("supervisor_ability") or "",
        supervision_signed_on=next((o.signed_on for o in orders if supervisor and o.supplier == supervisor), None),
        all_built_on=fields.get("all_built_on"),
        data_dictionary_received_on=_day(dictionary.get("received_at")) if dictionary else None,
        data_dictionary_receipt=(dictionary.get("receipt_no") or "") if dictionary else "",
        preliminary_accepted_on=fields.get("preliminary_accepted_on"),
        preliminary_result=fields.get("preliminary_result") or "",
        trial_start=trial_start(fields),
        suspensions=stopped,
        suspension_reason=stopped[-1].reason if stopped else "",
        termination_decision_no=fields.get("termination_decision_no") or "",
        termination_reason=fields.get("termination_reason") or "",
        acceptance_passed="Acceptance Passed" in states,
        service_completed="Service Completed" in states,
    )


def investment_code(writing: Writing, record: Record) -> str:
    """The project's code: typed with the plan, or got with the follow-up on it."""
    follow_ups = writing.of_project(record.project, "IT Project Follow-up")
    codes = (record.get("investment_code"), *(f.get("investment_code") for f in follow_ups))
    return next((code for code in codes if code), "")


def contracts(writing: Writing, project: str) -> tuple[Contract, ...]:
    """The project's purchase orders."""
    return tuple(
        Contract(o.key, o.get("supplier", ""), o.get("amount", ZERO), o.get("signed_on"))
        for o in writing.of_project(project, ORDER)
    )


def confirmed_total(proposal: Record | None, fields: Mapping[str, Any]) -> Decimal | None:
    """The total of the detailed plan: the filed version with the differences that it names."""
    if proposal is None or not proposal.versions:
        return None
    differences = fields.get("differences") or ()
    return total_of(proposal.versions[-1].fields) + sum(
        (row.get("confirmed", ZERO) - row.get("approved", ZERO) for row in differences), ZERO
    )


def dictionary_of(writing: Writing, project: str) -> Record | None:
    """The project's data dictionary, the last one."""
    found = writing.of_project(project, DICTIONARY)
    return found[-1] if found else None


def trial_start(fields: Mapping[str, Any]) -> date | None:
    """The day on which the trial began."""
    return fields.get("trial_start") or _day(fields.get("trial_started_at"))


def suspensions(fields: Mapping[str, Any]) -> tuple[Suspension, ...]:
    """Times for which work was suspended."""
    return rows(Suspension, fields.get("suspensions"), since="from_date", until="to_date")


# --- change ---------------------------------------------------------------------------------------


def change_facts(writing: Writing, record: Record, at: datetime) -> ChangeFacts:
    """A change with those decided before it."""
    fields, project = record.fields, project_of(writing, record)
    proposal = writing.record(project.proposal)
    consent = consent_of(fields)
    review = writing.record(str(fields.get("review") or ""))
    lines = tuple(change_line(row, number) for number, row in enumerate(fields.get("lines") or (), 1))
    categories = {row.get("category") for row in (proposal.get("investment_lines") if proposal else ()) or ()}
    earlier = [c for c in writing.of_project(record.project, CHANGE) if c.key != record.key]
    categories |= {
        row.get("category")
        for c in earlier
        if c.doc.state in ("Change Filed", "Change Approved")
        for row in c.get("lines") or ()
    }
    return ChangeFacts(
        base_amount=project.approved_total or ZERO,
        lines=lines,
        history=history(earlier),
        centre_content_degree=fields.get("centre_content_degree"),
        review_still_met=rows(DimensionView, fields.get("review_still_met")),
        refer_reason=fields.get("refer_reason") or "",
        nature=project.nature,
        effective_total=project.effective_total,
        consented_total=consented(earlier),
        consent=consent if consent.given else None,
        supervision_line="supervision" in categories,
        supervision_contract=has_supervisor(writing, record.project),
        reason_kind=fields.get("reason_kind") or "",
        reason=fields.get("reason") or "",
        change_kinds=tuple(fields.get("change_kinds") or ()),
        content_changes=rows(ContentChange, fields.get("content_changes")),
        new_end=fields.get("new_end"),
        not_yet_carried_out=fields.get("not_yet_carried_out"),
        adjusted_scheme=fields.get("adjusted_scheme") or "",
        cost_basis=fields.get("cost_basis") or "",
        experts_needed=bool(fields.get("experts_needed")),
        review_concluded=bool(review and review.doc.doctype == JOINT and concluded_at(review)),
    )


def has_supervisor(writing: Writing, project: str) -> bool:
    """Whether a contract with the supervisor named in the implementation is signed."""
    works = writing.of_project(project, IMPLEMENTATION)
    supervisor = works[-1].get("supervisor") if works else ""
    return bool(supervisor) and any(o.supplier == supervisor for o in contracts(writing, project))


def change_line(row: Mapping[str, Any], number: int) -> ChangeLine:
    """One changed line."""
    return ChangeLine(
        row.get("line") or row.get("item") or str(number),
        row.get("before_amount", ZERO),
        row.get("after_amount", ZERO),
        row.get("category") or "",
        row.get("item") or "",
        row.get("reason") or "",
    )


_DECISIONS: dict[str, Any] = {"Change Filed": "filed", "Change Approved": "agreed", "Change Rejected": "rejected"}


def history(earlier: list[Record]) -> tuple[EarlierChange, ...]:
    """What was decided on the project's other changes."""
    return tuple(
        EarlierChange(
            line_gross(change_line(row, n) for n, row in enumerate(change.get("lines") or (), 1)),
            _DECISIONS[change.doc.state],
            concluded_at(change),
        )
        for change in earlier
        if change.doc.state in _DECISIONS
    )


def consented(earlier: list[Record]) -> Decimal | None:
    """The highest total to which the county has consented with an earlier change."""
    totals = [
        c.get("new_total", ZERO)
        for c in earlier
        if c.doc.state in ("Change Filed", "Change Approved") and consent_of(c.fields).given
    ]
    return max(totals, default=None)


# --- acceptance -----------------------------------------------------------------------------------


def acceptance_facts(writing: Writing, record: Record, at: datetime) -> AcceptanceFacts | ServiceCompletionFacts:
    """An acceptance with what its implementation knows; of O&M and services the service completion."""
    fields, project = record.fields, project_of(writing, record)
    work = writing.record(str(fields.get("implementation") or ""))
    built: Mapping[str, Any] = work.fields if work else {}
    orders = contracts(writing, record.project)
    if project.form_kind != "construction":
        return ServiceCompletionFacts(
            project.nature,
            day_of(at),
            fields.get("service_from"),
            fields.get("service_to"),
            rows(Deliverable, fields.get("deliverables")),
            fields.get("service_score"),
            fields.get("service_level_reached"),
            sum((o.amount for o in orders), ZERO),
            paid(writing, record.project),
            fields.get("completion_report") or "",
        )
    dictionary = dictionary_of(writing, record.project)
    collected = [
        row["last_on"] for row in built.get("collections") or () if row.get("rows_collected") and row.get("last_on")
    ]
    proposal = writing.record(project.proposal)
    return AcceptanceFacts(
        at=day_of(at),
        applied_on=_day(fields.get("applied_at")),
        all_built_on=built.get("all_built_on"),
        data_dictionary_received_on=_day(dictionary.get("received_at")) if dictionary else None,
        preliminary_accepted_on=built.get("preliminary_accepted_on"),
        preliminary_result=built.get("preliminary_result") or "pass",
        trial_start=trial_start(built),
        suspensions=suspensions(built),
        zone_connected_on=built.get("zone_connected_on"),
        trial_data_collected_on=max(collected, default=None),
        no_data=bool(proposal and proposal.get("no_data")),
        stable_and_normal=built.get("stable_and_normal"),
        gates=rows(Gate, fields.get("gates")),
        collections=rows(Collection, built.get("collections")),
        summary=fields.get("summary") or "",
        archive=rows(ArchiveRow, fields.get("archive")),
        round=fields.get("round", 1),
        previous_round=fields.get("previous_round") or "",
        earlier_rounds=earlier_rounds(writing, record),
        delegation_no=fields.get("delegation_no") or "",
        delegation_on=fields.get("delegation_on"),
        standing_delegation=bool(fields.get("standing_delegation")),
        group=rows(GroupMember, fields.get("group")),
        department=record.doc.department,
        suppliers=tuple(name for name in (built.get("builder"),) if name),
        supervisor=built.get("supervisor") or "",
        parts=rows(Part, fields.get("parts")),
        basis_documents=rows(BasisDocument, fields.get("basis_documents")),
        conclusion=fields.get("conclusion") or "",
        rectification_items=rows(Requirement, fields.get("rectification_items")),
        report=fields.get("report") or "",
        formal_start=fields.get("formal_start"),
    )


def earlier_rounds(writing: Writing, record: Record) -> tuple[EarlierRound, ...]:
    """The rounds before this one; the items of the last with the answers that this one gives."""
    found = []
    for other in writing.of_project(record.project, ACCEPTANCE):
        if other.key == record.key or concluded_at(other) is None:
            continue
        answers = {row.get("requirement"): row for row in record.get("rectification_answers") or ()}
        items = [{**row, **answers.get(row.get("requirement"), {})} for row in other.get("rectification_items") or ()]
        found.append(
            EarlierRound(
                other.get("round", 1),
                other.get("conclusion") or "fail",
                _day(concluded_at(other)),
                rows(Requirement, items),
            )
        )
    return tuple(found)


def paid(writing: Writing, project: str) -> Decimal:
    """What was paid so far, in yuan."""
    return sum((p.get("amount", ZERO) for p in writing.of_project(project, PAYMENT)), ZERO)


# --- evaluation -----------------------------------------------------------------------------------


def evaluation_facts(writing: Writing, record: Record, at: datetime) -> EvaluationFacts:
    """An evaluation."""
    fields, project = record.fields, project_of(writing, record)
    notified = record.moment_of("Notify Self-Evaluation")
    rules = writing.rules(day_of(at))
    drawn = writing.record(str(fields.get("draw") or ""))
    in_it = drawn is not None and any(row.get("id") == record.project for row in drawn.get("result") or ())
    return EvaluationFacts(
        at=day_of(at),
        formal_start=project.formal_start,
        is_key=project.is_key,
        draw=drawn.key if drawn and in_it else "",
        self_evaluation_due=self_deadline(notified, rules),
        self_evaluated_on=_day(fields.get("self_evaluated_at") or fields.get("handed_in_at")),
        targets=rows(TargetResult, fields.get("targets")),
        self_scores=rows(PartScore, fields.get("self_scores")),
        evaluator=fields.get("evaluator") or "",
        indicators=rows(PartScore, fields.get("indicators")),
        consequence=fields.get("consequence") or "",
        report=fields.get("report") or "",
    )


def self_deadline(notified: datetime | None, rules: ResolvedSet) -> date | None:
    """The last day for the self-evaluation, once notified."""
    return self_evaluation_due(day_of(notified), rules, shipped_calendar()) if notified else None


BUILDERS = {
    IMPLEMENTATION: lambda w, r, at, opinion: implementation_facts(w, r, at),
    CHANGE: lambda w, r, at, opinion: change_facts(w, r, at),
    ACCEPTANCE: lambda w, r, at, opinion: acceptance_facts(w, r, at),
    EVALUATION: lambda w, r, at, opinion: evaluation_facts(w, r, at),
}
"""DocType → builder of its facts from (writing, document, moment, the decision's opinion)."""
