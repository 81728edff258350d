"""Software cost by function points, the measure's reference for custom software [art. 4].

``UFP`` by weights, ``size = UFP × CF``, ``effort = size × PDR × Π factors`` (person-hours),
``cost = effort / hours of a person-month × F + DNC``. All exact; the cost alone is rounded, once, half up to the cent;
months, which mostly have no last digit, are shown with six decimals.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Literal

from .benchmark_sets import (
    Benchmarks,
    BenchmarkValue,
    load_benchmarks,
    read_benchmarks,
    shipped_benchmarks,
)
from .errors import InputError
from .finding import Finding, found
from .money import round_cent
from .parameter import ResolvedSet
from .text import Text, plain_decimal

__all__ = [
    "BenchmarkValue",
    "Benchmarks",
    "Counts",
    "Estimate",
    "EstimateFacts",
    "Method",
    "WeightSet",
    "estimate",
    "load_benchmarks",
    "read_benchmarks",
    "shipped_benchmarks",
    "unadjusted_size",
]

Method = Literal["indicative", "estimated"]
WeightSet = Literal["10-7", "7-5"]
_WEIGHTS = {"10-7": "estimated_weights_10_7", "7-5": "estimated_weights_7_5"}
_MONTHS_SHOWN = Decimal("0.000001")


@dataclass(frozen=True)
class Counts:
    """Counted functions: internal and external files, inputs, outputs, queries."""

    ilf: int = 0
    eif: int = 0
    ei: int = 0
    eo: int = 0
    eq: int = 0

    def as_table(self) -> dict[str, int]:
        """Kind of function → count."""
        return {"ilf": self.ilf, "eif": self.eif, "ei": self.ei, "eo": self.eo, "eq": self.eq}


@dataclass(frozen=True)
class EstimateFacts:
    """What an estimate is made from.

    Attributes:
        ufp or counts: the size given directly, or counted (then by ``method``, and for ``estimated`` by ``set``).
        cf: scale-change factor. pdr: person-hours per function point. factors: adjustments, multiplied.
        rate: yuan per person-month. dnc: direct non-labour cost, yuan.
    """

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
    """The result.

    Attributes:
        ufp, size, effort_hours: exact. person_months: six decimals, for display. cost: yuan, rounded once.
        findings: notes where a value is none of the standard's or of a benchmark's. benchmarks: those that the PDR and
            the rate are equal to, to be kept with the estimate.
    """

    ufp: Decimal
    size: Decimal
    effort_hours: Decimal
    person_months: Decimal
    cost: Decimal
    findings: tuple[Finding, ...] = ()
    benchmarks: tuple[BenchmarkValue, ...] = ()


def estimate(facts: EstimateFacts, rules: ResolvedSet, benchmarks: Benchmarks | None = None) -> Estimate:
    """Cost of custom software.

    Args:
        benchmarks: the sets to compare with; the shipped ones by default. Those later than the rules' day do not count.

    Raises:
        InputError: neither or both of ufp and counts, functions that the method does not count, a size of zero, or a
            CF, PDR, rate or factor that is not above zero.
    """
    _refuse_not_positive(facts)
    known = shipped_benchmarks() if benchmarks is None else benchmarks
    with localcontext() as context:
        context.prec = _digits(facts)
        ufp = unadjusted_size(facts, rules)
        size = ufp * facts.cf
        effort = size * facts.pdr
        for factor in facts.factors:
            effort *= factor
        months_hours = rules.integer("hours_per_person_month")
        cost = effort * facts.rate / months_hours + facts.dnc
        return Estimate(
            _plain(ufp),
            _plain(size),
            _plain(effort),
            _plain((effort / months_hours).quantize(_MONTHS_SHOWN, rounding=ROUND_HALF_UP)),
            round_cent(cost),
            tuple(_notes(facts, rules, known)),
            tuple(
                b
                for b in (*known.usable("pdr", rules.as_of), *known.usable("rate", rules.as_of))
                if b.value == (facts.pdr if b.kind == "pdr" else facts.rate)
            ),
        )


def unadjusted_size(facts: EstimateFacts, rules: ResolvedSet) -> Decimal:
    """UFP: as given, or counted by the method's weights.

    Raises:
        InputError: see :func:`estimate`.
    """
    if (facts.ufp is None) == (facts.counts is None):
        raise InputError(
            "功能点数（ufp）和各类功能计数只能且必须写一种。", "Give either ufp or the counts.", field="ufp"
        )
    if facts.counts is None:
        assert facts.ufp is not None
        size = facts.ufp
    else:
        name = "indicative_weights" if facts.method == "indicative" else _WEIGHTS[facts.set]
        size = _counted(facts.counts, rules.table(name))
    if size <= 0:
        raise InputError("功能点数须大于零。", "The size must be above zero.", field="ufp")
    return size


def _counted(counts: Counts, weights: dict[str, Decimal]) -> Decimal:
    for kind, count in counts.as_table().items():
        if count < 0:
            raise InputError("功能计数不能为负数。", "A count is not negative.", field=kind)
        if count and kind not in weights:
            raise InputError(
                f"预估功能点法只计 ILF 和 EIF，不计 {kind.upper()}；请改用估算功能点法。",
                f"The indicative method counts ILF and EIF only, not {kind.upper()}; use the estimated one.",
                field=kind,
            )
    return sum((weights[kind] * count for kind, count in counts.as_table().items() if kind in weights), Decimal(0))


def _refuse_not_positive(facts: EstimateFacts) -> None:
    values = [("cf", facts.cf), ("pdr", facts.pdr), ("rate", facts.rate)]
    values += [(f"factors[{number}]", factor) for number, factor in enumerate(facts.factors, 1)]
    for field, value in values:
        if not value > 0:
            raise InputError("该数值须大于零。", "The value must be above zero.", field=field)
    if facts.dnc < 0:
        raise InputError("直接非人力成本不能为负数。", "The direct non-labour cost is not negative.", field="dnc")


def _digits(facts: EstimateFacts) -> int:
    """Digits in which every product is exact, and no quotient can be rounded across half a cent."""
    values = (facts.cf, facts.pdr, facts.rate, facts.dnc, *facts.factors, *([facts.ufp] if facts.ufp else []))
    return 60 + 2 * sum(len(v.as_tuple().digits) + abs(int(v.as_tuple().exponent)) for v in values)


def _plain(value: Decimal) -> Decimal:
    return Decimal(plain_decimal(value))


def _notes(facts: EstimateFacts, rules: ResolvedSet, known: Benchmarks) -> Iterator[Finding]:
    usual = rules.table("scale_change_factors")
    if facts.cf not in usual.values():
        yield found(
            "cost.cf_not_standard",
            {"cf": facts.cf, "usual": tuple(usual.values())},
            uses=[rules.use("scale_change_factors")],
            field="cf",
        )
    for kind, value in (("pdr", facts.pdr), ("rate", facts.rate)):
        values = known.usable("pdr" if kind == "pdr" else "rate", rules.as_of)
        if value not in [b.value for b in values]:
            names = tuple(plain_decimal(b.value) for b in values) or (Text("无", "none"),)
            yield found(f"cost.{kind}_outside", {"value": value, "usual": names}, field=kind)
