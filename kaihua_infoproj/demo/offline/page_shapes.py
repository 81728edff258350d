"""The shapes of what the page of the years shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from .page_words import ShownAct


@dataclass(frozen=True)
class Bar:
    """A stretch of a lane: days from the first shown, class, label, words for the hover."""

    start: int
    end: int
    tone: str
    label: str
    title: str


@dataclass(frozen=True)
class Lane:
    """One project, meeting or plan over the years."""

    key: str
    title: str
    unit: str
    number: str
    facts: tuple[tuple[str, str], ...]
    stage: str
    tone: str
    years: tuple[int, ...]
    bars: tuple[Bar, ...]
    acts: tuple[ShownAct, ...]
    search: str = ""

    @property
    def marks(self) -> tuple[ShownAct, ...]:
        """The acts that are drawn."""
        return tuple(act for act in self.acts if act.is_mark)

    @property
    def found(self) -> int:
        """How many findings there were."""
        return sum(len(act.findings) for act in self.acts)


@dataclass(frozen=True)
class Month:
    """A month of the calendar: its place, and how many decisions fell into it."""

    year: int
    month: int
    start: int
    days: int
    decisions: int
    weight: int


@dataclass(frozen=True)
class Guide:
    """A day that binds everybody: a line through all lanes."""

    day: int
    label: str
    tone: str


@dataclass(frozen=True)
class YearFigures:
    """A year in figures and its plan."""

    year: int
    decisions: int
    refused: int
    declared: int
    approved: int
    amount: str
    ended: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class PageData:
    """Everything the template needs."""

    first: date
    days: int
    projects: tuple[Lane, ...]
    county: tuple[Lane, ...]
    months: tuple[Month, ...]
    guides: tuple[Guide, ...]
    years: tuple[YearFigures, ...]
    legend: tuple[tuple[str, str], ...]
    totals: tuple[tuple[str, str], ...]
    units: tuple[str, ...]
    stages: tuple[str, ...]
    ledgers: tuple[tuple[str, int, str], ...] = field(default=())
