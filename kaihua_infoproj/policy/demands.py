"""The measure's demands in our own words, each with what carries it: the data behind ``docs/measure.md``.

A demand is one sentence that a legal officer can check alone. It names the findings, rules, states, actions, form
fields and parameters that carry it; what nothing carries yet, or only in part, says what is still to come.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import Any

from .strict_yaml import Located, Path_, read_file
from .text import Text

FOLDER = Path(__file__).with_name("demands")
_TERMS, _WORDS = "terms.yaml", "words.yaml"
_CHAPTER_KEYS = {"chapter", "zh", "en", "demands"}
_CHAPTER_NOTES = {"note_zh", "note_en"}
_DEMAND_KEYS = {"id", "zh", "en", "judgement", "carried_by"}
_DEMAND_EXTRAS = {"later", "cases"}
_CARRIED = {"findings", "rules", "states", "actions", "fields", "parameters"}
_PAIRS = {"states", "actions", "fields"}

Pair = tuple[str, str]


@dataclass(frozen=True)
class Carriers:
    """What carries a demand.

    Attributes:
        findings: codes of the catalogue. rules: ``module.function`` within policy, or ``flow.module.function``.
        states, actions: (DocType, name as in TERMS). fields: (DocType, field name; ``table.column`` for a row's).
        parameters: names.
    """

    findings: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    states: tuple[Pair, ...] = ()
    actions: tuple[Pair, ...] = ()
    fields: tuple[Pair, ...] = ()
    parameters: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any(getattr(self, spec.name) for spec in fields(self))


@dataclass(frozen=True)
class Demand:
    """One demand.

    Attributes:
        number: ``6.3``, unique; its part before the point is the chapter.
        judgement: ours, where the measure is silent.
        later: what is still to come, and with what; None where the demand is carried in full.
        cases: names of cases that prove it beyond those found by its codes and rules (``*`` at the end allowed).
    """

    number: str
    text: Text
    judgement: bool
    carried_by: Carriers
    later: Text | None = None
    cases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chapter:
    """The demands of one article (key ``1`` … ``14``) or of a standard that is used (key a capital letter)."""

    key: str
    title: Text
    note: Text
    demands: tuple[Demand, ...]

    @property
    def is_article(self) -> bool:
        """Whether it is an article of the measure."""
        return self.key.isdigit()


@dataclass(frozen=True)
class Term:
    """A term: its name in both languages and what it means."""

    name: Text
    meaning: Text


@lru_cache(maxsize=1)
def chapters() -> tuple[Chapter, ...]:
    """The shipped chapters in the order of the page, read once."""
    return load_chapters(FOLDER)


def every_demand(book: Iterable[Chapter]) -> Iterator[Demand]:
    """All demands in the order of the page."""
    for chapter in book:
        yield from chapter.demands


def load_chapters(folder: Path) -> tuple[Chapter, ...]:
    """Every chapter of ``folder`` in the order of file names; a chapter or number may stand once only.

    Raises:
        InputError: with file, line and field.
    """
    out: list[Chapter] = []
    for path in sorted(folder.glob("*.yaml")):
        if path.name in (_TERMS, _WORDS):
            continue
        located = read_file(path)
        chapter = load_chapter(located)
        if any(chapter.key == other.key for other in out):
            raise located.error(
                ("chapter",),
                f"“{chapter.key}”章在另一个文件里已经有了。",
                f"Chapter “{chapter.key}” is already in another file.",
            )
        out.append(chapter)
    return tuple(out)


def load_chapter(located: Located) -> Chapter:
    """The demands of one file.

    Raises:
        InputError: unknown or missing key, a number out of order or of another chapter, a pair that is none.
    """
    data = located.data
    _keys(located, (), data, _CHAPTER_KEYS, _CHAPTER_KEYS | _CHAPTER_NOTES)
    key = _text(located, ("chapter",), data["chapter"])
    if not isinstance(data["demands"], list) or not data["demands"]:
        raise located.error(("demands",), "这里应逐条列出要求。", "The demands are listed here.")
    demands = tuple(_demand(located, number, body) for number, body in enumerate(data["demands"]))
    for number, demand in enumerate(demands):
        if demand.number != f"{key}.{number + 1}":
            raise located.error(
                ("demands", number, "id"),
                f"序号应为“{key}.{number + 1}”，而不是“{demand.number}”。",
                f"The number must be “{key}.{number + 1}”, not “{demand.number}”.",
            )
    return Chapter(key, _both(located, (), data), Text(data.get("note_zh") or "", data.get("note_en") or ""), demands)


def _demand(located: Located, number: int, body: Any) -> Demand:
    here: Path_ = ("demands", number)
    _keys(located, here, body, _DEMAND_KEYS, _DEMAND_KEYS | _DEMAND_EXTRAS)
    if not isinstance(body["judgement"], bool):
        raise located.error((*here, "judgement"), "judgement 只能是 true 或 false。", "judgement is true or false.")
    later = None
    if "later" in body:
        _keys(located, (*here, "later"), body["later"], {"zh", "en"}, {"zh", "en"})
        later = _both(located, (*here, "later"), body["later"])
    carried = _carriers(located, (*here, "carried_by"), body["carried_by"])
    if not carried and later is None:
        raise located.error(
            here,
            "没有承载的要求须写明何时、由什么承载（later）。",
            "A demand that nothing carries says what will carry it (later).",
        )
    return Demand(
        _text(located, (*here, "id"), body["id"]),
        _both(located, here, body),
        body["judgement"],
        carried,
        later,
        _texts(located, (*here, "cases"), body.get("cases") or []),
    )


def _carriers(located: Located, here: Path_, body: Any) -> Carriers:
    _keys(located, here, body, set(), _CARRIED)
    values: dict[str, Any] = {}
    for key, rows in body.items():
        if key in _PAIRS:
            values[key] = tuple(
                _pair(located, (*here, key, n), row) for n, row in enumerate(_rows(located, here, rows))
            )
        else:
            values[key] = _texts(located, (*here, key), rows)
        if len(set(values[key])) != len(values[key]):
            raise located.error((*here, key), "同一项列了两次。", "The same thing is listed twice.")
    return Carriers(**values)


def _pair(located: Located, here: Path_, row: Any) -> Pair:
    if not isinstance(row, list) or len(row) != 2 or not all(isinstance(part, str) and part for part in row):
        raise located.error(here, "这里应是“[文书, 名称]”。", "This is [DocType, name].")
    return row[0], row[1]


def _rows(located: Located, here: Path_, rows: Any) -> list[Any]:
    if not isinstance(rows, list):
        raise located.error(here, "这里应是列表。", "A list is due here.")
    return rows


def _texts(located: Located, here: Path_, rows: Any) -> tuple[str, ...]:
    return tuple(_text(located, (*here, n), row) for n, row in enumerate(_rows(located, here, rows)))


def _text(located: Located, here: Path_, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise located.error(here, "这里应是文字（数字请加引号）。", "Text is due here (quote a number).")
    return value


def _both(located: Located, here: Path_, body: Mapping[str, Any]) -> Text:
    return Text(_text(located, (*here, "zh"), body["zh"]), _text(located, (*here, "en"), body["en"]))


def _keys(located: Located, here: Path_, body: Any, needed: set[str], allowed: set[str]) -> None:
    if not isinstance(body, dict):
        raise located.error(here, "这里应是若干“键: 值”。", "A mapping is due here.")
    for key in body:
        if key not in allowed:
            raise located.error(
                (*here, key),
                f"未知的键“{key}”，可用：{'、'.join(sorted(allowed))}。",
                f"Unknown key “{key}”; allowed: {', '.join(sorted(allowed))}.",
            )
    for key in sorted(needed):
        if key not in body:
            raise located.error(here, f"缺少“{key}”。", f"“{key}” is missing.")


def named(patterns: Iterable[str], names: Iterable[str]) -> tuple[str, ...]:
    """The ``names`` that ``patterns`` mean, in the order of the patterns; a pattern may hold ``*``."""
    known = tuple(names)
    out: dict[str, None] = {}
    for pattern in patterns:
        if "*" in pattern:
            out.update(dict.fromkeys(sorted(name for name in known if fnmatchcase(name, pattern))))
        elif pattern in known:
            out[pattern] = None
    return tuple(out)


@lru_cache(maxsize=1)
def terms() -> tuple[Term, ...]:
    """The shipped terms, read once.

    Raises:
        InputError: not a list of name and meaning in both languages.
    """
    return load_terms(read_file(FOLDER / _TERMS))


def load_terms(located: Located) -> tuple[Term, ...]:
    """The terms of one file: a list of ``zh``, ``en`` (the name), ``means_zh``, ``means_en``.

    Raises:
        InputError: unknown or missing key.
    """
    out = []
    needed = {"zh", "en", "means_zh", "means_en"}
    for number, body in enumerate(_rows(located, (), located.data)):
        here: Path_ = (number,)
        _keys(located, here, body, needed, needed)
        out.append(
            Term(
                _both(located, here, body),
                Text(
                    _text(located, (*here, "means_zh"), body["means_zh"]),
                    _text(located, (*here, "means_en"), body["means_en"]),
                ),
            )
        )
    return tuple(out)


@lru_cache(maxsize=1)
def words() -> dict[str, Text]:
    """Words in parameters' values that no form's option gives, by key, read once."""
    located = read_file(FOLDER / _WORDS)
    for key, body in located.data.items():
        _keys(located, (key,), body, {"zh", "en"}, {"zh", "en"})
    return {key: _both(located, (key,), body) for key, body in located.data.items()}
