"""Evaluation of key projects [art. 14]: pool of the draw, when it opens, self-evaluation, scores and grade."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .calendar import Period, WorkCalendar, period
from .comparison import compared
from .draw import PoolEntry
from .errors import InputError
from .finding import Finding, found
from .organs import option_key
from .parameter import ResolvedSet
from .text import Text, date_text

_MOST = Decimal(100)


@dataclass(frozen=True)
class TargetResult:
    """A target with what was reached.

    Attributes:
        comparator: ≥, ≤, = or qualitative. target_value, actual_value: in the target's unit.
        reached: per cent, where the figures do not tell (a qualitative target). full_score, score: points.
        deviation, measures: what was missed and what is done about it, where the target is not reached.
    """

    indicator: str
    comparator: str = "≥"
    target_value: Decimal | None = None
    actual_value: Decimal | None = None
    reached: Decimal | None = None
    full_score: Decimal | None = None
    score: Decimal | None = None
    deviation: str = ""
    measures: str = ""

    @property
    def is_reached(self) -> bool | None:
        """Whether the target is reached; None where nothing tells."""
        if self.actual_value is not None and self.target_value is not None and self.comparator != "qualitative":
            return {
                "≥": self.actual_value >= self.target_value,
                "≤": self.actual_value <= self.target_value,
                "=": self.actual_value == self.target_value,
            }[self.comparator]
        return None if self.reached is None else self.reached >= _MOST


@dataclass(frozen=True)
class PartScore:
    """Points given to one part of the self-evaluation, or to one indicator of a part of the evaluation."""

    part: str
    score: Decimal
    indicator: str = ""


@dataclass(frozen=True)
class EvaluationFacts:
    """What is known of an evaluation on the day ``at`` of the act.

    Attributes:
        formal_start: of operation. is_key: marked key in consultation. draw: the draw in which it was drawn.
        self_evaluation_due: last day for the self-evaluation, once notified. self_evaluated_on: once handed in.
        evaluator: experts or third party. indicators: their scores. consequence: what follows from the result.
    """

    at: date
    formal_start: date | None = None
    is_key: bool = False
    draw: str = ""
    self_evaluation_due: date | None = None
    self_evaluated_on: date | None = None
    targets: tuple[TargetResult, ...] = ()
    self_scores: tuple[PartScore, ...] = ()
    evaluator: str = ""
    indicators: tuple[PartScore, ...] = ()
    consequence: str = ""
    report: str = ""


@dataclass(frozen=True)
class RunningProject:
    """A project in formal operation, for the pool of the draw."""

    project: str
    is_key: bool
    formal_start: date | None = None
    already_evaluated: bool = False


def evaluation_period(formal_start: date, rules: ResolvedSet) -> Period:
    """The time of formal operation before the evaluation, which opens on the day after its last."""
    return period(formal_start, years=rules.integer("evaluation_after_years"))


def self_evaluation_due(notified_on: date, rules: ResolvedSet, calendar: WorkCalendar) -> date:
    """The last day for handing in the self-evaluation.

    Raises:
        InputError: the calendar does not know a year that is needed.
    """
    return period(notified_on, working_days=rules.integer("self_evaluation_working_days"), calendar=calendar).last_day


def evaluation_pool(projects: Sequence[RunningProject], at: date, rules: ResolvedSet) -> tuple[PoolEntry, ...]:
    """The pool of the draw on ``at``: every project, those that take no part with the reason."""
    return tuple(PoolEntry(p.project, _excluded(p, at, rules)) for p in projects)


def _excluded(project: RunningProject, at: date, rules: ResolvedSet) -> str:
    if not project.is_key:
        return "不是重点项目"
    if project.formal_start is None:
        return "尚未正式运行"
    if at < evaluation_period(project.formal_start, rules).opens_on:
        return f"正式运行未满{rules.integer('evaluation_after_years')}年（{date_text(project.formal_start, 'zh')}开始）"
    return "已经评估" if project.already_evaluated else ""


GRADES = {
    "excellent": Text("优", "excellent"),
    "good": Text("良", "good"),
    "fair": Text("中", "fair"),
    "poor": Text("差", "poor"),
}


def grade(score: Decimal, rules: ResolvedSet) -> str:
    """Grade of an exact score of 0 to 100 points: excellent, good, fair or poor. Nothing is rounded before.

    Raises:
        InputError: outside 0–100.
    """
    if not 0 <= score <= _MOST:
        raise InputError("评分须在0至100分之间。", "A score lies between 0 and 100.", field="score")
    for name in ("excellent", "good", "fair"):
        if score >= rules.decimal(f"grade_{name}_from"):
            return name
    return "poor"


# --- what must be there at each act ----------------------------------------------------------------------------------


def check_notice(facts: EvaluationFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Before Notify Self-Evaluation: a key project, drawn, its year of formal operation over."""
    return tuple(_opened(facts, rules))


