"""Service acceptance (履约验收) that ends an O&M or service project, filed with the Data Centre."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .finding import Finding
from .parameter import ResolvedSet


@dataclass(frozen=True)
class Deliverable:
    """A deliverable as agreed and as delivered, with its proof."""

    item: str
    agreed: str = ""
    delivered: str = ""
    proof: str = ""


@dataclass(frozen=True)
class ServiceCompletionFacts:
    """What is known of the end of an O&M or service project; amounts in yuan, level in percent, score in points."""

    nature: str
    at: date
    service_from: date | None = None
    service_to: date | None = None
    service_started_on: date | None = None
    deliverables: tuple[Deliverable, ...] = ()
    service_score: Decimal | None = None
    service_level_reached: Decimal | None = None
    contracted: Decimal | None = None
    paid: Decimal | None = None
    report: str = ""


def check_service_completion(facts: ServiceCompletionFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Before File Service Completion."""
    raise NotImplementedError
