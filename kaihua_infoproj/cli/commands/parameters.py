"""``parameters``: what is in force on a day, since when, from which text."""

from __future__ import annotations

from datetime import date

from kaihua_infoproj.cli import output
from kaihua_infoproj.cli.framework import Command, Option, at_option
from kaihua_infoproj.cli.names import name_of
from kaihua_infoproj.cli.settings import Settings, today
from kaihua_infoproj.policy.parameter import UNITS, ParameterUse, article_text, in_force, value_text
from kaihua_infoproj.policy.text import Text, date_text, write


def run(settings: Settings, judgement: bool, at: date | None) -> int:
    """List the parameters."""
    day = at or today()
    rules = in_force(day)
    if not rules.uses:
        for parameter in rules.not_yet:
            parameter.floor_on(day)
    uses = [use for use in rules.uses if use.judgement or not judgement]
    if settings.json:
        output.print_json(
            {
                "at": day.isoformat(),
                "digest": rules.digest,
                "parameters": [{**use.as_plain(), "zh": use.label.zh, "en": use.label.en} for use in uses],
                "not_yet": [
                    {"name": p.name, "zh": p.label.zh, "en": p.label.en, "since": p.values[0].since.isoformat()}
                    for p in rules.not_yet
                ],
            }
        )
        return 0
    _print(settings, day, uses, judgement)
    for parameter in rules.not_yet:
        since = parameter.values[0].since
        output.line(
            settings.say(
                Text(
                    f"尚未施行：{parameter.label.zh}，自{date_text(since, 'zh')}起。",
                    f"Not yet in force: {parameter.label.en}, from {since}.",
                )
            )
        )
    return 0


def _print(settings: Settings, day: date, uses: list[ParameterUse], judgement: bool) -> None:
    say = settings.say
    headers = [
        say(t)
        for t in (
            Text("条款", "Article"),
            Text("内容", "What"),
            Text("取值", "Value"),
            Text("起", "Since"),
            Text("依据", "Document"),
            Text("判断", "Judgement"),
        )
    ]
    rows = [
        (
            article_text(use.article).get(settings.lang),
            use.label.get(settings.lang),
            _value(use, settings),
            use.since.isoformat(),
            use.document,
            say(Text("本县判断", "yes")) if use.judgement else "",
        )
        for use in sorted(uses, key=_order)
    ]
    output.table(headers, rows, settings)
    output.line()
    output.line(
        say(
            Text(
                f"{date_text(day, 'zh')}有效的参数{len(uses)}项" + ("，均为本县判断。" if judgement else "。"),
                f"{len(uses)} parameters in force on {day}" + (", all of them judgements." if judgement else "."),
            )
        )
    )


def _order(use: ParameterUse) -> tuple[float, str, str]:
    number = use.article.split(".")[0]
    return (int(number) if number.isdigit() else 99, use.document, use.name)


def _value(use: ParameterUse, settings: Settings) -> str:
    unit = UNITS[use.unit].get(settings.lang)
    value = use.value
    if isinstance(value, tuple):
        parts = [
            name_of(item, settings.lang) if isinstance(item, str) else f"{name_of(item[0], settings.lang)} {item[1]}"
            for item in value_text(use.kind, value)
        ]
        return ("；" if settings.lang == "zh" else "; ").join(parts)
    if use.kind == "money":
        return f"{value:,f}{unit}" if settings.lang == "zh" else f"{value:,f} {unit}"
    if isinstance(value, bool):
        return write(value, settings.lang)
    shown = value_text(use.kind, value)
    if use.kind == "text" or use.unit == "MM-DD":
        return name_of(str(shown), settings.lang)
    return f"{shown}{unit}" if settings.lang == "zh" or unit == "%" else f"{shown} {unit}"


COMMAND = Command(
    "parameters",
    run,
    Text(
        "列出某日有效的各项数值、日期和文字，各自的起始日、依据文件和条款。\n"
        "办法没有写明、由本县判断的，另有标注；加 --judgement 只看这些，供法制人员核对。",
        "The values in force on a day, since when, and from which document and article.\n"
        "Where the measure is silent the value is a judgement and marked so; --judgement lists only these.",
    ),
    [Option(["--judgement"], None, Text("只列属本县判断的", "only judgements")), at_option()],
    [
        ("parameters --judgement", Text("办法没有写明、由本县判断的有哪些", "what is our judgement")),
        ("parameters --at 2021-12-31", Text("2021年底有效的数值", "in force at the end of 2021")),
    ],
)
