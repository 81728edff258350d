"""What the record of a draw must show so that anybody can repeat and trust it: seed, source, pool, witness.

The measure asks for a draw at random (articles 8 and 14); that it can be repeated and is witnessed is our judgement.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from .comparison import compared
from .draw import PoolEntry
from .finding import Finding, found
from .parameter import ResolvedSet


@dataclass(frozen=True)
class DrawFacts:
    """An IT Project Draw when it is to be carried out.

    Attributes:
        purpose: experts or evaluation. pool: snapshot with exclusions and their reasons. number: how many to draw.
        seed: as published. seed_source: where anybody can look it up. seed_published_at: moment of its publication;
            None where it is not known. at: moment of the draw.
        witness, witness_organ: who watched the draw, and of which organ.
    """

    at: datetime
    purpose: str = ""
    pool: tuple[PoolEntry, ...] = ()
    number: int | None = None
    seed: str = ""
    seed_source: str = ""
    seed_published_at: datetime | None = None
    witness: str = ""
    witness_organ: str = ""


def check_draw(facts: DrawFacts, _: ResolvedSet) -> tuple[Finding, ...]:
    """Everything that must be on record before lots are drawn."""
    return (*_seed(facts), *_pool(facts), *_witness(facts))


def _seed(facts: DrawFacts) -> Iterator[Finding]:
    if not facts.seed:
        yield found("form.draw.seed", field="seed")
    if not facts.seed_source:
        yield found("form.draw.seed_source", field="seed_source")
    if facts.seed_published_at is not None and facts.seed_published_at > facts.at:
        yield found(
            "form.draw.seed_later", {"published": facts.seed_published_at, "at": facts.at}, field="seed_published_at"
        )


def _pool(facts: DrawFacts) -> Iterator[Finding]:
    eligible = sum(not entry.excluded for entry in facts.pool)
    if facts.number is None or facts.number < 1:
        yield found("form.draw.number", field="number")
    elif facts.number > eligible:
        yield found(
            "form.draw.pool",
            {"number": facts.number, "pool": len(facts.pool), "eligible": eligible},
            comparison=compared(facts.number, ">", eligible),
            field="pool",
        )


def _witness(facts: DrawFacts) -> Iterator[Finding]:
    if not facts.witness:
        yield found("form.draw.witness", field="witness")
    elif not facts.witness_organ:
        yield found("form.draw.witness_organ", {"witness": facts.witness}, field="witness_organ")
