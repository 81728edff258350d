"""Dated parameters: the measure's floor, an administrator's overlay, and the set in force on a day.

The floor is the YAML in ``policy/parameters``. Each parameter is a list of values with their start dates; a value
ends where the next begins, so neither gap nor overlap can be written. Before its first date a parameter has no
value. Overlay rows tighten the floor from a date; only a row that names a newer legal basis may loosen it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Union

from .errors import InputError, NoValueInForce, ParameterError
from .money import parse_amount, parse_number
from .strict_yaml import Located, Path_, UnquotedNumber, read_file
from .text import Text, amount_text, date_text, plain_decimal

Value = Union[Decimal, int, str, bool, tuple[str, ...], tuple[tuple[str, Decimal], ...]]
"""money and decimal → Decimal, integer → int, text → str, flag → bool, list → texts, table → (key, Decimal) pairs."""

KINDS = ("money", "decimal", "integer", "text", "month_day", "flag", "list", "table")
TIGHTEN = ("lower", "higher", "none")
UNITS = {
    "yuan": Text("元", "yuan"), "percent": Text("%", "%"), "point": Text("分", "points"), "factor": Text("系数", "factor"),
    "month": Text("个月", "months"), "year": Text("年", "years"), "working day": Text("个工作日", "working days"),
    "MM-DD": Text("月-日", "MM-DD"), "row": Text("条", "rows"), "quotation": Text("份报价", "quotations"),
    "expert": Text("名专家", "experts"), "person": Text("人", "persons"), "person-hour": Text("人时", "person-hours"),
    "function point": Text("功能点", "function points"), "actor": Text("主体", "actor"), "organ": Text("部门", "organs"),
    "document": Text("文件", "document"), "article": Text("条款", "articles"), "dimension": Text("维度", "dimensions"),
    "division code": Text("行政区划代码", "division code"),
    "options of nature": Text("项目性质", "natures"), "options of funding_lines.source": Text("资金来源", "sources"),
    "options of exemption_level": Text("依据层级", "levels"), "options of consent_kind": Text("同意文件种类", "kinds"),
}
"""Every unit a parameter may have, as people read it."""

FOLDER = Path(__file__).with_name("parameters")
_PARAMETER_KEYS = {"zh", "en", "kind", "unit", "tighten", "values"}
_VALUE_KEYS = {"from", "value", "document", "article", "judgement", "note"}


@dataclass(frozen=True)
class DatedValue:
    """One value of a parameter from a day on, with its own source."""

    since: date
    value: Value
    document: str
    article: str
    judgement: bool = False
    note: str = ""


@dataclass(frozen=True)
class Parameter:
    """A parameter of the measure: name, label, kind, unit, direction in which it may be tightened, dated values."""

    name: str
    label: Text
    kind: str
    unit: str
    tighten: str
    values: tuple[DatedValue, ...]

    def floor_on(self, as_of: date) -> DatedValue:
        """The floor's value in force on ``as_of``.

        Raises:
            NoValueInForce: ``as_of`` is before the first value.
        """
        in_force = [v for v in self.values if v.since <= as_of]
        if not in_force:
            first = self.values[0].since
            raise NoValueInForce(
                f"参数“{self.label.zh}”在{date_text(as_of, 'zh')}尚无有效值，最早自{date_text(first, 'zh')}起施行。",
                f"Parameter “{self.label.en}” has no value in force on {as_of}; its first begins on {first}.",
            )
        return in_force[-1]


@dataclass(frozen=True)
class OverlayRow:
    """A row of IT Project Policy: a value that an administrator sets from a day on.

    Attributes:
        newer_basis: the row names a legal basis newer than the floor's, and may therefore loosen it.
    """

    parameter: str
    value: Value
    since: date
    document: str
    article: str = ""
    reason: str = ""
    newer_basis: bool = False


@dataclass(frozen=True)
class ParameterUse:
    """A parameter's value as a rule used it: what, since when, from which text."""

    name: str
    label: Text
    kind: str
    value: Value
    unit: str
    since: date
    document: str
    article: str
    judgement: bool
    source: str = "floor"

    def as_plain(self) -> dict[str, Any]:
        """Plain text values, for JSON."""
        return {
            "name": self.name, "value": value_text(self.kind, self.value), "unit": self.unit,
            "since": self.since.isoformat(), "document": self.document, "article": self.article,
            "judgement": self.judgement, "source": self.source,
        }


