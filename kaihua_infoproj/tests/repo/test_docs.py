"""The documents tell the truth: links resolve, the commands they show exist, and no machine's name slipped in."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from kaihua_infoproj.cli.main import main

from .files import PACKAGE, ROOT, project_files, shown

DOCUMENTS = tuple(path for path in project_files() if path.suffix == ".md")
TEXTS = tuple(path for path in project_files() if path.suffix not in (".png", ".svg"))
LINK = re.compile(r"\]\(([^)\s]+)\)|<(?:img|a)\s[^>]*?(?:src|href)=\"([^\"]+)\"")


def prose(path: Path) -> str:
    """A document without its code."""
    text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    return re.sub(r"`[^`\n]*`", "", text)


def anchors(path: Path) -> set[str]:
    """The fragments of a document's headings, and those set by hand."""
    text = path.read_text(encoding="utf-8")
    found = set(re.findall(r"<a (?:id|name)=\"([^\"]+)\"", text))
    for heading in re.findall(r"^#+\s+(.*)$", text, flags=re.MULTILINE):
        plain = re.sub(r"[^\w\- ]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower())
        found.add(plain.strip().replace(" ", "-"))
    return found


def commands(path: Path) -> Iterator[list[str]]:
    """The calls of our commands in a document's code blocks, as words."""
    for block in re.findall(r"^```[a-z]*\n(.*?)^```", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE):
        for line in block.replace("\\\n", " ").splitlines():
            words = shlex.split(line.removeprefix("$ "), comments=True)
            if words and words[0].removeprefix(".venv/bin/") in ("kaihua-infoproj", "./setup", "./test"):
                yield [words[0].removeprefix(".venv/bin/"), *words[1:]]


@pytest.mark.parametrize("path", DOCUMENTS, ids=shown)
def test_relative_links_lead_somewhere(path: Path) -> None:
    broken = []
    for one, two in LINK.findall(prose(path)):
        target, _, fragment = (one or two).partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        other = (path.parent / target).resolve() if target else path
        if not other.exists() or (fragment and other.suffix == ".md" and fragment not in anchors(other)):
            broken.append(one or two)
    assert not broken


@pytest.mark.parametrize("path", [path for path in DOCUMENTS if list(commands(path))], ids=shown)
def test_every_command_shown_exists(path: Path) -> None:
    wrong = []
    context = click.Context(main)
    for program, *words in commands(path):
        plain = [word for word in words if word not in (">", "|", "&&")]
        if program == "./test":
            from tools.run_tests import SUITES

            known = {*SUITES, "--require-bench", "--help"}
            wrong += [f"./test {word}" for word in plain if word not in known]
        elif program == "kaihua-infoproj":
            wrong += unknown_words(context, plain)
    assert not wrong


def unknown_words(context: click.Context, words: list[str]) -> list[str]:
    """The command or options among the words of a call that the program does not know."""
    general = {name for parameter in main.params for name in (*parameter.opts, *parameter.secondary_opts)}
    name = next((word for word in words if word in main.list_commands(context)), None)
    if name is None:
        return (
            []
            if all(word.split("=")[0] in general for word in words if word.startswith("-")) and words
            else [" ".join(words)]
        )
    command = main.get_command(context, name)
    assert command is not None
    options = general | {o for parameter in command.params for o in (*parameter.opts, *parameter.secondary_opts)}
    return [
        f"{name} {word}" for word in words if word.startswith("--") and word.split("=")[0] not in options | {"--help"}
    ]


def test_the_readmes_show_the_two_commands() -> None:
    for name in ("README.md", "README.zh.md"):
        shown_commands = {words[0] for words in commands(ROOT / name)}
        assert {"./setup", "./test", "kaihua-infoproj"} <= shown_commands, name


def test_the_two_commands_can_be_run() -> None:
    for name in ("setup", "test", ".ci/run"):
        assert (ROOT / name).stat().st_mode & 0o111, name
        assert subprocess.run(["bash", "-n", str(ROOT / name)], check=False).returncode == 0, name


def test_no_file_names_a_machine_or_a_registry() -> None:
    # Put together here, so that this file does not name them either.
    machine = re.compile("|".join([r"(?<![\w.~-])/" + r"(?:work|root|home|Users)/", "/tmp" + "/venv"]))
    registry = re.compile(
        "|".join([r"pypi\." + "org", "python" + r"hosted\.org", r"npmjs\." + r"(?:org|com)", "deb" + r"\.debian"])
    )
    named = []
    for path in TEXTS:
        text = path.read_text(encoding="utf-8", errors="replace")
        named += [f"{shown(path)}: {found.group()}" for found in (*machine.finditer(text), *registry.finditer(text))]
    assert not named


def test_the_change_log_speaks_of_this_version() -> None:
    version = re.search(r'__version__ = "(.+)"', (PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    assert version
    assert f"## {version.group(1)}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_tools_say_the_same_python_as_the_package() -> None:
    asked = re.search(r'requires-python = ">=(\d+)\.(\d+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert asked
    assert f"({asked.group(1)}, {asked.group(2)})" in (ROOT / "tools" / "python.sh").read_text(encoding="utf-8")
    assert sys.version_info >= (int(asked.group(1)), int(asked.group(2)))
