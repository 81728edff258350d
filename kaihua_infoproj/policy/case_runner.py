"""Running the cases of ``policy/cases``: for tests, for ``kaihua-infoproj cases``, and against a site's parameters."""

from __future__ import annotations

import importlib
import inspect
import typing
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

from .case_files import Case, load_cases, refuse
from .finding import Finding, plain_fact
from .parameter import OverlayRow, ResolvedSet, floor, read_value, resolve
from .plain import convert, from_plain
from .procedures import PROCEDURES
from .straddling import judged


@dataclass(frozen=True)
class CaseResult:
    """What running a case showed: passed, or how the outcome differs, sentence by sentence."""

    case: Case
    differences: tuple[str, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether everything came out as the case says."""
        return not self.differences


def run_cases(folder: Path | None = None, overlay: Iterable[OverlayRow] = ()) -> list[CaseResult]:
    """Run all cases of ``folder`` (the shipped ones by default), with a site's own parameters if given.

    Raises:
        InputError: a case cannot be read.
    """
    rows = tuple(overlay)
    return [run_case(case, rows) for case in load_cases(folder)]


def run_case(case: Case, overlay: Iterable[OverlayRow] = ()) -> CaseResult:
    """Run one case.

    Raises:
        InputError: its rule is not there, or its input does not fit the rule's facts.
    """
    rule = _rule(case)
    filed = None if case.filed_on is None else _resolved(case, overlay, case.filed_on)
    outcome = _call(rule, case, _resolved(case, overlay, case.as_of), filed)
    if inspect.isgenerator(outcome):
        outcome = tuple(outcome)
    findings = _findings(outcome)
    return CaseResult(case, tuple(_differences(case, outcome, findings)), findings)


def _rule(case: Case) -> Callable[..., Any]:
    if case.rule:
        module, _, name = case.rule.rpartition(".")
        try:
            return typing.cast("Callable[..., Any]", getattr(importlib.import_module(f"{__package__}.{module}"), name))
        except (ImportError, AttributeError):
            raise refuse(case, f"没有名为“{case.rule}”的规则。", f"There is no rule “{case.rule}”.") from None
    try:
        return PROCEDURES[case.doctype][case.action]
    except KeyError:
        raise refuse(
            case, f"“{case.doctype}”的“{case.action}”没有规则。", f"No rule binds “{case.action}” of “{case.doctype}”."
        ) from None


def _resolved(case: Case, overlay: Iterable[OverlayRow], day: date) -> ResolvedSet:
    own = []
    for name, value in case.parameters.items():
        if name not in floor():
            raise refuse(case, f"没有名为“{name}”的参数。", f"There is no parameter “{name}”.")
        own.append(OverlayRow(name, read_value(floor()[name].kind, value), case.as_of, "case", newer_basis=True))
    return resolve(floor(), (*overlay, *own), day)


def _call(rule: Callable[..., Any], case: Case, rules: ResolvedSet, filed: ResolvedSet | None) -> Any:
    hints = typing.get_type_hints(rule)
    names = list(inspect.signature(rule).parameters)
    first = hints.get(names[0]) if names else None
    if is_dataclass(first) and isinstance(first, type) and first is not ResolvedSet:
        facts = from_plain(first, _with_paper(first, case.input))
        if filed is not None:
            return judged(rule, facts, rules, filed)
        return rule(facts, rules) if len(names) > 1 else rule(facts)
    if "rules" in names:
        return rule(rules=rules, **_arguments(hints, case.input))
    return rule(**_arguments(hints, case.input))


def _with_paper(facts_class: Any, data: Mapping[str, Any]) -> Mapping[str, Any]:
    form = getattr(facts_class, "PAPER_FORM", "")
    if not form or data["paper"].get("is_classified") is True:
        return data  # reading refuses what stands beside the mark; a rule meets it where a document was made otherwise
    reading = importlib.import_module(f"{__package__}.form_reading")
    forms = importlib.import_module(f"{__package__}.forms")
    return {**data, "paper": reading.read_paper(forms.load_form(form), data["paper"]).data}


def _arguments(hints: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: convert(hints[name], value, name) for name, value in data.items()}


def _findings(outcome: Any) -> tuple[Finding, ...]:
    if isinstance(outcome, (tuple, list)):
        return tuple(item for item in outcome if isinstance(item, Finding))
    return tuple(getattr(outcome, "findings", ()))


def _differences(case: Case, outcome: Any, findings: tuple[Finding, ...]) -> Iterable[str]:
    codes = sorted(finding.code for finding in findings)
    if case.codes is not None and codes != sorted(case.codes):
        yield f"codes: {codes} ≠ {sorted(case.codes)}"
    for expected in case.findings:
        if not any(_fits(finding, expected) for finding in findings):
            yield f"finding: {dict(expected)} is not among {[_short(f, expected) for f in findings]}"
    for sentence in case.zh:
        if not any(finding.zh.startswith(sentence) for finding in findings):
            yield f"zh: “{sentence}” is not among {[finding.zh for finding in findings]}"
    if case.route is not None and getattr(outcome, "route", None) != case.route:
        yield f"route: {getattr(outcome, 'route', None)} ≠ {case.route}"
    yield from _output_differences(case.output, outcome)


def _fits(finding: Finding, expected: Mapping[str, Any]) -> bool:
    plain = _plain(finding)
    return all(
        all(plain["facts"].get(name) == fact for name, fact in value.items())
        if key == "facts"
        else plain.get(key) == value
        for key, value in expected.items()
    )


def _plain(finding: Finding) -> dict[str, Any]:
    return {**finding.as_plain(), "way_out_zh": finding.way_out.zh}


def _short(finding: Finding, expected: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _plain(finding).get(key) for key in expected}


def _output_differences(expected: Any, outcome: Any) -> Iterable[str]:
    if isinstance(expected, Mapping):
        for name, value in expected.items():
            actual = outcome.get(name) if isinstance(outcome, Mapping) else getattr(outcome, name, None)
            if plain_fact(actual) != value:
                yield f"{name}: {plain_fact(actual)} ≠ {value}"
    elif expected is not None and plain_fact(outcome) != expected:
        yield f"output: {plain_fact(outcome)} ≠ {expected}"
