"""``template``: a commented form to fill in, empty or filled with a synthetic example."""

from __future__ import annotations

import os
from datetime import date
from itertools import product

import click

from kaihua_infoproj.cli import output
from kaihua_infoproj.cli.arguments import FILE, ChoiceKind
from kaihua_infoproj.cli.files import read_raw, write_whole
from kaihua_infoproj.cli.framework import Argument, Command, Option, at_option
from kaihua_infoproj.cli.settings import LANGUAGES, PROGRAM, Settings, today
from kaihua_infoproj.policy.errors import InputError
from kaihua_infoproj.policy.form_template import KINDS, template
from kaihua_infoproj.policy.text import Text

FORMS = ("declaration", "change", "acceptance")
_FORM_NAMES = {"申报表": "declaration", "调整申报表": "change", "验收申请": "acceptance"}
_KIND_NAMES = {"建设类": "construction", "运维类": "O&M", "服务类": "service", "om": "O&M"}


def run(
    settings: Settings, form: str, kind: str | None, filled: bool, out: str | None, force: bool, at: date | None
) -> int:
    """Write the template to stdout or to a file."""
    chosen, day = kind or KINDS[0], at or today()
    text = template(form, settings.lang, kind=chosen, filled=filled, as_of=day)
    if out:
        if not force:
            _refuse_to_overwrite(out, day)
        write_whole(out, text)
    if settings.json:
        output.print_json({"form": form, "kind": chosen, "filled": filled, **({"out": out} if out else {"text": text})})
    elif out:
        output.line(
            settings.say(
                Text(
                    f"已写到 {out}。填好后运行 {PROGRAM} check {out} 逐项核对。",
                    f"Written to {out}. Fill it in, then run {PROGRAM} check {out}.",
                )
            )
        )
    else:
        click.echo(text, nl=False)
    return 0


def _refuse_to_overwrite(out: str, day: date) -> None:
    """A form that somebody has filled in is not lost; a template as it was written may be replaced.

    Raises:
        InputError: something else stands in the file.
    """
    if not os.path.isfile(out):
        return
    stands = read_raw(out).decode("utf-8", "replace")
    written = (
        template(form, lang, kind=kind, filled=filled, as_of=day)
        for form, lang, kind, filled in product(FORMS, LANGUAGES, KINDS, (False, True))
    )
    if stands and stands not in written:
        raise InputError(
            "文件已存在，可能已经填写；请换一个文件名，确要覆盖请加 --force。",
            "The file exists and may have been filled in; choose another name, or add --force.",
            file=out,
            field="--out",
        )


COMMAND = Command(
    "template",
    run,
    Text(
        "输出带说明的表，供填写：申报表、调整申报表、验收申请。\n"
        "加 --filled 输出一份填好的示例（演示数据），可对照填写。",
        "Print a commented form to fill in: declaration, change or acceptance.\n"
        "--filled prints a filled example (demo data) to go by.",
    ),
    [
        Argument(
            "form",
            ChoiceKind(FORMS, _FORM_NAMES),
            Text("表名", "FORM"),
            Text("declaration 申报表、change 调整申报表、acceptance 验收申请", "declaration, change or acceptance"),
        ),
        Option(
            ["--kind"],
            ChoiceKind(KINDS, _KIND_NAMES),
            Text("construction 建设类（默认）、O&M 运维类、service 服务类", "default construction"),
        ),
        Option(["--filled"], None, Text("填好的示例（演示数据）", "a filled example (demo data)")),
        Option(["--out"], FILE, Text("写入这个文件，默认写到标准输出", "file to write; default stdout")),
        Option(["--force"], None, Text("覆盖已有的文件", "overwrite a file that exists")),
        at_option(
            Text(
                "按哪一天的核对表准备，示例的年度也随它，默认今天",
                "day whose checklists and years it follows; default today",
            )
        ),
    ],
    [
        ("template declaration --out 申报表.yaml", Text("建设类申报表", "a construction declaration")),
        ("template declaration --kind O&M --out 运维申报表.yaml", Text("运维类申报表", "an O&M declaration")),
        ("template change --filled", Text("看一份填好的调整申报表", "look at a filled change")),
    ],
)
