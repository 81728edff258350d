"""Joint review (article 8): organs, experts, scores, opinion with numbered items."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal


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
        drawn_in: number of the draw; empty if designated. designated_reason: then required.
        avoidance_declared: the expert declared that nothing conflicts. unit: where he works.
        scores: part of the score sheet → points; parts by the parameter ``expert_score_parts``.
        opinion: the sheet's opinion. recommended_amount: yuan.
    """

    expert: str
    unit: str = ""
    leader: bool = False
    drawn_in: str = ""
    designated_reason: str = ""
    avoidance_declared: bool = False
    scores: Mapping[str, Decimal] = field(default_factory=dict)
    recommended_amount: Decimal | None = None
    opinion: str = ""


@dataclass(frozen=True)
class AdjustedLine:
    """A line that the review adjusts: declared and reviewed yuan, with the reason."""

    line_no: str
    declared: Decimal
    reviewed: Decimal
    reason: str = ""


@dataclass(frozen=True)
class OpinionItem:
    """One numbered item of the review opinion; must: it has to be changed, else it is a suggestion."""

    no: int
    chapter: str = ""
    opinion: str = ""
    must: bool = True


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
