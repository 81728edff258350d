"""Joint review (article 8): organs, experts, scores, opinion with numbered items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from .comparison import compared
from .finding import Finding, found
from .labels import label
from .organs import ORGANS, option_key
from .parameter import ResolvedSet
from .proposal_paper import ZERO
from .scores import ScoreSummary, summarise_scores
from .text import Text

PASS, PASS_AFTER_REVISION, NOT_PASSED = "pass", "pass after revision", "not passed"
CONCLUSIONS = (PASS, PASS_AFTER_REVISION, NOT_PASSED)


@dataclass(frozen=True)
class Member:
    """An organ's member of the review: opinion is agree, agree with changes or disagree; signed once signed_at."""

    organ: str
    person: str = ""
    present: bool = True
    opinion: str = ""
    signed_at: datetime | None = None


@dataclass(frozen=True)
class ExpertSeat:
    """An expert in a review.

    Attributes:
        drawn_in: number of the draw; empty if designated. designation_reason: then required.
        avoidance_declared: the expert declared that nothing conflicts. unit: where he works.
        scores: part of the score sheet → points; parts by the parameter ``expert_score_parts``.
        opinion: the sheet's opinion. recommended_amount: yuan.
    """

    expert: str
    unit: str = ""
    leader: bool = False
    drawn_in: str = ""
    designation_reason: str = ""
    avoidance_declared: bool = False
    scores: Mapping[str, Decimal] = field(default_factory=dict)
    recommended_amount: Decimal | None = None
    opinion: str = ""

    @property
    def score(self) -> Decimal:
        """Σ of the parts, in points."""
        return sum(self.scores.values(), ZERO)


@dataclass(frozen=True)
class AdjustedLine:
    """A line that the review adjusts: declared and reviewed yuan, with the reason."""

    line: str
    declared: Decimal
    reviewed: Decimal
    reason: str = ""


@dataclass(frozen=True)
class OpinionItem:
    """One numbered item of the review opinion; weight: must (必改) or should (建议)."""

    no: int
    chapter: str = ""
    opinion: str = ""
    weight: str = "must"


@dataclass(frozen=True)
class JointReviewFacts:
    """A joint review when an action on it is asked for.

    Attributes:
        department: the applicant unit, whose own people may not judge. co_units: its co-units, likewise.
        review_form: meeting or written. conclusion: pass, pass after revision or not passed.
        declared_amount, reviewed_amount: yuan. served_on: day on which the opinion was served on the unit.
        concluded_at: moment of Conclude Review; None while open.
    """

    department: str = ""
    co_units: tuple[str, ...] = ()
    is_cross_department: bool = False
    is_cross_system: bool = False
    review_form: str = ""
    held_on: date | None = None
    members: tuple[Member, ...] = ()
    experts: tuple[ExpertSeat, ...] = ()
    conclusion: str = ""
    expert_group_opinion: str = ""
    declared_amount: Decimal | None = None
    reviewed_amount: Decimal | None = None
    adjusted_lines: tuple[AdjustedLine, ...] = ()
    opinion_items: tuple[OpinionItem, ...] = ()
    round: int = 1
    scheme_version: str = ""
    at: datetime | None = None
    served_on: date | None = None
    concluded_at: datetime | None = None


def score_summary(facts: JointReviewFacts, rules: ResolvedSet) -> ScoreSummary:
    """The experts' scores together."""
    return summarise_scores((seat.score for seat in facts.experts), rules)


