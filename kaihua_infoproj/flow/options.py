"""What a person may do with a document now, and if not, why not and who may."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ..policy.finding import Finding
from ..policy.text import Text
from .definition import Definition, Transition
from .document import FlowDocument, SealedPaper
from .permission import Act, permitted, who_may
from .person import Person, Substitution
from .refusal import Refused
from .roles import ENTERING
from .terms import term


@dataclass(frozen=True)
class Option:
    """An action out of the present state, for one person.

    Attributes:
        action, label: its name and how people read it. next_state: where it leads when complete.
        allowed: whether he may take it now; then ``role`` is the role he acts in.
        why: the refusal if not. who: those who may, as far as people were given.
        on_behalf_of: the user he would stand in for, empty for himself.
        on_paper: allowed only as an entry of a sealed paper.
        opinion_required: whether a written opinion will be asked.
    """

    action: str
    label: Text
    kind: str
    allowed: bool
    next_state: str
    role: str = ""
    why: Finding | None = None
    who: tuple[Person, ...] = ()
    on_behalf_of: str = ""
    on_paper: bool = False
    opinion_required: bool = False

    @property
    def why_not(self) -> Text | None:
        """The whole sentence why not, or None."""
        return Text(self.why.zh, self.why.en) if self.why else None


def options(
    definition: Definition,
    doc: FlowDocument,
    person: Person,
    at: datetime,
    *,
    substitutions: Iterable[Substitution] = (),
    people: Iterable[Person] = (),
) -> tuple[Option, ...]:
    """Every action out of the present state, in the definition's order, with why not and who may instead.

    An action that the person may take in his own right is offered so; else on behalf of somebody whose substitution
    is valid now; else, for enterers, as an entry from paper; else it is refused for himself.

    Args:
        people: everybody who might act, by whom *who* and the represented are known.
    """
    everybody = tuple(people)
    known = tuple(substitutions)
    represented = [
        p for p in everybody if any(s.names(person.user, p.user) and s.valid(at, definition.doctype) for s in known)
    ]
    found = []
    for action in definition.actions(doc.state):
        row = definition.rows(doc.state, action)[0]
        acts = [Act(person, action, at), *(Act(person, action, at, represented=p) for p in represented)]
        if person.roles & set(ENTERING):
            acts.append(Act(person, action, at, from_paper=SealedPaper("…", "…")))
        found.append(_option(definition, doc, row, acts, known, everybody))
    return tuple(found)


def _option(
    definition: Definition,
    doc: FlowDocument,
    row: Transition,
    acts: list[Act],
    substitutions: tuple[Substitution, ...],
    people: tuple[Person, ...],
) -> Option:
    who = who_may(definition, doc, row.action, people, acts[0].at)
    first: Finding | None = None
    for act in acts:
        try:
            taken = permitted(definition, doc, act, substitutions=substitutions, people=people)
        except Refused as refused:
            first = first or refused.finding
        else:
            return Option(
                row.action,
                term(row.action),
                taken.kind,
                True,
                taken.next_state,
                taken.role,
                None,
                who,
                act.represented.user if act.represented else "",
                act.from_paper is not None,
                taken.opinion_required,
            )
    return Option(
        row.action,
        term(row.action),
        row.kind,
        False,
        row.next_state,
        "",
        first,
        who,
        opinion_required=row.opinion_required,
    )
