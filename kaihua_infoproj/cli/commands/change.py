"""``change``: whether a change is filed or jointly examined."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from kaihua_infoproj.cli import output, report
from kaihua_infoproj.cli.arguments import AMOUNT, FILE, POSITIVE_AMOUNT, ChoiceKind
from kaihua_infoproj.cli.change_lines import read_change_lines
from kaihua_infoproj.cli.framework import Command, Option, at_option
from kaihua_infoproj.cli.settings import Settings, today
from kaihua_infoproj.policy.change import ChangeFacts, ChangeRoute, route_change
from kaihua_infoproj.policy.errors import InputError
from kaihua_infoproj.policy.finding import blocking
from kaihua_infoproj.policy.parameter import in_force
from kaihua_infoproj.policy.text import Text, amount_text, yuan_text

_ROUTES = {
    "filing": Text(
        "备案——由县大数据中心备案再审，不再联合审查", "filing – by the Data Centre, without joint examination"
    ),
    "joint": Text(
        "会同审核——由县大数据中心会同县发改局、县财政局审核，须全部签署意见",
        "joint examination – by the Data Centre, the DRB and Finance, all of them signing",
    ),
}
_DEGREES = ChoiceKind(("small", "considerable"), {"变动不大": "small", "变动较大": "considerable"})


def run(
    settings: Settings,
    base: Decimal,
    gross: Decimal | None,
    lines: str | None,
    earlier: tuple[Decimal, ...],
    content: Literal["small", "considerable"] | None,
    meets_review: bool,
    fails_review: bool,
    at: date | None,
) -> int:
    """Ask the rule for the route and print it."""
    if (gross is None) == (lines is None):
        raise InputError(
            "请在 --gross（调整金额）与 --lines（明细文件）之间选一个，且只选一个。",
            "Give exactly one of --gross (amount) and --lines (file).",
            field="--gross",
        )
    if meets_review and fails_review:
        raise InputError(
            "不能与 --meets-review 同时使用：调整后要么仍符合初审要求，要么不符合。",
            "It cannot go with --meets-review: either the demands are still met or not.",
            field="--fails-review",
        )
    day = at or today()
    facts = ChangeFacts(
        base_amount=base,
        gross=gross,
        lines=read_change_lines(lines) if lines else (),
        earlier=earlier,
        centre_content_degree=content,
        meets_review=True if meets_review else False if fails_review else None,
    )
    route = route_change(facts, in_force(day))
    if settings.json:
        _print_json(route, base, day)
    else:
        _print(route, facts, settings)
    return report.exit_code(route.findings)


def _print_json(route: ChangeRoute, base: Decimal, day: date) -> None:
    largest = route.largest
    output.print_json(
        {
            "route": route.route,
            "gross": amount_text(route.gross),
            "cumulative": amount_text(route.cumulative),
            "ratio_percent": format(route.ratio_percent, ".2f"),
            "reasons": list(route.reasons),
            "findings": report.as_json(route.findings),
            "base": amount_text(base),
            "net": None if route.net is None else amount_text(route.net),
            "largest": None
            if largest is None
            else {"line": largest.line, "before": amount_text(largest.before), "after": amount_text(largest.after)},
            "at": day.isoformat(),
        }
    )


def _print(route: ChangeRoute, facts: ChangeFacts, settings: Settings) -> None:
    say, lang = settings.say, settings.lang
    colour = "yellow" if route.route == "joint" else "green"
    output.item(
        say(Text("审核方式：", "Route: ")), output.styled(say(_ROUTES[route.route]), settings, fg=colour, bold=True)
    )
    output.item(say(Text("审定总投资：", "Approved total: ")), yuan_text(facts.base_amount, lang))
    output.item(
        say(Text("本次调整：", "This change: ")),
        f"{yuan_text(route.gross, lang)}"
        + say(
            Text(
                f"，占审定总投资{route.ratio_percent:.2f}%（比例仅供显示，按精确数判断）",
                f", {route.ratio_percent:.2f} % of the approved total (shown rounded, decided exactly)",
            )
        ),
    )
    if route.net is not None:
        output.item(say(Text("增减相抵：", "Net: ")), yuan_text(route.net, lang))
    if route.largest is not None:
        largest = route.largest
        output.item(
            say(Text("变动最大：", "Largest: ")),
            say(
                Text(
                    f"{largest.line}，由{yuan_text(largest.before, 'zh')}调整为{yuan_text(largest.after, 'zh')}",
                    f"{largest.line}, from {yuan_text(largest.before, 'en')} to {yuan_text(largest.after, 'en')}",
                )
            ),
        )
    output.item(
        say(Text("累计调整：", "Cumulative: ")),
        f"{yuan_text(route.cumulative, lang)}"
        + say(
            Text(f"（含本次；此前已备案{len(facts.earlier)}次）", f" (this one and {len(facts.earlier)} filed before)")
        ),
    )
    output.line()
    if blocking(route.findings):
        report.print_findings(route.findings, settings)
    else:
        output.line(say(Text("理由与说明", "Reasons and notes")))
        report.print_plain(route.findings, settings)


COMMAND = Command(
    "change",
    run,
    Text(
        "判断项目变更的审核方式（第十二条）：备案，还是会同审核。\n"
        "本次金额按各项增减的绝对值之和计算，增减不相抵；对本次和累计分别判断，比例按精确数比较。",
        "Which way a change goes (article 12): filing or joint examination.\n"
        "The amount is the sum of all differences without sign; this change and all filed ones together are tested, "
        "by exact figures.",
    ),
    [
        Option(
            ["--base"], POSITIVE_AMOUNT, Text("首次审定的总投资，元", "the first approved total, yuan"), required=True
        ),
        Option(
            ["--gross"],
            AMOUNT,
            Text("本次调整金额：各项增减绝对值之和，元", "this change: sum of differences without sign, yuan"),
        ),
        Option(
            ["--lines"],
            FILE,
            Text(
                "调整明细（YAML或JSON）：每项写 line、before、after",
                "lines of the change (YAML or JSON): line, before, after",
            ),
        ),
        Option(
            ["--earlier"],
            AMOUNT,
            Text(
                "审定或上次会同审核同意以来，每次已备案变更的金额",
                "amount of a change filed since approval or the last agreed joint examination",
            ),
            multiple=True,
        ),
        Option(
            ["--content"],
            _DEGREES,
            Text(
                "县大数据中心认定的内容变动程度：small 变动不大，considerable 变动较大",
                "how much the content changes, by the Data Centre",
            ),
        ),
        Option(
            ["--meets-review"], None, Text("调整后仍符合初审要求", "the preliminary review's demands are still met")
        ),
        Option(["--fails-review"], None, Text("调整后不再符合初审要求", "they are no longer met")),
        at_option(),
    ],
    [
        (
            "change --base 1333300.00 --gross 199900.00",
            Text("审定总投资133.33万元，本次调整19.99万元", "a change of 199,900"),
        ),
        (
            "change --base 1000000.00 --gross 80000.00 --earlier 80000.00",
            Text("此前已备案一次8万元", "one filed before"),
        ),
        ("change --base 500000.00 --lines 调整明细.yaml --content small", Text("按明细逐项计算", "line by line")),
    ],
)
