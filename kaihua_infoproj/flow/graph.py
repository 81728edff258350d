"""Graph checks of a workflow definition, shipped or an administrator's: would it lie, stick or skip a step?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from ..policy.demanded_steps import Demanded, DemandedEnd, all_demanded
from ..policy.finding import Finding, found
from ..policy.text import Text
from .condition import parse
from .condition_text import describe
from .definition import Definition, State
from .graph_paths import leading_to, ways
from .graph_rows import check_rows
from .roles import DECIDING_ROLES, ORGANS, organ_of
from .signing import all_roles
from .terms import joined, known, quoted, term


@dataclass(frozen=True)
class Names:
    """What a definition may name: states, actions, roles, and fields that conditions read.

    A site adds its own states and actions once they have a Chinese name, and its documents' fields.
    """

    states: frozenset[str]
    actions: frozenset[str]
    fields: frozenset[str]
    roles: frozenset[str] = frozenset(DECIDING_ROLES)


def shipped_names() -> Names:
    """The names of ``terms.yaml``."""
    return Names(known("states"), known("actions"), known("fields"))


def check(
    definition: Definition, *, names: Names | None = None, demands: Demanded | None = None
) -> tuple[Finding, ...]:
    """Everything that is wrong with a definition; empty if it may be used.

    Args:
        names: what it may name; the shipped terms if none are given.
        demands: what the measure demands; by default that of its DocType.
    """
    names = names or shipped_names()
    demands = demands or all_demanded().get(definition.doctype)
    findings = [*_whole(definition, demands), *_names(definition, names)]
    if any(f.code == "flow.graph.unknown_state" for f in findings):
        return tuple(findings)  # ways through unknown states lead nowhere: name these first
    findings += [*_reach(definition), *check_rows(definition, names.fields, demands)]
    if demands:
        findings += [*_steps(definition, demands), *_actors(definition, demands), *_signatures(definition, demands)]
    return tuple(dict.fromkeys(findings))


def problem(code: str, article: str = "", **facts: Any) -> Finding:
    """A graph finding, under the article concerned."""
    made = found(f"flow.graph.{code}", facts)
    return replace(made, article=article) if article else made


def _whole(definition: Definition, demands: Demanded | None) -> Iterator[Finding]:
    procedure = term(definition.doctype)
    if demands is None:
        yield problem("unknown_procedure", procedure=procedure, allowed=joined(term(d) for d in all_demanded()))
    if not definition.active:
        yield problem("not_active", procedure=procedure)
    if definition.mails_links:
        yield problem("mails_links", procedure=procedure)


def _names(definition: Definition, names: Names) -> Iterator[Finding]:
    allowed = (
        joined(term(role) for role in sorted(names.roles, key=DECIDING_ROLES.index))
        if names.roles <= set(DECIDING_ROLES)
        else joined(term(role) for role in sorted(names.roles))
    )
    for state in definition.states:
        if state.name not in names.states:
            yield problem("unnamed_state", state.article, state=state.name)
        if state.role and state.role not in names.roles:
            yield problem("unknown_role", state.article, where=term(state.name), role=state.role, allowed=allowed)
    for row in definition.transitions:
        for state_name in (row.state, row.next_state):
            if not definition.has_state(state_name):
                yield problem("unknown_state", row.article, action=term(row.action), state=state_name)
        if row.action not in names.actions:
            yield problem("unknown_action", row.article, action=row.action)
        if row.role not in names.roles:
            yield problem("unknown_role", row.article, where=term(row.action), role=row.role, allowed=allowed)


def _reach(definition: Definition) -> Iterator[Finding]:
    reached = {state for state, _ in ways(definition)}
    ends = [s.name for s in definition.states if s.kind == "end"]
    decided = [s.name for s in definition.states if s.kind == "end" and s.doc_status == 1]
    if not ends:
        yield problem("no_states")
    ending = leading_to(definition, decided or ends)
    for state in definition.states:
        if state.name not in reached:
            yield problem("unreachable_state", state.article, start=term(definition.start.name), state=term(state.name))
        yield from _doc_status(state)
        if state.kind != "end" and state.name not in ending:
            yield problem("dead_end", state.article, state=term(state.name))


def _doc_status(state: State) -> Iterator[Finding]:
    if state.kind == "end" and state.doc_status != 1:
        yield problem("end_not_decided", state.article, state=term(state.name), doc_status=state.doc_status)
        yield problem("dead_end", state.article, state=term(state.name))
    if state.kind != "end" and state.doc_status != 0:
        yield problem("open_but_decided", state.article, state=term(state.name), doc_status=state.doc_status)


def _steps(definition: Definition, demands: Demanded) -> Iterator[Finding]:
    for end in demands.ends:
        way = dict(ways(definition, given=end.given)).get(end.state)
        if end.forbidden:
            if way:
                yield problem(
                    "end_not_allowed",
                    end.article,
                    end=term(end.state),
                    given=describe(parse(end.given)),
                    path=_path(way),
                    demand=end.said,
                )
        elif way is None:
            yield problem("approving_end_missing", end.article, end=term(end.state), demand=end.said)
        else:
            yield from _missed(definition, demands, end)


def _missed(definition: Definition, demands: Demanded, end: DemandedEnd) -> Iterator[Finding]:
    for name in end.steps:
        step = demands.steps[name]
        facts = {"step": term(name), "end": term(end.state), "demand": step.said}
        way = dict(ways(definition, given=end.given, avoiding=name)).get(end.state)
        if way:
            yield problem("demanded_step_missed", step.article, path=_path(way), **facts)
            continue
        pairs = [(name, action) for action in step.actions]
        way = dict(ways(definition, given=end.given, without=pairs)).get(end.state)
        if way:
            yield problem(
                "demanded_action_missed", step.article, path=_path(way), actions=quoted(step.actions), **facts
            )


def _path(way: tuple[str, ...]) -> Text:
    names = [term(state) for state in way]
    return Text(" → ".join(t.zh for t in names), " → ".join(t.en for t in names))


def _actors(definition: Definition, demands: Demanded) -> Iterator[Finding]:
    for step in demands.steps.values():
        for row in definition.rows(step.state):
            if (
                step.organ
                and row.kind == "forward"
                and row.next_state != row.state
                and organ_of(row.role) != step.organ
            ):
                yield problem(
                    "demanded_actor_changed",
                    step.article,
                    step=term(step.state),
                    action=term(row.action),
                    role=term(row.role),
                    organ=ORGANS[step.organ],
                    demand=step.said,
                )


def _signatures(definition: Definition, demands: Demanded) -> Iterator[Finding]:
    for demand in demands.signatures:
        rows = definition.rows(demand.state, demand.action)
        signing = {organ_of(role) for role in all_roles(rows)}
        for organ in demand.organs:
            if organ not in signing:
                yield problem(
                    "demanded_signer_missing",
                    demand.article,
                    state=term(demand.state),
                    action=term(demand.action),
                    organ=ORGANS[organ],
                    demand=demand.said,
                )
        for row in definition.rows(demand.state):
            if (
                demand.before
                and row.kind == "forward"
                and row.next_state != row.state
                and row.signatures_of != demand.action
            ):
                yield problem(
                    "signatures_not_awaited",
                    demand.article,
                    state=term(demand.state),
                    action=term(row.action),
                    needed=term(demand.action),
                    demand=demand.said,
                )
