"""The file of ``change --lines``: a list of ``line``, ``before``, ``after``, or a mapping with it as ``lines``."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from kaihua_infoproj.policy.change import ChangeLine
from kaihua_infoproj.policy.errors import InputError
from kaihua_infoproj.policy.money import parse_amount
from kaihua_infoproj.policy.strict_yaml import Located, Path_, UnquotedNumber

from .files import read_structured

_KEYS = ("line", "before", "after")


def read_change_lines(file: str) -> tuple[ChangeLine, ...]:
    """The lines of a change.

    Raises:
        InputError: with file, line and field.
    """
    located = read_structured(file)
    rows: Any = located.data
    start: Path_ = ()
    if isinstance(rows, dict):
        for key in rows:
            if key != "lines":
                raise located.error(
                    (key,),
                    f"未知的字段“{key}”，这里只能写 lines。",
                    f"Unknown field “{key}”; only lines may stand here.",
                )
        rows, start = rows.get("lines"), ("lines",)
    if not isinstance(rows, list) or not rows:
        raise located.error(
            start,
            "这里应是调整明细的列表，至少一项，每项写 line、before、after。",
            "A list of at least one line is due here, each with line, before, after.",
        )
    seen: dict[str, int] = {}
    lines = []
    for number, row in enumerate(rows):
        path: Path_ = (*start, number)
        line = _row(located, path, row)
        if line.line in seen:
            raise located.error(
                (*path, "line"),
                f"“{line.line}”与第{seen[line.line]}行的一项重复，同一项请合并为一行。",
                f"“{line.line}” already stands on line {seen[line.line]}; write it once.",
            )
        seen[line.line] = located.line((*path, "line"))
        lines.append(line)
    return tuple(lines)


def _row(located: Located, path: Path_, row: Any) -> ChangeLine:
    if not isinstance(row, dict):
        raise located.error(path, "每项应写 line、before、after。", "Each line has line, before, after.")
    for key in row:
        if key not in _KEYS:
            raise located.error(
                (*path, key),
                f"未知的字段“{key}”，可用：{'、'.join(_KEYS)}。",
                f"Unknown field “{key}”; allowed: {', '.join(_KEYS)}.",
            )
    for key in _KEYS:
        if row.get(key) is None:
            raise located.error(
                path,
                f'缺少“{key}”（新增项 before 写 "0.00"，取消项 after 写 "0.00"）。',
                f'“{key}” is missing (a new line has before "0.00", a dropped one after "0.00").',
            )
    name = row["line"]
    if isinstance(name, bool) or not isinstance(name, (str, int)) or not str(name).strip():
        raise located.error((*path, "line"), "line 应写明细项的名称或序号。", "line is the name or number of the line.")
    return ChangeLine(
        str(name).strip(),
        _amount(located, (*path, "before"), row["before"]),
        _amount(located, (*path, "after"), row["after"]),
    )


def _amount(located: Located, path: Path_, value: Any) -> Decimal:
    try:
        if isinstance(value, UnquotedNumber):
            raise InputError(
                f'金额须加引号写成文本，如 "200000.00"，而不是 {value}。',
                f'An amount must be quoted, such as "200000.00", not {value}.',
            )
        return parse_amount(value)
    except InputError as error:
        raise located.error(path, error.zh, error.en) from None
