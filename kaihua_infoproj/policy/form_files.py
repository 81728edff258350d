"""Loading form schemas from YAML: strict, every mistake with file, line and key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .form_types import ACTORS, TYPES, Condition, Field, Form, Option, OptionList, Section, option_key
from .strict_yaml import Located, Path_
from .text import Text

_FORM_KEYS = {"form", "doctype", "zh", "en", "sections"}
_SECTION_KEYS = {"zh", "en", "fields"}
_SECTION_OPTIONAL = {"help_zh", "help_en", "kinds", "by"}
_FIELD_KEYS = {"type", "zh", "en"}
_FIELD_OPTIONAL = {
    "help_zh",
    "help_en",
    "options",
    "link",
    "rows",
    "many",
    "derived",
    "stated",
    "signed",
    "product",
    "length",
    "minimum",
    "maximum",
    "required",
    "when",
    "unless",
    "kinds",
    "by",
    "also",
    "ticked",
}
_ONLY_FOR = {
    "options": ("select", "multi"),
    "link": ("link",),
    "rows": ("table",),
    "signed": ("money",),
    "product": ("money",),
    "length": ("data", "text", "editor"),
    "ticked": ("check",),
    "many": ("file", "data", "link"),
    "minimum": ("int",),
    "maximum": ("int", "percent", "decimal"),
}
_NEEDED_FOR = {"select": "options", "multi": "options", "link": "link", "table": "rows"}
_KINDS = ("construction", "O&M", "service")
_DEMAND_KEYS = ("all", *_KINDS, "new", "continued", "upgrade")
_ARTICLE = re.compile(r"[0-9]{1,2}|form")
_NAME = re.compile(r"[a-z][a-z0-9_]*")


def read_options(located: Located) -> dict[str, OptionList]:
    """Option lists by name.

    Raises:
        InputError: unknown key, or two options of one list that a reader could not tell apart.
    """
    out = {}
    for name, body in _mapping(located, ()).items():
        options: list[Option] = []
        taken: dict[str, str] = {}
        for value, spec in _mapping(located, (name,)).items():
            here: Path_ = (name, value)
            _check_keys(located, here, spec, {"zh"}, {"en", "also"})
            label = Text(_text(located, (*here, "zh"), spec["zh"]), str(spec.get("en") or value[0].upper() + value[1:]))
            option = Option(value, label, _texts(located, (*here, "also"), spec.get("also", [])))
            for word in (option.value, option.label.zh, option.label.en, *option.also):
                if taken.setdefault(option_key(word), value) != value:
                    raise located.error(
                        here,
                        f"“{word}”与“{taken[option_key(word)]}”无法区分。",
                        f"“{word}” cannot be told from “{taken[option_key(word)]}”.",
                    )
            options.append(option)
        if not body:
            raise located.error((name,), "选项不能为空。", "Options are missing.")
        out[name] = OptionList(name, tuple(options))
    return out


def read_form(located: Located, options: Mapping[str, OptionList]) -> Form:
    """One form.

    Raises:
        InputError: unknown, missing or contradictory key; unknown option list, demand, condition or actor; a
            fieldname used twice.
    """
    data = _mapping(located, ())
    _check_keys(located, (), data, _FORM_KEYS, {"annex", "demands"})
    demands = {
        name: _demand(located, ("demands", name), body, {})
        for name, body in _mapping(located, ("demands",), data.get("demands", {})).items()
    }
    loader = _FieldLoader(located, options, demands)
    sections = []
    for name, body in _mapping(located, ("sections",)).items():
        here: Path_ = ("sections", name)
        _check_keys(located, here, body, _SECTION_KEYS, _SECTION_OPTIONAL)
        kinds = loader.kinds(here, body)
        by = loader.actor(here, body, "unit")
        fields = loader.fields((*here, "fields"), name, kinds, by)
        sections.append(Section(name, _label(located, here, body), fields, _help(located, here, body), kinds, by))
    form = Form(
        _text(located, ("form",), data["form"]),
        _text(located, ("doctype",), data["doctype"]),
        _label(located, (), data),
        tuple(sections),
        str(data.get("annex", "")),
    )
    names: set[str] = set()
    for section in sections:
        for field in section.fields:
            here = ("sections", section.name, "fields", field.fieldname)
            for name in (field.fieldname, *field.also):
                if name in names or name == "form":
                    raise located.error(here, f"字段名“{name}”重复。", f"The fieldname “{name}” is used twice.")
                names.add(name)
            loader.check_conditions(here, field, form.by_name)
    return form


class _FieldLoader:
    """Reads fields of one form."""

    def __init__(
        self, located: Located, options: Mapping[str, OptionList], demands: Mapping[str, tuple[tuple[str, str], ...]]
    ) -> None:
        self.located, self.options, self.demands = located, options, demands

    def fields(self, path: Path_, section: str, kinds: tuple[str, ...], by: str) -> tuple[Field, ...]:
        return tuple(
            self.field((*path, name), name, body, section, kinds, by)
            for name, body in _mapping(self.located, path).items()
        )

    def field(self, path: Path_, name: str, body: Any, section: str, kinds: tuple[str, ...], by: str) -> Field:
        located = self.located
        if not _NAME.fullmatch(name):
            raise located.error(path, "字段名只用小写字母、数字和下划线。", "A fieldname is lower-case snake case.")
        _check_keys(located, path, body, _FIELD_KEYS, _FIELD_OPTIONAL)
        kind = body["type"]
        if kind not in TYPES:
            raise located.error(
                (*path, "type"), f"type 只能是 {'、'.join(TYPES)}。", f"type is one of {', '.join(TYPES)}."
            )
        for key, types in _ONLY_FOR.items():
            if key in body and kind not in types:
                raise located.error(
                    (*path, key), f"{key} 只用于 {'、'.join(types)}。", f"{key} is for {', '.join(types)}."
                )
        if (needed := _NEEDED_FOR.get(kind)) and needed not in body:
            raise located.error(path, f"{kind} 须写明 {needed}。", f"{kind} needs {needed}.")
        options = None
        if "options" in body:
            options = self.options.get(str(body["options"]))
            if options is None:
                raise located.error(
                    (*path, "options"),
                    f"没有选项“{body['options']}”。",
                    f"There is no option list “{body['options']}”.",
                )
        own_by = self.actor(path, body, by)
        own_kinds = self.kinds(path, body) or kinds
        rows: tuple[Field, ...] = ()
        if kind == "table":
            rows = self.fields((*path, "rows"), section, own_kinds, own_by)
            columns = by_columns(rows)
            for column in rows:
                here = (*path, "rows", column.fieldname)
                if column.type == "table":
                    raise located.error(here, "表内不能再有表。", "A table has no table within.")
                self.check_conditions(here, column, columns)
                for factor in column.product:
                    if factor not in columns:
                        raise located.error(
                            (*here, "product"), f"没有列“{factor}”。", f"There is no column “{factor}”."
                        )
        return Field(
            name,
            kind,
            _label(located, path, body),
            _help(located, path, body),
            section,
            options,
            str(body.get("link", "")),
            rows,
            self.flag(path, body, "many"),
            self.flag(path, body, "derived"),
            self.flag(path, body, "stated"),
            self.flag(path, body, "signed"),
            _texts(located, (*path, "product"), body.get("product", [])),
            self.number(path, body, "length") or 0,
            self.number(path, body, "minimum"),
            self.number(path, body, "maximum"),
            _demand(located, (*path, "required"), body["required"], self.demands) if "required" in body else (),
            self.conditions((*path, "when"), body.get("when", {})),
            self.conditions((*path, "unless"), body.get("unless", {})),
            own_kinds,
            own_by,
            _texts(located, (*path, "also"), body.get("also", [])),
            self.flag(path, body, "ticked"),
        )

    def kinds(self, path: Path_, body: Mapping[str, Any]) -> tuple[str, ...]:
        kinds = _texts(self.located, (*path, "kinds"), body.get("kinds", []))
        for kind in kinds:
            if kind not in _KINDS:
                raise self.located.error(
                    (*path, "kinds"), f"kinds 只能是 {'、'.join(_KINDS)}。", f"kinds are {', '.join(_KINDS)}."
                )
        return kinds

    def actor(self, path: Path_, body: Mapping[str, Any], default: str) -> str:
        by = str(body.get("by", default))
        if by not in ACTORS:
            raise self.located.error(
                (*path, "by"), f"by 只能是 {'、'.join(ACTORS)}。", f"by is one of {', '.join(ACTORS)}."
            )
        return by

    def flag(self, path: Path_, body: Mapping[str, Any], key: str) -> bool:
        value = body.get(key, False)
        if not isinstance(value, bool):
            raise self.located.error((*path, key), f"{key} 只能是 true 或 false。", f"{key} is true or false.")
        return value

    def number(self, path: Path_, body: Mapping[str, Any], key: str) -> int | None:
        value = body.get(key)
        if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
            raise self.located.error((*path, key), f"{key} 应是整数。", f"{key} is a whole number.")
        return value

    def conditions(self, path: Path_, body: Any) -> tuple[Condition, ...]:
        out = []
        for name, values in _mapping(self.located, path, body).items():
            if not isinstance(values, list) or not values or not all(isinstance(v, (str, bool)) for v in values):
                raise self.located.error((*path, name), "条件须是取值的列表。", "A condition is a list of values.")
            out.append(Condition(name, tuple(values)))
        return tuple(out)

    def check_conditions(self, path: Path_, field: Field, siblings: Mapping[str, Field]) -> None:
        """Conditions may name siblings only, and only values that these can have."""
        for condition in (*field.when, *field.unless):
            other = siblings.get(condition.fieldname)
            if other is None:
                raise self.located.error(
                    path,
                    f"条件里的“{condition.fieldname}”不是同一张表的字段。",
                    f"“{condition.fieldname}” in the condition is no sibling field.",
                )
            known: tuple[str | bool, ...] = other.options.values if other.options else (True, False)
            for value in condition.values:
                if value not in known:
                    raise self.located.error(
                        path,
                        f"“{condition.fieldname}”没有取值“{value}”。",
                        f"“{condition.fieldname}” has no value “{value}”.",
                    )


def by_columns(rows: tuple[Field, ...]) -> dict[str, Field]:
    """Columns by their fieldname alone."""
    return {column.fieldname: column for column in rows}


def _demand(
    located: Located, path: Path_, body: Any, named: Mapping[str, tuple[tuple[str, str], ...]]
) -> tuple[tuple[str, str], ...]:
    if isinstance(body, str):
        if body not in named:
            raise located.error(path, f"没有名为“{body}”的填写要求。", f"There is no demand named “{body}”.")
        return named[body]
    out = []
    for key, article in _mapping(located, path, body).items():
        if key not in _DEMAND_KEYS:
            raise located.error(
                (*path, key), f"只能是 {'、'.join(_DEMAND_KEYS)}。", f"Allowed: {', '.join(_DEMAND_KEYS)}."
            )
        if not isinstance(article, str) or not _ARTICLE.fullmatch(article):
            raise located.error(
                (*path, key),
                '条号须加引号（如 "4"），没有条款要求的写 form。',
                'An article is quoted (such as "4"); where none asks write form.',
            )
        out.append((key, article))
    return tuple(out)


def _mapping(located: Located, path: Path_, body: Any = ...) -> dict[str, Any]:
    if body is ...:
        body = located.data
        for part in path:
            body = body[part]
    if not isinstance(body, dict):
        raise located.error(path, "这里应是若干“键: 值”。", "A mapping is due here.")
    return body


def _check_keys(located: Located, path: Path_, body: Any, needed: set[str], optional: set[str]) -> None:
    for key in _mapping(located, path, body):
        if key not in needed | optional:
            allowed = sorted(needed | optional)
            raise located.error(
                (*path, key),
                f"未知的键“{key}”，可用：{'、'.join(allowed)}。",
                f"Unknown key “{key}”; allowed: {', '.join(allowed)}.",
            )
    for key in sorted(needed):
        if body.get(key) is None:
            raise located.error(path, f"缺少“{key}”。", f"“{key}” is missing.")


def _text(located: Located, path: Path_, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise located.error(path, "这里应是文字。", "Text is due here.")
    return value


def _texts(located: Located, path: Path_, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise located.error(path, "这里应是文字列表。", "A list of texts is due here.")
    return tuple(value)


def _label(located: Located, path: Path_, body: Mapping[str, Any]) -> Text:
    return Text(_text(located, (*path, "zh"), body["zh"]), _text(located, (*path, "en"), body["en"]))


def _help(located: Located, path: Path_, body: Mapping[str, Any]) -> Text:
    if ("help_zh" in body) != ("help_en" in body):
        raise located.error(path, "help_zh 与 help_en 须同时写。", "help_zh and help_en stand together.")
    if "help_zh" not in body:
        return Text("", "")
    return Text(
        _text(located, (*path, "help_zh"), body["help_zh"]), _text(located, (*path, "help_en"), body["help_en"])
    )
