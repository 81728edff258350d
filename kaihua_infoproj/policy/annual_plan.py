"""Annual plan (articles 9 and 10): two lists, approved in one act by the county government."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from .calendar import day_of
from .comparison import compared
from .consent import Consent, missing_parts
from .consultation import CUT, DECLINE, DEFER, SUPPORT
from .finding import Finding, found
from .labels import label
from .parameter import ResolvedSet

ANNUAL, SUPPLEMENTARY = "annual", "supplementary"
NEW, CARRIED_OVER = "new", "carried over"
ADDITION = "in-year addition"


@dataclass(frozen=True)
class PlanLine:
    """A project that the plan lists.

    Attributes:
        kind: new or carried over. consultation: number of the consultation that advised on it.
        conclusion: what it advised (support, support with cut, …). consultation_concluded: it is over.
        advised_amount: yuan that the opinion names, where it cuts; filed_amount: total of the filed version.
        planned_amount: yuan that approval freezes as approved total. this_year_funds: yuan for the plan's year.
        approved_total: of a carried-over line, as frozen when it was first approved.
        declaration_type: annual or in-year addition; consent: recorded for an addition.
    """

    no: int
    proposal: str
    kind: str = "new"
    project_name: str = ""
    unit: str = ""
    nature: str = ""
    project_field: str = ""
    consultation: str = ""
    conclusion: str = ""
    consultation_concluded: bool = False
    filed_amount: Decimal | None = None
    advised_amount: Decimal | None = None
    planned_amount: Decimal | None = None
    approved_total: Decimal | None = None
    this_year_funds: Decimal | None = None
    source: str = ""
    priority: str = ""
    is_cross_department: bool = False
    is_cross_system: bool = False
    declaration_type: str = "annual"
    plan_year: int | None = None
    consent: Consent | None = None

    @property
    def title(self) -> str:
        """The project as people call it: its name, else its number."""
        return self.project_name or self.proposal

    @property
    def is_cross(self) -> bool:
        """Whether it spans departments or systems."""
        return self.is_cross_department or self.is_cross_system


@dataclass(frozen=True)
class NotListedRow:
    """A project that the plan does not list: advice defer or do not establish, with the reason."""

    proposal: str
    project_name: str = ""
    advice: str = ""
    reason: str = ""
    conclusion: str = ""
    consultation_concluded: bool = False

    @property
    def title(self) -> str:
        """The project as people call it: its name, else its number."""
        return self.project_name or self.proposal


@dataclass(frozen=True)
class AnnualPlanFacts:
    """An annual plan when an action on it is asked for.

    Attributes:
        kind: annual or supplementary; year_plan: number of the year's plan that a supplementary one is linked to.
        listed_elsewhere: proposals that another plan of the county lists as new.
        awaiting: proposals that await the county's decision for this plan's year: each must stand in one list.
        approval_no, approved_on, approval_file: of the county government's approval.
    """

    year: int
    kind: str = "annual"
    year_plan: str = ""
    request_no: str = ""
    lines: tuple[PlanLine, ...] = ()
    not_listed: tuple[NotListedRow, ...] = ()
    listed_elsewhere: tuple[str, ...] = ()
    awaiting: tuple[str, ...] = ()
    approval_no: str = ""
    approved_on: date | None = None
    approval_file: str = ""
    at: datetime | None = None


def check_plan(facts: AnnualPlanFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """What must be there before the plan is submitted."""
    return (
        *_lists(facts),
        *_once(facts),
        *_lines(facts),
        *_additions(facts, rules),
        *_funds(facts),
        *_not_listed(facts),
        *_order(facts),
    )


def check_approval(facts: AnnualPlanFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """The same, and the county government's approval with number, day and file."""
    return (*check_plan(facts, rules), *_approval(facts))


def _lists(facts: AnnualPlanFacts) -> Iterator[Finding]:
    if not facts.lines and not facts.not_listed:
        yield found("art9.plan_empty", field="lines")
    if facts.kind == SUPPLEMENTARY and not facts.year_plan:
        yield found("art6.year_plan", {"year": str(facts.year)}, field="year_plan")


def _once(facts: AnnualPlanFacts) -> Iterator[Finding]:
    rows: list[PlanLine | NotListedRow] = [*facts.lines, *facts.not_listed]
    titles = {row.proposal: row.title for row in rows}
    for proposal, times in Counter(row.proposal for row in rows).items():
        if times > 1:
            yield found("art9.plan_twice", {"project": titles[proposal], "times": times}, field="lines")
    for number, line in enumerate(facts.lines, 1):
        if line.kind == NEW and line.proposal in facts.listed_elsewhere:
            yield found("art9.listed_elsewhere", {"project": line.title}, field=f"lines[{number}]")
    for proposal in facts.awaiting:
        if proposal not in titles:
            yield found("art9.awaiting_in_no_list", {"project": proposal}, field="lines")


