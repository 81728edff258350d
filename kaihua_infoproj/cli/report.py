"""Findings as a person reads them: grouped by severity, each with its place; and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from kaihua_infoproj.policy.finding import Finding, Severity, blocking, catalogue
from kaihua_infoproj.policy.text import Text

from . import output
from .settings import Settings

_COLOURS = {Severity.BLOCKS: "red", Severity.EXCEPTION: "yellow", Severity.NOTE: "cyan"}
_HEADINGS = {
    Severity.BLOCKS: Text("须纠正（{}项）", "To be corrected ({})"),
    Severity.EXCEPTION: Text(
        "须走例外审批（{}项），例外未记录前按须纠正处理", "Needs a recorded exception ({}); blocks until it is recorded"
    ),
    Severity.NOTE: Text("提示（{}项），不妨碍报送", "Notes ({}); they do not keep it from being handed in"),
}
_JUDGEMENT = Text("（办法未写明，属本县判断）", " (the measure is silent: a judgement)")


class Place(NamedTuple):
    """Where a finding's field stands in a paper: line (0: the field is not there), and the field's label."""

    line: int
    label: Text


PlaceOf = Callable[[str], "Place | None"]
"""From a finding's field to its place; None where the paper has no such field."""


def exit_code(findings: Iterable[Finding]) -> int:
    """1 if something blocks, else 0."""
    return 1 if blocking(findings) else 0


def is_judgement(finding: Finding) -> bool:
    """Whether the measure is silent on it: the rule itself, or a value that it read, is the county's judgement."""
    sentence = catalogue().get(finding.code)
    return bool(sentence and sentence.judgement) or any(use.judgement for use in finding.parameters)


def as_json(findings: Iterable[Finding], place_of: PlaceOf | None = None) -> list[dict[str, Any]]:
    """The findings with their fixed keys; ``line`` too where the paper is a file."""
    rows = []
    for finding in findings:
        row = {**finding.as_plain(), "judgement": is_judgement(finding)}
        if place_of is not None:
            place = place_of(finding.field)
            row["line"] = place.line or None if place else None
        rows.append(row)
    return rows


def print_findings(findings: Sequence[Finding], settings: Settings, place_of: PlaceOf | None = None) -> None:
    """Heaviest first; numbered through, so that people can speak of “item 3”."""
    number = 0
    for severity in Severity:
        group = [f for f in findings if f.severity is severity]
        if not group:
            continue
        heading = settings.say(_HEADINGS[severity]).format(len(group))
        output.line(output.styled(heading, settings, fg=_COLOURS[severity], bold=True))
        for finding in group:
            number += 1
            output.item(f"{number:>3}. ", _sentence(finding, settings))
            place = _place(finding, settings, place_of)
            if place:
                output.item("     ", place)
        output.line()


def print_plain(findings: Iterable[Finding], settings: Settings) -> None:
    """As a numbered list without severities: reasons of a result that asks for nothing to be corrected."""
    for number, finding in enumerate(findings, 1):
        output.item(f"{number:>3}. ", _sentence(finding, settings))


def _sentence(finding: Finding, settings: Settings) -> str:
    text = finding.zh if settings.lang == "zh" else finding.en
    if is_judgement(finding):
        text += settings.say(_JUDGEMENT)
    return text


def _place(finding: Finding, settings: Settings, place_of: PlaceOf | None) -> str:
    place = place_of(finding.field) if place_of is not None else None
    if place is None or (not place.line and not finding.blocking):
        return ""
    field, label = finding.field, settings.say(place.label)
    if settings.lang == "zh":
        return (
            f"位置：第{place.line}行，{field}（{label}）"
            if place.line
            else f"位置：{field}（{label}），文件中没有这一项"
        )
    return (
        f"Where: line {place.line}, {field} ({label})"
        if place.line
        else f"Where: {field} ({label}), which is not in the file"
    )


_READ_NOTES = Text("没有须纠正的问题，请阅看提示。", "Nothing has to be corrected; read the notes.")


def closing(findings: Sequence[Finding], settings: Settings, fine: Text, blocked: Text) -> None:
    """The last line: how many of each, and what now."""
    counts = [sum(f.severity is severity for f in findings) for severity in Severity]
    if settings.lang == "zh":
        counted = f"须纠正{counts[0]}项，须走例外审批{counts[1]}项，提示{counts[2]}项。"
    else:
        counted = f"{counts[0]} to correct, {counts[1]} needing an exception, {counts[2]} notes. "
    bad = bool(blocking(findings))
    text = settings.say(blocked if bad else fine if not counts[2] else _READ_NOTES)
    output.line(output.styled(counted + text, settings, fg="red" if bad else "green"))
