"""Workflow definitions as plain data: the shipped JSON or the site's records, read strictly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from ..policy.strict_yaml import Located, Path_, read_file
from ..policy.text import Text
from .condition import Condition, parse

FOLDER = Path(__file__).parents[1] / "kaihua_infoproj" / "workflow"

KIND_LABELS = {
    "forward": Text("办理", "forward"),
    "return": Text("退回", "return"),
    "reject": Text("否定、终止", "reject"),
    "withdraw": Text("撤回", "withdraw"),
    "system": Text("系统办理", "by the system"),
}
KINDS = tuple(KIND_LABELS)
SIGNING = ("any one", "every role", "n of m")


@dataclass(frozen=True)
class State:
    """A state of a procedure.

    Attributes:
        doc_status: 0 while open, 1 when decided.
        role: the role that may edit the document in it.
        time_limit: an office's handling time in working days; None as shipped.
        article: article of the measure it comes from.
        kind: ``start`` (the first), ``end`` (no way on: decided) or ``open``.
    """

    name: str
    doc_status: int
    role: str
    time_limit: int | None
    article: str
    kind: str


@dataclass(frozen=True)
class Transition:
    """One row of a Workflow: who may take which action from where to where.

    Attributes:
        condition: in the restricted form of ``condition.py``; empty if none.
        kind: forward, return, reject, withdraw, or system (no person takes it).
        signing: ``any one`` completes; ``every role`` of the action's rows signs once; ``n of m`` roles sign.
        signatures_needed: the n of ``n of m``, else 0.
        opinion_required: whether the action needs a written opinion.
        signatures_of: the action whose signatures must be complete first; empty if none.
        may_take_back: whether the actor may take it back until somebody has decided.
    """

    state: str
    action: str
    next_state: str
    role: str
    condition: str = ""
    kind: str = "forward"
    signing: str = "any one"
    signatures_needed: int = 0
    opinion_required: bool = False
    signatures_of: str = ""
    may_take_back: bool = False
    self_approval: bool = False
    article: str = ""

    @property
    def parsed(self) -> Condition:
        """Its condition, parsed.

        Raises:
            InputError: it is outside the restricted form.
        """
        return parse(self.condition)


@dataclass(frozen=True)
class Definition:
    """The approval chain of one DocType."""

    name: str
    doctype: str
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]
    active: bool = True
    mails_links: bool = False

    @cached_property
    def _states(self) -> dict[str, State]:
        return {state.name: state for state in self.states}

    @property
    def start(self) -> State:
        """The state of a new document."""
        return self.states[0]

    def state(self, name: str) -> State:
        """The state of that name.

        Raises:
            KeyError: there is none.
        """
        return self._states[name]

    def has_state(self, name: str) -> bool:
        """Whether a state of that name exists."""
        return name in self._states

    @cached_property
    def _rows(self) -> dict[str, tuple[Transition, ...]]:
        found: dict[str, list[Transition]] = {}
        for transition in self.transitions:
            found.setdefault(transition.state, []).append(transition)
        return {state: tuple(rows) for state, rows in found.items()}

    def rows(self, state: str, action: str = "") -> tuple[Transition, ...]:
        """The transitions out of a state, all or those of one action, in their order."""
        rows = self._rows.get(state, ())
        return tuple(t for t in rows if t.action == action) if action else rows

    def actions(self, state: str = "") -> tuple[str, ...]:
        """The actions out of a state (or all), each once, in their order."""
        rows = self.rows(state) if state else self.transitions
        return tuple(dict.fromkeys(t.action for t in rows))

    def collects(self, state: str, action: str) -> bool:
        """Whether the action's signatures stay with the document for another action to rely on."""
        return any(t.signatures_of == action for t in self.rows(state))


# --- reading ---------------------------------------------------------------------------------------------------------

