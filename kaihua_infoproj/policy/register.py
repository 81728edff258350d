"""What the county's registers know when a paper is checked: input to the rules, never typed by an applicant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .text import Text

_GRADES = {
    "excellent": Text("优", "excellent"),
    "good": Text("良", "good"),
    "fair": Text("中", "fair"),
    "poor": Text("差", "poor"),
}


@dataclass(frozen=True)
class ZombieListing:
    """A unit's system that an inspection listed as a zombie system (article 3, item 7).

    Attributes:
        department: the unit that was listed. system: its system. listed_on: day of the listing document.
        document: title or number of that document.
    """

    department: str
    system: str
    listed_on: date
    document: str = ""


@dataclass(frozen=True)
class SystemRecord:
    """A system of the register.

    Attributes:
        system: its name. department: the unit that owns it. last_upgraded_on: day of its last upgrade.
        om_included_until: last day of the O&M included in its construction contract.
        state: running, idle, zombie or closed.
    """

    system: str
    department: str = ""
    last_upgraded_on: date | None = None
    om_included_until: date | None = None
    state: str = "running"


@dataclass(frozen=True)
class SimilarProject:
    """A project that the search found similar to the one declared.

    Attributes:
        project: number of the earlier project. project_name: its name. department: its unit.
        passage: the matching text, as evidence. total_investment: its total in yuan, if known.
    """

    project: str
    project_name: str
    department: str = ""
    passage: str = ""
    total_investment: Decimal | None = None


@dataclass(frozen=True)
class EarlierLine:
    """A line of an earlier project's investment, to compare with: its category, amount in yuan, and whose it was."""

    category: str
    amount: Decimal
    project: str = ""
    item: str = ""


@dataclass(frozen=True)
class EarlierResult:
    """The result of an evaluation of an earlier project of the unit (article 14).

    Attributes:
        grade: excellent, good, fair or poor. score: points of 100. consequence: what was decided of it.
    """

    project: str
    project_name: str
    grade: str
    score: Decimal | None = None
    concluded_on: date | None = None
    consequence: str = ""

    @property
    def grade_text(self) -> Text:
        """The grade as people read it."""
        return _GRADES.get(self.grade, Text(self.grade, self.grade))


@dataclass(frozen=True)
class Register:
    """All registers together; empty where nothing is known (a unit's self-check at its own desk)."""

    zombie_listings: tuple[ZombieListing, ...] = ()
    systems: tuple[SystemRecord, ...] = ()
    similar_projects: tuple[SimilarProject, ...] = ()
    earlier_results: tuple[EarlierResult, ...] = ()
    earlier_lines: tuple[EarlierLine, ...] = ()

    def system(self, name: str) -> SystemRecord | None:
        """The record of the system ``name``, or None."""
        return next((record for record in self.systems if record.system == name), None)

    def amounts_of(self, category: str) -> tuple[Decimal, ...]:
        """Amounts in yuan of the earlier lines of a category."""
        return tuple(line.amount for line in self.earlier_lines if line.category == category)
