"""Reading ``policy/cases/*.yaml``: each case names a rule, a day, an input and everything that must come out."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from .calendar import parse_day
from .errors import InputError
from .strict_yaml import Located, read_file

FOLDER = Path(__file__).with_name("cases")
BASES = "base"
_CASE_KEYS = {
    "name",
    "rule",
    "doctype",
    "action",
    "as_of",
    "base",
    "input",
    "with",
    "without",
    "add",
    "parameters",
    "articles",
    "codes",
    "findings",
    "route",
    "output",
    "zh",
    "filed_on",
}
_FILE_KEYS = {"filed_on", "base", "bases", "as_of", "rule", "doctype", "action", "articles", "cases"}
_STEP = re.compile(r"([^.\[\]]+)|\[([0-9]+)\]")


@dataclass(frozen=True)
class Case:
    """One case of a rule.

    Attributes:
        rule: ``module.function`` within policy; or doctype and action, for ``procedures.ask``.
        as_of: day that chooses the parameters. parameters: name → overlay value from that day on.
        filed_on: day of handing in, where the action is decided on a later ``as_of``; None where that is one day.
        input: plain facts, or keyword arguments of a plain function.
        codes: exact finding codes, in any order; None where the case does not speak of findings.
        findings: partial findings that must be among them (code, severity, field, comparison, facts, way_out_zh).
        route, output: other exact values. zh: sentences, whole or their beginning.
    """

    file: str
    line: int
    name: str
    as_of: date
    rule: str = ""
    doctype: str = ""
    action: str = ""
    articles: tuple[str, ...] = ()
    input: Mapping[str, Any] = field(default_factory=dict)
    parameters: Mapping[str, Any] = field(default_factory=dict)
    codes: tuple[str, ...] | None = None
    findings: tuple[Mapping[str, Any], ...] = ()
    route: str | None = None
    output: Any = None
    zh: tuple[str, ...] = ()
    filed_on: date | None = None


def load_cases(folder: Path | None = None) -> tuple[Case, ...]:
    """All cases of a folder in the order of files and lines.

    Raises:
        InputError: a file is not well-formed, or a name stands twice in it.
    """
    return tuple(case for path in sorted((folder or FOLDER).glob("*.yaml")) for case in read_cases(path))


def read_cases(path: Path) -> tuple[Case, ...]:
    """The cases of one file: a list of cases, or a mapping with ``cases`` and what they share.

    A case takes its ``input`` as it stands, or begins from a ``base`` (of the file, or of the folder ``base`` beside
    it) and changes it: ``with`` sets paths (``paper.investment_lines[1].amount: "10.00"``, rows from 1), ``without``
    takes paths out, ``add`` appends rows.

    Raises:
        InputError: with file, line and field.
    """
    located = read_file(path)
    shared = located.data if isinstance(located.data, dict) else {"cases": located.data}
    _refuse_unknown(located, (), shared, _FILE_KEYS)
    start = ("cases",) if isinstance(located.data, dict) else ()
    bases = _Bases(path, shared)
    cases, names = [], set()
    for number, body in enumerate(shared.get("cases") or ()):
        here = (*start, number)
        _refuse_unknown(located, here, body, _CASE_KEYS)
        case = _case(located, here, {**{k: shared[k] for k in _FILE_KEYS & _CASE_KEYS if k in shared}, **body}, bases)
        if case.name in names:
            raise located.error(here, f"用例名“{case.name}”重复。", f"The name “{case.name}” stands twice.")
        names.add(case.name)
        cases.append(case)
    return tuple(cases)


def _refuse_unknown(located: Located, here: tuple[Any, ...], body: Any, allowed: set[str]) -> None:
    unknown = set(body) - allowed if isinstance(body, dict) else {"?"}
    if unknown:
        raise located.error(
            (*here, sorted(unknown)[0]),
            f"未知的键，可用：{'、'.join(sorted(allowed))}。",
            f"Unknown key; allowed: {', '.join(sorted(allowed))}.",
        )


class _Bases:
    def __init__(self, path: Path, shared: Mapping[str, Any]) -> None:
        self.folder, self.own = path.parent / BASES, shared.get("bases") or {}

    def get(self, name: str) -> dict[str, Any]:
        found = self.own[name] if name in self.own else read_file(self.folder / f"{name}.yaml").data
        return copy.deepcopy(dict(found))


def _case(located: Located, here: tuple[Any, ...], body: Mapping[str, Any], bases: _Bases) -> Case:
    for key in ("name", "as_of"):
        if key not in body:
            raise located.error(here, f"用例缺少“{key}”。", f"The case lacks “{key}”.")
    data = copy.deepcopy(body["input"]) if "input" in body else bases.get(body["base"]) if "base" in body else {}
    try:
        for path in body.get("without") or ():
            _remove(data, path)
        for path, value in (body.get("with") or {}).items():
            _set(data, path, value)
        for path, rows in (body.get("add") or {}).items():
            _append(data, path, rows)
    except (KeyError, IndexError, TypeError):
        raise located.error(here, f"“{path}”在基准输入里不存在。", f"“{path}” is not in the base input.") from None
    said = body.get("zh") or ()
    return Case(
        located.file,
        located.line(here),
        str(body["name"]),
        parse_day(body["as_of"]),
        body.get("rule", ""),
        body.get("doctype", ""),
        body.get("action", ""),
        tuple(str(a) for a in body.get("articles") or ()),
        data,
        body.get("parameters") or {},
        None if body.get("codes") is None else tuple(body["codes"]),
        tuple(body.get("findings") or ()),
        body.get("route"),
        body.get("output"),
        (said,) if isinstance(said, str) else tuple(said),
        parse_day(body["filed_on"]) if "filed_on" in body else None,
    )


def _steps(path: str) -> list[str | int]:
    return [int(index) - 1 if index else name for name, index in _STEP.findall(path)]


def _parent(data: Any, path: str) -> tuple[Any, str | int]:
    *before, last = _steps(path)
    for step in before:
        if isinstance(data, dict) and step not in data:
            data[step] = {}
        data = data[step]
    return data, last


def _set(data: Any, path: str, value: Any) -> None:
    parent, last = _parent(data, path)
    parent[last] = copy.deepcopy(value)


def _remove(data: Any, path: str) -> None:
    parent, last = _parent(data, path)
    del parent[last]


def _append(data: Any, path: str, rows: Any) -> None:
    parent, last = _parent(data, path)
    parent[last] = [*(parent.get(last) or ()), *copy.deepcopy(rows)]


def refuse(case: Case, zh: str, en: str) -> InputError:
    """An error that names the case's file and line."""
    return InputError(zh, en, file=case.file, line=case.line)
