"""``completion``: the script that teaches a shell to complete our commands."""

from __future__ import annotations

import click
from click.shell_completion import ShellComplete, get_completion_class

from kaihua_infoproj.cli import output
from kaihua_infoproj.cli.arguments import ChoiceKind
from kaihua_infoproj.cli.framework import Argument, Command
from kaihua_infoproj.cli.settings import PROGRAM, Settings
from kaihua_infoproj.policy.text import Text

SHELLS = ("bash", "zsh", "fish")


def run(settings: Settings, shell: str) -> int:
    """Print the script."""
    script = source(shell)
    if settings.json:
        output.print_json({"shell": shell, "script": script})
    else:
        click.echo(script)
    return 0


def source(shell: str) -> str:
    """click's script for ``shell``."""
    kind = get_completion_class(shell)
    assert kind is not None, shell
    variable = "_" + PROGRAM.replace("-", "_").upper() + "_COMPLETE"
    maker = kind(click.get_current_context().find_root().command, {}, PROGRAM, variable)
    return ShellComplete.source(maker)  # bash's own would first run bash, to ask its version


COMMAND = Command(
    "completion",
    run,
    Text(
        "输出命令补全脚本。装好后按 Tab 键可补全命令、选项和文件名。",
        "Print the completion script: afterwards the Tab key completes commands, options and file names.",
    ),
    [
        Argument(
            "shell",
            ChoiceKind(SHELLS),
            Text("外壳名称", "SHELL"),
            Text("所用的命令行外壳：bash、zsh 或 fish", "bash, zsh or fish"),
        )
    ],
    [
        ("completion bash >> ~/.bashrc", Text("bash：写入配置后重新打开终端", "bash: then open a new terminal")),
        ("completion zsh >> ~/.zshrc", Text("zsh：同上", "zsh: likewise")),
        (
            "completion fish > ~/.config/fish/completions/kaihua-infoproj.fish",
            Text("fish：存入补全目录", "fish: into its folder"),
        ),
    ],
)
