"""Annual plan (articles 9 and 10): two lists, approved in one act by the county government."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from .consent import Consent


@dataclass(frozen=True)
class PlanLine:
    """A project that the plan lists.

    Attributes:
        kind: new or carried over. consultation: number of the consultation that advised on it.
        conclusion: what it advised (support, support with cut, …). consultation_concluded: it is over.
        advised_amount: yuan that the opinion names, where it cuts; filed_amount: total of the filed version.
        planned_amount: yuan that approval freezes as approved total. this_year_funds: yuan for the plan's year.
        approved_total: of a carried-over line, as frozen when it was first approved.
        declaration_type: annual or in-year addition; consent: recorded for an addition.
    """

    no: int
    proposal: str
    kind: str = "new"
    project_name: str = ""
    department: str = ""
    nature: str = ""
    project_field: str = ""
    consultation: str = ""
    conclusion: str = ""
    consultation_concluded: bool = False
    filed_amount: Decimal | None = None
    advised_amount: Decimal | None = None
    planned_amount: Decimal | None = None
    approved_total: Decimal | None = None
    this_year_funds: Decimal | None = None
    source: str = ""
    priority: str = ""
    is_cross_department: bool = False
    is_cross_system: bool = False
    declaration_type: str = "annual"
    plan_year: int | None = None
    consent: Consent | None = None


@dataclass(frozen=True)
class NotListedRow:
    """A project that the plan does not list: advice defer or do not establish, with the reason."""

    proposal: str
    project_name: str = ""
    advice: str = ""
    reason: str = ""
    conclusion: str = ""
    consultation_concluded: bool = False


@dataclass(frozen=True)
class AnnualPlanFacts:
    """An annual plan when an action on it is asked for.

    Attributes:
        kind: annual or supplementary; main_plan: number of the year's plan that a supplementary one is linked to.
        listed_elsewhere: proposals that another plan of the county lists as new.
        awaiting: proposals that await the county's decision for this plan's year: each must stand in one list.
        approval_no, approved_on, approval_file: of the county government's approval.
    """

    year: int
    kind: str = "annual"
    main_plan: str = ""
    request_no: str = ""
    lines: tuple[PlanLine, ...] = ()
    not_listed: tuple[NotListedRow, ...] = ()
    listed_elsewhere: tuple[str, ...] = ()
    awaiting: tuple[str, ...] = ()
    approval_no: str = ""
    approved_on: date | None = None
    approval_file: str = ""
    at: datetime | None = None
