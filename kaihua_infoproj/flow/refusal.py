"""Refusals: each is a finding that says article, fact, who may, and the way out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..policy.finding import Finding, found
from ..policy.text import Text
from .definition import Definition, Transition
from .document import FlowDocument
from .person import Person
from .roles import Scope, scope_of
from .terms import joined, quoted, term

NAMED_AT_MOST = 4


class Refused(Exception):
    """An act that the flow does not allow.

    Attributes:
        finding: code, article, facts and sentences in both languages.
    """

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.zh)
        self.finding = finding

    @property
    def code(self) -> str:
        """The finding's code, such as ``flow.not_your_role``."""
        return self.finding.code


def refusal(code: str, facts: Mapping[str, Any], article: str = "") -> Refused:
    """The refusal ``code`` of the catalogue, under the article of the transition concerned."""
    finding = found(code, facts)
    return Refused(replace(finding, article=article) if article else finding)


def person_text(person: Person) -> Text:
    """A person as sentences name him."""
    return Text(person.name or person.user, person.name or person.user)


def unit_of(role: str, doc: FlowDocument) -> str:
    """The unit for which ``role`` acts on ``doc``; empty for the county's organs."""
    return {Scope.UNIT: doc.department, Scope.COMPETENT: doc.competent_department}.get(scope_of(role), "")


def role_text(role: str, doc: FlowDocument) -> Text:
    """A role with the unit it must be of."""
    name, unit = term(role), unit_of(role, doc)
    return Text(f"{unit}的{name.zh}", f"{name.en} of {unit}") if unit else name


def roles_text(roles: Iterable[str], doc: FlowDocument) -> Text:
    """Several roles, each once."""
    return joined(role_text(role, doc) for role in dict.fromkeys(roles))


def who_text(roles: Iterable[str], doc: FlowDocument, people: Sequence[Person]) -> Text:
    """The roles that may, and the names of those who hold them as far as they are known."""
    text = roles_text(roles, doc)
    if not people:
        return text
    names = [p.name or p.user for p in people]
    shown = names[:NAMED_AT_MOST]
    more = len(names) > NAMED_AT_MOST
    return Text(
        f"{text.zh}（{'、'.join(shown)}{'等' if more else ''}）",
        f"{text.en} ({', '.join(shown)}{' and others' if more else ''})",
    )


def article_of(definition: Definition, state: str, rows: Sequence[Transition]) -> str:
    """The article a refusal stands under: the action's, else the state's."""
    if rows and rows[0].article:
        return rows[0].article
    return definition.state(state).article if definition.has_state(state) else ""


def possible_text(definition: Definition, state: str) -> Text:
    """What persons may do in a state, for a way out."""
    actions = [a for a in definition.actions(state) if any(t.kind != "system" for t in definition.rows(state, a))]
    return quoted(actions) if actions else Text("无（等待其他程序）", "nothing (it waits for another procedure)")
