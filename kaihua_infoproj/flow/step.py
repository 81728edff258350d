"""One step of an approval chain: what follows when a person, or the system, takes an action.

Everything is plain data and pure: the same functions serve the service, the explanation, the offline player and
the command line. Amounts, periods of the measure and findings are ``policy``'s; here are states, roles, signatures.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from ..policy.calendar import WorkCalendar
from ..policy.text import Text
from .definition import Definition, Transition
from .document import Decided, FlowDocument, SealedPaper, Signature, WorkItem
from .permission import Act, own_organ, permitted, who_may
from .person import Person, Substitution
from .refusal import person_text, refusal, who_text
from .roles import organ_of
from .signing import complete as signatures_complete
from .signing import missing_roles, owed_by_added, rows_of
from .terms import term, zh
from .work_items import items_for

TAKE_BACK = "Take Back"


@dataclass(frozen=True)
class Step:
    """What a decision did.

    Attributes:
        transition: the row taken; its role is the one acted in.
        complete: whether the signatures are complete and the action took effect.
        state, next_state: before and after; equal while signatures are missing.
        doc_status: of the document after the step, 0 or 1.
        signatures: of the present state after the step. missing: roles that still have to sign.
        opened, closed: work items. due: until when the next holder has, None without a time limit.
        decided: the entry of the history. document: the document after the step.
    """

    transition: Transition
    complete: bool
    state: str
    next_state: str
    doc_status: int
    signatures: tuple[Signature, ...]
    missing: tuple[str, ...]
    opened: tuple[WorkItem, ...]
    closed: tuple[WorkItem, ...]
    due: date | None
    decided: Decided
    document: FlowDocument

    @property
    def action(self) -> str:
        """The action taken."""
        return self.transition.action

    @property
    def role(self) -> str:
        """The role acted in."""
        return self.transition.role


def begin(
    definition: Definition,
    name: str,
    *,
    at: datetime,
    fields: Mapping[str, Any] | None = None,
    department: str = "",
    competent_department: str = "",
    owner: str = "",
    assigned: Iterable[str] = (),
    title: str = "",
    calendar: WorkCalendar | None = None,
) -> FlowDocument:
    """A new document in the first state, with its first work item."""
    doc = FlowDocument(
        definition.doctype,
        name,
        definition.start.name,
        dict(fields or {}),
        department,
        competent_department,
        owner,
        assigned=frozenset(assigned),
        title=title,
    )
    return replace(doc, work_items=items_for(definition, doc, at, calendar))


def step(
    definition: Definition,
    doc: FlowDocument,
    person: Person,
    action: str,
    *,
    at: datetime,
    opinion: str = "",
    on_behalf_of: str = "",
    from_paper: SealedPaper | None = None,
    as_role: str = "",
    substitutions: Iterable[Substitution] = (),
    people: Iterable[Person] = (),
    calendar: WorkCalendar | None = None,
) -> Step:
    """Take an action.

    Args:
        at: the moment, with its offset.
        on_behalf_of: user of the person represented; he must be among ``people``.
        from_paper: the sealed paper that is entered, for decisions of the magistrate and the county government.
        as_role: the role to act in where the person holds several that may.
        people: everybody who might act, to find the represented and to name who may instead.
        calendar: for time limits in working days; the shipped one if none is given.

    Raises:
        Refused: the flow does not allow it; nothing has changed.
        InputError: the calendar does not know a year that a time limit needs.
    """
    everybody = tuple(people)
    represented = _represented(definition, person, action, at, on_behalf_of, everybody)
    act = Act(person, action, at, represented, from_paper, as_role, opinion)
    row = permitted(definition, doc, act, substitutions=substitutions, people=everybody)
    bearer = act.bearer
    signature = Signature(
        action,
        row.role,
        person.user,
        person.name,
        at,
        opinion,
        on_behalf_of,
        from_paper.paper if from_paper else "",
        owed_by_added(doc, action, bearer.user),
    )
    signed = replace(doc, signatures=(*doc.signatures, signature))
    return _result(definition, doc, signed, row, signature, calendar)


def _represented(
    definition: Definition, person: Person, action: str, at: datetime, user: str, people: tuple[Person, ...]
) -> Person | None:
    if not user:
        return None
    found = next((p for p in people if p.user == user), None)
    if found is None:
        raise refusal(
            "flow.substitution_not_valid",
            {
                "action": term(action),
                "person": person_text(person),
                "represented": user,
                "at": at,
                "procedure": term(definition.doctype),
                "known": Text("没有这名人员", "there is no such person"),
            },
        )
    return found


def system_step(
    definition: Definition,
    doc: FlowDocument,
    action: str,
    *,
    at: datetime,
    cause: str = "",
    calendar: WorkCalendar | None = None,
) -> Step:
    """Take an action of kind system, as an effect of another document's decision.

    Args:
        cause: what brought it about, such as ``IT Project Annual Plan PLAN-2027``; kept as the opinion.

    Raises:
        Refused: the document is not in a state from which the action leads.
        ValueError: the action is not the system's (a mistake in the program).
    """
    system = Person("", zh("the system"))
    rows = [r for r in rows_of(definition, doc, action) if r.kind == "system"]
    if not rows:
        if any(t.action == action and t.kind != "system" for t in definition.transitions):
            raise ValueError(f"{action} is not a system action of {definition.doctype}")
        permitted(definition, doc, Act(system, action, at))
        raise AssertionError(action)
    signature = Signature(action, "", system.user, system.name, at, cause)
    return _result(definition, doc, doc, rows[0], signature, calendar)


def _result(
    definition: Definition,
    before: FlowDocument,
    signed: FlowDocument,
    row: Transition,
    signature: Signature,
    calendar: WorkCalendar | None,
) -> Step:
    """The step after the signature has been noted."""
    done = row.kind == "system" or signatures_complete(definition, signed, row.action)
    next_state = row.next_state if done else before.state
    decided = Decided(
        row.action,
        signature.role,
        signature.user,
        signature.name,
        signature.at,
        before.state,
        next_state,
        row.kind,
        done,
        signature.opinion,
        signature.on_behalf_of,
        signature.from_paper,
    )
    after = replace(signed, state=next_state, decided=(*before.decided, decided))
    if done and next_state != before.state:
        after = replace(after, signatures=(), added_signers=())
    elif done and not definition.collects(before.state, row.action):  # it stays in its state and may be taken again
        after = replace(
            after,
            signatures=tuple(s for s in after.signatures if s.action != row.action),
            added_signers=tuple(s for s in after.added_signers if s.action != row.action),
        )
    if done and row.kind == "forward" and organ_of(row.role) == own_organ(definition) and not signature.from_paper:
        after = replace(after, handed_in_by=signature.user)
    return _with_items(definition, before, after, row, done, decided, calendar)


def _with_items(
    definition: Definition,
    before: FlowDocument,
    after: FlowDocument,
    row: Transition,
    done: bool,
    decided: Decided,
    calendar: WorkCalendar | None,
) -> Step:
    """Close the work items that the step settled and open those that it makes."""
    wanted = items_for(definition, after, decided.at, calendar)
    open_now = [i for i in before.work_items if i.kind == "decide"]
    if after.state != before.state:
        closed, opened = tuple(open_now), wanted
    else:
        keys = {i.key for i in wanted}
        closed = tuple(i for i in open_now if i.key not in keys)
        held = {i.key for i in open_now}
        opened = tuple(i for i in wanted if i.key not in held)
    left = tuple(i for i in before.work_items if i not in closed)
    after = replace(after, work_items=(*left, *opened))
    dues = [i.due for i in after.work_items if i.due and i.kind == "decide"]
    missing = () if done else missing_roles(definition, after, row.action)
    return Step(
        row,
        done,
        before.state,
        after.state,
        definition.state(after.state).doc_status,
        after.signatures,
        missing,
        opened,
        closed,
        min(dues) if dues else None,
        decided,
        after,
    )


def take_back(
    definition: Definition,
    doc: FlowDocument,
    person: Person,
    *,
    at: datetime,
    people: Iterable[Person] = (),
    calendar: WorkCalendar | None = None,
) -> Step:
    """取回: undo one's own last forwarding before anybody has decided; the document goes back to where it came from.

    Only actions marked so in the definition: those that issue no paper and end nothing.

    Raises:
        Refused: it was not his, may not be taken back, or somebody has decided since.
    """
    everybody = tuple(people)
    mine = [
        d
        for d in doc.decided
        if person.user in (d.user, d.on_behalf_of) and d.kind == "forward" and d.complete and not d.from_paper
    ]
    holders = [r for r in definition.rows(doc.state) if r.kind in ("forward", "return")]
    who = who_text(
        (r.role for r in holders),
        doc,
        [
            p
            for p in everybody
            if any(p in who_may(definition, doc, a, [p], at) for a in dict.fromkeys(r.action for r in holders))
        ],
    )
    facts: dict[str, Any] = {"person": person_text(person), "who": who}
    if not mine:
        raise refusal(
            "flow.nothing_to_take_back",
            {**facts, "why": Text("本人没有办理过本件", "this person has forwarded nothing here")},
        )
    last, latest = mine[-1], doc.decided[-1]
    facts["action"] = term(last.action)
    row = next((r for r in definition.rows(last.state, last.action) if r.role == last.role), None)
    if row is None or not row.may_take_back:
        raise refusal(
            "flow.nothing_to_take_back",
            {**facts, "why": Text(f"“{zh(last.action)}”办理后即生效", f"“{last.action}” has taken effect")},
            row.article if row else "",
        )
    if latest is not last:
        raise refusal(
            "flow.take_back_too_late",
            {**facts, "decided_by": latest.name, "decided_at": latest.at, "later": term(latest.action)},
            row.article,
        )
    back = replace(row, state=doc.state, action=TAKE_BACK, next_state=last.state, kind="take back")
    decided = Decided(TAKE_BACK, row.role, person.user, person.name, at, doc.state, last.state, "take back")
    after = replace(doc, state=last.state, decided=(*doc.decided, decided), signatures=(), added_signers=())
    return _with_items(definition, doc, after, back, True, decided, calendar)
