"""``demo``: play the shipped years, and write the ledgers and the page of the years."""

from __future__ import annotations

import os

from kaihua_infoproj.cli import output, playing
from kaihua_infoproj.cli.arguments import FOLDER
from kaihua_infoproj.cli.demo_folder import DemoFolder
from kaihua_infoproj.cli.framework import Command, Option
from kaihua_infoproj.cli.settings import PROGRAM, Settings
from kaihua_infoproj.demo.offline import ledgers, scenario
from kaihua_infoproj.policy import ledger
from kaihua_infoproj.policy.text import Text

DEFAULT = "kaihua-demo"
PAGE = "index.html"
LEDGERS = "ledgers"


def run(settings: Settings, out: str, quiet: bool) -> int:
    """Play, write, and say what to look at."""
    folder = DemoFolder.open(out)
    folder.refuse_foreign([PAGE])  # before the years are played
    played = playing.play(playing.read_scenarios([scenario.FOLDER]), settings, quiet=quiet)
    with output.waiting(settings.say(Text("生成网页", "Drawing the page")), settings):
        from kaihua_infoproj.demo.offline.page import render

        content: dict[str, str | bytes] = {PAGE: render(played)}
    for chain, lines in played.ledgers.items():
        content[f"{LEDGERS}/{ledgers.file_name(chain)}"] = ledger.sealed_file(lines)
    folder.write(content)
    files = {"out": out, "page": os.path.join(out, PAGE), "ledgers_folder": os.path.join(out, LEDGERS)}
    if settings.json:
        output.print_json({**playing.plain(played), **files})
    else:
        playing.tell_end(played, settings)
        _tell_where(files, len(played.ledgers), settings)
    return 0 if played.ok else 1


def _tell_where(files: dict[str, str], count: int, settings: Settings) -> None:
    say = settings.say
    output.line()
    output.item(say(Text("网页：", "Page: ")), files["page"] + say(Text("（用浏览器打开）", " (open it in a browser)")))
    output.item(
        say(Text("办理留痕：", "Ledgers: ")), files["ledgers_folder"] + say(Text(f"（{count}份）", f" ({count})"))
    )
    output.line(say(Text("接下来可以试：", "Next you can try:")))
    tries = (
        (f"verify {files['ledgers_folder']}/*.jsonl", Text("校验留痕未被改动", "verify that nothing was altered")),
        ("template declaration --filled --out 申报表.yaml", Text("取一份填好的申报表", "a filled declaration")),
        ("check 申报表.yaml", Text("改几处再核对，看指出什么", "change something in it and check")),
        ("change --base 1333300.00 --gross 200000.00", Text("变更是备案还是会同审核", "which way a change goes")),
    )
    for command, does in tries:
        output.item(f"  {PROGRAM} {command}  ", "# " + say(does))


COMMAND = Command(
    "demo",
    run,
    Text(
        "演示2023至2026年若干项目从申报到评估的全过程（演示数据），生成历年网页和办理留痕。\n"
        "再次运行只覆盖自己生成的文件。",
        "Play the years 2023–2026 of invented projects from declaration to evaluation; write the page of the years and "
        "the ledgers.\nRun again it overwrites its own files only.",
    ),
    [
        Option(
            ["--out"],
            FOLDER,
            Text(f"写到这个目录，默认 {DEFAULT}", f"folder to write to; default {DEFAULT}"),
            default=DEFAULT,
        ),
        Option(["--quiet"], None, Text("不逐步显示，只显示结果", "show the end only")),
    ],
    [
        ("demo", Text(f"逐步显示，写到 ./{DEFAULT}", f"act by act, into ./{DEFAULT}")),
        ("demo --out 演示 --quiet", Text("只看结果，写到 ./演示", "the end only, into ./演示")),
    ],
)
