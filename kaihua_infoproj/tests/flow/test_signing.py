"""Signatures: every role, n of m, any order, once each; added signers; sets that another action waits for."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from kaihua_infoproj.flow import roles
from kaihua_infoproj.flow.definition import shipped
from kaihua_infoproj.flow.person import Person
from kaihua_infoproj.flow.work_items import add_signer

from .staff import AT, CENTRE_HEAD, DRB, FINANCE, HEAD, OFFICER, STAFF, act, code, colleague, refused, small, standing

CHANGE, JOINT, PRELIMINARY, EVALUATION, PROPOSAL = (
    shipped("IT Project " + kind) for kind in ("Change", "Joint Review", "Preliminary Review", "Evaluation", "Proposal")
)
SIGNERS = (CENTRE_HEAD, DRB, FINANCE)


@pytest.mark.parametrize("order", list(permutations(SIGNERS)), ids=lambda order: "-".join(p.user for p in order))
def test_signatures_in_every_order_give_the_same_result(order: tuple[Person, ...]) -> None:
    doc = standing(CHANGE, "Joint Examination")
    for n, signer in enumerate(order, 1):
        step = act(CHANGE, doc, signer, "Agree to Change")
        doc = step.document
        left = [next(iter(p.roles)) for p in SIGNERS if p not in order[:n]]
        assert (step.complete, step.next_state) == (
            (True, "Change Approved") if n == 3 else (False, "Joint Examination")
        )
        assert list(step.missing) == left
        assert {s.user for s in step.signatures} == (set() if n == 3 else {p.user for p in order[:n]})
    assert doc.state == "Change Approved" and doc.signatures == () and doc.times("Agree to Change") == 1
    assert {(d.user, d.complete) for d in doc.decided} == {(p.user, p is order[2]) for p in SIGNERS}


def test_a_role_signs_once() -> None:
    doc = act(CHANGE, standing(CHANGE, "Joint Examination"), DRB, "Agree to Change").document
    for again in (DRB, colleague(DRB)):
        refusal = refused(CHANGE, doc, again, "Agree to Change")
        assert code(refusal) == "flow.already_signed"
        assert refusal.finding.zh == (
            "【第十二条】县发改局审核人已由演示drb于2026年9月1日 09:00签署“审核同意”，每个岗位只签署一次。"
            "无须再签；尚待县大数据中心负责人、县财政局审核人签署。"
        )


def test_who_agreed_does_not_disagree_as_well() -> None:
    doc = act(CHANGE, standing(CHANGE, "Joint Examination"), DRB, "Agree to Change").document
    assert code(refused(CHANGE, doc, DRB, "Disagree to Change")) == "flow.already_signed"


@pytest.mark.parametrize("who", SIGNERS, ids=lambda p: p.user)
def test_one_disagreement_completes_at_once(who: Person) -> None:
    doc = standing(CHANGE, "Joint Examination")
    other = next(p for p in SIGNERS if p is not who)
    doc = act(CHANGE, doc, other, "Agree to Change").document
    step = act(CHANGE, doc, who, "Disagree to Change")
    assert step.complete and step.next_state == "Change Rejected" and step.document.signatures == ()


def test_the_unit_may_withdraw_while_others_sign() -> None:
    doc = act(CHANGE, standing(CHANGE, "Joint Examination"), DRB, "Agree to Change").document
    assert act(CHANGE, doc, HEAD, "Withdraw Change").next_state == "Change Withdrawn"


# --- a set that another action waits for -----------------------------------------------------------------------------


def test_a_review_is_concluded_when_all_have_signed() -> None:
    doc = standing(JOINT, "Review In Progress")
    refusal = refused(JOINT, doc, CENTRE_HEAD, "Conclude Review")
    assert code(refusal) == "flow.signatures_incomplete"
    assert refusal.finding.zh == (
        "【第八条】“出具意见”须待“签署意见”齐全，尚缺县大数据中心经办人、县发改局审核人、县财政局审核人。"
        "请催请县大数据中心经办人、县发改局审核人、县财政局审核人先办理“签署意见”。"
    )
    for signer in (FINANCE, OFFICER):
        doc = act(JOINT, doc, signer, "Sign Opinion").document
    assert "尚缺县发改局审核人。" in refused(JOINT, doc, CENTRE_HEAD, "Conclude Review").finding.zh
    last = act(JOINT, doc, DRB, "Sign Opinion")
    assert last.complete and last.next_state == "Review In Progress" and len(last.signatures) == 3
    assert [i.role for i in last.opened] == [roles.CENTRE_HEAD]
    done = act(JOINT, last.document, CENTRE_HEAD, "Conclude Review")
    assert done.next_state == "Opinion Issued" and done.signatures == ()


def test_a_complete_set_takes_no_further_signature() -> None:
    doc = act(PRELIMINARY, standing(PRELIMINARY, "Review In Progress"), OFFICER, "Sign Opinion").document
    refusal = refused(PRELIMINARY, doc, colleague(OFFICER), "Sign Opinion")
    assert code(refusal) == "flow.already_signed" and "各岗位已签齐" in refusal.finding.zh


def test_who_signed_may_also_conclude_for_the_same_organ() -> None:
    both = replace(OFFICER, roles=frozenset({roles.CENTRE_OFFICER, roles.CENTRE_HEAD}))
    doc = act(PRELIMINARY, standing(PRELIMINARY, "Review In Progress"), both, "Sign Opinion").document
    assert act(PRELIMINARY, doc, both, "Conclude Review").complete


def test_an_action_that_stays_in_its_state_may_be_taken_again() -> None:
    doc = standing(PROPOSAL, "Correction Required")
    for n in (1, 2, 3):
        doc = act(PROPOSAL, doc, OFFICER, "Extend Correction").document
        assert doc.state == "Correction Required" and doc.signatures == () and doc.times("Extend Correction") == n


def test_a_new_round_starts_without_signatures() -> None:
    doc = standing(EVALUATION, "Under Evaluation")
    doc = act(EVALUATION, doc, DRB, "Conclude Evaluation").document
    doc = act(EVALUATION, doc, OFFICER, "Return Self-Evaluation").document
    assert doc.signatures == ()
    doc = act(EVALUATION, doc, HEAD, "Hand In Self-Evaluation").document
    assert not act(EVALUATION, doc, CENTRE_HEAD, "Conclude Evaluation").complete
    assert doc.times("Hand In Self-Evaluation") == 1 and doc.times("Conclude Evaluation") == 0


# --- n of m ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("order", list(permutations(SIGNERS)), ids=lambda order: "-".join(p.user for p in order))
@pytest.mark.parametrize("needed", [1, 2, 3])
def test_n_of_m_completes_with_the_nth(order: tuple[Person, ...], needed: int) -> None:
    definition = small(
        [
            {
                "state": "Here",
                "action": "Agree to Change",
                "next_state": "Done",
                "allowed": role,
                "itp_signing": "n of m",
                "itp_signatures_needed": needed,
            }
            for role in (roles.CENTRE_HEAD, roles.DRB_OFFICER, roles.FINANCE_OFFICER)
        ]
    )
    doc = standing(definition, "Here")
    for n, signer in enumerate(order[:needed], 1):
        step = act(definition, doc, signer, "Agree to Change")
        doc = step.document
        assert step.complete is (n == needed)
        assert len(step.missing) == (0 if n == needed else 3 - n)
    assert doc.state == "Done"


# --- added signers ---------------------------------------------------------------------------------------------------


def test_an_added_signer_must_sign_too_in_either_order() -> None:
    second = colleague(FINANCE)
    start = add_signer(CHANGE, standing(CHANGE, "Joint Examination"), "Agree to Change", FINANCE, second, at=AT)
    for order in ((CENTRE_HEAD, DRB, FINANCE, second), (second, FINANCE, DRB, CENTRE_HEAD)):
        doc = start
        for n, signer in enumerate(order, 1):
            step = act(CHANGE, doc, signer, "Agree to Change")
            doc = step.document
            assert step.complete is (n == 4)
        assert doc.state == "Change Approved" and doc.added_signers == ()


def test_an_action_of_one_waits_for_the_signer_that_was_added() -> None:
    second = colleague(CENTRE_HEAD)
    doc = add_signer(
        PROPOSAL, standing(PROPOSAL, "Preliminary Review"), "Pass Preliminary Review", CENTRE_HEAD, second, at=AT
    )
    first = act(PROPOSAL, doc, CENTRE_HEAD, "Pass Preliminary Review")
    assert not first.complete and first.next_state == "Preliminary Review"
    assert code(refused(PROPOSAL, first.document, CENTRE_HEAD, "Pass Preliminary Review")) == "flow.already_signed"
    done = act(PROPOSAL, first.document, second, "Pass Preliminary Review")
    assert done.complete and done.next_state == "Joint Review"


def test_an_added_signer_signs_once() -> None:
    second = colleague(FINANCE)
    doc = add_signer(CHANGE, standing(CHANGE, "Joint Examination"), "Agree to Change", FINANCE, second, at=AT)
    doc = act(CHANGE, doc, second, "Agree to Change").document
    doc = act(CHANGE, doc, FINANCE, "Agree to Change").document
    assert code(refused(CHANGE, doc, second, "Agree to Change")) == "flow.already_signed"


def test_a_conclusion_waits_for_added_signers_by_name() -> None:
    second = colleague(OFFICER)
    doc = add_signer(PRELIMINARY, standing(PRELIMINARY, "Review In Progress"), "Sign Opinion", OFFICER, second, at=AT)
    doc = act(PRELIMINARY, doc, OFFICER, "Sign Opinion").document
    refusal = refused(PRELIMINARY, doc, CENTRE_HEAD, "Conclude Review", people=[*STAFF, second])
    assert code(refusal) == "flow.signatures_incomplete" and "尚缺演示officer二" in refusal.finding.zh
    doc = act(PRELIMINARY, doc, second, "Sign Opinion").document
    assert act(PRELIMINARY, doc, CENTRE_HEAD, "Conclude Review").complete
