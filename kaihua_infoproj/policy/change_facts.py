"""What is known of a change [art. 12], and the way it goes with the figures it was found by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from .consent import Consent
from .finding import Finding

Route = Literal["filing", "joint"]

REASONS = ("amount", "ratio", "cumulative_amount", "cumulative_ratio", "content", "review", "referral")
"""Why a change is jointly examined, in the order in which reasons are named."""


@dataclass(frozen=True)
class ChangeLine:
    """One line of the investment before and after, in yuan; a new line has ``before`` 0, a dropped one ``after`` 0."""

    line: str
    before: Decimal = Decimal(0)
    after: Decimal = Decimal(0)
    category: str = ""
    item: str = ""
    reason: str = ""


@dataclass(frozen=True)
class ContentChange:
    """A passage of the scheme before and after."""

    chapter: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class DimensionView:
    """Whether the changed project still meets one dimension of the preliminary review, by the Centre."""

    dimension: str
    meets: bool
    note: str = ""


@dataclass(frozen=True)
class Supplement:
    """A supplement to a contract: the original amount, earlier supplements together, and this one, in yuan."""

    order: str
    original: Decimal
    supplement: Decimal
    earlier: Decimal = Decimal(0)


@dataclass(frozen=True)
class OrganOpinion:
    """An organ's signed opinion in the joint examination: Data Centre, DRB or Finance; agree or disagree."""

    organ: str
    opinion: str = ""
    signed_by: str = ""
    signed_at: datetime | None = None


@dataclass(frozen=True)
class EarlierChange:
    """A change decided earlier: ``filed``, ``agreed`` (by joint examination) or ``rejected``; ``gross`` in yuan; the
    moment of the decision (None: unknown, then it counts)."""

    gross: Decimal
    decision: Literal["filed", "agreed", "rejected"] = "filed"
    decided_at: datetime | None = None


@dataclass(frozen=True)
class ChangeFacts:
    """What is known of a change.

    Attributes:
        base_amount: the first approved total, frozen. gross: Σ |after − before| where the lines are not at hand.
        earlier: gross of each change filed since approval or the last agreed joint examination.
        history: all earlier changes instead, from which ``earlier`` is found.
        centre_content_degree: small or considerable, by the Data Centre; None before it has said so.
        meets_review: whether the preliminary review's demands are still met; None before the Centre has said so.
        refer_reason: why the Centre wants joint examination though no limit asks for it; empty if it does not.
        effective_total: before this change; None means the base. consented_total: highest total that
            the county has consented to before; None means the base.
        review_concluded: the review by experts, where they are needed, has issued its opinion.
        supervision_line, supervision_contract: whether the investment holds a supervision fee, and a contract exists.
    """

    base_amount: Decimal
    lines: tuple[ChangeLine, ...] = ()
    gross: Decimal | None = None
    earlier: tuple[Decimal, ...] = ()
    history: tuple[EarlierChange, ...] = ()
    centre_content_degree: Literal["small", "considerable"] | None = None
    meets_review: bool | None = None
    review_still_met: tuple[DimensionView, ...] = ()
    refer_reason: str = ""
    nature: str = ""
    effective_total: Decimal | None = None
    consented_total: Decimal | None = None
    consent: Consent | None = None
    supervision_line: bool = False
    supervision_contract: bool = False
    reason_kind: str = ""
    reason: str = ""
    change_kinds: tuple[str, ...] = ()
    content_changes: tuple[ContentChange, ...] = ()
    new_end: date | None = None
    not_yet_carried_out: bool | None = None
    adjusted_scheme: str = ""
    cost_basis: str = ""
    supplements: tuple[Supplement, ...] = ()
    experts_needed: bool = False
    review_concluded: bool = False
    organ_opinions: tuple[OrganOpinion, ...] = ()


@dataclass(frozen=True)
class ChangeRoute:
    """The way a change goes and the figures it was found by.

    Attributes:
        route: filing (备案) or joint (会同审核). gross: Σ |after − before|; net: Σ (after − before), None without lines;
            largest: the line with the greatest |after − before| (the first of equals), None without lines.
        cumulative: this and the earlier filed ones together. ratio_percent: this change's, rounded to two decimals for
            display; nothing is decided by it. reasons: out of ``REASONS``, in that order. findings: all of them notes.
    """

    route: Route
    gross: Decimal
    net: Decimal | None
    largest: ChangeLine | None
    cumulative: Decimal
    ratio_percent: Decimal
    reasons: tuple[str, ...]
    findings: tuple[Finding, ...]
