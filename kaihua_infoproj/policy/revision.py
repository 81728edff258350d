"""Revision of the scheme after joint review (article 8): answered item by item, verified and filed (复核备案)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from .calendar import SHANGHAI, WorkCalendar, end_of
from .comparison import compared
from .finding import Finding, found
from .joint_review import JointReviewFacts, OpinionItem
from .parameter import ResolvedSet
from .proposal_paper import Response

ADOPTED, PARTLY, NOT_ADOPTED = "adopted", "partly", "not adopted"


@dataclass(frozen=True)
class Revision:
    """The revised scheme: when it was handed in, verified and filed.

    Attributes:
        working_days: length set for this case; None for the parameter ``revision_working_days``.
        handed_in_at: when the revised scheme came in. filed_version: version filed (复核备案), with day.
    """

    working_days: int | None = None
    handed_in_at: datetime | None = None
    filed_version: str = ""
    filed_on: date | None = None


def revision_due(served_on: date, revision: Revision, rules: ResolvedSet, calendar: WorkCalendar) -> date:
    """The last day for handing in the revised scheme, from the day on which the opinion was served.

    Raises:
        InputError: the calendar does not know a year that is needed.
    """
    days = rules.integer("revision_working_days") if revision.working_days is None else revision.working_days
    return calendar.add_working_days(served_on, days)


def check_responses(items: tuple[OpinionItem, ...], responses: tuple[Response, ...]) -> Iterator[Finding]:
    """Every item of the opinion has a response that says whether it is adopted, and where or why not."""
    by_number = {response.no: response for response in responses}
    for item in items:
        response = by_number.get(item.no)
        if response is None or not response.adopted:
            yield found("art8.response_missing", {"no": item.no, "opinion": item.opinion}, field="opinion_responses")
            continue
        if response.adopted in (ADOPTED, PARTLY) and not response.where_changed:
            yield found("art8.response_place", {"no": item.no}, field="opinion_responses")
        if response.adopted in (PARTLY, NOT_ADOPTED) and not response.reason:
            yield found("art8.response_reason", {"no": item.no}, field="opinion_responses")
    for number in by_number:
        if number not in [item.no for item in items]:
            yield found("art8.response_unknown", {"no": number}, field="opinion_responses")


def check_verified(items: tuple[OpinionItem, ...], responses: tuple[Response, ...]) -> Iterator[Finding]:
    """The Data Centre has verified each response; one that leaves a compulsory item undone, with its note."""
    by_number = {response.no: response for response in responses}
    for item in items:
        response = by_number.get(item.no, Response())
        if response.verified != "verified":
            yield found("art8.response_unverified", {"no": item.no}, field="opinion_responses")
        elif item.weight == "must" and response.adopted != ADOPTED and not response.note:
            yield found("art8.must_not_adopted", {"no": item.no, "opinion": item.opinion}, field="opinion_responses")


def check_revision_in_time(
    review: JointReviewFacts,
    revision: Revision,
    at: datetime,
    rules: ResolvedSet,
    calendar: WorkCalendar,
) -> Iterator[Finding]:
    """A note where the revised scheme comes after its period."""
    if review.served_on is None:
        return
    due = revision_due(review.served_on, revision, rules, calendar)
    moment = (revision.handed_in_at or at).astimezone(SHANGHAI)
    if moment >= end_of(due):
        yield found(
            "art8.revision_overdue",
            {"served_on": review.served_on, "due": due, "moment": moment},
            uses=[rules.use("revision_working_days")],
            comparison=compared(moment, "≥", end_of(due)),
            field="opinion_responses",
        )


def check_revised_total(review: JointReviewFacts, total: Decimal) -> Iterator[Finding]:
    """A note where the revised total stays above what the review advised."""
    if review.reviewed_amount is not None and total > review.reviewed_amount:
        yield found(
            "art8.revised_above_reviewed",
            {"total": total, "reviewed": review.reviewed_amount},
            comparison=compared(total, ">", review.reviewed_amount),
            field="investment_lines",
        )
