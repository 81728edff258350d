"""``workflow``: check an approval workflow, shipped or of one's own, or draw it."""

from __future__ import annotations

import os
from typing import Any

import click

from kaihua_infoproj.cli import output, report
from kaihua_infoproj.cli.arguments import FILE, ChoiceKind
from kaihua_infoproj.cli.files import read_structured, write_whole
from kaihua_infoproj.cli.framework import Argument, Command, Option
from kaihua_infoproj.cli.settings import Settings
from kaihua_infoproj.flow.definition import Definition, load_definition, shipped, shipped_doctypes
from kaihua_infoproj.flow.graph import check
from kaihua_infoproj.flow.terms import term
from kaihua_infoproj.policy.errors import InputError
from kaihua_infoproj.policy.finding import Finding, blocking
from kaihua_infoproj.policy.text import Text


def run(settings: Settings, source: str | None, draw: str | None, out: str | None) -> int:
    """Check one workflow, or all shipped ones; draw one."""
    if out and not draw:
        raise InputError("须与 --draw 一起使用。", "It goes with --draw.", field="--out")
    if source is None:
        if draw:
            raise InputError(
                "画图须写明是哪一个流程：文件名，或随附的流程名。",
                "To draw, name a file or a shipped workflow.",
                field="--draw",
            )
        return _all(settings)
    definition = _definition(source)
    findings = check(definition)
    drawing = _drawn(definition, draw, settings) if draw else ""
    if out:
        write_whole(out, drawing)
    if settings.json:
        more = {"drawing": drawing} if draw and not out else {"out": out} if out else {}
        output.print_json({**_plain(definition, findings), **more})
    elif draw:
        _print_drawing(drawing, out, findings, settings)
    else:
        _print(definition, findings, settings)
    return report.exit_code(findings)


def _definition(source: str) -> Definition:
    """A file if there is one of that name, else a shipped workflow by its English or Chinese name."""
    if os.path.exists(source) or source.lower().endswith((".json", ".yaml", ".yml")):
        return load_definition(read_structured(source))
    asked = source.strip().lower()
    for doctype in shipped_doctypes():
        name = term(doctype)
        if asked in (doctype.lower(), name.en.lower(), name.zh):
            return shipped(doctype)
    names = [term(doctype) for doctype in shipped_doctypes()]
    raise InputError(
        f"没有文件，也没有随附的流程叫“{source}”；随附的流程有：{'、'.join(n.zh for n in names)}。",
        f"There is no file and no shipped workflow “{source}”; shipped are {', '.join(n.en for n in names)}.",
    )


def _all(settings: Settings) -> int:
    checked = [(definition, check(definition)) for definition in map(shipped, shipped_doctypes())]
    bad = any(blocking(findings) for _, findings in checked)
    if settings.json:
        output.print_json({"ok": not bad, "workflows": [_plain(d, findings) for d, findings in checked]})
        return int(bad)
    for definition, findings in checked:
        _print(definition, findings, settings)
    return int(bad)


def _plain(definition: Definition, findings: tuple[Finding, ...]) -> dict[str, Any]:
    return {
        "ok": not blocking(findings),
        "name": definition.name,
        "doctype": definition.doctype,
        "states": len(definition.states),
        "transitions": len(definition.transitions),
        "findings": report.as_json(findings),
    }


def _print(definition: Definition, findings: tuple[Finding, ...], settings: Settings) -> None:
    name = term(definition.doctype)
    size = Text(
        f"{name.zh}（{definition.name}）：状态{len(definition.states)}个，流转{len(definition.transitions)}条",
        f"{name.en} ({definition.name}): {len(definition.states)} states, {len(definition.transitions)} transitions",
    )
    if not findings:
        fine = Text(
            f"{size.zh}，检查通过：状态都能到达也都有出路，办法要求的步骤都绕不过去。",
            f"{size.en}: every state is reachable and has a way on, and no step that the measure demands can be "
            "missed.",
        )
        output.line(output.styled(settings.say(fine), settings, fg="green"))
        return
    output.line(output.styled(settings.say(Text(size.zh + "。", size.en + ".")), settings, bold=True))
    output.line()
    report.print_findings(findings, settings)
    report.closing(
        findings,
        settings,
        Text("可以启用。", "It may be used."),
        Text("纠正后再检查一次，然后启用。", "Correct them and check again before using it."),
    )


def _drawn(definition: Definition, kind: str, settings: Settings) -> str:
    from kaihua_infoproj.flow.drawing import mermaid, svg

    return {"mermaid": mermaid, "svg": svg}[kind](definition, settings.lang)


def _print_drawing(drawing: str, out: str | None, findings: tuple[Finding, ...], settings: Settings) -> None:
    if out:
        output.line(settings.say(Text(f"已画到 {out}。", f"Drawn to {out}.")))
    else:
        click.echo(drawing, nl=not drawing.endswith("\n"))
    for finding in findings:
        click.echo(finding.zh if settings.lang == "zh" else finding.en, err=True)


COMMAND = Command(
    "workflow",
    run,
    Text(
        "检查审批流程：每个状态能否到达、有无出路，动作有无歧义，条件是否合规，办法要求的步骤能否被绕过。\n"
        "不写名称时检查全部随附的流程；加 --draw 则画图。",
        "Check a workflow: every state reachable and with a way on, no action ambiguous, no condition outside the "
        "restricted form, no step of the measure missed.\n"
        "Without a name all shipped ones are checked; --draw draws one.",
    ),
    [
        Argument(
            "source",
            FILE,
            Text("[文件或流程名]", "[FILE]"),
            Text(
                "Frappe Workflow 定义（JSON），或随附流程的名称，如“项目变更”、Change",
                "a Frappe Workflow as JSON, or the name of a shipped one, such as Change",
            ),
            required=False,
        ),
        Option(["--draw"], ChoiceKind(("mermaid", "svg")), Text("画成 Mermaid 或 SVG", "draw it as Mermaid or SVG")),
        Option(["--out"], FILE, Text("图写入这个文件，默认写到标准输出", "file for the drawing; default stdout")),
    ],
    [
        ("workflow", Text("检查全部随附的流程", "check all shipped workflows")),
        ("workflow 项目变更 --draw svg --out 项目变更.svg", Text("画出项目变更的流程", "draw the workflow of changes")),
        ("workflow 本县流程.json", Text("检查自己改过的流程", "check one's own")),
    ],
)
