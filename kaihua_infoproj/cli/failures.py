"""Everything that goes wrong, said in one sentence: on stderr for a person, and as JSON where JSON was asked for."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence
from typing import Any

import click

from kaihua_infoproj.policy.errors import InputError, InputErrors
from kaihua_infoproj.policy.text import Text

from . import output
from .settings import PROGRAM, Settings

BAD_INPUT, UNEXPECTED, INTERRUPTED, OUTPUT_CLOSED = 2, 3, 130, 141


class OutputClosed(Exception):
    """Whoever reads our output has stopped reading (``… | head``)."""


def all_of(error: InputError) -> tuple[InputError, ...]:
    """Everything that an error tells: several where a whole paper was read."""
    return error.all if isinstance(error, InputErrors) else (error,)


def place(error: InputError, lang: str) -> str:
    """Where an error is: file, line, and the field or the option."""
    parts = []
    if error.file:
        parts.append(error.file)
    if error.line:
        parts.append(f"第{error.line}行" if lang == "zh" else f"line {error.line}")
    if error.field:
        option = error.field.startswith("-")
        word = ("选项 " if option else "字段 ") if lang == "zh" else ("option " if option else "field ")
        parts.append(word + error.field)
    if not parts:
        return ""
    return ("，" if lang == "zh" else ", ").join(parts) + ("：" if lang == "zh" else ": ")


def plain(error: InputError) -> dict[str, Any]:
    """An error as JSON holds it; what is not known of its place is null."""
    return {
        "file": error.file or None,
        "line": error.line or None,
        "field": error.field or None,
        "zh": error.zh,
        "en": error.en,
    }


def errors_as_json(errors: Sequence[InputError]) -> dict[str, Any]:
    """The keys ``error`` (the first) and ``errors`` (all)."""
    return {"error": plain(errors[0]), "errors": [plain(error) for error in errors]}


def tell(errors: Sequence[InputError], settings: Settings) -> None:
    """One line an error on stderr."""
    for error in errors:
        text = error.zh if settings.lang == "zh" else error.en
        click.echo(place(error, settings.lang) + text, err=True)


def report(errors: Sequence[InputError], settings: Settings) -> None:
    """Tell the errors on stderr, and as the one JSON object on stdout if JSON was asked for."""
    if settings.json:
        output.print_json(errors_as_json(errors))
    tell(errors, settings)


def unexpected(error: BaseException, settings: Settings) -> InputError:
    """The sentence for an error in the program itself; the trace goes to stderr with ``--debug`` only."""
    if settings.debug:
        traceback.print_exception(error, file=sys.stderr)
    name = type(error).__name__
    return InputError(
        f"程序内部出错（{name}），输入未必有误。请加 --debug 重新运行，把全部输出和所用文件（去除敏感内容）报给维护人员。",
        f"The program itself failed ({name}); your input may be right. Run it again with --debug and send all of its "
        "output and the file used (without anything sensitive) to the maintainers.",
    )


def translated(error: click.ClickException) -> InputError:
    """An error of the option parser, said in our words: what is wrong and what to do."""
    context = getattr(error, "ctx", None)
    see = _see_help(context)
    if isinstance(error, click.NoSuchOption):
        near = error.possibilities or []
        hint = Text(f"是否要写 {'、'.join(near)}？", f"Did you mean {', '.join(near)}? ") if near else Text("", "")
        return _usage(
            f"没有选项“{error.option_name}”。{hint.zh}", f"There is no option “{error.option_name}”. {hint.en}", see
        )
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return _missing(error.param, see)
    if isinstance(error, click.BadOptionUsage):
        option = _parameter(context, error.option_name)
        if isinstance(option, click.Option) and option.is_flag:
            return _usage("这个选项后面不带值。", "This option takes no value. ", see, error.option_name)
        return _usage("这个选项后面须写明一个值。", "This option needs a value after it. ", see, error.option_name)
    return _usage("命令的写法不对。", f"The command is not written rightly: {error.format_message()} ", see)


def _usage(zh: str, en: str, see: Text, field: str = "") -> InputError:
    return InputError(zh + see.zh, en.rstrip() + " " + see.en, field=field)


def _see_help(context: click.Context | None) -> Text:
    path = context.command_path if context else PROGRAM
    return Text(f"用法见“{path} --help”。", f"See “{path} --help”.")


def _parameter(context: click.Context | None, name: str) -> click.Parameter | None:
    for parameter in context.command.get_params(context) if context else ():
        if name in parameter.opts or name in parameter.secondary_opts:
            return parameter
    return None


def _missing(parameter: click.Parameter, see: Text) -> InputError:
    label = getattr(parameter, "label", Text("", ""))
    if isinstance(parameter, click.Option):
        return _usage(
            f"必填，现在没有写（{label.zh.rstrip('。')}）。",
            f"It is required ({label.en.rstrip('.')}). ",
            see,
            parameter.opts[0],
        )
    shown = getattr(parameter, "shown", Text("参数", "argument"))
    return _usage(
        f"没有写明“{shown.zh.strip('[]…')}”（{label.zh.rstrip('。')}）。",
        f"{shown.en.strip('[]…')} is missing ({label.en.rstrip('.')}). ",
        see,
    )
