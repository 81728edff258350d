"""One question for a document's facts, whatever its kind: the offline counterpart of the ``facts`` room."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from ...flow.effects import CHANGE, JOINT, PRELIMINARY, PROPOSAL
from ...policy.calendar import day_of
from . import facts_declaration, facts_delivery
from .world import Record, Writing

_BUILDERS: dict[str, Callable[[Writing, Record, datetime, str], Any]] = {
    **facts_declaration.BUILDERS,
    **facts_delivery.BUILDERS,
}


def facts_of(writing: Writing, record: Record, at: datetime, opinion: str = "") -> Any:
    """The facts dataclass of a procedure's document at a moment.

    Args:
        opinion: of the decision at hand; a withdrawal or exclusion gives its reason in it.
    """
    return _BUILDERS[record.doc.doctype](writing, record, at, opinion)


def rules_day(writing: Writing, record: Record, at: datetime) -> date:
    """The day whose parameters bind a decision: a declaration's and its reviews' is that of sending, a change's that of
    handing in, all others' that of the decision."""
    if record.doc.doctype == PROPOSAL:
        return day_of(record.get("unit_head_signed_at") or at)
    if record.doc.doctype in (PRELIMINARY, JOINT):
        proposal = writing.record(str(record.get("proposal") or ""))
        return day_of((proposal.get("unit_head_signed_at") if proposal else None) or at)
    if record.doc.doctype == CHANGE:
        return day_of(record.get("handed_in_at") or at)
    return day_of(at)
