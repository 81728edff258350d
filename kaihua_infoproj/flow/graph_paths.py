"""Ways through a workflow: what can be reached, and whether a way misses a step."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from ..policy.errors import InputError
from .condition import Condition, overlap, parse
from .definition import Definition, Transition
from .effects import effects

Memory = tuple[tuple[str, str], ...]
"""Fields that the way itself has set, such as the state from which work was suspended."""


def usable_condition(row: Transition) -> Condition:
    """A row's condition; one that is not allowed (reported elsewhere) counts as none, so that no way is overlooked."""
    try:
        return row.parsed
    except InputError:
        return parse("")


@lru_cache(maxsize=4096)
def _may_hold(condition: str, given: str) -> bool:
    return overlap(parse(condition), parse(given))


def may_be_taken(row: Transition, given: str, memory: Memory) -> bool:
    """Whether some document in the case ``given`` can take the row after what the way has set."""
    condition = usable_condition(row).text
    facts = [f"({given})"] if given else []
    facts += [f'doc.{field} == "{value}"' for field, value in memory]
    return _may_hold(condition, " and ".join(facts)) if condition else True


def remember(definition: Definition, row: Transition, memory: Memory) -> Memory:
    """What the way has set after the row: texts that its after-effects write into the document itself."""
    known = dict(memory)
    for effect in effects(definition.doctype, row.action, {}, state=row.state, next_state=row.next_state):
        if effect.kind == "set field" and not effect.target and isinstance(effect.value, str):
            known[effect.field] = effect.value
    return tuple(sorted(known.items()))


def ways(
    definition: Definition, *, given: str = "", avoiding: str = "", without: Collection[tuple[str, str]] = ()
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every state that can be reached, once, with a shortest way of states to it.

    Args:
        given: the case, as a condition. avoiding: a state that is never entered.
        without: (state, action) pairs that are never taken.
    """
    start = definition.start.name
    if start == avoiding:
        return
    first: tuple[str, Memory] = (start, ())
    came: dict[tuple[str, Memory], tuple[str, Memory] | None] = {first: None}
    told: set[str] = set()
    queue = deque([first])
    while queue:
        node = queue.popleft()
        if node[0] not in told:
            told.add(node[0])
            yield node[0], _trace(came, node)
        for row in definition.rows(node[0]):
            if (
                row.next_state == avoiding
                or (row.state, row.action) in without
                or not may_be_taken(row, given, node[1])
            ):
                continue
            following = row.next_state, remember(definition, row, node[1])
            if following not in came:
                came[following] = node
                queue.append(following)


def _trace(came: dict[tuple[str, Memory], tuple[str, Memory] | None], node: tuple[str, Memory]) -> tuple[str, ...]:
    way: list[str] = []
    at: tuple[str, Memory] | None = node
    while at is not None:
        way.append(at[0])
        at = came[at]
    return tuple(reversed(way))


def leading_to(definition: Definition, targets: Iterable[str]) -> frozenset[str]:
    """The states from which some target can be reached, the targets included; conditions aside."""
    found = set(targets)
    while True:
        more = {t.state for t in definition.transitions if t.next_state in found} - found
        if not more:
            return frozenset(found)
        found |= more


def leading_from(definition: Definition, start: str) -> frozenset[str]:
    """The states that can be reached from ``start``, itself included; conditions aside."""
    found = {start}
    while True:
        more = {t.next_state for t in definition.transitions if t.state in found} - found
        if not more:
            return frozenset(found)
        found |= more
