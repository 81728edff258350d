"""待办事项: what is open for whom, and what colleagues do with it – transfer, add a signer, copy, urge, take back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from ..policy.calendar import WorkCalendar, day_of, shipped_calendar
from ..policy.text import Text
from .definition import Definition, Transition
from .document import AddedSigner, FlowDocument, WorkItem
from .permission import acted_for, in_scope
from .person import Person
from .refusal import Refused, person_text, refusal, role_text, unit_of, who_text
from .roles import organ_of
from .signing import missing_roles, owed_by_added, signed_roles
from .terms import joined, term

TRANSFER, ADD_SIGNER, COPY, URGE, TAKE_BACK = "Transfer Work", "Add Signer", "Copy To", "Urge Decision", "Take Back"


def due_date(definition: Definition, state: str, at: datetime, calendar: WorkCalendar | None) -> date | None:
    """The last day of a state's time limit, counted in working days from the day after ``at``; None without a limit.

    Raises:
        InputError: the calendar does not know a year that is needed.
    """
    limit = definition.state(state).time_limit
    return (calendar or shipped_calendar()).add_working_days(day_of(at), limit) if limit else None


def items_for(
    definition: Definition, doc: FlowDocument, at: datetime, calendar: WorkCalendar | None = None
) -> tuple[WorkItem, ...]:
    """The items that must be open for the document as it stands: one per role that has something to decide or sign,
    and one per added signer who has not signed."""
    due = due_date(definition, doc.state, at, calendar)
    rows = [row for row in definition.rows(doc.state) if _is_work(definition, doc, row)]
    roles = dict.fromkeys(row.role for row in rows)
    items = [WorkItem(doc.doctype, doc.name, doc.state, role, unit_of(role, doc), at, due) for role in roles]
    items += [
        WorkItem(
            doc.doctype,
            doc.name,
            doc.state,
            s.role,
            unit_of(s.role, doc),
            at,
            due,
            user=s.user,
            given_by=s.added_by,
            added=True,
        )
        for s in doc.added_signers
        if owed_by_added(doc, s.action, s.user)
    ]
    return tuple(items)


def _is_work(definition: Definition, doc: FlowDocument, row: Transition) -> bool:
    """Whether the row makes its role's turn: not what may merely be done besides (withdraw, reject, prolong)."""
    if row.kind not in ("forward", "return") or not row.parsed.met(doc.fields):
        return False
    collects = definition.collects(doc.state, row.action)
    if row.next_state == row.state and not collects and row.kind == "forward":
        return False
    if collects and not missing_roles(definition, doc, row.action):
        return False
    if row.signatures_of and missing_roles(definition, doc, row.signatures_of):
        return False
    return not signed_roles(doc, row)


def transfer(
    definition: Definition,
    doc: FlowDocument,
    item: WorkItem,
    giver: Person,
    receiver: Person,
    *,
    people: Iterable[Person] = (),
) -> FlowDocument:
    """转办: hand an open item to a colleague of the same role and unit; the document is returned with the item changed.

    Raises:
        Refused: the item is not the giver's, or the receiver may not take it.
    """
    _check_holder(doc, item, giver, TRANSFER)
    _check_receiver(definition, doc, item.role, giver, receiver, TRANSFER, people)
    return _exchange(doc, item, replace(item, user=receiver.user, given_by=giver.user))


def take_back_item(doc: FlowDocument, item: WorkItem, giver: Person) -> FlowDocument:
    """取回: take back an item that one has transferred, or a signer that one has added, while it is still open.

    Raises:
        Refused: one has not given it, or it is no longer open.
    """
    facts = {"person": person_text(giver), "who": role_text(item.role, doc)}
    if item not in doc.work_items:
        raise refusal(
            "flow.nothing_to_take_back", {**facts, "why": Text("该待办事项已经办理", "the item has been dealt with")}
        )
    if item.given_by != giver.user or item.kind != "decide":
        raise refusal(
            "flow.nothing_to_take_back",
            {
                **facts,
                "why": Text(
                    "该待办事项不是本人转办或加签的", "this person has neither transferred it nor added its signer"
                ),
            },
        )
    if item.added:
        left = tuple(s for s in doc.added_signers if (s.role, s.user) != (item.role, item.user))
        return _exchange(replace(doc, added_signers=left), item)
    return _exchange(doc, item, replace(item, user="", given_by=""))


