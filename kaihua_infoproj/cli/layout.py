"""Laying out text in columns of a terminal, where a Chinese character takes two cells."""

from __future__ import annotations

import shutil
import sys
import unicodedata
from collections.abc import Sequence

_NO_LINE_START = "，。、；：！？）》」』”’】〕…—%％"
_NO_LINE_END = "（《「『“‘【〔"


def cells(text: str) -> int:
    """How many cells ``text`` takes on a terminal."""
    return sum(_width(char) for char in text)


def _width(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def page_width(default: int = 0) -> int:
    """The terminal's width, at most 110 cells for reading; ``default`` (0: do not wrap) where there is none."""
    if not sys.stdout.isatty():
        return default
    return max(40, min(shutil.get_terminal_size().columns, 110))


def wrap(text: str, width: int) -> list[str]:
    """Break ``text`` into lines of at most ``width`` cells: between words, and between Chinese characters.

    Closing marks do not begin a line, opening ones do not end one. ``width`` 0 leaves the text in one line.
    """
    if width <= 0 or cells(text) <= width:
        return [text]
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if line and cells(line) + cells(piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    if line.strip():
        lines.append(line.rstrip())
    return lines


def _pieces(text: str) -> list[str]:
    """Parts between which a line may break."""
    pieces: list[str] = []
    for char in text:
        if pieces and not _breaks(pieces[-1][-1], char):
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def _breaks(before: str, after: str) -> bool:
    if after in _NO_LINE_START or before in _NO_LINE_END or after == " ":
        return False
    return before == " " or _width(before) == 2 or _width(after) == 2


def hanging(first: str, text: str, width: int, indent: str | None = None) -> list[str]:
    """``first`` followed by ``text``, further lines indented to where the text began (or by ``indent``)."""
    space = " " * cells(first) if indent is None else indent
    lines = wrap(text, width - cells(space) if width else 0)
    return [first + lines[0], *(space + line for line in lines[1:])]


def columns(rows: Sequence[tuple[str, str]], width: int, indent: int = 2, gap: int = 2, most: int = 34) -> list[str]:
    """Two columns as in a list of options; a long left side stands on a line of its own."""
    left = min(max((cells(a) for a, _ in rows), default=0), most)
    out: list[str] = []
    for name, text in rows:
        start = " " * indent + name
        pad = " " * (indent + left + gap)
        lines = wrap(text, width - cells(pad) if width else 0)
        if cells(name) > left:
            out.append(start)
        else:
            lines[0] = start + " " * (left - cells(name) + gap) + lines[0]
            out.append(lines[0])
            lines = lines[1:]
        out.extend(pad + line for line in lines)
    return out
