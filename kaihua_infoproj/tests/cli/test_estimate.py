"""``estimate``: function points, its fixed keys and number formats, and contradictory counts."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest

from .program import call, refused

RATES = ("--cf", "1.39", "--pdr", "6.41", "--rate", "28813", "--at", "2026-05-01")
FIXED = {"ufp", "size", "effort_hours", "person_months", "cost"}


def cost(ufp: str, *factors: str, dnc: str = "0") -> str:
    effort = Decimal(ufp) * Decimal("1.39") * Decimal("6.41")
    for factor in factors:
        effort *= Decimal(factor)
    return str((effort / 174 * 28813 + Decimal(dnc)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))


@pytest.mark.parametrize(
    ("counts", "ufp", "method"),
    [
        (("--ilf", "24", "--eif", "6"), "930", "indicative"),
        (("--ilf", "24", "--eif", "6", "--method", "indicative"), "930", "indicative"),
        (("--ilf", "24", "--eif", "6", "--method", "预估"), "930", "indicative"),
        (("--ilf", "24", "--eif", "6", "--method", "estimated"), "282", "estimated"),
        (("--ilf", "24", "--eif", "6", "--ei", "60", "--eo", "18", "--eq", "40"), "772", "estimated"),
        (("--ilf", "24", "--eif", "6", "--ei", "60", "--eo", "18", "--eq", "40", "--set", "7-5"), "688", "estimated"),
        (("--ilf", "24", "--eif", "6", "--eq", "0"), "282", "estimated"),
        (("--ilf", "24", "--eif", "6", "--set", "7-5"), "198", "estimated"),
        (("--ufp", "100"), "100", None),
        (("--ufp", "100.5"), "100.5", None),
    ],
)
def test_size_and_cost(counts: tuple[str, ...], ufp: str, method: str | None) -> None:
    plain = call("estimate", *counts, *RATES, "--json")
    assert plain.code == 0
    assert plain.json.keys() >= FIXED
    assert (plain.json["ufp"], plain.json["method"], plain.json["cost"]) == (ufp, method, cost(ufp))
    assert Decimal(plain.json["size"]) == Decimal(ufp) * Decimal("1.39")
    for key in FIXED:
        assert "E" not in plain.json[key].upper()
        assert "," not in plain.json[key]
    assert len(plain.json["cost"].partition(".")[2]) == 2
    shown = f"{Decimal(cost(ufp)):,}"
    assert shown + "元" in call("estimate", *counts, *RATES).stdout
    assert shown + " yuan" in call("estimate", *counts, *RATES, "--lang", "en").stdout


def test_factors_multiply_and_direct_cost_is_added() -> None:
    data = call(
        "estimate", "--ufp", "100", *RATES, "--factor", "1.2", "--factor", "0.9", "--dnc", "5000", "--json"
    ).json
    assert data["cost"] == cost("100", "1.2", "0.9", dnc="5000")


def test_productivity_and_rate_outside_the_benchmark_are_a_note() -> None:
    plain = call(
        "estimate", "--ufp", "100", "--cf", "1.39", "--pdr", "999", "--rate", "1", "--at", "2026-05-01", "--json"
    )
    assert plain.code == 0
    assert plain.json["findings"]
    assert {f["severity"] for f in plain.json["findings"]} == {"note"}


@pytest.mark.parametrize(
    ("words", "says", "field"),
    [
        ((*RATES,), "--ilf", "--ilf"),
        (("--ilf", "1", *RATES), "--eif", "--eif"),
        (("--ufp", "1", "--ilf", "1", "--eif", "1", *RATES), "请选一种", "--ufp"),
        (("--ilf", "0", "--eif", "0", *RATES), "都是0", "--ilf"),
        (("--ilf", "1", "--eif", "1", "--ei", "1", "--method", "indicative", *RATES), "--ei", "--method"),
        (("--ilf", "1", "--eif", "1", "--set", "7-5", "--method", "indicative", *RATES), "--set", "--method"),
        (("--ilf", "1.5", "--eif", "1", *RATES), "整数", "--ilf"),
        (("--ilf", "-1", "--eif", "1", *RATES), "整数", "--ilf"),
        (("--ufp", "0", *RATES), "大于零", "--ufp"),
        (("--ufp", "1e30", *RATES), "十进制", "--ufp"),
        (("--ufp", "1", "--cf", "0", "--pdr", "1", "--rate", "1"), "大于零", "--cf"),
        (("--ufp", "1", "--cf", "1", "--pdr", "-1", "--rate", "1"), "非负数", "--pdr"),
        (("--ufp", "1", "--cf", "1", "--pdr", "1", "--rate", "0"), "大于零", "--rate"),
        (("--ufp", "1", "--cf", "1", "--pdr", "1", "--rate", "1", "--factor", "0"), "大于零", "--factor"),
        (("--ufp", "1", "--cf", "1", "--pdr", "1"), "必填", "--rate"),
        (("--ufp", "1", *RATES, "--dnc", "1.005"), "两位小数", "--dnc"),
        (("--ufp", "1", *RATES, "--set", "9-9"), "10-7、7-5", "--set"),
        (("--ilf", "1", "--eif", "1", *RATES[:-1], "2020-08-04"), "2020年8月5日", None),
    ],
)
def test_what_is_refused(words: tuple[str, ...], says: str, field: str | None) -> None:
    refused("estimate", *words, says=says, field=field)
