"""``verify``: whether a ledger is whole and unaltered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Any

from kaihua_infoproj.cli import output
from kaihua_infoproj.cli.arguments import FILE, Kind
from kaihua_infoproj.cli.failures import errors_as_json, tell
from kaihua_infoproj.cli.files import cannot_read
from kaihua_infoproj.cli.framework import Argument, Command, Option
from kaihua_infoproj.cli.settings import Settings
from kaihua_infoproj.policy.errors import InputError
from kaihua_infoproj.policy.ledger import Verification, verify_lines
from kaihua_infoproj.policy.text import Text


def _hash(text: str) -> str:
    normal = text.strip().lower()
    if not re.fullmatch(r"[0-9a-f]{64}", normal):
        raise InputError(
            "应是64位十六进制的校验值（留痕文件末行的 head）。",
            "The head is a hash of 64 hexadecimal digits (the head in the last line of the ledger).",
        )
    return normal


HASH = Kind(Text("校验值", "HASH"), _hash)


def run(settings: Settings, files: tuple[str, ...], head: str | None) -> int:
    """Verify each ledger and print what was found."""
    if head and len(files) > 1:
        raise InputError(
            "只能用于一个文件；请逐个文件校验。", "It goes with one file only; verify them one by one.", field="--head"
        )
    found: list[tuple[str, Verification]] = []
    errors: list[InputError] = []
    for file in files:
        try:
            found.append((file, _verify(file, head, settings)))
        except InputError as error:
            errors.append(error)
    if len(files) == 1 and errors:
        raise errors[0]
    if settings.json:
        rows = [{"file": file, **_plain(result)} for file, result in found]
        payload: dict[str, Any] = _plain(found[0][1]) if len(files) == 1 else {"files": rows}
        output.print_json({**payload, **(errors_as_json(errors) if errors else {})})
    else:
        for file, result in found:
            _print(file, result, settings, len(files) > 1)
    tell(errors, settings)
    return 2 if errors else 0 if all(result.ok for _, result in found) else 1


def _verify(file: str, head: str | None, settings: Settings) -> Verification:
    try:
        with open(file, "rb") as handle:
            label = settings.say(Text("校验办理留痕", "Verifying"))
            return verify_lines(_followed(handle, label, settings), head)
    except OSError as error:
        raise cannot_read(file, error) from None


def _followed(handle: IO[bytes], label: str, settings: Settings) -> Iterator[bytes]:
    return output.followed(handle, label, settings) if settings.progress else iter(handle)


def _plain(result: Verification) -> dict[str, Any]:
    reason = result.reason
    return {
        "ok": result.ok,
        "rows": result.rows,
        "first_bad_row": result.first_bad_row,
        "head": result.head,
        "reason": None if reason is None else {"zh": reason.zh, "en": reason.en},
    }


def _print(file: str, result: Verification, settings: Settings, brief: bool) -> None:
    say = settings.say
    if result.ok:
        text = Text(
            f"{file}：完整，共{result.rows}条，逐条相连，未被改动。",
            f"{file}: whole, {result.rows} rows, each linked to the one before, unaltered.",
        )
        output.line(output.styled(say(text), settings, fg="green"))
        if not brief:
            output.line(say(Text(f"链头：{result.head}", f"Head: {result.head}")))
            output.line(
                say(
                    Text(
                        "整份重做的文件只有与另存的链头比对才能发现：请另行保存链头，下次校验时用 --head 比对。",
                        "Only a head kept elsewhere shows a file that was remade whole: keep it, and compare "
                        "with --head.",
                    )
                )
            )
        return
    reason = say(result.reason) if result.reason else ""
    text = Text(
        f"{file}：对不上，问题最早出在第{result.first_bad_row}行：{reason}。请勿据此办理，先与县大数据中心的备份比对。",
        f"{file}: does not hold, first at row {result.first_bad_row}: {reason}. Do not rely on it; compare it with "
        "the backup of the Data Centre first.",
    )
    output.line(output.styled(say(text), settings, fg="red", bold=True))


COMMAND = Command(
    "verify",
    run,
    Text(
        "校验办理留痕（.jsonl）：每条是否规范、首尾相连、条数和链头与末行封签一致。不需要业务系统。\n"
        "只有与另存的链头比对（--head），才能发现整份被重做的文件。",
        "Verify a ledger (.jsonl) without the system: canonical form, chain, count and head of the seal.\n"
        "Only a head kept elsewhere (--head) shows a file that was remade whole.",
    ),
    [
        Argument(
            "files",
            FILE,
            Text("留痕文件…", "LEDGER…"),
            Text("一个或多个 .jsonl 文件", "one or more .jsonl files"),
            nargs=-1,
            required=True,
        ),
        Option(["--head"], HASH, Text("另存的链头，用来比对", "head kept elsewhere, to compare with")),
    ],
    [
        ("verify kaihua-demo/ledgers/*.jsonl", Text("校验演示生成的全部留痕", "all ledgers of the demo")),
    ],
)
