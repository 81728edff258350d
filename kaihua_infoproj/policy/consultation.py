"""Decision consultation (article 9): the deputy magistrate's meeting advises on each project."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True)
class AgendaRow:
    """One project on the agenda.

    Attributes:
        proposal: its number. filed_version: the scheme version filed after the review (复核备案), which is what the
            meeting judges; empty if none is filed. filed_amount, declared, reviewed, amount: yuan.
        conclusion: support, support with cut, defer or do not establish. priority: key or normal.
        opinion_no: number of the opinion on this project, where each has its own.
    """

    proposal: str
    project_name: str = ""
    filed_version: str = ""
    declared: Decimal | None = None
    reviewed: Decimal | None = None
    filed_amount: Decimal | None = None
    conclusion: str = ""
    amount: Decimal | None = None
    reason: str = ""
    priority: str = ""
    opinion_no: str = ""
    is_cross_department: bool = False
    is_cross_system: bool = False


@dataclass(frozen=True)
class ConsultationFacts:
    """A consultation when an action on it is asked for.

    Attributes:
        opinion_no: number of the opinion of the meeting, where one paper carries all projects.
        concluded_at: moment of Conclude Consultation; None while open.
    """

    agenda: tuple[AgendaRow, ...] = ()
    meeting_no: str = ""
    held_on: date | None = None
    convener: str = ""
    attendees: tuple[str, ...] = ()
    minutes_no: str = ""
    minutes_file: str = ""
    opinion_no: str = ""
    at: datetime | None = None
    concluded_at: datetime | None = None
