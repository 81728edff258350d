"""The years, played once for all tests, and worlds as they stood at a moment."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from kaihua_infoproj.demo.offline.page import render
from kaihua_infoproj.demo.offline.player import Played, PlayedAct, play, play_act
from kaihua_infoproj.demo.offline.scenario import FOLDER, Cast, Scenario, load
from kaihua_infoproj.demo.offline.world import World

FORBIDDEN = tuple(sorted((FOLDER / "forbidden").glob("*.yaml")))


@pytest.fixture(scope="session")
def scenario() -> Scenario:
    return load()


@pytest.fixture(scope="session")
def years(scenario: Scenario) -> Played:
    return play(scenario)


@pytest.fixture(scope="session")
def page(years: Played) -> str:
    return render(years)


@pytest.fixture(scope="session")
def forbidden() -> Mapping[Path, Scenario]:
    return {path: load(path, with_world=False) for path in FORBIDDEN}


@pytest.fixture(scope="session")
def worlds(scenario: Scenario, forbidden: Mapping[Path, Scenario]) -> Mapping[Path, World]:
    """The years' world as it stood before the first act of each forbidden file, all from one play."""
    waiting = sorted(forbidden, key=lambda path: forbidden[path].acts[0].at)
    world, found = World(scenario.cast), {}
    for number, act in enumerate(scenario.acts, 1):
        while waiting and forbidden[waiting[0]].acts[0].at <= act.at:
            found[waiting.pop(0)] = copy_of(world)
        play_act(world, act, number)
    return {**found, **{path: copy_of(world) for path in waiting}}


def copy_of(world: World) -> World:
    """The same world apart: tables and chains are new, what stands in them is never changed in place."""
    tables = {name: dict(entries) for name, entries in world.tables.items()}
    return World(world.cast, tables, {chain: list(lines) for chain, lines in world.chains.items()}, world.resolved)


def with_people(world: World, cast: Cast) -> World:
    """The world with the people and units of another cast besides."""
    both = Cast({**world.cast.people, **cast.people}, {**world.cast.units, **cast.units})
    return World(both, world.tables, world.chains, world.resolved)


def of(played: Played, document: str, action: str) -> PlayedAct:
    """The last act of that name on a document."""
    found = [a for a in played.acts if a.act.doc == document and a.act.action == action]
    assert found, (document, action)
    return found[-1]


def codes(act: PlayedAct) -> set[str]:
    return {finding.code for finding in act.findings}
