"""Correction of a declaration (补正, article 7): due day, extension, overdue, answers item by item."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from .preliminary_review import CorrectionItem


@dataclass(frozen=True)
class Extension:
    """An extension of a correction: working days after the former due day, reason, who extended."""

    days: int
    reason: str = ""
    by: str = ""


@dataclass(frozen=True)
class CorrectionAnswer:
    """The unit's answer to one item: accepted stays None until the Data Centre has judged it."""

    no: int
    answer: str = ""
    evidence: str = ""
    accepted: bool | None = None
    note: str = ""


@dataclass(frozen=True)
class CorrectionRound:
    """One round of correction.

    Attributes:
        notice_no: number of the notice. served_on: the day it was served; the period runs from it.
        working_days: length set for this case; None for the parameter ``correction_working_days``.
        handed_in_at: when the corrected papers came in; None while they are outstanding.
    """

    notice_no: str = ""
    served_on: date | None = None
    working_days: int | None = None
    extensions: tuple[Extension, ...] = ()
    items: tuple[CorrectionItem, ...] = ()
    answers: tuple[CorrectionAnswer, ...] = ()
    handed_in_at: datetime | None = None
