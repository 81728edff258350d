"""“In principle” (原则上): blocks by default, with a recorded exception as the way past; never silently passable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from .finding import Finding, Severity, found
from .labels import label
from .organs import option_key
from .parameter import ResolvedSet
from .text import Text

INSTRUCTION = "leader's instruction"
_PARTS = {
    "reason": Text("理由", "the reason"),
    "document": Text("依据文件名称", "the title of the basis document"),
    "document_no": Text("文号", "its number"),
    "level": Text("文件层级", "its level"),
    "approver": Text("批准主体", "who approved"),
    "approved_on": Text("批准日期", "the day of approval"),
}


@dataclass(frozen=True)
class RecordedException:
    """An exception as the county consented to it.

    Attributes:
        code: the finding that it excepts, such as ``art3.4`` or ``art6.late``.
        reason: why. document: title of the basis document. document_no: its number; a leader's instruction needs none.
        document_kind: as on the form, ``leader's instruction`` among them.
        level: law, state, province, city or county. approver: the actor who approved, such as ``county government``.
        approved_on: day of the approval.
    """

    code: str
    reason: str = ""
    document: str = ""
    document_no: str = ""
    document_kind: str = ""
    level: str = ""
    approver: str = ""
    approved_on: date | None = None


def missing_parts(record: RecordedException) -> tuple[Text, ...]:
    """What a recorded exception still lacks, as people read it; () if it is complete."""
    return tuple(
        text
        for name, text in _PARTS.items()
        if not getattr(record, name) and (name != "document_no" or record.document_kind != INSTRUCTION)
    )


def settle(
    findings: Iterable[Finding],
    record: RecordedException | None,
    rules: ResolvedSet,
) -> Iterator[Finding]:
    """Findings of one kind after their recorded exception is looked at.

    A complete record turns those of severity exception into notes that say who consented; an incomplete one, or one
    by somebody who may not approve, leaves them and adds what is amiss. Other severities stay as they are.

    Args:
        findings: of one code, in any number. record: the exception recorded for it, or None.
    """
    findings = tuple(findings)
    if record is None or not findings:
        yield from findings
        return
    amiss = tuple(_amiss(record, rules))
    if amiss:
        yield from findings
        yield from amiss
        return
    for finding in findings:
        yield _excepted(finding, record) if finding.severity is Severity.EXCEPTION else finding


def _amiss(record: RecordedException, rules: ResolvedSet) -> Iterator[Finding]:
    article = record.code.split(".")[0]
    missing = missing_parts(record)
    if missing:
        yield found(f"{article}.exception_incomplete", {"missing": missing})
        return
    required = rules.use("exception_approver")
    if option_key(record.approver) != required.value:
        yield found(
            f"{article}.exception_approver",
            {"approver": _approver(record.approver), "required": _approver(str(required.value))},
            uses=[required],
            comparison=f"{option_key(record.approver)} ≠ {required.value}",
        )


def _approver(name: str) -> Text:
    return label("exception_approver", name.replace("_", " "))


def _excepted(finding: Finding, record: RecordedException) -> Finding:
    said = found(
        "form.excepted",
        {
            "approver": _approver(record.approver),
            "approved_on": record.approved_on,
            "document": record.document,
        },
    ).said
    return replace(finding, severity=Severity.NOTE, way_out=said)