def value_text(kind: str, value: Value) -> Any:
    """A parameter's value as JSON holds it: amounts with two decimals, other decimals plain, all as text."""
    if isinstance(value, tuple):
        return [[k, plain_decimal(v)] if isinstance(v, Decimal) else k
                for k, v in ((item, None) if isinstance(item, str) else item for item in value)]
    if isinstance(value, Decimal):
        return amount_text(value) if kind == "money" else plain_decimal(value)
    return value


@dataclass(frozen=True)
class ResolvedSet:
    """All parameters in force on one day. Hashable; ``digest`` identifies it; ``explain`` tells where each is from."""

    as_of: date
    uses: tuple[ParameterUse, ...]
    not_yet: tuple[Parameter, ...] = ()

    @cached_property
    def _by_name(self) -> dict[str, ParameterUse]:
        return {use.name: use for use in self.uses}

    def use(self, name: str) -> ParameterUse:
        """The value of ``name`` with its source.

        Raises:
            NoValueInForce: it begins later than ``as_of``.
            KeyError: there is no such parameter (a mistake in the program).
        """
        if name in self._by_name:
            return self._by_name[name]
        for parameter in self.not_yet:
            if parameter.name == name:
                parameter.floor_on(self.as_of)
        raise KeyError(name)

    def decimal(self, name: str) -> Decimal:
        """An amount of yuan, a percentage or another decimal."""
        value = self.use(name).value
        assert isinstance(value, Decimal), name
        return value

    def integer(self, name: str) -> int:
        """A whole number: months, years, working days, pieces."""
        value = self.use(name).value
        assert isinstance(value, int) and not isinstance(value, bool), name
        return value

    def text(self, name: str) -> str:
        """A text, or a ``MM-DD`` day of the year."""
        value = self.use(name).value
        assert isinstance(value, str), name
        return value

    def flag(self, name: str) -> bool:
        """Yes or no."""
        value = self.use(name).value
        assert isinstance(value, bool), name
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self.use(name).value
        assert isinstance(value, tuple)
        return tuple(v for v in value if isinstance(v, str))

    def table(self, name: str) -> dict[str, Decimal]:
        """Named decimals."""
        value = self.use(name).value
        assert isinstance(value, tuple)
        return {v[0]: v[1] for v in value if not isinstance(v, str)}

    @cached_property
    def digest(self) -> str:
        """Hex SHA-256 of the set in canonical form: what a decision keeps."""
        plain = [use.as_plain() for use in self.uses]
        line = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(line.encode()).hexdigest()

    def explain(self, lang: str = "zh") -> list[str]:
        """One sentence a parameter: value, unit, since when, from which document and article, judgement or not."""
        out = []
        for use in self.uses:
            shown = json.dumps(value_text(use.kind, use.value), ensure_ascii=False)
            if lang == "zh":
                judged = "，属本县判断" if use.judgement else ""
                out.append(f"{use.label.zh}：{shown}（{UNITS[use.unit].zh}），自{date_text(use.since, 'zh')}起，"
                           f"依据{use.document}{article_text(use.article).zh}{judged}")
            else:
                judged = ", a judgement" if use.judgement else ""
                out.append(f"{use.label.en}: {shown} ({UNITS[use.unit].en}), since {use.since}, "
                           f"by {use.document} {article_text(use.article).en}{judged}")
        return out


