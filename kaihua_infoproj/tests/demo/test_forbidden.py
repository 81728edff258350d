"""What the measure forbids is refused with its code, and nothing changes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from kaihua_infoproj.demo.offline.player import play, play_act
from kaihua_infoproj.demo.offline.scenario import Scenario, load
from kaihua_infoproj.demo.offline.world import World

from .conftest import FORBIDDEN, copy_of, with_people


@pytest.mark.parametrize("path", FORBIDDEN, ids=lambda path: path.stem)
def test_forbidden_acts_are_refused_and_change_nothing(
    path: Path, scenario: Scenario, forbidden: Mapping[Path, Scenario], worlds: Mapping[Path, World]
) -> None:
    own = forbidden[path]
    world = with_people(copy_of(worlds[path]), own.cast)
    first, last = own.acts[0].at, own.acts[-1].at
    between = [act for act in scenario.acts if first <= act.at < last]
    refused = 0
    for act in sorted([*between, *own.acts], key=lambda act: act.at):
        forbids = act.file == path.name and bool(act.expect.refused)
        before = world.digest() if forbids else ""
        played = play_act(world, act, 1)
        assert played.problem.zh == "", act.place
        if forbids:
            refused += 1
            assert played.refused, act.place
            assert world.digest() == before, act.place
    assert refused


def test_many_kinds_of_forbidden_acts_are_played(forbidden: Mapping[Path, Scenario]) -> None:
    acts = [act for own in forbidden.values() for act in own.acts if act.expect.refused]
    codes = {act.expect.refused for act in acts}
    assert len(acts) >= 50 and len(codes) >= 35
    assert {
        "flow.not_your_role",
        "flow.own_document",
        "flow.wrong_state",
        "flow.already_signed",
        "flow.substitution_not_valid",
        "flow.editing_decided",
        "art3.7",
        "art6.late",
        "art12.must_be_joint",
        "art13.gate.trial_not_over",
    } <= codes


def test_a_forbidden_file_plays_by_itself_within_its_world() -> None:
    path = next(p for p in FORBIDDEN if p.stem == "late")
    played = play(load(path))
    assert played.ok and sum(bool(act.refused) for act in played.acts) == 3
    assert played.acts[-1].act.file == "late.yaml"


def test_the_years_are_untouched_by_refusals(scenario: Scenario, forbidden: Mapping[Path, Scenario]) -> None:
    path = next(p for p in FORBIDDEN if p.stem == "wrong_unit")
    acts = tuple(sorted((*scenario.acts, *forbidden[path].acts), key=lambda act: act.at))
    assert play(Scenario(scenario.titles, scenario.cast, acts)).ledgers == play(scenario).ledgers
