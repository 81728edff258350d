"""Evaluation of key projects [art. 14]: when it opens, self-evaluation, scores and grade."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .calendar import Period, WorkCalendar
from .finding import Finding
from .parameter import ResolvedSet


@dataclass(frozen=True)
class TargetResult:
    """A target with what was reached: actual value as written, per cent reached, evidence, score, and, where it is not
    reached, the deviation and measures."""

    indicator: str
    actual_value: str = ""
    reached_percent: Decimal | None = None
    evidence: str = ""
    full_score: Decimal | None = None
    score: Decimal | None = None
    deviation: str = ""
    measures: str = ""


@dataclass(frozen=True)
class PartScore:
    """Points given to one part."""

    part: str
    score: Decimal


@dataclass(frozen=True)
class EvaluationFinding:
    """A problem found, the suggestion, and by when."""

    problem: str
    suggestion: str = ""
    due: date | None = None


@dataclass(frozen=True)
class EvaluationFacts:
    """What is known of an evaluation on the day ``at`` of the act.

    Attributes:
        draw: the draw in which the project was drawn. is_key: marked key in consultation. sheets: one tuple of part
            scores per expert (a third party: one). self_deadline: last day for the self-evaluation, once notified.
    """

    at: date
    formal_start: date | None = None
    is_key: bool = False
    draw: str = ""
    notified_on: date | None = None
    self_deadline: date | None = None
    self_handed_in_on: date | None = None
    targets: tuple[TargetResult, ...] = ()
    self_parts: tuple[PartScore, ...] = ()
    problems_and_improvements: str = ""
    evaluator: str = ""
    evaluator_names: tuple[str, ...] = ()
    sheets: tuple[tuple[PartScore, ...], ...] = ()
    findings: tuple[EvaluationFinding, ...] = ()
    consequence: str = ""
    report: str = ""


def evaluation_period(formal_start: date, rules: ResolvedSet) -> Period:
    """The year of formal operation: evaluation opens on the day after its last."""
    raise NotImplementedError


def self_evaluation_due(notified_on: date, rules: ResolvedSet, calendar: WorkCalendar) -> date:
    """The last day for handing in the self-evaluation."""
    raise NotImplementedError


def grade(scores: Sequence[Decimal], rules: ResolvedSet) -> str:
    """Grade of the exact average of ``scores`` (0–100 each): excellent, good, fair or poor.

    Raises:
        InputError: none, or one outside 0–100.
    """
    raise NotImplementedError


def check_notice(facts: EvaluationFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Before Notify Self-Evaluation: drawn, key, one year over."""
    raise NotImplementedError


def check_self_evaluation(facts: EvaluationFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Before Hand In Self-Evaluation."""
    raise NotImplementedError


def check_conclusion(facts: EvaluationFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Before Conclude Evaluation."""
    raise NotImplementedError
