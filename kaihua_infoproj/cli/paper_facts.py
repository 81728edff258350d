"""A paper as read → the facts that its rule asks for, and the rule's answer: what ``check`` does with one file.

A paper that is checked alone says itself what the system would otherwise know (approved total, earlier changes,
milestones); the forms mark these fields as stated.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from kaihua_infoproj.policy.acceptance import check_acceptance
from kaihua_infoproj.policy.acceptance_facts import AcceptanceFacts
from kaihua_infoproj.policy.calendar import SHANGHAI
from kaihua_infoproj.policy.change import ChangeFacts, check_change
from kaihua_infoproj.policy.declaration import ProposalFacts, check_declaration
from kaihua_infoproj.policy.errors import InputError
from kaihua_infoproj.policy.finding import Finding
from kaihua_infoproj.policy.form_reading import Paper, form_in, read_paper
from kaihua_infoproj.policy.parameter import ResolvedSet, in_force
from kaihua_infoproj.policy.plain import from_plain
from kaihua_infoproj.policy.register import Register
from kaihua_infoproj.policy.service_completion import ServiceCompletionFacts, check_service_completion

from .files import read_structured
from .report import Place

_NOON = time(12)


@dataclass(frozen=True)
class Checked:
    """A paper and what its rules found on the day it was checked for."""

    file: str
    paper: Paper
    findings: tuple[Finding, ...]

    def place_of(self, field: str) -> Place | None:
        """Where a finding's field stands; None if the form has no such field."""
        top = field.partition("[")[0].partition(".")[0]
        try:
            label = self.paper.form.field(field).label
        except KeyError:
            return None
        return Place(self.paper.line(field) if (top,) in self.paper.located.lines else 0, label)


def check_file(file: str, day: date, register: Register) -> Checked:
    """Read a paper and check it as of ``day``.

    Raises:
        InputError: it cannot be read; :class:`InputErrors` where several things cannot.
    """
    located = read_structured(file)
    paper = read_paper(form_in(located), located)
    try:
        findings = _RULES[paper.form.name](paper, day, register, in_force(day))
    except InputError as error:
        raise error.at(file=file, line=paper.line(error.field) if error.field else 0) from None
    return Checked(file, paper, findings)


def read_register(file: str) -> Register:
    """What the unit knows of its systems, listings, similar projects: a YAML file with the register's fields.

    Raises:
        InputError: with file, line and field.
    """
    located = read_structured(file)
    try:
        return from_plain(Register, located.data)
    except InputError as error:
        raise located.error(_path(error.field), error.zh, error.en) from None


def _path(field: str) -> tuple[str | int, ...]:
    """``systems[2].state`` → ("systems", 1, "state")."""
    parts: list[str | int] = []
    for name in field.replace("]", "").split("."):
        word, _, number = name.partition("[")
        if word:
            parts.append(word)
        if number:
            parts.append(int(number) - 1)
    return tuple(parts)


def _declaration(paper: Paper, day: date, register: Register, rules: ResolvedSet) -> tuple[Finding, ...]:
    # Noon: a day is given, and a declaration is in time until the last moment of its day.
    facts = ProposalFacts(paper=paper.data, at=datetime.combine(day, _NOON, SHANGHAI), register=register)
    return check_declaration(facts, rules)


def _change(paper: Paper, day: date, register: Register, rules: ResolvedSet) -> tuple[Finding, ...]:
    data = dict(paper.data)
    if "base_amount" not in data:
        raise InputError(
            "单独核对调整申报表时须写明审定总投资（base_amount）。",
            "The approved total (base_amount) is needed where a change is checked alone.",
            field="base_amount",
        )
    data["lines"] = [_change_line(row, number) for number, row in enumerate(data.get("lines", ()), 1)]
    data["earlier"] = [row.get("gross") for row in data.get("earlier_changes", ())]
    consent = {
        name: data[f"consent_{key}"]
        for name, key in (("kind", "kind"), ("number", "number"), ("dated", "date"), ("file", "file"))
        if f"consent_{key}" in data
    }
    if consent:
        data["consent"] = consent
    # Of a construction project any nature will do: they are alike in article 12, and the form names the kind alone.
    data.setdefault("nature", {"construction": "new"}.get(data.get("form_kind", "construction"), ""))
    return check_change(from_plain(ChangeFacts, _known(data), ignore_unknown=True), rules)


def _known(data: Mapping[str, Any]) -> dict[str, Any]:
    """Without what the rule works out itself."""
    return {name: value for name, value in data.items() if name not in ("gross", "net", "route", "cumulative")}


def _change_line(row: Mapping[str, Any], number: int) -> dict[str, Any]:
    out = {name: row[name] for name in ("category", "item", "reason") if name in row}
    out["line"] = row.get("line") or row.get("item") or str(number)
    for name, label in (("before", "调整前金额"), ("after", "调整后金额")):
        if f"{name}_amount" not in row:
            raise InputError(
                f'缺少{label}（新增项调整前写 "0.00"，取消项调整后写 "0.00"）。',
                f'The amount {name} is missing ("0.00" before a new line, and after a dropped one).',
                field=f"lines[{number}].{name}_amount",
            )
        out[name] = row[f"{name}_amount"]
    return out


def _acceptance(paper: Paper, day: date, register: Register, rules: ResolvedSet) -> tuple[Finding, ...]:
    data = dict(paper.data)
    kind = data.get("form_kind", "construction")
    if kind != "construction":
        return check_service_completion(
            from_plain(ServiceCompletionFacts, {**data, "nature": kind, "at": day}, ignore_unknown=True), rules
        )
    # The answers of a new round belong to the items of the one before it.
    data["earlier_rounds"] = [
        {**row, "items": data.get("rectification_answers", ())} if row.get("round") == data.get("round", 1) - 1 else row
        for row in data.get("earlier_rounds", ())
    ]
    return check_acceptance(from_plain(AcceptanceFacts, {**data, "at": day}, ignore_unknown=True), rules)


_RULES: dict[str, Callable[[Paper, date, Register, ResolvedSet], tuple[Finding, ...]]] = {
    "declaration": _declaration,
    "change": _change,
    "acceptance": _acceptance,
}
