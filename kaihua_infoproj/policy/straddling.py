"""Cases between two texts: handed in under one value of a parameter, decided under another.

Which value applies is a parameter itself: the day of handing in, by our judgement, so that nobody is held to what he
could not know when he handed in. That the values differ is always said, never a silent choice.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from .checklists import checklist
from .demands import words
from .finding import Finding, found
from .forms import load_form, option_lists
from .measure_text import value_of
from .organs import DIMENSIONS, ORGANS
from .parameter import DatedValue, ParameterUse, ResolvedSet, floor
from .text import Text, date_text

HANDED_IN, DECISION = "handed_in", "decision_day"
_DAYS = {HANDED_IN: Text("报送之日", "the day of handing in"), DECISION: Text("办理之日", "the day of decision")}


@dataclass(frozen=True)
class Watched(ResolvedSet):
    """A set that remembers which parameters were asked of it. ``read``: their names."""

    read: set[str] = field(default_factory=set, compare=False)

    def use(self, name: str) -> ParameterUse:
        """As in :class:`.ResolvedSet`, and remembered."""
        self.read.add(name)
        return super().use(name)


def judged(
    rule: Callable[[Any, ResolvedSet], tuple[Finding, ...]], facts: Any, rules: ResolvedSet, filed: ResolvedSet
) -> tuple[Finding, ...]:
    """What ``rule`` finds by the values that apply, and a note on each value it read that has changed meanwhile.

    Args:
        rules: in force on the day of decision. filed: in force on the day of handing in.
    """
    watched = Watched(*_fields(applicable(filed, rules)))
    findings = tuple(rule(facts, watched))
    return (*findings, *check_straddling(filed, rules, watched.read))


def applicable(filed: ResolvedSet, decided: ResolvedSet) -> ResolvedSet:
    """The set by which a case is judged: that of the day which the parameter ``straddling_day`` names.

    A parameter that had no value yet on the day of handing in takes that of the decision.
    """
    if decided.text("straddling_day") == DECISION:
        return decided
    had = {use.name for use in filed.uses}
    later = tuple(use for use in decided.uses if use.name not in had)
    not_yet = tuple(p for p in filed.not_yet if p.name not in {use.name for use in later})
    return ResolvedSet(filed.as_of, tuple(sorted((*filed.uses, *later), key=lambda use: use.name)), not_yet)


def check_straddling(
    filed: ResolvedSet, decided: ResolvedSet, names: Collection[str] | None = None
) -> Iterator[Finding]:
    """A note on each parameter that differs between the two days: ``flow.straddling.change_joint_ratio``.

    Args:
        names: those that matter to the case; None for all.
    """
    day = decided.text("straddling_day")
    before = {use.name: use for use in filed.uses}
    for now in decided.uses:
        was = before.get(now.name)
        if (names is not None and now.name not in names) or (was is not None and was.value == now.value):
            continue
        applies = _DAYS[DECISION] if was is None else _DAYS[day]
        yield found(
            f"flow.straddling.{now.name}",
            {
                "parameter": now.label,
                "filed_on": filed.as_of,
                "decided_on": decided.as_of,
                "filed": _shown(was),
                "decided": _shown(now),
                "applies": applies,
            },
            uses=[decided.use("straddling_day")],
            sentence="flow.straddling",
        )


def _fields(rules: ResolvedSet) -> tuple[Any, ...]:
    return rules.as_of, rules.uses, rules.not_yet


def _shown(use: ParameterUse | None) -> Text:
    """A value with its start as a person reads it."""
    if use is None:
        return Text("尚无规定", "not yet set")
    dated = DatedValue(use.since, use.value, use.document, use.article)
    zh, en = (value_of(floor()[use.name], dated, _words(use.unit), lang) for lang in ("zh", "en"))
    return Text(f"{zh}（自{date_text(use.since, 'zh')}起）", f"{en} (since {date_text(use.since, 'en')})")


_OPTIONS_OF = "options of "
_LISTS = {"gate": "acceptance_gate", "part": "acceptance_part"}


@lru_cache(maxsize=64)
def _words(unit: str) -> Mapping[str, Text]:
    """What the keys in a value of this unit mean: a form's options, organs, dimensions, or the words of parameters."""
    name = unit.removeprefix(_OPTIONS_OF) if unit.startswith(_OPTIONS_OF) else _LISTS.get(unit, "")
    if not name:
        archive = {item.code: item.label for item in checklist("archive").editions[-1].items}
        return {**archive, **ORGANS, **DIMENSIONS, **words()}
    options = option_lists().get(name) or load_form("declaration").field(name).options
    return {option.value: option.label for option in options.options} if options else {}
