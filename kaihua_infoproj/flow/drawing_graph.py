"""What a workflow drawing shows: edges, the main way, rows, and which kind of line each edge becomes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from .definition import Definition, Transition

MAX_WAYS = 20_000


@dataclass(frozen=True)
class Edge:
    """Transitions drawn as one line: same state, action and next state."""

    rows: tuple[Transition, ...]

    @property
    def state(self) -> str:
        """Where it begins."""
        return self.rows[0].state

    @property
    def next_state(self) -> str:
        """Where it leads."""
        return self.rows[0].next_state

    @property
    def action(self) -> str:
        """Its action."""
        return self.rows[0].action


def edges_of(definition: Definition) -> tuple[Edge, ...]:
    """The lines to draw, in the definition's order; rows that name unknown states are left out."""
    grouped: dict[tuple[str, str, str], list[Transition]] = {}
    for row in definition.transitions:
        if definition.has_state(row.state) and definition.has_state(row.next_state):
            grouped.setdefault((row.state, row.action, row.next_state), []).append(row)
    return tuple(Edge(tuple(rows)) for rows in grouped.values())


def spine_of(definition: Definition) -> tuple[str, ...]:
    """The main way: the longest forward one from the first state to an end; the definition's order breaks ties.

    Steps that lead forward both ways (suspend, resume) are detours and not part of it. In a workflow with very many
    ways the search stops at the longest found so far.
    """
    forward = [(e.state, e.next_state) for e in edges_of(definition) if e.rows[0].kind in ("forward", "system")]
    steps: dict[str, list[str]] = {}
    for state, next_state in forward:
        if (next_state, state) not in forward:
            steps.setdefault(state, []).append(next_state)
    best: tuple[str, ...] = (definition.start.name,)
    found = False
    stack = [best]
    for _ in range(MAX_WAYS):
        if not stack:
            break
        way = stack.pop()
        if definition.state(way[-1]).kind == "end" and (len(way) > len(best) or not found):
            best, found = way, True
        stack.extend((*way, state) for state in reversed(steps.get(way[-1], [])) if state not in way)
    return best


@dataclass(frozen=True)
class Line:
    """Edges that share a line.

    ``kind`` is one of: down, up (neighbours on the main way), loop, fan (from the last row to ends), bus (to an end,
    down the right side), lane (anything else, through the gap left of the main way).
    """

    kind: str
    edges: tuple[Edge, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """States it begins in, each once."""
        return tuple(dict.fromkeys(e.state for e in self.edges))

    @property
    def targets(self) -> tuple[str, ...]:
        """States it leads to, each once."""
        return tuple(dict.fromkeys(e.next_state for e in self.edges))


@dataclass
class Plan:
    """A drawing without coordinates."""

    spine: tuple[str, ...]
    rows: list[str]
    ends: list[str]
    lines: list[Line] = field(default_factory=list)

    def is_side(self, state: str) -> bool:
        """Whether the state stands left of the main way."""
        return state not in self.spine and state in self.rows

    @property
    def has_sides(self) -> bool:
        """Whether any does."""
        return any(self.is_side(s) for s in self.rows)


def plan(definition: Definition) -> Plan:
    """Decide rows and the kind of every line."""
    edges = edges_of(definition)
    spine = spine_of(definition)
    ends = {s.name for s in definition.states if s.kind == "end"}
    rows = _rows(definition, edges, spine, ends)
    made = Plan(spine, rows, [s.name for s in definition.states if s.name in ends])
    main = [s for s in spine if s not in ends]
    made.lines = _lines(edges, spine, main, ends)
    return made


def _rows(definition: Definition, edges: tuple[Edge, ...], spine: tuple[str, ...], ends: set[str]) -> list[str]:
    """Open states from top to bottom: the main way, and each other state after the last one that leads to it."""
    rows = [s for s in spine if s not in ends]
    for state in (s.name for s in definition.states):
        if state not in rows and state not in ends:
            before = [rows.index(e.state) for e in edges if e.next_state == state and e.state in rows]
            rows.insert(max(before, default=len(rows) - 1) + 1, state)
    return rows


def _lines(edges: tuple[Edge, ...], spine: tuple[str, ...], main: list[str], ends: set[str]) -> list[Line]:
    def kind(edge: Edge) -> str:
        if edge.state == edge.next_state:
            return "loop"
        if edge.next_state in ends:
            if edge.state == main[-1]:
                return "down" if edge.next_state == spine[-1] else "fan"
            return "lane" if edge.next_state == spine[-1] else "bus"
        if edge.state in main and edge.next_state in main:
            apart = main.index(edge.next_state) - main.index(edge.state)
            return {1: "down", -1: "up"}.get(apart, "lane")
        return "lane"

    lines: list[Line] = []
    left = list(edges)
    shared: list[Callable[[Edge], tuple[str, str]]] = [
        lambda e: (e.action, e.next_state),
        lambda e: (e.action, e.state),
    ]
    for key in shared:
        for group in _groups(left, key):
            kinds = {kind(e) for e in group}
            to_end = group[0].next_state in ends and len(group) >= 2 and kinds <= {"bus", "fan"}
            if to_end or (len(group) >= 3 and kinds <= {"lane", "down", "up"} and group[0].next_state not in ends):
                lines.append(Line("bus" if to_end else "lane", tuple(group)))
                left = [e for e in left if e not in group]
    for group in _groups(left, lambda e: (e.state, e.next_state)):  # actions side by side share an arrow
        for one in dict.fromkeys((kind(e), e.rows[0].kind) for e in group):
            lines.append(Line(one[0], tuple(e for e in group if (kind(e), e.rows[0].kind) == one)))
    return lines


def _groups(edges: list[Edge], key: Callable[[Edge], tuple[str, str]]) -> list[list[Edge]]:
    grouped: dict[tuple[str, str], list[Edge]] = {}
    for edge in edges:
        grouped.setdefault(key(edge), []).append(edge)
    return list(grouped.values())
