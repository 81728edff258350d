"""Who may make a document and write in it – the offline counterpart of permissions, field rules and the gate."""

from __future__ import annotations

from collections.abc import Iterable

from ...flow.definition import Definition, shipped, shipped_doctypes
from ...flow.document import FlowDocument
from ...flow.permission import in_scope
from ...flow.person import Person
from ...flow.refusal import person_text, refusal, roles_text
from ...flow.roles import (
    APPLICANT,
    CENTRE_HEAD,
    CENTRE_OFFICER,
    COMPETENT_REVIEWER,
    EXPERT,
    POLICY_ADMINISTRATOR,
    SECRECY_OFFICER,
    UNIT_HEAD,
    organ_of,
)
from ...flow.terms import term
from ...policy.text import Text
from .entering import field_of

UNIT = (APPLICANT, UNIT_HEAD)
CENTRE = (CENTRE_OFFICER, CENTRE_HEAD)

WRITERS = {
    "IT Project Classified Stub": (SECRECY_OFFICER,),
    "IT Project Paper": (*UNIT, *CENTRE),
    "IT Project Follow-up": (*UNIT, *CENTRE),
    "IT Project Expert Sheet": (EXPERT,),
    "IT Project Data Dictionary": (*UNIT, *CENTRE),
    "IT Project Progress Report": UNIT,
    "IT Project Supervision Check": (COMPETENT_REVIEWER,),
    "IT Project Software Estimate": UNIT,
    "IT Project Draw": CENTRE,
    "Purchase Order": UNIT,
    "Payment Entry": UNIT,
    "IT Project Expert": CENTRE,
    "IT Project Declaration Batch": CENTRE,
    "IT System": (*UNIT, *CENTRE),
    "IT System Inspection": CENTRE,
    "Supplier": (*UNIT, *CENTRE),
    "IT Project Substitution": UNIT + CENTRE + (POLICY_ADMINISTRATOR,),
    "IT Project Policy": (POLICY_ADMINISTRATOR,),
}
"""Document without a Workflow → the roles that write it."""

RECEIVED = frozenset({"IT Project Data Dictionary"})
"""Documents that the unit fills in and the Data Centre receives: each types its own fields only."""

_ORGANS_OF_FIELD = {
    "unit": ("unit",),
    "competent": ("competent_department",),
    "drb": ("drb",),
    "expert": ("expert",),
    "centre": ("data_centre", "drb", "finance"),
    "county": ("data_centre", "drb", "finance", "magistrate", "county_government"),
}
"""Whose a field is, by its form → organs whose people type it."""


def check_making(doc: FlowDocument, person: Person) -> None:
    """Refuse a person who may not make this document.

    Raises:
        Refused: he holds none of the roles that make such documents, or belongs to another unit.
    """
    if doc.doctype in shipped_doctypes():
        organ = organ_of(shipped(doc.doctype).start.role)
        roles = tuple(
            role for role in dict.fromkeys((shipped(doc.doctype).start.role, *UNIT, *CENTRE)) if organ_of(role) == organ
        )
    else:
        roles = WRITERS[doc.doctype]
    if not any(
        role in person.roles
        and (role in (SECRECY_OFFICER, POLICY_ADMINISTRATOR, EXPERT) or in_scope(role, person, doc))
        for role in roles
    ):
        raise refusal(
            "flow.making_not_yours",
            {"person": person_text(person), "procedure": term(doc.doctype), "roles": roles_text(roles, doc)},
        )


def check_editing(doc: FlowDocument, person: Person, names: Iterable[str]) -> None:
    """Refuse a person who may not type these fields now.

    Raises:
        Refused: the document is decided, it is another organ's turn, or a field is another organ's.
    """
    if doc.doctype not in shipped_doctypes():
        check_making(doc, person)
        if doc.doctype in RECEIVED:
            check_fields(doc, person, names, {organ_of(role) for role in person.roles})
        return
    definition = shipped(doc.doctype)
    facts = {"person": person_text(person), "state": term(doc.state), "procedure": term(doc.doctype)}
    if definition.state(doc.state).kind == "end":
        raise refusal("flow.editing_decided", facts)
    roles = turn_of(definition, doc)
    mine = {organ_of(role) for role in person.roles if role in roles and in_scope(role, person, doc)}
    if not mine:
        raise refusal("flow.editing_not_yours", {**facts, "roles": roles_text(roles, doc)})
    check_fields(doc, person, names, mine)


def turn_of(definition: Definition, doc: FlowDocument) -> tuple[str, ...]:
    """The roles that write in the present state: the state's own, colleagues of its organ, and whoever acts in it."""
    own = definition.state(doc.state).role
    organ = organ_of(own)
    colleagues = [role for role in (*UNIT, *CENTRE) if organ_of(role) == organ]
    acting = [row.role for row in definition.rows(doc.state) if row.kind == "forward" and organ_of(row.role) != "unit"]
    return tuple(dict.fromkeys((own, *colleagues, *acting)))


def check_fields(doc: FlowDocument, person: Person, names: Iterable[str], organs: Iterable[str]) -> None:
    """Refuse fields that another organ types.

    Args:
        organs: the organs for which the person writes now.

    Raises:
        Refused: naming the first such field.
    """
    organs = set(organs)
    for name in names:
        field = field_of(doc.doctype, name)
        if field is None:
            continue
        allowed = _ORGANS_OF_FIELD.get(field.by, (field.by,))
        if field.derived:
            raise refusal("flow.editing_derived", {"field": field.label})
        if not organs & set(allowed):
            raise refusal(
                "flow.editing_other_field",
                {"person": person_text(person), "field": field.label, "organ": organ_text(field.by)},
            )


def organ_text(by: str) -> Text:
    """Whose a field is, as people read it."""
    return {
        "unit": Text("申报（建设）单位", "the applicant unit"),
        "competent": Text("主管部门", "the competent department"),
        "drb": Text("县发改局", "the DRB"),
        "expert": Text("评审专家", "the expert"),
        "centre": Text("县大数据中心", "the Data Centre"),
    }.get(by, Text("县级有关部门", "the county's organs"))
