"""Article 6: three years' O&M in every construction project; none of it declared again; no bulk replacement in O&M."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from .comparison import compared
from .finding import Finding, found
from .investment import OM_LINE
from .parameter import ResolvedSet
from .proposal import ProposalFacts
from .proposal_paper import InvestmentLine

FREE, PRICED = "included free", "priced"


def check_included_om(facts: ProposalFacts, rules: ResolvedSet) -> Iterator[Finding]:
    """O&M included in construction, and what an O&M project may not declare."""
    if facts.form.kind == "construction":
        yield from check_om_months(facts, rules)
    yield from check_om_lines(facts)
    if facts.form.kind == "O&M":
        yield from check_bulk_replacement(facts)
        yield from check_not_included_elsewhere(facts)


def check_om_months(facts: ProposalFacts, rules: ResolvedSet) -> Iterator[Finding]:
    """Enough months of O&M, on the form and in the lines; where no line shows them, a note."""
    minimum, stated = rules.integer("om_months_minimum"), facts.form.om_months
    use = rules.use("om_months_minimum")
    if stated is not None and stated < minimum:
        yield found(
            "art6.om_months",
            {"months": stated},
            uses=[use],
            comparison=compared(stated, "<", minimum),
            field="om_months",
        )
    lines = [line for line in facts.form.investment_lines if line.category == OM_LINE]
    months = sum(line.months or 0 for line in lines)
    if not lines:
        yield found("art6.om_line", field="investment_lines")
    elif months < minimum:
        yield found(
            "art6.om_line_months",
            {"months": months},
            uses=[use],
            comparison=compared(months, "<", minimum),
            field="investment_lines",
        )


def check_om_lines(facts: ProposalFacts) -> Iterator[Finding]:
    """An O&M line is priced with an amount, or free within the contract price without one."""
    for number, line in enumerate(facts.form.investment_lines, 1):
        if line.category == OM_LINE:
            yield from _mode(number, line)


def _mode(number: int, line: InvestmentLine) -> Iterator[Finding]:
    where = f"investment_lines[{number}].mode"
    if line.mode == FREE and line.value:
        yield found("form.om_free_with_amount", {"line": number, "amount": line.value}, field=where)
    if line.mode == PRICED and not line.value:
        yield found("form.om_priced_without_amount", {"line": number}, field=where)


def check_bulk_replacement(facts: ProposalFacts) -> Iterator[Finding]:
    """No bulk replacement in an O&M project."""
    for number, line in enumerate(facts.form.investment_lines, 1):
        if line.is_bulk_replacement:
            yield found(
                "art6.bulk_replacement",
                {"line": number, "item": line.item},
                field=f"investment_lines[{number}].is_bulk_replacement",
            )


def check_not_included_elsewhere(facts: ProposalFacts) -> Iterator[Finding]:
    """O&M that begins while the construction contract still includes it is not declared again."""
    start = facts.form.planned_start
    for system, until in _included_until(facts):
        if start is not None and start <= until:
            yield found(
                "art6.om_included",
                {
                    "system": system,
                    "until": until,
                    "start": start,
                    "opens_on": until + timedelta(days=1),
                },
                comparison=compared(start, "≤", until),
                field="planned_start",
            )


def _included_until(facts: ProposalFacts) -> Iterator[tuple[str, date]]:
    form = facts.form
    stated = {row.system: row.om_included_until for row in form.systems}
    for system in dict.fromkeys([*stated, *(row.system for row in form.om_scope)]):
        record = facts.register.system(system)
        until = record.om_included_until if record else stated.get(system)
        if until is not None:
            yield system, until
