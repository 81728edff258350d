"""Software estimate: refusals, benchmark files, exactness."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, localcontext
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaihua_infoproj.policy.errors import InputError
from kaihua_infoproj.policy.estimate import (
    Benchmarks,
    BenchmarkValue,
    Counts,
    EstimateFacts,
    estimate,
    load_benchmarks,
    read_benchmarks,
    shipped_benchmarks,
    unadjusted_size,
)
from kaihua_infoproj.policy.parameter import in_force
from kaihua_infoproj.policy.strict_yaml import read_bytes

RULES = in_force(date(2026, 5, 1))


def facts(**changes: Any) -> EstimateFacts:
    usual: dict[str, Any] = {"cf": Decimal("1.39"), "pdr": Decimal("6.41"), "rate": Decimal(28813), "ufp": Decimal(100)}
    return EstimateFacts(**{**usual, **changes})


@pytest.mark.parametrize(
    "changes, field",
    [
        ({"ufp": None}, "ufp"),
        ({"counts": Counts(1)}, "ufp"),
        ({"ufp": Decimal(0)}, "ufp"),
        ({"ufp": Decimal(-1)}, "ufp"),
        ({"ufp": None, "counts": Counts()}, "ufp"),
        ({"ufp": None, "counts": Counts(ilf=-1, eif=5)}, "ilf"),
        ({"ufp": None, "counts": Counts(1, ei=1), "method": "indicative"}, "ei"),
        ({"ufp": None, "counts": Counts(1, eo=1), "method": "indicative"}, "eo"),
        ({"ufp": None, "counts": Counts(1, eq=1), "method": "indicative"}, "eq"),
        ({"cf": Decimal(0)}, "cf"),
        ({"pdr": Decimal(0)}, "pdr"),
        ({"rate": Decimal(-1)}, "rate"),
        ({"factors": (Decimal(1), Decimal(0))}, "factors[2]"),
        ({"dnc": Decimal("-0.01")}, "dnc"),
    ],
)
def test_refused_estimates_name_the_field(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(InputError) as caught:
        estimate(facts(**changes), RULES)
    assert caught.value.field == field and caught.value.zh.endswith("。") and caught.value.en.endswith(".")


@pytest.mark.parametrize(
    "counts, method, weights, size",
    [
        (Counts(1), "indicative", "10-7", 35),
        (Counts(0, 1), "indicative", "10-7", 15),
        (Counts(1), "estimated", "10-7", 10),
        (Counts(0, 1), "estimated", "10-7", 7),
        (Counts(ei=1), "estimated", "10-7", 4),
        (Counts(eo=1), "estimated", "10-7", 5),
        (Counts(eq=1), "estimated", "10-7", 4),
        (Counts(1), "estimated", "7-5", 7),
        (Counts(0, 1), "estimated", "7-5", 5),
        (Counts(ei=1), "estimated", "7-5", 4),
        (Counts(eo=1), "estimated", "7-5", 5),
        (Counts(eq=1), "estimated", "7-5", 4),
    ],
)
def test_weights(counts: Counts, method: Any, weights: Any, size: int) -> None:
    assert unadjusted_size(facts(ufp=None, counts=counts, method=method, set=weights), RULES) == size


def test_the_benchmarks_used_are_kept_with_the_estimate() -> None:
    result = estimate(facts(), RULES)
    assert [b.name for b in result.benchmarks] == ["CSBMK-202510 e-government P50", "Hangzhou person-month 28813"]
    assert estimate(facts(pdr=Decimal("8.02"), rate=Decimal(1)), RULES).benchmarks[0].value == Decimal("8.02")
    # a rate that happens to be a productivity's figure is none
    assert estimate(facts(pdr=Decimal(27500), rate=Decimal("6.41")), RULES).benchmarks == ()
    assert estimate(facts(), in_force(date(2025, 8, 31))).benchmarks == ()


def test_an_administrators_own_benchmarks() -> None:
    own = Benchmarks((BenchmarkValue("own", "自有", "pdr", Decimal(7), date(2026, 1, 1), "演示"),))
    result = estimate(facts(pdr=Decimal(7)), RULES, own)
    assert result.benchmarks == own.values and [f.code for f in result.findings] == ["cost.rate_outside"]
    assert own.usable("pdr", date(2026, 1, 1)) == own.values
    assert own.usable("pdr", date(2025, 12, 31)) == own.usable("rate", date(2026, 1, 1)) == ()


def exact(f: EstimateFacts) -> Fraction:
    assert f.ufp is not None
    effort = Fraction(f.ufp) * Fraction(f.cf) * Fraction(f.pdr)
    for factor in f.factors:
        effort *= Fraction(factor)
    return effort / 174 * Fraction(f.rate) + Fraction(f.dnc)


SMALL = st.decimals("0.000000001", "999999999999", places=9)


@given(SMALL, SMALL, SMALL, SMALL, st.lists(SMALL, max_size=6), st.decimals(0, 10**9, places=2))
def test_the_cost_is_the_exact_figure_rounded_once(
    ufp: Decimal, cf: Decimal, pdr: Decimal, rate: Decimal, factors: list[Decimal], dnc: Decimal
) -> None:
    f = facts(ufp=ufp, cf=cf, pdr=pdr, rate=rate, factors=tuple(factors), dnc=dnc)
    with localcontext() as context:
        context.prec = 9  # whatever the program around it is set to
        result = estimate(f, RULES)
    cents = exact(f) * 100
    assert Fraction(result.cost) * 100 == (2 * cents.numerator + cents.denominator) // (2 * cents.denominator)
    assert Fraction(result.size) == Fraction(ufp) * Fraction(cf)


@given(
    st.integers(0, 500),
    st.integers(0, 500),
    st.integers(0, 500),
    st.sampled_from(["ilf", "eif", "ei", "eo", "eq"]),
    st.sampled_from(["10-7", "7-5"]),
)
def test_more_functions_never_cost_less(ilf: int, ei: int, eo: int, more: str, weights: Any) -> None:
    counts = Counts(ilf + 1, 0, ei, eo)
    larger = Counts(**{**counts.as_table(), more: counts.as_table()[more] + 1})
    one, other = (estimate(facts(ufp=None, counts=c, set=weights), RULES) for c in (counts, larger))
    assert one.cost < other.cost and one.size < other.size and one.person_months < other.person_months


# --- benchmark files -------------------------------------------------------------------------------------------------

ONE = '- {name: A, zh: 甲, kind: pdr, value: "6.41", since: 2025-10-01, source: 演示}\n'


def test_a_benchmark_file(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(ONE + ONE.replace("name: A", "name: B").replace("pdr", "rate"), encoding="utf-8")
    assert read_benchmarks(path).values == (
        BenchmarkValue("A", "甲", "pdr", Decimal("6.41"), date(2025, 10, 1), "演示"),
        BenchmarkValue("B", "甲", "rate", Decimal("6.41"), date(2025, 10, 1), "演示"),
    )


def test_the_shipped_benchmarks() -> None:
    values = {(b.kind, b.value) for b in shipped_benchmarks().values}
    assert values == {
        ("pdr", Decimal("6.41")),
        ("pdr", Decimal("8.02")),
        ("rate", Decimal(28813)),
        ("rate", Decimal(27500)),
    }


@pytest.mark.parametrize(
    "old, new, field, words",
    [
        (ONE, "a: 1\n", "", "应是列表"),
        (ONE, "[]\n", "", "应是列表"),
        (ONE, "- 1\n", "[1]", "有且只有"),
        (", source: 演示", "", "[1]", "有且只有"),
        (", source: 演示", ", source: 演示, more: 1", "[1]", "有且只有"),
        (ONE, ONE + ONE, "[2].name", "“A”重复"),
        ("name: A", "name: 6.41", "[1].name", "这里应是文字"),
        ("zh: 甲", 'zh: " "', "[1].zh", "这里应是文字"),
        ("source: 演示", "source: 5", "[1].source", "这里应是文字"),
        ("kind: pdr", "kind: speed", "[1].kind", "kind 只能是"),
        ('"6.41"', "6.41", "[1].value", "加引号"),
        ('"6.41"', "7", "[1].value", "加引号"),
        ('"6.41"', '"0"', "[1].value", "大于零"),
        ('"6.41"', '"-1"', "[1].value", "非负数"),
        ("2025-10-01", "2025-02-29", "[1].since", "不是存在的日期"),
        ("2025-10-01", "20251001", "[1].since", "不是存在的日期"),
    ],
)
def test_refused_benchmark_files(old: str, new: str, field: str, words: str) -> None:
    assert old in ONE
    with pytest.raises(InputError, match=words) as caught:
        load_benchmarks(read_bytes(ONE.replace(old, new).encode(), file="基准.yaml"))
    assert caught.value.field == field and caught.value.file == "基准.yaml" and caught.value.line > 0
