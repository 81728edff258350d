"""Correction of a declaration (补正, article 7): due day, extension, overdue, answers item by item."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from .calendar import SHANGHAI, WorkCalendar, end_of
from .comparison import compared
from .finding import Finding, found
from .parameter import ResolvedSet
from .preliminary_review import CorrectionItem
from .proposal_paper import Answer


@dataclass(frozen=True)
class Extension:
    """An extension of a correction: working days after the former due day, reason, who extended."""

    days: int
    reason: str = ""
    by: str = ""


@dataclass(frozen=True)
class CorrectionRound:
    """One round of correction.

    Attributes:
        notice_no: number of the notice. served_on: the day it was served; the period runs from it.
        working_days: length set for this case; None for the parameter ``correction_working_days``.
        answers: of this round; empty for the round at hand, whose answers stand on the paper.
        handed_in_at: when the corrected papers came in; None while they are outstanding.
    """

    notice_no: str = ""
    served_on: date | None = None
    working_days: int | None = None
    extensions: tuple[Extension, ...] = ()
    items: tuple[CorrectionItem, ...] = ()
    answers: tuple[Answer, ...] = ()
    handed_in_at: datetime | None = None


def correction_due(notice: CorrectionRound, rules: ResolvedSet, calendar: WorkCalendar) -> date | None:
    """The last day of a correction, extensions included; None while the notice is not served.

    Raises:
        InputError: the calendar does not know a year that is needed.
    """
    if notice.served_on is None:
        return None
    days = rules.integer("correction_working_days") if notice.working_days is None else notice.working_days
    due = calendar.add_working_days(notice.served_on, days)
    for extension in notice.extensions:
        due = calendar.add_working_days(due, extension.days)
    return due


def is_overdue(notice: CorrectionRound, at: datetime, rules: ResolvedSet, calendar: WorkCalendar) -> bool:
    """Whether the corrected papers came in, or are still outstanding at ``at``, after the last day's 24:00."""
    due = correction_due(notice, rules, calendar)
    return due is not None and (notice.handed_in_at or at) >= end_of(due)


def check_notice(notice: CorrectionRound) -> Iterator[Finding]:
    """A notice has its number, items and a period; that it is not served yet is a note."""
    for name in ("notice_no", "items"):
        if not getattr(notice, name):
            yield found(f"art7.notice_missing.{name}", field=name)
    if notice.served_on is None:
        yield found("art7.notice_unserved", field="served_on")
    if notice.working_days is not None and notice.working_days < 1:
        yield found(
            "art7.notice_period",
            {"days": notice.working_days},
            field="working_days",
            comparison=compared(notice.working_days, "<", 1),
        )


def check_extension(notice: CorrectionRound) -> Iterator[Finding]:
    """The latest extension has days, a reason and who decided it."""
    if not notice.extensions:
        yield found("art7.extension_missing", field="extensions")
        return
    number, last = len(notice.extensions), notice.extensions[-1]
    if last.days < 1:
        yield found(
            "art7.extension_days",
            {"days": last.days},
            comparison=compared(last.days, "<", 1),
            field=f"extensions[{number}].days",
        )
    if not (last.reason and last.by):
        yield found("art7.extension_reason", field=f"extensions[{number}].reason")


def check_answers(notice: CorrectionRound, answers: tuple[Answer, ...]) -> Iterator[Finding]:
    """Every item of the notice is answered, and nothing else."""
    numbers = [answer.no for answer in answers if answer.answer]
    for item in notice.items:
        if item.no not in numbers:
            yield found("art7.answer_missing", {"no": item.no, "item": item.item}, field="correction_answers")
    asked = [item.no for item in notice.items]
    for answer in answers:
        if answer.no not in asked:
            yield found("art7.answer_unknown", {"no": answer.no}, field="correction_answers")


def check_accepted(notice: CorrectionRound, answers: tuple[Answer, ...]) -> Iterator[Finding]:
    """The Data Centre has accepted the answer to every item."""
    accepted = [answer.no for answer in answers if answer.accepted == "accepted"]
    for item in notice.items:
        if item.no not in accepted:
            yield found("art7.answer_not_accepted", {"no": item.no, "item": item.item}, field="correction_answers")


def check_perfected_in_time(
    notice: CorrectionRound,
    at: datetime,
    rules: ResolvedSet,
    calendar: WorkCalendar,
) -> Iterator[Finding]:
    """A correction that is overdue: in principle not in the plan (article 6), unless the Centre extends it."""
    due = correction_due(notice, rules, calendar)
    if due is not None and is_overdue(notice, at, rules, calendar):
        moment = (notice.handed_in_at or at).astimezone(SHANGHAI)
        yield found(
            "art6.not_perfected",
            {
                "notice_no": notice.notice_no,
                "served_on": notice.served_on,
                "due": due,
                "moment": moment,
            },
            uses=[rules.use("correction_working_days")],
            comparison=compared(moment, "≥", end_of(due)),
            field="correction_answers",
        )
