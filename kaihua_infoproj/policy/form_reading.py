"""Reading a paper that a person wrote by its form: every mistake found at once, each with file, line and field.

A draft may always be incomplete: a field left empty is simply absent. What must be there is a question for the rules
(:func:`.forms.missing_fields`), what cannot be read at all is answered here.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Context
from typing import Any

from .errors import InputError, InputErrors
from .form_plan import Entry, entries_of
from .form_types import Form
from .form_values import Reader
from .forms import form_kind_of, load_form
from .money import round_cent
from .strict_yaml import Located, Path_, path_text

CHECKABLE = ("declaration", "change", "acceptance")
"""Forms that a unit may have checked as a file."""

MOST_PROBLEMS = 100
"""More problems than this are not listed one by one: the paper is then no such form at all."""

CLASSIFIED_KEYS = ("form", "is_classified", "declaration_no", "plan_year", "department", "named_officer")
"""What may stand beside the answer that a project is classified (art. 6): enough for the stub, no content."""

_EXACT = Context(prec=60)
_LARGEST_AMOUNT_DIGITS = 12
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


@dataclass(frozen=True)
class Paper:
    """A paper as read.

    Attributes:
        data: fieldname → normal value: options in normal form, amounts and decimals Decimal, days as date, moments as
            datetime of Shanghai, whole numbers as int, tables as lists of such mappings. Empty fields are absent.
        located: what it was read from. stated: paths (``investment_lines[3].amount``) of derived values that the writer
            gave himself; a rule that can compute them compares.
    """

    form: Form
    data: dict[str, Any]
    located: Located = field(default_factory=lambda: Located({}), repr=False)
    stated: frozenset[str] = frozenset()

    def line(self, path: str) -> int:
        """The 1-based line of ``path`` (as a finding names it), or of its nearest known parent; 0 if unknown."""
        steps = _STEP.findall(path)
        return self.located.line(tuple(name or int(number) - 1 for name, number in steps))


def form_in(located: Located, allowed: tuple[str, ...] = CHECKABLE) -> Form:
    """The form that a file says it is, by ``form:`` on its top.

    Raises:
        InputError: the key is missing or names none of ``allowed``.
    """
    listed_zh = "、".join(f"{name}（{load_form(name).label.zh}）" for name in allowed)
    listed_en = ", ".join(f"“{name}”" for name in allowed)
    name = located.data.get("form") if isinstance(located.data, Mapping) else None
    if name is None:
        raise located.error(
            (),
            f"缺少“form:”一行，请写明是哪一种表：{listed_zh}。",
            f"The line “form:” is missing; say which form it is: {listed_en}.",
        )
    if name not in allowed:
        raise located.error(
            ("form",),
            f"“{name}”不是可核对的表，可填：{listed_zh}。",
            f"“{name}” is not a form that can be checked; allowed: {listed_en}.",
        )
    return load_form(str(name))


def read_paper(form: Form, source: Located | Mapping[str, Any]) -> Paper:
    """Read a paper of ``form``.

    Args:
        source: what :func:`.strict_yaml.read_file` gave, or plain values (of a scenario), then without lines.

    Raises:
        InputErrors: everything that cannot be read, in order of the paper; it is an :class:`InputError` that speaks
            its first sentence. A classified declaration with any content is refused with one sentence alone, so that
            nothing of the content is repeated.
    """
    located = source if isinstance(source, Located) else Located(source)
    if not isinstance(located.data, Mapping):
        raise InputErrors(
            [
                located.error(
                    (),
                    "文件最外层应是若干“字段名: 内容”。",
                    "The file's top level must be lines of “fieldname: value”.",
                )
            ]
        )
    if "is_classified" in form.by_name and _is_classified(located):
        return _read_classified(form, located)
    return _Reading(form, located).paper()


def read_mapping(form: Form, mapping: Mapping[str, Any]) -> dict[str, Any]:
    """The same for plain values of a part of the form, such as the data of one act; returns the normal values.

    Raises:
        InputErrors: as for :func:`read_paper`, without file and line.
    """
    return read_paper(form, mapping).data


# --- classified projects ---------------------------------------------------------------------------------------------


def _is_classified(located: Located) -> bool:
    value = located.data.get("is_classified")
    if value is None or value == "":
        return False
    try:
        return bool(entries_of(load_form("declaration"))["is_classified"].reader(value))
    except InputError as error:  # content is not looked at before this question is answered
        raise InputErrors(
            [error.at(file=located.file, line=located.line(("is_classified",)), field="is_classified")]
        ) from None


def _read_classified(form: Form, located: Located) -> Paper:
    beside = [str(key) for key, value in located.data.items() if key not in CLASSIFIED_KEYS and not _is_blank(value)]
    if beside:
        labels = [form.by_name[key].label if key in form.by_name else None for key in beside]
        known_zh = "、".join(dict.fromkeys(label.zh for label in labels if label))
        known_en = ", ".join(dict.fromkeys(label.en for label in labels if label))
        named_zh, named_en = (f"（{known_zh}）", f" ({known_en})") if known_zh else ("", "")
        raise InputErrors(
            [
                located.error(
                    ("is_classified",),
                    f"涉密项目不得在此填报任何内容{named_zh}。请立即从本文件删去这些内容，改由单位指定人员登记“涉密项目登记”"
                    "（只写编号、单位、年度和指定人员），其余按保密规定办理。",
                    f"Nothing of a classified project may be entered here{named_en}. Remove it from this file at once; "
                    "the unit's named officer registers a classified stub instead (code, unit, year and officer only), "
                    "and the rest is handled under the secrecy rules.",
                )
            ]
        )
    entries = entries_of(form)
    reading = _Reading(form, located)
    for key in CLASSIFIED_KEYS[2:]:
        value = located.data.get(key)
        if not _is_blank(value):
            entry = entries.get(key) or entries["contact_person"]
            reading.value(entry.reader, (key,), value, reading.data, key)
    reading.data["is_classified"] = True
    reading.raise_problems()
    return Paper(form, reading.data, located)


def _is_blank(value: Any) -> bool:
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, Mapping):
        return all(_is_blank(v) for v in value.values())
    if isinstance(value, (list, tuple)):
        return all(_is_blank(v) for v in value)
    return value is None


# --- reading ---------------------------------------------------------------------------------------------------------


class _Reading:
    """One reading of one paper: gathers data and problems."""

    def __init__(self, form: Form, located: Located) -> None:
        self.form, self.located = form, located
        self.entries = entries_of(form)
        self.data: dict[str, Any] = {}
        self.problems: list[InputError] = []
        self.stated: set[str] = set()

    def paper(self) -> Paper:
        for key, value in self.located.data.items():
            if key == "form":
                self.check_form(value)
                continue
            entry = self.entries.get(key)
            if entry is None:
                self.unknown((key,), key, self.entries)
            elif value is None:
                continue
            elif entry.name in self.data:
                self.twice((key,), key, entry)
            elif entry.columns is not None:
                self.table(entry, key, value)
            elif self.value(entry.reader, (key,), value, self.data, entry.name) and entry.derived:
                self.stated.add(entry.name)
        self.check_form_kind()
        self.raise_problems()
        return Paper(self.form, self.data, self.located, frozenset(self.stated))

    def raise_problems(self) -> None:
        if self.problems:
            raise InputErrors(self.problems)

    def problem(self, path: Path_, zh: str, en: str) -> None:
        self.problems.append(self.located.error(path, zh, en))
        if len(self.problems) >= MOST_PROBLEMS:
            self.problems.append(
                InputError(
                    f"问题超过{MOST_PROBLEMS}处，其余未列出；请核对是否用错了表。",
                    f"There are more than {MOST_PROBLEMS} problems, the rest is not listed; "
                    "check whether this is the right form.",
                    file=self.located.file,
                )
            )
            raise InputErrors(self.problems)

    def value(self, reader: Reader, path: Path_, value: Any, into: dict[str, Any], name: str) -> bool:
        try:
            read = reader(value)
        except InputError as error:
            self.problem(path, error.zh, error.en)
            return False
        if read == "" or read == []:
            return False
        into[name] = read
        return True

    def table(self, entry: Entry, key: str, value: Any) -> None:
        if isinstance(value, str) and not value.strip():
            return
        if not isinstance(value, (list, tuple)):
            self.problem(
                (key,),
                f"“{entry.field.label.zh}”应是逐行列出的表，每行以“- ”开头。",
                f"“{entry.field.label.en}” is a table: rows, each beginning with “- ”.",
            )
            return
        count = len(value)
        while count and _is_blank(value[count - 1]):
            count -= 1
        rows = []
        for number in range(count):
            row = value[number]
            if not isinstance(row, Mapping):
                if row is None:
                    self.blank_row((key, number))
                else:
                    self.problem(
                        (key, number), "这一行应是若干“列名: 内容”。", "This row must be lines of “column: value”."
                    )
                continue
            read = self.row(entry, (key, number), row)
            if not read and _is_blank(row):
                self.blank_row((key, number))
            rows.append(read)
        if rows:
            self.data[entry.name] = rows
            if entry.derived:
                self.stated.add(entry.name)

    def blank_row(self, path: Path_) -> None:
        self.problem(
            path,
            "这一行是空的，后面还有内容；请填写或删去这一行。",
            "This row is empty and others follow; fill it in or remove it.",
        )

    def row(self, entry: Entry, path: Path_, row: Mapping[str, Any]) -> dict[str, Any]:
        columns = entry.columns
        assert columns is not None
        out: dict[str, Any] = {}
        for key, value in row.items():
            column = columns.get(key)
            if column is None:
                self.unknown((*path, key), key, columns)
                continue
            if value is None:
                continue
            name = column.name
            if name in out:
                self.twice((*path, key), key, column)
                continue
            try:
                read = column.reader(value)
            except InputError as error:
                self.problem((*path, key), error.zh, error.en)
                continue
            if read or (read != "" and read != []):
                out[name] = read
                if column.derived:
                    self.stated.add(path_text((entry.name, *path[1:], name)))
        for name, factors in entry.products:
            if name not in out:
                self.derive(out, name, factors, path)
        return out

    def derive(self, row: dict[str, Any], name: str, factors: tuple[str, ...], path: Path_) -> None:
        """The amount of a line that gives its factors only."""
        product = None
        for factor in factors:
            value = row.get(factor)
            if value is None:
                return
            product = value if product is None else _EXACT.multiply(product, value)
        assert product is not None
        if product.adjusted() >= _LARGEST_AMOUNT_DIGITS:
            self.problem(
                (*path, factors[0]), "数量与单价之积过大，请核对。", "The product of quantity and price is too large."
            )
            return
        row[name] = round_cent(product)

    def unknown(self, path: Path_, key: Any, known: Mapping[str, Entry]) -> None:
        text = str(key)
        labels = {entry.field.label.zh: name for name, entry in known.items()}
        near = labels.get(text.strip()) or next(iter(difflib.get_close_matches(text, known, 1)), None)
        if near is None and (match := difflib.get_close_matches(text, labels, 1)):
            near = labels[match[0]]
        quoted = text if len(text) <= 40 else text[:40] + "…"
        if near:
            self.problem(
                path,
                f"未知的字段“{quoted}”，是否应为 {near}（{known[near].field.label.zh}）？",
                f"Unknown field “{quoted}”; did you mean {near} ({known[near].field.label.en})?",
            )
        elif len(path) > 1:
            self.problem(
                path,
                f"未知的列“{quoted}”，可用：{'、'.join(known)}。",
                f"Unknown column “{quoted}”; allowed: {', '.join(known)}.",
            )
        else:
            self.problem(
                path,
                f"“{self.form.label.zh}”没有字段“{quoted}”；可用字段见 template 命令给出的空表。",
                f"The form has no field “{quoted}”; the template command lists the fields.",
            )

    def twice(self, path: Path_, key: str, entry: Entry) -> None:
        self.problem(
            path,
            f"“{key}”与 {entry.name} 是同一字段（{entry.field.label.zh}），只能写一次。",
            f"“{key}” and {entry.name} are the same field ({entry.field.label.en}); write it once.",
        )

    def check_form(self, value: Any) -> None:
        if value != self.form.name:
            self.problem(
                ("form",),
                f"这里应为“form: {self.form.name}”，而不是“{value}”。",
                f"This must be “form: {self.form.name}”, not “{value}”.",
            )

    def check_form_kind(self) -> None:
        """The kind of form follows from the nature; one that was written must agree."""
        if "nature" not in self.entries or "form_kind" not in self.entries or "nature" not in self.data:
            return
        kind = form_kind_of(self.data["nature"])
        stated = self.data.get("form_kind", kind)
        if stated != kind:
            options = self.entries["form_kind"].field.options
            natures = self.entries["nature"].field.options
            assert options is not None and natures is not None
            nature = natures.label(self.data["nature"])
            self.problem(
                ("form_kind",),
                f"项目性质为“{nature.zh}”的，申报表类别是“{options.label(kind).zh}”，"
                f"而不是“{options.label(stated).zh}”；这一项可以不填。",
                f"The form of nature “{nature.en}” is “{kind}”, not “{stated}”; it may be left out.",
            )
        self.data["form_kind"] = kind
