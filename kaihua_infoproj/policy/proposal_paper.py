"""A typed view of the proposal's paper: only what rules read, absent fields at their empty value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar

from .consent import Consent
from .forms import form_kind_of
from .money import round_cent

Row = TypeVar("Row")
ZERO = Decimal(0)


@dataclass(frozen=True)
class PricedRow:
    """A row with quantity, unit price and amount; amounts in yuan."""

    quantity: Decimal | None = None
    unit_price: Decimal | None = None
    amount: Decimal | None = None

    @property
    def product(self) -> Decimal | None:
        """Quantity × unit price to the cent; None while one is missing."""
        if self.quantity is None or self.unit_price is None:
            return None
        return round_cent(self.quantity * self.unit_price)

    @property
    def value(self) -> Decimal:
        """The stated amount, else the product, else zero."""
        if self.amount is not None:
            return self.amount
        return self.product or ZERO


@dataclass(frozen=True)
class InvestmentLine(PricedRow):
    """One line of the investment."""

    category: str = ""
    item: str = ""
    basis_of_price: str = ""
    quotations: tuple[str, ...] = ()
    is_new_hardware: bool = False
    hardware_justification: str = ""
    is_bulk_replacement: bool = False
    months: int | None = None
    mode: str = ""


@dataclass(frozen=True)
class FundingLine:
    """One source of funds in one year; amount in yuan."""

    source: str = ""
    year: int | None = None
    amount: Decimal | None = None


@dataclass(frozen=True)
class Target:
    """One target; weight in percent."""

    level_2: str = ""
    weight: Decimal | None = None


@dataclass(frozen=True)
class CollectionRow:
    """One data set of the collection plan."""

    dataset: str = ""
    scope: str = ""
    method: str = ""
    frequency: str = ""
    interface_plan: str = ""

    @property
    def complete(self) -> bool:
        """Whether scope, method, frequency and interface development plan are there (article 5)."""
        return bool(self.scope and self.method and self.frequency and self.interface_plan)


@dataclass(frozen=True)
class SystemRow:
    """One system concerned; involvement is new, upgraded, maintained or replaced."""

    system: str = ""
    involvement: str = ""
    last_upgraded_on: date | None = None
    om_included_until: date | None = None


@dataclass(frozen=True)
class ScopeRow(PricedRow):
    """One row of what an O&M or service project delivers."""

    system: str = ""
    basis: str = ""
    quotations: tuple[str, ...] = ()


@dataclass(frozen=True)
class BasisDocument:
    """A document that the project rests on."""

    kind: str = ""
    title: str = ""


@dataclass(frozen=True)
class CoUnit:
    """A unit that takes part; the letter is its countersigned consent."""

    department: str = ""
    countersigned_letter: str = ""


@dataclass(frozen=True)
class NegativeAnswer:
    """The answer to one item of article 3, and the Data Centre's decision on it.

    Attributes:
        applies: no, yes, exempted or exception; empty while not answered.
        document_kind … approved_on: what an exemption or an exception rests on.
        centre_decision: confirm or override; empty while the Centre has not decided. centre_by: who decided.
    """

    item: int = 0
    applies: str = ""
    explanation: str = ""
    exemption_level: str = ""
    document_kind: str = ""
    document_title: str = ""
    document_number: str = ""
    file: str = ""
    approver: str = ""
    approved_on: date | None = None
    centre_decision: str = ""
    centre_note: str = ""
    centre_by: str = ""

    @property
    def overridden(self) -> bool:
        """Whether the Data Centre judges otherwise than the applicant."""
        return self.centre_decision == "override"

    @property
    def involved(self) -> bool:
        """Whether the item applies by the answer, or against it by the Centre's judgement."""
        return (self.applies in ("yes", "exception")) != self.overridden

    @property
    def exempted(self) -> bool:
        """Whether the applicant's exemption stands for now: claimed, and not overridden."""
        return self.applies == "exempted" and not self.overridden


@dataclass(frozen=True)
class ExceptionRow:
    """An exception that the Data Centre registered on the form: late, or not perfected in time."""

    excepted: str = ""
    reason: str = ""
    document_kind: str = ""
    document_title: str = ""
    document_number: str = ""
    exemption_level: str = ""
    approver: str = ""
    approved_on: date | None = None


@dataclass(frozen=True)
class Answer:
    """The unit's answer to one item of a correction notice; accepted: accepted or not accepted by the Centre."""

    no: int = 0
    answer: str = ""
    evidence: str = ""
    accepted: str = ""
    note: str = ""


