"""Reading parameter files: strict, every error with file, line and field."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from .errors import InputError, ParameterError
from .money import parse_amount, parse_number
from .parameter_types import KINDS, TIGHTEN, UNITS, DatedValue, Parameter, Value
from .strict_yaml import Located, Path_, UnquotedNumber, read_file
from .text import Text

_PARAMETER_KEYS = {"zh", "en", "kind", "unit", "tighten", "values"}
_VALUE_KEYS = {"from", "value", "document", "article", "judgement", "note"}


def load_folder(folder: Path) -> dict[str, Parameter]:
    """Read every ``*.yaml`` of ``folder``; a name may stand in one file only.

    Raises:
        ParameterError: with file, line and field.
    """
    found: dict[str, Parameter] = {}
    for path in sorted(folder.glob("*.yaml")):
        for name, parameter in load_parameters(read_file(path)).items():
            if name in found:
                raise ParameterError(
                    f"参数“{name}”在另一个文件里已经定义。",
                    f"Parameter “{name}” is already defined in another file.",
                    file=str(path),
                    field=name,
                )
            found[name] = parameter
    return found


def load_parameters(located: Located) -> dict[str, Parameter]:
    """Parameters of one file.

    Raises:
        ParameterError: unknown, missing or malformed key, unit missing, dates not strictly ascending, money unquoted.
    """
    if not isinstance(located.data, dict):
        raise _wrong(located, (), "参数文件最外层应是参数名", "A parameter file holds parameter names at its top")
    return {name: _parameter(located, name) for name in located.data}


def _parameter(located: Located, name: str) -> Parameter:
    body = located.data[name]
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise _wrong(
            located, (name,), "参数名只用小写字母、数字和下划线", "A parameter's name is lower-case snake case"
        )
    _keys(located, (name,), body, _PARAMETER_KEYS, _PARAMETER_KEYS)
    kind, tighten = body["kind"], body["tighten"]
    if kind not in KINDS:
        raise _wrong(located, (name, "kind"), f"kind 只能是 {'、'.join(KINDS)}", f"kind is one of {', '.join(KINDS)}")
    if tighten not in TIGHTEN:
        raise _wrong(
            located,
            (name, "tighten"),
            f"tighten 只能是 {'、'.join(TIGHTEN)}",
            f"tighten is one of {', '.join(TIGHTEN)}",
        )
    if not isinstance(body["unit"], str) or body["unit"] not in UNITS:
        raise _wrong(
            located,
            (name, "unit"),
            f"未知的单位“{body['unit']}”，可用：{'、'.join(UNITS)}",
            f"Unknown unit “{body['unit']}”; allowed: {', '.join(UNITS)}",
        )
    rows = body["values"]
    if not isinstance(rows, list) or not rows:
        raise _wrong(located, (name, "values"), "values 至少要有一行", "values needs at least one row")
    values: list[DatedValue] = []
    for number, row in enumerate(rows):
        here: Path_ = (name, "values", number)
        _keys(located, here, row, {"from", "value", "document", "article"}, _VALUE_KEYS)
        since = _day(located, (*here, "from"), row["from"])
        if values and since <= values[-1].since:
            raise _wrong(located, (*here, "from"), "起始日期须逐行递增", "Start dates must ascend row by row")
        judgement = row.get("judgement", False)
        if not isinstance(judgement, bool):
            raise _wrong(located, (*here, "judgement"), "judgement 只能是 true 或 false", "judgement is true or false")
        values.append(
            DatedValue(
                since,
                _value(located, (*here, "value"), kind, row["value"]),
                _text(located, (*here, "document"), row["document"]),
                _text(located, (*here, "article"), row["article"]),
                judgement,
                str(row.get("note") or ""),
            )
        )
    return Parameter(
        name,
        Text(_text(located, (name, "zh"), body["zh"]), _text(located, (name, "en"), body["en"])),
        kind,
        _text(located, (name, "unit"), body["unit"]),
        tighten,
        tuple(values),
    )


def _wrong(located: Located, path: Path_, zh: str, en: str) -> ParameterError:
    error = located.error(path, zh + "。", en + ".")
    return ParameterError(error.zh, error.en, file=error.file, line=error.line, field=error.field)


def _keys(located: Located, path: Path_, body: Any, needed: set[str], allowed: set[str]) -> None:
    if not isinstance(body, dict):
        raise _wrong(located, path, "这里应是若干“键: 值”", "A mapping is due here")
    for key in body:
        if key not in allowed:
            raise _wrong(
                located,
                (*path, key),
                f"未知的键“{key}”，可用：{'、'.join(sorted(allowed))}",
                f"Unknown key “{key}”; allowed: {', '.join(sorted(allowed))}",
            )
    for key in sorted(needed):
        if body.get(key) is None:
            raise _wrong(located, path, f"缺少“{key}”", f"“{key}” is missing")


def _text(located: Located, path: Path_, value: Any) -> str:
    if not isinstance(value, str) or isinstance(value, UnquotedNumber) or not value.strip():
        raise _wrong(located, path, "这里应是文字（数字请加引号）", "Text is due here (quote a number)")
    return value


def _day(located: Located, path: Path_, value: Any) -> date:
    try:
        return date.fromisoformat(value if re.fullmatch(r"\d{4}-\d\d-\d\d", str(value), re.ASCII) else "")
    except (TypeError, ValueError):
        raise _wrong(
            located, path, f"“{value}”不是日期（YYYY-MM-DD）", f"“{value}” is not a date (YYYY-MM-DD)"
        ) from None


def _value(located: Located, path: Path_, kind: str, value: Any) -> Value:
    try:
        return read_value(kind, value)
    except InputError as error:
        raise _wrong(located, path, error.zh.rstrip("。"), error.en.rstrip(".")) from None


def _read_integer(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise InputError("这里应是不加引号的非负整数", "An unquoted non-negative whole number is due here")


def _read_decimal(value: Any) -> Decimal:
    if not isinstance(value, str) or isinstance(value, UnquotedNumber):
        raise InputError("小数须加引号写成文本", "A decimal must be quoted")
    return parse_number(value)


def _read_money(value: Any) -> Decimal:
    if isinstance(value, UnquotedNumber):
        raise InputError('金额须加引号写成文本（如 "200000.00"）', 'An amount must be quoted (such as "200000.00")')
    return parse_amount(value)


def _read_plain_text(value: Any) -> str:
    if isinstance(value, str) and value.strip():
        return value
    raise InputError("这里应是文字", "Text is due here")


def _read_month_day(value: Any) -> str:
    try:
        if isinstance(value, str) and re.fullmatch(r"\d\d-\d\d", value, re.ASCII):
            date.fromisoformat("2024-" + value)
            return value
    except ValueError:
        pass
    raise InputError("这里应是 MM-DD 形式的月日", "A day of the year as MM-DD is due here")


def _read_flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise InputError("这里只能是 true 或 false", "true or false is due here")


def _read_list(value: Any) -> tuple[str, ...]:
    if isinstance(value, list) and value and all(isinstance(v, str) for v in value) and len(set(value)) == len(value):
        return tuple(value)
    raise InputError("这里应是不重复的文字列表", "A list of different texts is due here")


def _read_table(value: Any) -> tuple[tuple[str, Decimal], ...]:
    if isinstance(value, dict) and value:
        return tuple((key, _read_decimal(item)) for key, item in value.items())
    raise InputError("这里应是“名称: 小数”的表", "A table of name: decimal is due here")


_VALUE_READERS: dict[str, Any] = {
    "money": _read_money,
    "decimal": _read_decimal,
    "integer": _read_integer,
    "text": _read_plain_text,
    "month_day": _read_month_day,
    "flag": _read_flag,
    "list": _read_list,
    "table": _read_table,
}


def read_value(kind: str, value: Any) -> Value:
    """Read one value of ``kind`` as the YAML would hold it; for overlay rows that a person typed.

    Raises:
        InputError: not such a value.
    """
    result: Value = _VALUE_READERS[kind](value)
    return result
