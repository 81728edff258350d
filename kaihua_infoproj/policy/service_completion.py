"""Service acceptance (履约验收) that ends an O&M or service project, filed with the Data Centre."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .calendar import Period
from .finding import Finding, found
from .parameter import ResolvedSet
from .text import Text, amount_text

_MOST = Decimal(100)
_NOTHING = Text("未填写", "nothing entered")


@dataclass(frozen=True)
class Deliverable:
    """A deliverable as agreed and as delivered, with its proof."""

    item: str
    agreed: str = ""
    delivered: str = ""
    proof: str = ""


@dataclass(frozen=True)
class ServiceCompletionFacts:
    """What is known of the end of an O&M or service project on the day ``at``.

    Attributes:
        service_score: points out of 100. service_level_reached: per cent.
        contracted, paid: yuan, as the orders and payments have them.
    """

    nature: str
    at: date
    service_from: date | None = None
    service_to: date | None = None
    deliverables: tuple[Deliverable, ...] = ()
    service_score: Decimal | None = None
    service_level_reached: Decimal | None = None
    contracted: Decimal | None = None
    paid: Decimal | None = None
    completion_report: str = ""


def check_service_completion(facts: ServiceCompletionFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Before File Service Completion."""
    if facts.nature in rules.texts("acceptance_natures"):
        return (found("form.service.construction", field="nature"),)
    return (*_period(facts), *_deliverables(facts), *_results(facts))


def _period(facts: ServiceCompletionFacts) -> Iterator[Finding]:
    if facts.service_from is None or facts.service_to is None or facts.service_to < facts.service_from:
        yield found("form.service.period", field="service_to")
        return
    opens_on = Period(facts.service_to).opens_on
    if facts.at < opens_on:
        yield found(
            "form.service.not_over",
            {"service_to": facts.service_to, "at": facts.at, "opens_on": opens_on},
            comparison=f"{facts.at} < {opens_on}",
            field="service_to",
        )


def _deliverables(facts: ServiceCompletionFacts) -> Iterator[Finding]:
    if not facts.deliverables:
        yield found("form.service.deliverables", field="deliverables")
    for number, row in enumerate(facts.deliverables, 1):
        if not row.agreed or not row.delivered:
            yield found("form.service.deliverable", {"item": row.item}, field=f"deliverables[{number}]")


def _results(facts: ServiceCompletionFacts) -> Iterator[Finding]:
    score, level = facts.service_score, facts.service_level_reached
    if score is None or not 0 <= score <= _MOST:
        yield found("form.service.score", {"score": _NOTHING if score is None else score}, field="service_score")
    if level is None or not 0 <= level <= _MOST:
        yield found(
            "form.service.level", {"level": _NOTHING if level is None else level}, field="service_level_reached"
        )
    if facts.paid is not None and facts.contracted is not None and facts.paid > facts.contracted:
        yield found(
            "form.service.overpaid",
            {"paid": facts.paid, "contracted": facts.contracted},
            comparison=f"{amount_text(facts.paid)} > {amount_text(facts.contracted)}",
            field="paid",
        )
    if not facts.completion_report:
        yield found("form.service.report", field="completion_report")
