"""Article 10: the code that the provincial investment platform gives a new project proves its approval or filing.

Only the structure is checked, not whether the platform knows the code. Twenty-four characters in five groups,
``YYMM-DDDDDD-dd-tt-RRRRRR``: four digits that are either year and month (``2105``: May 2021) or, in older codes, the
year (``2019``), the county's division, two digits each of trade and kind, a running number of six digits.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from .finding import Finding, found
from .labels import label
from .parameter import ResolvedSet

_GROUPS = re.compile(
    r"(?P<time>[0-9]{4})-(?P<division>[0-9]{6})-(?P<trade>[0-9]{2})-(?P<kind>[0-9]{2})-(?P<number>[0-9]{6})"
)
_MONTHS = range(1, 13)
_CENTURY = "20"


@dataclass(frozen=True)
class ProjectCode:
    """A code in its parts; month is None in the older form, which has the year alone."""

    year: int
    month: int | None
    division: str
    trade: str
    kind: str
    number: str


@dataclass(frozen=True)
class ProjectCodeFacts:
    """A project whose implementation is to start: nature as on the form, code as it was entered."""

    nature: str
    investment_code: str = ""


def parse_project_code(text: str) -> ProjectCode | None:
    """The parts of a code, or None if it has not the structure; full-width characters and outer spaces are accepted.

    ``2012`` can be read both ways; it is then December 2020, as new codes are.
    """
    match = _GROUPS.fullmatch(unicodedata.normalize("NFKC", text).replace("—", "-").replace("–", "-").strip())
    if match is None:
        return None
    time = match["time"]
    if int(time[2:]) in _MONTHS:
        year, month = int(_CENTURY + time[:2]), int(time[2:])
    elif time.startswith(_CENTURY):
        year, month = int(time), None
    else:
        return None
    return ProjectCode(year, month, match["division"], match["trade"], match["kind"], match["number"])


def check_project_code(facts: ProjectCodeFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """A new project has its code before implementation starts, and any code that is given has the structure."""
    division = rules.use("investment_code_division")
    if not facts.investment_code.strip():
        if facts.nature not in rules.texts("investment_code_natures"):
            return ()
        return (
            found(
                "art10.code_missing",
                {"nature": label("nature", facts.nature)},
                uses=[rules.use("investment_code_natures"), division],
                field="investment_code",
            ),
        )
    code = parse_project_code(facts.investment_code)
    if code is None:
        return (
            found("art10.code_structure", {"code": facts.investment_code}, uses=[division], field="investment_code"),
        )
    if code.division != division.value:
        return (
            found(
                "art10.code_division",
                {"code": facts.investment_code, "given": code.division},
                uses=[division],
                comparison=f"{code.division} ≠ {division.value}",
                field="investment_code",
            ),
        )
    return ()
