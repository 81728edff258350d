"""./test: runs the suites in an environment of their own, one summary line each, and tells the truth by its exit code.

0 everything passed, 1 something failed (a crash, an empty or a skipping suite count as failures), 2 wrong call,
130 interrupted.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from .environment import NOTES, ROOT, Environment, StepFailed, explain, locked

TESTS = ("policy", "flow", "cli", "demo", "repo")
# Command, and what it prints when all is well: a tool that ran over nothing must not pass for a clean one.
CHECKS: dict[str, tuple[tuple[str, ...], str]] = {
    "lint": (("ruff", "check", "."), r"All checks passed"),
    "format": (("ruff", "format", "--check", "."), r"^[1-9]\d* files already formatted"),
    "types": (("mypy",), r"Success: no issues found in [1-9]\d* source files"),
    "imports": (("lint-imports",), r"Contracts: [1-9]\d* kept, 0 broken"),
}
SUITES = (*TESTS, *CHECKS)
MISSING_DESK = "THE DESK SUITES (INTEGRATION, BROWSER) DO NOT EXIST YET: NOTHING WAS TESTED ON A BENCH."
LOG = NOTES / "test.log"


@dataclass(frozen=True)
class Outcome:
    """How one suite ended.

    Attributes:
        passed, failed: tests or checks. why: what failed besides single tests (a crash, nothing collected, skips).
        output: everything it printed, shown where it failed.
    """

    suite: str
    passed: int
    failed: int
    seconds: float = 0.0
    why: str = ""
    output: str = field(default="", repr=False)

    @property
    def line(self) -> str:
        """The summary line."""
        word = "FAILED" if self.failed else "ok"
        return f"{self.suite:8} {word:6} {self.passed:5} passed {self.failed:4} failed {self.seconds:7.1f} s" + (
            f"  ({self.why})" if self.why else ""
        )


def read_report(suite: str, code: int, report: Path) -> Outcome:
    """The outcome of a pytest run from its exit code and its JUnit report.

    Whatever contradicts a clean run is a failure: no report, nothing collected, skipped tests, an exit code other
    than 0 without a failed test.
    """
    try:
        suites = list(ElementTree.parse(report).getroot().iter("testsuite"))
        total, errors, failures, skipped = (
            sum(int(s.get(key, "0")) for s in suites) for key in ("tests", "errors", "failures", "skipped")
        )
    except (OSError, ElementTree.ParseError):
        return Outcome(suite, 0, 1, why=f"ended with code {code} and left no report")
    failed, passed = errors + failures, max(total - errors - failures - skipped, 0)
    if code == 5 or not total:
        return Outcome(suite, 0, 1, why="collected no test")
    if skipped:
        return Outcome(suite, passed, failed + skipped, why=f"{skipped} skipped, which is not allowed")
    if code and not failed:
        return Outcome(suite, passed, 1, why=f"ended with code {code}")
    return Outcome(suite, passed, failed)


def pytest_suite(python: Path, suite: str) -> Outcome:
    """Run one folder of tests."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        code, output = run(
            [str(python), "-m", "pytest", "-q", f"kaihua_infoproj/tests/{suite}", f"--junitxml={report}"]
        )
        outcome = read_report(suite, code, report)
    return Outcome(suite, outcome.passed, outcome.failed, why=outcome.why, output=output)


def check_suite(python: Path, suite: str) -> Outcome:
    """Run one check of the whole code: passed or not."""
    (tool, *arguments), sign = CHECKS[suite]
    code, output = run([str(python.parent / tool), *arguments])
    return read_check(suite, code, output, sign)


def read_check(suite: str, code: int, output: str, sign: str) -> Outcome:
    """The outcome of a check from its exit code and whether it printed the sign that all is well."""
    if code:
        return Outcome(suite, 0, 1, why=f"ended with code {code}", output=output)
    if not re.search(sign, output, re.MULTILINE):
        return Outcome(suite, 0, 1, why="did not say that it checked anything", output=output)
    return Outcome(suite, 1, 0, output=output)


