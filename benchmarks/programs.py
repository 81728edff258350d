"""Whole programs, as a person starts them: the help, and the played years."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from .measuring import Result, median

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = [sys.executable, "-m", "kaihua_infoproj"]


def start(*words: str) -> None:
    """Run the command line once; it must end well."""
    subprocess.run([*PROGRAM, *words], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def years() -> None:
    """Play the years into a folder that is removed again."""
    with tempfile.TemporaryDirectory() as folder:
        start("demo", "--out", str(Path(folder) / "years"))


def results() -> Iterator[Result]:
    """Measure, one line after the other."""
    yield Result("kaihua-infoproj --help", median(lambda: start("--help"), least=9, most=15), target=300)
    yield Result(
        "python -c pass (what Python alone takes)",
        median(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True), least=9, most=15),
    )
    yield Result("kaihua-infoproj demo: the played years", median(years, least=3, most=3), target=10_000)
