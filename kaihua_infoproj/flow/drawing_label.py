"""The writing beside a line of a workflow drawing: action, roles, condition, broken into lines that fit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..policy.text import Text
from .condition_text import describe
from .definition import Transition
from .graph_paths import usable_condition
from .terms import joined, term

ACTION_SIZE, SMALL_SIZE = 13, 11
LINE = {"action": 17, "role": 14, "condition": 14, "name": 19, "holder": 14}
WIDTH = 168


@dataclass(frozen=True)
class Label:
    """Lines of writing: (text, style) with a style of ``LINE``."""

    lines: tuple[tuple[str, str], ...]

    @property
    def height(self) -> int:
        """Its height."""
        return sum(LINE[style] for _, style in self.lines)

    @property
    def width(self) -> int:
        """Its width, estimated."""
        return max((text_width(text, size_of(style)) for text, style in self.lines), default=0)


def size_of(style: str) -> int:
    """The font size of a style."""
    return ACTION_SIZE if style == "action" else SMALL_SIZE


def text_width(text: str, size: int) -> int:
    """The width of a text: Chinese characters are square, others about half."""
    return sum(100 * size if ord(c) > 0x2000 else 56 * size for c in text) // 100


def wrap(text: str, size: int, width: int = WIDTH) -> list[str]:
    """Break a text into lines: between words, names and quoted texts where these fit, else anywhere."""
    lines = [""]
    for piece in _pieces(text, size, width):
        if lines[-1] and text_width((lines[-1] + piece).rstrip(), size) > width:
            lines.append("")
        lines[-1] += piece.lstrip() if not lines[-1] else piece
    return [line.rstrip() for line in lines if line.strip()]


def _pieces(text: str, size: int, width: int) -> list[str]:
    pieces = [p for p in re.split(r"(?<=[ 、，或且])|(?=[“（])", text) if p]
    return [part for p in pieces for part in ([p] if text_width(p, size) <= width else list(p))]


SIGNING = {"every role": Text("均须签署", "all sign"), "n of m": Text("须{n}个岗位签署", "{n} sign")}


def label_of(edges: Sequence[Sequence[Transition]], lang: str) -> Label:
    """The label of edges that share a line, each given as its rows: one action once, several below each other.

    Where one action begins or ends in several states, their conditions differ and are left out.
    """
    one_action = len({rows[0].action for rows in edges}) == 1
    lines: list[tuple[str, str]] = []
    for rows in edges[:1] if one_action else edges:
        lines += _lines(rows, lang, with_condition=not one_action or len(edges) == 1)
    return Label(tuple(lines))


def _lines(rows: Sequence[Transition], lang: str, *, with_condition: bool) -> list[tuple[str, str]]:
    lines = [(part, "action") for part in wrap(term(rows[0].action).get(lang), ACTION_SIZE)]
    lines += [(part, "role") for part in wrap(who(rows, lang), SMALL_SIZE)]
    if with_condition:
        said = describe(usable_condition(rows[0])).get(lang)
        lines += [(part, "condition") for part in wrap(said, SMALL_SIZE)]
    return lines


def who(rows: Sequence[Transition], lang: str) -> str:
    """The roles of rows, with how they sign."""
    if rows[0].kind == "system":
        return Text("系统办理", "by the system").get(lang)
    roles = joined(term(role) for role in dict.fromkeys(row.role for row in rows)).get(lang)
    signing = SIGNING.get(rows[0].signing)
    if signing is None:
        return roles
    how = signing.get(lang).format(n=rows[0].signatures_needed)
    return f"{roles}（{how}）" if lang == "zh" else f"{roles} ({how})"
