"""Cases handed in under one text and decided under another: which set applies, and what is said."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kaihua_infoproj.policy.change_facts import ChangeFacts
from kaihua_infoproj.policy.finding import Finding, Severity
from kaihua_infoproj.policy.parameter import OverlayRow, ResolvedSet, floor, in_force, resolve
from kaihua_infoproj.policy.procedures import ask
from kaihua_infoproj.policy.straddling import applicable, check_straddling

FILED, DECIDED = date(2022, 2, 28), date(2022, 3, 1)


def decided(*rows: OverlayRow) -> ResolvedSet:
    return resolve(floor(), rows, DECIDED)


def codes(findings: tuple[Finding, ...]) -> list[str]:
    return [f.code for f in findings]


def test_a_source_that_moved_on_between_the_two_days_is_noted() -> None:
    (note,) = check_straddling(in_force(FILED), in_force(DECIDED))
    assert note.code == "flow.straddling.data_sharing_source"
    assert note.severity is Severity.NOTE and not note.blocking
    assert note.zh.endswith("《浙江省公共数据条例》（自2022年3月1日起）；本件按报送之日的规定办理。")
    assert "(since 2022-03-01)" in note.en


def test_the_same_day_straddles_nothing() -> None:
    assert not list(check_straddling(in_force(DECIDED), in_force(DECIDED)))


def test_the_day_of_handing_in_applies_unless_the_parameter_says_otherwise() -> None:
    filed = in_force(FILED)
    assert applicable(filed, decided()).digest == filed.digest
    later = decided(OverlayRow("straddling_day", "decision_day", DECIDED, "演示"))
    assert applicable(filed, later) is later


def test_a_value_that_began_only_after_handing_in_is_that_of_the_decision() -> None:
    before = resolve(floor(), (), date(2020, 8, 4))
    used = applicable(before, in_force(date(2020, 8, 5)))
    assert used.decimal("change_joint_ratio") == Decimal(15) and not used.not_yet
    notes = list(check_straddling(before, in_force(date(2020, 8, 5)), {"change_joint_ratio"}))
    assert [n.zh.split("在报送之日")[1] for n in notes] == [
        "（2020年8月4日）为尚无规定，在办理之日（2020年8月5日）为15%（自2020年8月5日起）；本件按办理之日的规定办理。"
    ]


@pytest.mark.parametrize(("ratio", "noted"), [("10", True), ("15", False)])
def test_ask_notes_what_the_rule_has_read_and_what_differs(ratio: str, noted: bool) -> None:
    facts = ChangeFacts(Decimal(1000000), gross=Decimal(120000), centre_content_degree="small", meets_review=True)
    row = OverlayRow("change_joint_ratio", Decimal(ratio), DECIDED, "演示")
    alone = ask("IT Project Change", "File Change", facts, in_force(FILED))
    both = ask("IT Project Change", "File Change", facts, decided(row), filed=in_force(FILED))
    assert codes(both[: len(alone)]) == codes(alone)
    assert codes(both[len(alone) :]) == (["flow.straddling.change_joint_ratio"] if noted else [])


def test_an_action_without_rules_says_nothing() -> None:
    assert ask("IT Project Change", "Withdraw Change", None, decided(), filed=in_force(FILED)) == ()
