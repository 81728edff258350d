"""Files of a draw: a pool (an id a line), or an IT Project Draw with exclusions and, once drawn, its result.

What ``draw --json`` writes is such a draw too, so that a record can be repeated as it stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kaihua_infoproj.policy.draw import ALGORITHM, Declined, Draw, PoolEntry, draw, normal_id
from kaihua_infoproj.policy.errors import InputError
from kaihua_infoproj.policy.forms import load_form
from kaihua_infoproj.policy.strict_yaml import Located, Path_, decode, read_bytes

from .files import read_raw
from .settings import SCHEMA

_MORE = ("form", "schema", "exclusions")
"""Keys beside the form's fields: what every file may have, and reasons listed apart from the pool."""

_ROW = ("id", "name", "excluded", "reason")


@dataclass(frozen=True)
class DrawFile:
    """A draw as a file holds it; what it does not hold is None.

    Attributes:
        replacements: in order, as ``draw --json`` writes them. declined, next: as the form has them: who could not take
            part and, beside each, who took the place (empty where the record does not say).
    """

    pool: tuple[PoolEntry, ...]
    seed: str | None = None
    number: int | None = None
    algorithm: str | None = None
    result: tuple[str, ...] | None = None
    replacements: tuple[str, ...] | None = None
    declined: tuple[Declined, ...] = ()
    next: tuple[str, ...] = ()


def read_draw_file(file: str) -> DrawFile:
    """A text file with an id a line, or a YAML or JSON file with ``pool`` and what FORMS gives a draw.

    Raises:
        InputError: with file, line and field.
    """
    raw = read_raw(file)
    json = file.lower().endswith(".json") or raw[:64].lstrip()[:1] == b"{"
    if json or file.lower().endswith((".yaml", ".yml")):
        return _structured(read_bytes(raw, file=file, as_json=json))
    return DrawFile(_id_lines(decode(raw, file=file), file))


def recorded(read: DrawFile, file: str) -> Draw:
    """A draw with its result, to be repeated; replacements that the record leaves out are not compared.

    Raises:
        InputError: something that a repetition needs is missing.
    """
    if read.seed is None or read.number is None or read.result is None:
        name = "seed" if read.seed is None else "number" if read.number is None else "result"
        raise InputError(
            f"抽取记录缺少“{name}”，无法复核；请用 draw --json 的输出，或写全的抽取记录。",
            f"The record lacks “{name}” and cannot be repeated; use what draw --json writes.",
            file=file,
            field=name,
        )
    replacements = read.replacements
    if replacements is None:
        eligible = {entry.id for entry in read.pool if not entry.excluded}
        replacements = draw(read.pool, read.seed, read.number).replacements if len(eligible) >= read.number else ()
    return Draw(read.algorithm or ALGORITHM, read.seed, read.number, read.pool, read.result, replacements)


def _id_lines(text: str, file: str) -> tuple[PoolEntry, ...]:
    entries: list[PoolEntry] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        name = normal_id(line)
        if not name:
            continue
        if any(ord(char) < 32 for char in name):
            raise InputError(
                "编号里有制表符或控制字符，每行只写一个编号。",
                "The id holds a tab or control character; write one id a line.",
                file=file,
                line=number,
            )
        if name in seen:
            raise InputError(
                f"编号“{name}”与第{seen[name]}行重复，每个编号只能出现一次。",
                f"The id “{name}” already stands on line {seen[name]}; each may stand once.",
                file=file,
                line=number,
            )
        seen[name] = number
        entries.append(PoolEntry(name))
    return tuple(entries)


def _structured(located: Located) -> DrawFile:
    data = located.data
    if not isinstance(data, dict):
        raise located.error(
            (),
            "抽取文件最外层应写 pool（备选名单）等字段；只有名单时请用一行一个编号的文本文件。",
            "A draw file has the field pool at its top; for ids alone use a text file with an id a line.",
        )
    places = (*_MORE, *load_form("draw").by_name)
    for key in data:
        if key not in places:
            raise located.error(
                (key,),
                f"未知的字段“{key}”，可用：{'、'.join(places)}。",
                f"Unknown field “{key}”; allowed: {', '.join(places)}.",
            )
    if "form" in data and data["form"] != "draw":
        raise located.error(("form",), "抽取文件的 form 应为 draw。", "The form of a draw file is draw.")
    if "schema" in data and data["schema"] != SCHEMA:
        raise located.error(("schema",), f"不认识的格式版本，应为 {SCHEMA}。", f"Unknown schema; it is {SCHEMA}.")
    return DrawFile(
        _pool(located),
        _text(located, "seed"),
        _number(located),
        _algorithm(located),
        _ids(located, "result"),
        *_replacements(located),
    )


