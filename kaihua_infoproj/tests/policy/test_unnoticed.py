"""What a damage of the rules could have changed without any case noticing: see docs/mutation.md."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from decimal import Decimal

import pytest

from kaihua_infoproj.policy.calendar import SHANGHAI, add_months
from kaihua_infoproj.policy.change_facts import ChangeFacts
from kaihua_infoproj.policy.change_route import percent_beside, route_change
from kaihua_infoproj.policy.consent import Consent
from kaihua_infoproj.policy.declaration import check_issue_review_opinion
from kaihua_infoproj.policy.draw import PoolEntry
from kaihua_infoproj.policy.draw_record import DrawFacts, check_draw
from kaihua_infoproj.policy.errors import InputError
from kaihua_infoproj.policy.implementation import (
    Contract,
    ImplementationFacts,
    check_contracts,
    check_resumption,
)
from kaihua_infoproj.policy.joint_review import JointReviewFacts
from kaihua_infoproj.policy.parameter import in_force
from kaihua_infoproj.policy.preliminary_review import PreliminaryReviewFacts
from kaihua_infoproj.policy.project_code import parse_project_code
from kaihua_infoproj.policy.proposal_paper import NegativeAnswer
from kaihua_infoproj.policy.register import EarlierLine, Register
from kaihua_infoproj.policy.review_hints import category_medians
from kaihua_infoproj.policy.service_completion import ServiceCompletionFacts, check_service_completion

from .declared import facts, paper

DAY = date(2026, 5, 1)
RULES = in_force(DAY)


def codes(findings: object) -> set[str]:
    return {finding.code for finding in findings}  # type: ignore[attr-defined]


def test_the_first_year_that_a_date_may_have_is_one_of_them() -> None:
    assert add_months(date(1900, 1, 31), 1) == date(1900, 2, 28)


@pytest.mark.parametrize(
    "part, whole, shown",
    [("10", "100", "10.00"), ("149999", "1000000", "14.9999"), ("15", "100", "15.00"), ("15.001", "100", "15.001")],
)
def test_a_percentage_has_two_decimals_or_as_many_as_tell_it_from_the_limit(part: str, whole: str, shown: str) -> None:
    assert str(percent_beside(Decimal(part), Decimal(whole), Decimal("15"))) == shown


@pytest.mark.parametrize("more", [{"gross": Decimal("-0.01")}, {"gross": Decimal("5"), "earlier": (Decimal("-0.50"),)}])
def test_not_even_a_cent_below_zero_is_an_amount_of_a_change(more: dict[str, object]) -> None:
    with pytest.raises(InputError, match="金额不能为负数"):
        route_change(ChangeFacts(Decimal("1000000"), **more), RULES)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "consent, given",
    [
        (Consent(), False),
        (Consent(kind="county document"), True),
        (Consent(number="演政〔2026〕1号"), True),
        (Consent(dated=DAY), True),
        (Consent(file="演示.pdf"), True),
    ],
)
def test_a_consent_is_given_as_soon_as_anything_of_it_is_recorded(consent: Consent, given: bool) -> None:
    assert consent.given is given


def test_a_draw_of_one_is_a_draw() -> None:
    pool = (PoolEntry("甲"), PoolEntry("乙"))
    at = datetime(2026, 5, 1, 9, 0, tzinfo=SHANGHAI)
    assert "form.draw.number" not in codes(check_draw(DrawFacts(at, pool=pool, number=1), RULES))
    assert "form.draw.number" in codes(check_draw(DrawFacts(at, pool=pool, number=0), RULES))


def test_a_contract_needs_an_approved_total_that_it_stays_within() -> None:
    facts = ImplementationFacts("new", DAY, contracts=(Contract("演示-1", "演示公司", Decimal("0.50")),))
    assert "art11.contracts_above_total" in codes(check_contracts(facts, RULES))


def test_work_resumed_before_any_trial_has_nothing_to_say() -> None:
    assert check_resumption(ImplementationFacts("new", DAY), RULES) == ()


def test_what_a_decision_keeps_of_the_parameters_is_the_hash_of_their_canonical_form() -> None:
    plain = [use.as_plain() for use in RULES.uses]
    line = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert RULES.digest == hashlib.sha256(line.encode("utf-8")).hexdigest()


def test_values_are_explained_in_characters_that_people_read() -> None:
    assert not [line for line in RULES.explain() if "\\u" in line]


def test_the_month_of_a_project_code_has_two_digits() -> None:
    code = parse_project_code("2612-330824-04-01-123456")
    assert code is not None
    assert (code.year, code.month) == (2026, 12)


@pytest.mark.parametrize("value", ["-0.5", "-1"])
def test_a_service_level_is_not_below_zero(value: str) -> None:
    facts = ServiceCompletionFacts("O&M", DAY, service_level_reached=Decimal(value), service_score=Decimal(value))
    assert {"form.service.level", "form.service.score"} <= codes(check_service_completion(facts, RULES))


def test_a_line_without_earlier_ones_does_not_end_the_comparison_of_the_others() -> None:
    data = paper()
    first, last = data["investment_lines"][0], data["investment_lines"][-1]
    assert first["category"] != last["category"]
    earlier = (EarlierLine(last["category"], Decimal("1.00")),)
    findings = list(category_medians(facts(data, register=Register(earlier_lines=earlier))))
    assert f"investment_lines[{len(data['investment_lines'])}].amount" in {finding.field for finding in findings}


def test_a_review_is_the_first_round_until_it_says_another() -> None:
    assert PreliminaryReviewFacts().round == 1


def test_an_opinion_on_a_concluded_review_may_be_issued_without_a_word() -> None:
    review = JointReviewFacts(concluded_at=datetime(2026, 10, 12, 16, 0, tzinfo=SHANGHAI))
    assert check_issue_review_opinion(facts(paper(), joint_review=review), RULES) == ()


def test_a_row_without_its_number_answers_no_item_of_article_3() -> None:
    assert NegativeAnswer(applies="no").item == 0
