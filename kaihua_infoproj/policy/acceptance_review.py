"""Acceptance group, archive and the six parts of the review [art. 13]."""

from __future__ import annotations

from collections.abc import Iterator

from .acceptance_facts import AcceptanceFacts
from .checklists import checklist
from .finding import Finding, Severity, found
from .parameter import ResolvedSet
from .text import Text

PARTS = {
    "documents": Text("资料齐全规范", "documents complete and regular"),
    "contract": Text("合同及招标要求履行", "contract and tender fulfilled"),
    "functions and performance": Text(
        "功能、性能、安全和技术指标", "functions, performance, security and technical indicators"
    ),
    "data sharing": Text("数据共享", "data sharing"),
    "trial and use": Text("试运行、数据归集、接口与使用情况", "trial, collection, interfaces and use"),
    "other contract matters": Text("合同约定的其他事项", "other contract matters"),
}


def part_text(part: str) -> Text:
    """A part as people read it; one that an administrator added has its own words."""
    return PARTS.get(part, Text(part, part))


def check_group(facts: AcceptanceFacts, rules: ResolvedSet) -> Iterator[Finding]:
    """An odd number of members, at least the minimum, one leader, nobody of unit, builder or supervisor."""
    minimum, size = rules.integer("acceptance_group_minimum"), len(facts.group)
    if size < minimum or size % 2 == 0:
        yield found(
            "art13.group_size",
            {"size": size},
            uses=[rules.use("acceptance_group_minimum")],
            field="group",
            comparison=f"{size} < {minimum}" if size < minimum else f"{size} mod 2 = 0",
        )
    leaders = sum(member.role == "leader" for member in facts.group)
    if leaders != 1:
        yield found("form.acceptance.group_leader", {"leaders": leaders}, field="group")
    parties = {
        facts.department: Text("建设单位", "the unit"),
        facts.supervisor: Text("监理单位", "the supervisor"),
        **dict.fromkeys(facts.suppliers, Text("承建单位", "the builder")),
    }
    for number, member in enumerate(facts.group, 1):
        if member.organisation and member.organisation in parties:
            yield found(
                "art13.group_not_independent",
                {"person": member.person, "organisation": member.organisation, "party": parties[member.organisation]},
                field=f"group[{number}]",
            )


def archive_before_meeting(rules: ResolvedSet) -> tuple[Text, ...]:
    """The documents of the dated archive list that are there before the meeting can be."""
    later = rules.texts("archive_after_meeting")
    return tuple(item.label for item in checklist("archive").on(rules.as_of).items if item.code not in later)


def unmet_archive(facts: AcceptanceFacts, rules: ResolvedSet, severity: Severity) -> Iterator[Finding]:
    """One finding that names every document of the list that is neither there nor said not to apply."""
    settled = {row.document for row in facts.archive if row.state in ("present", "not applicable")}
    missing = tuple(d for d in archive_before_meeting(rules) if settled.isdisjoint(d))
    if missing:
        yield found(
            "art13.archive",
            {"count": len(missing), "missing": missing},
            severity=severity,
            uses=[rules.use("archive_after_meeting")],
            field="archive",
        )


def check_archive(facts: AcceptanceFacts, rules: ResolvedSet) -> Iterator[Finding]:
    """The archive before the meeting: complete, and a reason for everything that does not apply."""
    yield from unmet_archive(facts, rules, Severity.BLOCKS)
    for number, row in enumerate(facts.archive, 1):
        if row.state == "not applicable" and not row.reason:
            yield found("form.acceptance.archive_reason", {"document": row.document}, field=f"archive[{number}]")


def check_parts(facts: AcceptanceFacts, rules: ResolvedSet) -> Iterator[Finding]:
    """Each of the six parts has a verdict; a deficient one says what is wrong."""
    judged = {row.part for row in facts.parts if row.verdict}
    for part in rules.texts("acceptance_parts"):
        if part not in judged:
            yield found(
                "art13.part_missing", {"part": part_text(part)}, uses=[rules.use("acceptance_parts")], field="parts"
            )
    for number, row in enumerate(facts.parts, 1):
        if row.verdict == "deficient" and not row.note:
            yield found("form.acceptance.part_note", {"part": part_text(row.part)}, field=f"parts[{number}]")
