"""``estimate``: software cost by function points."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from kaihua_infoproj.cli import output, report
from kaihua_infoproj.cli.arguments import AMOUNT, POSITIVE_AMOUNT, POSITIVE_NUMBER, ChoiceKind, count
from kaihua_infoproj.cli.framework import Command, Option, at_option
from kaihua_infoproj.cli.settings import Settings, today
from kaihua_infoproj.policy.errors import InputError
from kaihua_infoproj.policy.estimate import Counts, Estimate, EstimateFacts, estimate
from kaihua_infoproj.policy.parameter import in_force
from kaihua_infoproj.policy.text import Text, amount_text, plain_decimal, yuan_text

_COUNT = count(0, 1_000_000)
Method = Literal["indicative", "estimated"]
WeightSet = Literal["10-7", "7-5"]


def run(
    settings: Settings,
    ufp: Decimal | None,
    ilf: int | None,
    eif: int | None,
    ei: int | None,
    eo: int | None,
    eq: int | None,
    method: Method | None,
    weight_set: WeightSet | None,
    cf: Decimal,
    pdr: Decimal,
    factor: tuple[Decimal, ...],
    rate: Decimal,
    dnc: Decimal | None,
    at: date | None,
) -> int:
    """Work out the cost and print it."""
    given = {"--ilf": ilf, "--eif": eif, "--ei": ei, "--eo": eo, "--eq": eq}
    counts = _counts(ufp, given)
    chosen = _method(counts, given, method, weight_set)
    day = at or today()
    facts = EstimateFacts(
        cf=cf,
        pdr=pdr,
        rate=rate,
        ufp=ufp,
        counts=counts,
        method=chosen,
        set=weight_set or "10-7",
        factors=factor,
        dnc=dnc or Decimal(0),
    )
    result = estimate(facts, in_force(day))
    if settings.json:
        output.print_json(
            {
                "ufp": plain_decimal(result.ufp),
                "size": plain_decimal(result.size),
                "effort_hours": plain_decimal(result.effort_hours),
                "person_months": plain_decimal(result.person_months),
                "cost": amount_text(result.cost),
                "method": chosen if counts else None,
                "set": facts.set if counts and chosen == "estimated" else None,
                "findings": report.as_json(result.findings),
                "benchmarks": [
                    {
                        "name": b.name,
                        "kind": b.kind,
                        "value": plain_decimal(b.value),
                        "since": b.since.isoformat(),
                        "source": b.source,
                    }
                    for b in result.benchmarks
                ],
                "at": day.isoformat(),
            }
        )
    else:
        _print(result, facts, settings)
    return report.exit_code(result.findings)


def _counts(ufp: Decimal | None, given: dict[str, int | None]) -> Counts | None:
    """The counted functions, or None where the size is given directly."""
    named = [name for name, value in given.items() if value is not None]
    if ufp is not None:
        if named:
            raise InputError(
                f"已经写明功能点数，不能再写 {'、'.join(named)}，请选一种。",
                f"The size is given already; leave {', '.join(named)} out, or --ufp.",
                field="--ufp",
            )
        return None
    for name in ("--ilf", "--eif"):
        if given[name] is None:
            raise InputError(
                "必填：没有写功能点数（--ufp）时，须写明内部逻辑文件数 --ilf 和外部接口文件数 --eif（没有的写 0）。",
                "Required: without --ufp, give the internal files --ilf and the external files --eif "
                "(0 if there are none).",
                field=name,
            )
    values = {name.lstrip("-"): value or 0 for name, value in given.items()}
    if not any(values.values()):
        raise InputError(
            "各类功能数量都是0，至少一类须大于0。", "All counts are 0; at least one must be above.", field="--ilf"
        )
    return Counts(**values)


def _method(
    counts: Counts | None, given: dict[str, int | None], method: Method | None, weight_set: WeightSet | None
) -> Method:
    """Estimated where its counts or its weights are named, else indicative."""
    if counts is None:
        return method or "estimated"
    named = [name for name in ("--ei", "--eo", "--eq") if given[name] is not None]
    if weight_set is not None:
        named.append("--set")
    if method == "indicative" and named:
        raise InputError(
            f"预估（indicative）只用 --ilf 和 --eif，不能再写 {'、'.join(named)}；要用这些，请写 estimated。",
            f"The indicative method uses --ilf and --eif only, not {', '.join(named)}; write estimated.",
            field="--method",
        )
    return method or ("estimated" if named else "indicative")


def _print(result: Estimate, facts: EstimateFacts, settings: Settings) -> None:
    say = settings.say
    if facts.counts is None:
        way = Text("直接给定", "given")
    elif facts.method == "indicative":
        way = Text("预估功能点", "indicative")
    else:
        way = Text(f"估算功能点，权重 {facts.set}", f"estimated, weights {facts.set}")
    rows = [
        (
            Text("未调整功能点", "Unadjusted size"),
            plain_decimal(result.ufp) + say(Text(f"（{way.zh}）", f" ({way.en})")),
        ),
        (
            Text("软件规模", "Size"),
            plain_decimal(result.size)
            + say(Text("功能点（× 规模变更因子 ", " points (× CF "))
            + plain_decimal(facts.cf)
            + say(Text("）", ")")),
        ),
        (
            Text("工作量", "Effort"),
            plain_decimal(result.effort_hours)
            + say(
                Text(
                    f"人时，折合{plain_decimal(result.person_months)}人月",
                    f" person-hours = {plain_decimal(result.person_months)} person-months",
                )
            ),
        ),
        (
            Text("软件开发费用", "Cost"),
            yuan_text(result.cost, settings.lang)
            + say(Text("（含直接非人力成本）", " (with direct non-labour cost)") if facts.dnc else Text("", "")),
        ),
    ]
    for label, value in rows:
        output.item(say(Text(label.zh + "：", label.en + ": ")), value)
    output.line(
        say(
            Text(
                "全程按精确数计算，只在最后对费用四舍五入到分。",
                "Exact throughout; the cost is rounded once, to the cent.",
            )
        )
    )
    if result.findings:
        output.line()
        report.print_plain(result.findings, settings)


COMMAND = Command(
    "estimate",
    run,
    Text(
        "按功能点测算定制软件开发费用（第四条，参照软件研发成本度量规范）。\n"
        "规模=未调整功能点×规模变更因子；工作量=规模×生产率×各调整因子；费用=人月数×人月费率+直接非人力成本。",
        "Cost of custom software by function points (article 4).\n"
        "Size = UFP × CF; effort = size × PDR × factors; cost = person-months × rate + DNC.",
    ),
    [
        Option(
            ["--ufp"], POSITIVE_NUMBER, Text("未调整功能点数（已经数好时）", "unadjusted function points, if counted")
        ),
        Option(["--ilf"], _COUNT, Text("内部逻辑文件数", "internal logical files")),
        Option(["--eif"], _COUNT, Text("外部接口文件数", "external interface files")),
        Option(["--ei"], _COUNT, Text("外部输入数", "external inputs")),
        Option(["--eo"], _COUNT, Text("外部输出数", "external outputs")),
        Option(["--eq"], _COUNT, Text("外部查询数", "external queries")),
        Option(
            ["--method"],
            ChoiceKind(("indicative", "estimated"), {"预估": "indicative", "估算": "estimated"}),
            Text(
                "预估或估算；默认：写了 --ei、--eo、--eq 或 --set 的按估算，否则按预估",
                "default: estimated if --ei, --eo, --eq or --set is given, else indicative",
            ),
        ),
        Option(
            ["--set", "weight_set"],
            ChoiceKind(("10-7", "7-5")),
            Text("估算的权重组，默认 10-7", "weights of the estimated method; default 10-7"),
        ),
        Option(
            ["--cf"],
            POSITIVE_NUMBER,
            Text("规模变更因子，如预算阶段早期 1.39", "scale-change factor, such as 1.39"),
            required=True,
        ),
        Option(
            ["--pdr"],
            POSITIVE_NUMBER,
            Text("生产率，人时/功能点，如 6.41", "person-hours per point, such as 6.41"),
            required=True,
        ),
        Option(
            ["--factor"], POSITIVE_NUMBER, Text("调整因子，各因子相乘", "a factor; all are multiplied"), multiple=True
        ),
        Option(["--rate"], POSITIVE_AMOUNT, Text("人月费率，元", "yuan per person-month"), required=True),
        Option(["--dnc"], AMOUNT, Text("直接非人力成本，元，默认 0", "direct non-labour cost, yuan; default 0")),
        at_option(),
    ],
    [
        (
            "estimate --ilf 24 --eif 6 --cf 1.39 --pdr 6.41 --rate 28813.00",
            Text("立项阶段按预估功能点测算", "early, indicative"),
        ),
        (
            "estimate --ilf 24 --eif 6 --ei 60 --eo 18 --eq 40 --cf 1.21 --pdr 6.41 --rate 28813.00",
            Text("招标前按估算功能点测算", "before tender, estimated"),
        ),
    ],
)
