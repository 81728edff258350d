"""Article 5: every project delivers its data; a project without data says so, and the Data Centre confirms."""

from __future__ import annotations

from collections.abc import Iterator

from .finding import Finding, found
from .parameter import ResolvedSet
from .proposal import ProposalFacts


def check_no_data(facts: ProposalFacts, rules: ResolvedSet) -> Iterator[Finding]:
    """A project that neither collects nor produces data has no collection plan beside that answer."""
    form = facts.form
    if not form.no_data:
        return
    if form.collection_plan:
        yield found("art5.no_data_with_plan", {"count": len(form.collection_plan)}, field="no_data")
    if facts.no_data_confirmed is None and form.nature in rules.texts("collection_plan_natures"):
        yield found("art5.no_data", uses=[rules.use("collection_plan_natures")], field="no_data")


def check_no_data_confirmed(facts: ProposalFacts, rules: ResolvedSet) -> Iterator[Finding]:
    """Before the preliminary review is passed, the Data Centre has confirmed it."""
    if (
        facts.form.no_data
        and not facts.no_data_confirmed
        and facts.form.nature in rules.texts("collection_plan_natures")
    ):
        yield found("art5.no_data_unconfirmed", uses=[rules.use("collection_plan_natures")], field="no_data")
