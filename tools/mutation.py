"""The mutation run: small damages to the rule modules, one at a time, each of which the policy tests must notice.

Mutants come from Cosmic Ray's operators (those that a test could miss: not every operator that ends in a type error)
and one of our own that drops statements, drawn at random by a seed. Each runs in a copy of the checkout, so the
checkout itself is never touched, and in a process forked from a warm one, so that a mutant costs its tests alone.
Needs the extra "dev". See docs/mutation.md.
"""

from __future__ import annotations

import argparse
import compileall
import json
import multiprocessing
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from .environment import ROOT
from .mutants import POLICY, Mutant, identity, mutants, rule_modules

TESTS = "kaihua_infoproj/tests/policy"
OPTIONS = (
    "-W",
    "ignore::pytest.PytestAssertRewriteWarning",
    "-x",
    "-q",
    "-p",
    "no:cacheprovider",
    "--no-header",
    "--tb=no",
)

KILLED, SURVIVED, TIMED_OUT = "killed", "survived", "timeout"


def copy_checkout(folder: Path) -> Path:
    """A copy of what the tests need, freshly compiled; a damaged file is newer than its compiled form and so read."""
    target = folder / "checkout"
    shutil.copytree(ROOT / "kaihua_infoproj", target / "kaihua_infoproj", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "docs", "tools"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(ROOT / name, target / name)
    compileall.compile_dir(target / "kaihua_infoproj", quiet=2)
    return target


def not_about_rules(checkout: Path) -> list[str]:
    """Test files about reading and printing alone: a mutant must be noticed by what a rule answers.

    The cases are run before, without pytest's ceremony for each of them.
    """
    others = ("test_forms_", "test_measure_", "test_strict_yaml", "test_cases")
    return sorted(path.name for path in (checkout / TESTS).glob("test_*.py") if path.name.startswith(others))


def cases_hold() -> bool:
    """Whether every shipped case comes out as it says."""
    from kaihua_infoproj.policy.case_files import load_cases
    from kaihua_infoproj.policy.case_runner import run_case

    return all(run_case(case).passed for case in load_cases())


def run_tests_once(checkout: Path, timeout: float) -> str:
    """The policy tests over one copy, in a forked child; ``killed``, ``survived`` or ``timeout``."""
    child = os.fork()
    if not child:
        code = 3
        try:
            os.setsid()
            os.chdir(checkout)
            sys.path[:] = [str(checkout), *(entry for entry in sys.path if entry not in ("", str(ROOT)))]
            sink = os.open(os.devnull, os.O_WRONLY)
            os.dup2(sink, 1)
            os.dup2(sink, 2)
            if cases_hold():
                import pytest

                ignored = [f"--ignore={TESTS}/{name}" for name in not_about_rules(checkout)]
                code = int(pytest.main([*OPTIONS, *ignored, TESTS]))
        finally:
            os._exit(code)
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return SURVIVED if status == 0 else KILLED
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return TIMED_OUT


def work(jobs: Any, results: Any, timeout: float) -> None:
    """Take mutants from the queue until it holds None."""
    warm()
    with tempfile.TemporaryDirectory() as folder:
        checkout = copy_checkout(Path(folder))
        while (job := jobs.get()) is not None:
            number, mutant = job
            path = checkout / mutant.module
            whole, before = path.read_text(encoding="utf-8"), path.stat()
            path.write_text(mutant.source(), encoding="utf-8")
            try:
                results.put((number, run_tests_once(checkout, timeout)))
            finally:
                path.write_text(whole, encoding="utf-8")
                os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    results.put(None)


def warm() -> None:
    """Import what every run needs and no mutant touches."""
    sys.dont_write_bytecode = True
    os.environ.update(PYTHONDONTWRITEBYTECODE="1", KAIHUA_EXAMPLES="25")
    import hypothesis  # noqa: F401
    import pytest  # noqa: F401
    import yaml  # noqa: F401


def main(arguments: list[str] | None = None) -> int:
    """Draw the mutants, run them, print the table and the survivors; 0 if the share that is asked for was killed."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.mutation", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--number", type=int, default=600, help="mutants to draw (default 600)")
    parser.add_argument("--seed", default="kaihua", help="seed of the draw")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--modules", nargs="*", default=None, help="file names in policy/ (default: every rule module)")
    parser.add_argument("--out", type=Path, default=ROOT / "mutants" / "mutation.json")
    parser.add_argument("--again", type=Path, help="run the survivors of an earlier result once more")
    parser.add_argument("--least", type=int, default=90, help="per cent that must be killed")
    options = parser.parse_args(arguments)
    warm()
    if options.again:
        earlier = json.loads(options.again.read_text(encoding="utf-8"))["mutants"]
        drawn = [
            Mutant(**{k: m[k] for k in ("module", "operator", "occurrence", "line")})
            for m in earlier
            if m["result"] == SURVIVED
        ]
        population = len(drawn)
    else:
        modules = [str(POLICY / name) for name in options.modules] if options.modules else rule_modules()
        everything = sorted(mutants(modules), key=lambda m: (m.module, m.operator, m.occurrence))
        population = len(everything)
        drawn = random.Random(options.seed).sample(everything, min(options.number, population))
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        if run_tests_once(copy_checkout(Path(folder)), 3600) != SURVIVED:
            print("The policy tests fail on the undamaged code; mend that first.", file=sys.stderr)
            return 2
    alone = time.monotonic() - began
    print(f"{len(drawn)} of {population} mutants; the tests alone take {alone:.1f} s", flush=True)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    notes = options.out.with_suffix(".again.notes" if options.again else ".notes")
    outcomes = run(drawn, options.workers, max(30.0, 5 * alone), notes)
    return report(drawn, outcomes, population, options)


def run(drawn: Sequence[Mutant], workers: int, timeout: float, notes: Path) -> list[str]:
    """The outcome of each mutant, in order. Each is noted as it comes, so that an interrupted run can go on."""
    known = dict(line.rsplit("\t", 1) for line in notes.read_text().splitlines()) if notes.exists() else {}
    outcomes = [known.get(identity(mutant), "") for mutant in drawn]
    context = multiprocessing.get_context("fork")
    jobs, results = context.Queue(), context.Queue()
    for number, mutant in enumerate(drawn):
        if not outcomes[number]:
            jobs.put((number, mutant))
    processes = [context.Process(target=work, args=(jobs, results, timeout)) for _ in range(workers)]
    for process in processes:
        jobs.put(None)
        process.start()
    open_workers = workers
    with notes.open("a") as noted:
        while open_workers:
            answer = results.get(timeout=10 * timeout)
            if answer is None:
                open_workers -= 1
                continue
            number, outcomes[number] = answer
            noted.write(f"{identity(drawn[number])}\t{outcomes[number]}\n")
            noted.flush()
            done, mutant = sum(map(bool, outcomes)), drawn[number]
            if outcomes[number] == SURVIVED or done % 25 == 0:
                print(
                    f"{done}/{len(drawn)} {outcomes[number]} {mutant.module}:{mutant.line} {mutant.operator}",
                    flush=True,
                )
    for process in processes:
        process.join()
    return outcomes


def report(drawn: Sequence[Mutant], outcomes: Sequence[str], population: int, options: Any) -> int:
    """Print and write what became of the mutants."""
    rows = [
        {**asdict(mutant), "result": outcome, **({"diff": mutant.difference()} if outcome == SURVIVED else {})}
        for mutant, outcome in zip(drawn, outcomes, strict=True)
    ]
    options.out.write_text(
        json.dumps({"seed": options.seed, "population": population, "mutants": rows}, ensure_ascii=False, indent=1)
        + "\n",
        encoding="utf-8",
    )
    for module in sorted({m.module for m in drawn}):
        of_module = [o for m, o in zip(drawn, outcomes, strict=True) if m.module == module]
        print(
            f"| {Path(module).name} | {len(of_module)} | {len(of_module) - of_module.count(SURVIVED)} "
            f"| {of_module.count(SURVIVED)} |"
        )
    killed = len(outcomes) - outcomes.count(SURVIVED)
    print(
        f"{killed} of {len(outcomes)} killed ({killed * 100 / max(1, len(outcomes)):.1f} %), "
        f"{outcomes.count(TIMED_OUT)} of them by running out of time"
    )
    for row in rows:
        if row["result"] == SURVIVED:
            print(f"\n{row['module']}:{row['line']} {row['operator']}\n{row['diff']}")
    return int(killed * 100 < options.least * len(outcomes))


if __name__ == "__main__":
    sys.exit(main())
