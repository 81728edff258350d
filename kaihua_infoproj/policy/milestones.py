"""The order of a construction project's milestones [art. 13] and its trial operation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from .calendar import Period, period
from .finding import Finding, found
from .parameter import ResolvedSet
from .text import Text

ALL_BUILT = Text("建设内容全部完成", "all built")
DATA_DICTIONARY = Text("数据字典接收", "data dictionary received")
PRELIMINARY_ACCEPTANCE = Text("初验", "preliminary acceptance")
TRIAL_START = Text("试运行开始", "trial start")
ZONE_CONNECTED = Text("接入开化数据专区", "connection to the Kaihua data zone")
DATA_COLLECTED = Text("试运行数据归集", "collection of trial data")
APPLICATION = Text("申请验收", "application for acceptance")

Milestone = tuple[Text, "date | None"]


@dataclass(frozen=True)
class Suspension:
    """Work suspended from ``since`` until it was resumed on ``until`` (None: still suspended)."""

    since: date
    until: date | None = None
    reason: str = ""


def trial_counted_from(trial_start: date | None, suspensions: Iterable[Suspension]) -> date | None:
    """The day from which the trial counts: its start, or the last resumption after it; None while none runs."""
    if trial_start is None:
        return None
    ends = [s.until for s in suspensions]
    return max([trial_start, *(end for end in ends if end is not None)]) if None not in ends else None


def trial_period(trial_start: date | None, suspensions: Iterable[Suspension], rules: ResolvedSet) -> Period | None:
    """The trial's last day and the day on which acceptance may first be applied for; None while no trial runs."""
    start = trial_counted_from(trial_start, suspensions)
    return None if start is None else period(start, months=rules.integer("trial_months"))


def contradictions(code: str, pairs: Iterable[tuple[Milestone, Milestone]]) -> Iterator[Finding]:
    """A finding ``code`` for each pair whose second milestone lies on a day before its first; the same day will do."""
    for (first, first_on), (second, second_on) in pairs:
        if first_on is not None and second_on is not None and second_on < first_on:
            yield found(
                code,
                {"first": first, "first_on": first_on, "second": second, "second_on": second_on},
                comparison=f"{second_on} < {first_on}",
            )


def order_before_trial(
    all_built: date | None, data_dictionary: date | None, preliminary_acceptance: date | None, trial_start: date | None
) -> Iterator[Finding]:
    """All built before the trial [13]; built, dictionary, preliminary acceptance, trial in this order [J]."""
    built, trial = (ALL_BUILT, all_built), (TRIAL_START, trial_start)
    dictionary = (DATA_DICTIONARY, data_dictionary)
    preliminary = (PRELIMINARY_ACCEPTANCE, preliminary_acceptance)
    yield from contradictions("art13.order", [(built, trial)])
    yield from contradictions(
        "art13.order_before_trial", [(built, dictionary), (dictionary, preliminary), (preliminary, trial)]
    )
