"""Article 11: supervision, assessment and test fees are lines of the total."""

from __future__ import annotations

from collections.abc import Iterator

from .comparison import compared
from .finding import Finding, found
from .implementation import supervision_required
from .labels import label
from .parameter import ResolvedSet
from .proposal import ProposalFacts

SUPERVISION = "supervision"
FEE_OF_TEST = {
    "classified-protection assessment": "classified-protection assessment",
    "software test": "third-party software test",
    "performance test": "third-party software test",
}
"""A test that the unit says it will carry out → the category of line that holds its fee."""


def check_fees(facts: ProposalFacts, rules: ResolvedSet) -> Iterator[Finding]:
    """Fees that the total must hold."""
    yield from check_supervision_line(facts, rules)
    yield from check_test_lines(facts)


def check_supervision_line(facts: ProposalFacts, rules: ResolvedSet) -> Iterator[Finding]:
    """Construction from the threshold on, over all lines: the supervision fee is one of them."""
    form = facts.form
    if supervision_required(form.nature, form.total, rules) and not form.total_of(SUPERVISION):
        threshold = rules.decimal("supervision_threshold")
        yield found(
            "art11.supervision_line",
            {"total": form.total},
            uses=[rules.use("supervision_threshold")],
            comparison=compared(form.total, "≥", threshold),
            field="investment_lines",
        )


def check_test_lines(facts: ProposalFacts) -> Iterator[Finding]:
    """A test that is to be carried out has its fee among the lines; none is demanded by itself."""
    form = facts.form
    for test in form.planned_tests:
        if not form.total_of(FEE_OF_TEST[test]):
            yield found(
                "art11.test_line",
                {
                    "test": label("planned_test", test),
                    "category": label("line_category", FEE_OF_TEST[test]),
                },
                field="investment_lines",
            )
