"""Preliminary review by the Data Centre (article 7): six dimensions, correction, refusal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from .finding import Finding, found
from .organs import DIMENSIONS, option_key
from .parameter import ResolvedSet
from .text import Text

PASS, CORRECTION, NOT_PASSED = "pass", "correction", "not passed"


@dataclass(frozen=True)
class ReviewCheck:
    """One check item of the preliminary review form.

    Attributes:
        dimension: one of the six, by the parameter ``review_dimensions``. verdict: meets, deficient or
            not applicable; empty while not judged. note: required when deficient.
        corrected: corrected or not corrected, of a deficiency of an earlier round.
    """

    dimension: str
    code: str = ""
    question: str = ""
    verdict: str = ""
    note: str = ""
    corrected: str = ""


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


def check_conclusion(facts: PreliminaryReviewFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """What must be there before the review is concluded."""
    return (*_dimensions(facts, rules), *_checks(facts), *_by_conclusion(facts, rules))


def _dimensions(facts: PreliminaryReviewFacts, rules: ResolvedSet) -> Iterator[Finding]:
    judged = {option_key(check.dimension) for check in facts.checks if check.verdict}
    for dimension in rules.texts("review_dimensions"):
        if dimension not in judged:
            yield found(
                "art7.dimension_unjudged",
                {"dimension": DIMENSIONS.get(dimension, Text(dimension, dimension))},
                uses=[rules.use("review_dimensions")],
                field="checks",
            )


def _checks(facts: PreliminaryReviewFacts) -> Iterator[Finding]:
    for number, check in enumerate(facts.checks, 1):
        if not check.verdict:
            yield found(
                "art7.check_unjudged", {"row": number, "question": check.question}, field=f"checks[{number}].verdict"
            )
        if check.verdict == "deficient" and not check.note:
            yield found(
                "art7.deficiency_note", {"row": number, "question": check.question}, field=f"checks[{number}].note"
            )


def _by_conclusion(facts: PreliminaryReviewFacts, rules: ResolvedSet) -> Iterator[Finding]:
    if facts.conclusion == PASS:
        yield from _pass(facts)
    elif facts.conclusion == CORRECTION:
        yield from _correction(facts)
    elif facts.conclusion == NOT_PASSED:
        yield from _refusal(facts, rules)
    else:
        yield found("art7.conclusion_missing", field="conclusion")


def _pass(facts: PreliminaryReviewFacts) -> Iterator[Finding]:
    for number, check in enumerate(facts.checks, 1):
        if check.verdict == "deficient" and check.corrected != "corrected":
            yield found(
                "art7.pass_with_deficiency",
                {"row": number, "question": check.question},
                field=f"checks[{number}].corrected",
            )


def _correction(facts: PreliminaryReviewFacts) -> Iterator[Finding]:
    if not facts.correction_items:
        yield found("art7.correction_items", field="correction_items")
    for number, item in enumerate(facts.correction_items, 1):
        if not (item.item and item.requirement):
            yield found("art7.correction_item_incomplete", {"no": item.no}, field=f"correction_items[{number}]")


def _refusal(facts: PreliminaryReviewFacts, rules: ResolvedSet) -> Iterator[Finding]:
    if facts.refusal_article.split(".")[0] not in rules.texts("not_passed_articles"):
        yield found("art7.refusal_article", uses=[rules.use("not_passed_articles")], field="refusal_article")
    if not facts.refusal_reason:
        yield found("art7.refusal_reason", field="refusal_reason")
