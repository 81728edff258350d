"""Who has a project's next step now, in words that an official uses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ...flow.definition import shipped, shipped_doctypes
from ...flow.effects import PLAN
from ...flow.roles import Scope, scope_of
from ...flow.terms import zh
from .world import Record, World

NOBODY = "无待办"

_WITH_UNIT = {zh("Approved Project"): "编制详细实施方案", zh("Formal Operation"): zh("Formal Operation")}
"""Stages in which the building unit goes on without a document waiting for anybody."""


@dataclass(frozen=True)
class Holder:
    """Who holds it: units and roles, and the state in which it lies there; ``due``: last day, if any."""

    text: str
    state: str = ""
    due: date | None = None


def holder_of(world: World, project: str, record: Record | None) -> Holder:
    """The holder of a project's open step, or of a document that belongs to no project.

    The document that was touched last and is still open counts; a proposal that waits for its plan lies with the plan.
    """
    if record is not None and not record.project and record.doc.work_items:
        return _of_items(record)
    found = world.projects.get(project)
    if found is None:
        return Holder("")
    open_records = [
        world.records[key]
        for key in reversed(found.documents)
        if key in world.records and world.records[key].doc.doctype in shipped_doctypes()
    ]
    if record is not None and record.doc.work_items and record in open_records:
        return _of_items(record)
    for candidate in open_records:
        if candidate.doc.work_items:
            return _of_items(candidate)
        if candidate.doc.state and shipped(candidate.doc.doctype).state(candidate.doc.state).kind != "end":
            return Holder(
                f"等待{zh(PLAN)}审定" if candidate.doc.state == "Awaiting County Decision" else "等待其他程序",
                zh(candidate.doc.state),
            )
    if found.stage in _WITH_UNIT:
        return Holder(f"{found.department}（建设单位）", _WITH_UNIT[found.stage])
    return Holder(NOBODY, found.stage)


def _of_items(record: Record) -> Holder:
    items = [item for item in record.doc.work_items if item.kind == "decide"]
    names = [_role_text(item.role, item.department) for item in items]
    dues = [item.due for item in items if item.due]
    return Holder("、".join(dict.fromkeys(names)), zh(record.doc.state), min(dues, default=None))


def _role_text(role: str, department: str) -> str:
    """A role as people call whoever holds it: 县教育局经办人, 县发改局审核人."""
    name = zh(role)
    if scope_of(role) in (Scope.UNIT, Scope.COMPETENT) and department:
        return department + name.removeprefix("申报（建设）单位").removeprefix("主管部门")
    return name
