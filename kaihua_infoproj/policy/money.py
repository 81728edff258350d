"""Amounts of yuan: exact, two decimals, from text only."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from .errors import InputError

CENT = Decimal("0.01")
# twelve digits of yuan is a thousand times the county's yearly revenue; more is a slip of the hand.
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．", "0123456789.")
_AMOUNT = re.compile(r"[0-9]{1,12}(\.[0-9]{1,2})?")
_NUMBER = re.compile(r"[0-9]{1,12}(\.[0-9]{1,9})?")


def parse_amount(text: object, *, positive: bool = False) -> Decimal:
    """Read an amount of yuan such as ``"200000.00"``.

    Full-width digits and the full-width point are read as their usual forms; separators, signs, exponents
    and more than two decimals are refused.

    Raises:
        InputError: not text, not such a number, or zero where ``positive`` is asked.
    """
    if not isinstance(text, str):
        raise InputError(
            f'金额须加引号写成文本（如 "200000.00"），而不是 {text!r}。',
            f'An amount must be quoted text (such as "200000.00"), not {text!r}.',
        )
    value = _parse(
        text,
        _AMOUNT,
        "金额只能是不带千分位、至多两位小数的非负数（如 200000.00），而不是“{}”。",
        "An amount is a non-negative number without separators and with at most two decimals "
        "(such as 200000.00), not “{}”.",
    )
    if positive and not value:
        raise InputError("金额须大于零。", "The amount must be above zero.")
    return value.quantize(CENT)


def parse_number(text: object, *, positive: bool = False) -> Decimal:
    """Read a plain non-negative decimal (quantity, size, rate) from text or a whole number.

    Raises:
        InputError: not such a number, more than nine decimals, or zero where ``positive`` is asked.
    """
    if isinstance(text, int) and not isinstance(text, bool):
        text = str(text)
    if not isinstance(text, str):
        raise InputError(f"这里应为数字，而不是 {text!r}。", f"A number is due here, not {text!r}.")
    value = _parse(
        text,
        _NUMBER,
        "这里应为普通十进制非负数（如 12.5），而不是“{}”。",
        "A plain non-negative decimal (such as 12.5) is due here, not “{}”.",
    )
    if positive and not value:
        raise InputError("数值须大于零。", "The number must be above zero.")
    return value


def _parse(text: str, pattern: re.Pattern[str], zh: str, en: str) -> Decimal:
    normal = text.translate(_FULL_WIDTH).strip()
    if not pattern.fullmatch(normal):
        shown = text if len(text) <= 40 else text[:40] + "…"
        raise InputError(zh.format(shown), en.format(shown))
    return Decimal(normal)


def round_cent(value: Decimal) -> Decimal:
    """Round to the cent, half up: the one rounding of amounts."""
    return value.quantize(CENT, rounding=ROUND_HALF_UP)
