"""What each room may import from outside, and that the installed packages fit together."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PACKAGE = ROOT / "kaihua_infoproj"

# import-linter forbids single packages; these lists are complete: room → packages besides the standard library.
MAY_IMPORT = {
    "policy": {"yaml"},
    "flow": {"yaml"},
    "demo": {"yaml", "jinja2", "markupsafe"},
    "cli": {"yaml", "click", "rich"},
}


def imported(path: Path) -> set[str]:
    """Top-level names of the packages that a file imports absolutely, ours left out."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            names.add(node.module.split(".")[0])
    return names - {"kaihua_infoproj"} - sys.stdlib_module_names


@pytest.mark.parametrize("room", sorted(MAY_IMPORT))
def test_a_room_imports_only_its_named_packages(room: str) -> None:
    files = sorted((PACKAGE / room).rglob("*.py"))
    assert files
    more = {
        str(path.relative_to(ROOT)): sorted(names) for path in files if (names := imported(path) - MAY_IMPORT[room])
    }
    assert not more, more


def test_only_the_version_stands_in_the_package_itself() -> None:
    tree = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    body = [node for node in tree.body if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))]
    assert [ast.unparse(node).split(" = ")[0] for node in body] == ["__version__"]


def test_the_package_works_where_there_is_no_frappe() -> None:
    code = (
        "import importlib.util, pkgutil, kaihua_infoproj.policy, kaihua_infoproj.flow, importlib, sys\n"
        "for room in (kaihua_infoproj.policy, kaihua_infoproj.flow):\n"
        "    for module in pkgutil.walk_packages(room.__path__, room.__name__ + '.'):\n"
        "        importlib.import_module(module.name)\n"
        "print(sorted(name for name in sys.modules if name.split('.')[0] in ('frappe', 'erpnext', 'click', 'rich')),\n"
        "      importlib.util.find_spec('frappe'))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] None"


def test_the_installed_packages_fit_together() -> None:
    done = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