@dataclass(frozen=True)
class Response:
    """The unit's response to one item of the review opinion; verified: by the Centre, when it files the revision."""

    no: int = 0
    adopted: str = ""
    reason: str = ""
    where_changed: str = ""
    verified: str = ""
    note: str = ""


_ROWS: dict[str, type[Any]] = {
    "investment_lines": InvestmentLine,
    "funding_lines": FundingLine,
    "targets": Target,
    "collection_plan": CollectionRow,
    "systems": SystemRow,
    "om_scope": ScopeRow,
    "service_scope": ScopeRow,
    "co_units": CoUnit,
    "basis": BasisDocument,
    "negative_checks": NegativeAnswer,
    "correction_answers": Answer,
    "opinion_responses": Response,
    "exceptions": ExceptionRow,
}


@dataclass(frozen=True)
class ProposalPaper:
    """The fields of the proposal that rules read; names as on the form."""

    is_classified: bool = False
    plan_year: int | None = None
    declaration_type: str = ""
    consent_kind: str = ""
    consent_number: str = ""
    consent_date: date | None = None
    consent_file: str = ""
    nature: str = ""
    department: str = ""
    is_cross_department: bool = False
    planned_start: date | None = None
    planned_end: date | None = None
    entry_points: tuple[str, ...] = ()
    om_months: int | None = None
    planned_tests: tuple[str, ...] = ()
    total_investment: Decimal | None = None
    construction_subtotal: Decimal | None = None
    om_subtotal: Decimal | None = None
    funding_total: Decimal | None = None
    this_year_request: Decimal | None = None
    ex_ante_evaluation: str = ""
    no_data: bool = False
    deploys_on_cloud: str = ""
    competent_conclusion: str = ""
    co_units: tuple[CoUnit, ...] = ()
    systems: tuple[SystemRow, ...] = ()
    basis: tuple[BasisDocument, ...] = ()
    targets: tuple[Target, ...] = ()
    investment_lines: tuple[InvestmentLine, ...] = ()
    funding_lines: tuple[FundingLine, ...] = ()
    collection_plan: tuple[CollectionRow, ...] = ()
    om_scope: tuple[ScopeRow, ...] = ()
    service_scope: tuple[ScopeRow, ...] = ()
    negative_checks: tuple[NegativeAnswer, ...] = ()
    correction_answers: tuple[Answer, ...] = ()
    opinion_responses: tuple[Response, ...] = ()
    exceptions: tuple[ExceptionRow, ...] = ()

    @property
    def kind(self) -> str:
        """construction, O&M or service, by the nature; empty while that is not given."""
        return form_kind_of(self.nature)

    @property
    def consent(self) -> Consent:
        """The county's consent to an in-year addition, as far as it is recorded."""
        return Consent(self.consent_kind, self.consent_number, self.consent_date, self.consent_file)

    def answer(self, item: int) -> NegativeAnswer:
        """The row of one item of article 3; an empty one where it is not answered."""
        return next((row for row in self.negative_checks if row.item == item), NegativeAnswer(item))

    @property
    def total(self) -> Decimal:
        """Σ of the investment lines: what every test of a total is made on (fees and O&M included)."""
        return sum((line.value for line in self.investment_lines), ZERO)

    def total_of(self, *categories: str) -> Decimal:
        """Σ of the lines of some categories, in yuan."""
        return sum((line.value for line in self.investment_lines if line.category in categories), ZERO)

    @property
    def funds(self) -> Decimal:
        """Σ of the funding lines, in yuan."""
        return sum((line.amount or ZERO for line in self.funding_lines), ZERO)


@lru_cache(maxsize=32)
def _names(cls: Any) -> tuple[str, ...]:
    return tuple(spec.name for spec in fields(cls))


def _row(cls: type[Row], data: Mapping[str, Any]) -> Row:
    names: tuple[str, ...] = _names(cls)  # type: ignore[arg-type]
    return cls(**{name: data[name] for name in names if data.get(name) is not None})


def read_proposal(paper: Mapping[str, Any]) -> ProposalPaper:
    """The typed view of a normalised paper; columns that no rule reads are left out.

    Args:
        paper: as ``form_reading.read_paper(...).data`` gives it: amounts Decimal, days date, rows as mappings.
    """
    values = dict(paper)
    for name, cls in _ROWS.items():
        values[name] = tuple(_row(cls, row) for row in paper.get(name) or ())
    for name in ("entry_points", "planned_tests"):
        values[name] = tuple(paper.get(name) or ())
    return _row(ProposalPaper, values)
