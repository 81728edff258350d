"""New documents: whose they are, which project they belong to, and what they know from the beginning."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from ...flow.definition import shipped, shipped_doctypes
from ...flow.document import FlowDocument
from ...flow.effects import ACCEPTANCE, CHANGE, EVALUATION, IMPLEMENTATION, JOINT, PRELIMINARY, PROPOSAL
from ...flow.person import Person
from ...flow.step import begin
from ...policy.calendar import parse_day
from ...policy.errors import InputError
from ...policy.money import parse_amount
from ...policy.redeclaration import copy_for_redeclaration
from .entering import as_typed, copied, enter
from .facts_declaration import earlier_of, of_proposal, total_of
from .facts_delivery import ORDER, PAYMENT
from .scenario import Act
from .world import Record, Writing

LINKS = ("project", "proposal", "implementation", "change", "reference", "review", "order")
"""Fields by which a document says what it belongs to."""

CLASSIFIED = "IT Project Classified Stub"


def make(writing: Writing, act: Act, person: Person) -> Record:
    """The document that an act makes, not yet written.

    Raises:
        InputError: its key is taken, or its data cannot be read.
    """
    if writing.record(act.doc) is not None:
        raise InputError(f"“{act.doc}”已经有了。", f"“{act.doc}” exists already.", file=act.file, line=act.line)
    fields = _fields(writing, act)
    project = _project(writing, fields)
    owner = writing.project(project)
    department = str(fields.get("department") or fields.get("unit") or (owner.department if owner else ""))
    if act.doctype == PROPOSAL and not department:
        department = person.department
    competent = competent_of(writing, department)
    title = str(fields.get("project_name") or fields.get("title") or (owner.title if owner else ""))
    if act.doctype not in shipped_doctypes():
        doc = FlowDocument(act.doctype, act.doc, "", fields, department, competent, person.user, title=title)
        return Record(doc, "" if act.doctype == CLASSIFIED else project, act.at)
    derived = _DERIVED.get(act.doctype)
    record = Record(FlowDocument(act.doctype, act.doc, "", fields, department, competent, person.user), project, act.at)
    fields = {**fields, **(derived(writing, record) if derived else {})}
    doc = begin(
        shipped(act.doctype),
        act.doc,
        at=act.at,
        fields=fields,
        department=department,
        competent_department=competent,
        owner=person.user,
        title=title,
    )
    return replace(record, doc=doc)


def _fields(writing: Writing, act: Act) -> dict[str, Any]:
    before: dict[str, Any] = {}
    if act.copy_of:
        source = writing.record(act.copy_of)
        if source is None:
            raise InputError(
                f"没有可供复制的“{act.copy_of}”。",
                f"There is no “{act.copy_of}” to copy from.",
                file=act.file,
                line=act.line,
            )
        if act.doctype == PROPOSAL:
            shadow = replace(
                source, doc=replace(source.doc, fields={**source.fields, "earlier_declaration": source.key})
            )
            earlier = earlier_of(writing, shadow)
            assert earlier is not None
            before = copy_for_redeclaration(source.fields, earlier, earlier.plan_year)
            before = enter(PROPOSAL, {}, as_typed({k: v for k, v in before.items() if k != "plan_year"}))
        else:
            before = copied(act.doctype, source.fields)
    if act.doctype in (ORDER, PAYMENT):
        return {**before, **_trade(act.data)}
    return enter(act.doctype, before, act.data)


def _trade(data: Mapping[str, Any]) -> dict[str, Any]:
    """A purchase order's or payment's fields: ERPNext's documents, so no form of ours describes them."""
    readers: dict[str, Callable[[Any], Any]] = {"amount": parse_amount, "signed_on": parse_day, "paid_on": parse_day}
    return {name: readers.get(name, str)(value) for name, value in data.items()}


def _project(writing: Writing, fields: Mapping[str, Any]) -> str:
    """The project by what the document names: itself, another document of it, or the earlier declaration."""
    for name in LINKS:
        key = fields.get(name)
        if not key:
            continue
        if name == "project":
            return str(key) if writing.project(str(key)) else ""
        other = writing.record(str(key))
        if other is not None:
            return other.project
    earlier = writing.record(str(fields.get("earlier_declaration") or ""))
    return earlier.project if earlier else ""


def competent_of(writing: Writing, department: str) -> str:
    """The competent department of a unit, by name; empty for the county."""
    unit = writing.world.units_by_name.get(department)
    return unit.competent_department if unit else ""


# --- what a new procedure document knows by itself ------------------------------------------------


def _of_review(writing: Writing, record: Record) -> dict[str, Any]:
    proposal = writing.record(str(record.get("proposal") or ""))
    if proposal is None:
        return {}
    rounds = len(of_proposal(writing, proposal, record.doc.doctype)) + 1
    return {
        "round": rounds,
        "scheme_version": proposal.get("scheme_version"),
        "declared_amount": total_of(proposal.fields),
    }


def _of_work(writing: Writing, record: Record) -> dict[str, Any]:
    project = writing.project(record.project)
    return {"form_kind": project.form_kind} if project else {}


def _of_change(writing: Writing, record: Record) -> dict[str, Any]:
    project = writing.project(record.project)
    return {"form_kind": project.form_kind, "base_amount": project.approved_total} if project else {}


def _of_acceptance(writing: Writing, record: Record) -> dict[str, Any]:
    works = writing.of_project(record.project, IMPLEMENTATION)
    rounds = writing.of_project(record.project, ACCEPTANCE)
    derived = {**_of_work(writing, record), "round": len(rounds) + 1}
    if works and "implementation" not in record.fields:
        derived["implementation"] = works[-1].key
    return derived


def _of_evaluation(writing: Writing, record: Record) -> dict[str, Any]:
    return {}


_DERIVED: dict[str, Callable[[Writing, Record], dict[str, Any]]] = {
    PRELIMINARY: _of_review,
    JOINT: _of_review,
    IMPLEMENTATION: _of_work,
    CHANGE: _of_change,
    ACCEPTANCE: _of_acceptance,
    EVALUATION: _of_evaluation,
}
