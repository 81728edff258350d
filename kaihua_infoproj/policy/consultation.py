"""Decision consultation (article 9): the deputy magistrate's meeting advises on each project."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from .comparison import compared
from .finding import Finding, found
from .parameter import ResolvedSet

SUPPORT, CUT, DEFER, DECLINE = "support", "support with cut", "defer", "do not establish"
CONCLUSIONS = (SUPPORT, CUT, DEFER, DECLINE)


@dataclass(frozen=True)
class AgendaRow:
    """One project on the agenda.

    Attributes:
        proposal: its number. filed_version: the scheme version filed after the review (复核备案), which is what the
            meeting judges; empty if none is filed. filed_amount, declared, reviewed, amount: yuan.
        conclusion: support, support with cut, defer or do not establish. priority: key or normal.
        opinion_no: number of the opinion on this project, where each has its own.
    """

    proposal: str
    project_name: str = ""
    filed_version: str = ""
    declared: Decimal | None = None
    reviewed: Decimal | None = None
    filed_amount: Decimal | None = None
    conclusion: str = ""
    amount: Decimal | None = None
    reason: str = ""
    priority: str = ""
    opinion_no: str = ""
    is_cross_department: bool = False
    is_cross_system: bool = False

    @property
    def title(self) -> str:
        """The project as people call it: its name, else its number."""
        return self.project_name or self.proposal


@dataclass(frozen=True)
class ConsultationFacts:
    """A consultation when an action on it is asked for.

    Attributes:
        opinion_no: number of the opinion of the meeting, where one paper carries all projects.
        concluded_at: moment of Conclude Consultation; None while open.
    """

    agenda: tuple[AgendaRow, ...] = ()
    meeting_no: str = ""
    held_on: date | None = None
    convener: str = ""
    attendees: tuple[str, ...] = ()
    minutes_no: str = ""
    minutes_file: str = ""
    opinion_no: str = ""
    at: datetime | None = None
    concluded_at: datetime | None = None

    def row(self, proposal: str) -> AgendaRow | None:
        """The agenda's row on a proposal, or None."""
        return next((row for row in self.agenda if row.proposal == proposal), None)


def check_meeting(facts: ConsultationFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Before the meeting: projects on the agenda, each once and with its filed version; what comes first."""
    return (*_agenda(facts), *_cross_first(facts))


def check_conclusion(facts: ConsultationFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """What must be there before the opinion is formed: one conclusion per project, with its number and reasons."""
    return (*_agenda(facts), *_meeting(facts), *_advice(facts), *_cross_first(facts))


def _agenda(facts: ConsultationFacts) -> Iterator[Finding]:
    if not facts.agenda:
        yield found("art9.agenda_empty", field="agenda")
    proposals = [row.proposal for row in facts.agenda]
    for number, row in enumerate(facts.agenda, 1):
        if row.proposal in proposals[: number - 1]:
            yield found("art9.agenda_twice", {"project": row.title}, field=f"agenda[{number}]")
        if not row.filed_version:
            yield found("art9.not_filed", {"project": row.title}, field=f"agenda[{number}].filed_version")


def _meeting(facts: ConsultationFacts) -> Iterator[Finding]:
    for name in ("held_on", "convener"):
        if not getattr(facts, name):
            yield found(f"art9.meeting_missing.{name}", field=name)


def _advice(facts: ConsultationFacts) -> Iterator[Finding]:
    for number, row in enumerate(facts.agenda, 1):
        where = f"agenda[{number}]"
        if row.conclusion not in CONCLUSIONS:
            yield found("art9.conclusion_missing", {"project": row.title}, field=f"{where}.conclusion")
        elif row.conclusion != SUPPORT and not row.reason:
            yield found("art9.reason_missing", {"project": row.title}, field=f"{where}.reason")
        if row.conclusion == CUT:
            yield from _cut(row, where)
        if not (row.opinion_no or facts.opinion_no):
            yield found("art9.opinion_no", {"project": row.title}, field=f"{where}.opinion_no")


def _cut(row: AgendaRow, where: str) -> Iterator[Finding]:
    if row.amount is None:
        yield found("art9.cut_amount", {"project": row.title}, field=f"{where}.amount")
    elif row.filed_amount is not None and row.amount >= row.filed_amount:
        yield found(
            "art9.cut_not_lower",
            {"project": row.title, "amount": row.amount, "filed": row.filed_amount},
            comparison=compared(row.amount, "≥", row.filed_amount),
            field=f"{where}.amount",
        )


def _cross_first(facts: ConsultationFacts) -> Iterator[Finding]:
    for number, row in enumerate(facts.agenda, 1):
        if row.is_cross_department or row.is_cross_system:
            yield found("art3.cross_first", field=f"agenda[{number}]")
