"""A comparison as a finding keeps it: ``1999999.99 < 2000000.00``."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Union

from .finding import plain_fact

Side = Union[Decimal, int, date, str]


def compared(left: Side, sign: str, right: Side) -> str:
    """Two values and the sign between them, written as programs exchange them."""
    return f"{plain_fact(left)} {sign} {plain_fact(right)}"