def article_text(article: str) -> Text:
    """``12`` → 第十二条 / art. 12; ``form`` → 申报表 / the form; other texts as they are."""
    if article.isdigit():
        return Text(f"第{_chinese_number(int(article))}条", f"art. {article}")
    if "." in article and article.replace(".", "").isdigit():
        number, item = article.split(".", 1)
        return Text(f"第{_chinese_number(int(number))}条第{_chinese_number(int(item))}项", f"art. {number}({item})")
    if article == "form":
        return Text("申报表", "the form")
    return Text(article, article)


def _chinese_number(number: int) -> str:
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    if not tens:
        return digits[ones]
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")


# --- resolving -------------------------------------------------------------------------------------------------------


def resolve(parameters: Mapping[str, Parameter], overlay: Iterable[OverlayRow], as_of: date) -> ResolvedSet:
    """Merge floor and overlay as of one day.

    Args:
        parameters: the floor, by name.
        overlay: rows in any order; rows that begin after ``as_of`` do not count.
        as_of: the day of the case (of handing in, of approval), never simply today.

    Raises:
        ParameterError: a row names no known parameter, or loosens the floor without a newer legal basis.
    """
    rows: dict[str, list[OverlayRow]] = {}
    for row in overlay:
        if row.parameter not in parameters:
            raise ParameterError(f"没有名为“{row.parameter}”的参数。", f"There is no parameter “{row.parameter}”.",
                                 field=row.parameter)
        if row.since <= as_of:
            rows.setdefault(row.parameter, []).append(row)
    uses, not_yet = [], []
    for name in sorted(parameters):
        parameter = parameters[name]
        try:
            base = parameter.floor_on(as_of)
        except NoValueInForce:
            not_yet.append(parameter)
            continue
        uses.append(_merge(parameter, base, rows.get(name, [])))
    return ResolvedSet(as_of, tuple(uses), tuple(not_yet))


def _merge(parameter: Parameter, base: DatedValue, rows: Sequence[OverlayRow]) -> ParameterUse:
    floor_since, chosen = base.since, base
    source = "floor"
    for row in sorted(rows, key=lambda r: r.since):
        as_value = DatedValue(row.since, row.value, row.document, row.article)
        if row.newer_basis and row.since >= floor_since:
            floor_since, base = row.since, as_value
            chosen, source = as_value, "overlay"
        elif may_replace(parameter, base, row.value):
            chosen, source = as_value, "overlay"
        elif row.since >= floor_since:
            raise ParameterError(
                f"参数“{parameter.label.zh}”自{date_text(row.since, 'zh')}起的取值放宽了{base.document}的下限；"
                "只能收紧，除非写明更新的法律依据。",
                f"The value of “{parameter.label.en}” from {row.since} loosens the floor of {base.document}; "
                "it may only be tightened unless a newer legal basis is named.", field=parameter.name)
        else:  # an older row that a later floor has overtaken
            chosen, source = base, "floor"
    return ParameterUse(parameter.name, parameter.label, parameter.kind, chosen.value, parameter.unit, chosen.since,
                        chosen.document, chosen.article, chosen.judgement, source)


def may_replace(parameter: Parameter, base: DatedValue, value: Value) -> bool:
    """Whether ``value`` may overlay ``base`` without a newer legal basis.

    With a direction: equal or further that way (tables entry by entry, ``MM-DD`` by date). Without one, a
    judgement may be replaced freely and the measure's own words only by the same value.
    """
    if parameter.tighten == "none":
        return base.judgement or value == base.value
    if parameter.kind == "table":
        old, new = dict(base.value), dict(value)  # type: ignore[arg-type]
        return old.keys() == new.keys() and all(_not_looser(parameter.tighten, old[k], new[k]) for k in old)
    return _not_looser(parameter.tighten, base.value, value)


def _not_looser(tighten: str, old: Any, new: Any) -> bool:
    return bool(new <= old if tighten == "lower" else new >= old)


