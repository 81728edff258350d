"""The player tells what it was not told to expect, and many projects cost each what one costs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kaihua_infoproj.demo.offline.player import Played, play, steps
from kaihua_infoproj.demo.offline.repeat import repeated
from kaihua_infoproj.demo.offline.scenario import Expect, Scenario
from kaihua_infoproj.demo.offline.world import World
from kaihua_infoproj.policy import ledger

from .conftest import of


def until(scenario: Scenario, document: str, action: str, expect: Expect | None = None) -> Scenario:
    """The years up to one act, with another expectation for it."""
    number = next(n for n, a in enumerate(scenario.acts) if a.doc == document and a.action == action)
    acts = scenario.acts[: number + 1]
    last = acts[-1] if expect is None else replace(acts[-1], expect=expect)
    return replace(scenario, acts=(*acts[:-1], last))


@pytest.mark.parametrize(
    ("expect", "said"),
    [
        (Expect(state="Joint Review"), "办理后应为“联合评审”，实际为“待单位签发”。"),
        (Expect(refused="art3.7"), "应以 art3.7 拒绝，实际未被拒绝。"),
        (Expect(findings=("art3.4",)), "应有的核查问题为 art3.4，实际为 无。"),
        (Expect(route="joint"), "审核方式应为“joint”，实际为“无”。"),
    ],
)
def test_an_expectation_that_is_not_met_is_told(scenario: Scenario, expect: Expect, said: str) -> None:
    played = play(until(scenario, "edu", "Hand In", expect))
    assert [act.problem.zh for act in played.failed] == [said]
    assert not played.ok


def test_a_refusal_that_nobody_expects_is_told_with_its_sentence(scenario: Scenario) -> None:
    last = until(scenario, "edu", "Hand In").acts[-1]
    early = replace(last, action="Pass Preliminary Review", expect=Expect())
    played = play(replace(scenario, acts=(*until(scenario, "edu", "Hand In").acts, early)))
    assert len(played.failed) == 1 and "“初审通过”被拒绝（flow.wrong_state）" in played.failed[0].problem.zh


def test_a_document_that_is_not_there_is_told(scenario: Scenario) -> None:
    stray = replace(scenario.acts[0], do="decide", action="Hand In", doc="nowhere", doctype="", data={})
    played = play(replace(scenario, acts=(stray,)))
    assert "没有“nowhere”这份文档" in played.failed[0].problem.zh


def test_a_play_can_be_followed_act_by_act(scenario: Scenario) -> None:
    world = World(scenario.cast)
    seen = [act.number for act in steps(until(scenario, "edu", "Sign and Send"), world)]
    assert seen == list(range(1, len(seen) + 1))
    assert world.records["edu"].doc.state == "Competent Department Review"


def test_who_holds_the_project_is_told(years: Played) -> None:
    held = {
        ("edu", "Hand In"): "县教育局负责人",
        ("edu", "Sign and Send"): "县教育局审核人",
        ("road", "Sign and Send"): "县交通运输局审核人",
        ("edu", "Require Correction"): "县教育局经办人",
        ("hospital_accept1", "Apply for Acceptance"): "县发改局审核人",
        ("edu", "Send to County Decision"): "等待年度计划审定",
        ("edu_accept1", "Pass Acceptance"): "县教育局（建设单位）",
        ("market", "Send to County Decision"): "等待年度计划审定",
    }
    told = {}
    for document, action in held:
        holder = of(years, document, action).holder
        told[document, action] = holder.text if holder else ""
    assert told == held


def test_articles_and_papers_are_told(years: Played) -> None:
    forwarded = of(years, "road", "Forward to Data Centre")
    assert (forwarded.article, forwarded.papers) == ("6", ("接收回执",))
    assert of(years, "edu_work", "Confirm Plan").papers == ("项目详细实施方案确认书",)


def test_projects_can_be_repeated(scenario: Scenario) -> None:
    many = repeated(scenario, 3)
    played = play(many)
    assert [(act.act.doc, act.problem) for act in played.failed] == []
    assert len(played.world.projects) == 60
    assert played.world.projects["road-3"].stage == played.world.projects["road"].stage == "正式运行"
    assert len(played.world.records["plan2024"].get("lines")) == 21
    assert all(ledger.verify(ledger.sealed_file(lines)).ok for lines in played.ledgers.values())


def test_repeating_less_than_once_is_a_mistake(scenario: Scenario) -> None:
    with pytest.raises(ValueError, match="0"):
        repeated(scenario, 0)
