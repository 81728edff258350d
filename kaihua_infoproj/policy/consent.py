"""Consent of the county government to what the measure lets only it allow: additions within the year (article 6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .parameter import ResolvedSet
from .text import Text

_PARTS = {
    "kind": Text("文件种类", "the kind of document"),
    "number": Text("编号", "its number"),
    "dated": Text("日期", "its date"),
    "file": Text("文件扫描件", "the file"),
}


@dataclass(frozen=True)
class Consent:
    """A recorded consent.

    Attributes:
        kind: standing-meeting minutes, county document or leader's instruction. number: of the document; a leader's
            instruction needs none. dated: its day. file: the scan.
    """

    kind: str = ""
    number: str = ""
    dated: date | None = None
    file: str = ""

    @property
    def given(self) -> bool:
        """Whether anything of it is recorded."""
        return bool(self.kind or self.number or self.dated or self.file)


def missing_parts(consent: Consent, rules: ResolvedSet) -> tuple[Text, ...]:
    """What a consent still lacks, as people read it; () if it is complete."""
    return tuple(_PARTS[name] for name in _missing(consent, rules))


def _missing(consent: Consent, rules: ResolvedSet) -> Iterator[str]:
    numbered = consent.kind in rules.texts("addition_document_kinds")
    for name in _PARTS:
        if not getattr(consent, name) and (name != "number" or numbered):
            yield name
