"""Preliminary review by the Data Centre (article 7): six dimensions, correction, refusal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ReviewCheck:
    """One check item of the preliminary review form.

    Attributes:
        dimension: one of the six, by the parameter ``review_dimensions``. verdict: meets, deficient or
            not applicable; empty while not judged. note: required when deficient.
        corrected: whether the deficiency of an earlier round is made good.
    """

    dimension: str
    code: str = ""
    question: str = ""
    verdict: str = ""
    note: str = ""
    corrected: bool = False


@dataclass(frozen=True)
class CorrectionItem:
    """One item of a correction notice: what is deficient and what is required, by which article."""

    no: int
    item: str = ""
    requirement: str = ""
    article: str = ""


@dataclass(frozen=True)
class PreliminaryReviewFacts:
    """A preliminary review when an action on it is asked for.

    Attributes:
        conclusion: pass, correction or not passed; empty while open. refusal_article: ``3``, ``3.4`` or ``7`` where
            not passed. refusal_reason: its words. concluded_at: moment of Conclude Review; None while open.
    """

    checks: tuple[ReviewCheck, ...] = ()
    conclusion: str = ""
    refusal_article: str = ""
    refusal_reason: str = ""
    correction_items: tuple[CorrectionItem, ...] = ()
    round: int = 1
    scheme_version: str = ""
    at: datetime | None = None
    concluded_at: datetime | None = None
