"""Medians, and the yardstick beside them: parsing the same input as JSON."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """One line of the table.

    Attributes:
        milliseconds: median of one call. json_milliseconds: median of parsing the same input as JSON; None if there is
            no such input. target: what we aim at, in ms; None without one.
    """

    name: str
    milliseconds: float
    json_milliseconds: float | None = None
    target: float | None = None

    @property
    def ratio(self) -> str:
        """How many times parsing the input as JSON it takes."""
        return f"{self.milliseconds / self.json_milliseconds:.1f}" if self.json_milliseconds else "–"

    @property
    def verdict(self) -> str:
        """Whether the target was met."""
        if self.target is None:
            return "–"
        return "yes" if self.milliseconds <= self.target else "NO"

    def row(self) -> str:
        """As a row of a Markdown table."""
        target = "–" if self.target is None else f"{self.target:,.0f}"
        return f"| {self.name} | {number(self.milliseconds)} | {self.ratio} | {target} | {self.verdict} |"


HEAD = "| what | ms (median) | times JSON parsing | target ms | met |\n|---|---:|---:|---:|---|"


def number(value: float) -> str:
    """Milliseconds with as many decimals as mean something."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def median(act: Callable[[], object], *, seconds: float = 2.0, least: int = 5, most: int = 200) -> float:
    """Median milliseconds of ``act`` over some ``seconds``, at least ``least`` calls, after one that does not count."""
    act()
    taken: list[float] = []
    end = time.perf_counter() + seconds
    while len(taken) < least or (time.perf_counter() < end and len(taken) < most):
        began = time.perf_counter()
        act()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def beside_json(name: str, act: Callable[[], object], text: str, target: float | None = None) -> Result:
    """Measure ``act`` and the parsing of ``text``, its input as JSON."""
    return Result(name, median(act), median(lambda: json.loads(text)), target)
