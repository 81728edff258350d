"""Work items: whose turn it is and until when; transfer, copy, urge, added signers, take back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from kaihua_infoproj.flow import roles
from kaihua_infoproj.flow.definition import Definition, shipped
from kaihua_infoproj.flow.document import FlowDocument, WorkItem
from kaihua_infoproj.flow.person import Person
from kaihua_infoproj.flow.refusal import Refused
from kaihua_infoproj.flow.step import begin, step, system_step, take_back
from kaihua_infoproj.flow.work_items import add_signer, copy_to, take_back_item, transfer, urge
from kaihua_infoproj.policy.calendar import SHANGHAI, WEEKENDS_ONLY
from kaihua_infoproj.policy.errors import InputError

from .staff import (
    AT,
    CENTRE_HEAD,
    CLERK,
    COMPETENT,
    COUNTY,
    DRB,
    FINANCE,
    HEAD,
    OFFICER,
    OTHER_UNIT,
    PAPER,
    REVIEWER,
    STAFF,
    UNIT,
    act,
    code,
    colleague,
    later,
    person,
    small,
    standing,
)

PROPOSAL, CHANGE, JOINT, WORK, PLAN = (
    shipped("IT Project " + kind) for kind in ("Proposal", "Change", "Joint Review", "Implementation", "Annual Plan")
)


def holders(doc: FlowDocument) -> dict[str, str]:
    """Role → unit of the open items."""
    return {i.role: i.department for i in doc.work_items}


@pytest.mark.parametrize(
    ("definition", "state", "expected"),
    [
        (PROPOSAL, "Proposal Draft", {roles.APPLICANT: UNIT}),
        (PROPOSAL, "Unit Sign-off", {roles.UNIT_HEAD: UNIT}),
        (PROPOSAL, "Competent Department Review", {roles.COMPETENT_REVIEWER: COMPETENT}),
        (PROPOSAL, "Preliminary Review", {roles.CENTRE_OFFICER: "", roles.CENTRE_HEAD: ""}),
        (PROPOSAL, "Correction Required", {roles.APPLICANT: UNIT}),
        (PROPOSAL, "Awaiting County Decision", {}),
        (PROPOSAL, "Project Approved", {}),
        (CHANGE, "Joint Examination", {roles.CENTRE_HEAD: "", roles.DRB_OFFICER: "", roles.FINANCE_OFFICER: ""}),
        (JOINT, "Review In Progress", {roles.CENTRE_OFFICER: "", roles.DRB_OFFICER: "", roles.FINANCE_OFFICER: ""}),
        (WORK, "Plan Confirmed", {roles.UNIT_HEAD: UNIT}),
        (PLAN, "County Review", {roles.COUNTY_OFFICE: ""}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_it_is_the_turn_of_those_who_have_something_to_decide(
    definition: Definition, state: str, expected: dict[str, str]
) -> None:
    assert holders(standing(definition, state)) == expected


def test_a_step_closes_the_old_items_and_opens_the_new() -> None:
    doc = begin(
        PROPOSAL, "演示-1", at=AT, department=UNIT, competent_department=COMPETENT, owner="clerk", title="演示项目"
    )
    assert (doc.state, doc.title, holders(doc)) == ("Proposal Draft", "演示项目", {roles.APPLICANT: UNIT})
    taken = act(PROPOSAL, doc, CLERK, "Hand In", at=later(5))
    assert [i.role for i in taken.closed] == [roles.APPLICANT]
    assert [(i.role, i.department, i.state, i.opened_at) for i in taken.opened] == [
        (roles.UNIT_HEAD, UNIT, "Unit Sign-off", later(5))
    ]
    assert taken.document.work_items == taken.opened and taken.document.handed_in_by == "clerk"


def test_a_signature_closes_the_signers_item_only() -> None:
    taken = act(CHANGE, standing(CHANGE, "Joint Examination"), DRB, "Agree to Change")
    assert [i.role for i in taken.closed] == [roles.DRB_OFFICER] and taken.opened == ()
    assert holders(taken.document) == {roles.CENTRE_HEAD: "", roles.FINANCE_OFFICER: ""}


def test_a_prolonged_correction_leaves_the_items_as_they_are() -> None:
    doc = standing(PROPOSAL, "Correction Required")
    taken = act(PROPOSAL, doc, OFFICER, "Extend Correction", at=later(9))
    assert (taken.opened, taken.closed, taken.document.work_items) == ((), (), doc.work_items)


def test_an_open_copy_survives_the_step_but_no_decision_is_asked_by_it() -> None:
    doc = copy_to(standing(CHANGE, "Change Draft"), HEAD, REVIEWER, at=AT)
    taken = act(CHANGE, doc, HEAD, "Hand In Change")
    copies = [i for i in taken.document.work_items if i.kind == "copy"]
    assert [(i.user, i.given_by, i.due) for i in copies] == [("reviewer", "head", None)]
    assert copies[0] not in taken.closed


# --- time limits -----------------------------------------------------------------------------------------------------


def limited(days: int) -> Definition:
    """Two states with a time limit."""
    return small(
        [
            {"state": "Here", "action": "Hand In Change", "next_state": "There", "allowed": roles.UNIT_HEAD},
            {"state": "There", "action": "File Change", "next_state": "Done", "allowed": roles.CENTRE_HEAD},
        ],
        limit=days,
    )


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("at", "days", "due"),
    [
        ("2026-09-01T09:00", 1, date(2026, 9, 2)),
        ("2026-09-01T23:59", 5, date(2026, 9, 8)),
        ("2026-09-04T09:00", 1, date(2026, 9, 7)),
        ("2026-09-30T09:00", 1, date(2026, 10, 8)),
        ("2026-09-24T09:00", 1, date(2026, 9, 28)),
    ],
)
def test_a_time_limit_counts_working_days_from_the_next(at: str, days: int, due: date) -> None:
    definition = limited(days)
    taken = step(definition, standing(definition, "Here"), HEAD, "Hand In Change", at=moment(at))
    assert taken.due == due and [i.due for i in taken.opened] == [due]


def test_the_calendar_is_an_argument() -> None:
    definition = limited(1)
    taken = step(
        definition,
        standing(definition, "Here"),
        HEAD,
        "Hand In Change",
        at=moment("2026-09-30T09:00"),
        calendar=WEEKENDS_ONLY,
    )
    assert taken.due == date(2026, 10, 1)


def test_a_year_that_the_calendar_does_not_know_is_a_clear_error() -> None:
    definition = limited(1)
    doc = standing(definition, "Here")
    with pytest.raises(InputError, match="2099年"):
        step(definition, doc, HEAD, "Hand In Change", at=moment("2099-09-30T09:00"))


def test_without_a_time_limit_nothing_is_due() -> None:
    taken = act(CHANGE, standing(CHANGE, "Change Draft"), HEAD, "Hand In Change", at=moment("2099-09-30T09:00"))
    assert taken.due is None


# --- transfer --------------------------------------------------------------------------------------------------------


def item_of(doc: FlowDocument, role: str) -> WorkItem:
    return next(i for i in doc.work_items if i.role == role)


def test_an_item_is_transferred_to_a_colleague_and_taken_back() -> None:
    second = colleague(DRB)
    doc = standing(CHANGE, "Joint Examination")
    given = transfer(CHANGE, doc, item_of(doc, roles.DRB_OFFICER), DRB, second)
    item = item_of(given, roles.DRB_OFFICER)
    assert (item.user, item.given_by) == (second.user, "drb")
    assert act(CHANGE, given, second, "Agree to Change").closed == (item,)
    assert take_back_item(given, item, DRB).work_items == doc.work_items


def refusal_of(call: object, *given: object, **more: object) -> Refused:
    assert callable(call)
    with pytest.raises(Refused) as caught:
        call(*given, **more)
    assert caught.value.finding.way_out.zh and "{" not in caught.value.finding.zh + caught.value.finding.en
    return caught.value


@pytest.mark.parametrize(
    ("receiver", "why"),
    [
        (DRB, "就是本人"),
        (FINANCE, "没有“县发改局审核人”岗位"),
        (replace(colleague(DRB), department=OTHER_UNIT), f"属“{OTHER_UNIT}”"),
    ],
)
def test_an_item_goes_to_a_colleague_only(receiver: Person, why: str) -> None:
    doc = standing(CHANGE, "Joint Examination")
    second = colleague(DRB)
    refusal = refusal_of(transfer, CHANGE, doc, item_of(doc, roles.DRB_OFFICER), DRB, receiver, people=[*STAFF, second])
    assert code(refusal) == "flow.receiver_not_suitable" and why in refusal.finding.zh
    assert "可选择：县发改局审核人（演示drb二）" in refusal.finding.zh


def test_an_item_does_not_go_to_the_documents_owner() -> None:
    second = person("second", "演示发改局", roles.DRB_OFFICER)
    doc = replace(standing(CHANGE, "Joint Examination"), owner="second")
    refusal = refusal_of(transfer, CHANGE, doc, item_of(doc, roles.DRB_OFFICER), DRB, second)
    assert "已在本件上代表其他部门办理" in refusal.finding.zh


def test_only_its_holder_transfers_an_item() -> None:
    second = colleague(DRB)
    doc = standing(CHANGE, "Joint Examination")
    item = item_of(doc, roles.DRB_OFFICER)
    assert code(refusal_of(transfer, CHANGE, doc, item, FINANCE, second)) == "flow.item_not_yours"
    given = transfer(CHANGE, doc, item, DRB, second)
    assert code(refusal_of(transfer, CHANGE, given, item, DRB, second)) == "flow.item_not_yours", "no longer open"
    assert (
        code(refusal_of(transfer, CHANGE, given, item_of(given, roles.DRB_OFFICER), DRB, second))
        == "flow.item_not_yours"
    )
    third = colleague(DRB, "drb-3")
    again = transfer(CHANGE, given, item_of(given, roles.DRB_OFFICER), second, third)
    assert item_of(again, roles.DRB_OFFICER).user == "drb-3"


def test_another_units_item_is_not_ones_own() -> None:
    doc = standing(PROPOSAL, "Unit Sign-off")
    outsider = person("outsider", OTHER_UNIT, roles.UNIT_HEAD)
    assert (
        code(refusal_of(transfer, PROPOSAL, doc, doc.work_items[0], outsider, colleague(outsider)))
        == "flow.item_not_yours"
    )


def test_what_was_decided_or_not_given_is_not_taken_back() -> None:
    second = colleague(DRB)
    doc = standing(CHANGE, "Joint Examination")
    given = transfer(CHANGE, doc, item_of(doc, roles.DRB_OFFICER), DRB, second)
    item = item_of(given, roles.DRB_OFFICER)
    after = act(CHANGE, given, second, "Agree to Change").document
    assert "已经办理" in refusal_of(take_back_item, after, item, DRB).finding.zh
    assert "不是本人转办" in refusal_of(take_back_item, given, item, FINANCE).finding.zh
    assert "不是本人转办" in refusal_of(take_back_item, doc, item_of(doc, roles.DRB_OFFICER), DRB).finding.zh


# --- added signers ---------------------------------------------------------------------------------------------------


def test_an_added_signer_gets_an_item_and_is_taken_back() -> None:
    second = colleague(FINANCE)
    doc = standing(CHANGE, "Joint Examination")
    more = add_signer(CHANGE, doc, "Agree to Change", FINANCE, second, at=later(1))
    added = [i for i in more.work_items if i.added]
    assert [(i.user, i.given_by, i.opened_at) for i in added] == [(second.user, "finance", later(1))]
    assert take_back_item(more, added[0], FINANCE) == doc
    signed = act(CHANGE, more, second, "Agree to Change")
    assert signed.closed == (added[0],) and signed.opened == ()


def test_who_may_not_take_the_action_adds_nobody() -> None:
    doc = standing(CHANGE, "Joint Examination")
    assert (
        code(refusal_of(add_signer, CHANGE, doc, "Agree to Change", CLERK, colleague(CLERK), at=AT))
        == "flow.item_not_yours"
    )
    assert (
        code(refusal_of(add_signer, CHANGE, doc, "Hand In Change", HEAD, colleague(HEAD), at=AT))
        == "flow.item_not_yours"
    )


def test_who_may_not_add_a_signer_is_told_who_holds_the_document() -> None:
    doc = standing(CHANGE, "Joint Examination")
    signers = refusal_of(add_signer, CHANGE, doc, "Agree to Change", CLERK, colleague(CLERK), at=AT)
    assert "请由县大数据中心负责人、县发改局审核人、县财政局审核人办理。" in signers.finding.zh
    nobody = refusal_of(add_signer, CHANGE, doc, "Hand In Change", HEAD, colleague(HEAD), at=AT)
    assert nobody.finding.zh.endswith("请由县大数据中心负责人办理。")


def test_an_added_signer_is_a_colleague_and_added_once() -> None:
    second = colleague(FINANCE)
    doc = standing(CHANGE, "Joint Examination")
    assert (
        code(refusal_of(add_signer, CHANGE, doc, "Agree to Change", FINANCE, DRB, at=AT))
        == "flow.receiver_not_suitable"
    )
    more = add_signer(CHANGE, doc, "Agree to Change", FINANCE, second, at=AT)
    again = refusal_of(add_signer, CHANGE, more, "Agree to Change", FINANCE, second, at=AT)
    assert "已在签署人之列" in again.finding.zh
    signed = act(CHANGE, doc, FINANCE, "Agree to Change").document
    third = replace(second, user="third")
    assert (
        "已在签署人之列" in refusal_of(add_signer, CHANGE, signed, "Agree to Change", third, FINANCE, at=AT).finding.zh
    )


# --- urging ----------------------------------------------------------------------------------------------------------


def test_an_item_is_urged_and_remembers_it() -> None:
    doc = standing(CHANGE, "Joint Examination")
    item = item_of(doc, roles.DRB_OFFICER)
    once = urge(doc, item, HEAD, at=later(1))
    twice = urge(once, item_of(once, roles.DRB_OFFICER), CENTRE_HEAD, at=later(2))
    assert item_of(twice, roles.DRB_OFFICER).urged == (later(1), later(2))
    assert len(twice.work_items) == 3


def test_ones_own_item_a_copy_and_a_closed_item_are_not_urged() -> None:
    doc = copy_to(standing(CHANGE, "Joint Examination"), HEAD, REVIEWER, at=AT)
    item = item_of(doc, roles.DRB_OFFICER)
    assert "属本人" in refusal_of(urge, doc, item, DRB, at=AT).finding.zh
    assert "抄送件" in refusal_of(urge, doc, doc.work_items[-1], HEAD, at=AT).finding.zh
    assert "已经办理" in refusal_of(urge, replace(doc, work_items=()), item, HEAD, at=AT).finding.zh


# --- taking back what one sent ---------------------------------------------------------------------------------------


def test_what_was_sent_is_taken_back_before_anybody_decided() -> None:
    doc = act(PROPOSAL, standing(PROPOSAL, "Unit Sign-off"), HEAD, "Sign and Send").document
    back = take_back(PROPOSAL, doc, HEAD, at=later(3))
    assert (back.state, back.next_state, back.complete) == ("Competent Department Review", "Unit Sign-off", True)
    assert holders(back.document) == {roles.UNIT_HEAD: UNIT} and [i.role for i in back.closed] == [
        roles.COMPETENT_REVIEWER
    ]
    assert [d.action for d in back.document.decided] == ["Sign and Send", "Take Back"], "nothing decided is lost"
    assert act(PROPOSAL, back.document, HEAD, "Sign and Send").complete


def test_it_is_too_late_when_somebody_has_decided() -> None:
    doc = act(PROPOSAL, standing(PROPOSAL, "Proposal Draft"), CLERK, "Hand In").document
    doc = act(PROPOSAL, doc, HEAD, "Sign and Send", at=later(7)).document
    refusal = refusal_of(take_back, PROPOSAL, doc, CLERK, at=later(9), people=STAFF)
    assert code(refusal) == "flow.take_back_too_late"
    assert refusal.finding.zh == (
        "【第六条】不能取回“提交单位签发”：演示head已于2026年9月1日 09:07办理“签发报送主管部门”。"
        f"如需改动，请由目前办理人退回：{COMPETENT}的主管部门审核人（演示reviewer）。"
    )


def test_what_takes_effect_at_once_is_not_taken_back() -> None:
    filed = act(CHANGE, standing(CHANGE, "Data Centre Examination"), CENTRE_HEAD, "File Change").document
    assert "“准予备案”办理后即生效" in refusal_of(take_back, CHANGE, filed, CENTRE_HEAD, at=AT).finding.zh
    forwarded = act(
        PROPOSAL, standing(PROPOSAL, "Competent Department Review"), REVIEWER, "Forward to Data Centre"
    ).document
    assert code(refusal_of(take_back, PROPOSAL, forwarded, REVIEWER, at=AT)) == "flow.nothing_to_take_back"


def test_only_who_sent_it_takes_it_back() -> None:
    doc = act(PROPOSAL, standing(PROPOSAL, "Unit Sign-off"), HEAD, "Sign and Send").document
    for other in (CLERK, colleague(HEAD), REVIEWER):
        assert code(refusal_of(take_back, PROPOSAL, doc, other, at=AT)) == "flow.nothing_to_take_back"


def test_who_only_entered_a_paper_has_nothing_to_take_back() -> None:
    doc = act(PLAN, standing(PLAN, "Magistrate Review"), OFFICER, "Submit to County", from_paper=PAPER).document
    assert code(refusal_of(take_back, PLAN, doc, OFFICER, at=AT)) == "flow.nothing_to_take_back"


def test_a_system_step_closes_what_was_open() -> None:
    doc = standing(WORK, "Trial Operation")
    done = system_step(WORK, doc, "Complete Implementation", at=AT)
    assert done.closed == doc.work_items and done.document.work_items == ()
    assert COUNTY.roles == {roles.COUNTY_OFFICE}
