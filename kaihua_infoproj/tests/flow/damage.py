"""Ways to damage a shipped workflow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kaihua_infoproj.flow import roles
from kaihua_infoproj.flow.definition import load_definition
from kaihua_infoproj.flow.graph import check
from kaihua_infoproj.policy.finding import Finding

from .staff import plain

Data = dict[str, Any]
PROPOSAL, JOINT, CHANGE, WORK, ACCEPTANCE, PLAN, EVALUATION, CONSULTATION, PRELIMINARY = (
    "IT Project " + kind
    for kind in (
        "Proposal",
        "Joint Review",
        "Change",
        "Implementation",
        "Acceptance",
        "Annual Plan",
        "Evaluation",
        "Consultation",
        "Preliminary Review",
    )
)


Damage = Callable[[Data], object]


def drop(**match: Any) -> Damage:
    """Remove the transitions that match."""

    def damage(data: Data) -> None:
        kept = [t for t in data["transitions"] if any(t[k] != v for k, v in match.items())]
        assert len(kept) < len(data["transitions"])
        data["transitions"] = kept

    return damage


def drop_state(name: str) -> Damage:
    """Remove a state with everything that touches it."""

    def damage(data: Data) -> None:
        data["states"] = [s for s in data["states"] if s["state"] != name]
        data["transitions"] = [t for t in data["transitions"] if name not in (t["state"], t["next_state"])]

    return damage


def bypass(name: str, to: str) -> Damage:
    """Remove a state and lead what led to it on to another."""

    def damage(data: Data) -> None:
        data["states"] = [s for s in data["states"] if s["state"] != name]
        data["transitions"] = [
            {**t, "next_state": to if t["next_state"] == name else t["next_state"]}
            for t in data["transitions"]
            if t["state"] != name
        ]

    return damage


def alter(match: Data, **changes: Any) -> Damage:
    """Change the transitions that match."""

    def damage(data: Data) -> None:
        found = [t for t in data["transitions"] if all(t[k] == v for k, v in match.items())]
        assert found
        for row in found:
            row.update(changes)

    return damage


def alter_state(name: str, **changes: Any) -> Damage:
    """Change a state."""

    def damage(data: Data) -> None:
        next(s for s in data["states"] if s["state"] == name).update(changes)

    return damage


def add(**row: Any) -> Damage:
    """Add a transition."""

    def damage(data: Data) -> None:
        data["transitions"].append({"allowed": roles.CENTRE_HEAD, "allow_self_approval": 0, "condition": "", **row})

    return damage


def add_state(name: str, status: str = "0") -> Damage:
    """Add a state."""
    return lambda data: data["states"].append({"state": name, "doc_status": status, "allow_edit": roles.CENTRE_HEAD})


def both(*damages: Damage) -> Damage:
    """Several."""

    def damage(data: Data) -> None:
        for one in damages:
            one(data)

    return damage


def whole(**changes: Any) -> Damage:
    """Change the workflow itself."""
    return lambda data: data.update(changes)


def problems(doctype: str, damage: Damage, **how: Any) -> tuple[Finding, ...]:
    """What the check says of a damaged definition."""
    data = plain(doctype)
    damage(data)
    return check(load_definition(data), **how)
