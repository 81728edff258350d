"""``check``: check filled papers before they are handed in."""

from __future__ import annotations

from datetime import date
from typing import Any

from kaihua_infoproj.cli import output, report
from kaihua_infoproj.cli.arguments import FILE
from kaihua_infoproj.cli.failures import all_of, errors_as_json, tell
from kaihua_infoproj.cli.framework import Argument, Command, Option, at_option
from kaihua_infoproj.cli.paper_facts import Checked, check_file, read_register
from kaihua_infoproj.cli.settings import Settings, today
from kaihua_infoproj.policy.errors import InputError, InputErrors
from kaihua_infoproj.policy.finding import blocking
from kaihua_infoproj.policy.parameter import in_force
from kaihua_infoproj.policy.register import Register
from kaihua_infoproj.policy.text import Text, date_text

_FINE = Text("可以报送。", "It may be handed in.")
_BLOCKED = Text(
    "请逐项纠正（或办理例外审批）后再核对一次，然后报送。",
    "Correct them (or have the exception recorded), check again, then hand it in.",
)


def run(settings: Settings, files: tuple[str, ...], register: str | None, at: date | None) -> int:
    """Check each file; the exit code is that of the worst."""
    day = at or today()
    known = read_register(register) if register else Register()
    if not in_force(day).uses:
        for parameter in in_force(day).not_yet:
            parameter.floor_on(day)
    results: list[tuple[str, Checked | tuple[InputError, ...]]] = []
    for file in files:
        try:
            results.append((file, check_file(file, day, known)))
        except InputError as error:
            results.append((file, all_of(error)))
    errors = [error for _, result in results if isinstance(result, tuple) for error in result]
    if len(files) == 1 and errors:
        raise InputErrors(errors)
    if settings.json:
        rows = [_plain(file, result) for file, result in results]
        payload = {k: v for k, v in rows[0].items() if k != "file"} if len(files) == 1 else {"files": rows}
        output.print_json({**payload, "at": day.isoformat(), **(errors_as_json(errors) if errors else {})})
        tell(errors, settings)
    else:
        _print(results, day, settings)
    if errors:
        return 2
    return max(report.exit_code(result.findings) for _, result in results if isinstance(result, Checked))


def _plain(file: str, result: Checked | tuple[InputError, ...]) -> dict[str, Any]:
    if isinstance(result, tuple):
        return {"file": file, "ok": False, "findings": [], **errors_as_json(result)}
    return {
        "file": file,
        "ok": not blocking(result.findings),
        "findings": report.as_json(result.findings, result.place_of),
        "form": result.paper.form.name,
    }


def _print(results: list[tuple[str, Checked | tuple[InputError, ...]]], day: date, settings: Settings) -> None:
    for number, (file, result) in enumerate(results):
        if number:
            output.line()
        if isinstance(result, tuple):
            output.line(
                output.styled(
                    settings.say(
                        Text(f"{file}：无法核对，见错误输出。", f"{file}: cannot be checked; see the errors.")
                    ),
                    settings,
                    fg="red",
                )
            )
            tell(result, settings)
        else:
            _print_one(result, day, settings)


def _print_one(checked: Checked, day: date, settings: Settings) -> None:
    say, data = settings.say, checked.paper.data
    name = data.get("project_name") or say(Text("（未写项目名称）", "(no project name)"))
    title = Text(f"{checked.paper.form.label.zh}：{name}", f"{checked.paper.form.label.en}: {name}")
    output.line(output.styled(say(title), settings, bold=True))
    output.line(
        say(
            Text(
                f"文件 {checked.file}，按{date_text(day, 'zh')}有效的规定核对。",
                f"File {checked.file}, checked by the rules in force on {day}.",
            )
        )
    )
    output.line()
    report.print_findings(checked.findings, settings, checked.place_of)
    report.closing(checked.findings, settings, _FINE, _BLOCKED)


COMMAND = Command(
    "check",
    run,
    Text(
        "核对填好的申报表、调整申报表或验收申请（YAML或JSON，首行写 form:）。\n"
        "逐项列出问题：依据哪一条、事实和限额、在哪一行、怎样改。单位自查用，不代替县大数据中心的审核。",
        "Check a filled declaration, change or acceptance (YAML or JSON, with form: on top).\n"
        "Each finding says its article, the fact and the limit, the line, and what to do. A unit's self-check: it does "
        "not replace the Data Centre's review.",
    ),
    [
        Argument(
            "files",
            FILE,
            Text("文件…", "FILE…"),
            Text("一个或多个填好的表", "one or more filled forms"),
            nargs=-1,
            required=True,
        ),
        Option(
            ["--register"],
            FILE,
            Text(
                "系统台账等已知情况（YAML）：僵尸系统通报、系统升级和含运维期限、相似项目",
                "what is known of systems, listings and similar projects (YAML)",
            ),
        ),
        at_option(
            Text("报送日，按该日有效的规定核对，默认今天", "day of handing in, whose rules apply; default today")
        ),
    ],
    [
        ("check 申报表.yaml", Text("核对一份申报表", "check a declaration")),
        (
            "check 申报表.yaml 调整申报表.yaml --at 2026-09-20",
            Text("按9月20日报送核对多份", "several, as handed in on 20 September"),
        ),
        ("check 申报表.yaml --json", Text("供程序读取", "for a program")),
    ],
)
