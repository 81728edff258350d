"""Reading one value of a form by its field: text, option, amount, number, day, file name.

A reader takes the value as strict YAML gives it (text, int, bool, :class:`UnquotedNumber`) or already in its own
type, and answers the normal value. What it refuses it says in one sentence, with what is allowed.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from .calendar import SHANGHAI, parse_day, parse_moment
from .errors import InputError
from .form_types import DEFAULT_LENGTH, Field
from .money import parse_amount, parse_number
from .strict_yaml import UnquotedNumber

Reader = Callable[[Any], Any]

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_FLAGS = {"true": True, "false": False, "yes": True, "no": False, "是": True, "否": False}
_INTEGER = re.compile(r"[0-9]{1,12}")
_LOCAL_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(:[0-9]{2})?")
_USUAL_AMOUNT = re.compile(r"[0-9]{1,12}\.[0-9]{2}")
_SHOWN = 40


def reader_of(field: Field) -> Reader:
    """The reader of one field's values; a table has none."""
    reader = _MAKERS[field.type](field)
    return _many(reader) if field.many else reader


def shown(value: Any) -> str:
    """A refused value as the sentence quotes it: cut, without control characters."""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = _CONTROL.sub("�", str(value)).replace("\n", " ")
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def _no_shape(value: Any) -> None:
    if isinstance(value, (list, dict)):
        raise InputError("这里只写一个值，不能是列表或下一层。", "One value is due here, no list or nested level.")


def _text_reader(field: Field) -> Reader:
    longest = field.length or DEFAULT_LENGTH[field.type]
    single_line = field.type in ("data", "link", "file")

    def read(value: Any) -> str:
        if type(value) is str and len(value) <= longest and value.isprintable():
            return value.strip()
        if isinstance(value, bool) or not isinstance(value, (str, int)):
            _no_shape(value)
            raise InputError(
                f"这里应是文字，而不是“{shown(value)}”；确为文字的请加引号。",
                f"Text is due here, not “{shown(value)}”; quote it if it is meant as text.",
            )
        text = str(value).strip()
        if len(text) > longest:
            raise InputError(
                f"最多{longest}个字，现有{len(text)}个字。",
                f"At most {longest} characters are allowed; there are {len(text)}.",
            )
        if _CONTROL.search(text):
            raise InputError(
                "文字中有不可见的控制字符，请删去。", "The text holds invisible control characters; remove them."
            )
        if single_line and "\n" in text:
            raise InputError("这里只能写一行。", "Only one line is allowed here.")
        return text

    return read


def _option_reader(field: Field) -> Reader:
    options = field.options
    assert options is not None
    exact = {word: o.value for o in options.options for word in (o.value, o.label.zh, o.label.en)}

    def read(value: Any) -> str:
        if type(value) is str and value in exact:
            return exact[value]
        if not isinstance(value, bool) and isinstance(value, (str, int)):
            found = options.find(str(value))
            if found is not None:
                return found
        _no_shape(value)
        text = shown(value)
        near = [o for o in options.options if difflib.get_close_matches(str(value), [o.value, o.label.zh, *o.also], 1)]
        hint_zh = f"是否应为“{near[0].label.zh}”？" if near else ""
        hint_en = f" Did you mean “{near[0].value}”?" if near else ""
        raise InputError(
            f"“{text}”不在可选范围内。{hint_zh}可填：{'、'.join(o.label.zh for o in options.options)}。",
            f"“{text}” is not an option.{hint_en} Allowed: {', '.join(f'“{o.value}”' for o in options.options)}.",
        )

    return read


def _multi_reader(field: Field) -> Reader:
    read_one = _option_reader(field)

    def read(value: Any) -> list[str]:
        values = value if isinstance(value, (list, tuple)) else [value]
        chosen = [read_one(v) for v in values if v is not None]
        for option in chosen:
            if chosen.count(option) > 1:
                raise InputError(f"“{_label_zh(field, option)}”重复选择。", f"“{option}” is chosen twice.")
        return chosen

    return read


def _label_zh(field: Field, option: str) -> str:
    assert field.options is not None
    return field.options.label(option).zh


