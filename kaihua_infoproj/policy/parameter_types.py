"""What a parameter is: dated values, each with its own source; and a value as a rule used it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Union

from .errors import NoValueInForce
from .text import Text, amount_text, date_text, plain_decimal

Value = Union[Decimal, int, str, bool, tuple[str, ...], tuple[tuple[str, Decimal], ...]]
"""money and decimal → Decimal, integer → int, text → str, flag → bool, list → texts, table → (key, Decimal) pairs."""

KINDS = ("money", "decimal", "integer", "text", "month_day", "flag", "list", "table")
TIGHTEN = ("lower", "higher", "none")
UNITS = {
    "yuan": Text("元", "yuan"),
    "percent": Text("%", "%"),
    "point": Text("分", "points"),
    "factor": Text("系数", "factor"),
    "month": Text("个月", "months"),
    "year": Text("年", "years"),
    "working day": Text("个工作日", "working days"),
    "MM-DD": Text("月-日", "MM-DD"),
    "row": Text("条", "rows"),
    "quotation": Text("份报价", "quotations"),
    "expert": Text("名专家", "experts"),
    "person": Text("人", "persons"),
    "person-hour": Text("人时", "person-hours"),
    "function point": Text("功能点", "function points"),
    "actor": Text("主体", "actor"),
    "organ": Text("部门", "organs"),
    "document": Text("文件", "document"),
    "article": Text("条款", "articles"),
    "dimension": Text("维度", "dimensions"),
    "day of the case": Text("适用日", "day of the case"),
    "division code": Text("行政区划代码", "division code"),
    "gate": Text("前置条件", "gates"),
    "part": Text("部分", "parts"),
    "options of nature": Text("项目性质", "natures"),
    "options of funding_lines.source": Text("资金来源", "sources"),
    "options of exemption_level": Text("依据层级", "levels"),
    "options of consent_kind": Text("同意文件种类", "kinds"),
    "options of investment_lines.category": Text("费用类别", "line categories"),
}
"""Every unit a parameter may have, as people read it."""


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
            "name": self.name,
            "value": value_text(self.kind, self.value),
            "unit": self.unit,
            "since": self.since.isoformat(),
            "document": self.document,
            "article": self.article,
            "judgement": self.judgement,
            "source": self.source,
        }


def value_text(kind: str, value: Value) -> Any:
    """A parameter's value as JSON holds it: amounts with two decimals, other decimals plain, all as text."""
    if isinstance(value, tuple):
        return [
            [k, plain_decimal(v)] if isinstance(v, Decimal) else k
            for k, v in ((item, None) if isinstance(item, str) else item for item in value)
        ]
    if isinstance(value, Decimal):
        return amount_text(value) if kind == "money" else plain_decimal(value)
    return value


def article_text(article: str) -> Text:
    """``12`` → 第十二条 / art. 12; ``form`` → 申报表 / the form; ``flow`` → 办理流程 / the procedure; other texts as they are."""
    if article.isdigit():
        return Text(f"第{_chinese_number(int(article))}条", f"art. {article}")
    if "." in article and article.replace(".", "").isdigit():
        number, item = article.split(".", 1)
        return Text(f"第{_chinese_number(int(number))}条第{_chinese_number(int(item))}项", f"art. {number}({item})")
    if article == "form":
        return Text("申报表", "the form")
    if article == "flow":
        return Text("办理流程", "the procedure")
    return Text(article, article)


def _chinese_number(number: int) -> str:
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    if not tens:
        return digits[ones]
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")