def _pool(located: Located) -> tuple[PoolEntry, ...]:
    rows = located.data.get("pool")
    if not isinstance(rows, list) or not rows:
        raise located.error(("pool",), "pool 应是备选编号的列表，至少一个。", "pool is a list of at least one id.")
    entries = [_entry(located, ("pool", n), row) for n, row in enumerate(rows)]
    excluded = _exclusions(located)
    names = {}
    for number, entry in enumerate(entries):
        if entry.id in names:
            raise located.error(
                ("pool", number),
                f"编号“{entry.id}”重复，每个编号只能出现一次。",
                f"The id “{entry.id}” stands twice; each may stand once.",
            )
        names[entry.id] = entry
    for number, name in enumerate(excluded):
        if name not in names:
            raise located.error(
                ("exclusions", number), f"排除的“{name}”不在备选名单里。", f"“{name}” is excluded but not in the pool."
            )
    return tuple(PoolEntry(e.id, excluded.get(e.id, e.excluded)) for e in entries)


def _entry(located: Located, path: Path_, row: Any) -> PoolEntry:
    if not isinstance(row, dict):
        return PoolEntry(_id(located, path, row))
    _known(located, path, row)
    name = _id(located, (*path, "id"), row.get("id"))
    excluded = row.get("excluded")
    if excluded in (None, False, ""):
        return PoolEntry(name)
    reason = excluded if isinstance(excluded, str) else row.get("reason")
    return PoolEntry(name, _reason(located, path, reason))


def _exclusions(located: Located) -> dict[str, str]:
    rows = located.data.get("exclusions") or []
    if not isinstance(rows, list):
        raise located.error(
            ("exclusions",),
            "exclusions 应是列表，每项写 id 和 reason。",
            "exclusions is a list, each with id and reason.",
        )
    out = {}
    for number, row in enumerate(rows):
        path: Path_ = ("exclusions", number)
        if not isinstance(row, dict):
            raise located.error(path, "每项排除写明 id 和 reason。", "Each exclusion gives id and reason.")
        _known(located, path, row)
        out[_id(located, (*path, "id"), row.get("id"))] = _reason(located, path, row.get("reason"))
    return out


def _known(located: Located, path: Path_, row: dict[str, Any], names: tuple[str, ...] = _ROW) -> None:
    for key in row:
        if key not in names:
            raise located.error(
                (*path, key),
                f"未知的字段“{key}”，可用：{'、'.join(names)}。",
                f"Unknown field “{key}”; allowed: {', '.join(names)}.",
            )


def _id(located: Located, path: Path_, value: Any) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not value.strip() or any(ord(char) < 32 for char in value):
        raise located.error(path, "这里应是编号（文字）。", "An id is due here.")
    return normal_id(value)


def _reason(located: Located, path: Path_, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise located.error((*path, "reason"), "须写明理由（回避、不在聘期、不能参加等）。", "A reason is due.")
    return value.strip()


def _text(located: Located, key: str) -> str | None:
    value = located.data.get(key)
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        raise located.error(
            (key,), "数字形式的种子请加引号，以免丢失前面的零。", "Quote a seed of digits, lest leading zeros are lost."
        )
    if not isinstance(value, str) or not value:
        raise located.error((key,), "这里应是文字（请加引号）。", "Text is due here (quote it).")
    return str(value)


def _number(located: Located) -> int | None:
    value = located.data.get("number")
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise located.error(("number",), "抽取数量应为大于0的整数。", "The number is a whole number above 0.")
    return value


def _algorithm(located: Located) -> str | None:
    value = _text(located, "algorithm")
    if value not in (None, ALGORITHM):
        raise located.error(
            ("algorithm",),
            f"只支持算法 {ALGORITHM}，而不是“{value}”。",
            f"Only {ALGORITHM} is supported, not “{value}”.",
        )
    return value


def _ids(located: Located, key: str) -> tuple[str, ...] | None:
    """A list of ids, or of rows with ``id``."""
    rows = _list(located, key)
    if rows is None:
        return None
    return tuple(
        _id(located, (key, n, "id"), row.get("id")) if isinstance(row, dict) else _id(located, (key, n), row)
        for n, row in enumerate(rows)
    )


def _list(located: Located, key: str) -> list[Any] | None:
    rows = located.data.get(key)
    if rows is not None and not isinstance(rows, list):
        raise located.error((key,), "这里应是编号的列表。", "A list of ids is due here.")
    return rows


def _replacements(located: Located) -> tuple[tuple[str, ...] | None, tuple[Declined, ...], tuple[str, ...]]:
    """``replacements`` as ids in order, or as the form's rows: declined, reason, next."""
    rows = _list(located, "replacements")
    if rows is None or not any(isinstance(row, dict) for row in rows):
        return _ids(located, "replacements"), (), ()
    declined, after = [], []
    for number, row in enumerate(rows):
        path: Path_ = ("replacements", number)
        if not isinstance(row, dict):
            raise located.error(path, "每行写 declined、reason、next。", "Each row gives declined, reason, next.")
        _known(located, path, row, ("declined", "reason", "next"))
        declined.append(
            Declined(_id(located, (*path, "declined"), row.get("declined")), _reason(located, path, row.get("reason")))
        )
        after.append("" if row.get("next") is None else _id(located, (*path, "next"), row["next"]))
    return None, tuple(declined), tuple(after)