def _check_reader(field: Field) -> Reader:
    def read(value: Any) -> bool:
        if isinstance(value, bool):
            return value
        if isinstance(value, str):
            found = _FLAGS.get(unicodedata.normalize("NFKC", value).strip().lower())
            if found is not None:
                return found
        _no_shape(value)
        raise InputError(
            f"这里只能填 true（是）或 false（否），而不是“{shown(value)}”。",
            f"Only true or false is allowed here, not “{shown(value)}”.",
        )

    return read


def _int_reader(field: Field) -> Reader:
    low, high = field.minimum or 0, field.maximum

    def read(value: Any) -> int:
        if isinstance(value, str) and not isinstance(value, UnquotedNumber):
            text = unicodedata.normalize("NFKC", value).strip()
            if not _INTEGER.fullmatch(text):
                raise _not_integer(value)
            value = int(text)
        if isinstance(value, bool) or not isinstance(value, int):
            _no_shape(value)
            raise _not_integer(value)
        if value < low:
            raise InputError(
                f"不能小于{low}，现为{shown(value)}。", f"It may not be below {low}; it is {shown(value)}."
            )
        if value > (high if high is not None else 999_999_999_999):
            raise InputError(
                f"数值过大：{shown(value)}" + (f"，最大为{high}。" if high is not None else "。"),
                f"Too large: {shown(value)}" + (f"; at most {high}." if high is not None else "."),
            )
        return value

    return read


def _not_integer(value: Any) -> InputError:
    return InputError(
        f"这里应是不带小数的整数（如 36），而不是“{shown(value)}”。",
        f"A whole number without decimals (such as 36) is due here, not “{shown(value)}”.",
    )


def _money_reader(field: Field) -> Reader:
    signed = field.signed

    def read(value: Any) -> Decimal:
        if type(value) is str and _USUAL_AMOUNT.fullmatch(value):
            return Decimal(value)
        if isinstance(value, Decimal) and value.is_finite():
            value = format(value, "f")
        if isinstance(value, UnquotedNumber) or not isinstance(value, str):
            _no_shape(value)
            raise InputError(
                f'金额须加引号写成文本（如 "200000.00"），而不是不加引号的 {shown(value)}。',
                f'An amount must be quoted text (such as "200000.00"), not an unquoted {shown(value)}.',
            )
        if signed and value.startswith("-"):
            return -parse_amount(value[1:])
        return parse_amount(value)

    return read


def _decimal_reader(field: Field) -> Reader:
    high = field.maximum

    def read(value: Any) -> Decimal:
        if isinstance(value, Decimal) and value.is_finite():
            value = format(value, "f")
        _no_shape(value)
        if not isinstance(value, (str, int)) or isinstance(value, bool):
            raise InputError(f"这里应是数字，而不是“{shown(value)}”。", f"A number is due here, not “{shown(value)}”.")
        number = parse_number(value)
        if high is not None and number > high:
            raise InputError(
                f"不能大于{high}，现为{shown(value)}。", f"It may not be above {high}; it is {shown(value)}."
            )
        return number

    return read


def _date_reader(field: Field) -> Reader:
    def read(value: Any) -> date:
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        _no_shape(value)
        return parse_day(value)

    return read


def _moment_reader(field: Field) -> Reader:
    def read(value: Any) -> datetime:
        if isinstance(value, datetime) and value.tzinfo is not None:
            return value.astimezone(SHANGHAI)
        _no_shape(value)
        text = str(value).strip()
        if _LOCAL_MOMENT.fullmatch(text):  # without an offset it is the county's own time
            text += "+08:00"
        return parse_moment(text)

    return read


def _many(read_one: Reader) -> Reader:
    def read(value: Any) -> list[Any]:
        values = value if isinstance(value, (list, tuple)) else [value]
        return [read_one(v) for v in values if v is not None]

    return read


_MAKERS: dict[str, Callable[[Field], Reader]] = {
    "data": _text_reader,
    "text": _text_reader,
    "editor": _text_reader,
    "link": _text_reader,
    "file": _text_reader,
    "select": _option_reader,
    "multi": _multi_reader,
    "check": _check_reader,
    "int": _int_reader,
    "money": _money_reader,
    "percent": _decimal_reader,
    "decimal": _decimal_reader,
    "date": _date_reader,
    "datetime": _moment_reader,
}

__all__ = ["Reader", "reader_of", "shown"]
