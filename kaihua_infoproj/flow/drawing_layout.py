"""Coordinates of a workflow drawing.

One open state a row: the main way in the middle column, other states in the column to its left, all ends in one row at
the bottom. What many states share (withdraw, exclude, terminate) is one bus down the right side; other ways run
through lanes in the gap left of the main way. Boxes and rows grow with the labels they must hold.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .drawing_graph import Line, Plan
from .drawing_label import Label

BOX_WIDTH, BOX_HEIGHT = 190, 46
END_COLUMN, LANE = 224, 16
LABEL_ROOM = 178
PLAIN_PORT, AROUND_LABEL = 14, 8
FAN_DROP = 18

Point = tuple[int, int]


@dataclass(frozen=True)
class Box:
    """A state's box by its centre."""

    state: str
    x: int
    y: int
    height: int
    end: bool


@dataclass(frozen=True)
class Path:
    """A line through points, with or without an arrow head."""

    points: tuple[Point, ...]
    head: bool = True
    kind: str = "forward"


@dataclass(frozen=True)
class Placed:
    """A label: its anchor is the top left corner, or the top right one."""

    label: Label
    at: Point
    right: bool = False


@dataclass
class Layout:
    """Everything with its place, and the size of the whole."""

    boxes: dict[str, Box] = field(default_factory=dict)
    paths: list[Path] = field(default_factory=list)
    labels: list[Placed] = field(default_factory=list)
    dots: list[Point] = field(default_factory=list)


@dataclass
class _Port:
    """A place on a box's side where a line begins or ends."""

    line: Line
    room: int
    order: int
    y: int = 0


def lay_out(plan: Plan, labels: dict[int, Label], heights: dict[str, int]) -> Layout:
    """Give coordinates to a plan.

    Args:
        labels: the label of each line, by the line's ``id``.
        heights: what each state's box needs for its own writing.
    """
    return _Router(plan, labels, heights).run()


