"""The command line ``kaihua-infoproj``: finds the command, loads only that, and turns every error into a sentence."""

from __future__ import annotations

import contextlib
import difflib
import importlib
import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import click
from click.shell_completion import CompletionItem

from kaihua_infoproj import __version__
from kaihua_infoproj.policy.errors import InputError
from kaihua_infoproj.policy.text import Text

from . import failures, output
from .framework import HELP_WIDTH, Command, Option, common_options, example_lines, paragraphs, parsed, settings_of, show
from .layout import columns, page_width
from .settings import PROGRAM, Settings, look_ahead

SECTIONS = (
    (
        Text("核对材料", "Check papers"),
        {
            "template": Text(
                "输出带说明的空白申报表、调整申报表或验收申请，供填写",
                "print a commented declaration, change or acceptance to fill in",
            ),
            "check": Text(
                "核对填好的表：指出问题、依据条款和改法",
                "check filled papers: what is wrong, by which article, what to do",
            ),
        },
    ),
    (
        Text("测算", "Work out"),
        {
            "change": Text("判断项目变更是备案还是会同审核", "whether a change is filed or jointly examined"),
            "dates": Text(
                "计算期间的最后一日和次日（月、年、工作日）", "last day of a period (months, years, working days)"
            ),
            "estimate": Text("按功能点测算软件开发费用", "software cost by function points"),
            "draw": Text("按公布的种子随机抽取，并可复核", "draw at random by a published seed, and repeat a draw"),
        },
    ),
    (
        Text("查规则", "Look up"),
        {
            "parameters": Text(
                "列出某日施行的各项数值、依据和本县判断",
                "the values in force on a day, their sources and our judgements",
            ),
            "workflow": Text("检查审批流程图，或画成 Mermaid、SVG", "check an approval workflow, or draw it"),
            "cases": Text("运行随附的规则案例", "run the shipped cases of the rules"),
        },
    ),
    (
        Text("演示与留痕", "Play and verify"),
        {
            "demo": Text(
                "演示2023至2026年的项目办理全程，生成网页和办理留痕",
                "play the years 2023–2026; make a page and ledgers",
            ),
            "play": Text("演示一个情景文件", "play scenario files"),
            "verify": Text("校验办理留痕是否完整、未被改动", "verify that a ledger is whole and unaltered"),
        },
    ),
    (
        Text("其他", "Other"),
        {
            "completion": Text("输出命令补全脚本（bash、zsh、fish）", "print the shell completion script"),
        },
    ),
)
"""Every command with its summary, so that the help needs none of their modules."""

SUMMARIES = {name: summary for _, commands in SECTIONS for name, summary in commands.items()}

_ABOUT = Text(
    "《开化县信息化项目管理办法（试行）》自查工具：报送之前先核对材料，并按办法测算变更、期限、费用。\n"
    "不联网，不上传任何内容。",
    "Self-check under Kaihua county's trial measure for government IT projects: check papers before handing them in, "
    "and work out changes, periods and costs.\nNothing is sent anywhere.",
)
_EXAMPLES = (
    (
        "template declaration --out 申报表.yaml",
        Text("取一份建设类申报表，照注释填写", "get a construction declaration to fill in"),
    ),
    ("check 申报表.yaml", Text("核对填好的申报表", "check the filled declaration")),
    (
        "change --base 1333300.00 --gross 200000.00",
        Text("审定总投资133.33万元，调整20万元", "a change of 200,000 yuan"),
    ),
    ("dates --from 2026-03-02 --months 3", Text("试运行满3个月是哪一天", "when three months of trial are over")),
)
_EXIT_CODES = (
    ("0", Text("没有须处理的问题（变更须会同审核也属正常）", "fine (a joint route alone is fine)")),
    (
        "1",
        Text(
            "有须纠正或须走例外审批的问题，或留痕、抽取对不上",
            "blocking findings, or a ledger or draw that does not hold",
        ),
    ),
    ("2", Text("输入有误：写明文件、行、字段和允许的写法", "bad input: names file, line, field and what is allowed")),
)