_SYSTEM_KEYS = {
    "doctype",
    "name",
    "owner",
    "creation",
    "modified",
    "modified_by",
    "docstatus",
    "idx",
    "parent",
    "parentfield",
    "parenttype",
    "__islocal",
    "__unsaved",
    "__onload",
    "_user_tags",
    "_comments",
    "_assign",
    "_liked_by",
    "__last_sync_on",
    "workflow_builder_id",
}
_WORKFLOW_KEYS = {
    "workflow_name",
    "document_type",
    "is_active",
    "override_status",
    "send_email_alert",
    "workflow_state_field",
    "workflow_data",
    "states",
    "transitions",
    "enable_action_confirmation",
}
_STATE_KEYS = {
    "state",
    "doc_status",
    "allow_edit",
    "is_optional_state",
    "avoid_status_override",
    "update_field",
    "update_value",
    "evaluate_as_expression",
    "next_action_email_template",
    "message",
    "send_email",
    "itp_time_limit",
    "itp_article",
}
_TRANSITION_KEYS = {
    "state",
    "action",
    "next_state",
    "allowed",
    "allow_self_approval",
    "condition",
    "send_email_to_creator",
    "transition_tasks",
    "itp_kind",
    "itp_signing",
    "itp_signatures_needed",
    "itp_opinion_required",
    "itp_signatures_of",
    "itp_may_take_back",
    "itp_article",
}


def load_definition(source: Mapping[str, Any] | Located | str | Path) -> Definition:
    """Read a Workflow: a mapping (the site's record), a located file, or the path of a JSON or YAML file.

    What a single value may be is judged here; whether the whole makes sense is ``graph.check``'s to say. Conditions
    are kept as they are written, so that the check can name every one that is not allowed.

    Raises:
        InputError: unknown, missing or malformed key, with file, line and field.
    """
    if isinstance(source, (str, Path)):
        source = read_file(source)
    reader = _Reader(source if isinstance(source, Located) else Located(source))
    return reader.definition()