def add_signer(
    definition: Definition,
    doc: FlowDocument,
    action: str,
    giver: Person,
    receiver: Person,
    *,
    at: datetime,
    people: Iterable[Person] = (),
    calendar: WorkCalendar | None = None,
) -> FlowDocument:
    """加签: a colleague of the same role and unit must sign ``action`` too before it completes.

    Raises:
        Refused: the giver may not take the action himself, or the colleague may not sign it, or already does.
    """
    rows = [
        r
        for r in definition.rows(doc.state, action)
        if r.kind != "system" and r.role in giver.roles and in_scope(r.role, giver, doc)
    ]
    if not rows:
        holders = [r.role for r in definition.rows(doc.state, action)] or [definition.state(doc.state).role]
        raise _not_yours(doc, giver, ADD_SIGNER, holders)
    role = rows[0].role
    _check_receiver(definition, doc, role, giver, receiver, ADD_SIGNER, people)
    if any((s.action, s.user) == (action, receiver.user) for s in doc.added_signers) or any(
        receiver.user in (s.user, s.on_behalf_of) for s in doc.signatures if s.action == action
    ):
        raise _not_suitable(doc, role, receiver, ADD_SIGNER, Text("已在签署人之列", "signs already"), ())
    signer = AddedSigner(action, role, receiver.user, giver.user, at)
    item = WorkItem(
        doc.doctype,
        doc.name,
        doc.state,
        role,
        unit_of(role, doc),
        at,
        due_date(definition, doc.state, at, calendar),
        user=receiver.user,
        given_by=giver.user,
        added=True,
    )
    return replace(doc, added_signers=(*doc.added_signers, signer), work_items=(*doc.work_items, item))


def copy_to(doc: FlowDocument, giver: Person, receiver: Person, *, at: datetime) -> FlowDocument:
    """抄送: let somebody know. Nothing is asked of him, and it gives him no right that he does not have."""
    role = min(receiver.roles, default="")
    item = WorkItem(
        doc.doctype,
        doc.name,
        doc.state,
        role,
        receiver.department,
        at,
        kind="copy",
        user=receiver.user,
        given_by=giver.user,
    )
    return replace(doc, work_items=(*doc.work_items, item))


def urge(doc: FlowDocument, item: WorkItem, person: Person, *, at: datetime) -> FlowDocument:
    """催办: remind whoever holds an open item; noted in the item.

    Raises:
        Refused: it is one's own item, a copy, or no longer open.
    """
    why = None
    if item not in doc.work_items:
        why = Text("该待办事项已经办理", "the item has been dealt with")
    elif item.kind != "decide":
        why = Text("该件为抄送件", "it is a copy")
    elif _holds(doc, item, person):
        why = Text("该待办事项属本人", "the item is this person's own")
    if why is not None:
        raise refusal("flow.not_to_urge", {"why": why, "person": person_text(person)})
    return _exchange(doc, item, replace(item, urged=(*item.urged, at)))


# --- shared ----------------------------------------------------------------------------------------------------------


def _exchange(doc: FlowDocument, old: WorkItem, *new: WorkItem) -> FlowDocument:
    items: list[WorkItem] = []
    for item in doc.work_items:
        items.extend(new if item == old else (item,))
    return replace(doc, work_items=tuple(items))


def _holds(doc: FlowDocument, item: WorkItem, person: Person) -> bool:
    if item.user:
        return item.user == person.user
    return item.role in person.roles and in_scope(item.role, person, doc)


def _check_holder(doc: FlowDocument, item: WorkItem, giver: Person, action: str) -> None:
    if item not in doc.work_items or item.kind != "decide" or not _holds(doc, item, giver):
        raise _not_yours(doc, giver, action, [item.role])


def _not_yours(doc: FlowDocument, giver: Person, action: str, roles: Iterable[str]) -> Refused:
    held = joined(role_text(role, doc) for role in dict.fromkeys(roles))
    return refusal(
        "flow.item_not_yours", {"roles": held, "person": person_text(giver), "action": term(action), "who": held}
    )


def _check_receiver(
    definition: Definition,
    doc: FlowDocument,
    role: str,
    giver: Person,
    receiver: Person,
    action: str,
    people: Iterable[Person],
) -> None:
    why = _unsuitable(definition, doc, role, giver, receiver)
    if why is not None:
        able = [p for p in people if _unsuitable(definition, doc, role, giver, p) is None]
        raise _not_suitable(doc, role, receiver, action, why, able)


def _not_suitable(
    doc: FlowDocument, role: str, receiver: Person, action: str, why: Text, able: Iterable[Person]
) -> Refused:
    return refusal(
        "flow.receiver_not_suitable",
        {
            "action": term(action),
            "receiver": person_text(receiver),
            "why": why,
            "who": who_text([role], doc, tuple(able)),
        },
    )


def _unsuitable(definition: Definition, doc: FlowDocument, role: str, giver: Person, receiver: Person) -> Text | None:
    if receiver.user == giver.user:
        return Text("就是本人", "is the same person")
    if role not in receiver.roles:
        return Text(f"没有“{term(role).zh}”岗位", f"does not hold the role {term(role).en}")
    if receiver.department != giver.department or not in_scope(role, receiver, doc):
        return Text(f"属“{receiver.department}”", f"belongs to “{receiver.department}”")
    if set(acted_for(definition, doc, receiver.user)) - {organ_of(role)}:
        return Text("已在本件上代表其他部门办理", "has acted on this document for another organ")
    return None
