"""Reading scenarios: who takes part, and what each person types or decides at which moment.

A scenario says only what a person would do; every state, number, date and finding follows from it. Several files
play in one world, in order of their moments. ``demo/scenarios/README.md`` describes the format.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from ...flow.definition import shipped_doctypes
from ...flow.person import Person
from ...flow.roles import ALL_ROLES
from ...policy.calendar import parse_moment
from ...policy.errors import InputError
from ...policy.strict_yaml import Located, Path_, read_file

FOLDER = Path(__file__).parents[1] / "scenarios"
"""The scenarios that come with the app."""

CREATE, EDIT, DECIDE, MASTER, DRAW = DOES = ("create", "edit", "decide", "master", "draw")

OTHER_DOCTYPES = (
    "IT Project Classified Stub",
    "IT Project Paper",
    "IT Project Follow-up",
    "IT Project Expert Sheet",
    "IT Project Data Dictionary",
    "IT Project Progress Report",
    "IT Project Supervision Check",
    "IT Project Software Estimate",
    "IT Project Draw",
    "Purchase Order",
    "Payment Entry",
)
"""Documents without a Workflow that scenarios create."""

MASTERS = (
    "IT Project Expert",
    "IT Project Declaration Batch",
    "IT Project Substitution",
    "IT System",
    "IT System Inspection",
    "IT Project Policy",
    "Supplier",
)
"""What ``do: master`` records."""

_TOP = {"title", "cast", "world", "people", "units", "acts"}
_PERSON = {"key", "name", "roles", "department"}
_UNIT = {"key", "name", "competent_department", "credit_code"}
_ACT = {
    "at",
    "by",
    "on_behalf_of",
    "do",
    "doc",
    "doctype",
    "action",
    "opinion",
    "data",
    "data_file",
    "copy_of",
    "expect",
}
_EXPECT = {"state", "route", "findings", "refused"}


@dataclass(frozen=True)
class Unit:
    """A unit: key in scenarios, name, the name of its competent department (its own if it is one), credit code."""

    key: str
    name: str
    competent_department: str
    credit_code: str = ""


@dataclass(frozen=True)
class Cast:
    """Who takes part: people by key, units by key."""

    people: Mapping[str, Person] = field(default_factory=dict)
    units: Mapping[str, Unit] = field(default_factory=dict)


@dataclass(frozen=True)
class Expect:
    """What an act must lead to; what is not said is not looked at.

    Attributes:
        state: of the document after it. route: of a change, filing or joint.
        findings: all codes found, in any order. refused: a code among those for which it is refused.
    """

    state: str = ""
    route: str = ""
    findings: tuple[str, ...] | None = None
    refused: str = ""


@dataclass(frozen=True)
class Act:
    """One thing that one person does.

    Attributes:
        at: moment, Shanghai. by: key of the person; on_behalf_of: of the one represented.
        do: create, edit, decide, master or draw. doc: key of the document. doctype: of a new document.
        data: FORMS fieldname → what was typed; ``members[2].opinion`` names one field of a row. copy_of: the document
            that a new one is copied from before ``data`` is typed.
        file, line: where it stands.
    """

    at: datetime
    by: str
    do: str
    doc: str
    doctype: str = ""
    action: str = ""
    opinion: str = ""
    on_behalf_of: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    copy_of: str = ""
    expect: Expect = Expect()
    file: str = ""
    line: int = 0

    @property
    def place(self) -> str:
        """File and line, for messages."""
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Scenario:
    """Scenarios read together: their titles, everybody in them, and all acts in order of time."""

    titles: tuple[str, ...]
    cast: Cast
    acts: tuple[Act, ...]


def load(paths: Iterable[str | Path] | str | Path = FOLDER, *, with_world: bool = True) -> Scenario:
    """Read scenario files, or every ``*.yaml`` directly in a folder, as one world.

    Args:
        with_world: a file may name the ``world`` it happens in (a folder of scenarios); what happens there up to its
            own last act is then read and played too.

    Raises:
        InputError: a file cannot be read, has an unknown or missing key, or names somebody who is not in the cast;
            with file, line and field.
    """
    listed = [paths] if isinstance(paths, (str, Path)) else list(paths)
    files: list[Path] = []
    for path in map(Path, listed):
        files += sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    if not files:
        raise InputError(
            "没有找到情景文件（*.yaml）。",
            "No scenario file (*.yaml) was found.",
            file=str(listed[0]) if listed else "",
        )
    reader = _Reader()
    for file in files:
        reader.read(file)
    scenario = reader.scenario()
    if not (with_world and reader.before and scenario.acts):
        return scenario
    return joined(load(reader.before, with_world=False), scenario)


def joined(world: Scenario, scenario: Scenario) -> Scenario:
    """A scenario within everything that happens in another world up to its own last act."""
    last = scenario.acts[-1].at
    cast = Cast({**world.cast.people, **scenario.cast.people}, {**world.cast.units, **scenario.cast.units})
    acts = sorted((*(act for act in world.acts if act.at < last), *scenario.acts), key=lambda act: act.at)
    return Scenario(scenario.titles, cast, tuple(acts))


class _Reader:
    """Collects several files into one scenario."""

    def __init__(self) -> None:
        self.titles: list[str] = []
        self.people: dict[str, Person] = {}
        self.units: dict[str, Unit] = {}
        self.acts: list[tuple[Located, Path_, Mapping[str, Any]]] = []
        self.before: list[Path] = []
        self.seen: set[Path] = set()
        self.papers: dict[Path, Mapping[str, Any]] = {}

    def read(self, file: Path) -> None:
        """One file and the cast it names, each once."""
        real = file.resolve()
        if real in self.seen:
            return
        self.seen.add(real)
        located = read_file(file)
        data = located.data
        if not isinstance(data, Mapping):
            raise located.error(
                (),
                "情景文件最外层应是 title、people、units、acts。",
                "A scenario's top level holds title, people, units and acts.",
            )
        _known(located, (), data, _TOP)
        if data.get("cast"):
            self.read(file.parent / _text(located, ("cast",), data["cast"]))
        if data.get("world"):
            self.before.append(file.parent / _text(located, ("world",), data["world"]))
        if data.get("title"):
            self.titles.append(_text(located, ("title",), data["title"]))
        for n, row in enumerate(_rows(located, data, "units")):
            self.unit(located, ("units", n), row)
        for n, row in enumerate(_rows(located, data, "people")):
            self.person(located, ("people", n), row)
        for n, row in enumerate(_rows(located, data, "acts")):
            self.acts.append((located, ("acts", n), row))

    def unit(self, located: Located, path: Path_, row: Any) -> None:
        """One unit; its competent department stands above it in the file, or is itself."""
        _known(located, path, row, _UNIT)
        key, name = _needed(located, path, row, "key"), _needed(located, path, row, "name")
        above = row.get("competent_department") or key
        if above != key and above not in self.units:
            raise located.error((*path, "competent_department"), f"没有单位“{above}”。", f"There is no unit “{above}”.")
        if self.units.get(key, Unit(key, name, "")).name != name:
            raise located.error((*path, "key"), f"单位“{key}”重复。", f"Unit “{key}” appears twice.")
        self.units[key] = Unit(
            key, name, name if above == key else self.units[above].name, str(row.get("credit_code") or "")
        )

    def person(self, located: Located, path: Path_, row: Any) -> None:
        """One person with his roles and unit."""
        _known(located, path, row, _PERSON)
        key, unit = _needed(located, path, row, "key"), _needed(located, path, row, "department")
        if unit not in self.units:
            raise located.error((*path, "department"), f"没有单位“{unit}”。", f"There is no unit “{unit}”.")
        roles = row.get("roles") or []
        for role in roles:
            if role not in ALL_ROLES:
                raise located.error((*path, "roles"), f"未知的岗位“{role}”。", f"Unknown role “{role}”.")
        if key in self.people:
            raise located.error((*path, "key"), f"人员“{key}”重复。", f"Person “{key}” appears twice.")
        self.people[key] = Person(key, _needed(located, path, row, "name"), frozenset(roles), self.units[unit].name)

    def scenario(self) -> Scenario:
        """Everything read, acts sorted by moment; acts of one moment keep the order of their files."""
        acts = [self.act(*entry) for entry in self.acts]
        return Scenario(tuple(self.titles), Cast(self.people, self.units), tuple(sorted(acts, key=lambda act: act.at)))

    def act(self, located: Located, path: Path_, row: Any) -> Act:
        """One act, every name in it known."""
        _known(located, path, row, _ACT)
        do = _needed(located, path, row, "do")
        if do not in DOES:
            raise located.error((*path, "do"), f"do 只能是 {'、'.join(DOES)}。", f"do is one of {', '.join(DOES)}.")
        by, behalf = _needed(located, path, row, "by"), str(row.get("on_behalf_of") or "")
        for name, key in (("by", by), ("on_behalf_of", behalf)):
            if key and key not in self.people:
                raise located.error((*path, name), f"没有人员“{key}”。", f"There is no person “{key}”.")
        try:
            at = parse_moment(_needed(located, path, row, "at"))
        except InputError as error:
            raise error.at(file=located.file, line=located.line((*path, "at")), field="at") from None
        doctype = str(row.get("doctype") or ("IT Project Draw" if do == DRAW else ""))
        allowed = {CREATE: (*shipped_doctypes(), *OTHER_DOCTYPES), MASTER: MASTERS}.get(do)
        if allowed and doctype not in allowed:
            raise located.error(
                (*path, "doctype"),
                f"“{do}”须写明文档种类：{'、'.join(allowed)}。",
                f"“{do}” needs a doctype: {', '.join(allowed)}.",
            )
        action = str(row.get("action") or "")
        if (do == DECIDE) != bool(action):
            raise located.error(
                (*path, "action"), "decide 须写明操作，其他不写。", "decide names an action, the others none."
            )
        data = row.get("data") or {}
        if not isinstance(data, Mapping):
            raise located.error((*path, "data"), "data 下应是“字段名: 内容”。", "data holds fieldname: value.")
        if row.get("data_file"):
            data = {**self.paper(Path(located.file).parent / str(row["data_file"]), located, path), **data}
        return Act(
            at,
            by,
            do,
            _needed(located, path, row, "doc"),
            doctype,
            action,
            str(row.get("opinion") or ""),
            behalf,
            data,
            str(row.get("copy_of") or ""),
            _expect(located, (*path, "expect"), row.get("expect")),
            Path(located.file).name,
            located.line(path),
        )

    def paper(self, file: Path, located: Located, path: Path_) -> Mapping[str, Any]:
        """The content of a whole form in a file of its own, such as ``papers/edu.yaml``."""
        if file not in self.papers:
            content = read_file(file).data
            if not isinstance(content, Mapping):
                raise located.error((*path, "data_file"), "这个文件不是一份表。", "This file is no form.")
            self.papers[file] = {key: value for key, value in content.items() if key != "form"}
        return self.papers[file]


def _expect(located: Located, path: Path_, row: Any) -> Expect:
    if row is None:
        return Expect()
    _known(located, path, row, _EXPECT)
    findings = row.get("findings")
    if findings is not None and not isinstance(findings, list):
        raise located.error((*path, "findings"), "findings 是代码的列表。", "findings is a list of codes.")
    return Expect(
        str(row.get("state") or ""),
        str(row.get("route") or ""),
        None if findings is None else tuple(map(str, findings)),
        str(row.get("refused") or ""),
    )


def _known(located: Located, path: Path_, row: Any, keys: set[str]) -> None:
    if not isinstance(row, Mapping):
        raise located.error(path, "这里应是若干“键: 值”。", "A mapping is due here.")
    for key in row:
        if key not in keys:
            raise located.error(
                (*path, key),
                f"未知的键“{key}”，可用：{'、'.join(sorted(keys))}。",
                f"Unknown key “{key}”; allowed: {', '.join(sorted(keys))}.",
            )


def _rows(located: Located, data: Mapping[str, Any], key: str) -> list[Any]:
    rows = data.get(key) or []
    if not isinstance(rows, list):
        raise located.error((key,), f"{key} 应是列表。", f"{key} is a list.")
    return rows


def _text(located: Located, path: Path_, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise located.error(path, "这里应是文字。", "Text is due here.")
    return value


def _needed(located: Located, path: Path_, row: Mapping[str, Any], key: str) -> str:
    if not row.get(key):
        raise located.error(path, f"缺少“{key}”。", f"“{key}” is missing.")
    return _text(located, (*path, key), row[key])
