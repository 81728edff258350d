"""Dated parameters: the measure's floor, an administrator's overlay, and the set in force on a day.

The floor is the YAML in ``policy/parameters``. Each parameter is a list of values with their start dates; a value
ends where the next begins, so neither gap nor overlap can be written. Before its first date a parameter has no
value. Overlay rows tighten the floor from a date; only a row that names a newer legal basis may loosen it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from .errors import NoValueInForce, ParameterError
from .parameter_files import load_folder, load_parameters, read_value
from .parameter_types import (
    KINDS,
    UNITS,
    DatedValue,
    OverlayRow,
    Parameter,
    ParameterUse,
    Value,
    article_text,
    value_text,
)
from .text import date_text

__all__ = [
    "KINDS",
    "UNITS",
    "DatedValue",
    "OverlayRow",
    "Parameter",
    "ParameterUse",
    "ResolvedSet",
    "Value",
    "article_text",
    "floor",
    "in_force",
    "load_folder",
    "load_parameters",
    "may_replace",
    "read_value",
    "resolve",
    "value_text",
]

FOLDER = Path(__file__).with_name("parameters")


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
                out.append(
                    f"{use.label.zh}：{shown}（{UNITS[use.unit].zh}），自{date_text(use.since, 'zh')}起，"
                    f"依据{use.document}{article_text(use.article).zh}{judged}"
                )
            else:
                judged = ", a judgement" if use.judgement else ""
                out.append(
                    f"{use.label.en}: {shown} ({UNITS[use.unit].en}), since {use.since}, "
                    f"by {use.document} {article_text(use.article).en}{judged}"
                )
        return out


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
            raise ParameterError(
                f"没有名为“{row.parameter}”的参数。", f"There is no parameter “{row.parameter}”.", field=row.parameter
            )
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
                "it may only be tightened unless a newer legal basis is named.",
                field=parameter.name,
            )
        else:  # an older row that a later floor has overtaken
            chosen, source = base, "floor"
    return ParameterUse(
        parameter.name,
        parameter.label,
        parameter.kind,
        chosen.value,
        parameter.unit,
        chosen.since,
        chosen.document,
        chosen.article,
        chosen.judgement,
        source,
    )


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


@lru_cache(maxsize=1)
def floor() -> dict[str, Parameter]:
    """The shipped parameters by name, read once."""
    return load_folder(FOLDER)


@lru_cache(maxsize=512)
def in_force(as_of: date) -> ResolvedSet:
    """The shipped parameters in force on ``as_of``, without any overlay."""
    return resolve(floor(), (), as_of)
