"""Experts' scores of a joint review (article 8): the average, highest and lowest left out where there are enough."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from .money import round_cent
from .parameter import ResolvedSet
from .proposal_paper import ZERO


@dataclass(frozen=True)
class ScoreSummary:
    """What the experts' scores come to.

    Attributes:
        counted: scores that count, ascending. left_out: the highest and the lowest, where they are left out.
        total: Σ of the counted, exact. average: total ÷ number, two decimals, half up, for display; None if unscored.
        spread: highest less lowest of all scores.
    """

    counted: tuple[Decimal, ...]
    left_out: tuple[Decimal, ...]
    total: Decimal
    average: Decimal | None
    spread: Decimal


def summarise_scores(scores: Iterable[Decimal], rules: ResolvedSet) -> ScoreSummary:
    """Sum and average of the experts' totals (points), the outermost two left out from the parameter's number on."""
    ordered = tuple(sorted(scores))
    trimmed = len(ordered) >= rules.integer("score_trim_from")
    counted = ordered[1:-1] if trimmed else ordered
    total = sum(counted, ZERO)
    return ScoreSummary(
        counted,
        (ordered[0], ordered[-1]) if trimmed else (),
        total,
        round_cent(total / len(counted)) if counted else None,
        ordered[-1] - ordered[0] if ordered else ZERO,
    )