def check_start(facts: JointReviewFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Before the review starts: experts drawn or designated with a reason, none in conflict; what comes first."""
    return (*_cross_first(facts), *_seats(facts))


def check_conclusion(facts: JointReviewFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """What must be there before the opinion is issued."""
    return (
        *_cross_first(facts),
        *_organs(facts, rules),
        *_seats(facts),
        *_sheets(facts, rules),
        *_result(facts),
        *_items(facts),
        *_adjusted_lines(facts),
    )


def _cross_first(facts: JointReviewFacts) -> Iterator[Finding]:
    if facts.is_cross_department or facts.is_cross_system:
        yield found("art3.cross_first", field="is_cross_department")


def _organs(facts: JointReviewFacts, rules: ResolvedSet) -> Iterator[Finding]:
    signed = {option_key(member.organ) for member in facts.members if member.opinion and member.signed_at}
    for organ in rules.texts("joint_review_organs"):
        if organ not in signed:
            yield found(
                "art8.organ_unsigned",
                {"organ": ORGANS.get(organ, Text(organ, organ))},
                uses=[rules.use("joint_review_organs")],
                field="members",
            )
    for number, member in enumerate(facts.members, 1):
        if member.opinion == "disagree" and facts.conclusion in (PASS, PASS_AFTER_REVISION):
            yield found("art8.organ_disagrees", {"organ": label("organ", member.organ)}, field=f"members[{number}]")


def _seats(facts: JointReviewFacts) -> Iterator[Finding]:
    if not facts.experts:
        yield found("art8.no_experts", field="experts")
    for number, seat in enumerate(facts.experts, 1):
        where = f"experts[{number}]"
        if not (seat.drawn_in or seat.designation_reason):
            yield found("art8.expert_source", {"expert": seat.expert}, field=f"{where}.designation_reason")
        if not seat.avoidance_declared:
            yield found("art8.avoidance", {"expert": seat.expert}, field=f"{where}.avoidance_declared")
        if seat.unit and seat.unit in (facts.department, *facts.co_units):
            yield found("art8.conflict", {"expert": seat.expert, "unit": seat.unit}, field=f"{where}.unit")


def _sheets(facts: JointReviewFacts, rules: ResolvedSet) -> Iterator[Finding]:
    for number, seat in enumerate(facts.experts, 1):
        where = f"experts[{number}]"
        if not seat.opinion:
            yield found("art8.expert_opinion", {"expert": seat.expert}, field=f"{where}.opinion")
        yield from _scores(seat, f"{where}.scores", rules)


def _scores(seat: ExpertSeat, where: str, rules: ResolvedSet) -> Iterator[Finding]:
    parts, uses = rules.table("expert_score_parts"), [rules.use("expert_score_parts")]
    given = {option_key(part): score for part, score in seat.scores.items()}
    for part, full in parts.items():
        facts: dict[str, object] = {"expert": seat.expert, "part": _part(part)}
        if part not in given:
            yield found("art8.score_missing", facts, uses=uses, field=where)
        elif given[part] > full:
            yield found(
                "art8.score_above_full",
                {**facts, "score": given[part], "full": full},
                uses=uses,
                comparison=compared(given[part], ">", full),
                field=where,
            )
    for part in given:
        if part not in parts:
            yield found("art8.score_unknown_part", {"expert": seat.expert, "part": _part(part)}, field=where)


def _part(key: str) -> Text:
    return label("expert_score_part", key.replace("_", " "))


def _result(facts: JointReviewFacts) -> Iterator[Finding]:
    if facts.conclusion not in CONCLUSIONS:
        yield found("art8.missing.conclusion", field="conclusion")
    if facts.experts and not facts.expert_group_opinion:
        yield found("form.missing.expert_group_opinion", field="expert_group_opinion")
    if facts.reviewed_amount is None:
        yield found("form.missing.reviewed_amount", field="reviewed_amount")


def _items(facts: JointReviewFacts) -> Iterator[Finding]:
    if facts.conclusion in (PASS_AFTER_REVISION, NOT_PASSED) and not facts.opinion_items:
        yield found(
            "art8.items_missing", {"conclusion": label("review_conclusion", facts.conclusion)}, field="opinion_items"
        )
    if [item.no for item in facts.opinion_items] != list(range(1, len(facts.opinion_items) + 1)):
        yield found(
            "art8.items_numbered",
            {"numbers": tuple(str(item.no) for item in facts.opinion_items)},
            field="opinion_items",
        )
    for number, item in enumerate(facts.opinion_items, 1):
        if not item.opinion:
            yield found("art8.item_empty", {"no": item.no}, field=f"opinion_items[{number}].opinion")


def _adjusted_lines(facts: JointReviewFacts) -> Iterator[Finding]:
    for number, line in enumerate(facts.adjusted_lines, 1):
        if line.declared != line.reviewed and not line.reason:
            yield found(
                "art8.adjustment_reason",
                {"line": line.line, "declared": line.declared, "reviewed": line.reviewed},
                field=f"adjusted_lines[{number}].reason",
            )
    if facts.declared_amount is None or facts.reviewed_amount is None:
        return
    adjusted = facts.declared_amount + sum((line.reviewed - line.declared for line in facts.adjusted_lines), ZERO)
    if adjusted != facts.reviewed_amount:
        yield found(
            "art8.adjusted_total",
            {
                "declared": facts.declared_amount,
                "adjusted": adjusted,
                "reviewed": facts.reviewed_amount,
            },
            comparison=compared(facts.reviewed_amount, "≠", adjusted),
            field="reviewed_amount",
        )
