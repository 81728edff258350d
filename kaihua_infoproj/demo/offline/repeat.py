"""The same years with many times as many projects, to measure what a project costs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from ...flow.effects import CONSULTATION, EVALUATION, PLAN
from .scenario import DRAW, MASTER, Act, Scenario

SHARED = (CONSULTATION, PLAN)
"""Documents that carry several projects: every copy's projects stand in the same one."""

SHARED_TABLES = ("agenda", "lines", "not_listed")


def repeated(scenario: Scenario, times: int) -> Scenario:
    """The scenario with every project ``times`` over; the meetings and plans carry them all.

    Evaluations are left out: which projects are drawn depends on the pool, and it is another one here.

    Args:
        times: 1 leaves the projects as they are.

    Raises:
        ValueError: less than once.
    """
    if times < 1:
        raise ValueError(times)
    kinds = {act.doc: act.doctype for act in scenario.acts if act.doctype}
    kept = [act for act in scenario.acts if not _evaluates(act, kinds)]
    own = {act.doc.split("/")[0] for act in kept if act.do != MASTER and kinds.get(act.doc) not in SHARED}
    acts: list[Act] = []
    for act in kept:
        if act.do == MASTER:
            acts.append(act)
        elif kinds.get(act.doc) in SHARED:
            acts.append(_shared(act, own, times))
        else:
            acts += [_copy(act, own, number) for number in range(1, times + 1)]
    return replace(scenario, acts=tuple(acts))


def _evaluates(act: Act, kinds: Mapping[str, str]) -> bool:
    return kinds.get(act.doc) == EVALUATION or (
        act.do == DRAW and act.data.get("purpose") in ("绩效评估项目", "evaluation")
    )


def _name(key: str, number: int) -> str:
    base, slash, rest = key.partition("/")
    return key if number == 1 else f"{base}-{number}{slash}{rest}"


def _counted(act: Act) -> Act:
    """Without the exact findings, which depend on what was evaluated and how many projects there are."""
    return replace(act, expect=replace(act.expect, findings=None))


def _copy(act: Act, own: set[str], number: int) -> Act:
    act = _counted(act)
    if number == 1:
        return act
    return replace(
        act,
        doc=_name(act.doc, number),
        copy_of=_name(act.copy_of, number) if act.copy_of else "",
        data=_renamed(act.data, own, number),
    )


def _renamed(value: Any, own: set[str], number: int) -> Any:
    """Links to documents of the project lead to those of the copy."""
    if isinstance(value, Mapping):
        return {name: _renamed(item, own, number) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_renamed(item, own, number) for item in value]
    return _name(value, number) if isinstance(value, str) and value in own else value


def _shared(act: Act, own: set[str], times: int) -> Act:
    """A meeting or plan with the rows of every copy."""
    data = dict(act.data)
    for name in SHARED_TABLES:
        if name in data:
            data[name] = list(_rows(data[name], own, times))
    return _counted(replace(act, data=data))


def _rows(table: Iterable[Mapping[str, Any]], own: set[str], times: int) -> Iterable[Mapping[str, Any]]:
    rows = list(table)
    for number in range(1, times + 1):
        for row in rows:
            copy = _renamed(row, own, number)
            yield {**copy, "no": row["no"] + (number - 1) * len(rows)} if "no" in row else copy