# --- loading ---------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def floor() -> dict[str, Parameter]:
    """The shipped parameters by name, read once."""
    return load_folder(FOLDER)


@lru_cache(maxsize=512)
def in_force(as_of: date) -> ResolvedSet:
    """The shipped parameters in force on ``as_of``, without any overlay."""
    return resolve(floor(), (), as_of)


def load_folder(folder: Path) -> dict[str, Parameter]:
    """Read every ``*.yaml`` of ``folder``; a name may stand in one file only.

    Raises:
        ParameterError: with file, line and field.
    """
    found: dict[str, Parameter] = {}
    for path in sorted(folder.glob("*.yaml")):
        for name, parameter in load_parameters(read_file(path)).items():
            if name in found:
                raise ParameterError(f"参数“{name}”在另一个文件里已经定义。",
                                     f"Parameter “{name}” is already defined in another file.",
                                     file=str(path), field=name)
            found[name] = parameter
    return found


def load_parameters(located: Located) -> dict[str, Parameter]:
    """Parameters of one file.

    Raises:
        ParameterError: unknown, missing or malformed key, unit missing, dates not strictly ascending, money unquoted.
    """
    if not isinstance(located.data, dict):
        raise _wrong(located, (), "参数文件最外层应是参数名", "A parameter file holds parameter names at its top")
    return {name: _parameter(located, name) for name in located.data}


def _parameter(located: Located, name: str) -> Parameter:
    body = located.data[name]
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise _wrong(located, (name,), "参数名只用小写字母、数字和下划线", "A parameter's name is lower-case snake case")
    _keys(located, (name,), body, _PARAMETER_KEYS, _PARAMETER_KEYS)
    kind, tighten = body["kind"], body["tighten"]
    if kind not in KINDS:
        raise _wrong(located, (name, "kind"), f"kind 只能是 {'、'.join(KINDS)}", f"kind is one of {', '.join(KINDS)}")
    if tighten not in TIGHTEN:
        raise _wrong(located, (name, "tighten"), f"tighten 只能是 {'、'.join(TIGHTEN)}",
                     f"tighten is one of {', '.join(TIGHTEN)}")
    if body["unit"] not in UNITS:
        raise _wrong(located, (name, "unit"), f"未知的单位“{body['unit']}”，可用：{'、'.join(UNITS)}",
                     f"Unknown unit “{body['unit']}”; allowed: {', '.join(UNITS)}")
    rows = body["values"]
    if not isinstance(rows, list) or not rows:
        raise _wrong(located, (name, "values"), "values 至少要有一行", "values needs at least one row")
    values: list[DatedValue] = []
    for number, row in enumerate(rows):
        here: Path_ = (name, "values", number)
        _keys(located, here, row, {"from", "value", "document", "article"}, _VALUE_KEYS)
        since = _day(located, (*here, "from"), row["from"])
        if values and since <= values[-1].since:
            raise _wrong(located, (*here, "from"), "起始日期须逐行递增", "Start dates must ascend row by row")
        judgement = row.get("judgement", False)
        if not isinstance(judgement, bool):
            raise _wrong(located, (*here, "judgement"), "judgement 只能是 true 或 false", "judgement is true or false")
        values.append(DatedValue(since, _value(located, (*here, "value"), kind, row["value"]),
                                 _text(located, (*here, "document"), row["document"]),
                                 _text(located, (*here, "article"), row["article"]), judgement,
                                 str(row.get("note") or "")))
    return Parameter(name, Text(_text(located, (name, "zh"), body["zh"]), _text(located, (name, "en"), body["en"])),
                     kind, _text(located, (name, "unit"), body["unit"]), tighten, tuple(values))


def _wrong(located: Located, path: Path_, zh: str, en: str) -> ParameterError:
    error = located.error(path, zh + "。", en + ".")
    return ParameterError(error.zh, error.en, file=error.file, line=error.line, field=error.field)


