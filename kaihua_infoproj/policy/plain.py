"""Plain values (text, numbers, lists, mappings) → the frozen dataclasses that rules take.

Used by cases, scenarios and the command line, so that all three hand a rule the very same facts.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar, Union

from .calendar import parse_day, parse_moment
from .errors import InputError
from .money import parse_number

T = TypeVar("T")


@lru_cache(maxsize=256)
def _known(cls: Any) -> dict[str, tuple[Any, bool]]:
    """Fields by name: type hint, and whether the field has no default."""
    hints = typing.get_type_hints(cls)
    return {
        f.name: (hints[f.name], f.default is MISSING and f.default_factory is MISSING) for f in fields(cls) if f.init
    }


@lru_cache(maxsize=1024)
def _shape(hint: Any) -> tuple[Any, tuple[Any, ...], bool]:
    """Origin and arguments of a type hint, and whether it is a dataclass."""
    return typing.get_origin(hint), typing.get_args(hint), is_dataclass(hint)


def from_plain(cls: type[T], data: Any, path: str = "", *, ignore_unknown: bool = False) -> T:
    """Build the dataclass ``cls`` from a mapping of its field names.

    Decimals, dates, moments, enums, tuples, frozensets, mappings and nested dataclasses are read by type hint; a value
    that already has the type is taken as it is.

    Args:
        ignore_unknown: skip keys that the dataclass does not have (a form's row has more columns than a rule reads).

    Raises:
        InputError: unknown or missing field, or a value of the wrong kind, with its path.
    """
    if isinstance(data, cls):
        return data
    if not isinstance(data, Mapping):
        raise InputError("这里应是若干“键: 值”。", "A mapping is due here.", field=path)
    known = _known(cls)  # type: ignore[arg-type]
    for key in data:
        if key not in known and not ignore_unknown:
            raise InputError(f"未知的字段“{key}”。", f"Unknown field “{key}”.", field=_join(path, key))
    values = {}
    for name, (hint, required) in known.items():
        if name in data:
            values[name] = _convert(hint, data[name], _join(path, name), ignore_unknown)
        elif required:
            raise InputError(f"缺少字段“{name}”。", f"Field “{name}” is missing.", field=path)
    return cls(**values)


def convert(hint: Any, value: Any, path: str = "") -> Any:
    """One plain value as the type hint asks, by the same reading as a dataclass's field.

    Raises:
        InputError: a value of the wrong kind.
    """
    return _convert(hint, value, path)


def _join(path: str, key: object) -> str:
    return f"{path}.{key}" if path else str(key)


def _convert(hint: Any, value: Any, path: str, ignore_unknown: bool = False) -> Any:
    if hint is Any:
        return value
    origin, args, nested = _shape(hint)
    if origin is None and not nested:
        return _scalar(hint, value, path)
    if origin in (Union, types.UnionType):
        if value is None and type(None) in args:
            return None
        return _convert(next(a for a in args if a is not type(None)), value, path, ignore_unknown)
    if origin is typing.Literal:
        if value in args:
            return value
        raise InputError(
            f"“{value}”不在可选值之内：{'、'.join(map(str, args))}。",
            f"“{value}” is not one of {', '.join(map(str, args))}.",
            field=path,
        )
    if origin in (tuple, frozenset, list, Sequence, Iterable):
        if not isinstance(value, (list, tuple, set, frozenset)):
            raise InputError("这里应是列表。", "A list is due here.", field=path)
        if origin in (Sequence, Iterable):
            origin = tuple
        elif origin is tuple and args and args[-1] is not Ellipsis:
            if len(value) != len(args):
                raise InputError(f"这里应有{len(args)}项。", f"{len(args)} values are due here.", field=path)
            return tuple(
                _convert(a, v, f"{path}[{n}]", ignore_unknown)
                for n, (a, v) in enumerate(zip(args, value, strict=True), 1)
            )
        return origin(_convert(args[0], v, f"{path}[{n}]", ignore_unknown) for n, v in enumerate(value, 1))
    if origin is not None and issubclass(origin, Mapping):
        if not isinstance(value, Mapping):
            raise InputError("这里应是若干“键: 值”。", "A mapping is due here.", field=path)
        return {
            _convert(args[0], k, path): _convert(args[1], v, _join(path, k), ignore_unknown) for k, v in value.items()
        }
    if nested:
        return from_plain(hint, value, path, ignore_unknown=ignore_unknown)
    return _scalar(hint, value, path)


def _scalar(hint: Any, value: Any, path: str) -> Any:
    try:
        if hint is Decimal:
            return value if isinstance(value, Decimal) else parse_number(value)
        if hint is datetime:
            return value if isinstance(value, datetime) else parse_moment(value)
        if hint is date:
            return value if isinstance(value, date) else parse_day(value)
        if isinstance(hint, type) and not isinstance(value, hint):
            return hint(value) if hint not in (int, bool, str) else _reject(hint, value)
        if hint is int and isinstance(value, bool):
            _reject(hint, value)
    except InputError as error:
        raise error.at(field=path) from None
    except ValueError:
        raise InputError(f"“{value}”不在可选值之内。", f"“{value}” is not allowed here.", field=path) from None
    return value


def _reject(hint: type, value: Any) -> Any:
    kind = {int: ("整数", "a whole number"), bool: ("true 或 false", "true or false"), str: ("文字", "text")}[hint]
    raise InputError(f"这里应是{kind[0]}，而不是“{value}”。", f"This must be {kind[1]}, not “{value}”.")
