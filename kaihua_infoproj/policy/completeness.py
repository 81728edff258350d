"""What the form must hold before it is handed in: each missing field by the article that asks for it."""

from __future__ import annotations

from collections.abc import Iterator

from .finding import Finding, catalogue, found
from .forms import Missing, load_form, missing_fields
from .parameter import ResolvedSet
from .proposal import ProposalFacts
from .text import Text

_OF_DATA = ("collection_plan", "integration_design", "cloud_use")
"""What the province's rules on public data ask for, beside the article."""


def check_complete(facts: ProposalFacts, rules: ResolvedSet) -> Iterator[Finding]:
    """Missing fields of the unit's own part: ``art4.missing.necessity``, ``form.missing.project_leader``."""
    yield from _missing(facts, rules, "unit")


def check_competent_part(facts: ProposalFacts, rules: ResolvedSet) -> Iterator[Finding]:
    """Missing fields of the competent department's part."""
    yield from _missing(facts, rules, "competent")


def _missing(facts: ProposalFacts, rules: ResolvedSet, by: str) -> Iterator[Finding]:
    form = load_form(ProposalFacts.PAPER_FORM)
    for missing in missing_fields(form, facts.paper, facts.form.kind, facts.form.nature, by=by):
        yield _found(missing, form.field(missing.path.partition("[")[0]).label, rules)


def _found(missing: Missing, table: Text, rules: ResolvedSet) -> Finding:
    root = missing.article if missing.article == "form" else f"art{missing.article}"
    place = missing.path.partition("[")[0]
    data = [rules.use("data_sharing_source")] if place in _OF_DATA else []
    own = f"{root}.missing.{place}"
    return found(
        f"{root}.missing.{missing.field.fieldname}",
        {"label": _place(missing, table)},
        uses=data,
        sentence=own if own in catalogue() else f"{root}.missing",
        field=missing.path,
    )


def _place(missing: Missing, table: Text) -> Text:
    """The field as a person finds it on the paper: 投资明细第3行的单价."""
    label = missing.field.label
    _, bracket, rest = missing.path.partition("[")
    if not bracket:
        return Text(f"“{label.zh}”", f"“{label.en}”")
    number = rest.partition("]")[0]
    return Text(f"“{table.zh}”第{number}行的“{label.zh}”", f"“{label.en}” in row {number} of “{table.en}”")