def _keys(located: Located, path: Path_, body: Any, needed: set[str], allowed: set[str]) -> None:
    if not isinstance(body, dict):
        raise _wrong(located, path, "这里应是若干“键: 值”", "A mapping is due here")
    for key in body:
        if key not in allowed:
            raise _wrong(located, (*path, key), f"未知的键“{key}”，可用：{'、'.join(sorted(allowed))}",
                         f"Unknown key “{key}”; allowed: {', '.join(sorted(allowed))}")
    for key in sorted(needed):
        if body.get(key) is None:
            raise _wrong(located, path, f"缺少“{key}”", f"“{key}” is missing")


def _text(located: Located, path: Path_, value: Any) -> str:
    if not isinstance(value, str) or isinstance(value, UnquotedNumber) or not value.strip():
        raise _wrong(located, path, "这里应是文字（数字请加引号）", "Text is due here (quote a number)")
    return value


def _day(located: Located, path: Path_, value: Any) -> date:
    try:
        return date.fromisoformat(value if re.fullmatch(r"\d{4}-\d\d-\d\d", str(value), re.ASCII) else "")
    except (TypeError, ValueError):
        raise _wrong(located, path, f"“{value}”不是日期（YYYY-MM-DD）", f"“{value}” is not a date (YYYY-MM-DD)") from None


def _value(located: Located, path: Path_, kind: str, value: Any) -> Value:
    try:
        return read_value(kind, value)
    except InputError as error:
        raise _wrong(located, path, error.zh.rstrip("。"), error.en.rstrip(".")) from None


def _read_integer(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise InputError("这里应是不加引号的非负整数", "An unquoted non-negative whole number is due here")


def _read_decimal(value: Any) -> Decimal:
    if not isinstance(value, str) or isinstance(value, UnquotedNumber):
        raise InputError("小数须加引号写成文本", "A decimal must be quoted")
    return parse_number(value)


def _read_money(value: Any) -> Decimal:
    if isinstance(value, UnquotedNumber):
        raise InputError("金额须加引号写成文本（如 \"200000.00\"）", 'An amount must be quoted (such as "200000.00")')
    return parse_amount(value)


def _read_plain_text(value: Any) -> str:
    if isinstance(value, str) and value.strip():
        return value
    raise InputError("这里应是文字", "Text is due here")


def _read_month_day(value: Any) -> str:
    try:
        if isinstance(value, str) and re.fullmatch(r"\d\d-\d\d", value, re.ASCII):
            date.fromisoformat("2024-" + value)
            return value
    except ValueError:
        pass
    raise InputError("这里应是 MM-DD 形式的月日", "A day of the year as MM-DD is due here")


def _read_flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise InputError("这里只能是 true 或 false", "true or false is due here")


def _read_list(value: Any) -> tuple[str, ...]:
    if isinstance(value, list) and value and all(isinstance(v, str) for v in value) and len(set(value)) == len(value):
        return tuple(value)
    raise InputError("这里应是不重复的文字列表", "A list of different texts is due here")


def _read_table(value: Any) -> tuple[tuple[str, Decimal], ...]:
    if isinstance(value, dict) and value:
        return tuple((key, _read_decimal(item)) for key, item in value.items())
    raise InputError("这里应是“名称: 小数”的表", "A table of name: decimal is due here")


_VALUE_READERS: dict[str, Any] = {
    "money": _read_money, "decimal": _read_decimal, "integer": _read_integer, "text": _read_plain_text,
    "month_day": _read_month_day, "flag": _read_flag, "list": _read_list, "table": _read_table,
}


def read_value(kind: str, value: Any) -> Value:
    """Read one value of ``kind`` as the YAML would hold it; for overlay rows that a person typed.

    Raises:
        InputError: not such a value.
    """
    result: Value = _VALUE_READERS[kind](value)
    return result

