"""Consent of the county government to what the measure lets only it allow: additions within the year, more funds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Consent:
    """A recorded consent (articles 6, 10 and 12).

    Attributes:
        kind: standing-meeting minutes, county document or leader's instruction. number: of the document; a leader's
            instruction has none. dated: its day. file: the scan.
    """

    kind: str = ""
    number: str = ""
    dated: date | None = None
    file: str = ""
