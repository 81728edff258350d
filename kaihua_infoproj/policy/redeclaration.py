"""Declaring again from a copy: which endings allow it, for which year, and what the copy takes over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .comparison import compared
from .finding import Finding, found
from .forms import Field, load_form
from .text import Text

DEFERRED = "Establishment Deferred"
ENDINGS = {
    DEFERRED: Text("暂缓立项", "deferred"),
    "Not Listed": Text("未列入年度计划", "not listed"),
    "Proposal Withdrawn": Text("已撤回申报", "withdrawn"),
}
"""Endings after which a project may be declared again from a copy."""

_LEFT_BEHIND = (
    "plan_year",
    "declaration_type",
    "addition_reason",
    "consent_kind",
    "consent_number",
    "consent_date",
    "consent_file",
    "batch",
    "sealed_form",
    "application_letter_no",
    "application_letter",
    "collective_decision_no",
    "collective_decision",
    "truthfulness_commitment",
    "negative_checks",
    "correction_answers",
    "opinion_responses",
)
"""What belongs to the former declaration: signatures, consents, answers and judgements are made anew."""


@dataclass(frozen=True)
class EarlierDeclaration:
    """The declaration that a new one goes on from: its number, ending (a state) and plan year."""

    proposal: str
    ending: str
    plan_year: int


def copy_for_redeclaration(paper: Mapping[str, Any], earlier: EarlierDeclaration, plan_year: int) -> dict[str, Any]:
    """The paper of a new declaration from a former one: what the unit wrote of the project, nothing that was decided.

    Args:
        paper: the former paper, normalised. plan_year: of the new declaration.
    """
    taken = {
        field.fieldname: _taken(field, paper[field.fieldname])
        for field in load_form("declaration").fields
        if field.fieldname in paper and _is_units(field) and field.fieldname not in _LEFT_BEHIND
    }
    return {**taken, "plan_year": plan_year, "earlier_declaration": earlier.proposal}


def _is_units(field: Field) -> bool:
    return field.by == "unit" and not field.derived


def _taken(field: Field, value: Any) -> Any:
    if not field.rows:
        return value
    columns = {column.fieldname for column in field.rows if _is_units(column)}
    return [{name: cell for name, cell in row.items() if name in columns} for row in value]


def check_redeclaration(earlier: EarlierDeclaration, plan_year: int | None) -> Iterator[Finding]:
    """The former declaration ended in a way that allows it; a deferred one is for a later year."""
    if earlier.ending not in ENDINGS:
        yield found("form.redeclaration_ending", {"earlier": earlier.proposal}, field="earlier_declaration")
    elif earlier.ending == DEFERRED and plan_year is not None and plan_year <= earlier.plan_year:
        yield found(
            "form.redeclaration_year",
            {
                "earlier": earlier.proposal,
                "earlier_year": str(earlier.plan_year),
                "plan_year": str(plan_year),
            },
            comparison=compared(plan_year, "≤", earlier.plan_year),
            field="plan_year",
        )
