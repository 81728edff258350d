"""Reproducible drawing of lots: anyone who has the pool and the seed can repeat it (algorithm ``sha256-order/1``)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .text import Text

ALGORITHM = "sha256-order/1"


@dataclass(frozen=True)
class PoolEntry:
    """One of the pool; ``excluded`` holds the reason why it takes no part (avoidance, not valid, busy)."""

    id: str
    excluded: str = ""


@dataclass(frozen=True)
class Declined:
    """One that was drawn and declined, with its reason: the next replacement takes its place."""

    id: str
    reason: str = ""


@dataclass(frozen=True)
class Draw:
    """A draw as recorded: pool snapshot, seed, number, result, replacements in order."""

    algorithm: str
    seed: str
    number: int
    pool: tuple[PoolEntry, ...]
    result: tuple[str, ...]
    replacements: tuple[str, ...]


@dataclass(frozen=True)
class Repeated:
    """Whether a recorded draw comes out again, and if not, which id differs and why."""

    ok: bool
    id: str = ""
    reason: Text = Text("", "")


def draw(pool: Sequence[PoolEntry], seed: str, number: int) -> Draw:
    """Draw ``number`` of the pool's eligible ids.

    Raises:
        InputError: an id is empty or stands twice, the seed is empty, or more are asked than are eligible.
    """
    raise NotImplementedError


def taking_part(drawn: Draw, declined: Iterable[Declined]) -> tuple[str, ...]:
    """Who takes part after some declined: each is replaced by the next in order.

    Raises:
        InputError: a declined id was not drawn, gives no reason, or no replacement is left.
    """
    raise NotImplementedError


def repeat(recorded: Draw, pool: Sequence[PoolEntry] | None = None) -> Repeated:
    """Draw again from the recorded pool (or from ``pool`` as it is now) and compare with what was recorded."""
    raise NotImplementedError
