"""Writing a form as a commented YAML file that a clerk fills in, empty or filled with a synthetic example.

What :func:`template` writes, :func:`.form_reading.read_paper` reads: the empty one as an empty draft.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from .checklists import ChecklistItem, checklist
from .errors import InputError
from .form_reading import CHECKABLE
from .form_types import DEFAULT_LENGTH, Condition, Field, Form, Section
from .forms import FORM_KIND_OF_NATURE, load_form, option_lists
from .parameter import article_text
from .strict_yaml import read_file
from .text import Text

EXAMPLES = Path(__file__).with_name("forms") / "examples"

KINDS = ("construction", "O&M", "service")

_PLAIN = re.compile(r"[A-Za-z\u4e00-\u9fff《（〔][^#:\n\"'\[\]{},&*!|>%@`]*")
_YEAR = re.compile(r"(?<![0-9])20(2[0-9]|3[0-9])(?![0-9])")
_YEAR_FIELDS = ("plan_year", "year", "bears_year")
_KEYWORDS = frozenset(("true", "false", "null", "yes", "no", "on", "off", "~"))
_HINTS = {
    "check": Text("填 true（是）或 false（否）", "true or false"),
    "int": Text("填整数", "a whole number"),
    "money": Text('金额（元），加引号，如 "200000.00"', 'yuan, quoted, such as "200000.00"'),
    "percent": Text('百分数，如 15 或 "12.5"', 'per cent, such as 15 or "12.5"'),
    "decimal": Text('数字，如 12 或 "12.5"', 'a number, such as 12 or "12.5"'),
    "date": Text("日期，如 2026-09-30", "a day, such as 2026-09-30"),
    "datetime": Text("时刻，如 2026-09-30 17:00", "a moment, such as 2026-09-30 17:00"),
    "file": Text("文件名", "a file name"),
}
_GUIDE = Text(
    "填写说明：\n"
    "  1. 每项写成“字段名: 内容”，冒号后空一格；暂时不填的留空。井号（#）后面是说明，可以删去。\n"
    '  2. 金额加引号，如 "200000.00"；日期写成 2026-09-30；是或否写 true 或 false；选项写中文或英文都可以。\n'
    "  3. 表的每一行以“- ”开头；要增加一行，复制从“- ”开始的一段；不用的行整段留空或删去。\n"
    "  4. “必填”后面是依据：条号指办法的条款，“本表”指只是本表要求。涉密项目不得使用本表。\n"
    "  5. 填好后运行 kaihua-infoproj check 文件名，逐项核对。",
    "How to fill in:\n"
    "  1. Write “fieldname: content” with a space after the colon; leave empty what is unknown. After # stands help.\n"
    '  2. Quote amounts, such as "200000.00"; days are 2026-09-30; yes or no: true or false; options in any language.\n'
    "  3. Each row of a table begins with “- ”; to add a row copy the block from “- ” on; leave unused rows empty.\n"
    "  4. After “required” stands who asks: an article of the measure, or this form. Not for a classified project.\n"
    "  5. Then run kaihua-infoproj check FILE.",
)
_DEMO = Text(
    "演示数据：单位、人员、金额和文号均为虚构，只用于说明填法。",
    "Demo data 演示数据: units, people, amounts and document numbers are invented, to show how it is filled in.",
)


def template(
    form_name: str, lang: str = "zh", *, kind: str = "construction", filled: bool = False, as_of: date | None = None
) -> str:
    """A commented YAML file of a form.

    Args:
        form_name: declaration, change or acceptance.
        lang: of comments and options, ``zh`` or ``en``.
        kind: construction, O&M or service: fields that the kind does not have are left out.
        filled: a complete synthetic example instead of empty fields.
        as_of: the day it is made for: the checklists in force then prepare the rows, and an example's years follow it
            (a declaration is for the year after). By default the first checklists and the example's own years.

    Raises:
        InputError: no such form or kind.
    """
    if form_name not in CHECKABLE:
        raise InputError(
            f"没有“{form_name}”的模板，可用：{'、'.join(CHECKABLE)}。",
            f"There is no template “{form_name}”; allowed: {', '.join(CHECKABLE)}.",
            field="form",
        )
    if kind not in KINDS:
        raise InputError(
            f"申报表类别只能是 {'、'.join(KINDS)}，而不是“{kind}”。",
            f"The kind is one of {', '.join(KINDS)}, not “{kind}”.",
            field="form_kind",
        )
    form = load_form(form_name)
    values = _example(form_name, kind, as_of) if filled else _prepared(form_name, kind, lang, as_of)
    return "\n".join(_Writer(form, lang, kind, values, filled).lines()) + "\n"


# --- values ----------------------------------------------------------------------------------------------------------


def _example(form_name: str, kind: str, as_of: date | None) -> dict[str, Any]:
    data = _read_example(form_name if form_name == "change" else f"{form_name}_{kind.replace('&', '').lower()}")
    content = {name: value for name, value in data.items() if name != "example_year"}
    return {
        name: _moved(value, as_of.year - data["example_year"] if as_of else 0, name) for name, value in content.items()
    }


@cache
def _read_example(name: str) -> dict[str, Any]:
    data = read_file(EXAMPLES / f"{name}.yaml").data
    assert isinstance(data, dict)
    return data


def _moved(value: Any, years: int, name: str = "") -> Any:
    """The example with every year in days, numbers of documents and year fields moved by ``years``."""
    if isinstance(value, dict):
        return {key: _moved(item, years, key) for key, item in value.items()}
    if isinstance(value, list):
        return [_moved(item, years, name) for item in value]
    if isinstance(value, str):
        return _YEAR.sub(lambda found: str(int(found[0]) + years), value)
    return value + years if name in _YEAR_FIELDS else value


def _items(name: str, as_of: date | None) -> tuple[ChecklistItem, ...]:
    found = checklist(name)
    return (found.on(as_of) if as_of else found.editions[0]).items


def _prepared(form_name: str, kind: str, lang: str, as_of: date | None) -> dict[str, Any]:
    """Rows that stand in the empty form already."""
    if form_name == "declaration":
        chapters = _items("scheme_construction" if kind == "construction" else "scheme_om", as_of)
        return {
            "is_classified": None,
            "nature": None if kind == "construction" else kind,
            "negative_checks": [{"item": int(item.code)} for item in _items("negative_list", as_of)],
            "chapters": [{"chapter_no": int(item.code), "chapter": item.label.zh} for item in chapters],
        }
    if form_name == "acceptance":
        gates = option_lists()["acceptance_gate"].values
        archive = _items("archive", as_of)
        return {
            "form_kind": kind,
            "gates": [{"gate": gate} for gate in gates],
            "archive": [{"phase": item.group, "document": item.label.zh} for item in archive if item.group != "after"],
        }
    return {"form_kind": kind}


# --- writing ---------------------------------------------------------------------------------------------------------


class _Writer:
    """Writes one form in one language."""

    def __init__(self, form: Form, lang: str, kind: str, values: Mapping[str, Any], filled: bool) -> None:
        self.form, self.lang, self.kind, self.values, self.filled = form, lang, kind, values, filled

    def say(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    def lines(self) -> Iterator[str]:
        kind = option_lists()["form_kind"].label(self.kind).get(self.lang)
        yield f"# {self.form.label.get(self.lang)}{self.say(f'（{kind}）', f' ({kind})')}"
        if self.filled:
            yield f"# {_DEMO.get(self.lang)}"
        yield from (f"# {line}" for line in _GUIDE.get(self.lang).split("\n"))
        yield f"form: {self.form.name}"
        for section in self.form.sections:
            fields = [field for field in section.fields if self.written(field)]
            if section.by == "unit" and fields:
                yield from self.section(section, fields)

    def shows(self, field: Field) -> bool:
        """The unit's fields of this kind; what the system derives only where a file must say it itself."""
        return field.by == "unit" and field.has_kind(self.kind) and (field.stated or not field.derived)

    def written(self, field: Field) -> bool:
        """An example leaves out what nobody asks for and it does not have."""
        return self.shows(field) and (not self.filled or bool(self.asked(field)) or field.fieldname in self.values)

    def section(self, section: Section, fields: Sequence[Field]) -> Iterator[str]:
        yield ""
        yield f"# ==================== {section.label.get(self.lang)} ===================="
        if section.help.zh:
            yield f"# {section.help.get(self.lang)}"
        for field in fields:
            yield ""
            yield from self.comment(field, field.label, "")
            if field.type == "table":
                yield from self.table(field)
            else:
                yield from self.value(field, self.values.get(field.fieldname), "")

    # comments

    def comment(
        self, field: Field, label: Text, indent: str, siblings: Mapping[str, Field] | None = None
    ) -> Iterator[str]:
        said = [label.get(self.lang) + self.demand(field, siblings or self.form.by_name)]
        if field.help.zh:
            said.append(field.help.get(self.lang).rstrip("。."))
        length = field.length if field.length != DEFAULT_LENGTH.get(field.type) else 0
        if length:
            said.append(self.say(f"最多{length}字", f"at most {length} characters"))
        if hint := _HINTS.get(field.type):
            said.append(hint.get(self.lang))
        if field.many:
            said.append(self.say("可写多个，如 [甲, 乙, 丙]", "several as [a, b, c]"))
        sentences = [text[0].upper() + text[1:] for text in said]
        yield f"{indent}# " + self.say("。", ". ").join(sentences) + self.say("。", ".")
        if field.options:
            chosen = [
                option.label.zh if self.lang == "zh" else option.value
                for option in field.options.options
                if field.fieldname != "nature" or FORM_KIND_OF_NATURE[option.value] == self.kind
            ]
            opening = (
                self.say("可选（多选）：", "choose (several): ")
                if field.type == "multi"
                else self.say("可选：", "choose: ")
            )
            yield f"{indent}#   {opening}{' / '.join(chosen)}"

    def asked(self, field: Field) -> dict[str, list[str]]:
        """Article → natures of this kind that it asks; an empty list of natures means all of them."""
        natures = [nature for nature, kind in FORM_KIND_OF_NATURE.items() if kind == self.kind]
        by_article: dict[str, list[str]] = {}
        for nature in natures:
            if article := field.asked_by(self.kind, nature):
                by_article.setdefault(article, []).append(nature)
        return {article: ([] if asked == natures else asked) for article, asked in by_article.items()}

    def demand(self, field: Field, siblings: Mapping[str, Field]) -> str:
        said = []
        for article, natures in self.asked(field).items():
            whose = self.say("本表", "this form") if article == "form" else article_text(article).get(self.lang)
            if natures:
                names = [option_lists()["nature"].label(n).get(self.lang) for n in natures]
                said.append(self.say(f"{'、'.join(names)}必填，{whose}", f"required of {', '.join(names)}, {whose}"))
            else:
                said.append(self.say(f"必填，{whose}", f"required, {whose}"))
        if not said:
            return ""
        for condition in field.when:
            said.append(
                self.say(
                    f"仅当{self.condition(condition, siblings)}", f"only where {self.condition(condition, siblings)}"
                )
            )
        for condition in field.unless:
            said.append(
                self.say(
                    f"{self.condition(condition, siblings)}的除外", f"unless {self.condition(condition, siblings)}"
                )
            )
        return self.say(f"（{'；'.join(said)}）", f" ({'; '.join(said)})")

    def condition(self, condition: Condition, siblings: Mapping[str, Field]) -> str:
        field = siblings[condition.fieldname]
        values = []
        for value in condition.values:
            if isinstance(value, bool):
                values.append(self.say("是" if value else "否", "true" if value else "false"))
            else:
                assert field.options is not None
                values.append(field.options.label(value).zh if self.lang == "zh" else value)
        name = field.label.get(self.lang)
        return self.say(f"“{name}”为“{'”或“'.join(values)}”", f"“{name}” is {' or '.join(values)}")

    # values

    def table(self, field: Field) -> Iterator[str]:
        columns = [column for column in field.rows if self.shows(column)]
        rows: Sequence[Mapping[str, Any]] = self.values.get(field.fieldname) or ([] if self.filled else [{}])
        if not rows:
            yield f"{field.fieldname}: []"
            return
        yield f"{field.fieldname}:"
        used = {name for row in rows for name in row}
        prepared = not self.filled and field.fieldname in self.values
        for number, row in enumerate(rows):
            if not number:
                shown = [c for c in columns if not self.filled or c.fieldname in used or self.asked(c)]
            elif prepared:
                shown = [c for c in columns if c.fieldname in used or self.asked(c)]
            else:
                shown = [c for c in columns if c.fieldname in row]
            yield from self.row(field, shown, row, commented=not number)

    def row(self, table: Field, columns: Sequence[Field], row: Mapping[str, Any], *, commented: bool) -> Iterator[str]:
        note = self.row_note(table, row)
        if commented:
            yield "  -" + (f" # {note}" if note else "")
        for number, column in enumerate(columns):
            if commented:
                yield from self.comment(column, column.label, "    ", table.columns)
                yield from self.value(column, row.get(column.fieldname), "    ")
                continue
            for place, line in enumerate(self.value(column, row.get(column.fieldname), "    ")):
                first = not number and not place
                yield f"  - {line.strip()}{f'  # {note}' if note else ''}" if first else line

    def row_note(self, table: Field, row: Mapping[str, Any]) -> str:
        """What an item of article 3 is about."""
        if table.fieldname != "negative_checks":
            return ""
        items = {int(item.code): item.label for item in _items("negative_list", None)}
        label = items.get(row.get("item", 0))
        return label.get(self.lang) if label else ""

    def value(self, field: Field, value: Any, indent: str) -> Iterator[str]:
        if value is None:
            yield f"{indent}{field.fieldname}:"
        elif isinstance(value, list):
            yield f"{indent}{field.fieldname}: [{', '.join(self.scalar(field, v) for v in value)}]"
        elif isinstance(value, str) and "\n" in value.strip():
            yield f"{indent}{field.fieldname}: |-"
            yield from (f"{indent}  {line}" for line in value.strip().split("\n"))
        else:
            yield f"{indent}{field.fieldname}: {self.scalar(field, value)}"

    def scalar(self, field: Field, value: Any) -> str:
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int):
            return str(value)
        text = str(value)
        if field.options:
            normal = field.options.find(text)
            assert normal is not None, (field.fieldname, text)
            text = field.options.label(normal).zh if self.lang == "zh" else normal
        if field.type in ("date", "datetime"):
            return text
        if (
            field.type not in ("money", "percent", "decimal")
            and _PLAIN.fullmatch(text)
            and text == text.strip()
            and text.lower() not in _KEYWORDS
        ):
            return text
        return json.dumps(text, ensure_ascii=False)
