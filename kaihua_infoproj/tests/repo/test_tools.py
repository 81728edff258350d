"""./test tells the truth by its last line and its exit code; ./setup names step, reason and way out."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools import environment, run_tests, set_up
from tools.environment import Environment, Said, StepFailed
from tools.run_tests import Outcome, read_check, read_report, run_suites, total

from .files import ROOT


def report(folder: Path, *, tests: int = 0, failures: int = 0, errors: int = 0, skipped: int = 0) -> Path:
    path = folder / "report.xml"
    path.write_text(
        f'<testsuites><testsuite tests="{tests}" failures="{failures}" errors="{errors}" skipped="{skipped}"/>'
        "</testsuites>"
    )
    return path


@pytest.mark.parametrize(
    "code, counts, passed, failed",
    [
        (0, {"tests": 7}, 7, 0),
        (1, {"tests": 7, "failures": 2}, 5, 2),
        (1, {"tests": 7, "errors": 1}, 6, 1),
        (5, {}, 0, 1),
        (0, {}, 0, 1),
        (0, {"tests": 7, "skipped": 1}, 6, 1),
        (-11, {"tests": 7}, 7, 1),
        (3, {"tests": 7, "failures": 1}, 6, 1),
    ],
)
def test_a_suite_passes_only_by_a_clean_report(
    tmp_path: Path, code: int, counts: dict[str, int], passed: int, failed: int
) -> None:
    outcome = read_report("policy", code, report(tmp_path, **counts))
    assert (outcome.passed, outcome.failed) == (passed, failed)
    assert bool(outcome.why) == (failed and counts.get("failures", 0) + counts.get("errors", 0) != failed)


def test_a_suite_that_leaves_no_report_or_half_of_one_failed(tmp_path: Path) -> None:
    assert read_report("policy", 0, tmp_path / "none.xml").failed == 1
    (tmp_path / "half.xml").write_text("<testsuites><testsuite tests=")
    assert read_report("policy", 0, tmp_path / "half.xml").failed == 1


@pytest.mark.parametrize(
    "code, output, failed",
    [
        (0, "Contracts: 4 kept, 0 broken.", 0),
        (0, "", 1),
        (0, "Contracts: 0 kept, 0 broken.", 1),
        (1, "Contracts: 4 kept, 0 broken.", 1),
    ],
)
def test_a_check_that_looked_at_nothing_failed(code: int, output: str, failed: int) -> None:
    assert read_check("imports", code, output, run_tests.CHECKS["imports"][1]).failed == failed


def test_a_crashing_suite_is_a_failed_one_and_shows_its_output() -> None:
    said: list[str] = []

    def one(suite: str) -> Outcome:
        if suite == "flow":
            raise OSError("no such tool")
        return Outcome(suite, 3, 1, output="what broke")

    outcomes = run_suites(["policy", "flow"], one, said.append)
    assert total(outcomes) == "3 passed, 2 failed"
    assert any("crashed: OSError: no such tool" in line for line in said)
    assert any("what broke" in line for line in said)


def answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, outcome: Outcome | BaseException, *words: str) -> int:
    """./test with one outcome for every suite."""

    def one(python: Path, suite: str) -> Outcome:
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome

    monkeypatch.setattr(run_tests, "_environment", lambda: Environment(tmp_path, "", tmp_path / "log"))
    monkeypatch.setattr(run_tests, "pytest_suite", one)
    monkeypatch.setattr(run_tests, "check_suite", one)
    return run_tests.main(list(words))


def test_exit_codes_and_the_last_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answer(tmp_path, monkeypatch, Outcome("policy", 5, 0), "policy", "lint") == 0
    assert capsys.readouterr().out.splitlines()[-1] == "10 passed, 0 failed"
    assert answer(tmp_path, monkeypatch, Outcome("policy", 5, 1), "policy") == 1
    assert capsys.readouterr().out.splitlines()[-1] == "5 passed, 1 failed"
    assert answer(tmp_path, monkeypatch, KeyboardInterrupt()) == 130


def test_the_missing_desk_is_said_in_capitals_and_fails_where_it_is_required(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answer(tmp_path, monkeypatch, Outcome("policy", 5, 0), "policy") == 0
    out = capsys.readouterr().out
    assert "THE DESK SUITES (INTEGRATION, BROWSER) DO NOT EXIST YET" in out
    assert answer(tmp_path, monkeypatch, Outcome("policy", 5, 0), "policy", "--require-bench") == 1
    assert capsys.readouterr().out.splitlines()[-1] == "5 passed, 1 failed"


def test_an_unknown_suite_is_refused_with_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_tests.main(["polcy"]) == 2
    err = capsys.readouterr().err
    assert "polcy" in err
    assert all(suite in err for suite in run_tests.SUITES)


def test_an_environment_that_cannot_be_made_is_a_failure_with_its_reason(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> Environment:
        raise StepFailed(Said("磁盘空间不足", "the disk is full"), Said("请腾出空间", "free some space"))

    monkeypatch.setattr(run_tests, "_environment", fail)
    assert run_tests.main(["policy"]) == 1
    out = capsys.readouterr().out
    assert "the disk is full; free some space" in out
    assert out.splitlines()[-1] == "0 passed, 1 failed"


@pytest.mark.parametrize(
    "log, reason, way_out",
    [
        ("OSError: [Errno 28] No space left on device", "磁盘空间不足", "腾出"),
        ("PermissionError: [Errno 13] Permission denied: 'x'", "没有写入权限", "可写的文件夹"),
        (
            "Failed to establish a new connection: [Errno -3]\nERROR: No matching distribution found for x",
            "连不上软件包索引",
            "PIP_INDEX_URL",
        ),
        ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]'))", "证书未获信任", "PIP_CERT"),
        ("ProxyError('Cannot connect to proxy.')", "代理服务器", "HTTPS_PROXY"),
        ("ERROR: No matching distribution found for click<9,>=8.1", "没有所需的软件包", "PIP_INDEX_URL"),
        ("Collecting x\nERROR: something else\n", "something else", "查看日志"),
        ("", "?", "查看日志"),
    ],
)
def test_a_log_is_explained_by_reason_and_way_out(log: str, reason: str, way_out: str) -> None:
    failed = environment.explain(log)
    assert reason in failed.reason.zh
    assert way_out in failed.way_out.zh
    assert failed.reason.en
    assert failed.way_out.en


def test_a_failed_step_names_itself_reason_way_out_and_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(lock: int) -> bool:
        raise environment.explain("No space left on device")

    keep_notes_in(tmp_path, monkeypatch)
    monkeypatch.setattr(set_up, "_install", fail)
    assert set_up.main([]) == 1
    err = capsys.readouterr().err
    for part in ("“建立环境并安装命令行”未完成", "磁盘空间不足", "请腾出", "setup.log"):
        assert part in err
    assert set_up.main(["--lang", "en"]) == 1
    assert (
        "Step “make the environment and install the command line” failed: the disk is full; free"
        in capsys.readouterr().err
    )


def test_an_interrupted_set_up_says_how_to_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(lock: int) -> bool:
        raise KeyboardInterrupt

    keep_notes_in(tmp_path, monkeypatch)
    monkeypatch.setattr(set_up, "_install", interrupted)
    assert set_up.main([]) == 130
    assert "再次运行 ./setup 即可接着完成" in capsys.readouterr().out


def test_a_second_set_up_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    keep_notes_in(tmp_path, monkeypatch)
    monkeypatch.setattr(set_up, "_install", lambda lock: False)
    monkeypatch.setattr(set_up, "_play", lambda lock: False)
    assert set_up.main([]) == 0
    assert "一切已是最新" in capsys.readouterr().out


def test_the_desk_edition_is_refused_until_it_comes(capsys: pytest.CaptureFixture[str]) -> None:
    assert set_up.main(["--desk"]) == 1
    assert "尚未发布" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words, said",
    [
        (["--bogus"], "选项有误：--bogus"),
        (["--lang", "fr"], "选项有误：--lang fr"),
        (["--desk", "--offline"], "选项有误"),
        (["--bogus", "--lang", "en"], "An option is wrong: --bogus"),
    ],
)
def test_a_wrong_option_is_refused_in_the_users_language(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert set_up.main(words) == 2
    assert said in capsys.readouterr().out


@pytest.mark.parametrize("words, said", [(["--help"], "用法：./setup"), (["--lang=en", "-h"], "Usage: ./setup")])
def test_the_help_of_set_up_names_every_option(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert set_up.main(words) == 0
    out = capsys.readouterr().out
    assert said in out
    assert all(option in out for option in ("--offline", "--desk", "--lang", "--help", "KAIHUA_PYTHON"))


def keep_notes_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (environment, set_up):
        monkeypatch.setattr(module, "NOTES", folder)
    monkeypatch.setattr(set_up, "LOG", folder / "setup.log")


def test_a_half_made_environment_is_not_taken_for_a_whole_one(tmp_path: Path) -> None:
    made = Environment(tmp_path / "venv", "", tmp_path / "log")
    assert not made.is_ready()
    (tmp_path / "venv" / "bin").mkdir(parents=True)
    made.python.touch()
    assert not made.is_ready()
    (tmp_path / "venv" / environment.STAMP).write_text("of another version\n")
    assert not made.is_ready()
    (tmp_path / "venv" / environment.STAMP).write_text(made.wanted() + "\n")
    assert made.is_ready()
    made.python.unlink()
    assert not made.is_ready()


def test_a_missing_venv_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "can_make_environments", lambda: False)
    with pytest.raises(StepFailed) as raised:
        Environment(tmp_path / "venv", "", tmp_path / "log").make(0)
    assert f"python{sys.version_info.major}.{sys.version_info.minor}-venv" in raised.value.way_out.zh


def test_a_failing_command_is_explained_from_its_own_output_alone(tmp_path: Path) -> None:
    made = Environment(tmp_path / "venv", "", tmp_path / "log")
    made.log.write_text("an earlier run: No space left on device\n")
    with pytest.raises(StepFailed) as raised:
        made.run([sys.executable, "-c", "print('ERROR: the index is shut'); raise SystemExit(3)"])
    assert "the index is shut" in raised.value.reason.en


@pytest.mark.parametrize(
    "script, words",
    [
        ("setup", ["./setup", "3.10"]),
        ("setup --lang en", ["Python 3.10", "KAIHUA_PYTHON"]),
        ("test", ["Python 3.10", "KAIHUA_PYTHON"]),
    ],
)
def test_a_machine_without_python_is_told_so(tmp_path: Path, script: str, words: list[str]) -> None:
    for tool in ("bash", "dirname", "env"):
        found = next(
            Path(folder) / tool
            for folder in [*os.defpath.split(":"), "/bin", "/usr/bin"]
            if (Path(folder) / tool).exists()
        )
        (tmp_path / tool).symlink_to(found)
    name, *options = script.split()
    done = subprocess.run(
        [str(tmp_path / "bash"), str(ROOT / name), *options],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert all(word in done.stderr for word in words)


@pytest.mark.parametrize("script", ["setup", "setup --lang en", "test"])
def test_a_named_python_that_cannot_be_used_is_refused_by_name(script: str) -> None:
    name, *options = script.split()
    done = subprocess.run(
        ["bash", str(ROOT / name), *options],
        env={"PATH": os.environ["PATH"], "KAIHUA_PYTHON": "/no/such python"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "KAIHUA_PYTHON=/no/such python" in done.stderr
