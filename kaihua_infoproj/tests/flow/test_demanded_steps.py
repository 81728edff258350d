"""What the measure demands of the chains is well-formed, and speaks of states, actions and organs that exist."""

from __future__ import annotations

from typing import Any

import pytest

from kaihua_infoproj.flow.condition import parse
from kaihua_infoproj.flow.definition import shipped, shipped_doctypes
from kaihua_infoproj.flow.roles import ORGANS
from kaihua_infoproj.policy.demanded_steps import all_demanded, demanded, load_demanded
from kaihua_infoproj.policy.errors import InputError
from kaihua_infoproj.policy.strict_yaml import Located


def test_every_procedure_is_described() -> None:
    assert set(all_demanded()) == set(shipped_doctypes())


@pytest.mark.parametrize("doctype", shipped_doctypes())
def test_it_names_states_actions_and_organs_that_exist(doctype: str) -> None:
    definition, demands = shipped(doctype), demanded(doctype)
    for step in demands.steps.values():
        assert set(step.actions) <= set(definition.actions(step.state))
        assert step.organ in ORGANS or not step.organ
        assert any(step.state in end.steps for end in demands.ends), "a step that no end demands"
    for end in demands.ends:
        assert definition.state(end.state).kind == "end"
        assert set(parse(end.given).fields) <= {"form_kind"}
    for row in demands.signatures:
        assert definition.rows(row.state, row.action) and set(row.organs) <= set(ORGANS)
        assert not row.before or definition.rows(row.state, row.before)
    for said in (*demands.steps.values(), *demands.ends, *demands.signatures):
        assert said.said.zh.endswith("。") and said.said.en.endswith(".") and said.article


def test_approving_ends_are_those_that_say_yes() -> None:
    assert demanded("IT Project Proposal").approving_ends == {"Project Approved"}
    assert demanded("IT Project Change").approving_ends == {"Change Approved", "Change Filed"}
    assert demanded("IT Project Acceptance").approving_ends == {"Acceptance Passed", "Service Completed"}


STEP = {"actions": ["Go"], "article": "1", "zh": "须。", "en": "Must."}
END = {"state": "B", "article": "1", "zh": "须。", "en": "Must.", "steps": ["A"]}
SIGNING = {"state": "A", "action": "Go", "organs": ["drb"], "article": "1", "zh": "须。", "en": "Must."}
GOOD: dict[str, Any] = {"steps": {"A": STEP}, "ends": [END], "signatures": [SIGNING]}


def test_a_good_file_is_read() -> None:
    read = load_demanded(Located({"X": GOOD}))["X"]
    assert read.steps["A"].actions == ("Go",) and read.ends[0].steps == ("A",) and read.signatures[0].before == ""


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        {"X": []},
        {"X": {"steps": {}}},
        {"X": {**GOOD, "more": 1}},
        {"X": {**GOOD, "steps": {"A": {**STEP, "colour": "red"}}}},
        {"X": {**GOOD, "steps": {"A": {"article": "1"}}}},
        {"X": {**GOOD, "ends": [{**END, "steps": ["C"]}]}},
        {"X": {**GOOD, "ends": [{"state": "B"}]}},
        {"X": {**GOOD, "signatures": [{**SIGNING, "who": "x"}]}},
    ],
)
def test_a_malformed_file_is_refused(wrong: Any) -> None:
    with pytest.raises(InputError):
        load_demanded(Located(wrong))
