"""What the system tells the Data Centre's reviewer beside the paper (article 7): notes, decided by nobody but him."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from .comparison import compared
from .finding import Finding, found
from .labels import label
from .proposal import ProposalFacts


def check_hints(facts: ProposalFacts) -> Iterator[Finding]:
    """Hints for the dimensions budget, departmental coordination and efficiency."""
    yield from category_medians(facts)
    yield from missing_letters(facts)
    for result in facts.register.earlier_results:
        yield found("art14.earlier_result", {"project_name": result.project_name, "grade": result.grade_text})
    for record in facts.register.systems:
        if record.state in ("idle", "zombie"):
            yield found("art7.idle_system", {"system": record.system, "department": record.department}, field="systems")


def category_medians(facts: ProposalFacts) -> Iterator[Finding]:
    """Each priced line beside the median of the earlier lines of its category, where there are any.

    The median is exact: of an even number of amounts the mean of the two in the middle, half a cent included.
    """
    for number, line in enumerate(facts.form.investment_lines, 1):
        amounts = facts.register.amounts_of(line.category)
        if not amounts or not line.value:
            continue
        median = statistics.median(amounts)
        sign = ">" if line.value > median else "<" if line.value < median else "="
        yield found(
            "art7.category_median",
            {
                "line": number,
                "item": line.item,
                "amount": line.value,
                "category": label("line_category", line.category),
                "count": len(amounts),
                "median": median,
            },
            comparison=compared(line.value, sign, median),
            field=f"investment_lines[{number}].amount",
        )


def missing_letters(facts: ProposalFacts) -> Iterator[Finding]:
    """Co-units whose countersigned letter is not attached."""
    for number, unit in enumerate(facts.form.co_units, 1):
        if unit.department and not unit.countersigned_letter:
            yield found(
                "form.countersigned_letter",
                {"department": unit.department},
                field=f"co_units[{number}].countersigned_letter",
            )