class _Router:
    def __init__(self, plan: Plan, labels: dict[int, Label], heights: dict[str, int]) -> None:
        self.plan, self.labels, self.heights = plan, labels, heights
        self.out = Layout()
        self.columns = self._end_columns()
        self.ports: dict[tuple[str, str], list[_Port]] = {}
        self.lanes = [line for line in plan.lines if line.kind == "lane"]

    def run(self) -> Layout:
        for line in self.plan.lines:
            self._ask_ports(line)
        self._place_boxes()
        numbers = self._number_lanes()
        self.gap_right = -BOX_WIDTH // 2 - LABEL_ROOM
        for line in self.plan.lines:
            {"down": self._straight, "up": self._straight, "loop": self._loop, "fan": self._fan, "bus": self._bus}.get(
                line.kind, lambda one: self._lane(one, numbers[id(one)])
            )(line)
        return self.out

    def label(self, line: Line) -> Label:
        return self.labels[id(line)]

    # --- ends and ports ----------------------------------------------------------------------------------------------

    def _end_columns(self) -> dict[str, int]:
        """Ends from left to right: the main one in the middle, those fanned out beside it, those with a bus right."""
        bussed = {line.targets[0] for line in self.plan.lines if line.kind == "bus"}
        main = self.plan.spine[-1]
        fanned = [s for s in self.plan.ends if s != main and s not in bussed]
        columns = {main: 0} if main in self.plan.ends else {}
        for n, state in enumerate(fanned):
            columns[state] = -(n // 2 + 1) if n % 2 == 0 else n // 2 + 1
        first = max([0, *columns.values()]) + 1
        columns.update({s: first + n for n, s in enumerate(s for s in self.plan.ends if s in bussed and s != main)})
        return columns

    def _side(self, state: str) -> str:
        """The side of a box that faces the gap."""
        return "right" if self.plan.is_side(state) else "left"

    def _ask_ports(self, line: Line) -> None:
        room = self.label(line).height + AROUND_LABEL
        if line.kind == "loop":
            self._ask(line.sources[0], "right", line, room, 0)
        elif line.kind == "bus":
            for state in line.sources:
                alone = room if len(line.sources) == 1 else PLAIN_PORT
                self._ask(state, "right", line, alone, 100 - self.columns[line.targets[0]])
        elif line.kind == "lane":
            many_in = len(line.sources) > 1
            for state in line.sources:
                self._ask(
                    state, self._side(state), line, PLAIN_PORT if many_in else room, self._height_order(line, state)
                )
            for state in line.targets:
                self._ask(
                    state, self._side(state), line, room if many_in else PLAIN_PORT, self._height_order(line, state)
                )

    def _height_order(self, line: Line, state: str) -> int:
        """Lines to higher rows leave a box higher up."""
        rows = [*self.plan.rows, *self.plan.ends]
        others = [rows.index(s) for s in (*line.sources, *line.targets) if s != state]
        return 100 * sum(others) // len(others)

    def _ask(self, state: str, side: str, line: Line, room: int, order: int) -> None:
        self.ports.setdefault((state, side), []).append(_Port(line, room, order))

    def _port(self, state: str, side: str, line: Line) -> Point:
        port = next(p for p in self.ports[state, side] if p.line is line)
        box = self.out.boxes[state]
        return box.x + (BOX_WIDTH // 2 if side == "right" else -BOX_WIDTH // 2), port.y

    # --- places ------------------------------------------------------------------------------------------------------

    def _place_boxes(self) -> None:
        lanes = max(1, len(self.lanes))
        gap = LABEL_ROOM + lanes * LANE + (LABEL_ROOM if self.plan.has_sides else 0)
        y = 0
        for n, state in enumerate(self.plan.rows):
            height = self._height(state)
            if n:
                y += self._room_above(n)
            x = -(BOX_WIDTH + gap) if self.plan.is_side(state) else 0
            self.out.boxes[state] = Box(state, x, y + height // 2, height, False)
            y += height
        drops = [
            self.label(line).height
            for line in self.plan.lines
            if line.kind in ("fan", "bus") or line.targets[0] in self.plan.ends
        ]
        y += max([30, *drops]) + FAN_DROP + 30
        for state, column in self.columns.items():
            height = self._height(state)
            self.out.boxes[state] = Box(state, column * END_COLUMN, y + BOX_HEIGHT // 2, height, True)
        for (state, _), ports in self.ports.items():
            box = self.out.boxes[state]
            ports.sort(key=lambda p: p.order)
            top = box.y - sum(p.room for p in ports) // 2
            for port in ports:
                top += port.room
                port.y = top - (4 if port.room > PLAIN_PORT else PLAIN_PORT // 2)

    def _height(self, state: str) -> int:
        """A box is high enough for its writing and for the lines on each of its sides."""
        sides = [sum(p.room for p in ports) + 8 for (s, _), ports in self.ports.items() if s == state]
        return max([BOX_HEIGHT, self.heights[state], *sides])

    def _room_above(self, n: int) -> int:
        """Room between row n and the one above, for the labels of the straight lines that pass there."""
        rows = self.plan.rows
        needed = 34
        for line in self.plan.lines:
            if line.kind in ("down", "up") and line.targets[0] in rows:
                a, b = sorted((rows.index(line.sources[0]), rows.index(line.targets[0])))
                if a < n <= b and (n == b or b - a == 1):
                    needed = max(needed, self.label(line).height + 22)
        return needed

    def _number_lanes(self) -> dict[int, int]:
        """A lane for every line through the gap: the first that is free between its heights."""
        taken: list[tuple[int, int, int]] = []
        numbers = {}
        for line in self.lanes:
            ys = [self._port(s, self._side(s), line)[1] for s in (*line.sources, *line.targets)]
            top, bottom = min(ys) - 8, max(ys) + 8
            used = {n for a, b, n in taken if not (bottom < a or top > b)}
            number = next(n for n in range(len(self.lanes)) if n not in used)
            taken.append((top, bottom, number))
            numbers[id(line)] = number
        return numbers

    # --- lines -------------------------------------------------------------------------------------------------------

    def _draw(self, line: Line, *points: Point, head: bool = True) -> None:
        self.out.paths.append(Path(tuple(points), head, line.edges[0].rows[0].kind))

    def _write(self, line: Line, at: Point, *, right: bool = False) -> None:
        self.out.labels.append(Placed(self.label(line), at, right))

    def _straight(self, line: Line) -> None:
        one, other = self.out.boxes[line.sources[0]], self.out.boxes[line.targets[0]]
        down = line.kind == "down"
        paired = any(
            {*li.sources, *li.targets} == {one.state, other.state} and li.kind != line.kind
            for li in self.plan.lines
            if li.kind in ("down", "up")
        )
        x = (16 if down else -16) * paired
        start = one.y + one.height // 2 * (1 if down else -1)
        stop = other.y - other.height // 2 * (1 if down else -1)
        self._draw(line, (x, start), (x, stop))
        bottom = max(start, stop)
        self._write(line, (x + (8 if down else -8), bottom - 14 - self.label(line).height), right=not down)

    def _loop(self, line: Line) -> None:
        x, y = self._port(line.sources[0], "right", line)
        height = self.label(line).height
        middle = y - height // 2
        self._draw(line, (x, middle - 8), (x + 24, middle - 8), (x + 24, middle + 8), (x, middle + 8))
        self._write(line, (x + 32, y - height))

    def _fan(self, line: Line) -> None:
        source, target = self.out.boxes[line.sources[0]], self.out.boxes[line.targets[0]]
        start, top = source.y + source.height // 2, target.y - target.height // 2
        level = (
            top
            - max(
                self.label(one).height
                for one in self.plan.lines
                if one.kind in ("fan", "down") and one.targets[0] in self.plan.ends
            )
            - FAN_DROP
            - 8
        )
        self._draw(line, (source.x, start), (source.x, level), (target.x, level), (target.x, top))
        self._write(line, (target.x + 8, level + 10))

    def _bus(self, line: Line) -> None:
        target = self.out.boxes[line.targets[0]]
        top = target.y - target.height // 2
        others = [one for one in self.plan.lines if one.kind in ("bus", "fan") and one.targets == line.targets]
        x = target.x + LANE * others.index(line)
        starts = sorted((self._port(s, "right", line) for s in line.sources), key=lambda p: p[1])
        self._draw(line, starts[0], (x, starts[0][1]), (x, top))
        for start in starts[1:]:
            self._draw(line, start, (x, start[1]), head=False)
            self.out.dots.append((x, start[1]))
        height = self.label(line).height
        if len(starts) == 1:
            self._write(line, (starts[0][0] + 8, starts[0][1] - height - 3))
        else:
            self._write(line, (x + 8, top - height - 14))

    def _lane(self, line: Line, number: int) -> None:
        x = self.gap_right - LANE // 2 - number * LANE
        starts = [self._port(s, self._side(s), line) for s in line.sources]
        stops = [self._port(s, self._side(s), line) for s in line.targets]
        if len(starts) == len(stops) == 1:
            self._draw(line, starts[0], (x, starts[0][1]), (x, stops[0][1]), stops[0])
        else:
            ys = [y for _, y in (*starts, *stops)]
            self._draw(line, (x, min(ys)), (x, max(ys)), head=False)
            for start in starts:
                self._draw(line, start, (x, start[1]), head=False)
            for stop in stops:
                self._draw(line, (x, stop[1]), stop)
            self.out.dots += [(x, y) for y in ys if min(ys) < y < max(ys)]
        (at_x, at_y), state = (stops[0], line.targets[0]) if len(starts) > 1 else (starts[0], line.sources[0])
        left = self._side(state) == "left"
        # near an arrow head the label keeps clear of it
        clear = 14 if len(starts) > 1 else 6
        self._write(line, (at_x - clear if left else at_x + clear, at_y - self.label(line).height - 3), right=left)