def _opened(facts: EvaluationFacts, rules: ResolvedSet) -> Iterator[Finding]:
    if not facts.is_key:
        yield found("art14.not_key", field="is_key")
    if not facts.draw:
        yield found("art14.not_drawn", field="draw")
    if facts.formal_start is None:
        yield found("art14.no_formal_start", field="formal_start")
        return
    over = evaluation_period(facts.formal_start, rules)
    if facts.at < over.opens_on:
        yield found(
            "art14.too_early",
            {"formal_start": facts.formal_start, "at": facts.at, "last_day": over.last_day, "opens_on": over.opens_on},
            uses=[rules.use("evaluation_after_years")],
            comparison=compared(facts.at, "<", over.opens_on),
            field="formal_start",
        )


def check_self_evaluation(facts: EvaluationFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Before Hand In Self-Evaluation: every target answered, every part scored; a late one is noted."""
    findings = [*_targets(facts), *_scored(facts.self_scores, "self_evaluation_parts", "self_scores", rules)]
    due = facts.self_evaluation_due
    if due is not None and facts.at > due:
        findings.append(
            found(
                "art14.self_evaluation_late",
                {"at": facts.at, "self_evaluation_due": due},
                comparison=compared(facts.at, ">", due),
                field="self_evaluation_due",
            )
        )
    return tuple(findings)


def _targets(facts: EvaluationFacts) -> Iterator[Finding]:
    if not facts.targets:
        yield found("art14.no_targets", field="targets")
    for number, row in enumerate(facts.targets, 1):
        field = f"targets[{number}]"
        if row.is_reached is None:
            yield found("art14.target_result", {"indicator": row.indicator}, field=field)
        elif not row.is_reached and not (row.deviation and row.measures):
            yield found("form.evaluation.deviation", {"indicator": row.indicator}, field=field)
        if row.score is not None and row.full_score is not None and row.score > row.full_score:
            yield found(
                "form.evaluation.target_score",
                {"indicator": row.indicator, "score": row.score, "full_score": row.full_score},
                comparison=compared(row.score, ">", row.full_score),
                field=field,
            )


def _scored(rows: Sequence[PartScore], table: str, field: str, rules: ResolvedSet) -> Iterator[Finding]:
    """Each part of the parameter ``table`` scored, its rows together between 0 and its full marks."""
    given: dict[str, Decimal] = {}
    for row in rows:
        key = option_key(row.part)
        given[key] = given.get(key, Decimal(0)) + row.score
    for part, full in rules.table(table).items():
        name, use = PART_TEXTS.get(part, Text(part, part)), rules.use(table)
        if part not in given:
            yield found("form.evaluation.part_missing", {"part": name}, uses=[use], field=field)
        elif not 0 <= given[part] <= full:
            yield found(
                "form.evaluation.part_score",
                {"part": name, "score": given[part], "full": full},
                uses=[use],
                comparison=compared(given[part], *((">", full) if given[part] > full else ("<", 0))),
                field=field,
            )


PART_TEXTS = {
    "execution": Text("执行率", "execution"),
    "output_and_cost": Text("产出与成本", "output and cost"),
    "benefit": Text("效益", "benefit"),
    "satisfaction": Text("满意度", "satisfaction"),
    "decision": Text("决策", "decision"),
    "process": Text("过程", "process"),
    "output": Text("产出", "output"),
}


def check_conclusion(facts: EvaluationFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Before Conclude Evaluation: self-evaluated first, evaluated by experts or a third party, every part scored."""
    findings = list(_opened(facts, rules))
    if facts.self_evaluated_on is None or facts.at < facts.self_evaluated_on:
        findings.append(found("art14.no_self_evaluation", field="self_evaluated_on"))
    if facts.evaluator not in ("experts", "third party"):
        findings.append(found("art14.evaluator", field="evaluator"))
    unsound = tuple(_scored(facts.indicators, "evaluation_parts", "indicators", rules))
    findings += unsound or [_graded(facts, rules)]
    if not facts.report:
        findings.append(found("art14.report", field="report"))
    if not facts.consequence:
        findings.append(found("form.evaluation.consequence", field="consequence"))
    return tuple(findings)


def total_score(facts: EvaluationFacts) -> Decimal:
    """The points of all indicators together, exact."""
    return sum((row.score for row in facts.indicators), Decimal(0))


def _graded(facts: EvaluationFacts, rules: ResolvedSet) -> Finding:
    score = total_score(facts)
    return found(
        "art14.grade",
        {"score": score, "grade": GRADES[grade(score, rules)]},
        uses=[rules.use(f"grade_{name}_from") for name in ("excellent", "good", "fair")],
        field="indicators",
    )
