"""Acceptance of a construction project [art. 13]: what must be there at each act."""

from __future__ import annotations

from collections.abc import Iterator

from .acceptance_facts import (
    AcceptanceFacts,
    ArchiveRow,
    BasisDocument,
    Collection,
    EarlierRound,
    Gate,
    GroupMember,
    Part,
    Requirement,
)
from .acceptance_gates import check_gates, check_order
from .acceptance_review import check_archive, check_group, check_parts, part_text, unmet_archive
from .finding import Finding, Severity, found
from .milestones import Suspension
from .parameter import ResolvedSet

__all__ = [
    "AcceptanceFacts",
    "ArchiveRow",
    "BasisDocument",
    "Collection",
    "EarlierRound",
    "Gate",
    "GroupMember",
    "Part",
    "Requirement",
    "Suspension",
    "check_acceptance",
    "check_delegation",
    "check_fail",
    "check_meeting",
    "check_pass",
]


def check_acceptance(facts: AcceptanceFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Before the unit applies (Apply for Acceptance, Reapply After Rectification): gates, dates, rounds, papers.

    What the archive still lacks is a note here: it must be complete before the meeting.
    """
    return (
        *check_gates(facts, rules),
        *check_order(facts),
        *_papers(facts),
        *_rounds(facts),
        *unmet_archive(facts, rules, Severity.NOTE),
    )


def _papers(facts: AcceptanceFacts) -> Iterator[Finding]:
    if not facts.summary:
        yield found("form.acceptance.summary", field="summary")


def _rounds(facts: AcceptanceFacts) -> Iterator[Finding]:
    """A further round names the one before; every earlier one is kept; its items are answered one by one."""
    if facts.round > 1 and not facts.previous_round:
        yield found("art13.previous_round", {"round": facts.round}, field="previous_round")
    kept = {row.round: row for row in facts.earlier_rounds}
    for number in range(1, facts.round):
        if number not in kept:
            yield found("art13.round_lost", {"round": facts.round, "lost": number}, field="earlier_rounds")
    for number in sorted(kept):
        if kept[number].conclusion != "fail":
            yield found("art13.round_not_failed", {"earlier": number}, field="earlier_rounds")
    if facts.round > 1 and facts.round - 1 in kept:
        yield from _answered(kept[facts.round - 1], facts)


def _answered(previous: EarlierRound, facts: AcceptanceFacts) -> Iterator[Finding]:
    for number, item in enumerate(previous.items, 1):
        if item.done_on is None or not item.answer:
            yield found(
                "art13.rectification_answer",
                {"number": number, "requirement": item.requirement},
                field=f"rectification_items[{number}]",
            )
        elif not item.proof:
            yield found(
                "form.acceptance.rectification_proof",
                {"number": number, "requirement": item.requirement},
                field=f"rectification_items[{number}]",
            )
    if previous.concluded_on is not None and facts.day < previous.concluded_on:
        yield found(
            "art13.reapplied_before_conclusion",
            {"concluded_on": previous.concluded_on, "applied_on": facts.day},
            comparison=f"{facts.day} < {previous.concluded_on}",
            field="applied_on",
        )


def check_delegation(facts: AcceptanceFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Before the DRB delegates (Delegate Acceptance): a letter with number and day, or the year's standing one."""
    findings = []
    if not facts.standing_delegation and not (facts.delegation_no and facts.delegation_on):
        findings.append(found("art13.delegation", field="delegation_no"))
    if facts.delegation_on is not None and facts.applied_on is not None and facts.delegation_on < facts.applied_on:
        findings.append(
            found(
                "art13.delegated_before_application",
                {"applied_on": facts.applied_on, "delegation_on": facts.delegation_on},
                comparison=f"{facts.delegation_on} < {facts.applied_on}",
                field="delegation_on",
            )
        )
    return tuple(findings)


def check_meeting(facts: AcceptanceFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Before the Data Centre starts (Start Acceptance): group, and the archive complete."""
    return (*check_group(facts, rules), *check_archive(facts, rules))


def check_pass(facts: AcceptanceFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Before Pass Acceptance: gates still met, archive, group, every part met, basis, report, formal operation."""
    findings = [
        *check_gates(facts, rules),
        *check_order(facts),
        *check_group(facts, rules),
        *check_archive(facts, rules),
        *check_parts(facts, rules),
        *_concluded(facts, "pass"),
    ]
    findings += [
        found("art13.part_deficient", {"part": part_text(row.part)}, field=f"parts[{number}]")
        for number, row in enumerate(facts.parts, 1)
        if row.verdict == "deficient"
    ]
    findings += _requirements(facts)
    if not facts.report:
        findings.append(found("form.acceptance.report", field="report"))
    if facts.formal_start is None:
        findings.append(found("art13.formal_start", field="formal_start"))
    elif facts.formal_start < facts.at:
        findings.append(
            found(
                "art13.formal_start_before_pass",
                {"formal_start": facts.formal_start, "at": facts.at},
                comparison=f"{facts.formal_start} < {facts.at}",
                field="formal_start",
            )
        )
    return tuple(findings)


def check_fail(facts: AcceptanceFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Before Fail Acceptance: group, parts, basis, what is to be rectified; and the system is not in use."""
    findings = [*check_group(facts, rules), *check_parts(facts, rules), *_concluded(facts, "fail")]
    if not facts.rectification_items:
        findings.append(found("art13.rectification_items", field="rectification_items"))
    findings += _requirements(facts)
    if facts.formal_start is not None:
        findings.append(found("art13.put_into_use", {"formal_start": facts.formal_start}, field="formal_start"))
    return tuple(findings)


def _concluded(facts: AcceptanceFacts, conclusion: str) -> Iterator[Finding]:
    if facts.conclusion != conclusion:
        yield found(f"form.acceptance.conclusion_{conclusion}", field="conclusion")
    if not facts.basis_documents:
        yield found("art13.basis", field="basis_documents")


def _requirements(facts: AcceptanceFacts) -> Iterator[Finding]:
    for number, row in enumerate(facts.rectification_items, 1):
        if not row.requirement or row.due is None:
            yield found("form.acceptance.requirement", {"number": number}, field=f"rectification_items[{number}]")
