"""Conditions of transitions in the restricted form that Frappe and this package read alike.

Allowed are comparisons (``==  !=  <  <=  >  >=  in  not in``), ``and``, ``or``, ``not``, ``doc.field``, and literals:
quoted text, whole numbers, ``True``, ``False``, ``None`` and lists of them. Nothing else: no call, no import, no
attribute of an attribute, no index, no arithmetic, no decimal fraction (amounts are compared in ``policy``).
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product
from typing import Any, Union

from ..policy.errors import InputError

MAX_LENGTH = 500
MAX_SAMPLES = 20_000
"""Beyond this many combinations two conditions count as overlapping: an administrator must write them plainer."""

Literal = Union[str, int, bool, None, tuple[Union[str, int, bool, None], ...]]


@dataclass(frozen=True)
class Condition:
    """A condition that was found to be in the restricted form. An empty one is always met."""

    text: str
    tree: ast.expr | None

    def met(self, fields: Mapping[str, Any]) -> bool:
        """Whether it holds for a document's fields; an absent field counts as None.

        None is neither smaller nor larger than anything (in Frappe whole numbers are never None).

        Raises:
            InputError: two values cannot be put in order, such as a text and a number.
        """
        return True if self.tree is None else bool(_value(self.tree, fields))

    @property
    def fields(self) -> tuple[str, ...]:
        """The document's fields that it reads, in order, each once."""
        if self.tree is None:
            return ()
        names = (node.attr for node in ast.walk(self.tree) if isinstance(node, ast.Attribute))
        return tuple(dict.fromkeys(names))


@lru_cache(maxsize=1024)
def parse(text: str | None) -> Condition:
    """Read a condition as it stands in a Workflow Transition; None or blank is the empty condition.

    Raises:
        InputError: it is not in the restricted form; the sentence says which part.
    """
    stripped = (text or "").strip()
    if not stripped:
        return Condition("", None)
    if len(stripped) > MAX_LENGTH:
        raise InputError(
            f"条件超过{MAX_LENGTH}个字符，请写短。", f"The condition is over {MAX_LENGTH} characters; shorten it."
        )
    try:
        tree = ast.parse(stripped, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise InputError(
            f"条件“{stripped}”写法有误，无法识别。", f"The condition “{stripped}” cannot be read."
        ) from None
    _check(tree)
    return Condition(stripped, tree)


_ALLOWED_ZH = "条件只能由 doc.字段、文字、整数、比较、and、or、not、in 组成"
_ALLOWED_EN = "a condition consists of doc.field, texts, whole numbers, comparisons, and, or, not, in"


def _refuse(node: ast.AST, zh: str, en: str) -> InputError:
    shown = ast.unparse(node) if isinstance(node, (ast.expr, ast.keyword)) else type(node).__name__
    return Forbidden(f"条件中不允许{zh}“{shown}”；{_ALLOWED_ZH}。", f"{en} “{shown}” is not allowed: {_ALLOWED_EN}.")


class Forbidden(InputError):
    """A part of a condition lies outside the restricted form."""


def _check(node: ast.expr) -> None:
    """Whether every part is allowed.

    Raises:
        Forbidden: at the first part that is not.
    """
    if isinstance(node, ast.BoolOp):
        for value in node.values:
            _check(value)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        _check(node.operand)
    elif isinstance(node, ast.Compare):
        _check_comparison(node)
    elif isinstance(node, ast.Attribute):
        if not (isinstance(node.value, ast.Name) and node.value.id == "doc"):
            raise _refuse(node, "逐级取属性", "An attribute of something other than doc")
        if node.attr.startswith("_"):
            raise _refuse(node, "读取内部属性", "The internal attribute")
    elif not _is_literal(node):
        raise _refuse(node, *_NAMES.get(type(node), ("使用", "The part")))


def _check_comparison(node: ast.Compare) -> None:
    for side, op in zip([node.left, *node.comparators], [None, *node.ops], strict=True):
        if op is not None and type(op) not in _OPERATORS:
            raise _refuse(node, "使用 is", "“is” in")
        if isinstance(side, (ast.BoolOp, ast.Compare)) or _is_not(side):
            raise _refuse(node, "对判断结果再作比较", "Comparing a comparison in")
        is_list = isinstance(side, (ast.Tuple, ast.List))
        if isinstance(op, (ast.In, ast.NotIn)) != is_list:
            raise _refuse(
                node, "在 in 之外使用列表，或在 in 之后不写列表", "A list without “in”, or “in” without a list, in"
            )
        if isinstance(side, (ast.Tuple, ast.List)):
            for item in side.elts:
                if not _is_literal(item):
                    raise _refuse(
                        item, "在列表中写文字和整数以外的内容", "In a list, anything but texts and whole numbers"
                    )
        else:
            _check(side)


def _is_not(node: ast.expr) -> bool:
    return isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)


