"""The tests test something: none empty, none skipped, none that sleeps, none that nobody collects."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from .files import TESTS, calls, python_files, shown, tree

FILES = tuple(path for path in python_files("kaihua_infoproj/tests") if path.name.startswith("test_"))
Function = (ast.FunctionDef, ast.AsyncFunctionDef)


def functions(path: Path) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef)]


def its_tests(path: Path) -> list[ast.FunctionDef]:
    return [node for node in functions(path) if node.name.startswith("test_")]


def asserts_something(node: ast.AST) -> bool:
    """Whether a node holds an assertion that is not a constant, or expects an exception."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Assert) and not isinstance(inner.test, ast.Constant):
            return True
        if isinstance(inner, (ast.With, ast.AsyncWith)) and any(
            ast.unparse(item.context_expr).startswith(("pytest.raises", "raises", "pytest.warns"))
            for item in inner.items
        ):
            return True
    return False


def asserting_helpers() -> set[str]:
    """Functions in the tests' own files that assert for their callers."""
    return {
        node.name
        for path in python_files("kaihua_infoproj/tests")
        for node in functions(path)
        if not node.name.startswith("test_") and asserts_something(node)
    }


def test_there_are_tests_to_look_at() -> None:
    assert {path.parent.name for path in FILES} >= {"policy", "flow", "cli", "demo", "repo"}


@pytest.mark.parametrize("path", FILES, ids=shown)
def test_a_test_file_holds_tests(path: Path) -> None:
    assert its_tests(path)


@pytest.mark.parametrize("path", FILES, ids=shown)
def test_every_test_asserts_something(path: Path) -> None:
    helpers = asserting_helpers()
    empty = [
        node.name
        for node in its_tests(path)
        if not asserts_something(node) and not any(name.split(".")[-1] in helpers for name in calls(node))
    ]
    assert not empty


@pytest.mark.parametrize("path", FILES, ids=shown)
def test_no_test_is_skipped_or_expected_to_fail(path: Path) -> None:
    forbidden = {"skip", "skipif", "xfail", "importorskip", "skipTest", "expectedFailure"}
    used = {node.attr for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute)} | {
        alias.name for node in ast.walk(tree(path)) if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    assert not used & forbidden


@pytest.mark.parametrize("path", FILES, ids=shown)
def test_no_test_waits_for_the_clock(path: Path) -> None:
    assert not [name for name in calls(tree(path)) if name.split(".")[-1] in ("sleep", "perf_counter", "monotonic")]


def test_no_test_stands_where_nobody_collects_it() -> None:
    lost = [
        f"{shown(path)}: {node.name}"
        for path in python_files("kaihua_infoproj/tests")
        if not path.name.startswith("test_")
        for node in functions(path)
        if node.name.startswith("test_")
    ]
    assert not lost


def test_two_tests_of_one_file_do_not_share_a_name() -> None:
    twice = []
    for path in FILES:
        names = [node.name for node in tree(path).body if isinstance(node, Function)]
        twice += [f"{shown(path)}: {name}" for name in set(names) if names.count(name) > 1]
    assert not twice


def test_every_folder_of_tests_is_a_suite() -> None:
    from tools.run_tests import TESTS as suites

    folders = {path.name for path in TESTS.iterdir() if path.is_dir() and list(path.glob("test_*.py"))}
    assert folders <= set(suites)
