"""What is built holds everything that it needs, and nothing that only the checkout needs."""

from __future__ import annotations

import configparser
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from .files import PACKAGE, ROOT, project_files, shown

BUILD = """
import sys
from setuptools.build_meta import build_sdist, build_wheel
folder = sys.argv[1]
build_wheel(folder)
build_sdist(folder)
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source archive, built from a copy, so that the checkout stays as it is."""
    copy, out = tmp_path_factory.mktemp("copy"), tmp_path_factory.mktemp("built")
    for path in project_files():
        target = copy / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    subprocess.run([sys.executable, "-c", BUILD, str(out)], cwd=copy, check=True, capture_output=True)
    return out


@pytest.fixture(scope="module")
def in_wheel(built: Path) -> set[str]:
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        return set(wheel.namelist())


@pytest.fixture(scope="module")
def in_archive(built: Path) -> set[str]:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        return {name.split("/", 1)[1] for name in archive.getnames() if "/" in name}


def needed() -> set[str]:
    """Every file of the package but its tests."""
    return {
        shown(path)
        for path in project_files()
        if path.is_relative_to(PACKAGE) and not path.is_relative_to(PACKAGE / "tests")
    }


def test_every_file_of_the_package_is_in_the_wheel(in_wheel: set[str]) -> None:
    assert any(name.endswith(".yaml") for name in needed())
    assert needed() - in_wheel == set()


def test_every_file_of_the_package_is_in_the_source_archive(in_archive: set[str]) -> None:
    assert needed() | {"pyproject.toml", "setup.py", "license.txt", "README.md", "README.zh.md"} <= in_archive


def test_the_wheel_holds_the_package_alone(in_wheel: set[str]) -> None:
    others = {name for name in in_wheel if ".dist-info/" not in name}
    assert others - needed() == set()


def test_the_wheel_brings_licence_and_command(built: Path) -> None:
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        names = wheel.namelist()
        entry = configparser.ConfigParser()
        entry.read_string(wheel.read(next(n for n in names if n.endswith("entry_points.txt"))).decode())
        licence = wheel.read(next(n for n in names if n.endswith("license.txt"))).decode()
    assert entry["console_scripts"]["kaihua-infoproj"] == "kaihua_infoproj.cli.main:main"
    assert "GNU GENERAL PUBLIC LICENSE" in licence
    assert "Version 3" in licence


def test_what_the_wheel_holds_plays_the_years_and_verifies_them(built: Path, tmp_path: Path) -> None:
    """Unpacked elsewhere, with nothing of the checkout in reach but the installed dependencies."""
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        wheel.extractall(tmp_path / "wheel")

    def run(*words: str) -> str:
        code = (
            f"import sys; sys.path.insert(0, {str(tmp_path / 'wheel')!r}); import kaihua_infoproj.cli.main as program; "
            f"assert program.__file__.startswith({str(tmp_path)!r}); sys.argv[1:] = {list(words)!r}; program.main()"
        )
        done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout[-1000:] + done.stderr
        return done.stdout

    assert "index.html" in run("demo", "--quiet", "--out", "years")
    ledgers = sorted(str(path) for path in (tmp_path / "years" / "ledgers").glob("*.jsonl"))
    assert ledgers
    assert run("verify", *ledgers).count("完整") == len(ledgers)