class _Reader:
    """Turns a record's plain values into a definition, naming the place of every fault."""

    def __init__(self, located: Located) -> None:
        self.located = located

    def definition(self) -> Definition:
        data = self.located.data
        self.keys((), data, _WORKFLOW_KEYS)
        if data.get("doctype", "Workflow") != "Workflow":
            raise self.located.error(("doctype",), "这不是工作流（Workflow）定义。", "This is not a Workflow.")
        if data.get("workflow_state_field", "workflow_state") != "workflow_state":
            raise self.located.error(
                ("workflow_state_field",), "状态字段只能是 workflow_state。", "The state field must be workflow_state."
            )
        rows = self.table("transitions")
        leaving = {row.get("state") for row in rows if isinstance(row, Mapping)}
        states = [self.state(n, row, leaving) for n, row in enumerate(self.table("states"))]
        names = [state.name for state in states]
        for n, name in enumerate(names):
            if name in names[:n]:
                raise self.located.error(
                    ("states", n, "state"), f"状态“{name}”重复。", f"State “{name}” appears twice."
                )
        transitions = tuple(self.transition(n, row) for n, row in enumerate(rows))
        doctype = self.text((), data, "document_type")
        return Definition(
            self.text((), data, "workflow_name", data.get("name") or doctype),
            doctype,
            tuple(states),
            transitions,
            self.flag((), data, "is_active", True),
            self.flag((), data, "send_email_alert", False),
        )

    def table(self, key: str) -> list[Any]:
        rows = self.located.data.get(key)
        if not isinstance(rows, (list, tuple)) or not rows:
            what = {"states": ("状态", "states"), "transitions": ("流转", "transitions")}[key]
            raise self.located.error(
                (key,), f"工作流至少要有一行{what[0]}。", f"A workflow has at least one row of {what[1]}."
            )
        return list(rows)

    def state(self, n: int, row: Any, leaving: set[Any]) -> State:
        here: Path_ = ("states", n)
        self.keys(here, row, _STATE_KEYS)
        name = self.text(here, row, "state")
        status = str(row.get("doc_status", "0"))
        if status not in ("0", "1", "2"):
            raise self.located.error(
                (*here, "doc_status"),
                "文档状态只能是 0（未决）或 1（已决）。",
                "doc_status is 0 (open) or 1 (decided).",
            )
        limit = self.whole(here, row, "itp_time_limit")
        kind = "start" if n == 0 else "open" if name in leaving else "end"
        return State(
            name,
            int(status),
            self.text(here, row, "allow_edit", ""),
            limit or None,
            self.text(here, row, "itp_article", ""),
            kind,
        )

    def transition(self, n: int, row: Any) -> Transition:
        here: Path_ = ("transitions", n)
        self.keys(here, row, _TRANSITION_KEYS)
        return Transition(
            self.text(here, row, "state"),
            self.text(here, row, "action"),
            self.text(here, row, "next_state"),
            self.text(here, row, "allowed"),
            self.text(here, row, "condition", ""),
            self.choice(here, row, "itp_kind", KINDS),
            self.choice(here, row, "itp_signing", SIGNING),
            self.whole(here, row, "itp_signatures_needed") or 0,
            self.flag(here, row, "itp_opinion_required", False),
            self.text(here, row, "itp_signatures_of", ""),
            self.flag(here, row, "itp_may_take_back", False),
            self.flag(here, row, "allow_self_approval", True),
            self.text(here, row, "itp_article", ""),
        )

    def keys(self, path: Path_, row: Any, known: set[str]) -> None:
        if not isinstance(row, Mapping):
            raise self.located.error(path, "这里应是若干“键: 值”。", "A mapping is due here.")
        for key in row:
            if key not in known and key not in _SYSTEM_KEYS and not key.startswith("custom_"):
                raise self.located.error((*path, key), f"未知的键“{key}”。", f"Unknown key “{key}”.")

    def text(self, path: Path_, row: Mapping[str, Any], key: str, default: str | None = None) -> str:
        value = row.get(key)
        if value is None or value == "":
            if default is None:
                raise self.located.error((*path, key), f"缺少“{key}”。", f"“{key}” is missing.")
            return default
        if not isinstance(value, str):
            raise self.located.error((*path, key), f"“{key}”应是文字。", f"“{key}” must be text.")
        return value.strip()

    def choice(self, path: Path_, row: Mapping[str, Any], key: str, allowed: tuple[str, ...]) -> str:
        value = self.text(path, row, key, allowed[0])
        if value not in allowed:
            raise self.located.error(
                (*path, key),
                f"“{key}”只能是 {'、'.join(allowed)}，而不是“{value}”。",
                f"“{key}” is one of {', '.join(allowed)}, not “{value}”.",
            )
        return value

    def whole(self, path: Path_, row: Mapping[str, Any], key: str) -> int | None:
        value = row.get(key)
        if value is None or value == "":
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise self.located.error(
                (*path, key), f"“{key}”应是不小于0的整数。", f"“{key}” must be a whole number, 0 or more."
            )
        return value

    def flag(self, path: Path_, row: Mapping[str, Any], key: str, default: bool) -> bool:
        value = row.get(key)
        if value is None:
            return default
        if value not in (0, 1, False, True):
            raise self.located.error((*path, key), f"“{key}”只能是 0 或 1。", f"“{key}” is 0 or 1.")
        return bool(value)


# --- what is shipped -------------------------------------------------------------------------------------------------


PROCEDURES = tuple(
    "IT Project " + kind
    for kind in (
        "Proposal",
        "Preliminary Review",
        "Joint Review",
        "Consultation",
        "Annual Plan",
        "Implementation",
        "Change",
        "Acceptance",
        "Evaluation",
    )
)
"""The documents that have a procedure, in the order of the measure."""


@lru_cache(maxsize=1)
def _all() -> dict[str, Definition]:
    loaded = (load_definition(path) for path in sorted(FOLDER.glob("*.json")))
    return {definition.doctype: definition for definition in loaded}


def shipped_doctypes() -> tuple[str, ...]:
    """The procedures that have a shipped Workflow, in the order of the measure."""
    return tuple(sorted(_all(), key=PROCEDURES.index))


def shipped(doctype: str) -> Definition:
    """The shipped definition of a procedure, read once.

    Raises:
        KeyError: no such procedure.
    """
    return _all()[doctype]
