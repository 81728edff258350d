"""Implementation [art. 11]: what must be there before confirmation, construction, service, trial and completion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .finding import Finding, found
from .milestones import Suspension, order_before_trial, trial_counted_from, trial_period
from .parameter import ResolvedSet
from .project_code import ProjectCodeFacts, check_project_code
from .text import Text, amount_text

__all__ = [
    "Contract",
    "ImplementationFacts",
    "Procurement",
    "Suspension",
    "check_completion",
    "check_contracts",
    "check_resumption",
    "check_start_construction",
    "check_start_service",
    "check_start_trial",
    "check_submission",
    "check_suspension",
    "check_termination",
    "supervision_required",
    "trial_counted_from",
    "trial_period",
]


@dataclass(frozen=True)
class Procurement:
    """One package: method, day of announcement and award, approval number of a single source."""

    package: str
    method: str = ""
    single_source_approval_no: str = ""
    announced_on: date | None = None
    award_on: date | None = None
    supplier: str = ""


@dataclass(frozen=True)
class Contract:
    """A contract as ERPNext's purchase orders have it; amount in yuan."""

    number: str
    supplier: str
    amount: Decimal
    signed_on: date | None = None


@dataclass(frozen=True)
class ImplementationFacts:
    """What is known of a project's implementation on the day ``at`` of the act.

    Attributes:
        nature: new, continued, upgrade, O&M or service. approved_on: the county's approval of the plan that lists it.
        approved_total, effective_total: yuan; effective after filed or approved changes (None: the approved one).
        confirmed_lines_total: sum of the lines of the detailed plan that is to be confirmed.
        builder, designer, supervisor: Suppliers. supervision_chosen_by: procedure by which the supervisor was chosen,
            where no procurement of it tells. supervisor_ability: proof of its ability.
        termination_decision_no: number of the county's decision.
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
    builder: str = ""
    designer: str = ""
    supervisor: str = ""
    supervision_chosen_by: str = ""
    supervisor_ability: str = ""
    supervision_signed_on: date | None = None
    all_built_on: date | None = None
    data_dictionary_received_on: date | None = None
    data_dictionary_receipt: str = ""
    preliminary_accepted_on: date | None = None
    preliminary_result: str = ""
    trial_start: date | None = None
    suspensions: tuple[Suspension, ...] = ()
    suspension_reason: str = ""
    termination_decision_no: str = ""
    termination_reason: str = ""
    acceptance_passed: bool = False
    service_completed: bool = False


def supervision_required(nature: str, total: Decimal, rules: ResolvedSet) -> bool:
    """Whether supervision is compulsory: construction, and the total in yuan over all lines reaches the threshold."""
    return nature in rules.texts("supervision_natures") and total >= rules.decimal("supervision_threshold")


def check_submission(facts: ImplementationFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Before the detailed plan is handed in (Submit for Confirmation) and confirmed (Confirm Plan)."""
    return (*_approved(facts), *_plan_complete(facts))


def _approved(facts: ImplementationFacts) -> Iterator[Finding]:
    if facts.approved_on is None or facts.at < facts.approved_on:
        yield found("art11.not_approved", {"at": facts.at}, field="approved_on")


def _plan_complete(facts: ImplementationFacts) -> Iterator[Finding]:
    if not facts.implementation_file:
        yield found("form.implementation.file", field="implementation_file")
    total = facts.confirmed_lines_total
    if total is None:
        yield found("form.implementation.lines", field="confirmed_lines_total")
    elif total != facts.approved_total:
        yield found(
            "art11.confirmed_total",
            {
                "lines_total": total,
                "approved_total": facts.approved_total,
                "difference": abs(total - facts.approved_total),
            },
            comparison=f"{amount_text(total)} ≠ {amount_text(facts.approved_total)}",
            field="confirmed_lines_total",
        )


def effective_total(facts: ImplementationFacts) -> Decimal:
    """The total in yuan after filed and approved changes; the approved one where there was none."""
    return facts.approved_total if facts.effective_total is None else facts.effective_total