def _lines(facts: AnnualPlanFacts) -> Iterator[Finding]:
    for number, line in enumerate(facts.lines, 1):
        if line.kind == NEW:
            yield from _new_line(line, f"lines[{number}]", facts.year)


def _new_line(line: PlanLine, where: str, year: int) -> Iterator[Finding]:
    if not line.consultation_concluded:
        yield found("art9.not_consulted", {"project": line.title}, field=f"{where}.consultation")
    elif line.conclusion in (DEFER, DECLINE):
        yield found(
            "art9.against_advice",
            {
                "project": line.title,
                "advice": label("advice", line.conclusion),
            },
            field=f"{where}.conclusion",
            sentence="art9.against_advice.listed",
        )
    if line.plan_year is not None and line.plan_year != year:
        yield found(
            "art9.line_year",
            {"project": line.title, "plan_year": str(line.plan_year), "year": str(year)},
            comparison=compared(line.plan_year, "≠", year),
            field=f"{where}.plan_year",
        )
    yield from _amount(line, where)


def _amount(line: PlanLine, where: str) -> Iterator[Finding]:
    if not line.planned_amount:
        yield found("art9.planned_amount", {"project": line.title}, field=f"{where}.planned_amount")
        return
    advised = line.advised_amount if line.conclusion == CUT else line.filed_amount
    if advised is not None and line.planned_amount != advised:
        yield found(
            "art9.amount_differs",
            {
                "project": line.title,
                "planned": line.planned_amount,
                "advised": advised,
            },
            comparison=compared(line.planned_amount, "≠", advised),
            field=f"{where}.planned_amount",
        )


def _additions(facts: AnnualPlanFacts, rules: ResolvedSet) -> Iterator[Finding]:
    for number, line in enumerate(facts.lines, 1):
        if line.declaration_type != ADDITION or line.kind != NEW:
            continue
        where = f"lines[{number}]"
        missing = missing_parts(line.consent or Consent(), rules)
        if missing:
            yield found(
                "art6.consent_missing",
                {"project": line.title, "missing": missing},
                uses=[rules.use("addition_document_kinds")],
                field=f"{where}.consent",
            )
        if facts.kind != SUPPLEMENTARY:
            yield found("art6.addition_in_annual_plan", {"project": line.title}, field=where)


def _funds(facts: AnnualPlanFacts) -> Iterator[Finding]:
    for number, line in enumerate(facts.lines, 1):
        total = line.planned_amount if line.kind == NEW else line.approved_total
        if total is not None and line.this_year_funds is not None and line.this_year_funds > total:
            yield found(
                "art9.year_funds",
                {
                    "project": line.title,
                    "funds": line.this_year_funds,
                    "total": total,
                },
                comparison=compared(line.this_year_funds, ">", total),
                field=f"lines[{number}].this_year_funds",
            )


def _not_listed(facts: AnnualPlanFacts) -> Iterator[Finding]:
    for number, row in enumerate(facts.not_listed, 1):
        where = f"not_listed[{number}]"
        if not row.consultation_concluded:
            yield found("art9.not_consulted", {"project": row.title}, field=where)
        elif row.conclusion in (SUPPORT, CUT):
            yield found(
                "art9.against_advice",
                {
                    "project": row.title,
                    "advice": label("advice", row.conclusion),
                },
                field=where,
                sentence="art9.against_advice.not_listed",
            )
        if row.advice not in (DEFER, DECLINE):
            yield found("art9.not_listed_advice", {"project": row.title}, field=f"{where}.advice")
        if not row.reason:
            yield found("art9.not_listed_reason", {"project": row.title}, field=f"{where}.reason")


def _order(facts: AnnualPlanFacts) -> Iterator[Finding]:
    """Cross-department and cross-system projects come first in principle: an order, so a note."""
    new = sorted((line for line in facts.lines if line.kind == NEW), key=lambda line: line.no)
    single_before = ""
    for line in new:
        if line.is_cross and single_before:
            yield found("art3.cross_order", {"project": line.title, "before": single_before}, field="lines")
        elif not line.is_cross and not single_before:
            single_before = line.title


def _approval(facts: AnnualPlanFacts) -> Iterator[Finding]:
    for name in ("approval_no", "approved_on", "approval_file"):
        if not getattr(facts, name):
            yield found(f"art9.approval_missing.{name}", field=name)
    if facts.approved_on is not None and facts.at is not None and facts.approved_on > day_of(facts.at):
        yield found(
            "art9.approved_later",
            {"approved_on": facts.approved_on, "day": day_of(facts.at)},
            comparison=compared(facts.approved_on, ">", day_of(facts.at)),
            field="approved_on",
        )
