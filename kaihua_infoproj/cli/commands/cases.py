"""``cases``: run the shipped cases of the rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kaihua_infoproj.cli import output
from kaihua_infoproj.cli.arguments import TEXT
from kaihua_infoproj.cli.framework import Argument, Command
from kaihua_infoproj.cli.settings import Settings
from kaihua_infoproj.policy.case_files import Case, load_cases
from kaihua_infoproj.policy.case_runner import CaseResult, run_case
from kaihua_infoproj.policy.errors import InputError
from kaihua_infoproj.policy.text import Text


def run(settings: Settings, words: str | None) -> int:
    """Run the cases whose file, name, rule, article or code holds the word."""
    with output.waiting(settings.say(Text("读取案例", "Reading the cases")), settings):
        shipped = load_cases()
    cases = [case for case in shipped if words is None or _fits(case, words)]
    if not cases:
        files = sorted({_file(case) for case in shipped})
        raise InputError(
            f"没有案例符合“{words}”；可按文件名（{'、'.join(files)}）、案例名、条款或问题代码筛选。",
            f"No case fits “{words}”; filter by file ({', '.join(files)}), name, article or code.",
        )
    label = settings.say(Text("运行案例", "Running cases"))
    results = [run_case(case) for case in output.followed(cases, label, settings, len(cases))]
    failed = [result for result in results if not result.passed]
    if settings.json:
        output.print_json(
            {
                "ok": not failed,
                "total": len(results),
                "passed": len(results) - len(failed),
                "cases": [_plain(result) for result in results],
            }
        )
    else:
        _print(results, failed, settings, listed=words is not None)
    return 1 if failed else 0


def _fits(case: Case, words: str) -> bool:
    asked = words.strip().lower()
    if asked.isdigit():
        return asked in case.articles or _file(case).startswith(f"art{int(asked):02d}")
    places = (_file(case), case.name, case.rule, case.doctype, case.action, *case.articles, *(case.codes or ()))
    return any(asked in place.lower() for place in places)


def _file(case: Case) -> str:
    return Path(case.file).stem


def _plain(result: CaseResult) -> dict[str, Any]:
    case = result.case
    return {
        "file": Path(case.file).name,
        "line": case.line,
        "name": case.name,
        "as_of": case.as_of.isoformat(),
        "passed": result.passed,
        "codes": [f.code for f in result.findings],
        "differences": list(result.differences),
    }


def _print(results: list[CaseResult], failed: list[CaseResult], settings: Settings, *, listed: bool) -> None:
    say = settings.say
    if listed:
        for result in results:
            case = result.case
            mark = say(Text("通过", "ok  ")) if result.passed else say(Text("不符", "FAIL"))
            output.item(
                output.styled(mark, settings, fg="green" if result.passed else "red") + "  ",
                f"{_file(case)}:{case.line}  {case.name}",
                "      ",
            )
            for finding in result.findings:
                output.item("      ", finding.zh if settings.lang == "zh" else finding.en)
    else:
        rows: dict[str, list[int]] = {}
        for result in results:
            row = rows.setdefault(_file(result.case), [0, 0])
            row[0] += 1
            row[1] += not result.passed
        headers = [say(t) for t in (Text("案例文件", "File"), Text("案例", "Cases"), Text("不符", "Failed"))]
        output.table(
            headers, [(name, str(total), str(bad)) for name, (total, bad) in rows.items()], settings, right=(1, 2)
        )
    output.line()
    for result in failed:
        output.line(output.styled(f"{_file(result.case)}:{result.case.line}  {result.case.name}", settings, fg="red"))
        for difference in result.differences:
            output.item("  ", difference)
    text = (
        Text(f"共{len(results)}个案例，全部与规则一致。", f"{len(results)} cases, all as the rules say.")
        if not failed
        else Text(
            f"共{len(results)}个案例，{len(failed)}个与规则不一致：请核对规则或参数是否被改动。",
            f"{len(results)} cases, {len(failed)} differ: check whether rules or parameters were changed.",
        )
    )
    output.line(output.styled(say(text), settings, fg="red" if failed else "green"))


COMMAND = Command(
    "cases",
    run,
    Text(
        "运行随附的规则案例：每个案例写明事实、日期和应得的结论，一条不符即不通过。\n"
        "加筛选词时逐个列出案例及其结论，可用来查某一条款怎样适用。",
        "Run the shipped cases of the rules: each says facts, day and what must come out.\n"
        "With a filter the cases are listed one by one with what came out: how an article applies.",
    ),
    [
        Argument(
            "words",
            TEXT,
            Text("[筛选词]", "[FILTER]"),
            Text("条款号、文件名、案例名或问题代码中的文字", "article number, or part of a file, name or code"),
            required=False,
        )
    ],
    [
        ("cases", Text("运行全部案例", "run all")),
        ("cases 12", Text("第十二条的案例", "the cases of article 12")),
    ],
)
