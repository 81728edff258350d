"""Acting for others: substitutes to the minute, and decisions entered from sealed paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kaihua_infoproj.flow import roles
from kaihua_infoproj.flow.definition import shipped
from kaihua_infoproj.flow.document import SealedPaper
from kaihua_infoproj.flow.options import options
from kaihua_infoproj.flow.permission import acted_for
from kaihua_infoproj.flow.person import Person, Substitution
from kaihua_infoproj.policy.errors import InputError

from .staff import (
    AT,
    CENTRE_HEAD,
    CLERK,
    COUNTY,
    DRB,
    FINANCE,
    MAGISTRATE,
    OFFICER,
    PAPER,
    STAFF,
    UNIT,
    act,
    code,
    later,
    person,
    refused,
    standing,
)

PROPOSAL, PLAN, WORK, CHANGE, JOINT, CONSULTATION, EVALUATION = (
    shipped("IT Project " + kind)
    for kind in ("Proposal", "Annual Plan", "Implementation", "Change", "Joint Review", "Consultation", "Evaluation")
)


# --- substitution ----------------------------------------------------------------------------------------------------

STAND_IN = person("stand-in", UNIT, roles.APPLICANT)
FOR_HEAD = Substitution("stand-in", "head", later(-60), later(60), frozenset({"IT Project Proposal"}))
EVERYBODY = (*STAFF, STAND_IN)


@pytest.mark.parametrize("minutes", [-60, 0, 59])
def test_a_substitute_acts_from_the_first_moment_to_the_last(minutes: int) -> None:
    taken = act(
        PROPOSAL,
        standing(PROPOSAL, "Unit Sign-off"),
        STAND_IN,
        "Sign and Send",
        at=later(minutes),
        on_behalf_of="head",
        substitutions=[FOR_HEAD],
        people=EVERYBODY,
    )
    assert taken.complete and taken.role == roles.UNIT_HEAD
    assert (taken.decided.user, taken.decided.on_behalf_of) == ("stand-in", "head")


@pytest.mark.parametrize("minutes", [-61, 60, 61])
def test_a_minute_before_and_after_he_is_refused(minutes: int) -> None:
    refusal = refused(
        PROPOSAL,
        standing(PROPOSAL, "Unit Sign-off"),
        STAND_IN,
        "Sign and Send",
        at=later(minutes),
        on_behalf_of="head",
        substitutions=[FOR_HEAD],
        people=EVERYBODY,
    )
    assert code(refusal) == "flow.substitution_not_valid"
    assert "现有授权自2026年9月1日 08:00至2026年9月1日 10:00，适用于“项目申报”" in refusal.finding.zh


def test_days_run_to_midnight() -> None:
    days = Substitution.for_days("stand-in", "head", date(2026, 9, 1), date(2026, 9, 2), ["IT Project Proposal"])
    midnight = AT.replace(day=3, hour=0)
    assert days.valid(AT.replace(hour=0), "IT Project Proposal")
    assert days.valid(midnight - timedelta(seconds=1), "IT Project Proposal")
    assert not days.valid(midnight, "IT Project Proposal")


def test_a_substitution_is_for_its_procedures_and_persons_only() -> None:
    doc = standing(CHANGE, "Change Draft")
    more = {"on_behalf_of": "head", "people": EVERYBODY}
    for known in ([FOR_HEAD], [], [replace(FOR_HEAD, represented="clerk")], [replace(FOR_HEAD, substitute="other")]):
        assert code(refused(CHANGE, doc, STAND_IN, "Hand In Change", substitutions=known, **more)) == (
            "flow.substitution_not_valid"
        )
    refusal = refused(
        CHANGE, doc, STAND_IN, "Hand In Change", on_behalf_of="nobody", substitutions=[FOR_HEAD], people=EVERYBODY
    )
    assert "没有这名人员" in refusal.finding.zh


def test_without_naming_whom_one_represents_one_acts_for_oneself() -> None:
    refusal = refused(
        PROPOSAL,
        standing(PROPOSAL, "Unit Sign-off"),
        STAND_IN,
        "Sign and Send",
        substitutions=[FOR_HEAD],
        people=EVERYBODY,
    )
    assert code(refusal) == "flow.not_your_role"


def test_a_substitute_has_no_more_rights_than_the_one_he_represents() -> None:
    for_clerk = replace(FOR_HEAD, represented="clerk")
    assert (
        code(
            refused(
                PROPOSAL,
                standing(PROPOSAL, "Unit Sign-off"),
                STAND_IN,
                "Sign and Send",
                on_behalf_of="clerk",
                substitutions=[for_clerk],
                people=EVERYBODY,
            )
        )
        == "flow.not_your_role"
    )


def test_own_document_holds_for_the_substitute_and_for_the_one_he_represents() -> None:
    for_reviewer = replace(FOR_HEAD, represented="reviewer")
    more = {"on_behalf_of": "reviewer", "substitutions": [for_reviewer], "people": EVERYBODY}
    doc = standing(PROPOSAL, "Competent Department Review")
    assert act(PROPOSAL, doc, STAND_IN, "Forward to Data Centre", **more).complete
    for owner in ("stand-in", "reviewer"):
        mine = replace(doc, owner=owner)
        assert code(refused(PROPOSAL, mine, STAND_IN, "Forward to Data Centre", **more)) == "flow.own_document"


def test_options_offer_what_one_may_do_for_another() -> None:
    doc = standing(PROPOSAL, "Unit Sign-off")
    offered = {o.action: o for o in options(PROPOSAL, doc, STAND_IN, AT, substitutions=[FOR_HEAD], people=EVERYBODY)}
    assert offered["Sign and Send"].allowed and offered["Sign and Send"].on_behalf_of == "head"
    gone = {
        o.action: o for o in options(PROPOSAL, doc, STAND_IN, later(60), substitutions=[FOR_HEAD], people=EVERYBODY)
    }
    assert not gone["Sign and Send"].allowed


@pytest.mark.parametrize(
    "wrong",
    [
        {"until": later(-60)},
        {"represented": "stand-in"},
        {"procedures": frozenset()},
    ],
)
def test_a_senseless_substitution_cannot_be_made(wrong: dict[str, object]) -> None:
    with pytest.raises(InputError):
        replace(FOR_HEAD, **wrong)


# --- paper -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("enterer", [OFFICER, COUNTY], ids=["officer", "county office"])
def test_a_magistrates_decision_is_entered_from_sealed_paper(enterer: Person) -> None:
    taken = act(PLAN, standing(PLAN, "Magistrate Review"), enterer, "Submit to County", from_paper=PAPER)
    assert taken.complete and taken.role == roles.MAGISTRATE
    assert (taken.decided.user, taken.decided.from_paper) == (enterer.user, PAPER.paper)


@pytest.mark.parametrize(
    ("paper", "lacking"),
    [
        (SealedPaper("", "scan.pdf"), "缺文书名称或文号"),
        (SealedPaper("演政办〔2026〕1号", " "), "缺盖章扫描件"),
        (SealedPaper("", ""), "缺文书名称或文号、缺盖章扫描件"),
    ],
)
def test_paper_without_its_seal_is_refused(paper: SealedPaper, lacking: str) -> None:
    refusal = refused(PLAN, standing(PLAN, "County Review"), OFFICER, "Approve Plan", from_paper=paper)
    assert code(refusal) == "flow.paper_missing" and lacking in refusal.finding.zh


def test_an_enterer_who_forgets_the_paper_is_told() -> None:
    refusal = refused(PLAN, standing(PLAN, "County Review"), OFFICER, "Approve Plan")
    assert code(refusal) == "flow.paper_missing" and "未注明依据纸质件录入" in refusal.finding.zh


@pytest.mark.parametrize("who", [CENTRE_HEAD, CLERK, DRB, FINANCE])
def test_nobody_else_enters_paper(who: Person) -> None:
    assert code(refused(PLAN, standing(PLAN, "County Review"), who, "Approve Plan", from_paper=PAPER)) == (
        "flow.paper_not_allowed"
    )


def test_other_decisions_are_not_entered_from_paper() -> None:
    refusal = refused(CHANGE, standing(CHANGE, "Data Centre Examination"), OFFICER, "File Change", from_paper=PAPER)
    assert code(refusal) == "flow.paper_not_allowed"
    assert "只有分管副县长、县政府办公室经办人的决定可以录入" in refusal.finding.zh


def test_entering_a_paper_binds_to_no_organ() -> None:
    drafted = replace(standing(CONSULTATION, "Consultation Draft"), owner="officer")
    convened = act(CONSULTATION, drafted, OFFICER, "Convene Meeting", from_paper=PAPER).document
    assert convened.handed_in_by == "" and convened.state == "In Session"
    assert act(CONSULTATION, convened, OFFICER, "Conclude Consultation", from_paper=PAPER).complete


def test_entering_for_an_enterer_binds_neither() -> None:
    for_officer = Substitution("stand-in", "officer", later(-60), later(60), frozenset({"IT Project Annual Plan"}))
    doc = act(
        PLAN,
        standing(PLAN, "Magistrate Review"),
        STAND_IN,
        "Submit to County",
        from_paper=PAPER,
        on_behalf_of="officer",
        substitutions=[for_officer],
        people=EVERYBODY,
    ).document
    assert acted_for(PLAN, doc, "officer") == acted_for(PLAN, doc, "stand-in") == {}


def test_the_county_office_decides_in_its_own_role_too() -> None:
    assert act(PLAN, standing(PLAN, "County Review"), COUNTY, "Approve Plan").decided.from_paper == ""
    assert act(CONSULTATION, standing(CONSULTATION, "Consultation Draft"), MAGISTRATE, "Convene Meeting").complete


def test_options_mark_what_can_only_be_entered() -> None:
    offered = {o.action: o for o in options(PLAN, standing(PLAN, "County Review"), OFFICER, AT, people=STAFF)}
    assert offered["Approve Plan"].allowed and offered["Approve Plan"].on_paper
    assert offered["Approve Plan"].who == (COUNTY,)
