"""``draw``: draw at random by a published seed, and repeat a recorded draw."""

from __future__ import annotations

from typing import Any

from kaihua_infoproj.cli import output
from kaihua_infoproj.cli.arguments import FILE, TEXT, count
from kaihua_infoproj.cli.draw_files import DrawFile, read_draw_file, recorded
from kaihua_infoproj.cli.framework import Command, Option
from kaihua_infoproj.cli.settings import Settings
from kaihua_infoproj.policy.draw import Draw, Repeated, draw, repeat, taking_part
from kaihua_infoproj.policy.errors import InputError
from kaihua_infoproj.policy.text import Text


def run(settings: Settings, pool: str | None, seed: str | None, number: int | None, repeat_file: str | None) -> int:
    """Draw, or repeat a draw."""
    if repeat_file is not None:
        for name, value in (("--seed", seed), ("--number", number)):
            if value is not None:
                raise InputError(
                    "复核时种子和数量以抽取记录为准，请去掉这个选项。",
                    "Repeating takes seed and number from the record; leave this out.",
                    field=name,
                )
        return _repeat(settings, repeat_file, pool)
    if pool is None:
        raise InputError(
            "必填：备选名单文件；复核已有的抽取请用 --repeat。",
            "Required: the file of the pool; to repeat a draw use --repeat.",
            field="--pool",
        )
    read = read_draw_file(pool)
    chosen_seed, chosen_number = _seed(read, seed), _number(read, number)
    try:
        drawn = draw(read.pool, chosen_seed, chosen_number)
    except InputError as error:
        option = {"number": "--number", "seed": "--seed"}.get(error.field, error.field)
        raise InputError(error.zh, error.en, file=pool, field=option) from None
    if settings.json:
        output.print_json(_plain(drawn))
    else:
        _print(drawn, settings)
    return 0


def _seed(read: DrawFile, seed: str | None) -> str:
    if seed is not None and read.seed is not None and seed != read.seed:
        raise InputError(
            f"与文件里的种子“{read.seed}”不同，请只保留一处。",
            f"It differs from the file's seed “{read.seed}”.",
            field="--seed",
        )
    chosen = seed if seed is not None else read.seed
    if not chosen:
        raise InputError(
            "必填：事先公布的随机数种子，不能为空。",
            "Required: the published seed; it may not be empty.",
            field="--seed",
        )
    return chosen


def _number(read: DrawFile, number: int | None) -> int:
    if number is not None and read.number is not None and number != read.number:
        raise InputError(
            f"与文件里的抽取数量{read.number}不同，请只保留一处。",
            f"It differs from the file's number {read.number}.",
            field="--number",
        )
    chosen = number if number is not None else read.number
    if chosen is None:
        raise InputError("必填：抽取数量。", "Required: how many to draw.", field="--number")
    return chosen


def _plain(drawn: Draw) -> dict[str, Any]:
    return {
        "algorithm": drawn.algorithm,
        "result": list(drawn.result),
        "replacements": list(drawn.replacements),
        "seed": drawn.seed,
        "number": drawn.number,
        "pool": [{"id": e.id, "excluded": e.excluded or False} for e in drawn.pool],
    }


def _print(drawn: Draw, settings: Settings) -> None:
    say = settings.say
    excluded = [entry for entry in drawn.pool if entry.excluded]
    output.item(
        say(Text("算法：", "Algorithm: ")),
        f"{drawn.algorithm}"
        + say(Text("（按“种子+换行+编号”的sha256值排序，依次取）", " (ordered by sha256 of seed, line feed, id)")),
    )
    output.item(say(Text("种子：", "Seed: ")), drawn.seed)
    eligible = len(drawn.pool) - len(excluded)
    output.item(
        say(Text("备选：", "Pool: ")),
        say(
            Text(
                f"{len(drawn.pool)}个，排除{len(excluded)}个，可抽{eligible}个",
                f"{len(drawn.pool)}, {len(excluded)} excluded, {eligible} eligible",
            )
        ),
    )
    for entry in excluded:
        output.item("  ", say(Text(f"排除 {entry.id}：{entry.excluded}", f"excluded {entry.id}: {entry.excluded}")))
    output.line()
    output.line(
        output.styled(say(Text(f"抽中（{len(drawn.result)}个）", f"Drawn ({len(drawn.result)})")), settings, bold=True)
    )
    for place, name in enumerate(drawn.result, 1):
        output.item(f"{place:>3}. ", name)
    if drawn.replacements:
        output.line(say(Text("候补（依次递补）", "Replacements, in order")))
        for place, name in enumerate(drawn.replacements, 1):
            output.item(f"{place:>3}. ", name)
    output.line()
    output.line(
        say(
            Text(
                "任何人用同一名单和种子都能得出同一结果。存档：加 --json 写入文件；复核：draw --repeat 该文件。",
                "Anyone with this pool and seed comes to the same result. Keep it with --json; check it with "
                "draw --repeat.",
            )
        )
    )


