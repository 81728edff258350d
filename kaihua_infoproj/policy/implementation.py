"""Implementation [art. 11]: what must be there before confirmation, construction, service, trial and completion."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .calendar import Period
from .finding import Finding
from .parameter import ResolvedSet


@dataclass(frozen=True)
class Procurement:
    """One package: method, day of announcement and award, approval number of a single source."""

    package: str
    method: str = ""
    single_source_approval: str = ""
    announced_on: date | None = None
    award_on: date | None = None
    supplier: str = ""


@dataclass(frozen=True)
class Contract:
    """A contract read from ERPNext's purchase orders: amount in yuan; ``role`` builder, designer, supervisor,
    tester or other; work of it may have begun on ``work_started_on``."""

    number: str
    supplier: str
    amount: Decimal
    signed_on: date | None = None
    role: str = "builder"
    work_started_on: date | None = None


@dataclass(frozen=True)
class Suspension:
    """Work suspended from ``since`` until it was resumed on ``until`` (None: still suspended)."""

    since: date
    until: date | None = None
    reason: str = ""


@dataclass(frozen=True)
class ImplementationFacts:
    """What is known of a project's implementation on the day ``at`` of the act.

    Attributes:
        nature: new, continued, upgrade, O&M or service. approved_on: the county's approval of the plan that lists it.
        approved_total, effective_total: yuan; effective after filed or approved changes (None: the approved one).
        confirmed_lines_total: sum of the lines of the detailed plan that is to be confirmed.
        supervisor: the Supplier of supervision; supervision_chosen_by: procedure by which it was chosen;
            supervision_ability: proof of its ability.
        termination_decision: number of the county's decision.
    """

    nature: str
    at: date
    approved_on: date | None = None
    approved_total: Decimal = Decimal(0)
    effective_total: Decimal | None = None
    implementation_file: str = ""
    unit_pm: str = ""
    confirmed_lines_total: Decimal | None = None
    confirmed_on: date | None = None
    confirmation_number: str = ""
    investment_code: str = ""
    procurements: tuple[Procurement, ...] = ()
    contracts: tuple[Contract, ...] = ()
    supervisor: str = ""
    supervision_chosen_by: str = ""
    supervision_ability: str = ""
    supervision_signed_on: date | None = None
    construction_started_on: date | None = None
    service_started_on: date | None = None
    all_built_on: date | None = None
    data_dictionary_received_on: date | None = None
    data_dictionary_receipt: str = ""
    preliminary_acceptance_on: date | None = None
    preliminary_acceptance_passed: bool = False
    trial_start: date | None = None
    suspensions: tuple[Suspension, ...] = ()
    suspension_reason: str = ""
    termination_decision: str = ""
    termination_reason: str = ""
    acceptance_passed: bool = False
    service_completed: bool = False


def supervision_required(nature: str, total: Decimal, rules: ResolvedSet) -> bool:
    """Whether supervision is compulsory: construction, and the total over all lines reaches the threshold."""
    raise NotImplementedError


def trial_counted_from(trial_start: date | None, suspensions: Iterable[Suspension]) -> date | None:
    """The day from which the trial counts: its start, or the last resumption during it; None while none runs."""
    raise NotImplementedError


def trial_period(trial_start: date | None, suspensions: Iterable[Suspension], rules: ResolvedSet) -> Period | None:
    """The trial's last day and the day on which acceptance may be applied for; None while no trial runs."""
    raise NotImplementedError


def check_submission(facts: ImplementationFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Before the detailed plan is handed in for confirmation (Submit for Confirmation) and confirmed (Confirm Plan)."""
    raise NotImplementedError


def check_contracts(facts: ImplementationFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Whenever a contract is to be concluded: after confirmation, and within the effective total."""
    raise NotImplementedError


def check_start_construction(facts: ImplementationFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Before Start Construction."""
    raise NotImplementedError


def check_start_service(facts: ImplementationFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Before Start Service (O&M and service projects)."""
    raise NotImplementedError


def check_start_trial(facts: ImplementationFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Before Start Trial: all built, data dictionary received, preliminary acceptance passed, in this order."""
    raise NotImplementedError


def check_suspension(facts: ImplementationFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Before Suspend Work."""
    raise NotImplementedError


def check_resumption(facts: ImplementationFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Before Resume Work: a note where the trial starts anew."""
    raise NotImplementedError


def check_termination(facts: ImplementationFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Before Terminate Project."""
    raise NotImplementedError


def check_completion(facts: ImplementationFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Before Complete Implementation: acceptance passed, or service completed."""
    raise NotImplementedError
