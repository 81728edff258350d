"""The documented JSON is the JSON that is written: every key of it, in both languages' pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kaihua_infoproj.cli.main import SUMMARIES

from .program import ROOT, call

PAGES = [ROOT / "docs" / "command-line.md", ROOT / "docs" / "command-line.zh.md"]
DAY = ("--at", "2026-05-01")


def section(page: Path, command: str) -> str:
    """The part of a page that speaks of a command."""
    for part in page.read_text(encoding="utf-8").split("\n## ")[1:]:
        heading = re.split(r"[:：(（]", part.split("\n", 1)[0])[0]
        if command in re.split(r"[,、]\s*", heading.strip()):
            return part
    raise AssertionError(f"{page.name} does not speak of {command}")


def documented(page: Path, command: str) -> set[str]:
    """The keys in the tables of the command's section."""
    rows = [line for line in section(page, command).splitlines() if line.startswith("| `")]
    return {key for row in rows for key in re.findall(r"`([a-z_]+)`", row)}


@pytest.fixture
def calls(tmp_path: Path) -> dict[str, list[tuple[str | Path, ...]]]:
    paper, pool, bad = tmp_path / "表.yaml", tmp_path / "名单.txt", tmp_path / "坏.yaml"
    paper.write_text(call("template", "change", "--filled", *DAY).stdout, encoding="utf-8")
    pool.write_text("甲\n乙\n丙\n", encoding="utf-8")
    bad.write_text("form: change\n", encoding="utf-8")
    record = tmp_path / "抽取.json"
    record.write_text(call("draw", "--pool", pool, "--seed", "1", "--number", "1", "--json").stdout, encoding="utf-8")
    return {
        "template": [("template", "change"), ("template", "change", "--out", tmp_path / "出.yaml")],
        "check": [("check", paper, *DAY), ("check", paper, bad, *DAY)],
        "change": [("change", "--base", "100.00", "--gross", "1.00", *DAY)],
        "dates": [("dates", "--from", "2026-01-05", "--months", "1")],
        "estimate": [("estimate", "--ufp", "1", "--cf", "1", "--pdr", "1", "--rate", "1", *DAY)],
        "draw": [("draw", "--pool", pool, "--seed", "1", "--number", "1"), ("draw", "--repeat", record)],
        "parameters": [("parameters", *DAY)],
        "cases": [("cases", "calendar")],
        "workflow": [
            ("workflow",),
            ("workflow", "Change", "--draw", "mermaid"),
            ("workflow", "Change", "--draw", "mermaid", "--out", tmp_path / "图"),
        ],
        "verify": [("verify", paper), ("verify", paper, paper)],
        "completion": [("completion", "bash")],
        "demo": [("demo", "--out", tmp_path / "demo")],
        "play": [],
    }


def test_every_command_is_documented(calls: dict[str, list[tuple[str | Path, ...]]]) -> None:
    assert set(calls) == set(SUMMARIES)
    for page in PAGES:
        for command in SUMMARIES:
            assert f"kaihua-infoproj {command}" in section(page, command)


@pytest.mark.parametrize("command", sorted(set(SUMMARIES) - {"play"}))
def test_every_key_that_is_written_is_documented_and_no_other(
    calls: dict[str, list[tuple[str | Path, ...]]], command: str
) -> None:
    written: set[str] = set()
    for words in calls[command]:
        written |= set(call(*words, "--json").json) - {"schema", "error", "errors"}
    for page in PAGES:
        assert written <= documented(page, command), (page.name, written - documented(page, command))
        first_column = {
            key
            for line in section(page, command).splitlines()
            if line.startswith("| `")
            for key in re.findall(r"`([a-z_]+)`", line.split("|")[1])
        }
        assert first_column <= written, (page.name, first_column - written)


def test_the_keys_of_a_finding_are_documented(calls: dict[str, list[tuple[str | Path, ...]]]) -> None:
    finding = call(*calls["check"][0], "--json").json["findings"][0]
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for key in finding:
            assert f"`{key}`" in text, (page.name, key)


def test_the_two_pages_show_the_same_commands() -> None:
    shapes = []
    for page in PAGES:
        lines = re.findall(r"^kaihua-infoproj (.*)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
        shapes.append(
            [[word for word in line.replace(" --lang en", "").split() if word.startswith("--")] for line in lines]
        )
    assert shapes[0] == shapes[1]
