"""Shipped workflows pass every graph check, and each kind of damage to them is caught."""

from __future__ import annotations

from typing import Any

import pytest

from kaihua_infoproj.flow import roles
from kaihua_infoproj.flow.definition import load_definition, shipped, shipped_doctypes
from kaihua_infoproj.flow.graph import Names, check, shipped_names
from kaihua_infoproj.flow.graph_paths import ways

from .damage import (
    CHANGE,
    PLAN,
    PROPOSAL,
    WORK,
    Damage,
    add,
    add_state,
    alter,
    both,
    bypass,
    drop,
    problems,
    whole,
)
from .damages import DAMAGES
from .staff import plain


@pytest.mark.parametrize("doctype", shipped_doctypes())
def test_a_shipped_workflow_has_no_problem(doctype: str) -> None:
    assert check(shipped(doctype)) == ()


# --- damage -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", DAMAGES)
def test_each_kind_of_damage_is_caught(name: str) -> None:
    doctype, damage, code = DAMAGES[name]
    found = problems(doctype, damage)
    assert f"flow.graph.{code}" in {f.code for f in found}
    for finding in found:
        assert finding.blocking and finding.way_out.zh and finding.way_out.en
        assert "{" not in finding.zh + finding.en


SINGLE = [(d, t) for d in shipped_doctypes() for t in shipped(d).transitions]


@pytest.mark.parametrize(
    ("doctype", "row"), SINGLE, ids=[f"{d[11:]}: {t.state}, {t.action}, {t.role[11:]}" for d, t in SINGLE]
)
def test_a_missing_row_is_caught_or_only_makes_the_workflow_narrower(doctype: str, row: Any) -> None:
    """Without a row, either something is reported, or no new way has come up and every end is still reached."""
    data = plain(doctype)
    data["transitions"] = [
        t
        for t in data["transitions"]
        if (t["state"], t["action"], t["next_state"], t["allowed"]) != (row.state, row.action, row.next_state, row.role)
    ]
    definition = load_definition(data)
    if not check(definition):
        assert {s for s, _ in ways(definition)} == {s.name for s in definition.states}


def test_a_finding_names_the_way_that_misses_the_step() -> None:
    found = problems(PROPOSAL, DAMAGES["shortcut to approval"][1])
    missed = next(f for f in found if f.code == "flow.graph.demanded_step_missed")
    assert missed.zh == (
        "【第八条】不经过“联合评审”也能到达“已审批”（填报中 → 待单位签发 → 主管部门审核 → 初审 → 决策咨询 → 待县政府审定 → 已审批）："
        "初审通过的项目须经联合评审。请恢复“联合评审”这一步，并删去绕过它的操作。"
    )
    assert missed.article == "8"


def test_a_forbidden_condition_is_quoted_with_its_reason() -> None:
    found = problems(WORK, DAMAGES["function call"][1])
    told = next(f for f in found if f.code == "flow.graph.forbidden_condition")
    assert "开工" in told.zh and "不允许调用函数" in told.zh and "is not allowed" in told.en


@pytest.mark.parametrize(
    ("doctype", "damage"),
    [
        (PROPOSAL, bypass("Unit Sign-off", "Competent Department Review")),
        (PLAN, both(bypass("Magistrate Review", "County Review"))),
        (PROPOSAL, drop(action="Extend Correction")),
        (CHANGE, alter({"action": "Withdraw Change"}, allowed=roles.APPLICANT)),
        (CHANGE, alter({"action": "Agree to Change"}, itp_signing="n of m", itp_signatures_needed=3)),
    ],
    ids=["no sign-off", "no magistrate", "no extension", "clerk withdraws", "three of three"],
)
def test_what_is_our_judgement_may_be_changed(doctype: str, damage: Damage) -> None:
    assert problems(doctype, damage) == ()


def test_an_administrator_may_add_a_step_once_it_has_a_name() -> None:
    damage = both(
        add_state("Legal Review"),
        alter({"action": "File Revision"}, next_state="Legal Review"),
        add(
            state="Legal Review", action="Pass Legal Review", next_state="Decision Consultation", allow_self_approval=0
        ),
    )
    unnamed = {f.code for f in problems(PROPOSAL, damage)}
    assert unnamed == {"flow.graph.unnamed_state", "flow.graph.unknown_action"}
    known = shipped_names()
    names = Names(known.states | {"Legal Review"}, known.actions | {"Pass Legal Review"}, known.fields)
    assert problems(PROPOSAL, damage, names=names) == ()


def test_a_site_may_let_conditions_read_its_own_fields_and_use_its_own_roles() -> None:
    damage = alter({"action": "Refer to Joint Examination"}, condition="doc.custom_urgent")
    known = shipped_names()
    assert problems(CHANGE, damage, names=Names(known.states, known.actions, known.fields | {"custom_urgent"})) == ()
    narrow = Names(known.states, known.actions, known.fields, frozenset({"Clerk"}))
    assert {f.code for f in problems(CHANGE, whole(), names=narrow)} == {"flow.graph.unknown_role"}


def test_ways_are_the_shortest_and_remember_what_they_set() -> None:
    definition = shipped(WORK)
    way = dict(ways(definition, given='doc.form_kind == "service"'))
    assert way["Service Delivery"][-2:] == ("Plan Confirmed", "Service Delivery")
    assert "Under Construction" not in way and "Trial Operation" not in way
    assert dict(ways(definition, avoiding="Implementation Draft")) == {}
