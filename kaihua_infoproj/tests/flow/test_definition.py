"""Workflow definitions are read strictly, and the shipped ones are what Frappe and the measure's terms expect."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kaihua_infoproj.flow import roles
from kaihua_infoproj.flow.definition import FOLDER, load_definition, shipped, shipped_doctypes
from kaihua_infoproj.policy.errors import InputError
from kaihua_infoproj.policy.parameter import in_force

from .staff import AT, plain

FILES = sorted(FOLDER.glob("*.json"))


def record(path: Path) -> dict[str, Any]:
    loaded = json.loads(path.read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def test_every_procedure_has_its_workflow() -> None:
    assert shipped_doctypes() == tuple(
        f"IT Project {kind}"
        for kind in (
            "Proposal",
            "Preliminary Review",
            "Joint Review",
            "Consultation",
            "Annual Plan",
            "Implementation",
            "Change",
            "Acceptance",
            "Evaluation",
        )
    )


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_a_workflow_is_safe_for_the_engine(path: Path) -> None:
    workflow = record(path)
    assert path.stem == workflow["name"].lower().replace(" ", "_")
    assert workflow["doctype"] == "Workflow" and workflow["name"] == workflow["document_type"]
    assert workflow["workflow_state_field"] == "workflow_state"
    assert (workflow["is_active"], workflow["send_email_alert"], workflow["override_status"]) == (1, 0, 0)
    assert all(s["is_optional_state"] == 1 for s in workflow["states"]), "the core would write Workflow Actions"
    assert all(s["doc_status"] in ("0", "1") for s in workflow["states"])
    assert all(s["itp_time_limit"] is None for s in workflow["states"]), "time limits ship empty"
    assert all(row["itp_article"] for row in (*workflow["states"], *workflow["transitions"]))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_the_file_is_written_as_the_engine_exports_it(path: Path) -> None:
    text = json.dumps(record(path), indent=1, sort_keys=True, ensure_ascii=False, separators=(",", ": ")) + "\n"
    assert path.read_text(encoding="utf-8") == text


STATES = {
    "Proposal": 15,
    "Preliminary Review": 3,
    "Joint Review": 3,
    "Consultation": 3,
    "Annual Plan": 5,
    "Implementation": 9,
    "Change": 8,
    "Acceptance": 7,
    "Evaluation": 4,
}


@pytest.mark.parametrize("kind", STATES)
def test_a_workflow_has_the_states_of_the_terms(kind: str) -> None:
    assert len(shipped(f"IT Project {kind}").states) == STATES[kind]


SHORT = {
    "U": roles.APPLICANT,
    "H": roles.UNIT_HEAD,
    "C": roles.COMPETENT_REVIEWER,
    "O": roles.CENTRE_OFFICER,
    "D": roles.CENTRE_HEAD,
    "R": roles.DRB_OFFICER,
    "F": roles.FINANCE_OFFICER,
    "M": roles.MAGISTRATE,
    "G": roles.COUNTY_OFFICE,
}
WHO: dict[str, dict[str, str]] = {
    "Proposal": {
        "Hand In": "U",
        "Hand In Correction": "U",
        "Hand In Revision": "U",
        "Sign and Send": "H",
        "Withdraw Proposal": "H",
        "Return to Unit": "HC",
        "Forward to Data Centre": "C",
        "Require Correction": "O",
        "Extend Correction": "O",
        "Pass Preliminary Review": "D",
        "Exclude from Plan": "D",
        "Issue Review Opinion": "D",
        "Require Re-review": "D",
        "Return Revision": "D",
        "File Revision": "D",
        "Send to County Decision": "D",
        "Return to Consultation": "D",
    },
    "Preliminary Review": {"Start Review": "O", "Sign Opinion": "O", "Conclude Review": "D"},
    "Joint Review": {"Start Review": "O", "Sign Opinion": "ORF", "Conclude Review": "D"},
    "Consultation": {"Convene Meeting": "M", "Conclude Consultation": "M"},
    "Annual Plan": {"Submit to Magistrate": "D", "Submit to County": "M", "Return Plan": "MG", "Approve Plan": "G"},
    "Implementation": {
        "Submit for Confirmation": "U",
        "Confirm Plan": "D",
        "Return Implementation Plan": "D",
        "Start Construction": "H",
        "Start Service": "H",
        "Start Trial": "H",
        "Suspend Work": "H",
        "Resume Work": "H",
        "Terminate Project": "G",
    },
    "Change": {
        "Hand In Change": "H",
        "Hand In Change Correction": "H",
        "Withdraw Change": "H",
        "Require Change Correction": "O",
        "File Change": "D",
        "Refer to Joint Examination": "D",
        "Agree to Change": "DRF",
        "Disagree to Change": "DRF",
    },
    "Acceptance": {
        "Apply for Acceptance": "H",
        "Reapply After Rectification": "H",
        "Delegate Acceptance": "R",
        "Return Application": "R",
        "Start Acceptance": "D",
        "Pass Acceptance": "D",
        "Fail Acceptance": "D",
        "File Service Completion": "D",
    },
    "Evaluation": {
        "Notify Self-Evaluation": "O",
        "Return Self-Evaluation": "O",
        "Hand In Self-Evaluation": "H",
        "Conclude Evaluation": "DR",
    },
}
SYSTEM = {
    "Proposal": {"Approve with Plan", "Defer with Plan", "Decline with Plan"},
    "Implementation": {"Complete Implementation"},
}


@pytest.mark.parametrize("kind", WHO)
def test_each_action_is_taken_by_the_roles_of_the_terms(kind: str) -> None:
    definition = shipped(f"IT Project {kind}")
    taken: dict[str, set[str]] = {}
    for t in definition.transitions:
        if t.kind != "system":
            taken.setdefault(t.action, set()).add(t.role)
    assert taken == {action: {SHORT[c] for c in who} for action, who in WHO[kind].items()}
    assert {t.action for t in definition.transitions if t.kind == "system"} == SYSTEM.get(kind, set())


def test_every_role_signs_where_the_measure_says_so() -> None:
    every = {
        (t.state, t.action) for d in shipped_doctypes() for t in shipped(d).transitions if t.signing == "every role"
    }
    assert every == {
        ("Review In Progress", "Sign Opinion"),
        ("Joint Examination", "Agree to Change"),
        ("Under Evaluation", "Conclude Evaluation"),
    }


def test_the_signing_organs_are_those_of_the_parameters() -> None:
    values = in_force(AT.date())
    for doctype, action, parameter in (
        ("IT Project Joint Review", "Sign Opinion", "joint_review_organs"),
        ("IT Project Change", "Agree to Change", "change_joint_organs"),
    ):
        signing = {roles.organ_of(t.role) for t in shipped(doctype).transitions if t.action == action}
        assert signing == set(values.texts(parameter))


def test_a_resumed_work_goes_back_to_where_it_was_suspended() -> None:
    definition = shipped("IT Project Implementation")
    suspended = {t.state for t in definition.transitions if t.action == "Suspend Work"}
    resumed = {t.next_state: t.condition for t in definition.rows("Suspended Work", "Resume Work")}
    assert resumed == {state: f'doc.suspended_from == "{state}"' for state in suspended}


# --- reading ---------------------------------------------------------------------------------------------------------


def damaged(**changes: Any) -> dict[str, Any]:
    return {**plain("IT Project Consultation"), **changes}


def with_row(table: str, key: str, value: Any) -> dict[str, Any]:
    data = plain("IT Project Consultation")
    data[table][0] = {**data[table][0], key: value}
    return data


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (damaged(colour="red"), "colour"),
        (damaged(states=[]), "states"),
        (damaged(transitions=None), "transitions"),
        (damaged(document_type=""), "document_type"),
        (damaged(doctype="Notification"), "doctype"),
        (damaged(workflow_state_field="status"), "workflow_state_field"),
        (damaged(is_active="yes"), "is_active"),
        (with_row("states", "state", ""), "states[1].state"),
        (with_row("states", "state", 7), "states[1].state"),
        (with_row("states", "state", "In Session"), "states[2].state"),
        (with_row("states", "doc_status", "3"), "states[1].doc_status"),
        (with_row("states", "itp_time_limit", -1), "states[1].itp_time_limit"),
        (with_row("states", "itp_time_limit", True), "states[1].itp_time_limit"),
        (with_row("states", "itp_colour", "red"), "states[1].itp_colour"),
        (with_row("transitions", "allowed", None), "transitions[1].allowed"),
        (with_row("transitions", "itp_kind", "sideways"), "transitions[1].itp_kind"),
        (with_row("transitions", "itp_signing", "all"), "transitions[1].itp_signing"),
        (with_row("transitions", "itp_signatures_needed", "2"), "transitions[1].itp_signatures_needed"),
        (with_row("transitions", "itp_opinion_required", 2), "transitions[1].itp_opinion_required"),
        (with_row("transitions", "conditon", "x"), "transitions[1].conditon"),
        ({"document_type": "X", "states": ["a"], "transitions": ["b"]}, "states[1]"),
        ([1], ""),
    ],
)
def test_a_malformed_definition_is_refused_with_its_place(data: Any, field: str) -> None:
    with pytest.raises(InputError) as caught:
        load_definition(data)
    assert caught.value.field == field
    assert caught.value.zh.endswith("。") and caught.value.en.endswith(".")


def test_a_faulty_file_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "workflow.json"
    path.write_text(FILES[0].read_text(encoding="utf-8").replace('"itp_kind": "forward"', '"itp_kind": "sideways"', 1))
    with pytest.raises(InputError) as caught:
        load_definition(path)
    assert caught.value.file == str(path) and caught.value.line > 1


def test_a_site_may_leave_our_properties_empty_and_add_its_own() -> None:
    data = plain("IT Project Consultation")
    data["transitions"] = [
        {k: v for k, v in row.items() if not k.startswith("itp_")} | {"custom_note": "x", "parent": "y"}
        for row in data["transitions"]
    ]
    row = load_definition(data).transitions[0]
    assert (row.kind, row.signing, row.opinion_required, row.may_take_back) == ("forward", "any one", False, False)


def test_a_state_is_start_open_or_end() -> None:
    kinds = [s.kind for s in shipped("IT Project Consultation").states]
    assert kinds == ["start", "open", "end"]


def test_unknown_names_are_not_found() -> None:
    with pytest.raises(KeyError):
        shipped("IT Project Party")
    with pytest.raises(KeyError):
        shipped("IT Project Change").state("Nowhere")
