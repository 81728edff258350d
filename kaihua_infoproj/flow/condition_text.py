"""A condition as a person reads it."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

from ..policy.text import Text, write
from .condition import Condition
from .terms import term

_COMPARED: dict[type[ast.cmpop], Text] = {
    ast.Eq: Text("为", "is"),
    ast.NotEq: Text("不是", "is not"),
    ast.Lt: Text("小于", "is below"),
    ast.LtE: Text("不大于", "is at most"),
    ast.Gt: Text("大于", "is above"),
    ast.GtE: Text("不小于", "is at least"),
    ast.In: Text("为", "is"),
    ast.NotIn: Text("不是", "is not"),
}
_OPPOSITE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.GtE,
    ast.GtE: ast.Lt,
    ast.Gt: ast.LtE,
    ast.LtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}


def describe(condition: Condition) -> Text:
    """What must hold, such as 项目类型为“建设类”; empty for the empty condition."""
    return Text("", "") if condition.tree is None else _said(condition.tree, True)


def actual(condition: Condition, fields: Mapping[str, Any]) -> Text:
    """What the document says on each field that the condition reads."""
    parts = [(term(name), fields.get(name)) for name in condition.fields]
    return Text(
        "，".join(f"{label.zh}{_state(value).zh}" for label, value in parts),
        ", ".join(f"{label.en} {_state(value).en}" for label, value in parts),
    )


def _state(value: Any) -> Text:
    if value is None or value == "":
        return Text("未填", "is empty")
    shown = _literal(value)
    return Text(f"为{shown.zh}", f"is {shown.en}")


def _literal(value: Any) -> Text:
    if isinstance(value, str):
        named = term(value)
        return Text(f"“{named.zh}”", f"“{named.en}”")
    if value is None:
        return Text("空", "empty")
    return Text(write(value, "zh"), write(value, "en"))


def _said(node: ast.expr, holds: bool) -> Text:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return _said(node.operand, not holds)
    if isinstance(node, ast.BoolOp):
        parts = [_bracketed(value, _said(value, holds)) for value in node.values]
        both = isinstance(node.op, ast.And) == holds
        return Text(
            ("，且" if both else "，或").join(p.zh for p in parts),
            (" and " if both else " or ").join(p.en for p in parts),
        )
    if isinstance(node, ast.Compare):
        return _compared(node, holds)
    side = _side(node)
    return Text(f"已有{side.zh}", f"{side.en} is given") if holds else Text(f"没有{side.zh}", f"{side.en} is not given")


def _bracketed(node: ast.expr, text: Text) -> Text:
    return Text(f"（{text.zh}）", f"({text.en})") if isinstance(node, ast.BoolOp) else text


def _compared(node: ast.Compare, holds: bool) -> Text:
    sides = [node.left, *node.comparators]
    parts = []
    for op, left, right in zip(node.ops, sides, sides[1:], strict=False):
        word = _COMPARED[type(op) if holds else _OPPOSITE[type(op)]]
        one, other = _side(left), _side(right)
        parts.append(Text(f"{one.zh}{word.zh}{other.zh}", f"{one.en} {word.en} {other.en}"))
    return Text(
        ("，且" if holds else "，或").join(p.zh for p in parts),
        (" and " if holds else " or ").join(p.en for p in parts),
    )


def _side(node: ast.expr) -> Text:
    if isinstance(node, ast.Attribute):
        return term(node.attr)
    if isinstance(node, (ast.Tuple, ast.List)):
        items = [_side(item) for item in node.elts]
        return Text("或".join(t.zh for t in items), " or ".join(t.en for t in items))
    if isinstance(node, ast.UnaryOp):
        inner = _side(node.operand)
        return Text(f"-{inner.zh}", f"-{inner.en}")
    assert isinstance(node, ast.Constant)
    return _literal(node.value)
