"""Graph checks of single rows and of rows that share an action: conditions, kinds, signing, ambiguity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

from ..policy.demanded_steps import Demanded
from ..policy.errors import InputError
from ..policy.finding import Finding, found
from ..policy.text import Text
from .condition import overlap
from .definition import KIND_LABELS, Definition, Transition
from .effects import CAUSES
from .graph_paths import leading_from, usable_condition
from .permission import cause_text, own_organ
from .roles import organ_of
from .terms import joined, term


def _problem(code: str, row: Transition, **facts: Any) -> Finding:
    made = found(f"flow.graph.{code}", {"state": term(row.state), "action": term(row.action), **facts})
    return replace(made, article=row.article) if row.article else made


def check_rows(definition: Definition, fields: frozenset[str], demands: Demanded | None) -> Iterator[Finding]:
    """What is wrong with the definition's rows, in their order.

    Args:
        fields: the fields that a condition may read.
        demands: what the measure demands, for the ends that approve.
    """
    approving = demands.approving_ends if demands else frozenset()
    for row in definition.transitions:
        yield from _condition(definition, row, fields)
        yield from _kind(definition, row, approving)
        yield from _system(row)
        yield from _extras(definition, row)
    for state in definition.states:
        for action in definition.actions(state.name):
            rows = definition.rows(state.name, action)
            yield from _ambiguous(rows)
            yield from _signing(rows)


def _condition(definition: Definition, row: Transition, fields: frozenset[str]) -> Iterator[Finding]:
    try:
        read = row.parsed.fields
    except InputError as error:
        yield _problem("forbidden_condition", row, why=Text(error.zh, error.en))
        return
    for field in read:
        if field not in fields:
            yield _problem("unknown_field", row, field=field, procedure=term(definition.doctype))


def _kind(definition: Definition, row: Transition, approving: frozenset[str]) -> Iterator[Finding]:
    """A return leads to where one comes back from; a rejection or withdrawal to an end that approves nothing."""
    at_end = definition.state(row.next_state).kind == "end"
    fits = {
        "forward": True,
        "system": at_end,
        "return": row.state in leading_from(definition, row.next_state),
        "reject": at_end and row.next_state not in approving,
        "withdraw": at_end and row.next_state not in approving,
    }[row.kind]
    if not fits:
        yield _problem("kind_does_not_fit", row, kind=KIND_LABELS[row.kind], next_state=term(row.next_state))
    if row.kind in ("return", "reject", "withdraw") and not row.opinion_required:
        yield _problem("opinion_not_required", row)


def _system(row: Transition) -> Iterator[Finding]:
    if row.kind == "system" and row.action not in CAUSES:
        yield _problem("system_not_declared", row)
    if row.kind != "system" and row.action in CAUSES:
        yield _problem("system_by_person", row, cause=cause_text(row.action), role=term(row.role))


def _extras(definition: Definition, row: Transition) -> Iterator[Finding]:
    if row.self_approval and (row.kind == "system" or organ_of(row.role) != own_organ(definition)):
        yield _problem("self_approval", row, role=term(row.role))
    if row.may_take_back and (
        row.kind != "forward"
        or row.signing != "any one"
        or row.next_state == row.state
        or definition.state(row.next_state).kind == "end"
    ):
        yield _problem("take_back_not_possible", row)
    if row.signatures_of:
        signed = definition.rows(row.state, row.signatures_of)
        if not signed or row.signatures_of == row.action or any(t.next_state != t.state for t in signed):
            yield _problem("signatures_of_nothing", row, needed=term(row.signatures_of))


def _ambiguous(rows: Sequence[Transition]) -> Iterator[Finding]:
    """Two rows of one action that may apply at once: for one role always a fault (the engine silently takes the last),
    for two roles where they lead apart (somebody may hold both)."""
    for one, other in combinations(rows, 2):
        same_role = one.role == other.role
        if not same_role and one.next_state == other.next_state:
            continue
        if overlap(usable_condition(one), usable_condition(other)):
            yield _problem("ambiguous_action", one, one=term(one.next_state), other=term(other.next_state))


def _signing(rows: Sequence[Transition]) -> Iterator[Finding]:
    roles = tuple(dict.fromkeys(row.role for row in rows))
    if any(row.signing != "any one" for row in rows):
        for differs, text in (
            (len({r.signing for r in rows}) > 1, Text("签署方式", "signing rule")),
            (len({r.signatures_needed for r in rows}) > 1, Text("所需签署数", "number of signatures")),
            (len({r.next_state for r in rows}) > 1, Text("去向", "next state")),
            (len({r.condition for r in rows}) > 1, Text("条件", "condition")),
            (len({r.kind for r in rows}) > 1, Text("类型", "kind")),
        ):
            if differs:
                yield _problem("signing_mixed", rows[0], difference=text)
        organs = [organ_of(role) for role in roles]
        twice = [role for role in roles if organs.count(organ_of(role)) > 1]
        if twice:
            yield _problem("same_organ_signs_twice", rows[0], roles=joined(term(role) for role in twice))
    for row in rows:
        right = 1 <= row.signatures_needed <= len(roles) if row.signing == "n of m" else row.signatures_needed == 0
        if not right:
            yield _problem("signatures_out_of_range", row, needed=row.signatures_needed, roles=len(roles))
            return
