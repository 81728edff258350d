"""“In principle” (原则上): blocks by default, with a recorded exception as the way past; never silently passable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class RecordedException:
    """An exception as the county consented to it.

    Attributes:
        code: the finding that it excepts, such as ``art3.4`` or ``art6.late``.
        reason: why. document: title of the basis document. document_no: its number (none for a leader's instruction).
        level: law, state, province, city or county. approver: the actor who approved, such as ``county_government``.
        approved_on: day of the approval.
    """

    code: str
    reason: str = ""
    document: str = ""
    document_no: str = ""
    level: str = ""
    approver: str = ""
    approved_on: date | None = None
