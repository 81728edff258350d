"""Kinds of values that options and arguments take, each refusing what it does not know with a full sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import click
from click.shell_completion import CompletionItem

from kaihua_infoproj.policy.calendar import parse_day
from kaihua_infoproj.policy.errors import InputError
from kaihua_infoproj.policy.money import parse_amount, parse_number
from kaihua_infoproj.policy.text import Text

_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")


class Kind(click.ParamType):  # type: ignore[type-arg,unused-ignore]  # generic since click 8.4
    """A kind of value: ``parse`` reads the text or raises :class:`InputError`; ``shown`` stands in the help."""

    name = "value"

    def __init__(self, shown: Text, parse: Callable[[str], Any]) -> None:
        self.shown, self.parse = shown, parse

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read ``value``; an error names the option."""
        if not isinstance(value, str):
            return value
        try:
            return self.parse(value)
        except InputError as error:
            raise error.at(field=option_name(param)) from None


def option_name(param: click.Parameter | None) -> str:
    """``--base`` for an option, nothing for an argument (its value stands in the sentence)."""
    return param.opts[0] if isinstance(param, click.Option) else ""


class FileKind(Kind):
    """The name of a file; the shell completes it."""

    name = "file"

    def __init__(self) -> None:
        super().__init__(Text("文件", "FILE"), _file)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Leave it to the shell."""
        return [CompletionItem(incomplete, type="file")]


class FolderKind(FileKind):
    """The name of a folder."""

    name = "folder"

    def __init__(self) -> None:
        super().__init__()
        self.shown = Text("目录", "FOLDER")

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Leave it to the shell."""
        return [CompletionItem(incomplete, type="dir")]


class ChoiceKind(Kind):
    """One of a few words; ``also`` holds other ways of writing them."""

    name = "choice"

    def __init__(self, words: tuple[str, ...], also: Mapping[str, str] | None = None) -> None:
        super().__init__(Text("|".join(words), "|".join(words)), self._choose)
        self.words = words
        self.by_text = {**{w.lower(): w for w in words}, **{k.lower(): v for k, v in (also or {}).items()}}

    def _choose(self, text: str) -> str:
        chosen = self.by_text.get(text.strip().lower())
        if chosen is None:
            raise InputError(
                f"只能写 {'、'.join(self.words)} 之一，而不是“{text}”。",
                f"One of {', '.join(self.words)} is due, not “{text}”.",
            )
        return chosen

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The words that begin so."""
        return [CompletionItem(word) for word in self.words if word.lower().startswith(incomplete.lower())]


def _file(text: str) -> str:
    if not text.strip() or "\0" in text:
        raise InputError("文件名不能为空。", "The file's name is empty.")
    return text


def count(least: int, most: int) -> Kind:
    """A whole number from ``least`` to ``most``."""

    def parse(text: str) -> int:
        normal = text.translate(_FULL_WIDTH).strip()
        if not re.fullmatch(r"[0-9]{1,9}", normal) or not least <= int(normal) <= most:
            shown = text if len(text) <= 40 else text[:40] + "…"
            raise InputError(
                f"应为{least}至{most}之间的整数，而不是“{shown}”。",
                f"A whole number from {least} to {most} is due, not “{shown}”.",
            )
        return int(normal)

    return Kind(Text("整数", "N"), parse)


def _text(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise InputError("文字不是有效的UTF-8编码。", "The text is not valid UTF-8.") from None
    return text


AMOUNT = Kind(Text("金额", "AMOUNT"), parse_amount)
POSITIVE_AMOUNT = Kind(Text("金额", "AMOUNT"), lambda text: parse_amount(text, positive=True))
POSITIVE_NUMBER = Kind(Text("数值", "X"), lambda text: parse_number(text, positive=True))
DAY = Kind(Text("日期", "DATE"), parse_day)
TEXT = Kind(Text("文字", "TEXT"), _text)
FILE = FileKind()
FOLDER = FolderKind()
