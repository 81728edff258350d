"""Amounts: exact, two decimals, from text only."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaihua_infoproj.policy.errors import InputError
from kaihua_infoproj.policy.money import parse_amount, parse_number, round_cent
from kaihua_infoproj.policy.strict_yaml import UnquotedNumber
from kaihua_infoproj.policy.text import amount_text


@pytest.mark.parametrize(
    "text, value",
    [
        ("0", "0.00"),
        ("200000.00", "200000.00"),
        ("200000", "200000.00"),
        ("0.5", "0.50"),
        (" 12.30 ", "12.30"),
        ("999999999999.99", "999999999999.99"),
        ("２０００００．００", "200000.00"),
        ("007", "7.00"),
    ],
)
def test_amounts_that_are_read(text: str, value: str) -> None:
    amount = parse_amount(text)
    assert str(amount) == value and amount.as_tuple().exponent == -2


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "1e30",
        "1E5",
        "NaN",
        "nan",
        "inf",
        "-1",
        "-0.01",
        "+1",
        "1,000",
        "1 000",
        "0.001",
        "1.234",
        ".5",
        "5.",
        "1.2.3",
        "一百",
        "１２，３",
        "1000000000000",
        "0x10",
        "1_000",
        "￥5",
        "5元",
        "٣",
        "५",
    ],
)
def test_amounts_that_are_refused(text: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_amount(text)
    assert "两位小数的非负数" in caught.value.zh and "two decimals" in caught.value.en


def test_a_long_slip_is_shown_cut() -> None:
    with pytest.raises(InputError) as caught:
        parse_amount("9" * 100)
    assert "9" * 40 + "…" in caught.value.zh and "9" * 41 not in caught.value.zh
    with pytest.raises(InputError) as caught:
        parse_amount("x" * 40)
    assert "x" * 40 + "”" in caught.value.zh


@pytest.mark.parametrize("value", [200000, 0.1, None, True, ["1"], Decimal("1")])
def test_amounts_that_are_no_text_are_refused(value: object) -> None:
    with pytest.raises(InputError, match="加引号"):
        parse_amount(value)


def test_an_amount_above_zero() -> None:
    assert parse_amount("0.01", positive=True) == Decimal("0.01")
    assert parse_amount("0") == 0
    with pytest.raises(InputError, match="大于零"):
        parse_amount("0.00", positive=True)


@pytest.mark.parametrize(
    "value, number",
    [
        ("12.5", "12.5"),
        (0, "0"),
        (174, "174"),
        ("0.000000001", "1E-9"),
        ("６．４１", "6.41"),
        (UnquotedNumber("1.39"), "1.39"),
    ],
)
def test_numbers_that_are_read(value: object, number: str) -> None:
    assert parse_number(value) == Decimal(number)


@pytest.mark.parametrize(
    "value",
    [
        "0.0000000001",
        "1e3",
        "-1",
        -1,
        "NaN",
        "",
        "1000000000000",
        10**12,
        True,
        None,
        1.5,
        "a",
    ],
)
def test_numbers_that_are_refused(value: object) -> None:
    with pytest.raises(InputError) as caught:
        parse_number(value)
    assert caught.value.zh and caught.value.en


def test_a_number_above_zero() -> None:
    assert parse_number("0.1", positive=True) == Decimal("0.1")
    with pytest.raises(InputError, match="大于零"):
        parse_number(0, positive=True)


@pytest.mark.parametrize(
    "value, rounded",
    [
        ("0.005", "0.01"),
        ("0.0049999", "0.00"),
        ("0.015", "0.02"),
        ("0.025", "0.03"),
        ("2.675", "2.68"),
        ("-0.005", "-0.01"),
    ],
)
def test_rounding_is_half_up(value: str, rounded: str) -> None:
    assert str(round_cent(Decimal(value))) == rounded


@given(st.decimals(0, 10**12 - 1, places=2))
def test_an_amount_comes_back_as_it_was_written(value: Decimal) -> None:
    assert parse_amount(amount_text(value)) == value


@given(st.text(max_size=20))
def test_any_text_is_an_amount_or_refused(text: str) -> None:
    try:
        amount = parse_amount(text)
    except InputError:
        return
    assert 0 <= amount < 10**12 and amount == amount.quantize(Decimal("0.01"))
