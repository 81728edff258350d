"""The mutants of the rule modules: which modules, which damages, and the damaged text of each."""

from __future__ import annotations

import ast
import difflib
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .environment import ROOT

POLICY = Path("kaihua_infoproj") / "policy"
# Modules of policy/ without a rule of the measure: readers of files, writers of text and pages, runners.
NOT_RULES = {
    *("__init__.py", "errors.py", "strict_yaml.py", "text.py", "plain.py", "parameter_files.py", "parameter_types.py"),
    *("forms.py", "form_files.py", "form_plan.py", "form_reading.py", "form_template.py", "form_types.py"),
    *("form_values.py", "labels.py", "checklists.py", "benchmark_sets.py", "demanded_steps.py", "demands.py"),
    *("case_files.py", "case_runner.py", "measure_material.py", "measure_page.py", "measure_tables.py"),
    *("measure_text.py",),
}

OPERATORS = (
    "AddNot",
    "ExceptionReplacer",
    "NumberReplacer",
    "ReplaceAndWithOr",
    "ReplaceOrWithAnd",
    "ReplaceTrueWithFalse",
    "ReplaceFalseWithTrue",
    "ReplaceBreakWithContinue",
    "ReplaceContinueWithBreak",
    "ZeroIterationForLoop",
    "ReplaceUnaryOperator_Delete_Not",
    "ReplaceUnaryOperator_USub_UAdd",
    *(
        f"ReplaceBinaryOperator_{pair}"
        for pair in ("Add_Sub", "Sub_Add", "Mul_Div", "Div_Mul", "FloorDiv_Mul", "Mod_Mul")
    ),
    *(
        f"ReplaceComparisonOperator_{pair}"
        for pair in (
            "Eq_NotEq",
            "NotEq_Eq",
            "Is_IsNot",
            "IsNot_Is",
            "Lt_LtE",
            "Lt_GtE",
            "LtE_Lt",
            "LtE_Gt",
            "Gt_GtE",
            "Gt_LtE",
            "GtE_Gt",
            "GtE_Lt",
        )
    ),
)
DROP = "DropStatement"


class DropStatement:
    """Our own operator: a call, a ``yield`` or an augmented assignment becomes ``pass``, a ``return`` returns None."""

    def mutation_positions(self, node: Any) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
        """Where it applies: once in such a statement."""
        if node.type == "simple_stmt":
            first = node.children[0]
            augmented = first.type == "expr_stmt" and getattr(first.children[1], "value", "=") != "="
            if (
                first.type in ("atom_expr", "yield_expr")
                or augmented
                or (first.type == "return_stmt" and first.children[1].get_code().strip() != "None")
            ):
                yield node.start_pos, node.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        """The node with its statement replaced."""
        import parso

        first = node.children[0]
        text = "return None" if first.type == "return_stmt" else "pass"
        new = parso.parse(text).children[0]
        new = new.children[0] if new.type == "simple_stmt" else new
        leaf = first.get_first_leaf()
        new.get_first_leaf().prefix = leaf.prefix
        new.parent = node
        node.children[0] = new
        return node


def operator(name: str) -> Any:
    """The operator of a name."""
    from cosmic_ray.plugins import get_operator

    return DropStatement() if name == DROP else get_operator(f"core/{name}")()


@dataclass(frozen=True)
class Mutant:
    """One damage: the ``occurrence``-th place where ``operator`` applies in ``module``."""

    module: str
    operator: str
    occurrence: int
    line: int

    def source(self) -> str:
        """The damaged module's text."""
        from cosmic_ray.mutating import mutate_code

        damaged = mutate_code(
            (ROOT / self.module).read_text(encoding="utf-8"), operator(self.operator), self.occurrence
        )
        assert isinstance(damaged, str), self
        return damaged

    def difference(self) -> str:
        """The lines that differ, as ``- old`` and ``+ new``."""
        old = (ROOT / self.module).read_text(encoding="utf-8").splitlines()
        lines = difflib.unified_diff(old, self.source().splitlines(), lineterm="", n=0)
        return "\n".join(line for line in lines if not line.startswith(("---", "+++", "@@")))


def rule_modules() -> list[str]:
    """The modules that hold rules, relative to the checkout."""
    return [str(path.relative_to(ROOT)) for path in sorted((ROOT / POLICY).glob("*.py")) if path.name not in NOT_RULES]


def pointless_places(text: str) -> tuple[set[tuple[int, int]], set[int]]:
    """What no test can notice: places (line, column) inside annotations, and lines of decorators."""
    places: set[tuple[int, int]] = set()
    decorators: set[int] = set()
    for node in ast.walk(ast.parse(text)):
        for annotation in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            if isinstance(annotation, ast.expr):
                places |= {
                    (inner.lineno, inner.col_offset) for inner in ast.walk(annotation) if isinstance(inner, ast.expr)
                }
        decorators |= {decorator.lineno for decorator in getattr(node, "decorator_list", ())}
    return places, decorators


def mutants(modules: Sequence[str]) -> Iterator[Mutant]:
    """Every mutant of the modules, but for annotations (never evaluated) and decorators (caches, dataclasses)."""
    from cosmic_ray.ast import Visitor, get_ast

    class Places(Visitor):  # type: ignore[misc,unused-ignore]
        """Collects the place of each occurrence."""

        def __init__(self, operator: Any) -> None:
            self.operator = operator
            self.found: list[tuple[tuple[int, int], tuple[int, int]]] = []

        def visit(self, node: Any) -> Any:
            self.found += list(self.operator.mutation_positions(node))
            return node

    for module in modules:
        text = (ROOT / module).read_text(encoding="utf-8")
        annotations, decorators = pointless_places(text)
        for name in (*OPERATORS, DROP):
            places = Places(operator(name))
            places.walk(get_ast(text))
            for occurrence, (start, stop) in enumerate(places.found):
                if is_parameter_mark(text, name, start):
                    continue
                if start[0] not in decorators and not any(start <= place < stop for place in annotations):
                    yield Mutant(module, name, occurrence, start[0])


def is_parameter_mark(text: str, name: str, start: tuple[int, int]) -> bool:
    """Whether a ``*`` is the bare mark of a parameter list, which Cosmic Ray takes for a multiplication."""
    line = text.splitlines()[start[0] - 1]
    return "BinaryOperator_Mul" in name and line[start[1] + 1 :].lstrip().startswith(",")


def identity(mutant: Mutant) -> str:
    """What a mutant is known by between runs: its place in this very text of the module."""
    text = hashlib.sha256((ROOT / mutant.module).read_bytes()).hexdigest()[:12]
    return f"{mutant.module}@{text}:{mutant.operator}:{mutant.occurrence}"
