"""The years play as their scenarios say, over every state and ending, and their ledgers verify."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from stdnum.cn import uscc

from kaihua_infoproj.demo.offline.ledgers import file_name, write
from kaihua_infoproj.demo.offline.player import Played, play
from kaihua_infoproj.demo.offline.scenario import Scenario
from kaihua_infoproj.flow.definition import shipped, shipped_doctypes
from kaihua_infoproj.flow.effects import CHANGE, PLAN, PROPOSAL
from kaihua_infoproj.policy import ledger

from .conftest import codes, of

ENDINGS = {
    "edu": "已评估",
    "road": "绩效评估",
    "hospital": "正式运行",
    "elder": "正式运行",
    "farm": "绩效评估",
    "om": "履约完成",
    "basin": "履约完成",
    "culture": "未列入年度计划",
    "screen": "未列入年度计划",
    "library": "未列入年度计划",
    "land": "已撤回申报",
    "market": "不予立项",
    "labour": "正式运行",
    "insure": "正式运行",
    "relief": "正式运行",
    "coop": "已终止",
    "flood": "正式运行",
    "water": "建设阶段（变更审核中）",
    "forest": "项目评审",
    "edu2": "项目评审",
}


def test_every_act_goes_as_its_scenario_expects(years: Played) -> None:
    assert [(act.act.place, act.problem) for act in years.failed] == []
    assert len(years.acts) > 900


def test_every_decision_says_what_it_leads_to(scenario: Scenario) -> None:
    silent = [a.place for a in scenario.acts if a.action and not (a.expect.state or a.expect.refused)]
    assert silent == []


def test_findings_are_expected_exactly(years: Played) -> None:
    unsaid = [a.act.place for a in years.acts if a.findings and a.act.expect.findings is None and not a.refused]
    assert unsaid == []


def test_projects_are_many_and_of_real_size(years: Played) -> None:
    projects = years.world.projects.values()
    assert len(projects) >= 12
    assert len({project.department for project in projects}) >= 10
    for project in projects:
        lines = years.world.records[project.proposal].get("investment_lines")
        total = sum(line["amount"] for line in lines)
        assert 8 <= len(lines) <= 30, project.key
        assert Decimal(300000) <= total <= Decimal(12000000), project.key


@pytest.mark.parametrize(("project", "stage"), ENDINGS.items())
def test_each_project_comes_to_its_end(years: Played, project: str, stage: str) -> None:
    assert years.world.projects[project].stage == stage


def test_no_other_project_is_played(years: Played) -> None:
    assert set(years.world.projects) == set(ENDINGS)


@pytest.mark.parametrize("doctype", shipped_doctypes())
def test_every_state_is_reached(years: Played, doctype: str) -> None:
    reached = {shipped(doctype).start.name}
    for record in years.world.records.values():
        if record.doc.doctype == doctype:
            reached |= {decided.next_state for decided in record.doc.decided}
    assert {state.name for state in shipped(doctype).states} - reached == set()


@pytest.mark.parametrize("doctype", shipped_doctypes())
def test_every_action_is_taken(years: Played, doctype: str) -> None:
    records = [r for r in years.world.records.values() if r.doc.doctype == doctype]
    taken = {decided.action for record in records for decided in record.doc.decided}
    assert set(shipped(doctype).actions()) - taken == set()


# --- the stories ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "state", "reasons"),
    [
        ("edu_change1", "Change Filed", set()),
        ("edu_change2", "Change Approved", {"art12.amount"}),
        ("elder_change1", "Change Approved", {"art12.ratio"}),
        ("farm_change2", "Change Approved", {"art12.cumulative_amount", "art12.cumulative_ratio"}),
        ("farm_change3", "Change Rejected", {"art12.amount", "art12.ratio"}),
        ("farm_change4", "Change Withdrawn", set()),
        ("road_change1", "Change Filed", set()),
    ],
)
def test_changes_go_their_way(years: Played, change: str, state: str, reasons: set[str]) -> None:
    found = codes(of(years, change, "Hand In Change"))
    limits = {"art12.amount", "art12.ratio", "art12.cumulative_amount", "art12.cumulative_ratio"}
    assert years.world.records[change].doc.state == state
    if change == "edu_change2":
        assert "art12.ratio" not in found
    assert reasons <= found & limits
    assert bool(reasons) == bool(found & limits)


def test_a_change_that_reaches_the_limit_makes_supervision_a_duty(years: Played) -> None:
    assert "art11.supervision_by_change" in codes(of(years, "road_change1", "File Change"))
    early, later = (a for a in years.acts if a.act.doc == "road_work" and a.act.action == "Start Trial")
    assert early.refused and "art11.supervision_contract" in codes(early)
    assert not later.refused and later.state == "Trial Operation"


def test_a_joint_change_waits_for_every_organ(years: Played) -> None:
    signed = [a for a in years.acts if a.act.doc == "elder_change1" and a.act.action == "Agree to Change"]
    assert [a.complete for a in signed] == [False, False, True]
    assert [a.state for a in signed] == ["Joint Examination", "Joint Examination", "Change Approved"]
    assert signed[0].holder is not None and "县发改局审核人" in signed[0].holder.text
    assert "县财政局" not in signed[0].holder.text


def test_a_ban_holds_to_its_last_day_and_then_ends(years: Played) -> None:
    refused = of(years, "forest", "Sign and Send")
    assert refused.refused == "art3.7" and "2026年5月21日" in refused.findings[0].zh
    assert of(years, "forest2", "Sign and Send").state == "Competent Department Review"


def test_a_deferred_project_is_declared_again_in_the_same_file(years: Played) -> None:
    again = years.world.records["labour2"]
    assert again.get("earlier_declaration") == "labour" and again.project == "labour"
    assert years.world.records["labour"].doc.state == "Establishment Deferred"
    assert years.world.projects["labour"].proposal == "labour2"


def test_a_failed_acceptance_is_repeated_in_a_new_round(years: Played) -> None:
    first, second = years.world.records["hospital_accept1"], years.world.records["hospital_accept2"]
    assert (first.doc.state, first.get("round")) == ("Acceptance Failed", 1)
    assert (second.doc.state, second.get("round")) == ("Acceptance Passed", 2)
    assert years.world.records["hospital_work"].doc.state == "Implementation Completed"


def test_three_rounds_of_correction_are_kept(years: Played) -> None:
    reviews = [years.world.records[f"edu_prelim{n}"] for n in (1, 2, 3)]
    assert [r.get("conclusion") for r in reviews] == ["correction", "correction", "pass"]
    assert [r.get("round") for r in reviews] == [1, 2, 3]
    assert [v.action for v in years.world.records["edu"].versions[:4]] == [
        "Hand In",
        "Hand In",
        "Hand In Correction",
        "Hand In Correction",
    ]


def test_the_approved_total_stays_while_the_effective_one_follows(years: Played) -> None:
    road = years.world.projects["road"]
    assert (road.approved_total, road.effective_total) == (Decimal("1874596.00"), Decimal("2029996.00"))


def test_an_evaluation_is_shown_in_the_next_declaration(years: Played) -> None:
    assert codes(of(years, "edu2", "Pass Preliminary Review")) == {"art14.earlier_result"}


def test_a_substitute_signs_for_whom_he_represents(years: Played) -> None:
    signed = years.world.records["labour2"].doc.decided[1]
    assert (signed.user, signed.on_behalf_of) == ("rsj_deputy", "rsj_head")


def test_a_plan_approves_all_its_lines_at_once(years: Played) -> None:
    plan = years.world.records["plan2024"]
    states = {row["proposal"]: years.world.records[row["proposal"]].doc.state for row in plan.get("lines")}
    assert set(states.values()) == {"Project Approved"} and len(states) == 7
    assert years.world.records["market"].doc.state == "Not Established"
    moments = {years.world.records[key].moment_of("Approve with Plan") for key in states}
    assert moments == {plan.moment_of("Approve Plan")}


# --- people and codes -------------------------------------------------------------------------------------------------


def test_codes_of_units_are_right_and_of_no_real_place(scenario: Scenario) -> None:
    units = scenario.cast.units.values()
    assert [u.key for u in units if u.credit_code and not uscc.is_valid(u.credit_code)] == []
    assert {u.credit_code[2:8] for u in units if u.credit_code} == {"339999"}
    assert sum(bool(u.credit_code) for u in units) >= 20


def test_people_and_suppliers_are_marked_as_invented(years: Played) -> None:
    assert [p.name for p in years.scenario.cast.people.values() if not p.name.startswith("演示·")] == []
    orders = [r for r in years.world.records.values() if r.doc.doctype == "Purchase Order"]
    assert orders and [r.get("supplier") for r in orders if not r.get("supplier").startswith("演示·")] == []


# --- ledgers ----------------------------------------------------------------------------------------------------------


def test_ledgers_verify(years: Played) -> None:
    for chain, lines in years.ledgers.items():
        result = ledger.verify(ledger.sealed_file(lines), ledger.head_of(lines))
        assert result.ok and result.rows == len(lines), chain


def test_there_is_a_chain_for_each_project_plan_meeting_and_the_site(years: Played) -> None:
    chains = set(years.ledgers)
    assert set(ENDINGS) <= chains
    assert {"plan:plan2024", "plan:plan2024s", "consultation:consult2023", "site"} <= chains


def test_every_decision_stands_in_a_ledger(years: Played) -> None:
    rows = [json.loads(line) for lines in years.ledgers.values() for line in lines]
    decided = sum(len(record.doc.decided) for record in years.world.records.values())
    assert sum("next_state" in row for row in rows) == decided


def test_rows_that_a_plan_causes_carry_its_hash(years: Played) -> None:
    head = json.loads(years.ledgers["plan:plan2024"][-1])
    rows = [json.loads(line) for line in years.ledgers["road"]]
    caused = next(row for row in rows if row["action"] == "Approve with Plan")
    assert head["action"] == "Approve Plan" and caused["doctype"] == PROPOSAL
    assert (caused["cause"], caused["cause_hash"]) == ("plan:plan2024", head["hash"])


def test_a_refused_act_leaves_no_row(years: Played) -> None:
    refused = of(years, "forest", "Sign and Send")
    rows = [json.loads(line) for line in years.ledgers["forest"]]
    assert refused.refused and all(row["at"] != refused.act.at.isoformat() for row in rows)


def test_routes_and_parameters_stand_in_the_row(years: Played) -> None:
    rows = [json.loads(line) for line in years.ledgers["elder"]]
    agreed = [row for row in rows if row["action"] == "Agree to Change"]
    assert {row["route"] for row in agreed} == {"joint"} and all(len(row["rules"]) == 64 for row in agreed)
    assert {row["doctype"] for row in agreed} == {CHANGE}


def test_the_same_play_twice_writes_the_same_ledgers(scenario: Scenario, years: Played) -> None:
    assert play(scenario).ledgers == years.ledgers


def test_ledgers_are_written_one_file_a_chain(years: Played, tmp_path: object) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path)) / "ledgers"
    files = write(years.ledgers, folder)
    assert len(files) == len(years.ledgers) and {f.name for f in files} == {file_name(c) for c in years.ledgers}
    assert all(ledger.verify(f.read_bytes()).ok for f in files)


# --- secrecy ----------------------------------------------------------------------------------------------------------


def test_a_classified_project_is_only_a_stub(years: Played) -> None:
    stub = years.world.records["stub_gaj"]
    assert set(stub.fields) == {"unit", "year", "named_officer"} and stub.project == ""
    assert not any("stub_gaj" in line or "gaj_secret" in line for lines in years.ledgers.values() for line in lines)


def test_plans_of_the_years_are_complete(years: Played) -> None:
    plans = {r.key: r.doc.state for r in years.world.records.values() if r.doc.doctype == PLAN}
    assert set(plans.values()) == {"Plan Approved"} and len(plans) == 5
    assert not list(years.world.tables["awaiting"])
