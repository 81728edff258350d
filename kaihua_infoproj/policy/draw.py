"""Reproducible drawing of lots: anyone who has the pool and the seed can repeat it.

Algorithm ``sha256-order/1``: the eligible ids are ordered by the SHA-256 of ``seed + "\\n" + id`` in UTF-8, equal ones
by id; the first are drawn, the others are replacements in order. No weights.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from .errors import InputError
from .text import Text

ALGORITHM = "sha256-order/1"


@dataclass(frozen=True)
class PoolEntry:
    """One of the pool; ``excluded`` holds the reason why it takes no part (avoidance, no longer valid)."""

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
    """Whether a recorded draw comes out again, and if not, which id differs and how."""

    ok: bool
    id: str = ""
    reason: Text = Text("", "")


def draw(pool: Sequence[PoolEntry], seed: str, number: int) -> Draw:
    """Draw ``number`` of the pool's eligible ids.

    Ids are taken without surrounding space and in Unicode's NFC, so that one name is one id however it was typed; the
    seed is taken as it stands.

    Raises:
        InputError: an id is empty, of several lines or stands twice; the seed is empty or of several lines; the number
            is not above zero or above that of the eligible.
    """
    entries = _snapshot(pool)
    if not seed or not _one_line(seed):
        raise InputError("随机数种子不能为空，也不能分行。", "The seed is one line and not empty.", field="seed")
    eligible = [entry.id for entry in entries if not entry.excluded]
    if number < 1:
        raise InputError("抽取数量应大于零。", "The number drawn must be above zero.", field="number")
    if number > len(eligible):
        raise InputError(
            f"要抽取{number}个，但名单{len(entries)}个中可参加抽取的只有{len(eligible)}个。",
            f"{number} are to be drawn, but of {len(entries)} in the pool only {len(eligible)} are eligible.",
            field="number",
        )
    order = sorted(eligible, key=lambda name: (hashlib.sha256(f"{seed}\n{name}".encode()).hexdigest(), name))
    return Draw(ALGORITHM, seed, number, entries, tuple(order[:number]), tuple(order[number:]))


def normal_id(text: str) -> str:
    """An id as the draw takes it: without surrounding space, in NFC."""
    return unicodedata.normalize("NFC", text.strip())


def _one_line(text: str) -> bool:
    return "\n" not in text and "\r" not in text


def _snapshot(pool: Sequence[PoolEntry]) -> tuple[PoolEntry, ...]:
    entries = tuple(replace(entry, id=normal_id(entry.id)) for entry in pool)
    seen: set[str] = set()
    for number, entry in enumerate(entries, 1):
        if not entry.id or not _one_line(entry.id):
            raise InputError(
                "名单里有空的或分行的编号。", "An id of the pool is empty or of several lines.", field=f"pool[{number}]"
            )
        if entry.id in seen:
            raise InputError(
                f"“{entry.id}”在名单里重复出现。", f"“{entry.id}” stands twice in the pool.", field=f"pool[{number}]"
            )
        seen.add(entry.id)
    return entries


def taking_part(drawn: Draw, declined: Iterable[Declined]) -> tuple[str, ...]:
    """Who takes part after some have declined: those drawn who have not, then replacements in order.

    Raises:
        InputError: one declined who was neither drawn nor a replacement, gave no reason or declined twice; or too few
            are left.
    """
    gone: set[str] = set()
    for number, row in enumerate(declined, 1):
        name, field = normal_id(row.id), f"declined[{number}]"
        if name not in drawn.result + drawn.replacements or name in gone:
            raise InputError(
                f"“{name}”不在抽取结果和候补名单中，或已登记过放弃。",
                f"“{name}” was neither drawn nor a replacement, or has declined already.",
                field=field,
            )
        if not row.reason.strip():
            raise InputError(f"“{name}”放弃参加，须写明理由。", f"“{name}” declined: a reason is due.", field=field)
        gone.add(name)
    left = tuple(name for name in drawn.result + drawn.replacements if name not in gone)
    if len(left) < drawn.number:
        raise InputError(
            f"候补已用完：需要{drawn.number}个，只剩{len(left)}个，请补充名单后重新抽取。",
            f"No replacement is left: {drawn.number} are needed, {len(left)} remain; draw anew from a larger pool.",
            field="declined",
        )
    return left[: drawn.number]


def repeat(recorded: Draw, pool: Sequence[PoolEntry] | None = None) -> Repeated:
    """Draw again and compare with what was recorded.

    Args:
        pool: another pool to draw from, such as the list as it is now; the recorded snapshot by default.

    Raises:
        InputError: the recorded pool, seed or number cannot be drawn from.
    """
    if recorded.algorithm != ALGORITHM:
        return Repeated(
            False,
            "",
            Text(
                f"算法“{recorded.algorithm}”未知，只能复核 {ALGORITHM}。",
                f"The algorithm “{recorded.algorithm}” is unknown; only {ALGORITHM} is known.",
            ),
        )
    entries = recorded.pool if pool is None else pool
    eligible = {normal_id(entry.id) for entry in entries if not entry.excluded}
    was = recorded.result + recorded.replacements
    for name in was:  # before drawing: too few may be left for that
        if name not in eligible:
            return Repeated(
                False,
                name,
                Text(
                    f"记录中的“{name}”已不在可抽名单中，名单有变动。",
                    f"“{name}” of the record is no longer eligible: the pool has changed.",
                ),
            )
    again = draw(entries, recorded.seed, recorded.number)
    now = again.result + again.replacements
    for name in now:
        if name not in was:
            return Repeated(
                False,
                name,
                Text(
                    f"可抽名单中的“{name}”不在记录中，名单有变动。",
                    f"“{name}” is eligible and not in the record: the pool has changed.",
                ),
            )
    for place, (old, new) in enumerate(zip(was, now, strict=False), 1):
        if old != new:
            return Repeated(
                False,
                old,
                Text(
                    f"第{place}位记录为“{old}”，重新抽取为“{new}”，结果有改动。",
                    f"Place {place} is “{old}” in the record and “{new}” when drawn again.",
                ),
            )
    if recorded.result != again.result:
        return Repeated(
            False,
            was[min(len(recorded.result), len(again.result))],
            Text(
                f"记录抽中{len(recorded.result)}个，应为{recorded.number}个。",
                f"The record holds {len(recorded.result)} drawn, {recorded.number} are due.",
            ),
        )
    return Repeated(True)