_children: set[subprocess.Popen[str]] = set()


def run(command: Sequence[str]) -> tuple[int, str]:
    """Run a command in the checkout; exit code and everything it printed."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "PYTHON"))}
    environment["PYTHONUTF8"] = "1"
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as child:
        _children.add(child)
        try:
            output, _ = child.communicate()
        finally:
            _children.discard(child)
    return child.returncode, output


def run_suites(suites: Sequence[str], one: Callable[[str], Outcome], say: Callable[[str], None]) -> list[Outcome]:
    """Run suites two at a time, and say each one's line (and its output, where it failed) as it ends."""
    saying = threading.Lock()

    def timed(suite: str) -> Outcome:
        began = time.monotonic()
        try:
            outcome = one(suite)
        except Exception as error:
            outcome = Outcome(suite, 0, 1, why=f"crashed: {type(error).__name__}: {error}")
        outcome = Outcome(suite, outcome.passed, outcome.failed, time.monotonic() - began, outcome.why, outcome.output)
        with saying:
            if outcome.failed and outcome.output:
                say(f"---------- {suite}\n{outcome.output.rstrip()}\n----------")
            say(outcome.line)
        return outcome

    with ThreadPoolExecutor(max_workers=min(2, os.cpu_count() or 1)) as pool:
        return list(pool.map(timed, suites))


def total(outcomes: Sequence[Outcome]) -> str:
    """The last line, for people and programs."""
    return f"{sum(o.passed for o in outcomes)} passed, {sum(o.failed for o in outcomes)} failed"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="./test",
        allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Run the test suites in an environment of their own (.venv-test).",
        epilog=f"suites: {' '.join(SUITES)} (all, if none is named)\n{MISSING_DESK}",
    )
    parser.add_argument("suites", nargs="*", metavar="suite")
    parser.add_argument("--require-bench", action="store_true", help="fail unless the desk suites ran too")
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run what was asked for; the exit code is the module's."""
    options = _parser().parse_args(arguments)
    unknown = [suite for suite in options.suites if suite not in SUITES]
    if unknown:
        print(f"There is no suite named {', '.join(unknown)}. Suites: {' '.join(SUITES)}", file=sys.stderr)
        return 2
    suites = [suite for suite in SUITES if suite in options.suites] or list(SUITES)
    try:
        environment = _environment()
        outcomes = run_suites(
            suites,
            lambda suite: (pytest_suite if suite in TESTS else check_suite)(environment.python, suite),
            lambda text: print(text, flush=True),
        )
    except StepFailed as failed:
        print(f"The environment .venv-test could not be made: {failed.reason.en}; {failed.way_out.en}. Log: {LOG}")
        print("0 passed, 1 failed")
        return 1
    except KeyboardInterrupt:
        for child in list(_children):
            child.terminate()
        print("\ninterrupted", file=sys.stderr)
        return 130
    if options.require_bench:
        outcomes.append(Outcome("desk", 0, 1, why="--require-bench: it does not exist yet"))
        print(outcomes[-1].line)
    print(MISSING_DESK)
    print(total(outcomes))
    return int(any(outcome.failed for outcome in outcomes))


def _environment() -> Environment:
    """The environment of the tests, made if it is not there or out of date.

    Raises:
        StepFailed: it could not be made.
    """
    environment = Environment(ROOT / ".venv-test", "test", LOG)

    def waiting() -> None:
        print("Another ./test makes its environment; waiting for it …", flush=True)

    try:
        with locked("test", waiting) as lock:
            if not environment.is_ready():
                print("Making the environment .venv-test …", flush=True)
                environment.make(lock)
    except OSError as error:
        raise explain(f"{error.strerror}: {error.filename}") from None
    return environment


if __name__ == "__main__":
    sys.exit(main())
