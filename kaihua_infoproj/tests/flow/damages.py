"""Every kind of damage to a shipped workflow, and what the graph check must say of it."""

from __future__ import annotations

from kaihua_infoproj.flow import roles

from .damage import (
    ACCEPTANCE,
    CHANGE,
    CONSULTATION,
    EVALUATION,
    JOINT,
    PLAN,
    PROPOSAL,
    WORK,
    Damage,
    add,
    add_state,
    alter,
    alter_state,
    both,
    bypass,
    drop,
    drop_state,
    whole,
)

AGREE = {"action": "Agree to Change"}
DAMAGES: dict[str, tuple[str, Damage, str]] = {
    # a step is gone
    "competent department removed": (
        PROPOSAL,
        bypass("Competent Department Review", "Preliminary Review"),
        "demanded_step_missed",
    ),
    "preliminary review removed": (PROPOSAL, bypass("Preliminary Review", "Joint Review"), "demanded_step_missed"),
    "joint review removed": (PROPOSAL, bypass("Joint Review", "Scheme Revision"), "demanded_step_missed"),
    "revision removed": (PROPOSAL, bypass("Scheme Revision", "Revision Verification"), "demanded_step_missed"),
    "verification removed": (
        PROPOSAL,
        bypass("Revision Verification", "Decision Consultation"),
        "demanded_step_missed",
    ),
    "consultation removed": (
        PROPOSAL,
        bypass("Decision Consultation", "Awaiting County Decision"),
        "demanded_step_missed",
    ),
    "county review removed": (PLAN, bypass("County Review", "Plan Approved"), "demanded_step_missed"),
    "confirmation removed": (WORK, bypass("Awaiting Confirmation", "Plan Confirmed"), "demanded_step_missed"),
    "trial removed": (
        WORK,
        both(
            drop_state("Trial Operation"),
            add(
                state="Under Construction",
                action="Complete Implementation",
                itp_kind="system",
                next_state="Implementation Completed",
            ),
        ),
        "demanded_step_missed",
    ),
    "examination removed": (CHANGE, bypass("Data Centre Examination", "Joint Examination"), "approving_end_missing"),
    "delegation removed": (ACCEPTANCE, bypass("Awaiting Delegation", "Acceptance Delegated"), "demanded_step_missed"),
    "acceptance review removed": (ACCEPTANCE, bypass("Acceptance Review", "Acceptance Passed"), "demanded_step_missed"),
    "self-evaluation removed": (EVALUATION, bypass("Self-Evaluation", "Under Evaluation"), "demanded_step_missed"),
    "session removed": (CONSULTATION, bypass("In Session", "Consultation Concluded"), "demanded_step_missed"),
    "review removed": (JOINT, bypass("Review In Progress", "Opinion Issued"), "demanded_step_missed"),
    # a shortcut beside the way
    "shortcut to approval": (
        PROPOSAL,
        add(state="Preliminary Review", action="File Revision", next_state="Decision Consultation"),
        "demanded_step_missed",
    ),
    "return to the wrong side": (
        PROPOSAL,
        alter({"action": "Require Correction"}, next_state="Joint Review"),
        "demanded_action_missed",
    ),
    "left by another action": (
        PROPOSAL,
        add(state="Preliminary Review", action="File Revision", next_state="Joint Review"),
        "demanded_action_missed",
    ),
    "a return that does not come back": (
        PROPOSAL,
        alter({"action": "Require Correction"}, next_state="Scheme Revision"),
        "kind_does_not_fit",
    ),
    "decline without the county": (
        PROPOSAL,
        add(
            state="Preliminary Review",
            action="Exclude from Plan",
            itp_kind="reject",
            itp_opinion_required=1,
            next_state="Not Established",
        ),
        "demanded_step_missed",
    ),
    "joint examination skipped": (
        CHANGE,
        alter({"action": "Refer to Joint Examination"}, next_state="Change Approved"),
        "demanded_step_missed",
    ),
    "construction without its acceptance": (
        ACCEPTANCE,
        alter({"action": "File Service Completion"}, condition=""),
        "end_not_allowed",
    ),
    "construction as a service": (WORK, alter({"action": "Start Service"}, condition=""), "demanded_step_missed"),
    "resumed into the trial": (
        WORK,
        alter({"action": "Resume Work", "next_state": "Under Construction"}, next_state="Trial Operation"),
        "demanded_action_missed",
    ),
    # ends
    "approving end removed": (CHANGE, drop_state("Change Approved"), "approving_end_missing"),
    "filing removed": (CHANGE, drop(action="File Change"), "approving_end_missing"),
    "no end": (
        CONSULTATION,
        add(state="Consultation Concluded", action="Convene Meeting", next_state="In Session"),
        "no_states",
    ),
    # reach
    "unreachable state": (PROPOSAL, drop(action="Require Correction"), "unreachable_state"),
    "unreachable added state": (CHANGE, add_state("Trial Operation", "1"), "unreachable_state"),
    "dead end": (PROPOSAL, drop(state="Correction Required"), "dead_end"),
    "a circle without a way out": (
        CONSULTATION,
        alter({"state": "In Session"}, next_state="Consultation Draft", itp_kind="return", itp_opinion_required=1),
        "dead_end",
    ),
    # docstatus
    "end not decided": (CHANGE, alter_state("Change Filed", doc_status="0"), "end_not_decided"),
    "end cancelled": (CHANGE, alter_state("Change Withdrawn", doc_status="2"), "end_not_decided"),
    "open but decided": (CHANGE, alter_state("Joint Examination", doc_status="1"), "open_but_decided"),
    # names
    "unknown role": (CHANGE, alter({"action": "File Change"}, allowed="System Manager"), "unknown_role"),
    "a role that decides nothing": (CHANGE, alter({"action": "File Change"}, allowed=roles.AUDITOR), "unknown_role"),
    "unknown role of a state": (CHANGE, alter_state("Change Draft", allow_edit="Guest"), "unknown_role"),
    "unknown action": (CHANGE, alter({"action": "File Change"}, action="Wave Through"), "unknown_action"),
    "state without a name": (
        CHANGE,
        both(add_state("Odd State"), add(state="Change Draft", action="Hand In", next_state="Odd State")),
        "unnamed_state",
    ),
    "unknown next state": (CHANGE, alter({"action": "File Change"}, next_state="Nowhere"), "unknown_state"),
    "unknown first state": (CHANGE, alter({"action": "File Change"}, state="Nowhere"), "unknown_state"),
    "unknown procedure": (CHANGE, whole(document_type="IT Project Party"), "unknown_procedure"),
    # who
    "applicant passes himself": (
        PROPOSAL,
        alter({"action": "Pass Preliminary Review"}, allowed=roles.APPLICANT, allow_self_approval=1),
        "demanded_actor_changed",
    ),
    "centre decides for the county": (
        PLAN,
        alter({"action": "Approve Plan"}, allowed=roles.CENTRE_HEAD, allow_self_approval=1),
        "demanded_actor_changed",
    ),
    "centre delegates to itself": (
        ACCEPTANCE,
        alter({"action": "Delegate Acceptance"}, allowed=roles.CENTRE_HEAD),
        "demanded_actor_changed",
    ),
    "self approval": (PROPOSAL, alter({"action": "Pass Preliminary Review"}, allow_self_approval=1), "self_approval"),
    # signatures
    "signer of a change removed": (
        CHANGE,
        drop(action="Agree to Change", allowed=roles.FINANCE_OFFICER),
        "demanded_signer_missing",
    ),
    "signer of a review removed": (
        JOINT,
        drop(action="Sign Opinion", allowed=roles.DRB_OFFICER),
        "demanded_signer_missing",
    ),
    "signer of an evaluation removed": (
        EVALUATION,
        drop(action="Conclude Evaluation", allowed=roles.DRB_OFFICER),
        "demanded_signer_missing",
    ),
    "one signature suffices": (CHANGE, alter(AGREE, itp_signing="any one"), "demanded_signer_missing"),
    "two of three suffice": (
        CHANGE,
        alter(AGREE, itp_signing="n of m", itp_signatures_needed=2),
        "demanded_signer_missing",
    ),
    "signing action removed": (JOINT, drop(action="Sign Opinion"), "signatures_of_nothing"),
    "conclusion does not wait": (
        JOINT,
        alter({"action": "Conclude Review"}, itp_signatures_of=""),
        "signatures_not_awaited",
    ),
    "waits for itself": (
        JOINT,
        alter({"action": "Conclude Review"}, itp_signatures_of="Conclude Review"),
        "signatures_of_nothing",
    ),
    "signing leads away": (
        JOINT,
        alter({"action": "Sign Opinion"}, next_state="Opinion Issued"),
        "signatures_of_nothing",
    ),
    "rules mixed": (CHANGE, alter({**AGREE, "allowed": roles.DRB_OFFICER}, itp_signing="any one"), "signing_mixed"),
    "ways mixed": (CHANGE, alter({**AGREE, "allowed": roles.DRB_OFFICER}, next_state="Change Filed"), "signing_mixed"),
    "conditions mixed": (
        CHANGE,
        alter({**AGREE, "allowed": roles.DRB_OFFICER}, condition="doc.round > 1"),
        "signing_mixed",
    ),
    "numbers mixed": (
        CHANGE,
        both(
            alter(AGREE, itp_signing="n of m", itp_signatures_needed=3),
            alter({**AGREE, "allowed": roles.DRB_OFFICER}, itp_signatures_needed=2),
        ),
        "signing_mixed",
    ),
    "kinds mixed": (
        CHANGE,
        alter({**AGREE, "allowed": roles.DRB_OFFICER}, itp_kind="reject", itp_opinion_required=1),
        "signing_mixed",
    ),
    "more signatures than roles": (
        CHANGE,
        alter(AGREE, itp_signing="n of m", itp_signatures_needed=4),
        "signatures_out_of_range",
    ),
    "no signature needed": (
        CHANGE,
        alter(AGREE, itp_signing="n of m", itp_signatures_needed=0),
        "signatures_out_of_range",
    ),
    "a number without its rule": (
        CHANGE,
        alter({"action": "File Change"}, itp_signatures_needed=1),
        "signatures_out_of_range",
    ),
    "one organ twice": (
        CHANGE,
        alter({**AGREE, "allowed": roles.DRB_OFFICER}, allowed=roles.CENTRE_OFFICER),
        "same_organ_signs_twice",
    ),
    # ambiguity
    "the same row twice": (
        CHANGE,
        add(state="Data Centre Examination", action="File Change", next_state="Change Filed"),
        "ambiguous_action",
    ),
    "one of several roles' rows twice": (
        CHANGE,
        add(
            state="Joint Examination",
            action="Disagree to Change",
            next_state="Change Rejected",
            allowed=roles.FINANCE_OFFICER,
            itp_kind="reject",
            itp_opinion_required=1,
        ),
        "ambiguous_action",
    ),
    "two ways of one action": (
        CHANGE,
        add(state="Data Centre Examination", action="File Change", next_state="Joint Examination"),
        "ambiguous_action",
    ),
    "two ways for two roles": (
        CHANGE,
        add(
            state="Data Centre Examination",
            action="File Change",
            next_state="Joint Examination",
            allowed=roles.CENTRE_OFFICER,
        ),
        "ambiguous_action",
    ),
    "conditions that overlap": (
        WORK,
        alter(
            {"action": "Resume Work", "next_state": "Under Construction"},
            condition='doc.suspended_from != "Trial Operation"',
        ),
        "ambiguous_action",
    ),
    # conditions
    "function call": (
        WORK,
        alter({"action": "Start Construction"}, condition='doc.get("form_kind") == "construction"'),
        "forbidden_condition",
    ),
    "attribute chain": (
        WORK,
        alter({"action": "Start Construction"}, condition='doc.project.kind == "construction"'),
        "forbidden_condition",
    ),
    "import": (
        WORK,
        alter({"action": "Start Construction"}, condition='__import__("os").name == "posix"'),
        "forbidden_condition",
    ),
    "database": (
        WORK,
        alter({"action": "Start Construction"}, condition='frappe.db.get_value("User", "x")'),
        "forbidden_condition",
    ),
    "amount as a fraction": (
        WORK,
        alter({"action": "Start Construction"}, condition="doc.total < 200000.5"),
        "forbidden_condition",
    ),
    "no Python": (
        WORK,
        alter({"action": "Start Construction"}, condition="form kind is construction"),
        "forbidden_condition",
    ),
    "unknown field": (
        WORK,
        alter({"action": "Start Construction"}, condition='doc.form_kin == "construction"'),
        "unknown_field",
    ),
    # kinds
    "return without opinion": (
        PROPOSAL,
        alter({"action": "Return to Unit"}, itp_opinion_required=0),
        "opinion_not_required",
    ),
    "rejection without opinion": (
        CHANGE,
        alter({"action": "Disagree to Change"}, itp_opinion_required=0),
        "opinion_not_required",
    ),
    "withdrawal without opinion": (
        CHANGE,
        alter({"action": "Withdraw Change"}, itp_opinion_required=0),
        "opinion_not_required",
    ),
    "a return that ends": (
        CHANGE,
        alter({"action": "Require Change Correction"}, next_state="Change Rejected"),
        "kind_does_not_fit",
    ),
    "a rejection that approves": (
        CHANGE,
        alter({"action": "Disagree to Change"}, next_state="Change Approved"),
        "kind_does_not_fit",
    ),
    "a withdrawal that goes on": (
        CHANGE,
        alter({"action": "Withdraw Change", "state": "Change Correction"}, next_state="Data Centre Examination"),
        "kind_does_not_fit",
    ),
    "a system action in the middle": (
        PROPOSAL,
        alter({"action": "Approve with Plan"}, next_state="Decision Consultation"),
        "kind_does_not_fit",
    ),
    "a person takes the system's": (
        PROPOSAL,
        alter({"action": "Approve with Plan"}, itp_kind="forward"),
        "system_by_person",
    ),
    "the system takes a person's": (CHANGE, alter({"action": "File Change"}, itp_kind="system"), "system_not_declared"),
    "an end taken back": (CHANGE, alter({"action": "File Change"}, itp_may_take_back=1), "take_back_not_possible"),
    "a loop taken back": (
        PROPOSAL,
        alter({"action": "Extend Correction"}, itp_may_take_back=1),
        "take_back_not_possible",
    ),
    "a return taken back": (
        PROPOSAL,
        alter({"action": "Return to Unit"}, itp_may_take_back=1),
        "take_back_not_possible",
    ),
    # the whole
    "not active": (CHANGE, whole(is_active=0), "not_active"),
    "mails links that decide": (CHANGE, whole(send_email_alert=1), "mails_links"),
}
