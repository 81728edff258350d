"""Article 6: when a declaration must have reached the Data Centre, and additions within the year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from .calendar import SHANGHAI, end_of
from .comparison import compared
from .consent import missing_parts
from .exception_path import settle
from .finding import Finding, found
from .parameter import ResolvedSet
from .proposal import ProposalFacts

ANNUAL, ADDITION = "annual", "in-year addition"
LATE = "art6.late"


def deadline(plan_year: int, rules: ResolvedSet) -> datetime:
    """24:00 of the last day on which a declaration for ``plan_year`` may reach the Data Centre; never shifted."""
    last_day = date.fromisoformat(
        f"{plan_year - rules.integer('plan_year_offset')}-{rules.text('declaration_deadline')}"
    )
    return end_of(last_day)


def check_deadlines(facts: ProposalFacts, rules: ResolvedSet) -> Iterator[Finding]:
    """The plan year, lateness, and what an addition within the year needs."""
    if facts.form.plan_year is None:
        return
    if facts.form.declaration_type == ANNUAL:
        yield from check_plan_year(facts.form.plan_year, facts, rules)
        yield from check_in_time(facts.form.plan_year, facts, rules)
    if facts.form.declaration_type == ADDITION:
        yield from check_addition_year(facts.form.plan_year, facts)
        yield from check_consent_pending(facts, rules)


def check_plan_year(plan_year: int, facts: ProposalFacts, rules: ResolvedSet) -> Iterator[Finding]:
    """A yearly declaration is for the next plan year, none beyond it."""
    next_year = facts.declared_on.year + rules.integer("plan_year_offset")
    if plan_year > next_year:
        yield found(
            "art6.plan_year",
            {"plan_year": plan_year, "declared_on": facts.declared_on, "due": next_year},
            uses=[rules.use("plan_year_offset")],
            comparison=compared(plan_year, ">", next_year),
            field="plan_year",
        )


def check_in_time(plan_year: int, facts: ProposalFacts, rules: ResolvedSet) -> Iterator[Finding]:
    """In time is before 24:00 of the last day, by the instant at which it first reached the Data Centre.

    In a self-check, which knows no such instant, the day of the check gives a note.
    """
    limit = deadline(plan_year, rules)
    uses = [rules.use("declaration_deadline"), rules.use("plan_year_offset")]
    places = {"plan_year": plan_year, "last_day": _last_day(limit)}
    reached = facts.reached_centre_at
    if reached is not None and reached >= limit:
        late = found(
            LATE,
            {**places, "reached": reached.astimezone(SHANGHAI)},
            uses=uses,
            comparison=compared(reached, "≥", limit),
            field="reached_centre_at",
        )
        yield from settle([late], facts.exception(LATE), rules)
    elif reached is None and facts.at >= limit:
        yield found("art6.late_today", places, uses=uses, comparison=compared(facts.at, "≥", limit), field="plan_year")


def is_late(facts: ProposalFacts, rules: ResolvedSet) -> bool:
    """Whether a yearly declaration reached the Data Centre too late, or has not reached it and no longer can."""
    form = facts.form
    if form.plan_year is None or form.declaration_type != ANNUAL:
        return False
    return (facts.reached_centre_at or facts.at) >= deadline(form.plan_year, rules)


def _last_day(limit: datetime) -> date:
    return date.fromordinal(limit.toordinal() - 1)


def check_addition_year(plan_year: int, facts: ProposalFacts) -> Iterator[Finding]:
    """An addition within the year is for the year in which the unit applies."""
    year = facts.declared_on.year
    if plan_year != year:
        yield found(
            "art6.addition_year",
            {"plan_year": plan_year, "declared_on": facts.declared_on, "year": year},
            comparison=compared(plan_year, "≠", year),
            field="plan_year",
        )


def check_consent_pending(facts: ProposalFacts, rules: ResolvedSet) -> Iterator[Finding]:
    """The county's consent to an addition may follow until it is listed: until then a note."""
    missing = missing_parts(facts.form.consent, rules)
    if missing:
        yield found(
            "art6.consent_pending",
            {"missing": missing},
            uses=[rules.use("addition_document_kinds")],
            field="consent_kind",
        )


def check_planned_period(facts: ProposalFacts) -> Iterator[Finding]:
    """A project does not end before it starts."""
    start, end = facts.form.planned_start, facts.form.planned_end
    if start is not None and end is not None and end < start:
        yield found(
            "form.planned_period",
            {"start": start, "end": end},
            comparison=compared(end, "<", start),
            field="planned_end",
        )
