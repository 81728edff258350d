"""Whether a person may take an action on a document, and if not, why not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from ..policy.text import Text, write
from .condition_text import actual, describe
from .definition import Definition, Transition
from .document import FlowDocument, SealedPaper
from .effects import CAUSES
from .person import Person, Substitution
from .refusal import (
    Refused,
    article_of,
    person_text,
    possible_text,
    refusal,
    roles_text,
    who_text,
)
from .roles import ENTERING, ON_PAPER, ORGANS, Scope, organ_of, scope_of
from .signing import missing_roles, owed_by_added, signed_roles
from .terms import joined, quoted, term


@dataclass(frozen=True)
class Act:
    """What somebody wants to do.

    Attributes:
        person: who acts. represented: for whom he stands in, None if for himself.
        from_paper: the sealed paper that he enters, None if it is his own decision.
        as_role: the role to act in, where he holds several; empty to let the flow choose.
        opinion: None leaves the opinion unchecked (for showing what is possible).
    """

    person: Person
    action: str
    at: datetime
    represented: Person | None = None
    from_paper: SealedPaper | None = None
    as_role: str = ""
    opinion: str | None = None

    @property
    def bearer(self) -> Person:
        """Whose roles and units count."""
        return self.represented or self.person


@dataclass(frozen=True)
class _Case:
    """An act with everything needed to judge it."""

    definition: Definition
    doc: FlowDocument
    act: Act
    people: tuple[Person, ...]
    rows: tuple[Transition, ...]

    def refuse(self, code: str, **facts: object) -> Refused:
        facts = {"action": term(self.act.action), "person": person_text(self.act.person), **facts}
        return refusal(code, facts, article_of(self.definition, self.doc.state, self.rows))

    def who(self, role: str = "") -> Text:
        """Who else may take the action, or only those of one role."""
        roles = [row.role for row in self.rows if role in ("", row.role)]
        people = [p for p in self.people if p.user != self.act.person.user and p.roles & set(roles)]
        able = who_may(self.definition, self.doc, self.act.action, people, self.act.at)
        return who_text(roles, self.doc, able)


def permitted(
    definition: Definition,
    doc: FlowDocument,
    act: Act,
    *,
    substitutions: Iterable[Substitution] = (),
    people: Iterable[Person] = (),
) -> Transition:
    """The transition that the act takes.

    Args:
        people: everybody who might act, to name who may instead.

    Raises:
        Refused: with the first reason, in this order: action and state, substitution, paper, role, unit, own document
            and organ, condition, signatures, opinion.
    """
    rows = _rows(definition, doc, act)
    case = _Case(definition, doc, act, tuple(people), rows)
    if act.represented is not None:
        _check_substitution(case, act.represented, tuple(substitutions))
    if act.from_paper is not None:
        rows = _on_paper(case, act.from_paper)
    else:
        rows = _of_role(case)
    rows = _of_unit(case, rows) if act.from_paper is None else rows
    for narrow in (_of_one_organ, _of_condition, _not_yet_signed):
        rows = narrow(case, rows)
    row = rows[0]
    _check_signatures(case, row)
    if act.opinion is not None and row.opinion_required and not act.opinion.strip():
        raise case.refuse("flow.opinion_missing")
    return row


def who_may(
    definition: Definition, doc: FlowDocument, action: str, people: Iterable[Person], at: datetime
) -> tuple[Person, ...]:
    """Those who may take the action in their own right, in the order given."""
    able = []
    for person in people:
        try:
            permitted(definition, doc, Act(person, action, at))
        except Refused:
            continue
        able.append(person)
    return tuple(able)


# --- the reasons, one function each ----------------------------------------------------------------------------------


def _rows(definition: Definition, doc: FlowDocument, act: Act) -> tuple[Transition, ...]:
    rows = definition.rows(doc.state, act.action)
    possible = possible_text(definition, doc.state)
    facts = {
        "action": term(act.action),
        "state": term(doc.state),
        "procedure": term(definition.doctype),
        "possible": possible,
    }
    article = article_of(definition, doc.state, rows)
    if act.action not in definition.actions():
        raise refusal("flow.unknown_action", facts, article)
    if not definition.has_state(doc.state):
        raise refusal("flow.unknown_state", facts, article)
    if definition.state(doc.state).kind == "end":
        raise refusal("flow.already_decided", facts, article)
    if not rows:
        states = dict.fromkeys(t.state for t in definition.transitions if t.action == act.action)
        raise refusal("flow.wrong_state", {**facts, "states": quoted(states)}, article)
    if all(row.kind == "system" for row in rows):
        raise refusal("flow.system_only", {**facts, "cause": cause_text(act.action)}, article)
    return tuple(row for row in rows if row.kind != "system")


def cause_text(action: str) -> Text:
    """The decisions that bring a system action about."""
    causes = [
        Text(f"{term(d).zh}“{term(a).zh}”", f"“{term(a).en}” of the {term(d).en}") for d, a in CAUSES.get(action, ())
    ]
    return Text("或".join(t.zh for t in causes) or "系统办理", " or ".join(t.en for t in causes) or "the system")


def _check_substitution(case: _Case, represented: Person, substitutions: Sequence[Substitution]) -> None:
    act, procedure = case.act, case.definition.doctype
    known = [s for s in substitutions if s.names(act.person.user, represented.user)]
    if any(s.valid(act.at, procedure) for s in known):
        return
    told = joined(
        Text(
            f"现有授权自{write(s.since, 'zh')}至{write(s.until, 'zh')}，适用于{quoted(sorted(s.procedures)).zh}",
            f"the substitution on record runs from {write(s.since, 'en')} to {write(s.until, 'en')} for "
            f"{quoted(sorted(s.procedures)).en}",
        )
        for s in known
    )
    raise case.refuse(
        "flow.substitution_not_valid",
        represented=person_text(represented),
        at=act.at,
        procedure=term(procedure),
        known=told if known else Text("没有登记授权代理", "no substitution is on record"),
    )


def _on_paper(case: _Case, paper: SealedPaper) -> tuple[Transition, ...]:
    on_paper = tuple(row for row in case.rows if row.role in ON_PAPER and case.act.as_role in ("", row.role))
    if not on_paper or not case.act.bearer.roles & set(ENTERING):
        raise case.refuse(
            "flow.paper_not_allowed",
            roles_on_paper=joined(term(r) for r in ON_PAPER),
            entering=joined(term(r) for r in ENTERING),
            who=case.who(),
        )
    lacking = [
        text
        for value, text in (
            (paper.paper, Text("缺文书名称或文号", "the paper's name or number is missing")),
            (paper.sealed_file, Text("缺盖章扫描件", "the sealed scan is missing")),
        )
        if not value.strip()
    ]
    if lacking:
        raise case.refuse(
            "flow.paper_missing", roles=roles_text((r.role for r in on_paper), case.doc), lacking=joined(lacking)
        )
    return on_paper


def _of_role(case: _Case) -> tuple[Transition, ...]:
    mine = tuple(row for row in case.rows if row.role in case.act.bearer.roles and case.act.as_role in ("", row.role))
    if mine:
        return mine
    on_paper = [row.role for row in case.rows if row.role in ON_PAPER]
    if on_paper and case.act.bearer.roles & set(ENTERING):
        raise case.refuse(
            "flow.paper_missing",
            roles=roles_text(on_paper, case.doc),
            lacking=Text("未注明依据纸质件录入", "it is not marked as entered from paper"),
        )
    raise case.refuse("flow.not_your_role", roles=roles_text((r.role for r in case.rows), case.doc), who=case.who())


def in_scope(role: str, person: Person, doc: FlowDocument) -> bool:
    """Whether a holder of ``role`` reaches the document by his unit, the county or his assignment; unknown means no."""
    scope = scope_of(role)
    if scope is Scope.UNIT:
        return person.belongs_to(doc.department)
    if scope is Scope.COMPETENT:
        return person.belongs_to(doc.competent_department)
    if scope is Scope.ASSIGNED:
        return person.user in doc.assigned
    return scope is Scope.COUNTY


def _of_unit(case: _Case, rows: tuple[Transition, ...]) -> tuple[Transition, ...]:
    mine = tuple(row for row in rows if in_scope(row.role, case.act.bearer, case.doc))
    if not mine:
        raise case.refuse(
            "flow.not_your_unit",
            units=roles_text((r.role for r in rows), case.doc),
            own_unit=case.act.bearer.department or Text("未登记", "not recorded"),
            who=case.who(),
        )
    return mine


def own_organ(definition: Definition) -> str:
    """The organ that makes the documents of a procedure: that of the first state."""
    return organ_of(definition.start.role)


def acted_for(definition: Definition, doc: FlowDocument, user: str) -> dict[str, str]:
    """Organ → what the user did for it on this document: made it, handed it in, or took an action."""
    done = {own_organ(definition): ""} if user in (doc.owner, doc.handed_in_by) and user else {}
    for decided in doc.decided:
        if user in (decided.user, decided.on_behalf_of) and not decided.from_paper:
            done.setdefault(organ_of(decided.role), decided.action)
    return done


def _of_one_organ(case: _Case, rows: tuple[Transition, ...]) -> tuple[Transition, ...]:
    """Rows for which neither the actor nor the one he represents has spoken for another organ.

    Entering a sealed paper is no decision of the person who enters it, so it binds him to no organ.
    """
    if case.act.from_paper is not None:
        return rows
    refused: Refused | None = None
    left = []
    for row in rows:
        conflict = _other_organ(case, row)
        if conflict is None:
            left.append(row)
        else:
            refused = refused or conflict
    if not left and refused:
        raise refused
    return tuple(left)


def _other_organ(case: _Case, row: Transition) -> Refused | None:
    organ = organ_of(row.role)
    for person in (case.act.person, case.act.bearer):
        for earlier_organ, earlier in acted_for(case.definition, case.doc, person.user).items():
            if earlier_organ == organ:
                continue
            facts = {
                "acted_by": person_text(person),
                "own_organ": ORGANS.get(earlier_organ, Text("", "")),
                "organ": ORGANS[organ],
                "who": case.who(row.role),
            }
            if earlier_organ == own_organ(case.definition):
                return case.refuse("flow.own_document", **facts)
            return case.refuse("flow.signed_for_other_organ", **facts, earlier=term(earlier))
    return None


def _of_condition(case: _Case, rows: tuple[Transition, ...]) -> tuple[Transition, ...]:
    met = tuple(row for row in rows if row.parsed.met(case.doc.fields))
    if not met:
        asked = [describe(row.parsed) for row in rows]
        possible = [
            a
            for a in case.definition.actions(case.doc.state)
            if a != case.act.action
            and any(
                t.kind != "system" and t.parsed.met(case.doc.fields) for t in case.definition.rows(case.doc.state, a)
            )
        ]
        raise case.refuse(
            "flow.condition_not_met",
            condition=Text("，或".join(t.zh for t in asked), ", or ".join(t.en for t in asked)),
            actual=actual(rows[0].parsed, case.doc.fields),
            possible=quoted(possible) if possible else Text("无", "nothing"),
        )
    return met


def _not_yet_signed(case: _Case, rows: tuple[Transition, ...]) -> tuple[Transition, ...]:
    doc, act = case.doc, case.act
    if owed_by_added(doc, act.action, act.bearer.user):
        return rows
    left = tuple(row for row in rows if not signed_roles(doc, row))
    if not left:
        signature = signed_roles(doc, rows[0])[-1]
        missing = missing_roles(case.definition, doc, signature.action)
        waiting = (
            Text(f"尚待{roles_text(missing, doc).zh}签署", f"{roles_text(missing, doc).en} still has to sign")
            if missing
            else Text("各岗位已签齐", "all roles have signed")
        )
        raise case.refuse(
            "flow.already_signed",
            roles=roles_text([signature.role], doc),
            signer=signature.name,
            signed_at=signature.at,
            signed=term(signature.action),
            waiting=waiting,
        )
    return left


def _check_signatures(case: _Case, row: Transition) -> None:
    if not row.signatures_of:
        return
    missing = missing_roles(case.definition, case.doc, row.signatures_of)
    owed = tuple(s for s in case.doc.added_signers if owed_by_added(case.doc, row.signatures_of, s.user))
    if missing or owed:
        names = {p.user: p.name for p in case.people}
        texts = [roles_text(missing, case.doc)] if missing else []
        texts += [Text(n, n) for n in (names.get(s.user, s.user) for s in owed)]
        raise case.refuse("flow.signatures_incomplete", needed=term(row.signatures_of), missing=joined(texts))
