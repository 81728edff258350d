"""Random walks: whatever people try, a document never leaves its graph and never misses a demanded step."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaihua_infoproj.flow import roles
from kaihua_infoproj.flow.condition import parse
from kaihua_infoproj.flow.definition import Definition, shipped, shipped_doctypes
from kaihua_infoproj.flow.document import FlowDocument
from kaihua_infoproj.flow.effects import effects, own_fields
from kaihua_infoproj.flow.refusal import Refused
from kaihua_infoproj.flow.signing import required_roles
from kaihua_infoproj.flow.step import TAKE_BACK, Step, begin, step, system_step, take_back
from kaihua_infoproj.policy.demanded_steps import demanded

from .staff import AT, COMPETENT, PAPER, STAFF, UNIT, later, person

DOUBLE = person("double", UNIT, roles.APPLICANT, roles.UNIT_HEAD, roles.CENTRE_HEAD, roles.DRB_OFFICER)
PEOPLE = (*STAFF, DOUBLE)


def attempt(definition: Definition, doc: FlowDocument, number: int, minute: int) -> Step | None:
    """Somebody tries something, picked by a number: mostly what is possible, sometimes nonsense."""
    actions = definition.actions(doc.state if number % 5 else "") or definition.actions()
    who, what = PEOPLE[number % len(PEOPLE)], actions[(number // len(PEOPLE)) % len(actions)]
    turn = number // (len(PEOPLE) * len(actions)) % 4
    rare = {"reject": 11, "withdraw": 11, "return": 3}
    if any(number % rare.get(r.kind, 1) for r in definition.rows(doc.state, what)):
        return None  # most walks are to get far
    holders = [p for r in definition.rows(doc.state, what) for p in STAFF if r.role in p.roles]
    if holders and turn:
        who = holders[number % len(holders)]
    try:
        if number % 37 == 0:
            return take_back(definition, doc, who, at=later(minute))
        if any(r.kind == "system" for r in definition.rows(doc.state, what)):
            return system_step(definition, doc, what, at=later(minute))
        paper = PAPER if turn == 3 and number % 3 == 0 else None
        return step(definition, doc, who, what, at=later(minute), opinion="演示意见", from_paper=paper, people=PEOPLE)
    except Refused:
        return None


def carried_out(definition: Definition, taken: Step) -> FlowDocument:
    """The document with the fields that the after-effects set on it."""
    doc = taken.document
    if not taken.complete or taken.action == TAKE_BACK:
        return doc
    following = effects(definition.doctype, taken.action, {}, state=taken.state, next_state=taken.next_state)
    return replace(doc, fields={**doc.fields, **own_fields(following, AT)})


def walk(definition: Definition, fields: dict[str, Any], tries: Iterable[int]) -> tuple[FlowDocument, set[str]]:
    """A document after everything that was tried, and the states it passed; every step is looked at."""
    doc = begin(
        definition, "演示-1", at=AT, fields=fields, department=UNIT, competent_department=COMPETENT, owner="clerk"
    )
    passed, edges = {doc.state}, {(t.state, t.action, t.next_state) for t in definition.transitions}
    for minute, one in enumerate(tries):
        taken = attempt(definition, doc, one, minute)
        if taken is None:
            continue
        assert definition.state(doc.state).kind != "end", "nothing happens after the end"
        if taken.action == TAKE_BACK:
            assert taken.next_state in passed
        elif taken.complete:
            assert (doc.state, taken.action, taken.next_state) in edges
        else:
            assert taken.next_state == doc.state
        doc = carried_out(definition, taken)
        passed.add(doc.state)
        invariants(definition, doc)
    return doc, passed


@pytest.mark.parametrize("doctype", shipped_doctypes())
@settings(max_examples=60)
@given(
    form_kind=st.sampled_from(["construction", "O&M", "service"]),
    number=st.integers(1, 3),
    returned=st.booleans(),
    tries=st.lists(st.integers(0, 10**6), min_size=5, max_size=80),
)
def test_a_walk_stays_in_the_graph_and_misses_nothing(
    doctype: str, form_kind: str, number: int, returned: bool, tries: list[int]
) -> None:
    definition = shipped(doctype)
    fields: dict[str, Any] = {
        "form_kind": form_kind,
        "round": number,
        "plan_state": "Plan Returned" if returned else "",
    }
    misses_nothing(doctype, *walk(definition, fields, tries))


def misses_nothing(doctype: str, doc: FlowDocument, passed: set[str]) -> None:
    """No end was reached that is forbidden in its case, or without the steps it demands."""
    for end in demanded(doctype).ends:
        if end.state == doc.state and parse(end.given).met(doc.fields):
            assert not end.forbidden
            assert set(end.steps) <= passed


@pytest.mark.parametrize("doctype", shipped_doctypes())
def test_walks_come_to_every_end(doctype: str) -> None:
    """So the walks above are no idle ones."""
    chance = random.Random(doctype)
    reached = set()
    for _ in range(200):
        fields = {"form_kind": chance.choice(["construction", "service"]), "round": chance.choice([1, 2])}
        doc, passed = walk(shipped(doctype), fields, [chance.randrange(10**6) for _ in range(80)])
        misses_nothing(doctype, doc, passed)
        reached.add(doc.state)
        if reached >= {s.name for s in shipped(doctype).states if s.kind == "end"}:
            return
    pytest.fail(f"only {sorted(reached)} were reached")


def invariants(definition: Definition, doc: FlowDocument) -> None:
    """What holds after every step."""
    state = definition.state(doc.state)
    assert state.doc_status == (1 if state.kind == "end" else 0)
    if state.kind == "end":
        assert doc.signatures == () and [i for i in doc.work_items if i.kind == "decide"] == []
    signed = [(s.action, s.role) for s in doc.signatures]
    assert len(signed) == len(set(signed)), "a role signs once"
    for signature in doc.signatures:
        assert signature.role in required_roles(definition, doc, signature.action)
    organs: dict[str, set[str]] = {}
    for decided in doc.decided:
        if decided.user and not decided.from_paper:
            organs.setdefault(decided.user, set()).add(roles.organ_of(decided.role))
    assert all(len(spoken) == 1 for spoken in organs.values()), "a person speaks for one organ"
    assert all(item.state == doc.state for item in doc.work_items)


@given(tries=st.lists(st.integers(0, 10**6), max_size=40))
def test_the_same_acts_always_give_the_same_document(tries: list[int]) -> None:
    definition = shipped("IT Project Change")

    def again() -> FlowDocument:
        doc = begin(definition, "演示-1", at=AT, department=UNIT, competent_department=COMPETENT, owner="clerk")
        for minute, one in enumerate(tries):
            taken = attempt(definition, doc, one, minute)
            doc = taken.document if taken else doc
        return doc

    assert again() == again()
