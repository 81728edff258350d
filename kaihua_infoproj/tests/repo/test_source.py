"""What may not stand in the code: clocks and floats in the pure rooms, the measure's numbers outside its parameters."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from .files import python_files, shown, tree

PURE = python_files("kaihua_infoproj/policy", "kaihua_infoproj/flow", "kaihua_infoproj/demo/offline")
POLICY = python_files("kaihua_infoproj/policy")

CLOCK = {"now", "today", "utcnow", "time_ns", "localtime", "gmtime", "monotonic", "perf_counter", "strftime_now"}

# Numbers that are neither an index nor a whole per cent, and why they may stand in the code.
FREE_NUMBERS = {0, 1, 2, 100}
ALLOWED_NUMBERS: dict[str, dict[object, str]] = {
    "calendar.py": {
        8: "hours that Shanghai is ahead of UTC",
        12: "months of a year",
        1900: "first year that a date may lie in",
        2999: "last year that a date may lie in",
    },
    "change_route.py": {60: "digits of working precision when a percentage is written out"},
    "estimate.py": {60: "digits of working precision"},
    "ledger.py": {
        64: "digits of a SHA-256 in hex",
        53: "bits of the whole numbers that every program keeps exactly",
        17: "digits that are surely such a number",
    },
    "negative_list.py": dict.fromkeys((3, 4, 5, 6, 7, 8), "numbers of the items of article 3"),
    "project_code.py": {13: "one after the last month"},
    "parameter_types.py": {10: "base of Chinese numerals"},
}
ALLOWED_DECIMALS: dict[str, dict[str, str]] = {
    "estimate.py": {"0.000001": "decimals of person-months that are shown"},
    "text.py": {"0.01": "a cent"},
    "money.py": {"0.01": "a cent"},
    "finding.py": {"0.01": "a cent"},
}
# Modules that read or write files and hold no rule: their numbers are sizes, depths and lengths of text.
READERS = {
    "strict_yaml.py",
    "text.py",
    "money.py",
    "parameter_files.py",
    "errors.py",
    "plain.py",
    "form_reading.py",
    "form_types.py",
    "form_values.py",
}
# None is needed; what is allowed here is no rule, and says why.
ALLOWED_FLOATS: dict[str, set[float]] = {}

LONG_LINES = 120
LONG_FILE = 400
LONG_FILES: dict[str, str] = {}


def numbers(path: Path) -> Iterator[tuple[int, object]]:
    """Line and value of every number in the code but the sizes of caches."""
    caches = {
        id(node.value) for node in ast.walk(tree(path)) if isinstance(node, ast.keyword) and node.arg == "maxsize"
    }
    for node in ast.walk(tree(path)):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, (int, float, complex))
            and not isinstance(node.value, bool)
            and id(node) not in caches
        ):
            yield node.lineno, node.value


def documentation(path: Path) -> set[int]:
    """Identities of the constants that are docstrings."""
    found = set()
    for node in ast.walk(tree(path)):
        body = getattr(node, "body", None)
        for statement in body if isinstance(body, list) else ():
            if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                found.add(id(statement.value))
    return found


@pytest.mark.parametrize("path", PURE, ids=shown)
def test_nothing_is_a_float(path: Path) -> None:
    bad = [
        f"line {line}: {value}"
        for line, value in numbers(path)
        if isinstance(value, float) and value not in ALLOWED_FLOATS.get(path.name, ())
    ]
    bad += [
        f"line {node.lineno}: float"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Name) and node.id == "float"
    ]
    assert not bad


@pytest.mark.parametrize("path", PURE, ids=shown)
def test_nothing_reads_the_clock(path: Path) -> None:
    bad = [
        f"line {node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in CLOCK
    ]
    bad += [
        f"line {node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(tree(path))
        if isinstance(node, (ast.Import, ast.ImportFrom))
        and any(a.name == "time" for a in node.names)
        and not (isinstance(node, ast.ImportFrom) and node.module == "datetime")
    ]
    assert not bad


@pytest.mark.parametrize("path", [path for path in POLICY if path.name not in READERS], ids=shown)
def test_no_number_of_the_measure_stands_outside_its_parameters(path: Path) -> None:
    allowed = FREE_NUMBERS | set(ALLOWED_NUMBERS.get(path.name, {}))
    assert not [f"line {line}: {value}" for line, value in numbers(path) if value not in allowed]


@pytest.mark.parametrize("path", POLICY, ids=shown)
def test_no_amount_and_no_date_of_the_measure_is_written_as_text(path: Path) -> None:
    allowed = {"0", "1", "100", *ALLOWED_DECIMALS.get(path.name, {})}
    bad = []
    for node in ast.walk(tree(path)):
        if (
            isinstance(node, ast.Call)
            and ast.unparse(node.func).split(".")[-1] == "Decimal"
            and node.args
            and isinstance(node.args[0], ast.Constant)
            and str(node.args[0].value) not in allowed
        ):
            bad.append(f"line {node.lineno}: {ast.unparse(node)}")
    plain = documentation(path)
    bad += [
        f"line {node.lineno}: {node.value}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in plain
        and re.fullmatch(r"(\d{4}-)?\d\d-\d\d", node.value)
    ]
    assert not bad


def test_every_allowance_is_still_needed() -> None:
    used = {path.name: {value for _, value in numbers(path)} for path in POLICY}
    idle = [
        f"{name}: {value}"
        for name, values in ALLOWED_NUMBERS.items()
        for value in values
        if value not in used.get(name, set())
    ]
    idle += [
        f"{name}: {value}"
        for name, values in ALLOWED_FLOATS.items()
        for value in values
        if value not in used.get(name, set())
    ]
    idle += list(READERS - set(used))
    idle += [name for name in LONG_FILES if not any(shown(path) == name for path in python_files())]
    assert not idle


def test_a_long_file_has_its_reason() -> None:
    lengths = {shown(path): len(path.read_text(encoding="utf-8").splitlines()) for path in python_files()}
    assert not {name: length for name, length in lengths.items() if length > LONG_FILE and name not in LONG_FILES}
    assert not {name: length for name, length in lengths.items() if length <= LONG_FILE and name in LONG_FILES}


def test_no_line_is_longer_than_a_screen() -> None:
    long = [
        f"{shown(path)}:{number}"
        for path in python_files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > LONG_LINES
    ]
    assert not long
