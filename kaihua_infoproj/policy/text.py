"""Bilingual texts and the way values are written in them."""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple


class Text(NamedTuple):
    """One text in Chinese and English."""

    zh: str
    en: str

    def get(self, lang: str) -> str:
        """The text in ``lang`` (``zh`` or ``en``)."""
        return self.zh if lang == "zh" else self.en


def plain_decimal(value: Decimal) -> str:
    """A decimal as plain digits without exponent and without trailing zeros (``1.50`` → ``1.5``)."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _to_cent(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def amount_text(value: Decimal) -> str:
    """Yuan as exchanged with programs: exactly two decimals, no separators, no exponent."""
    return format(_to_cent(value), "f")


def yuan_text(value: Decimal, lang: str) -> str:
    """Yuan as a person reads them: thousands separators, two decimals, the unit."""
    return f"{_to_cent(value):,f}" + ("元" if lang == "zh" else " yuan")


def date_text(value: date, lang: str) -> str:
    """A day (or a moment, then with hours and minutes) as a person reads it."""
    moment = f" {value:%H:%M}" if isinstance(value, datetime) else ""
    day = f"{value.year}年{value.month}月{value.day}日" if lang == "zh" else f"{value:%Y-%m-%d}"
    return day + moment


class _Writer(string.Formatter):
    """``str.format`` that knows our kinds of value; specs: ``yuan``, ``number``, or none for the usual form."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec == "yuan":
            return yuan_text(value, self.lang)
        if format_spec:
            raise ValueError(f"unknown way of writing: {format_spec}")
        return write(value, self.lang)


def write(value: Any, lang: str) -> str:
    """One fact as a person reads it in ``lang``: texts chosen by language, dates and decimals in full."""
    if isinstance(value, Text):
        return value.get(lang)
    if isinstance(value, bool):
        return {"zh": ("否", "是"), "en": ("no", "yes")}[lang][value]
    if isinstance(value, Decimal):
        return plain_decimal(value)
    if isinstance(value, date):
        return date_text(value, lang)
    if isinstance(value, str):
        return value
    if isinstance(value, Sequence):
        return ("、" if lang == "zh" else ", ").join(write(v, lang) for v in value)
    return str(value)


def fill(template: str, facts: Mapping[str, Any], lang: str) -> str:
    """Put ``facts`` into ``template``; a name that is not there is a KeyError (a rule forgot a fact)."""
    return _Writer(lang).vformat(template, (), facts)
