"""./setup, offline edition: the environment, the command line, the played years, and what to try next."""

from __future__ import annotations

import argparse
import os
import shlex
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from .environment import LOOK_AT_THE_LOG, NOTES, ROOT, Environment, Said, StepFailed, digest, explain, locked

LOG = NOTES / "setup.log"
YEARS = ROOT / "kaihua-demo"
PLAYED = NOTES / "played"
RUN_DEMO = "kaihua-infoproj demo"
LANGUAGES = ("zh", "en")


class Talk:
    """Says everything in the language that was asked for."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def __call__(self, zh: str, en: str) -> None:
        print(zh if self.lang == "zh" else en, flush=True)

    def of(self, said: Said) -> str:
        """The sentence in the language."""
        return said.zh if self.lang == "zh" else said.en


def main(arguments: list[str] | None = None) -> int:
    """Run the steps; 0 done, 1 a step failed, 2 wrong call, 130 interrupted."""
    words = sys.argv[1:] if arguments is None else arguments
    try:
        options = _options(words)
    except argparse.ArgumentError:
        Talk(_language(words))(
            f"选项有误：{' '.join(words)}；用法见 ./setup --help",
            f"An option is wrong: {' '.join(words)}; see ./setup --help",
        )
        return 2
    talk = Talk(options.lang)
    if options.help:
        talk(*HELP)
        return 0
    if options.desk:
        talk(
            "桌面版（ERPNext 工作台）尚未发布；请先用离线版：./setup",
            "The desk edition (on ERPNext) is not there yet; use the offline edition: ./setup",
        )
        return 1
    steps: list[tuple[Said, Callable[[int], bool]]] = [
        (Said("建立环境并安装命令行", "make the environment and install the command line"), _install),
        (Said("演示历年项目", "play the years"), _play),
    ]
    step = Said("准备工作记录", "prepare the notes")
    changed = False

    def waiting() -> None:
        talk("另一个 ./setup 正在运行，等它结束……", "Another ./setup is running; waiting for it …")

    try:
        with locked("setup", waiting) as lock:
            with LOG.open("a", encoding="utf-8") as log:
                log.write(f"--- ./setup, Python {sys.version.split()[0]}\n")
            for number, (name, act) in enumerate(steps, 1):
                step = name
                changed |= _take(talk, number, len(steps), name, act, lock)
        _tell(talk, changed)
        return 0
    except StepFailed as failed:
        return _failed(talk, step, failed)
    except BrokenPipeError:  # the reader has seen enough, such as head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        return _failed(talk, step, explain(f"{error.strerror or error}: {error.filename or ''}"))
    except KeyboardInterrupt:
        talk("\n已中断；再次运行 ./setup 即可接着完成。", "\nInterrupted; run ./setup again to go on.")
        return 130


HELP = Said(
    """用法：./setup [--offline] [--lang zh|en]

开化县信息化项目管理：一条命令装好离线版（命令行、历年演示、报送前自查），并演示历年项目。
只需 Python 3.10 及以上版本，以及 PyPI 或 PIP_INDEX_URL 所设镜像。
重复运行不改变任何东西，中断后再运行即可接着完成。

选项
  --offline     离线版（目前的默认）
  --desk        桌面版（尚未发布）
  --lang zh|en  界面语言，默认中文；也可设环境变量 KAIHUA_LANG
  --help, -h    显示本说明

示例
  ./setup
  ./setup --lang en
  KAIHUA_PYTHON=python3.12 ./setup    # 指明用哪个 Python

退出码：0 完成，1 某一步未完成，2 选项有误，130 中断""",
    """Usage: ./setup [--offline] [--lang zh|en]

Kaihua county's government IT projects: one command sets up the offline edition (command line, played years, self-check
of papers) and plays the years. Needs Python 3.10 or later and PyPI, or the mirror in PIP_INDEX_URL.
Run again it changes nothing; interrupted it goes on.

Options
  --offline     the offline edition (the default for now)
  --desk        the desk edition (not there yet)
  --lang zh|en  language; default Chinese, or set KAIHUA_LANG
  --help, -h    show this help

Examples
  ./setup
  ./setup --lang en
  KAIHUA_PYTHON=python3.12 ./setup    # which Python to use

Exit codes: 0 done, 1 a step failed, 2 wrong option, 130 interrupted""",
)


class _Parser(argparse.ArgumentParser):
    """Options; a wrong one is told in the user's language by :func:`main`."""

    def error(self, message: str) -> NoReturn:
        """Raise instead of printing English."""
        raise argparse.ArgumentError(None, message)


