"""What every command has in common: languages, JSON, help, errors of the arguments, exit codes, speed of the help."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kaihua_infoproj import __version__
from kaihua_infoproj.cli import failures, settings
from kaihua_infoproj.cli.main import SUMMARIES

from .program import ROOT, call, is_chinese, program

COMMANDS = sorted(SUMMARIES)
A_CALL = ("dates", "--from", "2026-03-02", "--months", "3")


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_chinese_unless_english_is_asked_for(command: str) -> None:
    words = [command] if command else []
    chinese, english = call(*words, "--help"), call(*words, "--help", "--lang", "en")
    assert (chinese.code, english.code) == (0, 0)
    assert is_chinese(chinese.stdout)
    assert "示例" in chinese.stdout
    assert "Examples" in english.stdout
    for heading in ("Usage", "Options", "Show this message"):
        assert heading not in chinese.stdout
    for heading in ("用法", "选项", "示例", "必填"):
        assert heading not in english.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_and_argument_is_explained_in_both_languages(command: str) -> None:
    for parameter in call_parameters(command):
        label = getattr(parameter, "label", None)
        assert label is not None, parameter
        assert is_chinese(label.zh)
        assert not is_chinese(label.en)


def call_parameters(command: str) -> list[object]:
    import click

    from kaihua_infoproj.cli.main import main

    found = main.get_command(click.Context(main), command)
    assert found is not None
    return list(found.params)


@pytest.mark.parametrize("command", COMMANDS)
def test_examples_of_the_help_name_options_that_exist(command: str) -> None:
    import click

    from kaihua_infoproj.cli.framework import Command
    from kaihua_infoproj.cli.main import main

    found = main.get_command(click.Context(main), command)
    assert isinstance(found, Command)
    assert found.examples
    known = {name for parameter in found.params for name in parameter.opts}
    for line, _ in found.examples:
        assert line.split()[0] == command
        assert {word for word in line.split() if word.startswith("--")} <= known


def test_the_root_help_lists_every_command_and_the_exit_codes() -> None:
    text = call("--help").stdout
    assert all(f"\n  {name} " in text for name in COMMANDS)
    assert "退出码" in text


def test_without_a_command_the_help_is_shown() -> None:
    assert call().stdout == call("--help").stdout
    assert call().code == 0


def test_the_version() -> None:
    assert call("--version").stdout == f"kaihua-infoproj {__version__}\n"
    assert call("--version", "--json").json == {"schema": "kaihua-infoproj/1", "version": __version__}


def test_help_as_json_is_one_object() -> None:
    assert call("dates", "--help", "--json").json["help"] + "\n" == call("dates", "--help").stdout


@pytest.mark.parametrize(
    "words",
    [
        ("--json", *A_CALL),
        (*A_CALL, "--json"),
        ("dates", "--json", *A_CALL[1:]),
        ("--lang", "en", *A_CALL, "--json"),
    ],
)
def test_json_may_stand_before_and_after_the_command(words: tuple[str, ...]) -> None:
    outcome = call(*words)
    assert outcome.code == 0
    assert outcome.stderr == ""
    assert outcome.json["last_day"] == "2026-06-02"


@pytest.mark.parametrize("words", [("--lang", "en", *A_CALL), (*A_CALL, "--lang=en"), (*A_CALL, "--lang", "EN")])
def test_the_language_may_stand_before_and_after_the_command(words: tuple[str, ...]) -> None:
    assert call(*words).stdout.startswith("Period: 3 months")


def test_the_language_comes_from_the_environment_and_the_option_is_stronger() -> None:
    assert call(*A_CALL).stdout.startswith("期间：")
    assert call(*A_CALL, env={"KAIHUA_LANG": "en"}).stdout.startswith("Period")
    assert call(*A_CALL, env={"KAIHUA_LANG": "en_US.UTF-8"}).stdout.startswith("Period")
    assert call(*A_CALL, "--lang", "zh", env={"KAIHUA_LANG": "en"}).stdout.startswith("期间：")
    assert call(*A_CALL, env={"KAIHUA_LANG": "fr"}).stdout.startswith("期间：")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("datse",), "是否要写“dates”？"),
        (("无此命令",), "可用的命令："),
        (("dates", "--foo"), "没有选项“--foo”"),
        (("dates", "--mnths", "3"), "是否要写 --months？"),
        (("dates", "--from"), "须写明一个值"),
        (("dates",), "必填"),
        (("dates", "--from", "2026-01-01", "--months", "1", "另外"), "多出了“另外”"),
        (("--lang", "fr"), "只能写 zh、en 之一"),
        (("dates", "--json=1"), "不带值"),
        (("completion",), "没有写明"),
        (("completion", "ksh"), "只能写 bash、zsh、fish 之一"),
    ],
)
def test_a_wrong_command_line_is_one_sentence_that_says_what_to_do(words: tuple[str, ...], says: str) -> None:
    chinese, plain = call(*words), call("--json", *words)
    assert chinese.code == plain.code == 2
    assert chinese.stdout == ""
    assert says in chinese.stderr
    assert len(chinese.stderr.strip().splitlines()) == 1
    assert plain.json["error"]["zh"] in chinese.stderr
    assert plain.json["error"]["en"]


def test_json_without_a_command_is_an_error_as_json() -> None:
    outcome = call("--json")
    assert outcome.code == 2
    assert outcome.json["error"]["zh"].startswith("没有写明命令")


def test_an_unexpected_error_asks_for_a_report_and_shows_its_trace_only_on_demand(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import kaihua_infoproj.cli.commands.dates as dates

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(dates, "period", broken)
    quiet, debug, plain = call(*A_CALL), call(*A_CALL, "--debug"), call(*A_CALL, "--json")
    assert quiet.code == debug.code == plain.code == failures.UNEXPECTED == 3
    assert "--debug" in quiet.stderr
    assert "secret detail" not in quiet.stderr
    assert "Traceback" in debug.stderr
    assert "ZeroDivisionError" in plain.json["error"]["zh"]


def test_an_error_of_the_system_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    import kaihua_infoproj.cli.commands.dates as dates

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(dates, "period", full)
    outcome = call(*A_CALL)
    assert outcome.code == 2
    assert "No space left on device" in outcome.stderr
    assert len(outcome.stderr.strip().splitlines()) == 1


def test_interruption_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    import kaihua_infoproj.cli.commands.dates as dates

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(dates, "period", interrupted)
    outcome = call(*A_CALL)
    assert outcome.code == failures.INTERRUPTED == 130
    assert outcome.stderr.strip() == "已中断，没有写出不完整的文件。"


def test_today_is_the_day_in_kaihua() -> None:
    from kaihua_infoproj.policy.calendar import SHANGHAI

    before, day, after = (
        settings.datetime.now(SHANGHAI).date(),
        settings.today(),
        settings.datetime.now(SHANGHAI).date(),
    )
    assert before <= day <= after


# --- as a program of its own ------------------------------------------------------------------------------------------


def test_it_runs_anywhere_with_an_empty_home(tmp_path: Path) -> None:
    outcome = program(*A_CALL, "--json", cwd=tmp_path)
    assert outcome.code == 0
    assert outcome.json["opens_on"] == "2026-06-03"
    assert list(tmp_path.iterdir()) == []


def test_its_output_is_utf8_whatever_the_locale(tmp_path: Path) -> None:
    outcome = program(
        *A_CALL,
        cwd=tmp_path,
        env={"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"},
    )
    assert outcome.code == 0
    assert outcome.stdout.startswith("期间：")


def test_a_reader_that_goes_away_is_no_trace(tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    reader, writer = os.pipe()
    os.close(reader)  # nobody reads: the first write fails
    done = subprocess.run(
        [sys.executable, "-m", "kaihua_infoproj", "parameters", "--at", "2026-01-01"],
        stdout=writer,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env=environment,
        text=True,
        encoding="utf-8",
        check=False,
    )
    os.close(writer)
    assert done.returncode == failures.OUTPUT_CLOSED == 141
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr
    assert len(done.stderr.strip().splitlines()) <= 1


def test_on_a_terminal_there_is_colour_unless_it_is_unwanted(tmp_path: Path) -> None:
    words = ("change", "--base", "1000000.00", "--gross", "300000.00", "--at", "2026-01-01")
    assert "\x1b[" in on_terminal(*words, cwd=tmp_path)
    assert "\x1b[" not in on_terminal(*words, cwd=tmp_path, env={"NO_COLOR": "1"})
    assert "\x1b[" not in on_terminal(*words, "--json", cwd=tmp_path)
    assert "\x1b[" not in program(*words, cwd=tmp_path, env={"FORCE_COLOR": "1", "TERM": "xterm-256color"}).stdout


def on_terminal(*words: str, cwd: Path, env: dict[str, str] | None = None) -> str:
    """What the program writes when stdout is a terminal."""
    leader, follower = pty.openpty()
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(cwd),
        "PYTHONPATH": str(ROOT),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        **(env or {}),
    }
    with subprocess.Popen(
        [sys.executable, "-m", "kaihua_infoproj", *words], stdout=follower, stderr=follower, cwd=cwd, env=environment
    ) as process:
        os.close(follower)
        parts = []
        while True:
            try:
                part = os.read(leader, 65536)
            except OSError:
                break
            if not part:
                break
            parts.append(part)
        process.wait()
    os.close(leader)
    return b"".join(parts).decode()


def test_the_help_loads_neither_the_rules_nor_the_tables() -> None:
    code = (
        "import sys\nfrom kaihua_infoproj.cli.main import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "print(sorted(n for n in sys.modules if n in ('rich', 'jinja2', 'kaihua_infoproj.policy.forms')),"
        " file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_the_shells_script(shell: str) -> None:
    outcome = call("completion", shell)
    assert outcome.code == 0
    assert "_KAIHUA_INFOPROJ_COMPLETE" in outcome.stdout
    assert call("completion", shell, "--json").json["script"] + "\n" == outcome.stdout


@pytest.mark.parametrize(
    ("words", "place", "expected"),
    [
        ("kaihua-infoproj da", "1", {"plain,dates"}),
        ("kaihua-infoproj dates --mo", "2", {"plain,--months"}),
        ("kaihua-infoproj change --content ", "3", {"plain,small", "plain,considerable"}),
        ("kaihua-infoproj check ", "2", {"file,"}),
    ],
)
def test_the_shell_completes_commands_options_values_and_files(
    tmp_path: Path, words: str, place: str, expected: set[str]
) -> None:
    outcome = program(
        cwd=tmp_path, env={"_KAIHUA_INFOPROJ_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": place}
    )
    assert set(outcome.stdout.split("\n")) - {""} == expected


def test_control_c_ends_a_long_command_without_a_trace(tmp_path: Path) -> None:
    fifo = tmp_path / "留痕.jsonl"
    os.mkfifo(fifo)
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    with (
        subprocess.Popen(
            [sys.executable, "-m", "kaihua_infoproj", "verify", str(fifo)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            text=True,
            encoding="utf-8",
        ) as process,
        fifo.open("wb"),
    ):  # opens once the program reads, so it is past its start
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in out + err
    assert "已中断" in err


def test_json_of_a_refusal_is_valid_even_for_a_name_that_is_no_text(tmp_path: Path) -> None:
    name = os.fsdecode(b"\xff\xfe.yaml")
    done = subprocess.run(
        [sys.executable, "-m", "kaihua_infoproj", "verify", name, "--json"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert json.loads(done.stdout)["error"]["zh"].startswith("没有这个文件")
