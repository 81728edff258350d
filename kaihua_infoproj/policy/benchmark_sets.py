"""Dated benchmark data of software cost: productivity and rates, as shipped or as an administrator imports them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from .calendar import parse_day
from .errors import InputError
from .money import parse_number
from .strict_yaml import Located, UnquotedNumber, read_file

SHIPPED = Path(__file__).with_name("benchmarks") / "software.yaml"
_KEYS = ("name", "zh", "kind", "value", "since", "source")
BenchmarkKind = Literal["pdr", "rate"]


@dataclass(frozen=True)
class BenchmarkValue:
    """A published productivity (``pdr``, person-hours per function point) or rate (``rate``, yuan per person-month)."""

    name: str
    zh: str
    kind: BenchmarkKind
    value: Decimal
    since: date
    source: str


@dataclass(frozen=True)
class Benchmarks:
    """Benchmark values in the order of their file."""

    values: tuple[BenchmarkValue, ...]

    def usable(self, kind: BenchmarkKind, as_of: date) -> tuple[BenchmarkValue, ...]:
        """Those of ``kind`` that were there on ``as_of``."""
        return tuple(v for v in self.values if v.kind == kind and v.since <= as_of)


def load_benchmarks(located: Located) -> Benchmarks:
    """A list of values, each with exactly name, zh, kind (pdr or rate), value (quoted), since and source.

    Raises:
        InputError: with file, line and field.
    """
    rows = located.data
    if not isinstance(rows, list) or not rows:
        raise located.error((), "基准数据文件应是列表，每项一条基准。", "A benchmark file is a list of values.")
    values: list[BenchmarkValue] = []
    for number, row in enumerate(rows):
        if not isinstance(row, dict) or set(row) != set(_KEYS):
            raise located.error(
                (number,), f"每条基准须有且只有：{'、'.join(_KEYS)}。", f"Each value has exactly {', '.join(_KEYS)}."
            )
        values.append(_value(located, number, row))
        if values[-1].name in [v.name for v in values[:-1]]:
            raise located.error(
                (number, "name"), f"基准“{values[-1].name}”重复。", f"“{values[-1].name}” stands twice."
            )
    return Benchmarks(tuple(values))


def _value(located: Located, number: int, row: dict[str, Any]) -> BenchmarkValue:
    for key in ("name", "zh", "source"):
        if not isinstance(row[key], str) or isinstance(row[key], UnquotedNumber) or not row[key].strip():
            raise located.error((number, key), "这里应是文字（数字请加引号）。", "Text is due here (quote a number).")
    if row["kind"] not in ("pdr", "rate"):
        raise located.error((number, "kind"), "kind 只能是 pdr（生产率）或 rate（人月费率）。", "kind is pdr or rate.")
    if not isinstance(row["value"], str) or isinstance(row["value"], UnquotedNumber):
        raise located.error((number, "value"), "数值须加引号写成文本。", "The value must be quoted.")
    try:
        value = parse_number(row["value"], positive=True)
    except InputError as error:
        raise located.error((number, "value"), error.zh, error.en) from None
    try:
        since = parse_day(row["since"])
    except InputError as error:
        raise located.error((number, "since"), error.zh, error.en) from None
    return BenchmarkValue(row["name"], row["zh"], row["kind"], value, since, row["source"])


def read_benchmarks(path: str | Path) -> Benchmarks:
    """Read a benchmark file.

    Raises:
        InputError: it cannot be read.
    """
    return load_benchmarks(read_file(path))


@lru_cache(maxsize=1)
def shipped_benchmarks() -> Benchmarks:
    """The values that come with the app, read once."""
    return read_benchmarks(SHIPPED)