def _repeat(settings: Settings, file: str, pool: str | None) -> int:
    read = read_draw_file(file)
    now = read_draw_file(pool).pool if pool is not None else None
    try:
        record = recorded(read, file)
        result = repeat(record, now)
        present = taking_part(record, read.declined) if result.ok else ()
    except InputError as error:
        raise error.at(file=file) from None
    if result.ok:
        result = _replaced(record, read)
    if settings.json:
        reason = None if result.ok else {"zh": result.reason.zh, "en": result.reason.en}
        output.print_json(
            {
                "algorithm": record.algorithm,
                "ok": result.ok,
                "result": list(record.result),
                "replacements": list(record.replacements),
                "taking_part": list(present),
                "differs_at": result.id or None,
                "reason": reason,
            }
        )
    else:
        _print_repeated(settings, file, record, present, result)
    return 0 if result.ok else 1


def _replaced(record: Draw, read: DrawFile) -> Repeated:
    """Whether each who declined was replaced by the next in order, where the record says by whom."""
    for due, stated in zip(record.replacements, read.next, strict=False):
        if stated and stated != due:
            return Repeated(
                False,
                stated,
                Text(f"应由“{due}”递补，记录为“{stated}”。", f"“{due}” is next in order, not “{stated}”."),
            )
    return Repeated(True)


def _print_repeated(settings: Settings, file: str, record: Draw, present: tuple[str, ...], result: Repeated) -> None:
    if result.ok:
        text = Text(
            f"{file}：重新抽取的结果与记录一致（抽中{len(record.result)}个）。",
            f"{file}: drawn again with the same result ({len(record.result)} drawn).",
        )
        output.line(output.styled(settings.say(text), settings, fg="green"))
        if present != record.result:
            joined = ("、" if settings.lang == "zh" else ", ").join(present)
            output.line(
                settings.say(Text(f"依次递补后参加的：{joined}。", f"Taking part after replacements: {joined}."))
            )
        return
    text = Text(
        f"{file}：重新抽取的结果与记录不一致，差异出在“{result.id}”。{result.reason.zh}"
        "请核对备选名单、种子和数量是否被改动，以公布的为准。",
        f"{file}: drawn again, the result differs at “{result.id}”. {result.reason.en} Check whether pool, seed or "
        "number were changed; what was published decides.",
    )
    output.line(output.styled(settings.say(text), settings, fg="red", bold=True))


COMMAND = Command(
    "draw",
    run,
    Text(
        "按事先公布的种子随机抽取专家或评估项目；同一名单、同一种子，谁来抽结果都一样。\n"
        "名单一行一个编号；要写明回避等排除理由的，用YAML（pool、exclusions 等字段）。",
        "Draw experts or projects at random by a published seed: same pool, same seed, same result.\n"
        "The pool has an id a line, or is YAML with exclusions and their reasons.",
    ),
    [
        Option(["--pool"], FILE, Text("备选名单文件", "file of the pool")),
        Option(
            ["--seed"],
            TEXT,
            Text("事先公布的随机数种子，如某期彩票开奖号码", "the published seed, such as a lottery result"),
        ),
        Option(["--number"], count(1, 10_000), Text("抽取数量", "how many to draw")),
        Option(
            ["--repeat", "repeat_file"],
            FILE,
            Text(
                "复核一份抽取记录；再写 --pool 则与现在的名单比对",
                "repeat a recorded draw; with --pool, on the pool as it is now",
            ),
        ),
    ],
    [
        (
            "draw --pool 专家库.txt --seed 2026-05-01-08-13-22-27-31 --number 5",
            Text("抽取5名专家", "draw five experts"),
        ),
        (
            "draw --pool 专家库.txt --seed 2026-05-01-08-13-22-27-31 --number 5 --json > 抽取记录.json",
            Text("存成记录", "keep the record"),
        ),
        ("draw --repeat 抽取记录.json", Text("复核记录", "repeat the draw")),
    ],
)
