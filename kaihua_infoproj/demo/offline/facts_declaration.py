"""From documents to the facts that rules ask: declaration, reviews, consultation, annual plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from ...flow.definition import shipped, shipped_doctypes
from ...flow.effects import CONSULTATION, JOINT, PLAN, PRELIMINARY, PROPOSAL
from ...policy.annual_plan import AnnualPlanFacts, NotListedRow, PlanLine
from ...policy.calendar import day_of
from ...policy.consent import Consent
from ...policy.consultation import AgendaRow, ConsultationFacts
from ...policy.correction import CorrectionRound, Extension
from ...policy.joint_review import AdjustedLine, ExpertSeat, JointReviewFacts, Member, OpinionItem
from ...policy.plain import from_plain
from ...policy.preliminary_review import CorrectionItem, PreliminaryReviewFacts, ReviewCheck
from ...policy.proposal import Exclusion, ProposalFacts
from ...policy.proposal_paper import Answer
from ...policy.redeclaration import EarlierDeclaration
from ...policy.revision import Revision
from .world import Record, Writing

T = TypeVar("T")
ZERO = Decimal(0)


def rows(cls: type[T], table: Iterable[Mapping[str, Any]] | None, **names: str) -> tuple[T, ...]:
    """A form's rows as the dataclass a rule reads; other columns are left out.

    Args:
        names: field of the dataclass → column of the form, where they differ.
    """
    back = {column: name for name, column in names.items()}
    return tuple(
        from_plain(cls, {back.get(k, k): v for k, v in row.items()}, ignore_unknown=True) for row in table or ()
    )


def total_of(fields: Mapping[str, Any]) -> Decimal:
    """Σ of the investment lines, in yuan."""
    return sum((line.get("amount") or ZERO for line in fields.get("investment_lines") or ()), ZERO)


def is_cross_system(fields: Mapping[str, Any]) -> bool:
    """Whether the project works on more than one system; one that is merely replaced does not count."""
    return len({row.get("system") for row in fields.get("systems") or () if row.get("involvement") != "replaced"}) > 1


# --- proposal -------------------------------------------------------------------------------------


def proposal_facts(writing: Writing, record: Record, at: datetime, opinion: str) -> ProposalFacts:
    """A proposal with everything that was concluded on it."""
    fields = record.fields
    systems = tuple(row["system"] for row in fields.get("systems") or () if row.get("system"))
    co_units = tuple(row.get("department", "") for row in fields.get("co_units") or ())
    reviews = of_proposal(writing, record, PRELIMINARY)
    joint = of_proposal(writing, record, JOINT)
    return ProposalFacts(
        paper=fields,
        at=at,
        register=writing.register((record.doc.department, *co_units), systems, record.doc.department),
        sent_at=fields.get("unit_head_signed_at"),
        reached_centre_at=fields.get("reached_centre_at"),
        corrections=corrections(record, reviews),
        preliminary_review=preliminary_facts(writing, reviews[-1], at) if reviews else None,
        joint_review=joint_facts(writing, joint[-1], at) if joint else None,
        revision=Revision(
            handed_in_at=record.moment_of("Hand In Revision"),
            filed_version=fields.get("filed_version") or "",
            filed_on=fields.get("filed_on"),
        ),
        consultation=consultation_of(writing, record, at),
        proposal=record.key,
        earlier=earlier_of(writing, record),
        withdrawal_reason=opinion,
        exclusion=Exclusion(fields.get("exclusion_kind") or "", opinion),
        plan_approved_at=fields.get("plan_approved_at"),
    )


def of_proposal(writing: Writing, proposal: Record, doctype: str) -> tuple[Record, ...]:
    """Reviews of this very proposal (a project may hold an earlier declaration's too), oldest first."""
    return tuple(r for r in writing.of_project(proposal.project, doctype) if r.get("proposal") == proposal.key)


def concluded_at(record: Record) -> datetime | None:
    """When it was decided, or None while it is open."""
    end = record.doc.doctype in shipped_doctypes() and shipped(record.doc.doctype).state(record.doc.state).kind == "end"
    return record.doc.decided[-1].at if end and record.doc.decided else None


def corrections(proposal: Record, reviews: Iterable[Record]) -> tuple[CorrectionRound, ...]:
    """Every round of correction: the notice stands in the review that asked for it, the rest in the proposal."""
    notices = [r for r in reviews if r.get("conclusion") == "correction" and concluded_at(r)]
    handed_in = [d.at for d in proposal.doc.decided if d.action == "Hand In Correction" and d.complete]
    answers = [v.fields.get("correction_answers") for v in proposal.versions if v.action == "Hand In Correction"]
    found = []
    for number, notice in enumerate(notices):
        done = handed_in[number] if number < len(handed_in) else None
        extensions = [row for row in proposal.get("extensions") or () if row["round"] == number + 1]
        found.append(
            CorrectionRound(
                notice.get("correction_notice_no") or "",
                notice.get("correction_served_on"),
                extensions=tuple(Extension(row["days"], row["reason"], row["by"]) for row in extensions),
                items=rows(CorrectionItem, notice.get("correction_items")),
                answers=rows(Answer, answers[number]) if number < len(answers) and number < len(notices) - 1 else (),
                handed_in_at=done,
            )
        )
    return tuple(found)


def extended(record: Record, by: str) -> Record:
    """The proposal with the extension that is being decided, by whom, among those of its present round."""
    rounds = sum(d.action == "Require Correction" and d.complete for d in record.doc.decided)
    extension = {
        "round": rounds,
        "days": record.get("extension_days", 0),
        "reason": record.get("extension_reason", ""),
        "by": by,
    }
    fields = {**record.fields, "extensions": [*(record.get("extensions") or ()), extension]}
    return replace(record, doc=replace(record.doc, fields=fields))


def earlier_of(writing: Writing, record: Record) -> EarlierDeclaration | None:
    """The declaration that it goes on from."""
    earlier = writing.record(str(record.get("earlier_declaration") or ""))
    return EarlierDeclaration(earlier.key, earlier.doc.state, earlier.get("plan_year", 0)) if earlier else None


def consultation_of(writing: Writing, proposal: Record, at: datetime) -> ConsultationFacts | None:
    """The latest consultation that has it on its agenda."""
    meeting = writing.record(str(proposal.get("consultation") or ""))
    return consultation_facts(writing, meeting, at) if meeting else None


# --- reviews --------------------------------------------------------------------------------------


def preliminary_facts(writing: Writing, record: Record, at: datetime) -> PreliminaryReviewFacts:
    """A preliminary review."""
    fields = record.fields
    return PreliminaryReviewFacts(
        rows(ReviewCheck, fields.get("checks")),
        fields.get("conclusion") or "",
        fields.get("refusal_article") or "",
        fields.get("refusal_reason") or "",
        rows(CorrectionItem, fields.get("correction_items")),
        fields.get("round", 1),
        fields.get("scheme_version") or "",
        at,
        concluded_at(record),
    )


def joint_facts(writing: Writing, record: Record, at: datetime) -> JointReviewFacts:
    """A joint review of a proposal, or of a change."""
    fields = record.fields
    proposal = writing.record(str(fields.get("proposal") or ""))
    paper = proposal.fields if proposal else {}
    sheets = {
        sheet.get("expert"): sheet
        for sheet in writing.of_project(record.project, "IT Project Expert Sheet")
        if sheet.get("review") == record.key
    }
    return JointReviewFacts(
        department=record.doc.department,
        co_units=tuple(row.get("department", "") for row in paper.get("co_units") or ()),
        is_cross_department=bool(paper.get("is_cross_department")),
        is_cross_system=is_cross_system(paper),
        review_form=fields.get("review_form") or "",
        held_on=fields.get("held_on"),
        members=rows(Member, fields.get("members")),
        experts=tuple(seat(writing, row, sheets.get(row.get("expert"))) for row in fields.get("experts") or ()),
        conclusion=fields.get("conclusion") or "",
        expert_group_opinion=fields.get("expert_group_opinion") or "",
        declared_amount=fields.get("declared_amount"),
        reviewed_amount=fields.get("reviewed_amount"),
        adjusted_lines=rows(AdjustedLine, fields.get("adjusted_lines")),
        opinion_items=rows(OpinionItem, fields.get("opinion_items")),
        round=fields.get("round", 1),
        scheme_version=fields.get("scheme_version") or "",
        at=at,
        served_on=served_on(record),
        concluded_at=concluded_at(record),
    )


def served_on(review: Record) -> date | None:
    """The day on which the opinion was served: with its issue to the unit."""
    served: date | None = review.get("served_on")
    return served


def seat(writing: Writing, row: Mapping[str, Any], sheet: Record | None) -> ExpertSeat:
    """An expert with his score sheet."""
    master = writing.get("masters", ("IT Project Expert", row.get("expert")))
    scores: dict[str, Decimal] = {}
    for score in (sheet.get("scores") if sheet else None) or ():
        part = score["part"].replace(" & ", " and ").replace(" ", "_")
        scores[part] = scores.get(part, ZERO) + score["score"]
    return ExpertSeat(
        str(row.get("expert") or ""),
        master.get("unit", "") if master else "",
        bool(row.get("leader")),
        row.get("drawn_in") or "",
        row.get("designation_reason") or "",
        bool(row.get("avoidance_declared")),
        scores,
        sheet.get("recommended_amount") if sheet else None,
        (sheet.get("opinion") or "") if sheet else "",
    )


# --- consultation and plan ------------------------------------------------------------------------


def consultation_facts(writing: Writing, record: Record, at: datetime) -> ConsultationFacts:
    """A consultation with what it looks at: the filed versions and the reviews' amounts."""
    fields = record.fields
    attendees = fields.get("attendees") or ()
    return ConsultationFacts(
        tuple(agenda_row(writing, row) for row in fields.get("agenda") or ()),
        fields.get("meeting_no") or "",
        fields.get("held_on"),
        fields.get("convener") or "",
        tuple(row.get("person", "") for row in attendees),
        fields.get("minutes_no") or "",
        fields.get("minutes_file") or "",
        fields.get("opinion_no") or "",
        at,
        concluded_at(record),
    )


def agenda_row(writing: Writing, row: Mapping[str, Any]) -> AgendaRow:
    """One project on the agenda."""
    proposal = writing.record(str(row.get("proposal") or ""))
    if proposal is None:
        return AgendaRow(str(row.get("proposal") or ""))
    joint = of_proposal(writing, proposal, JOINT)
    return AgendaRow(
        proposal.key,
        proposal.get("project_name", ""),
        proposal.get("filed_version") or "",
        proposal.get("declared_total"),
        joint[-1].get("reviewed_amount") if joint else None,
        total_of(proposal.fields) if proposal.get("filed_version") else None,
        row.get("conclusion") or "",
        row.get("amount"),
        row.get("reason") or "",
        row.get("priority") or "",
        "",
        bool(proposal.get("is_cross_department")),
        is_cross_system(proposal.fields),
    )


def advice_on(writing: Writing, proposal: Record) -> tuple[Record | None, Mapping[str, Any]]:
    """The latest consultation on a proposal, and its row there."""
    meeting = writing.record(str(proposal.get("consultation") or ""))
    agenda = meeting.get("agenda") or () if meeting else ()
    return meeting, next((row for row in agenda if row.get("proposal") == proposal.key), {})


def plan_facts(writing: Writing, record: Record, at: datetime) -> AnnualPlanFacts:
    """An annual or supplementary plan with its two lists."""
    fields = record.fields
    year = fields.get("year", 0)
    lines = tuple(plan_line(writing, number, row) for number, row in enumerate(fields.get("lines") or (), 1))
    listed = {row.get("proposal") for row in (*(fields.get("lines") or ()), *(fields.get("not_listed") or ()))}
    kind = fields.get("kind") or "annual"
    addition = kind == "supplementary"
    elsewhere = []
    for line in lines:
        plan = writing.get("settings", ("plan of", line.proposal))
        if plan and plan != record.key and line.kind == "new":
            elsewhere.append(line.proposal)
    awaiting = tuple(
        key
        for (due, is_addition, key), _ in writing.items("awaiting")
        if due == year and is_addition == addition and (key in listed or not addition)
    )
    return AnnualPlanFacts(
        year=year,
        kind=kind,
        year_plan=fields.get("year_plan") or "",
        request_no=fields.get("request_no") or "",
        lines=lines,
        not_listed=tuple(not_listed_row(writing, row) for row in fields.get("not_listed") or ()),
        listed_elsewhere=tuple(elsewhere),
        awaiting=awaiting,
        approval_no=fields.get("approval_no") or "",
        approved_on=fields.get("approved_on"),
        approval_file=fields.get("approval_file") or "",
        at=at,
    )


def plan_line(writing: Writing, number: int, row: Mapping[str, Any]) -> PlanLine:
    """One listed project."""
    proposal = writing.record(str(row.get("proposal") or ""))
    if proposal is None:
        return PlanLine(number, str(row.get("proposal") or ""), row.get("kind") or "new")
    meeting, advice = advice_on(writing, proposal)
    project = writing.project(proposal.project)
    paper = proposal.fields
    return PlanLine(
        no=row.get("no") or number,
        proposal=proposal.key,
        kind=row.get("kind") or "new",
        project_name=paper.get("project_name", ""),
        unit=proposal.doc.department,
        nature=paper.get("nature") or "",
        project_field=paper.get("project_field") or "",
        consultation=meeting.key if meeting else "",
        conclusion=advice.get("conclusion") or "",
        consultation_concluded=bool(meeting and concluded_at(meeting)),
        filed_amount=total_of(paper) if paper.get("filed_version") else None,
        advised_amount=advice.get("amount"),
        planned_amount=row.get("planned_amount"),
        approved_total=project.approved_total if project else None,
        this_year_funds=row.get("this_year_funds"),
        source=row.get("source") or "",
        priority=row.get("priority") or "",
        is_cross_department=bool(paper.get("is_cross_department")),
        is_cross_system=is_cross_system(paper),
        declaration_type=paper.get("declaration_type") or "annual",
        plan_year=paper.get("plan_year"),
        consent=consent_of(paper),
    )


def consent_of(paper: Mapping[str, Any]) -> Consent:
    """The county's consent as it is recorded."""
    return Consent(
        paper.get("consent_kind") or "",
        paper.get("consent_number") or "",
        paper.get("consent_date"),
        paper.get("consent_file") or "",
    )


def not_listed_row(writing: Writing, row: Mapping[str, Any]) -> NotListedRow:
    """One project that is not listed."""
    proposal = writing.record(str(row.get("proposal") or ""))
    if proposal is None:
        return NotListedRow(str(row.get("proposal") or ""))
    meeting, advice = advice_on(writing, proposal)
    return NotListedRow(
        proposal=proposal.key,
        project_name=proposal.get("project_name", ""),
        advice=row.get("advice") or "",
        reason=row.get("reason") or "",
        conclusion=advice.get("conclusion") or "",
        consultation_concluded=bool(meeting and concluded_at(meeting)),
    )


BUILDERS = {
    PROPOSAL: proposal_facts,
    PRELIMINARY: lambda w, r, at, opinion: preliminary_facts(w, r, at),
    JOINT: lambda w, r, at, opinion: joint_facts(w, r, at),
    CONSULTATION: lambda w, r, at, opinion: consultation_facts(w, r, at),
    PLAN: lambda w, r, at, opinion: plan_facts(w, r, at),
}
"""DocType → builder of its facts from (writing, document, moment, the decision's opinion)."""


def rules_day(record: Record, at: datetime) -> date:
    """The day whose parameters bind a declaration: that of sending, once sent."""
    return day_of(record.get("unit_head_signed_at") or at)
