"""Dated checklists: chapters of a scheme, items of the reviews, contract clauses, archive, scores.

They are judgement, shipped to begin with; an administrator edits dated rows on the site. ``policy/forms/checklists``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from .calendar import parse_day
from .errors import InputError, NoValueInForce
from .money import parse_number
from .strict_yaml import Located, Path_, read_file
from .text import Text, date_text

FOLDER = Path(__file__).with_name("forms") / "checklists"

_ITEM_KEYS = {"code", "zh", "en", "group", "article", "points", "hint"}


@dataclass(frozen=True)
class ChecklistItem:
    """One row. ``group`` is the normal form of its dimension, part or phase; ``points`` its full marks, where scored.

    ``article`` is the article behind the question, empty if only our form asks; ``hint``: the system helps to answer.
    """

    code: str
    label: Text
    group: str = ""
    article: str = ""
    points: Decimal | None = None
    hint: bool = False


@dataclass(frozen=True)
class Edition:
    """The rows in force from ``since`` until the next edition."""

    since: date
    items: tuple[ChecklistItem, ...]
    judgement: bool


@dataclass(frozen=True)
class Checklist:
    """A named checklist with its editions in order of date."""

    name: str
    label: Text
    editions: tuple[Edition, ...]

    def on(self, day: date) -> Edition:
        """The edition in force on ``day``.

        Raises:
            NoValueInForce: ``day`` lies before the first edition.
        """
        found = [edition for edition in self.editions if edition.since <= day]
        if not found:
            first = self.editions[0].since
            raise NoValueInForce(
                f"“{self.label.zh}”自{date_text(first, 'zh')}起才有，{date_text(day, 'zh')}没有。",
                f"“{self.label.en}” begins on {first}; there is none on {day}.",
                field=self.name,
            )
        return found[-1]


@cache
def checklist_names() -> tuple[str, ...]:
    """Names of the shipped checklists."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


@cache
def checklist(name: str) -> Checklist:
    """The shipped checklist ``name``, read once.

    Raises:
        InputError: there is none, or its file is not well-formed.
    """
    if name not in checklist_names():
        raise InputError(
            f"没有核对表“{name}”，可用：{'、'.join(checklist_names())}。",
            f"There is no checklist “{name}”; allowed: {', '.join(checklist_names())}.",
        )
    return load_checklist(read_file(FOLDER / f"{name}.yaml"))


def load_checklist(located: Located) -> Checklist:
    """A checklist from its file.

    Raises:
        InputError: unknown or missing key, editions not in order, a code used twice, points unquoted.
    """
    data = located.data
    _keys(located, (), data, {"checklist", "zh", "en", "editions"}, {"checklist", "zh", "en", "editions"})
    editions: list[Edition] = []
    for number, body in enumerate(_rows(located, ("editions",), data["editions"])):
        here: Path_ = ("editions", number)
        _keys(located, here, body, {"from", "items"}, {"from", "items", "judgement"})
        try:
            since = parse_day(body["from"])
        except InputError as error:
            raise located.error((*here, "from"), error.zh, error.en) from None
        if editions and since <= editions[-1].since:
            raise located.error((*here, "from"), "起始日期须逐版递增。", "Start dates must ascend.")
        items = tuple(
            _item(located, (*here, "items", n), row)
            for n, row in enumerate(_rows(located, (*here, "items"), body["items"]))
        )
        codes = [item.code for item in items]
        for code in codes:
            if codes.count(code) > 1:
                raise located.error((*here, "items"), f"编号“{code}”重复。", f"Code “{code}” is used twice.")
        editions.append(Edition(since, items, body.get("judgement") is True))
    return Checklist(str(data["checklist"]), Text(str(data["zh"]), str(data["en"])), tuple(editions))


def _item(located: Located, path: Path_, row: Any) -> ChecklistItem:
    _keys(located, path, row, {"code", "zh", "en"}, _ITEM_KEYS)
    points = row.get("points")
    if points is not None and type(points) is not str:
        raise located.error((*path, "points"), "分值须加引号。", "Points must be quoted.")
    return ChecklistItem(
        str(row["code"]),
        Text(str(row["zh"]), str(row["en"])),
        str(row.get("group", "")),
        str(row.get("article", "")),
        None if points is None else parse_number(points),
        row.get("hint") is True,
    )


def _rows(located: Located, path: Path_, value: Any) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise located.error(path, "这里应至少有一行。", "At least one row is due here.")
    return value


def _keys(located: Located, path: Path_, body: Any, needed: set[str], allowed: set[str]) -> None:
    if not isinstance(body, dict):
        raise located.error(path, "这里应是若干“键: 值”。", "A mapping is due here.")
    for key in body:
        if key not in allowed:
            raise located.error(
                (*path, key),
                f"未知的键“{key}”，可用：{'、'.join(sorted(allowed))}。",
                f"Unknown key “{key}”; allowed: {', '.join(sorted(allowed))}.",
            )
    for key in sorted(needed):
        if body.get(key) in (None, ""):
            raise located.error(path, f"缺少“{key}”。", f"“{key}” is missing.")
