"""Reading YAML and JSON that people write: no surprises, and every error with its line.

Only mappings, lists and scalars. Refused: anchors and aliases (so no expansion bombs), tags, several documents,
duplicate keys, keys that are not text, tabs, a byte-order mark, any encoding but UTF-8, depth over 40, files over 5 MB.
Dates and times stay text. A number with a decimal point or exponent that is not quoted becomes
:class:`UnquotedNumber`, which keeps what was written: whether it may stand there is the reader's to decide.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Union

import yaml

from .errors import InputError

MAX_BYTES = 5 * 1024 * 1024
MAX_DEPTH = 40

Path_ = tuple[Union[str, int], ...]
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")


class UnquotedNumber(str):
    """A number with a point or exponent written without quotes, kept as it was written."""


@dataclass(frozen=True)
class Located:
    """Plain data and the line on which each value stands.

    Attributes:
        data: dicts, lists, str, int, bool, None and :class:`UnquotedNumber`.
        lines: path of a value (keys and 0-based indexes) → 1-based line.
        file: the name to show in errors.
    """

    data: Any
    lines: dict[Path_, int] = field(default_factory=dict, compare=False)
    file: str = ""

    def line(self, path: Path_) -> int:
        """The line of ``path`` or of its nearest known parent; 0 if none is known."""
        while path not in self.lines and path:
            path = path[:-1]
        return self.lines.get(path, 0)

    def error(self, path: Path_, zh: str, en: str) -> InputError:
        """An :class:`InputError` that points at ``path``."""
        return InputError(zh, en, file=self.file, line=self.line(path), field=path_text(path))


def path_text(path: Path_) -> str:
    """A path as people write it, rows counted from 1: ``investment_lines[3].amount``."""
    out = ""
    for part in path:
        out += f"[{part + 1}]" if isinstance(part, int) else (f".{part}" if out else part)
    return out


def read_file(path: str | Path) -> Located:
    """Read a ``.json`` file as JSON, any other as YAML.

    Raises:
        InputError: the file cannot be opened, is too large, not UTF-8, or not well-formed.
    """
    path = Path(path)
    try:
        with path.open("rb") as handle:
            raw = handle.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError(
            f"无法打开文件（{error.strerror}），请核对文件名和读取权限。",
            f"The file cannot be opened ({error.strerror}); check its name and your permission to read it.",
            file=str(path),
        ) from None
    return read_bytes(raw, file=str(path), as_json=path.suffix.lower() == ".json")


def read_bytes(raw: bytes, *, file: str = "", as_json: bool = False) -> Located:
    """The same for bytes in memory; ``file`` is only shown in errors."""
    text = decode(raw, file=file)
    return _read_json(text, file) if as_json else _read_yaml(text, file)


def decode(raw: bytes, *, file: str = "") -> str:
    """Bytes of a text file as text: UTF-8 without byte-order mark, at most 5 MB, not empty.

    Raises:
        InputError: otherwise.
    """
    if len(raw) > MAX_BYTES:
        raise InputError("文件超过5 MB，请拆分后再试。", "The file is over 5 MB; split it and try again.", file=file)
    if raw.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        raise InputError(
            "文件开头有字节顺序标记（BOM），请另存为不带BOM的UTF-8编码。",
            "The file begins with a byte-order mark; save it as UTF-8 without BOM.",
            file=file,
            line=1,
        )
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(
            "文件不是UTF-8编码（可能是GBK），请另存为UTF-8。",
            "The file is not UTF-8 (perhaps GBK); save it as UTF-8.",
            file=file,
            line=raw.count(b"\n", 0, error.start) + 1,
        ) from None
    if not text.strip():
        raise InputError("文件是空的，没有可核对的内容。", "The file is empty: there is nothing to check.", file=file)
    return text


def _read_yaml(text: str, file: str) -> Located:
    for number, line in enumerate(text.split("\n"), 1):
        if "\t" in line:
            raise InputError(
                "行内有制表符（Tab），请改用空格。", "The line holds a tab; use spaces.", file=file, line=number
            )
    lines: dict[Path_, int] = {}
    try:
        events = yaml.parse(text, Loader=_Loader)
        data = _Composer(events, lines, file).document()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "unreadable"
        raise InputError(
            f"不是规范的YAML（{problem}），请检查缩进、冒号和引号。",
            f"Not well-formed YAML ({problem}); check indentation, colons and quotes.",
            file=file,
            line=mark.line + 1 if mark else 0,
        ) from None
    return Located(data, lines, file)


class _Composer:
    """Turns parser events into plain data, noting lines."""

    def __init__(self, events: Iterator[Any], lines: dict[Path_, int], file: str) -> None:
        self.events, self.lines, self.file = events, lines, file

    def fail(self, event: Any, zh: str, en: str, path: Path_ = ()) -> InputError:
        return InputError(zh, en, file=self.file, line=event.start_mark.line + 1, field=path_text(path))

    def document(self) -> Any:
        data, seen = None, False
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if seen:
                    raise self.fail(
                        event,
                        "一个文件里只能有一份文档（多出了“---”）。",
                        "A file may hold one document only (there is a second “---”).",
                    )
                seen = True
                data = self.node(next(self.events), ())
        return data

    def node(self, event: Any, path: Path_) -> Any:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise self.fail(
                event,
                "不接受YAML的锚点和别名（& 与 *），请把内容写全；以 * 或 & 开头的文字请加引号。",
                "YAML anchors and aliases (& and *) are refused: write the content out; "
                "quote a text that begins with * or &.",
                path,
            )
        if event.tag is not None:
            raise self.fail(
                event,
                "不接受YAML标签（! 开头）；以 ! 开头的文字请加引号。",
                "YAML tags (with !) are refused; quote a text that begins with !.",
                path,
            )
        if len(path) > MAX_DEPTH:
            raise self.fail(event, f"层级超过{MAX_DEPTH}层。", f"Nested deeper than {MAX_DEPTH} levels.", path)
        self.lines[path] = event.start_mark.line + 1
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            rows: list[Any] = []
            while not isinstance(item := next(self.events), yaml.SequenceEndEvent):
                rows.append(self.node(item, (*path, len(rows))))
            return rows
        mapping: dict[str, Any] = {}
        while not isinstance(item := next(self.events), yaml.MappingEndEvent):
            if not isinstance(item, yaml.ScalarEvent):
                raise self.fail(item, "键必须是文字。", "A key must be text.", path)
            if item.anchor or item.tag is not None:
                self.node(item, path)
            key = item.value
            if key in mapping:
                raise self.fail(
                    item,
                    f"“{key}”重复出现，同一层只能写一次。",
                    f"“{key}” appears twice; once per level is allowed.",
                    (*path, key),
                )
            mapping[key] = self.node(next(self.events), (*path, key))
        return mapping

    @staticmethod
    def scalar(event: Any) -> Any:
        text = event.value
        if event.style:
            return text
        if text in ("", "~", "null", "Null", "NULL"):
            return None
        if text in ("true", "True", "TRUE"):
            return True
        if text in ("false", "False", "FALSE"):
            return False
        if _INTEGER.fullmatch(text) and not (len(text.lstrip("+-")) > 1 and text.lstrip("+-")[0] == "0"):
            return int(text)
        if _FLOAT.fullmatch(text):
            return UnquotedNumber(text)
        return text


def _read_json(text: str, file: str) -> Located:
    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in items:
            if key in found:
                raise InputError(
                    f"“{key}”重复出现，同一层只能写一次。",
                    f"“{key}” appears twice; once per level is allowed.",
                    file=file,
                )
            found[key] = value
        return found

    def integer(digits: str) -> Any:
        return int(digits) if len(digits.lstrip("-")) <= 18 else UnquotedNumber(digits)

    try:
        data = json.loads(
            text, object_pairs_hook=pairs, parse_float=UnquotedNumber, parse_int=integer, parse_constant=UnquotedNumber
        )
    except json.JSONDecodeError as error:
        raise InputError(
            f"不是规范的JSON（{error.msg}）。", f"Not well-formed JSON ({error.msg}).", file=file, line=error.lineno
        ) from None
    except RecursionError:
        raise InputError(f"层级超过{MAX_DEPTH}层。", f"Nested deeper than {MAX_DEPTH} levels.", file=file) from None
    lines: dict[Path_, int] = {}
    try:
        # JSON is read as YAML a second time for its line numbers alone; a tab can only stand between JSON tokens.
        _Composer(yaml.parse(text.replace("\t", " "), Loader=_Loader), lines, file).document()
    except yaml.YAMLError:
        pass  # then errors name the field without its line
    return Located(data, lines, file)
