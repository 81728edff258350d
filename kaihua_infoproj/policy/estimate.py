"""Software cost by function points (§8 of the project's domain; the measure's "reference" standard)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal

from .finding import Finding
from .parameter import ResolvedSet
from .strict_yaml import Located

Method = Literal["indicative", "estimated"]
WeightSet = Literal["10-7", "7-5"]


@dataclass(frozen=True)
class Counts:
    """Counted functions: internal and external files, inputs, outputs, queries."""

    ilf: int = 0
    eif: int = 0
    ei: int = 0
    eo: int = 0
    eq: int = 0


@dataclass(frozen=True)
class BenchmarkValue:
    """A published productivity (PDR, person-hours per function point) or rate (yuan per person-month)."""

    name: str
    zh: str
    kind: Literal["pdr", "rate"]
    value: Decimal
    since: date
    source: str


@dataclass(frozen=True)
class Benchmarks:
    """Dated benchmark values; the ones used are kept with the estimate."""

    values: tuple[BenchmarkValue, ...]


@dataclass(frozen=True)
class EstimateFacts:
    """What an estimate is made from: ``ufp`` or ``counts``; CF, PDR, factors, rate F (yuan a month), DNC (yuan)."""

    cf: Decimal
    pdr: Decimal
    rate: Decimal
    ufp: Decimal | None = None
    counts: Counts | None = None
    method: Method = "estimated"
    set: WeightSet = "10-7"
    factors: tuple[Decimal, ...] = ()
    dnc: Decimal = Decimal(0)


@dataclass(frozen=True)
class Estimate:
    """The result: exact size; effort (person-hours) and months rounded for display; cost in yuan, rounded once from
    exact figures; benchmark values that the PDR and rate come from."""

    ufp: Decimal
    size: Decimal
    effort_hours: Decimal
    person_months: Decimal
    cost: Decimal
    findings: tuple[Finding, ...] = ()
    benchmarks: tuple[BenchmarkValue, ...] = field(default=())


def load_benchmarks(located: Located) -> Benchmarks:
    """An administrator's own set.

    Raises:
        InputError: with file, line and field.
    """
    raise NotImplementedError


def read_benchmarks(path: str | Path) -> Benchmarks:
    """Read a benchmark file."""
    raise NotImplementedError


def shipped_benchmarks() -> Benchmarks:
    """The sets that come with the app."""
    raise NotImplementedError


def estimate(facts: EstimateFacts, rules: ResolvedSet, benchmarks: Benchmarks | None = None) -> Estimate:
    """Cost of custom software.

    Raises:
        InputError: neither or both of ufp and counts; counts not of the method; not positive CF, PDR, rate, factor.
    """
    raise NotImplementedError
