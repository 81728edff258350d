"""The world of the offline player: documents, projects and registers, written in one transaction an act.

Nothing here is ever changed in place: values are frozen or treated so, tables map keys to them, and an act's
:class:`Writing` keeps what it writes apart until the whole act has succeeded. So a refused act changes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from ...flow.document import FlowDocument
from ...flow.person import Person, Substitution
from ...policy import ledger
from ...policy.parameter import OverlayRow, ResolvedSet, floor, in_force, resolve
from ...policy.register import EarlierResult, Register, SystemRecord, ZombieListing
from .scenario import Cast, Unit

TABLES = ("records", "projects", "systems", "listings", "results", "counters", "awaiting", "masters", "settings")


@dataclass(frozen=True)
class Version:
    """A scheme as it was frozen: number, moment, the action that handed it in, total in yuan, the fields."""

    number: int
    at: datetime
    action: str
    total: Decimal
    fields: Mapping[str, Any] = field(repr=False)

    @property
    def name(self) -> str:
        """As papers name it."""
        return f"V{self.number}"


@dataclass(frozen=True)
class Record:
    """A document: what the flow knows of it (fields included), the project it belongs to, its frozen versions."""

    doc: FlowDocument
    project: str
    created_at: datetime
    versions: tuple[Version, ...] = ()

    @property
    def key(self) -> str:
        """Its key in the scenario."""
        return self.doc.name

    @property
    def fields(self) -> Mapping[str, Any]:
        """Its fields in normal form."""
        return self.doc.fields

    def get(self, name: str, default: Any = None) -> Any:
        """One field."""
        return self.doc.fields.get(name, default)

    def moment_of(self, action: str) -> datetime | None:
        """When an action was last completed on it."""
        return next((d.at for d in reversed(self.doc.decided) if d.action == action and d.complete), None)


@dataclass(frozen=True)
class Project:
    """一项一档: what is derived of one project.

    Attributes:
        documents: keys of everything that belongs to it, in order of making. approved_total: the first approved,
            frozen. effective_total: after changes. formal_start: of formal operation.
    """

    key: str
    title: str
    department: str
    nature: str
    form_kind: str
    plan_year: int
    proposal: str
    documents: tuple[str, ...] = ()
    declaration_no: str = ""
    approved_total: Decimal | None = None
    approved_at: datetime | None = None
    effective_total: Decimal | None = None
    is_key: bool = False
    investment_code: str = ""
    formal_start: date | None = None
    stage: str = ""


@dataclass
class World:
    """Everything there is, and the ledgers.

    Attributes:
        tables: name → key → value, see ``TABLES``. chains: chain → its canonical lines. resolved: parameter sets by
            overlay and day, so that none is resolved twice.
    """

    cast: Cast
    tables: dict[str, dict[Any, Any]] = field(default_factory=lambda: {name: {} for name in TABLES})
    chains: dict[str, list[str]] = field(default_factory=dict)
    resolved: dict[tuple[tuple[OverlayRow, ...], date], ResolvedSet] = field(default_factory=dict, repr=False)

    @cached_property
    def units_by_name(self) -> Mapping[str, Unit]:
        """The cast's units by the names that documents use."""
        return {unit.name: unit for unit in self.cast.units.values()}

    @property
    def records(self) -> Mapping[str, Record]:
        """Documents by key."""
        return self.tables["records"]

    @property
    def projects(self) -> Mapping[str, Project]:
        """Projects by key."""
        return self.tables["projects"]

    def digest(self) -> str:
        """A hash of the whole state, ledgers included: equal before and after an act that was refused."""
        digest = hashlib.sha256()
        for name in TABLES:
            for key, value in self.tables[name].items():
                digest.update(f"{name}|{key!r}|{value!r}\n".encode())
        for chain, lines in self.chains.items():
            digest.update(f"{chain}|{len(lines)}|{ledger.head_of(lines)}\n".encode())
        return digest.hexdigest()


