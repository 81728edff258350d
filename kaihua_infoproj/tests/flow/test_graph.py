"""Shipped workflows pass every graph check, and each kind of damage to them is caught."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kaihua_infoproj.flow import roles
from kaihua_infoproj.flow.definition import load_definition, shipped, shipped_doctypes
from kaihua_infoproj.flow.graph import Names, check, shipped_names
from kaihua_infoproj.flow.graph_paths import ways
from kaihua_infoproj.policy.finding import Finding

from .staff import plain

Data = dict[str, Any]
PROPOSAL, JOINT, CHANGE, WORK, ACCEPTANCE, PLAN, EVALUATION, CONSULTATION, PRELIMINARY = (
    "IT Project " + kind for kind in ("Proposal", "Joint Review", "Change", "Implementation", "Acceptance", "Annual Plan",
                                      "Evaluation", "Consultation", "Preliminary Review"))


@pytest.mark.parametrize("doctype", shipped_doctypes())
def test_a_shipped_workflow_has_no_problem(doctype: str) -> None:
    assert check(shipped(doctype)) == ()


# --- ways to damage one ----------------------------------------------------------------------------------------------

Damage = Callable[[Data], object]


def drop(**match: Any) -> Damage:
    """Remove the transitions that match."""
    def damage(data: Data) -> None:
        kept = [t for t in data["transitions"] if any(t[k] != v for k, v in match.items())]
        assert len(kept) < len(data["transitions"])
        data["transitions"] = kept
    return damage


def drop_state(name: str) -> Damage:
    """Remove a state with everything that touches it."""
    def damage(data: Data) -> None:
        data["states"] = [s for s in data["states"] if s["state"] != name]
        data["transitions"] = [t for t in data["transitions"] if name not in (t["state"], t["next_state"])]
    return damage


def bypass(name: str, to: str) -> Damage:
    """Remove a state and lead what led to it on to another."""
    def damage(data: Data) -> None:
        data["states"] = [s for s in data["states"] if s["state"] != name]
        data["transitions"] = [{**t, "next_state": to if t["next_state"] == name else t["next_state"]}
                               for t in data["transitions"] if t["state"] != name]
    return damage


def alter(match: Data, **changes: Any) -> Damage:
    """Change the transitions that match."""
    def damage(data: Data) -> None:
        found = [t for t in data["transitions"] if all(t[k] == v for k, v in match.items())]
        assert found
        for row in found:
            row.update(changes)
    return damage


def alter_state(name: str, **changes: Any) -> Damage:
    """Change a state."""
    def damage(data: Data) -> None:
        next(s for s in data["states"] if s["state"] == name).update(changes)
    return damage


def add(**row: Any) -> Damage:
    """Add a transition."""
    def damage(data: Data) -> None:
        data["transitions"].append({"allowed": roles.CENTRE_HEAD, "allow_self_approval": 0, "condition": "", **row})
    return damage


def add_state(name: str, status: str = "0") -> Damage:
    """Add a state."""
    return lambda data: data["states"].append({"state": name, "doc_status": status, "allow_edit": roles.CENTRE_HEAD})


def both(*damages: Damage) -> Damage:
    """Several."""
    def damage(data: Data) -> None:
        for one in damages:
            one(data)
    return damage


def whole(**changes: Any) -> Damage:
    """Change the workflow itself."""
    return lambda data: data.update(changes)


def problems(doctype: str, damage: Damage, **how: Any) -> tuple[Finding, ...]:
    """What the check says of a damaged definition."""
    data = plain(doctype)
    damage(data)
    return check(load_definition(data), **how)


AGREE = {"action": "Agree to Change"}
DAMAGES: dict[str, tuple[str, Damage, str]] = {
    # a step is gone
    "competent department removed": (PROPOSAL, bypass("Competent Department Review", "Preliminary Review"),
                                     "demanded_step_missed"),
    "preliminary review removed": (PROPOSAL, bypass("Preliminary Review", "Joint Review"), "demanded_step_missed"),
    "joint review removed": (PROPOSAL, bypass("Joint Review", "Scheme Revision"), "demanded_step_missed"),
    "revision removed": (PROPOSAL, bypass("Scheme Revision", "Revision Verification"), "demanded_step_missed"),
    "verification removed": (PROPOSAL, bypass("Revision Verification", "Decision Consultation"), "demanded_step_missed"),
    "consultation removed": (PROPOSAL, bypass("Decision Consultation", "Awaiting County Decision"), "demanded_step_missed"),
    "county review removed": (PLAN, bypass("County Review", "Plan Approved"), "demanded_step_missed"),
    "confirmation removed": (WORK, bypass("Awaiting Confirmation", "Plan Confirmed"), "demanded_step_missed"),
    "trial removed": (WORK, both(drop_state("Trial Operation"),
                                 add(state="Under Construction", action="Complete Implementation", itp_kind="system",
                                     next_state="Implementation Completed")), "demanded_step_missed"),
    "examination removed": (CHANGE, bypass("Data Centre Examination", "Joint Examination"), "approving_end_missing"),
    "delegation removed": (ACCEPTANCE, bypass("Awaiting Delegation", "Acceptance Delegated"), "demanded_step_missed"),
    "acceptance review removed": (ACCEPTANCE, bypass("Acceptance Review", "Acceptance Passed"), "demanded_step_missed"),
    "self-evaluation removed": (EVALUATION, bypass("Self-Evaluation", "Under Evaluation"), "demanded_step_missed"),
    "session removed": (CONSULTATION, bypass("In Session", "Consultation Concluded"), "demanded_step_missed"),
    "review removed": (JOINT, bypass("Review In Progress", "Opinion Issued"), "demanded_step_missed"),
    # a shortcut beside the way
    "shortcut to approval": (PROPOSAL, add(state="Preliminary Review", action="File Revision",
                                           next_state="Decision Consultation"), "demanded_step_missed"),
    "return to the wrong side": (PROPOSAL, alter({"action": "Require Correction"}, next_state="Joint Review"),
                                 "demanded_action_missed"),
    "left by another action": (PROPOSAL, add(state="Preliminary Review", action="File Revision", next_state="Joint Review"),
                               "demanded_action_missed"),
    "a return that does not come back": (PROPOSAL, alter({"action": "Require Correction"}, next_state="Scheme Revision"),
                                         "kind_does_not_fit"),
    "decline without the county": (PROPOSAL, add(state="Preliminary Review", action="Exclude from Plan", itp_kind="reject",
                                                 itp_opinion_required=1, next_state="Not Established"),
                                   "demanded_step_missed"),
    "joint examination skipped": (CHANGE, alter({"action": "Refer to Joint Examination"}, next_state="Change Approved"),
                                  "demanded_step_missed"),
    "construction without its acceptance": (ACCEPTANCE, alter({"action": "File Service Completion"}, condition=""),
                                            "end_not_allowed"),
    "construction as a service": (WORK, alter({"action": "Start Service"}, condition=""), "demanded_step_missed"),
    "resumed into the trial": (WORK, alter({"action": "Resume Work", "next_state": "Under Construction"},
                                           next_state="Trial Operation"), "demanded_action_missed"),
    # ends
    "approving end removed": (CHANGE, drop_state("Change Approved"), "approving_end_missing"),
    "filing removed": (CHANGE, drop(action="File Change"), "approving_end_missing"),
    "no end": (CONSULTATION, add(state="Consultation Concluded", action="Convene Meeting", next_state="In Session"),
               "no_states"),
    # reach
    "unreachable state": (PROPOSAL, drop(action="Require Correction"), "unreachable_state"),
    "unreachable added state": (CHANGE, add_state("Trial Operation", "1"), "unreachable_state"),
    "dead end": (PROPOSAL, drop(state="Correction Required"), "dead_end"),
    "a circle without a way out": (CONSULTATION, alter({"state": "In Session"}, next_state="Consultation Draft",
                                                       itp_kind="return", itp_opinion_required=1), "dead_end"),
    # docstatus
    "end not decided": (CHANGE, alter_state("Change Filed", doc_status="0"), "end_not_decided"),
    "end cancelled": (CHANGE, alter_state("Change Withdrawn", doc_status="2"), "end_not_decided"),
    "open but decided": (CHANGE, alter_state("Joint Examination", doc_status="1"), "open_but_decided"),
    # names
    "unknown role": (CHANGE, alter({"action": "File Change"}, allowed="System Manager"), "unknown_role"),
    "a role that decides nothing": (CHANGE, alter({"action": "File Change"}, allowed=roles.AUDITOR), "unknown_role"),
    "unknown role of a state": (CHANGE, alter_state("Change Draft", allow_edit="Guest"), "unknown_role"),
    "unknown action": (CHANGE, alter({"action": "File Change"}, action="Wave Through"), "unknown_action"),
    "state without a name": (CHANGE, both(add_state("Odd State"), add(state="Change Draft", action="Hand In",
                                                                     next_state="Odd State")), "unnamed_state"),
    "unknown next state": (CHANGE, alter({"action": "File Change"}, next_state="Nowhere"), "unknown_state"),
    "unknown first state": (CHANGE, alter({"action": "File Change"}, state="Nowhere"), "unknown_state"),
    "unknown procedure": (CHANGE, whole(document_type="IT Project Party"), "unknown_procedure"),
    # who
    "applicant passes himself": (PROPOSAL, alter({"action": "Pass Preliminary Review"}, allowed=roles.APPLICANT,
                                                 allow_self_approval=1), "demanded_actor_changed"),
    "centre decides for the county": (PLAN, alter({"action": "Approve Plan"}, allowed=roles.CENTRE_HEAD,
                                                  allow_self_approval=1), "demanded_actor_changed"),
    "centre delegates to itself": (ACCEPTANCE, alter({"action": "Delegate Acceptance"}, allowed=roles.CENTRE_HEAD),
                                   "demanded_actor_changed"),
    "self approval": (PROPOSAL, alter({"action": "Pass Preliminary Review"}, allow_self_approval=1), "self_approval"),
    # signatures
    "signer of a change removed": (CHANGE, drop(action="Agree to Change", allowed=roles.FINANCE_OFFICER),
                                   "demanded_signer_missing"),
    "signer of a review removed": (JOINT, drop(action="Sign Opinion", allowed=roles.DRB_OFFICER), "demanded_signer_missing"),
    "signer of an evaluation removed": (EVALUATION, drop(action="Conclude Evaluation", allowed=roles.DRB_OFFICER),
                                        "demanded_signer_missing"),
    "one signature suffices": (CHANGE, alter(AGREE, itp_signing="any one"), "demanded_signer_missing"),
    "two of three suffice": (CHANGE, alter(AGREE, itp_signing="n of m", itp_signatures_needed=2), "demanded_signer_missing"),
    "signing action removed": (JOINT, drop(action="Sign Opinion"), "signatures_of_nothing"),
    "conclusion does not wait": (JOINT, alter({"action": "Conclude Review"}, itp_signatures_of=""), "signatures_not_awaited"),
    "waits for itself": (JOINT, alter({"action": "Conclude Review"}, itp_signatures_of="Conclude Review"),
                         "signatures_of_nothing"),
    "signing leads away": (JOINT, alter({"action": "Sign Opinion"}, next_state="Opinion Issued"), "signatures_of_nothing"),
    "rules mixed": (CHANGE, alter({**AGREE, "allowed": roles.DRB_OFFICER}, itp_signing="any one"), "signing_mixed"),
    "ways mixed": (CHANGE, alter({**AGREE, "allowed": roles.DRB_OFFICER}, next_state="Change Filed"), "signing_mixed"),
    "conditions mixed": (CHANGE, alter({**AGREE, "allowed": roles.DRB_OFFICER}, condition="doc.round > 1"), "signing_mixed"),
    "numbers mixed": (CHANGE, both(alter(AGREE, itp_signing="n of m", itp_signatures_needed=3),
                                   alter({**AGREE, "allowed": roles.DRB_OFFICER}, itp_signatures_needed=2)), "signing_mixed"),
    "kinds mixed": (CHANGE, alter({**AGREE, "allowed": roles.DRB_OFFICER}, itp_kind="reject", itp_opinion_required=1),
                    "signing_mixed"),
    "more signatures than roles": (CHANGE, alter(AGREE, itp_signing="n of m", itp_signatures_needed=4),
                                   "signatures_out_of_range"),
    "no signature needed": (CHANGE, alter(AGREE, itp_signing="n of m", itp_signatures_needed=0), "signatures_out_of_range"),
    "a number without its rule": (CHANGE, alter({"action": "File Change"}, itp_signatures_needed=1),
                                  "signatures_out_of_range"),
    "one organ twice": (CHANGE, alter({**AGREE, "allowed": roles.DRB_OFFICER}, allowed=roles.CENTRE_OFFICER),
                        "same_organ_signs_twice"),
    # ambiguity
    "the same row twice": (CHANGE, add(state="Data Centre Examination", action="File Change", next_state="Change Filed"),
                           "ambiguous_action"),
    "two ways of one action": (CHANGE, add(state="Data Centre Examination", action="File Change",
                                           next_state="Joint Examination"), "ambiguous_action"),
    "two ways for two roles": (CHANGE, add(state="Data Centre Examination", action="File Change",
                                           next_state="Joint Examination", allowed=roles.CENTRE_OFFICER), "ambiguous_action"),
    "conditions that overlap": (WORK, alter({"action": "Resume Work", "next_state": "Under Construction"},
                                            condition='doc.suspended_from != "Trial Operation"'), "ambiguous_action"),
    # conditions
    "function call": (WORK, alter({"action": "Start Construction"}, condition='doc.get("form_kind") == "construction"'),
                      "forbidden_condition"),
    "attribute chain": (WORK, alter({"action": "Start Construction"}, condition='doc.project.kind == "construction"'),
                        "forbidden_condition"),
    "import": (WORK, alter({"action": "Start Construction"}, condition='__import__("os").name == "posix"'),
               "forbidden_condition"),
    "database": (WORK, alter({"action": "Start Construction"}, condition='frappe.db.get_value("User", "x")'),
                 "forbidden_condition"),
    "amount as a fraction": (WORK, alter({"action": "Start Construction"}, condition="doc.total < 200000.5"),
                             "forbidden_condition"),
    "no Python": (WORK, alter({"action": "Start Construction"}, condition="form kind is construction"),
                  "forbidden_condition"),
    "unknown field": (WORK, alter({"action": "Start Construction"}, condition='doc.form_kin == "construction"'),
                      "unknown_field"),
    # kinds
    "return without opinion": (PROPOSAL, alter({"action": "Return to Unit"}, itp_opinion_required=0), "opinion_not_required"),
    "rejection without opinion": (CHANGE, alter({"action": "Disagree to Change"}, itp_opinion_required=0),
                                  "opinion_not_required"),
    "withdrawal without opinion": (CHANGE, alter({"action": "Withdraw Change"}, itp_opinion_required=0),
                                   "opinion_not_required"),
    "a return that ends": (CHANGE, alter({"action": "Require Change Correction"}, next_state="Change Rejected"),
                           "kind_does_not_fit"),
    "a rejection that approves": (CHANGE, alter({"action": "Disagree to Change"}, next_state="Change Approved"),
                                  "kind_does_not_fit"),
    "a withdrawal that goes on": (CHANGE, alter({"action": "Withdraw Change", "state": "Change Correction"},
                                                next_state="Data Centre Examination"), "kind_does_not_fit"),
    "a system action in the middle": (PROPOSAL, alter({"action": "Approve with Plan"}, next_state="Decision Consultation"),
                                      "kind_does_not_fit"),
    "a person takes the system's": (PROPOSAL, alter({"action": "Approve with Plan"}, itp_kind="forward"), "system_by_person"),
    "the system takes a person's": (CHANGE, alter({"action": "File Change"}, itp_kind="system"), "system_not_declared"),
    "an end taken back": (CHANGE, alter({"action": "File Change"}, itp_may_take_back=1), "take_back_not_possible"),
    "a loop taken back": (PROPOSAL, alter({"action": "Extend Correction"}, itp_may_take_back=1), "take_back_not_possible"),
    "a return taken back": (PROPOSAL, alter({"action": "Return to Unit"}, itp_may_take_back=1), "take_back_not_possible"),
    # the whole
    "not active": (CHANGE, whole(is_active=0), "not_active"),
    "mails links that decide": (CHANGE, whole(send_email_alert=1), "mails_links"),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_each_kind_of_damage_is_caught(name: str) -> None:
    doctype, damage, code = DAMAGES[name]
    found = problems(doctype, damage)
    assert f"flow.graph.{code}" in {f.code for f in found}
    for finding in found:
        assert finding.blocking and finding.way_out.zh and finding.way_out.en
        assert "{" not in finding.zh + finding.en


SINGLE = [(d, t) for d in shipped_doctypes() for t in shipped(d).transitions]


@pytest.mark.parametrize(("doctype", "row"), SINGLE, ids=[f"{d[11:]}: {t.state}, {t.action}, {t.role[11:]}" for d, t in SINGLE])
def test_a_missing_row_is_caught_or_only_makes_the_workflow_narrower(doctype: str, row: Any) -> None:
    """Without a row, either something is reported, or no new way has come up and every end is still reached."""
    data = plain(doctype)
    data["transitions"] = [t for t in data["transitions"]
                           if (t["state"], t["action"], t["next_state"], t["allowed"])
                           != (row.state, row.action, row.next_state, row.role)]
    definition = load_definition(data)
    if not check(definition):
        assert {s for s, _ in ways(definition)} == {s.name for s in definition.states}


def test_a_finding_names_the_way_that_misses_the_step() -> None:
    found = problems(PROPOSAL, DAMAGES["shortcut to approval"][1])
    missed = next(f for f in found if f.code == "flow.graph.demanded_step_missed")
    assert missed.zh == (
        "【第八条】不经过“联合评审”也能到达“已审批”（填报中 → 待单位签发 → 主管部门审核 → 初审 → 决策咨询 → 待县政府审定 → 已审批）："
        "初审通过的项目须经联合评审。请恢复“联合评审”这一步，并删去绕过它的操作。")
    assert missed.article == "8"


def test_a_forbidden_condition_is_quoted_with_its_reason() -> None:
    found = problems(WORK, DAMAGES["function call"][1])
    told = next(f for f in found if f.code == "flow.graph.forbidden_condition")
    assert "开工" in told.zh and "不允许调用函数" in told.zh and "is not allowed" in told.en


@pytest.mark.parametrize(("doctype", "damage"), [
    (PROPOSAL, bypass("Unit Sign-off", "Competent Department Review")),
    (PLAN, both(bypass("Magistrate Review", "County Review"))),
    (PROPOSAL, drop(action="Extend Correction")),
    (CHANGE, alter({"action": "Withdraw Change"}, allowed=roles.APPLICANT)),
    (CHANGE, alter({"action": "Agree to Change"}, itp_signing="n of m", itp_signatures_needed=3)),
], ids=["no sign-off", "no magistrate", "no extension", "clerk withdraws", "three of three"])
def test_what_is_our_judgement_may_be_changed(doctype: str, damage: Damage) -> None:
    assert problems(doctype, damage) == ()


def test_an_administrator_may_add_a_step_once_it_has_a_name() -> None:
    damage = both(
        add_state("Legal Review"),
        alter({"action": "File Revision"}, next_state="Legal Review"),
        add(state="Legal Review", action="Pass Legal Review", next_state="Decision Consultation", allow_self_approval=0),
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
