"""Papers to test with: the shipped demo declarations, read as a clerk's file is read."""

from __future__ import annotations

import copy
from datetime import date
from functools import lru_cache
from typing import Any

from kaihua_infoproj.policy.calendar import parse_moment
from kaihua_infoproj.policy.case_files import BASES, FOLDER
from kaihua_infoproj.policy.form_reading import read_paper
from kaihua_infoproj.policy.forms import load_form
from kaihua_infoproj.policy.parameter import ResolvedSet, in_force
from kaihua_infoproj.policy.proposal import ProposalFacts
from kaihua_infoproj.policy.strict_yaml import read_file

DAY = date(2026, 9, 15)


@lru_cache(maxsize=8)
def _read(name: str) -> dict[str, Any]:
    data = read_file(FOLDER / BASES / f"{name}.yaml").data
    return read_paper(load_form("declaration"), data["paper"]).data


def paper(name: str = "construction") -> dict[str, Any]:
    """A fresh copy of a demo paper: construction, om or service."""
    return copy.deepcopy(_read(name))


def facts(data: dict[str, Any], at: str = "2026-09-15T10:00:00+08:00", **more: Any) -> ProposalFacts:
    """The facts of a paper at a moment."""
    return ProposalFacts(paper=data, at=parse_moment(at), **more)


def rules(day: date = DAY) -> ResolvedSet:
    """The shipped parameters of a day."""
    return in_force(day)
