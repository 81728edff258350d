"""A typed view of the proposal's paper: only what rules read, absent fields at their empty value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar

from .money import round_cent

Row = TypeVar("Row")
ZERO = Decimal(0)


@dataclass(frozen=True)
class InvestmentLine:
    """One line of the investment; amounts in yuan."""

    line_no: int | str = ""
    category: str = ""
    item: str = ""
    quantity: Decimal | None = None
    unit_price: Decimal | None = None
    amount: Decimal | None = None
    basis_of_price: str = ""
    quotations: tuple[str, ...] = ()
    is_new_hardware: bool = False
    hardware_justification: str = ""
    is_bulk_replacement: bool = False
    months: int | None = None
    mode: str = ""
    remark: str = ""

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
class FundingLine:
    """One source of funds in one year; amount in yuan."""

    source: str = ""
    year: int | None = None
    amount: Decimal | None = None


@dataclass(frozen=True)
class Target:
    """One target; weight in percent."""

    level_1: str = ""
    level_2: str = ""
    indicator: str = ""
    weight: Decimal | None = None


@dataclass(frozen=True)
class CollectionRow:
    """One data set of the collection plan."""

    dataset: str = ""
    scope: str = ""
    method: str = ""
    frequency: str = ""
    interface_plan: str = ""


@dataclass(frozen=True)
class SystemRow:
    """One system concerned; relation is new, upgraded, maintained or replaced."""

    system: str = ""
    relation: str = ""
    last_upgraded_on: date | None = None
    om_included_until: date | None = None


@dataclass(frozen=True)
class ScopeRow:
    """One row of what an O&M or service project delivers; amount in yuan."""

    system: str = ""
    quantity: Decimal | None = None
    unit_price: Decimal | None = None
    amount: Decimal | None = None


@dataclass(frozen=True)
class CoUnit:
    """A unit that takes part."""

    department: str = ""


@dataclass(frozen=True)
class NegativeAnswer:
    """The answer to one item of article 3, and the Data Centre's decision on it."""

    item: int = 0
    applies: str = ""
    explanation: str = ""
    exemption_level: str = ""
    document: str = ""
    document_no: str = ""
    document_kind: str = ""
    file: str = ""
    accepted_by: str = ""
    approver: str = ""
    approved_on: date | None = None
    centre_decision: str = ""
    centre_note: str = ""


_ROWS: dict[str, type[Any]] = {
    "investment_lines": InvestmentLine, "funding_lines": FundingLine, "targets": Target,
    "collection_plan": CollectionRow, "systems": SystemRow, "om_scope": ScopeRow, "service_scope": ScopeRow,
    "co_units": CoUnit, "negative_checks": NegativeAnswer,
}


@dataclass(frozen=True)
class ProposalPaper:
    """The fields of the proposal that rules read; names as on the form."""

    is_classified: bool = False
    plan_year: int | None = None
    declaration_type: str = ""
    nature: str = ""
    project_field: str = ""
    department: str = ""
    planned_start: date | None = None
    planned_end: date | None = None
    om_months: int | None = None
    total_investment: Decimal | None = None
    funding_total: Decimal | None = None
    no_data: bool = False
    no_data_reason: str = ""
    deploys_on_cloud: str = ""
    cloud_migration_by: date | None = None
    entry_points: tuple[str, ...] = ()
    ex_ante_evaluation: str = ""
    investment_lines: tuple[InvestmentLine, ...] = ()
    funding_lines: tuple[FundingLine, ...] = ()
    targets: tuple[Target, ...] = ()
    collection_plan: tuple[CollectionRow, ...] = ()
    systems: tuple[SystemRow, ...] = ()
    om_scope: tuple[ScopeRow, ...] = ()
    service_scope: tuple[ScopeRow, ...] = ()
    co_units: tuple[CoUnit, ...] = ()
    negative_checks: tuple[NegativeAnswer, ...] = ()

    @property
    def total(self) -> Decimal:
        """Σ of the investment lines: what every test of a total is made on (fees and O&M included)."""
        return sum((line.value for line in self.investment_lines), ZERO)


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
    return _row(ProposalPaper, values)
