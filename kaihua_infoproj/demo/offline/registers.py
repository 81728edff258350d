"""Master records and draws: what ``do: master`` and ``do: draw`` write into the county's registers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from ...flow.definition import shipped_doctypes
from ...flow.person import Substitution
from ...flow.refusal import Refused
from ...policy.calendar import day_of
from ...policy.draw import Draw, PoolEntry, draw
from ...policy.draw_record import DrawFacts, check_draw
from ...policy.errors import InputError
from ...policy.evaluation import RunningProject, evaluation_pool
from ...policy.finding import blocking
from ...policy.parameter import OverlayRow, floor
from ...policy.parameter_files import read_value
from ...policy.register import SystemRecord, ZombieListing
from .entering import enter
from .scenario import Act
from .world import Record, Writing


def record_master(writing: Writing, act: Act) -> dict[str, Any]:
    """Write a master record; returns its fields in normal form.

    Raises:
        InputError: its data cannot be read.
    """
    before = writing.get("masters", (act.doctype, act.doc)) or {}
    fields = enter(act.doctype, before, act.data)
    writing.put("masters", (act.doctype, act.doc), fields)
    entry = _REGISTERS.get(act.doctype)
    if entry:
        entry(writing, fields, act)
    return fields


def _system(writing: Writing, fields: Mapping[str, Any], act: Act) -> None:
    name = str(fields.get("system_name") or act.doc)
    known: SystemRecord | None = writing.get("systems", name)
    writing.put(
        "systems",
        name,
        SystemRecord(
            name,
            str(fields.get("unit") or ""),
            fields.get("last_upgraded_on"),
            fields.get("om_included_until") or (known.om_included_until if known else None),
            str(fields.get("system_state") or "running"),
        ),
    )


def _inspection(writing: Writing, fields: Mapping[str, Any], act: Act) -> None:
    unit, system = str(fields["unit"]), str(fields["system"])
    if not fields.get("is_listed_as_zombie"):
        return
    listing = ZombieListing(unit, system, fields["listed_on"], str(fields.get("document_number") or ""))
    writing.put("listings", unit, (*writing.get("listings", unit, ()), listing))
    known: SystemRecord | None = writing.get("systems", system)
    if known:
        writing.put("systems", system, replace(known, state="zombie"))


def _substitution(writing: Writing, fields: Mapping[str, Any], act: Act) -> None:
    procedures = fields.get("procedures") or shipped_doctypes()
    entry = Substitution.for_days(
        str(fields["substitute"]), str(fields["represented"]), fields["since"], fields["until"], procedures
    )
    writing.put("settings", "substitutions", (*writing.substitutions(), entry))


def _policy(writing: Writing, fields: Mapping[str, Any], act: Act) -> None:
    name = str(fields["parameter"])
    if name not in floor():
        raise InputError(f"没有名为“{name}”的参数。", f"There is no parameter “{name}”.", file=act.file, line=act.line)
    row = OverlayRow(
        name,
        read_value(floor()[name].kind, act.data["value"]),
        fields["effective_from"],
        str(fields.get("legal_basis") or ""),
        str(fields.get("article") or ""),
        str(fields.get("reason") or ""),
    )
    writing.put("settings", "overlay", (*writing.get("settings", "overlay", ()), row))
    writing.rules(fields["effective_from"])


_REGISTERS: dict[str, Callable[[Writing, Mapping[str, Any], Act], None]] = {
    "IT System": _system,
    "IT System Inspection": _inspection,
    "IT Project Substitution": _substitution,
    "IT Project Policy": _policy,
}


# --- draws ----------------------------------------------------------------------------------------


def drawn(writing: Writing, record: Record, at: datetime) -> tuple[Record, Draw]:
    """A draw carried out: the pool as it stands now, less those named as excluded, and its result.

    Raises:
        Refused: seed, its source, the witness or his organ is missing, or more are asked than are eligible.
    """
    fields = record.fields
    named = {row["id"]: str(row.get("reason") or "") for row in fields.get("pool") or () if row.get("excluded")}
    pool = (
        evaluation_entries(writing, at)
        if fields.get("purpose") == "evaluation"
        else expert_entries(writing, record, at)
    )
    pool = tuple(PoolEntry(e.id, e.excluded or named.get(e.id, "")) for e in pool)
    for finding in blocking(check_draw(_draw_facts(fields, pool, at), writing.rules(day_of(at)))):
        raise Refused(finding)
    result = draw(pool, str(fields.get("seed") or ""), int(fields.get("number") or 0))
    table = [{"id": e.id, "excluded": bool(e.excluded), "reason": e.excluded} for e in pool]
    order = [{"order": n, "id": key} for n, key in enumerate(result.result, 1)]
    after = {**fields, "pool": table, "result": order, "algorithm": result.algorithm, "drawn_at": at}
    return replace(record, doc=replace(record.doc, fields=after)), result


def _draw_facts(fields: Mapping[str, Any], pool: tuple[PoolEntry, ...], at: datetime) -> DrawFacts:
    names = ("purpose", "seed", "seed_source", "witness", "witness_organ")
    said = {name: str(fields.get(name) or "") for name in names}
    published = fields.get("seed_published_at")
    return DrawFacts(at, pool=pool, number=fields.get("number"), seed_published_at=published, **said)


def evaluation_entries(writing: Writing, at: datetime) -> tuple[PoolEntry, ...]:
    """Every project in operation, those that take no part with the reason."""
    running = [
        RunningProject(p.key, p.is_key, p.formal_start, evaluated(writing, p.department, p.key))
        for _, p in writing.items("projects")
        if p.formal_start is not None
    ]
    return evaluation_pool(running, day_of(at), writing.rules(day_of(at)))


def evaluated(writing: Writing, department: str, project: str) -> bool:
    """Whether a project's evaluation is concluded."""
    return any(result.project == project for result in writing.get("results", department, ()))


def expert_entries(writing: Writing, record: Record, at: datetime) -> tuple[PoolEntry, ...]:
    """Every expert of the pool; those not valid, suspended or in conflict with the unit take no part."""
    department, day = record.doc.department, day_of(at)
    entries = []
    for (doctype, key), fields in writing.items("masters"):
        if doctype != "IT Project Expert":
            continue
        avoid = {row.get("unit") for row in fields.get("avoid_units") or ()} | {fields.get("unit")}
        first, last = fields.get("valid_from"), fields.get("valid_to")
        reason = ""
        if fields.get("expert_state") != "available" or (first and day < first) or (last and day > last):
            reason = "不在聘期或已暂停"
        elif department and department in avoid:
            reason = f"与{department}有利害关系，回避"
        entries.append(PoolEntry(key, reason))
    return tuple(entries)
