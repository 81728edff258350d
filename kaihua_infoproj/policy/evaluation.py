"""Evaluation of key projects [art. 14]: pool of the draw, when it opens, self-evaluation, scores and grade."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from .calendar import Period, WorkCalendar, period
from .draw import PoolEntry
from .errors import InputError
from .finding import Finding, found
from .parameter import ResolvedSet
from .text import Text, date_text, plain_decimal

_MOST = Decimal(100)


@dataclass(frozen=True)
class TargetResult:
    """A target with what was reached.

    Attributes:
        actual_value: as written. reached_percent: of the target value. full_score, score: points.
        deviation, measures: what was missed and what is done about it, where the target is not reached.
    """

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
class Sheet:
    """One expert's (or the third party's) scores, part by part."""

    evaluator: str
    parts: tuple[PartScore, ...] = ()


@dataclass(frozen=True)
class EvaluationFacts:
    """What is known of an evaluation on the day ``at`` of the act.

    Attributes:
        formal_start: of operation. is_key: marked key in consultation. draw: the draw in which it was drawn.
        self_deadline: last day for the self-evaluation, once notified. self_handed_in_on: once handed in.
        evaluator: experts or third party. consequence: what follows from the result.
    """

    at: date
    formal_start: date | None = None
    is_key: bool = False
    draw: str = ""
    self_deadline: date | None = None
    self_handed_in_on: date | None = None
    targets: tuple[TargetResult, ...] = ()
    self_parts: tuple[PartScore, ...] = ()
    evaluator: str = ""
    sheets: tuple[Sheet, ...] = ()
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


GRADES = {"excellent": Text("优", "excellent"), "good": Text("良", "good"), "fair": Text("中", "fair"),
          "poor": Text("差", "poor")}


def grade(scores: Sequence[Decimal], rules: ResolvedSet) -> str:
    """Grade of the exact average of ``scores`` (0–100 each): excellent, good, fair or poor.

    Raises:
        InputError: none, or one outside 0–100.
    """
    if not scores or any(not 0 <= score <= _MOST for score in scores):
        raise InputError("评分须在0至100分之间，且至少有一份。", "A score lies between 0 and 100, and one at least is due.",
                         field="sheets")
    together = sum(scores, Decimal(0))
    for name in ("excellent", "good", "fair"):
        if together >= rules.decimal(f"grade_{name}_from") * len(scores):
            return name
    return "poor"


def average_shown(scores: Sequence[Decimal]) -> Decimal:
    """The average with as many decimals (two or more) as show that it is not a whole number."""
    together, count, places = sum(scores, Decimal(0)), len(scores), 2
    average = together / count
    while (rounded := average.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)) == rounded.to_integral_value(
    ) and rounded * count != together and places < 20:
        places += 1
    return rounded


# --- what must be there at each act ------------------------------------------------------------------------------------


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
        yield found("art14.too_early",
                    {"formal_start": facts.formal_start, "at": facts.at, "last_day": over.last_day,
                     "opens_on": over.opens_on},
                    uses=[rules.use("evaluation_after_years")], comparison=f"{facts.at} < {over.opens_on}",
                    field="formal_start")


def check_self_evaluation(facts: EvaluationFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Before Hand In Self-Evaluation: every target answered, every part scored; a late one is noted."""
    findings = [*_targets(facts), *_parts(facts.self_parts, "self_evaluation_parts", "self_parts", rules)]
    if facts.self_deadline is not None and facts.at > facts.self_deadline:
        findings.append(found("art14.self_evaluation_late", {"at": facts.at, "self_deadline": facts.self_deadline},
                              comparison=f"{facts.at} > {facts.self_deadline}", field="self_handed_in_on"))
    return tuple(findings)


def _targets(facts: EvaluationFacts) -> Iterator[Finding]:
    if not facts.targets:
        yield found("art14.no_targets", field="targets")
    for number, row in enumerate(facts.targets, 1):
        field = f"targets[{number}]"
        if not row.actual_value or row.reached_percent is None:
            yield found("art14.target_result", {"indicator": row.indicator}, field=field)
        elif row.reached_percent < _MOST and not (row.deviation and row.measures):
            yield found("form.evaluation.deviation", {"indicator": row.indicator, "reached": row.reached_percent},
                        comparison=f"{plain_decimal(row.reached_percent)} < {_MOST}", field=field)
        if row.score is not None and row.full_score is not None and row.score > row.full_score:
            yield found("form.evaluation.target_score",
                        {"indicator": row.indicator, "score": row.score, "full_score": row.full_score},
                        comparison=f"{plain_decimal(row.score)} > {plain_decimal(row.full_score)}", field=field)


def _parts(parts: Sequence[PartScore], table: str, field: str, rules: ResolvedSet) -> Iterator[Finding]:
    """Each part of the parameter ``table`` scored once, between 0 and its full marks."""
    scores = {row.part: row.score for row in parts}
    for part, full in rules.table(table).items():
        name = PART_TEXTS.get(part, Text(part, part))
        if part not in scores:
            yield found("form.evaluation.part_missing", {"part": name}, uses=[rules.use(table)], field=field)
        elif not 0 <= scores[part] <= full:
            over = f"> {plain_decimal(full)}" if scores[part] > full else "< 0"
            yield found("form.evaluation.part_score", {"part": name, "score": scores[part], "full": full},
                        uses=[rules.use(table)], comparison=f"{plain_decimal(scores[part])} {over}", field=field)


PART_TEXTS = {
    "execution": Text("预算执行率", "execution"), "output_and_cost": Text("产出与成本", "output and cost"),
    "benefit": Text("效益", "benefit"), "satisfaction": Text("满意度", "satisfaction"),
    "decision": Text("决策", "decision"), "process": Text("过程", "process"), "output": Text("产出", "output"),
}


def check_conclusion(facts: EvaluationFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Before Conclude Evaluation: self-evaluated first, evaluated by experts or a third party, every part scored."""
    findings = list(_opened(facts, rules))
    if facts.self_handed_in_on is None or facts.at < facts.self_handed_in_on:
        findings.append(found("art14.no_self_evaluation", field="self_handed_in_on"))
    if facts.evaluator not in ("experts", "third party"):
        findings.append(found("art14.evaluator", field="evaluator"))
    unsound = [f for n, sheet in enumerate(facts.sheets, 1)
               for f in _parts(sheet.parts, "evaluation_parts", f"sheets[{n}]", rules)]
    if not facts.sheets:
        findings.append(found("art14.no_scores", field="sheets"))
    elif not unsound:
        findings.append(_graded(facts, rules))
    for name in ("consequence", "report"):
        if not getattr(facts, name):
            findings.append(found(f"form.evaluation.{name}", field=name))
    return (*findings, *unsound)


def total_scores(facts: EvaluationFacts) -> tuple[Decimal, ...]:
    """Each evaluator's total points."""
    return tuple(sum((row.score for row in sheet.parts), Decimal(0)) for sheet in facts.sheets)


def _graded(facts: EvaluationFacts, rules: ResolvedSet) -> Finding:
    scores = total_scores(facts)
    return found("art14.grade", {"average": average_shown(scores), "count": len(scores),
                                 "grade": GRADES[grade(scores, rules)]},
                 uses=[rules.use(f"grade_{name}_from") for name in ("excellent", "good", "fair")], field="sheets")
