"""A document on its way through an approval chain, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class Signature:
    """A signature given to an action in the present state; gone when the state changes (the ledger keeps it).

    Attributes:
        role: the role signed for. user, name: who acted. on_behalf_of: the user represented, else empty.
        from_paper: the paper it was entered from, else empty. added: given by an added signer (加签).
    """

    action: str
    role: str
    user: str
    name: str
    at: datetime
    opinion: str = ""
    on_behalf_of: str = ""
    from_paper: str = ""
    added: bool = False


@dataclass(frozen=True)
class AddedSigner:
    """加签: a colleague who must sign an action too before it completes in the present state."""

    action: str
    role: str
    user: str
    added_by: str
    at: datetime


@dataclass(frozen=True)
class Decided:
    """One decision taken on the document, whether or not it completed the action; oldest first in the document."""

    action: str
    role: str
    user: str
    name: str
    at: datetime
    state: str
    next_state: str
    kind: str
    complete: bool = True
    opinion: str = ""
    on_behalf_of: str = ""
    from_paper: str = ""


@dataclass(frozen=True)
class WorkItem:
    """待办事项: somebody has to act, or should know.

    Attributes:
        doctype, document, state: what it is about. role: whose it is; department: of which unit, empty for the county.
        kind: ``decide`` or ``copy`` (抄送, to read). user: the one person it was given to, empty for the whole role.
        opened_at, due: since when and until when (a day inclusive; None without a time limit).
        given_by: who transferred, added or copied it; empty if the flow opened it.
        added: it is an added signer's (加签), beside the role's own. urged: 催办 moments.
    """

    doctype: str
    document: str
    state: str
    role: str
    department: str
    opened_at: datetime
    due: date | None = None
    kind: str = "decide"
    user: str = ""
    given_by: str = ""
    added: bool = False
    urged: tuple[datetime, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """What makes two items of one document and state the same: role, and the added signer."""
        return self.role, self.user if self.added else ""


@dataclass(frozen=True)
class SealedPaper:
    """A decision taken on paper: the paper's name or number, and the sealed scan."""

    paper: str
    sealed_file: str


@dataclass(frozen=True)
class FlowDocument:
    """What the flow knows of a document.

    Attributes:
        doctype, name, state: which, and where it stands. title: how people call it.
        fields: what conditions and after-effects read.
        department: the unit it belongs to. competent_department: the one above it (or itself).
        owner: the user who made it. handed_in_by: the user who last handed it in.
        assigned: users drawn for it (experts).
        signatures, added_signers: of the present state. decided: all decisions, oldest first.
        work_items: the open ones.
    """

    doctype: str
    name: str
    state: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    department: str = ""
    competent_department: str = ""
    owner: str = ""
    handed_in_by: str = ""
    assigned: frozenset[str] = frozenset()
    title: str = ""
    signatures: tuple[Signature, ...] = ()
    added_signers: tuple[AddedSigner, ...] = ()
    decided: tuple[Decided, ...] = ()
    work_items: tuple[WorkItem, ...] = ()

    def times(self, action: str) -> int:
        """How often the action was completed: 0 before its first round."""
        return sum(d.action == action and d.complete for d in self.decided)