@dataclass
class Writing:
    """What one act writes: read through it, and :meth:`commit` when the act has succeeded."""

    world: World
    changed: dict[str, dict[Any, Any]] = field(default_factory=lambda: {name: {} for name in TABLES})
    rows: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    papers: list[str] = field(default_factory=list)

    def get(self, table: str, key: Any, default: Any = None) -> Any:
        """A value as this act sees it."""
        if key in self.changed[table]:
            return self.changed[table][key]
        return self.world.tables[table].get(key, default)

    def put(self, table: str, key: Any, value: Any) -> None:
        """Write a value; None takes it away."""
        self.changed[table][key] = value

    def items(self, table: str) -> Iterator[tuple[Any, Any]]:
        """Every entry of a table as this act sees it."""
        changed = self.changed[table]
        for key, value in self.world.tables[table].items():
            if key not in changed:
                yield key, value
        yield from ((key, value) for key, value in changed.items() if value is not None)

    def record(self, key: str) -> Record | None:
        """A document, or None."""
        found: Record | None = self.get("records", key)
        return found

    def project(self, key: str) -> Project | None:
        """A project, or None."""
        found: Project | None = self.get("projects", key)
        return found

    def put_record(self, record: Record) -> None:
        """Write a document and list it in its project."""
        self.put("records", record.key, record)
        project = self.project(record.project)
        if project is not None and record.key not in project.documents:
            self.put("projects", project.key, replace(project, documents=(*project.documents, record.key)))

    def put_doc(self, doc: FlowDocument) -> Record:
        """Write the flow's new view of a known document."""
        record = self.record(doc.name)
        assert record is not None, doc.name
        record = replace(record, doc=doc)
        self.put("records", record.key, record)
        return record

    def set_fields(self, key: str, **values: Any) -> Record:
        """Write derived fields of a document."""
        record = self.record(key)
        assert record is not None, key
        return self.put_doc(replace(record.doc, fields={**record.fields, **values}))

    def update_project(self, key: str, **values: Any) -> None:
        """Write derived values of a project."""
        project = self.project(key)
        assert project is not None, key
        self.put("projects", key, replace(project, **values))

    def of_project(self, project: str, doctype: str) -> tuple[Record, ...]:
        """The project's documents of one kind, in order of making."""
        found = self.project(project)
        records = (self.record(key) for key in (found.documents if found else ()))
        return tuple(record for record in records if record is not None and record.doc.doctype == doctype)

    def count(self, series: str) -> int:
        """The next number of a series."""
        number = int(self.get("counters", series, 0)) + 1
        self.put("counters", series, number)
        return number

    def rules(self, day: date) -> ResolvedSet:
        """The parameters in force on ``day``, with what the administrator set."""
        overlay: tuple[OverlayRow, ...] = self.get("settings", "overlay", ())
        if not overlay:
            return in_force(day)
        key = (overlay, day)
        if key not in self.world.resolved:
            self.world.resolved[key] = resolve(floor(), overlay, day)
        return self.world.resolved[key]

    def substitutions(self) -> tuple[Substitution, ...]:
        """Every recorded substitution."""
        found: tuple[Substitution, ...] = self.get("settings", "substitutions", ())
        return found

    def people(self) -> tuple[Person, ...]:
        """Everybody in the cast."""
        return tuple(self.world.cast.people.values())

    def register(self, units: tuple[str, ...], systems: tuple[str, ...], owner: str) -> Register:
        """What the registers know of these units and systems; results of evaluations of ``owner``."""
        records: list[SystemRecord] = [r for r in (self.get("systems", name) for name in systems) if r is not None]
        owners = dict.fromkeys((*units, *(r.department for r in records if r.department)))
        listings: list[ZombieListing] = [entry for unit in owners for entry in self.get("listings", unit, ())]
        results: tuple[EarlierResult, ...] = self.get("results", owner, ())
        return Register(tuple(listings), tuple(records), (), results)

    def log(self, chain: str, row: Mapping[str, Any]) -> None:
        """A decision row for a chain; written with the act."""
        self.rows.append((chain, dict(row)))

    def commit(self) -> None:
        """Make everything written part of the world; the ledger's rows last, those caused by another with its hash."""
        for name, entries in self.changed.items():
            table = self.world.tables[name]
            for key, value in entries.items():
                if value is None:
                    table.pop(key, None)
                else:
                    table[key] = value
        heads: dict[str, str] = {}
        for chain, row in self.rows:
            if row.get("cause") in heads:
                row["cause_hash"] = heads[row["cause"]]
            lines = self.world.chains.setdefault(chain, [])
            ledger.append(lines, row)
            heads[chain] = ledger.head_of(lines)