def _show_version(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    if value and not ctx.resilient_parsing:
        if settings_of(ctx).json:
            output.print_json({"version": __version__})
        else:
            click.echo(f"{PROGRAM} {__version__}")
        ctx.exit()


class Root(click.Group):
    """The program: its commands are loaded by name when asked for."""

    def __init__(self) -> None:
        version = Option(
            ["--version"],
            None,
            Text("显示版本", "show the version"),
            expose_value=False,
            is_eager=True,
            callback=_show_version,
        )
        super().__init__(
            PROGRAM,
            params=[*common_options(), version],
            add_help_option=False,
            invoke_without_command=True,
            callback=self._without_command,
        )

    @staticmethod
    def _without_command() -> None:
        ctx = click.get_current_context()
        if ctx.invoked_subcommand is None:
            if settings_of(ctx).json:
                raise InputError(
                    f"没有写明命令。用法见“{PROGRAM} --help”。", f"No command is given. See “{PROGRAM} --help”."
                )
            show(ctx)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does; an error knows where it happened."""
        return parsed(ctx, lambda: super(Root, self).parse_args(ctx, args))

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of the help."""
        return list(SUMMARIES)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Load the module of one command."""
        if name not in SUMMARIES:
            return None
        command: Command = importlib.import_module(f"kaihua_infoproj.cli.commands.{name}").COMMAND
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command named first; an unknown one is an error with the nearest name."""
        if args[0] not in SUMMARIES and not ctx.resilient_parsing:
            near = difflib.get_close_matches(args[0], SUMMARIES, 1)
            zh = f"是否要写“{near[0]}”？" if near else f"可用的命令：{'、'.join(SUMMARIES)}。"
            en = f"Did you mean “{near[0]}”?" if near else f"There are: {', '.join(SUMMARIES)}."
            raise InputError(
                f"没有命令“{args[0]}”。{zh}用法见“{PROGRAM} --help”。",
                f"There is no command “{args[0]}”. {en} See “{PROGRAM} --help”.",
            )
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Names and summaries, without loading the commands."""
        lang = settings_of(ctx).lang
        items = [
            CompletionItem(name, help=summary.get(lang))
            for name, summary in SUMMARIES.items()
            if name.startswith(incomplete)
        ]
        return items or click.Command.shell_complete(self, ctx, incomplete)

    def get_help(self, ctx: click.Context) -> str:
        """The help in the chosen language."""
        lang = settings_of(ctx).lang
        width = page_width(HELP_WIDTH)
        lines = [f"用法：{PROGRAM} 命令 [选项]" if lang == "zh" else f"Usage: {PROGRAM} COMMAND [OPTIONS]", ""]
        lines += paragraphs(_ABOUT.get(lang), width)
        for title, commands in SECTIONS:
            rows = [(f"{name:<10}", summary.get(lang)) for name, summary in commands.items()]
            lines += ["", title.get(lang), *columns(rows, width)]
        options = [p for p in self.get_params(ctx) if isinstance(p, Option)]
        lines += ["", "选项（放在命令前后均可）" if lang == "zh" else "Options (before or after the command)"]
        lines += columns([(o.left(lang), o.right(lang)) for o in options], width)
        lines += ["", "退出码" if lang == "zh" else "Exit codes"]
        lines += columns([(code, text.get(lang)) for code, text in _EXIT_CODES], width)
        lines += example_lines(_EXAMPLES, lang, width)
        more = (
            f"每个命令的说明：{PROGRAM} 命令 --help" if lang == "zh" else f"Help of a command: {PROGRAM} COMMAND --help"
        )
        return "\n".join([*lines, "", more])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a reader that went away is told apart from other errors here, before click sees it."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except BrokenPipeError:
            raise failures.OutputClosed from None

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> NoReturn:
        """Parse and run, then exit: 0 fine, 1 findings, 2 bad input (also 3, 130, 141: see ``failures``)."""
        words = list(sys.argv[1:] if args is None else args)
        settings = look_ahead(words)
        output.prepare_streams(settings)
        try:
            code = self._run(words, settings, complete_var, extra)
        except KeyboardInterrupt:  # once more, while the first was being told
            code = failures.INTERRUPTED
        _leave_quietly()
        sys.exit(code)

    def _run(self, words: list[str], settings: Settings, complete_var: str | None, extra: dict[str, Any]) -> int:
        try:
            try:
                result = super().main(words, PROGRAM, complete_var, False, obj=settings, **extra)
                return result if isinstance(result, int) else 0
            except InputError as error:
                failures.report(failures.all_of(error), settings)
            except click.ClickException as error:
                failures.report([failures.translated(error)], settings)
            except (click.Abort, KeyboardInterrupt):
                failures.report(
                    [InputError("已中断，没有写出不完整的文件。", "Interrupted; no incomplete file was left.")],
                    settings,
                )
                return failures.INTERRUPTED
            except failures.OutputClosed:
                raise
            except Exception as error:
                if not isinstance(error, OSError) or error.errno is None:  # some libraries' own errors are OSErrors
                    failures.report([failures.unexpected(error, settings)], settings)
                    return failures.UNEXPECTED
                failures.report([_of_system(error)], settings)
            return failures.BAD_INPUT
        except (failures.OutputClosed, BrokenPipeError):
            with contextlib.suppress(OSError):
                failures.tell(
                    [
                        InputError(
                            "接收输出的程序已提前关闭，结果没有显示完整。",
                            "The program reading the output closed early; the result is not complete.",
                        )
                    ],
                    settings,
                )
            return failures.OUTPUT_CLOSED


def _of_system(error: OSError) -> InputError:
    reason = error.strerror or type(error).__name__
    return InputError(
        f"系统不允许这一步（{reason}），请核对文件名、权限和磁盘空间。",
        f"The system did not allow this ({reason}); check file names, permissions and disk space.",
        file=str(error.filename or ""),
    )


def _leave_quietly() -> None:
    """Let nothing be said at the very end when the reader of our output has gone."""
    try:
        sys.stdout.flush()
    except OSError:
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


main = Root()
