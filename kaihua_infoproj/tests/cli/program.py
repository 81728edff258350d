"""Calling the command line in the tests' own process, or as a program of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from kaihua_infoproj.cli.main import main

ROOT = Path(__file__).resolve().parents[3]
CHINESE = range(0x4E00, 0xA000)


@dataclass(frozen=True)
class Outcome:
    """What a call left: exit code, and what stood on stdout and stderr."""

    code: int
    stdout: str
    stderr: str

    @property
    def json(self) -> dict[str, Any]:
        """The one JSON object on stdout."""
        data = json.loads(self.stdout)
        assert isinstance(data, dict)
        assert data["schema"] == "kaihua-infoproj/1"
        return data


def call(*args: str | Path, env: dict[str, str] | None = None) -> Outcome:
    """Call the program in this process."""
    result = CliRunner().invoke(
        main, [str(a) for a in args], env={"KAIHUA_LANG": None, "NO_COLOR": None, **(env or {})}
    )
    return Outcome(result.exit_code, result.stdout, result.stderr)


def program(*args: str | Path, cwd: Path, env: dict[str, str] | None = None, **more: Any) -> Outcome:
    """Call the program as a process of its own, with an empty HOME, in ``cwd``."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(cwd),
        "PYTHONPATH": str(ROOT),
        "LANG": "C.UTF-8",
        **(env or {}),
    }
    done = subprocess.run(
        [sys.executable, "-m", "kaihua_infoproj", *map(str, args)],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
        **more,
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


def is_chinese(text: str) -> bool:
    """Whether some character of ``text`` is a Chinese one."""
    return any(ord(char) in CHINESE for char in text)


def refused(
    *args: str | Path,
    says: str = "",
    field: str | None = None,
    line: int | None = None,
    file: Path | None = None,
    code: int = 2,
) -> dict[str, Any]:
    """Call the program in Chinese, in English and with JSON; assert a clean refusal and answer the JSON error.

    Args:
        says: what the Chinese sentence must hold. field, line, file: the place that the error must name.
    """
    chinese, english, plain = call(*args), call(*args, "--lang", "en"), call(*args, "--json")
    for outcome in (chinese, english, plain):
        assert outcome.code == code, outcome
        assert "Traceback" not in outcome.stdout + outcome.stderr
        assert outcome.stderr.strip(), outcome
    assert chinese.stdout == english.stdout == ""
    assert len(chinese.stderr.strip().splitlines()) == 1, chinese.stderr
    assert chinese.stderr.strip().endswith(("。", "？")), chinese.stderr
    assert is_chinese(chinese.stderr)
    error = plain.json["error"]
    assert plain.json["errors"][0] == error
    assert set(error) == {"file", "line", "field", "zh", "en"}
    assert error["zh"] in chinese.stderr
    assert error["en"] in english.stderr
    assert says in chinese.stderr, chinese.stderr
    if field is not None:
        assert error["field"] == field, error
        assert field in chinese.stderr
    if line is not None:
        assert error["line"] == line, error
        assert f"第{line}行" in chinese.stderr
    if file is not None:
        assert error["file"] == str(file), error
        assert str(file) in chinese.stderr
    return dict(error)