def check_contracts(facts: ImplementationFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Whenever something is procured or a contract is to be concluded: after confirmation, within the total."""
    return (*_after_confirmation(facts), *_procured_by_law(facts), *_within_total(facts))


def _confirmed(facts: ImplementationFacts) -> Iterator[Finding]:
    if facts.confirmed_on is None or facts.at < facts.confirmed_on:
        yield found("art11.not_confirmed", field="confirmed_on")


def _after_confirmation(facts: ImplementationFacts) -> Iterator[Finding]:
    acts = [
        (
            Text(f"采购包“{p.package}”公告", f"announcement of package “{p.package}”"),
            p.announced_on,
            f"procurements[{n}]",
        )
        for n, p in enumerate(facts.procurements, 1)
    ]
    acts += [
        (Text(f"采购包“{p.package}”成交", f"award of package “{p.package}”"), p.award_on, f"procurements[{n}]")
        for n, p in enumerate(facts.procurements, 1)
    ]
    acts += [
        (Text(f"合同“{c.number}”签订", f"conclusion of contract “{c.number}”"), c.signed_on, f"contracts[{n}]")
        for n, c in enumerate(facts.contracts, 1)
    ]
    for act, day, field in acts:
        if day is not None and (facts.confirmed_on is None or day < facts.confirmed_on):
            yield found(
                "art11.before_confirmation",
                {"act": act, "day": day},
                field=field,
                comparison=f"{day} < {facts.confirmed_on}" if facts.confirmed_on else "",
            )


def _procured_by_law(facts: ImplementationFacts) -> Iterator[Finding]:
    for number, row in enumerate(facts.procurements, 1):
        field = f"procurements[{number}]"
        if not row.method:
            yield found("art11.procurement_method", {"package": row.package}, field=field)
        if row.method == "single source" and not row.single_source_approval_no:
            yield found("form.procurement.single_source", {"package": row.package}, field=field)


def _packages_complete(facts: ImplementationFacts) -> Iterator[Finding]:
    """Each package has been awarded and its contract is in force: what is not yet procured is entered later.

    Where no contract is in force at all, or none with the builder, that is said once, of the project.
    """
    contracted = {c.supplier for c in _in_force(facts)}
    for number, row in enumerate(facts.procurements, 1):
        field = f"procurements[{number}]"
        awarded = row.award_on is not None and row.award_on <= facts.at
        missing = tuple(
            said
            for said, there in (
                (Text("成交日期", "the day"), awarded),
                (Text("成交供应商", "the supplier"), bool(row.supplier)),
            )
            if not there
        )
        if missing:
            yield found("art11.procurement_award", {"package": row.package, "missing": missing}, field=field)
        if row.supplier and row.supplier != facts.builder and contracted and row.supplier not in contracted:
            yield found("art11.procurement_contract", {"package": row.package, "supplier": row.supplier}, field=field)


def _in_force(facts: ImplementationFacts) -> Iterator[Contract]:
    return (c for c in facts.contracts if c.signed_on is not None and c.signed_on <= facts.at)


def _within_total(facts: ImplementationFacts) -> Iterator[Finding]:
    contracted = sum((c.amount for c in facts.contracts), Decimal(0))
    total = effective_total(facts)
    if contracted > total:
        yield found(
            "art11.contracts_above_total",
            {"contracted": contracted, "effective_total": total, "excess": contracted - total},
            comparison=f"{amount_text(contracted)} > {amount_text(total)}",
            field="contracts",
        )


def check_start_construction(facts: ImplementationFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Before Start Construction: approved, confirmed, procured, supervised where compulsory, code obtained."""
    code = ProjectCodeFacts(facts.nature, facts.investment_code)
    return (
        *_approved(facts),
        *_confirmed(facts),
        *check_contracts(facts, rules),
        *_procured(facts),
        *_packages_complete(facts),
        *_built_by_contract(facts),
        *_supervised(facts, rules),
        *check_project_code(code, rules),
    )


def _procured(facts: ImplementationFacts) -> Iterator[Finding]:
    if not facts.procurements:
        yield found("art11.no_procurement", field="procurements")


def _built_by_contract(facts: ImplementationFacts) -> Iterator[Finding]:
    """A contract that is in force with someone who builds: the builder, where one is named."""
    builders = [c.supplier for c in _in_force(facts) if c.supplier != facts.supervisor]
    if not builders or (facts.builder and facts.builder not in builders):
        yield found("art11.no_building_contract", field="contracts")


def _supervised(facts: ImplementationFacts, rules: ResolvedSet) -> Iterator[Finding]:
    total = effective_total(facts)
    if not supervision_required(facts.nature, total, rules):
        return
    threshold = rules.use("supervision_threshold")
    if not facts.supervisor or facts.supervision_signed_on is None or facts.at < facts.supervision_signed_on:
        yield found(
            "art11.supervision_contract",
            {"effective_total": total},
            uses=[threshold],
            field="supervisor",
            comparison=f"{amount_text(total)} ≥ {amount_text(rules.decimal('supervision_threshold'))}",
        )
        return
    procured = any(p.supplier == facts.supervisor and p.method for p in facts.procurements)
    if not procured and not facts.supervision_chosen_by:
        yield found("art11.supervision_procedure", {"supervisor": facts.supervisor}, field="supervisor")
    if not facts.supervisor_ability:
        yield found("art11.supervision_ability", {"supervisor": facts.supervisor}, field="supervisor_ability")
    for company, role in ((facts.builder, Text("承建单位", "builder")), (facts.designer, Text("设计单位", "designer"))):
        if company == facts.supervisor:
            yield found(
                "art11.supervisor_not_independent", {"supervisor": facts.supervisor, "role": role}, field="supervisor"
            )


def check_start_service(facts: ImplementationFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Before Start Service (O&M and service projects): approved, confirmed, procured."""
    findings = [*_approved(facts), *_confirmed(facts), *check_contracts(facts, rules), *_packages_complete(facts)]
    if not any(True for _ in _in_force(facts)):
        findings.append(found("art11.no_service_contract", field="contracts"))
    return tuple(findings)


def check_start_trial(facts: ImplementationFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Before Start Trial: all built, data dictionary received, preliminary acceptance passed, in this order; and the
    supervision contract, where a change has created the duty during construction."""
    return (
        *_ready_for_trial(facts),
        *order_before_trial(
            facts.all_built_on,
            facts.data_dictionary_received_on,
            facts.preliminary_accepted_on,
            facts.trial_start or facts.at,
        ),
        *_supervised(facts, rules),
    )


def _ready_for_trial(facts: ImplementationFacts) -> Iterator[Finding]:
    if facts.all_built_on is None:
        yield found("art13.not_built", field="all_built_on")
    if facts.data_dictionary_received_on is None:
        yield found("art13.no_data_dictionary", field="data_dictionary_received_on")
    elif not facts.data_dictionary_receipt:
        yield found("art13.no_dictionary_receipt", field="data_dictionary_receipt")
    if facts.preliminary_accepted_on is None or facts.preliminary_result != "pass":
        yield found("art13.no_preliminary_acceptance", field="preliminary_accepted_on")


def check_suspension(facts: ImplementationFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Before Suspend Work: the reason."""
    return (
        () if facts.suspension_reason else (found("form.implementation.suspension_reason", field="suspension_reason"),)
    )


def check_resumption(facts: ImplementationFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Before Resume Work: a note where the trial starts anew."""
    anew = trial_period(facts.trial_start, (Suspension(facts.at, facts.at),), rules)
    if anew is None:
        return ()
    return (
        found(
            "art13.trial_anew",
            {"resumed_on": facts.at, "last_day": anew.last_day, "opens_on": anew.opens_on},
            uses=[rules.use("trial_months")],
        ),
    )


def check_termination(facts: ImplementationFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Before Terminate Project: the county's decision and the reason."""
    asked = (
        ("decision", "termination_decision_no", facts.termination_decision_no),
        ("reason", "termination_reason", facts.termination_reason),
    )
    return tuple(found(f"form.termination.{part}", field=field) for part, field, value in asked if not value)


def check_completion(facts: ImplementationFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Before Complete Implementation: acceptance passed; of O&M and services, service completion filed."""
    if facts.nature in rules.texts("acceptance_natures"):
        return () if facts.acceptance_passed else (found("art13.not_accepted", field="acceptance_passed"),)
    return () if facts.service_completed else (found("form.service.not_completed", field="service_completed"),)
