"""``play``: play scenario files."""

from __future__ import annotations

from kaihua_infoproj.cli import output, playing
from kaihua_infoproj.cli.arguments import FILE
from kaihua_infoproj.cli.framework import Argument, Command, Option
from kaihua_infoproj.cli.settings import Settings
from kaihua_infoproj.policy.text import Text


def run(settings: Settings, files: tuple[str, ...], quiet: bool) -> int:
    """Play the scenarios as one world."""
    played = playing.play(playing.read_scenarios(files), settings, quiet=quiet)
    if settings.json:
        output.print_json(playing.plain(played))
    else:
        playing.tell_end(played, settings)
    return 0 if played.ok else 1


COMMAND = Command(
    "play",
    run,
    Text(
        "演示情景文件：每一步由谁办理、依据哪一条、发现什么问题、之后在谁手里。\n"
        "几个文件放在一起按时间先后演示。办法不允许的一步不予办理，一切照旧；有一步与文件所写的预期不符，退出码为1。",
        "Play scenario files: who does what by which article, what is found, who has it then.\n"
        "Several files play in one world in order of time. What the measure forbids is refused and changes nothing; "
        "exit 1 if an act does not go as the file expects.",
    ),
    [
        Argument(
            "files",
            FILE,
            Text("情景文件…", "FILE…"),
            Text("一个或多个情景文件（YAML）或其目录", "scenario files (YAML) or folders of them"),
            nargs=-1,
            required=True,
        ),
        Option(["--quiet"], None, Text("不逐步显示，只显示结果", "show the end only")),
    ],
    [
        ("play 情景.yaml", Text("演示一个情景", "play a scenario")),
        ("play 情景.yaml --quiet", Text("只看结果", "the end only")),
    ],
)
