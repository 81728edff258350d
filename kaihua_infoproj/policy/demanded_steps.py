"""What the measure demands of every approval chain: ends, the states no way to them may miss, and who must sign.

``flow.graph`` holds each Workflow against it, the shipped ones and an administrator's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from .strict_yaml import Located, Path_, read_file
from .text import Text

FILE = Path(__file__).with_name("demanded_steps.yaml")


@dataclass(frozen=True)
class DemandedStep:
    """A state that ways to an end must pass.

    Attributes:
        actions: those by which it is left: every way takes one of them, since rules are asked at actions.
        article: article of the measure. organ: key of the organ for which it is left forward; empty if the system
            or several organs leave it. said: the demand in one sentence.
    """

    state: str
    actions: tuple[str, ...]
    article: str
    organ: str
    said: Text


@dataclass(frozen=True)
class DemandedEnd:
    """An end of a procedure.

    Attributes:
        given: the case it is about, as a condition of transitions; empty for every case.
        steps: the states that every way to it passes. forbidden: in that case it may not be reached at all.
        refuses: it is a refusal of the deciding organ, so a rejection may lead to it.
    """

    state: str
    given: str
    steps: tuple[str, ...]
    forbidden: bool
    refuses: bool
    article: str
    said: Text


@dataclass(frozen=True)
class DemandedSignatures:
    """Organs that must all sign an action in a state.

    Attributes:
        before: the action that must wait for these signatures; empty where the action itself decides.
    """

    state: str
    action: str
    organs: tuple[str, ...]
    before: str
    article: str
    said: Text


@dataclass(frozen=True)
class Demanded:
    """Everything demanded of one procedure's chain."""

    doctype: str
    steps: Mapping[str, DemandedStep]
    ends: tuple[DemandedEnd, ...]
    signatures: tuple[DemandedSignatures, ...]

    @property
    def approving_ends(self) -> frozenset[str]:
        """The ends that say yes: no rejection, return or withdrawal leads to them."""
        return frozenset(end.state for end in self.ends if not end.refuses)


@lru_cache(maxsize=1)
def all_demanded() -> dict[str, Demanded]:
    """What is demanded, by DocType, read once."""
    return load_demanded(read_file(FILE))


def demanded(doctype: str) -> Demanded:
    """What is demanded of a procedure.

    Raises:
        KeyError: no such procedure.
    """
    return all_demanded()[doctype]


def load_demanded(located: Located) -> dict[str, Demanded]:
    """Demands of one file.

    Raises:
        InputError: unknown or missing key, or an end that names a step which is not described.
    """
    if not isinstance(located.data, dict):
        raise located.error((), "文件最外层应是各程序名称。", "The file holds the procedures at its top.")
    return {doctype: _procedure(located, doctype) for doctype in located.data}


def _procedure(located: Located, doctype: str) -> Demanded:
    body = located.data[doctype]
    _keys(located, (doctype,), body, {"steps", "ends", "signatures"})
    steps = {}
    for state, step in body["steps"].items():
        here: Path_ = (doctype, "steps", state)
        _keys(located, here, step, {"actions", "article", "zh", "en"}, {"organ"})
        steps[state] = DemandedStep(
            state, tuple(step["actions"]), step["article"], step.get("organ", ""), Text(step["zh"], step["en"])
        )
    ends = tuple(_end(located, (doctype, "ends", n), end, steps) for n, end in enumerate(body["ends"]))
    signatures = tuple(
        _signatures(located, (doctype, "signatures", n), row) for n, row in enumerate(body["signatures"])
    )
    return Demanded(doctype, steps, ends, signatures)


def _end(located: Located, here: Path_, end: Any, steps: Mapping[str, DemandedStep]) -> DemandedEnd:
    _keys(located, here, end, {"state", "article", "zh", "en"}, {"given", "steps", "forbidden", "refuses"})
    passed = tuple(end.get("steps", ()))
    for state in passed:
        if state not in steps:
            raise located.error((*here, "steps"), f"没有说明“{state}”这一步。", f"The step “{state}” is not described.")
    return DemandedEnd(
        end["state"],
        end.get("given", ""),
        passed,
        bool(end.get("forbidden", False)),
        bool(end.get("refuses", False)),
        end["article"],
        Text(end["zh"], end["en"]),
    )


def _signatures(located: Located, here: Path_, row: Any) -> DemandedSignatures:
    _keys(located, here, row, {"state", "action", "organs", "article", "zh", "en"}, {"before"})
    return DemandedSignatures(
        row["state"],
        row["action"],
        tuple(row["organs"]),
        row.get("before", ""),
        row["article"],
        Text(row["zh"], row["en"]),
    )


def _keys(located: Located, path: Path_, body: Any, needed: set[str], further: set[str] | None = None) -> None:
    allowed = needed | (further or set())
    if not isinstance(body, dict) or not needed <= set(body) <= allowed:
        raise located.error(
            path,
            f"这里须有 {'、'.join(sorted(needed))}，可有的键只有 {'、'.join(sorted(allowed))}。",
            f"Needed here: {', '.join(sorted(needed))}; allowed: {', '.join(sorted(allowed))}.",
        )