def _options(words: list[str]) -> argparse.Namespace:
    """The options of a call.

    Raises:
        argparse.ArgumentError: one is wrong.
    """
    parser = _Parser(add_help=False, allow_abbrev=False)
    edition = parser.add_mutually_exclusive_group()
    edition.add_argument("--offline", action="store_true")
    edition.add_argument("--desk", action="store_true")
    parser.add_argument("--lang", choices=LANGUAGES, default=_language([]))
    parser.add_argument("--help", "-h", action="store_true")
    return parser.parse_args(words)


def _language(words: list[str]) -> str:
    """The language that is asked for, also where the rest of a call is wrong."""
    named = [word for word in " ".join(words).replace("=", " ").split() if word in LANGUAGES]
    return (named or [word for word in (os.environ.get("KAIHUA_LANG"),) if word in LANGUAGES] or ["zh"])[0]


def _take(talk: Talk, number: int, of: int, name: Said, act: Callable[[int], bool], lock: int) -> bool:
    print(f"[{number}/{of}] {talk.of(name)} … ", end="", flush=True)
    began = time.monotonic()
    try:
        changed = act(lock)
    except BaseException:
        print(flush=True)
        raise
    seconds = time.monotonic() - began
    talk(f"完成（{seconds:.0f}秒）" if changed else "已是最新", f"done ({seconds:.0f} s)" if changed else "up to date")
    return changed


def _environment() -> Environment:
    return Environment(ROOT / ".venv", "", LOG)


def _install(lock: int) -> bool:
    environment = _environment()
    if environment.is_ready() and (environment.folder / "bin" / "kaihua-infoproj").exists():
        return False
    environment.make(lock)
    return True


def _play(lock: int) -> bool:
    """Play the years, unless the page was made from these very files; other files in the demo's folder stay."""
    sources = sorted(
        path
        for path in (ROOT / "kaihua_infoproj").rglob("*")
        if path.suffix in (".py", ".yaml", ".json", ".html", ".j2", ".css") and "tests" not in path.parts
    )
    wanted = digest(sources)
    if PLAYED.exists() and PLAYED.read_text().strip() == wanted and _pages():
        return False
    PLAYED.unlink(missing_ok=True)
    environment = _environment()
    program = str(environment.folder / "bin" / "kaihua-infoproj")
    try:
        environment.run([program, "demo", "--quiet", "--out", str(YEARS)], lock)
    except StepFailed as failed:
        raise StepFailed(
            Said(
                f"“{RUN_DEMO}”没有按预期结束，{failed.reason.zh}",
                f"“{RUN_DEMO}” did not end as expected, {failed.reason.en}",
            ),
            LOOK_AT_THE_LOG,
        ) from None
    PLAYED.write_text(wanted + "\n")
    return True


def _pages() -> list[Path]:
    return sorted(YEARS.glob("*.html"))


def _tell(talk: Talk, changed: bool) -> None:
    command = shlex.quote(str(Path(".venv") / "bin" / "kaihua-infoproj"))
    ledgers = sorted((YEARS / "ledgers").glob("*.jsonl"))
    shown = ledgers[0].relative_to(ROOT) if ledgers else Path("kaihua-demo/ledgers")
    if not changed:
        talk("一切已是最新，未作任何改动。", "Everything is up to date; nothing was changed.")
    talk(
        f"""
历年演示页面：{_pages()[0] if _pages() else YEARS}（用浏览器打开）
办理留痕：    {YEARS / "ledgers"}（{len(ledgers)} 份，演示数据）

下一步（在 {ROOT} 下）：
  {command} template declaration --filled --out 申报表.yaml    # 取一份填好的申报表示例
  {command} check 申报表.yaml                                  # 报送前自查；改动几处再核对，看指出什么
  {command} verify {shown}                  # 校验一份办理留痕未被改动
目前为离线版；ERPNext 工作台（桌面版）尚未发布。""",
        f"""
The played years: {_pages()[0] if _pages() else YEARS} (open it in a browser)
The ledgers:      {YEARS / "ledgers"} ({len(ledgers)}, demo data)

Next (in {ROOT}):
  {command} template declaration --filled --out declaration.yaml --lang en    # an example, filled in
  {command} check declaration.yaml --lang en                                  # change something in it and check
  {command} verify {shown} --lang en                       # verify that a ledger is unaltered
This is the offline edition; the desk on ERPNext is not there yet.""",
    )


def _failed(talk: Talk, step: Said, failed: StepFailed) -> int:
    text = (
        f"“{step.zh}”未完成：{failed.reason.zh}；{failed.way_out.zh}。日志：{LOG}"
        if talk.lang == "zh"
        else f"Step “{step.en}” failed: {failed.reason.en}; {failed.way_out.en}. Log: {LOG}"
    )
    print(text, file=sys.stderr, flush=True)
    return 1


if __name__ == "__main__":
    sys.exit(main())
