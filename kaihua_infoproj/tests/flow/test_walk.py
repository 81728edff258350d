"""Every shipped state, action and role is walked, and every role that may not is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kaihua_infoproj.flow.definition import Transition, shipped, shipped_doctypes
from kaihua_infoproj.flow.document import Signature
from kaihua_infoproj.flow.effects import CAUSES
from kaihua_infoproj.flow.options import options
from kaihua_infoproj.flow.roles import ENTERING, ON_PAPER
from kaihua_infoproj.flow.signing import required_roles
from kaihua_infoproj.flow.step import system_step

from .staff import AT, HOLDERS, PAPER, STAFF, act, code, refused, standing

ROWS = [(d, t) for d in shipped_doctypes() for t in shipped(d).transitions]
BY_PEOPLE = [(d, t) for d, t in ROWS if t.kind != "system"]
BY_SYSTEM = [(d, t) for d, t in ROWS if t.kind == "system"]


def told(pair: tuple[str, Transition]) -> str:
    return f"{pair[0][11:]}: {pair[1].state}, {pair[1].action}, {pair[1].role[11:]}, {pair[1].next_state}"


def fields_for(row: Transition) -> dict[str, Any]:
    """Fields that meet the row's condition."""
    for form_kind in ("construction", "O&M"):
        for number in (1, 2):
            fields = {
                "form_kind": form_kind,
                "round": number,
                "suspended_from": row.next_state,
                "plan_state": "Plan Returned",
                "handed_in_at": AT,
            }
            if row.parsed.met(fields):
                return fields
    raise AssertionError(row)


def ready(doctype: str, row: Transition) -> Any:
    """A document on which the row can be taken and completes by one more signature."""
    definition = shipped(doctype)
    doc = standing(definition, row.state, fields_for(row))
    others: list[tuple[str, str]] = []
    if row.signing != "any one":
        others = [(row.action, role) for role in required_roles(definition, doc, row.action) if role != row.role]
    if row.signatures_of:
        others = [(row.signatures_of, role) for role in required_roles(definition, doc, row.signatures_of)]
    signatures = tuple(Signature(action, role, f"{role}-earlier", "演示签署人", AT) for action, role in others)
    return replace(doc, signatures=signatures)


@pytest.mark.parametrize(("doctype", "row"), BY_PEOPLE, ids=[told(p) for p in BY_PEOPLE])
def test_each_role_takes_its_action(doctype: str, row: Transition) -> None:
    definition = shipped(doctype)
    doc = ready(doctype, row)
    step = act(definition, doc, HOLDERS[row.role], row.action)
    assert (step.complete, step.state, step.next_state) == (True, row.state, row.next_state)
    assert (step.role, step.action, step.missing) == (row.role, row.action, ())
    assert step.document.state == row.next_state
    assert step.doc_status == definition.state(row.next_state).doc_status
    assert step.decided.state == row.state and step.document.decided[-1] is step.decided
    assert doc.state == row.state and doc.decided == (), "the document handed in is left as it was"
    if definition.state(row.next_state).kind == "end":
        assert step.document.work_items == () and step.due is None


@pytest.mark.parametrize(("doctype", "row"), BY_PEOPLE, ids=[told(p) for p in BY_PEOPLE])
def test_every_other_role_is_refused(doctype: str, row: Transition) -> None:
    definition = shipped(doctype)
    doc = ready(doctype, row)
    may = {t.role for t in definition.rows(row.state, row.action)}
    for role, holder in HOLDERS.items():
        if role in may:
            continue
        expected = "flow.paper_missing" if row.role in ON_PAPER and role in ENTERING else "flow.not_your_role"
        refusal = refused(definition, doc, holder, row.action)
        assert code(refusal) == expected
        assert holder.name in refusal.finding.zh and refusal.finding.article == row.article


@pytest.mark.parametrize(("doctype", "row"), BY_PEOPLE, ids=[told(p) for p in BY_PEOPLE])
def test_an_action_is_refused_in_every_other_state(doctype: str, row: Transition) -> None:
    definition = shipped(doctype)
    for state in definition.states:
        if definition.rows(state.name, row.action):
            continue
        refusal = refused(definition, standing(definition, state.name), HOLDERS[row.role], row.action)
        assert code(refusal) == ("flow.already_decided" if state.kind == "end" else "flow.wrong_state")


@pytest.mark.parametrize(("doctype", "row"), BY_SYSTEM, ids=[told(p) for p in BY_SYSTEM])
def test_no_person_takes_the_systems_action(doctype: str, row: Transition) -> None:
    definition = shipped(doctype)
    doc = standing(definition, row.state)
    for holder in STAFF:
        refusal = refused(definition, doc, holder, row.action)
        assert code(refusal) == "flow.system_only"
    assert code(refused(definition, doc, HOLDERS[row.role], row.action, from_paper=PAPER)) == "flow.system_only"
    assert CAUSES[row.action]


@pytest.mark.parametrize(("doctype", "row"), BY_SYSTEM, ids=[told(p) for p in BY_SYSTEM])
def test_the_system_takes_its_own(doctype: str, row: Transition) -> None:
    definition = shipped(doctype)
    step = system_step(definition, standing(definition, row.state), row.action, at=AT, cause="年度计划演示")
    assert (step.complete, step.next_state, step.doc_status) == (True, row.next_state, 1)
    assert (step.decided.user, step.decided.role, step.decided.name, step.decided.opinion) == (
        "",
        "",
        "系统",
        "年度计划演示",
    )


def test_the_system_is_refused_in_another_state() -> None:
    definition = shipped("IT Project Proposal")
    for state, expected in (("Proposal Withdrawn", "flow.already_decided"), ("Joint Review", "flow.wrong_state")):
        with pytest.raises(Exception, match="【第") as caught:
            system_step(definition, standing(definition, state), "Approve with Plan", at=AT)
        assert getattr(caught.value, "code", "") == expected
    with pytest.raises(ValueError, match="not a system action"):
        system_step(definition, standing(definition, "Proposal Draft"), "Hand In", at=AT)


@pytest.mark.parametrize("doctype", shipped_doctypes())
def test_options_say_for_every_state_and_person_what_a_step_says(doctype: str) -> None:
    definition = shipped(doctype)
    for state in definition.states:
        doc = standing(definition, state.name, {"form_kind": "construction", "suspended_from": "Plan Confirmed"})
        for holder in STAFF:
            for option in options(definition, doc, holder, AT, people=STAFF):
                if option.allowed:
                    paper = PAPER if option.on_paper else None
                    step = act(definition, doc, holder, option.action, from_paper=paper)
                    assert step.role == option.role and option.why_not is None
                    assert option.on_paper or holder in option.who
                else:
                    refusal = refused(definition, doc, holder, option.action, opinion="")
                    assert option.why == refusal.finding
                    assert option.why_not and option.why_not.zh == refusal.finding.zh
                    assert holder not in option.who
