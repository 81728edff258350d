"""Signatures of an action: which are needed, which are there, which are missing."""

from __future__ import annotations

from collections.abc import Sequence

from .definition import Definition, Transition
from .document import FlowDocument, Signature


def base_signatures(doc: FlowDocument, action: str) -> tuple[Signature, ...]:
    """The signatures that roles gave to an action in the present state, without those of added signers."""
    return tuple(s for s in doc.signatures if s.action == action and not s.added)


def signed_roles(doc: FlowDocument, row: Transition) -> tuple[Signature, ...]:
    """Signatures that the row's role has given in the present state and that stand in the way of the row's action.

    A role signs once: one that agreed does not disagree as well. A signature that the action itself waits for
    (signing an opinion, then concluding) is in nobody's way.
    """
    return tuple(s for s in doc.signatures if s.role == row.role and not s.added and s.action != row.signatures_of)


def rows_of(definition: Definition, doc: FlowDocument, action: str) -> tuple[Transition, ...]:
    """The rows of an action in the present state whose conditions hold."""
    return tuple(r for r in definition.rows(doc.state, action) if r.parsed.met(doc.fields))


def required_roles(definition: Definition, doc: FlowDocument, action: str) -> tuple[str, ...]:
    """The roles that may sign an action in the present state, each once."""
    return tuple(dict.fromkeys(row.role for row in rows_of(definition, doc, action)))


def missing_roles(definition: Definition, doc: FlowDocument, action: str) -> tuple[str, ...]:
    """The roles from which a signature may still come; empty when the action's rule is met.

    For *any one* and *n of m* these are all that have not signed, as long as too few have.
    """
    rows = rows_of(definition, doc, action)
    if not rows:
        return ()
    required = required_roles(definition, doc, action)
    given = {s.role for s in base_signatures(doc, action)}
    left = tuple(role for role in required if role not in given)
    needed = {"any one": 1, "every role": len(required), "n of m": rows[0].signatures_needed}[rows[0].signing]
    return () if len(required) - len(left) >= needed else left


def owed_by_added(doc: FlowDocument, action: str, user: str) -> bool:
    """Whether the user was added as a signer of the action and has not signed it."""
    added = any(s.action == action and s.user == user for s in doc.added_signers)
    return added and not any(
        s.action == action and s.added and user in (s.user, s.on_behalf_of) for s in doc.signatures
    )


def complete(definition: Definition, doc: FlowDocument, action: str) -> bool:
    """Whether the action's rule is met and every added signer has signed."""
    return not missing_roles(definition, doc, action) and not any(
        owed_by_added(doc, action, s.user) for s in doc.added_signers
    )


def all_roles(rows: Sequence[Transition]) -> tuple[str, ...]:
    """The roles whose signatures every completion of an action's rows is sure to hold: all of *every role*, or of an
    *n of m* with n = m, or the one role of *any one*; none where the signers may choose among themselves."""
    roles = tuple(dict.fromkeys(row.role for row in rows))
    if not rows:
        return ()
    needed = {"any one": 1, "every role": len(roles), "n of m": rows[0].signatures_needed}[rows[0].signing]
    return roles if needed >= len(roles) else ()
