"""The repository's files, as the checks of this suite read them."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PACKAGE = ROOT / "kaihua_infoproj"
TESTS = PACKAGE / "tests"


@lru_cache(maxsize=1)
def project_files() -> tuple[Path, ...]:
    """Every file that is, or is about to be, under version control; in an unpacked archive, every file not hidden."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode == 0:
        found = {ROOT / name for name in listed.stdout.split("\0") if name}
    else:
        found = {
            path
            for path in ROOT.rglob("*")
            if not any(
                part.startswith(".") or part in ("__pycache__", "build", "dist")
                for part in path.relative_to(ROOT).parts
            )
        }
    return tuple(sorted(path for path in found if path.is_file()))


def python_files(*folders: str) -> tuple[Path, ...]:
    """The Python files under the folders (relative to the root), or all."""
    return tuple(
        path
        for path in project_files()
        if path.suffix == ".py" and (not folders or any(path.is_relative_to(ROOT / folder) for folder in folders))
    )


@lru_cache(maxsize=512)
def tree(path: Path) -> ast.Module:
    """A file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def shown(path: Path) -> str:
    """A path as the checks report it."""
    return path.relative_to(ROOT).as_posix()


def calls(node: ast.AST) -> Iterator[str]:
    """The names of everything called under a node, as written: ``pytest.raises``."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Call):
            yield ast.unparse(inner.func)