def _is_literal(node: ast.expr) -> bool:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return isinstance(node.operand, ast.Constant) and type(node.operand.value) is int
    return isinstance(node, ast.Constant) and (node.value is None or type(node.value) in (str, int, bool))


_NAMES: dict[type[ast.AST], tuple[str, str]] = {
    ast.Call: ("调用函数", "The function call"),
    ast.Name: ("使用变量", "The variable"),
    ast.Subscript: ("按下标取值", "The index"),
    ast.BinOp: ("运算", "The calculation"),
    ast.UnaryOp: ("运算", "The calculation"),
    ast.Lambda: ("定义函数", "The function"),
    ast.IfExp: ("使用 if", "“if” in"),
    ast.NamedExpr: ("赋值", "The assignment"),
    ast.Constant: ("使用小数等其他字面值", "The literal"),
    ast.JoinedStr: ("拼接文字", "The built text"),
    ast.Tuple: ("在 in 之外使用列表", "The list without “in”"),
    ast.List: ("在 in 之外使用列表", "The list without “in”"),
}

_OPERATORS: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda a, b: a in b,
    ast.NotIn: lambda a, b: a not in b,
}
_ORDERING = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)


def _value(node: ast.expr, fields: Mapping[str, Any]) -> Any:
    if isinstance(node, ast.BoolOp):
        values = (_value(v, fields) for v in node.values)
        return all(values) if isinstance(node.op, ast.And) else any(values)
    if isinstance(node, ast.UnaryOp):
        value = _value(node.operand, fields)
        return not value if isinstance(node.op, ast.Not) else -value
    if isinstance(node, ast.Compare):
        left = _value(node.left, fields)
        for op, side in zip(node.ops, node.comparators, strict=True):
            right = _value(side, fields)
            if not _compare(op, left, right, node):
                return False
            left = right
        return True
    if isinstance(node, ast.Attribute):
        return fields.get(node.attr)
    if isinstance(node, (ast.Tuple, ast.List)):
        return tuple(_value(item, fields) for item in node.elts)
    assert isinstance(node, ast.Constant)
    return node.value


def _compare(op: ast.cmpop, left: Any, right: Any, node: ast.expr) -> bool:
    if isinstance(op, _ORDERING) and (left is None or right is None):
        return False
    try:
        return bool(_OPERATORS[type(op)](left, right))
    except TypeError:
        raise InputError(
            f"条件“{ast.unparse(node)}”中的“{left}”和“{right}”不能比较大小。",
            f"In the condition “{ast.unparse(node)}”, “{left}” and “{right}” cannot be put in order.",
        ) from None


def overlap(one: Condition, other: Condition) -> bool:
    """Whether some document meets both conditions.

    Every field is tried with each literal it may be compared with, the numbers beside it, a text that stands
    nowhere, and nothing at all: in the restricted form no other value can make a difference.
    """
    if one.tree is None and other.tree is None:
        return True
    names = tuple(dict.fromkeys((*one.fields, *other.fields)))
    values = _samples([tree for tree in (one.tree, other.tree) if tree is not None], len(names))
    tried = 0
    for combination in islice(product(values, repeat=len(names)), MAX_SAMPLES + 1):
        tried += 1
        fields = dict(zip(names, combination, strict=True))
        try:
            if one.met(fields) and other.met(fields):
                return True
        except InputError:  # a text put in order with a number: no document of that kind meets it
            continue
    return tried > MAX_SAMPLES


def _samples(trees: Iterable[ast.expr], different: int) -> tuple[Any, ...]:
    """Values to try; ``different`` is how many must be able to differ (fields may be compared with each other)."""
    found: dict[tuple[type, Any], Any] = {}
    for literal in (n.value for tree in trees for n in ast.walk(tree) if isinstance(n, ast.Constant)):
        near: tuple[Any, ...] = (literal,)
        if type(literal) is int:
            near = tuple(sign * literal + step for sign in (1, -1) for step in (-1, 0, 1))
        elif isinstance(literal, str):
            near = (literal, literal + "\0", literal[:-1])
        for value in near:
            found[type(value), value] = value
    for value in (None, True, False, "", *range(different + 1)):
        found.setdefault((type(value), value), value)
    return tuple(found.values())
