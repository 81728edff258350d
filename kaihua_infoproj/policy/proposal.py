"""The facts of a proposal: the paper as read, the moment, the registers, and what procedures before it concluded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, ClassVar

from .calendar import WorkCalendar, day_of, shipped_calendar
from .consultation import ConsultationFacts
from .correction import CorrectionRound
from .exception_path import RecordedException
from .joint_review import JointReviewFacts
from .preliminary_review import PreliminaryReviewFacts
from .proposal_paper import Answer, ExceptionRow, ProposalPaper, read_proposal
from .redeclaration import EarlierDeclaration
from .register import Register
from .revision import Revision


@dataclass(frozen=True)
class Exclusion:
    """Why a proposal is to be left out of the plan: reason_kind late, not perfected or not passed."""

    reason_kind: str = ""
    reason: str = ""


@dataclass(frozen=True)
class ProposalFacts:
    """A proposal when an action on it, or a self-check, is asked for.

    Attributes:
        paper: fieldname of the form → normalised value, as ``form_reading.read_paper(...).data`` gives it.
        at: the moment of the action or the check, with offset.
        register: what the county's registers know; empty in a self-check.
        sent_at: when the unit's head signed and sent it. reached_centre_at: the instant it first reached the Data
            Centre; None while it has not.
        exceptions: recorded ones (“in principle”). corrections: all rounds, oldest first.
        preliminary_review, joint_review, consultation: the latest of each, None if there is none yet.
        revision: of the scheme after joint review. software_estimate: cost by measurement, yuan.
        no_data_confirmed: whether the Data Centre confirms that the project has no data; None while it has not said.
        proposal: its number. earlier: the declaration that it goes on from, if any.
        withdrawal_reason, exclusion: what the action at hand gives as its reason.
        plan_approved_at: when the plan that carries it was approved; None before.
        calendar: working days.
    """

    PAPER_FORM: ClassVar[str] = "declaration"

    paper: Mapping[str, Any]
    at: datetime
    register: Register = field(default_factory=Register)
    sent_at: datetime | None = None
    reached_centre_at: datetime | None = None
    exceptions: tuple[RecordedException, ...] = ()
    corrections: tuple[CorrectionRound, ...] = ()
    preliminary_review: PreliminaryReviewFacts | None = None
    joint_review: JointReviewFacts | None = None
    revision: Revision | None = None
    consultation: ConsultationFacts | None = None
    proposal: str = ""
    software_estimate: Decimal | None = None
    no_data_confirmed: bool | None = None
    earlier: EarlierDeclaration | None = None
    withdrawal_reason: str = ""
    exclusion: Exclusion | None = None
    plan_approved_at: datetime | None = None
    calendar: WorkCalendar = field(default_factory=shipped_calendar)

    @cached_property
    def form(self) -> ProposalPaper:
        """The paper as typed rows."""
        return read_proposal(self.paper)

    @property
    def notice(self) -> CorrectionRound:
        """The latest round of correction; an empty one where there is none."""
        return self.corrections[-1] if self.corrections else CorrectionRound()

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The unit's answers to the latest notice: as kept with the round, else as they stand on the paper."""
        return self.notice.answers or self.form.correction_answers

    @property
    def declared_on(self) -> date:
        """The Shanghai day on which the unit declared: sent, else reached the Centre, else the day of the check."""
        return day_of(self.sent_at or self.reached_centre_at or self.at)

    def exception(self, code: str) -> RecordedException | None:
        """The exception recorded for a finding's code, on its own or on the form, or None."""
        on_form = (_recorded(row) for row in self.form.exceptions if row.excepted)
        return next((record for record in (*self.exceptions, *on_form) if record.code == code), None)

    @property
    def day(self) -> date:
        """The Shanghai day of ``at``."""
        return day_of(self.at)


def _recorded(row: ExceptionRow) -> RecordedException:
    return RecordedException(
        f"art6.{row.excepted.replace(' ', '_')}",
        row.reason,
        row.document_title,
        row.document_number,
        row.document_kind,
        row.exemption_level,
        row.approver,
        row.approved_on,
    )
