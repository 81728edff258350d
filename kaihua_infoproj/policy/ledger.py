"""The ledger's canonical form and hash chain: can be verified without the system."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .text import Text

FIRST_PREV = "0" * 64


@dataclass(frozen=True)
class Verification:
    """Whether a ledger is whole: rows read (the seal not counted), first bad row (1-based; rows + 1 for the seal)."""

    ok: bool
    rows: int
    first_bad_row: int | None = None
    reason: Text | None = None
    head: str = FIRST_PREV


def canonical_line(row: Mapping[str, Any]) -> str:
    """One line without line end: keys sorted, no spaces, non-ASCII unescaped, NFC; only text, whole numbers of seq and
    count, flags, null, lists and mappings.

    Raises:
        InputError: a value that may not stand there (float, other number, key that is not text).
    """
    raise NotImplementedError


def append(chain: list[str], row: Mapping[str, Any]) -> str:
    """Add ``row`` to ``chain`` (its canonical lines): gives it seq, prev and hash; returns the line."""
    raise NotImplementedError


def seal(chain: Iterable[str]) -> str:
    """The last line for these rows."""
    raise NotImplementedError


def verify_lines(lines: Iterable[bytes | str], head: str | None = None) -> Verification:
    """Verify a ledger given as its lines with their line ends (an open binary file will do)."""
    raise NotImplementedError


def verify(raw: bytes, head: str | None = None) -> Verification:
    """The same for a whole file in memory."""
    raise NotImplementedError
