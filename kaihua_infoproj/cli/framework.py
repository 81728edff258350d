"""Commands that speak Chinese and English: options with a label in both, help with examples, common options.

Parsing itself is click's. Here stand the layout of the help, the options that every command has, and the rule
that everything wrong in the arguments becomes an :class:`InputError`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import click

from kaihua_infoproj.policy.errors import InputError
from kaihua_infoproj.policy.text import Text

from . import output
from .arguments import DAY, ChoiceKind, Kind
from .layout import columns, hanging, page_width, wrap
from .settings import LANGUAGES, PROGRAM, Settings

Example = tuple[str, Text]
"""A command line without the program's name, and what it does."""

HELP_WIDTH = 96


class Option(click.Option):
    """An option with its label in both languages.

    Args:
        names: ``--base`` and the like; a name without dashes is the function's argument.
        kind: of its value; None for a flag.
        label: what it means; stands in the help and in the error when it is missing.
    """

    def __init__(self, names: Sequence[str], kind: Kind | None, label: Text, **attributes: Any) -> None:
        if kind is None:
            attributes.setdefault("is_flag", True)
        super().__init__(names, type=kind, help=label.zh, **attributes)
        self.kind, self.label = kind, label

    def left(self, lang: str) -> str:
        """``--base 金额`` as the help shows it."""
        names = ", ".join([*self.opts, *self.secondary_opts])
        return names if self.kind is None else f"{names} {self.kind.shown.get(lang)}"

    def right(self, lang: str) -> str:
        """The label with what binds: required, repeatable."""
        text = self.label.get(lang)
        if self.required:
            text += "（必填）" if lang == "zh" else " (required)"
        if self.multiple:
            text += "（可重复）" if lang == "zh" else " (may be repeated)"
        return text


class Argument(click.Argument):
    """A positional argument with its label in both languages."""

    def __init__(self, name: str, kind: Kind, shown: Text, label: Text, **attributes: Any) -> None:
        super().__init__([name], type=kind, **attributes)
        self.shown, self.label = shown, label


def at_option(label: Text | None = None) -> Option:
    """``--at DATE`` of the commands that depend on a day."""
    return Option(
        ["--at"],
        DAY,
        label or Text("按哪一天施行的规定和参数，默认今天", "day whose rules and parameters apply; default today"),
    )


def common_options() -> list[click.Parameter]:
    """``--lang``, ``--json``, ``--debug`` and ``--help``: before or after the command's name."""
    return [
        Option(
            ["--lang"],
            ChoiceKind(LANGUAGES),
            Text("语言，默认中文；也可设环境变量 KAIHUA_LANG", "language; default Chinese, or set KAIHUA_LANG"),
            expose_value=False,
            is_eager=True,
            callback=_set("lang"),
        ),
        Option(
            ["--json"],
            None,
            Text("标准输出只写一个JSON对象，供程序读取", "write one JSON object and nothing else to stdout"),
            expose_value=False,
            is_eager=True,
            callback=_set("json"),
        ),
        Option(
            ["--debug"],
            None,
            Text("程序内部出错时显示细节，供报告问题", "show details of an internal error"),
            expose_value=False,
            is_eager=True,
            callback=_set("debug"),
        ),
        Option(
            ["--help", "-h"],
            None,
            Text("显示本说明", "show this help"),
            expose_value=False,
            is_eager=True,
            callback=_show_help,
        ),
    ]


def _set(name: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    def callback(ctx: click.Context, param: click.Parameter, value: Any) -> None:
        if value:
            setattr(settings_of(ctx), name, value)

    return callback


def _show_help(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    if value and not ctx.resilient_parsing:
        show(ctx)
        ctx.exit()


def show(ctx: click.Context) -> None:
    """Print the help of the context's command, as JSON where JSON was asked for."""
    text = ctx.get_help()
    if settings_of(ctx).json:
        output.print_json({"help": text})
    else:
        click.echo(text)


def settings_of(ctx: click.Context) -> Settings:
    """The settings of this run."""
    root = ctx.find_root()
    if not isinstance(root.obj, Settings):
        root.obj = Settings()
    return root.obj


def parsed(ctx: click.Context, parse: Callable[[], list[str]]) -> list[str]:
    """What ``parse`` answers; an error of click's parser learns in which command it happened."""
    try:
        return parse()
    except click.UsageError as error:
        error.ctx = error.ctx or ctx
        raise


def refuse_rest(ctx: click.Context, rest: Sequence[str]) -> None:
    """Refuse arguments that the command has no place for.

    Raises:
        InputError: there are any.
    """
    if rest and not ctx.resilient_parsing:
        words = " ".join(rest)
        raise InputError(
            f"多出了“{words}”。用法见“{ctx.command_path} --help”。",
            f"“{words}” is too much. See “{ctx.command_path} --help”.",
        )


class Command(click.Command):
    """One command.

    Args:
        name: its name on the command line.
        function: called with the settings and the values of ``params``; answers the exit code.
        about: what it does: one sentence, then more after an empty line.
        examples: command lines for the help.
    """

    def __init__(
        self,
        name: str,
        function: Callable[..., int],
        about: Text,
        params: Sequence[click.Parameter],
        examples: Sequence[Example],
    ) -> None:
        def callback(**values: Any) -> int:
            return function(settings_of(click.get_current_context()), **values)

        super().__init__(
            name,
            callback=callback,
            params=[*params, *common_options()],
            add_help_option=False,
            context_settings={"allow_extra_args": True},
        )
        self.about, self.examples = about, tuple(examples)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does; anything left over is an error in our words."""
        rest = parsed(ctx, lambda: super(Command, self).parse_args(ctx, args))
        refuse_rest(ctx, rest)
        return rest

    def get_help(self, ctx: click.Context) -> str:
        """The help in the chosen language."""
        lang = settings_of(ctx).lang
        width = page_width(HELP_WIDTH)
        arguments = [p for p in self.get_params(ctx) if isinstance(p, Argument)]
        options = [p for p in self.get_params(ctx) if isinstance(p, Option) and not p.hidden]
        usage = " ".join([ctx.command_path, *(a.shown.get(lang) for a in arguments), _options_word(lang)])
        lines = [*hanging(_usage_word(lang), usage, width), ""]
        lines += paragraphs(self.about.get(lang), width)
        if arguments:
            rows = [(a.shown.get(lang).strip("[]"), a.label.get(lang)) for a in arguments]
            lines += ["", "参数" if lang == "zh" else "Arguments", *columns(rows, width)]
        lines += ["", "选项" if lang == "zh" else "Options"]
        lines += columns([(o.left(lang), o.right(lang)) for o in options], width)
        return "\n".join(lines + example_lines(self.examples, lang, width))


def _usage_word(lang: str) -> str:
    return "用法：" if lang == "zh" else "Usage: "


def _options_word(lang: str) -> str:
    return "[选项]" if lang == "zh" else "[OPTIONS]"


def paragraphs(text: str, width: int) -> list[str]:
    """Lines of a text whose paragraphs are separated by line breaks."""
    return [line for part in text.split("\n") for line in wrap(part, width)]


def example_lines(examples: Sequence[Example], lang: str, width: int) -> list[str]:
    """The examples as a block, each with what it does above it."""
    if not examples:
        return []
    lines = ["", "示例" if lang == "zh" else "Examples"]
    for command, does in examples:
        lines += hanging("  # ", does.get(lang), width)
        lines.append(f"  {PROGRAM} {command}")
    return lines
