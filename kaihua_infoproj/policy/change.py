"""Change of an approved project [art. 12]: what must be there at each act, and – in ``change_route`` – its way."""

from __future__ import annotations

from collections.abc import Iterator

from .change_facts import (
    REASONS,
    ChangeFacts,
    ChangeLine,
    ChangeRoute,
    ContentChange,
    DimensionView,
    EarlierChange,
    OrganOpinion,
    Route,
    Supplement,
)
from .change_route import additional_funds, filed_since_joint, meets_review, new_supervision, new_total, route_change
from .finding import Finding, found
from .organs import option_key, organ_text
from .parameter import ResolvedSet
from .text import Text, amount_text, plain_decimal

__all__ = [
    "REASONS",
    "ChangeFacts",
    "ChangeLine",
    "ChangeRoute",
    "ContentChange",
    "DimensionView",
    "EarlierChange",
    "OrganOpinion",
    "Route",
    "Supplement",
    "check_agreement",
    "check_change",
    "check_filing",
    "check_joint_conclusion",
    "check_referral",
    "filed_since_joint",
    "new_total",
    "route_change",
]

_REASON_TEXTS = {
    "amount": Text("变更金额达到限额", "its amount reaches the limit"),
    "ratio": Text("变更占比超过限额", "its share exceeds the limit"),
    "cumulative_amount": Text("累计变更金额达到限额", "the cumulative amount reaches the limit"),
    "cumulative_ratio": Text("累计变更占比超过限额", "the cumulative share exceeds the limit"),
    "content": Text("内容变动较大", "the content changes considerably"),
    "review": Text("不再符合初审要求", "the preliminary review's demands are no longer met"),
    "referral": Text("县大数据中心认为需要会同审核", "the Data Centre wants a joint examination"),
}


def check_change(facts: ChangeFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Before the unit hands the change in (Hand In Change, Hand In Change Correction).

    Raises:
        InputError: see :func:`route_change`.
    """
    route = route_change(facts, rules)
    return (*_handed_in(facts, route, rules), *route.findings)


def _handed_in(facts: ChangeFacts, route: ChangeRoute, rules: ResolvedSet) -> Iterator[Finding]:
    if not facts.reason.strip():
        yield found("art12.missing.reason", field="reason")
    yield from _kinds(facts, route)
    yield from _papers(facts)
    if facts.not_yet_carried_out is None:
        yield found("art12.missing.not_yet_carried_out", field="not_yet_carried_out")
    elif not facts.not_yet_carried_out:
        yield found("art12.carried_out", field="not_yet_carried_out")
    yield from _supplements(facts, rules)
    supervised = facts.supervision_line or any(
        line.category == "supervision" and line.after > 0 for line in facts.lines
    )
    if not supervised and any(new_supervision(facts, rules)):
        yield found(
            "art11.supervision_line_after_change",
            {"new_total": new_total(facts)},
            uses=[rules.use("supervision_threshold")],
            field="lines",
        )


def _papers(facts: ChangeFacts) -> Iterator[Finding]:
    if not facts.adjusted_scheme:
        yield found("form.change.adjusted_scheme", field="adjusted_scheme")
    if not facts.cost_basis:
        yield found("form.change.cost_basis", field="cost_basis")
    for number, line in enumerate(facts.lines, 1):
        if not line.reason.strip():
            yield found("form.change.line_reason", {"line": line.item or line.line}, field=f"lines[{number}].reason")


def _kinds(facts: ChangeFacts, route: ChangeRoute) -> Iterator[Finding]:
    if not facts.change_kinds:
        yield found("form.change.kinds", field="change_kinds")
    if "investment" in facts.change_kinds and not facts.lines:
        yield found("art12.missing.lines", field="lines")
    if route.gross and "investment" not in facts.change_kinds and facts.change_kinds:
        yield found("form.change.kind_investment", {"gross": route.gross}, field="change_kinds")
    if "content" in facts.change_kinds and not facts.content_changes:
        yield found("form.change.content_changes", field="content_changes")
    if "period" in facts.change_kinds and facts.new_end is None:
        yield found("form.change.new_end", field="new_end")


def _supplements(facts: ChangeFacts, rules: ResolvedSet) -> Iterator[Finding]:
    limit = rules.decimal("supplement_ratio")
    for number, row in enumerate(facts.supplements, 1):
        together = row.earlier + row.supplement
        if together * 100 > limit * row.original:
            yield found(
                "art12.supplement",
                {"order": row.order, "original": row.original, "together": together},
                uses=[rules.use("supplement_ratio")],
                field=f"supplements[{number}]",
                comparison=f"{amount_text(together)} × 100 > {plain_decimal(limit)} × {amount_text(row.original)}",
            )


def check_filing(facts: ChangeFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Before the Data Centre files it (File Change): filing must be its route, and the Centre must have said so."""
    route = route_change(facts, rules)
    findings = [*_handed_in(facts, route, rules), *_centre_has_said(facts, rules)]
    if route.route == "joint":
        findings.append(found("art12.must_be_joint", {"reasons": tuple(_REASON_TEXTS[r] for r in route.reasons)}))
    return (*findings, *additional_funds(facts, rules), *new_supervision(facts, rules))


def check_referral(facts: ChangeFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Before the Data Centre refers it to joint examination: where no limit asks for that, with its reason."""
    route = route_change(facts, rules)
    findings = [*_handed_in(facts, route, rules), *_centre_has_said(facts, rules)]
    if route.route == "filing":
        findings.append(found("art12.referral_reason", field="refer_reason"))
    return (*findings, *route.findings)


def check_agreement(facts: ChangeFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Before each organ's agreement: any of them may be the one that completes the set and puts it into effect."""
    route = route_change(facts, rules)
    findings = [*_handed_in(facts, route, rules), *_centre_has_said(facts, rules)]
    if facts.experts_needed and not facts.review_concluded:
        findings.append(found("art12.experts_opinion", field="review"))
    return (*findings, *additional_funds(facts, rules), *new_supervision(facts, rules))


def check_joint_conclusion(facts: ChangeFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Before a joint examination counts as agreed: the same, and every organ has signed that it agrees."""
    signed = {option_key(row.organ): row for row in facts.organ_opinions if row.signed_at is not None}
    findings = []
    for organ in rules.texts("change_joint_organs"):
        use, name = rules.use("change_joint_organs"), organ_text(organ)
        if organ not in signed:
            findings.append(found("art12.organ_missing", {"organ": name}, uses=[use], field="organ_opinions"))
        elif signed[organ].opinion != "agree":
            findings.append(found("art12.organ_disagrees", {"organ": name}, uses=[use], field="organ_opinions"))
    return (*check_agreement(facts, rules), *findings)


def _centre_has_said(facts: ChangeFacts, rules: ResolvedSet) -> Iterator[Finding]:
    if facts.centre_content_degree is None:
        yield found("art12.missing.centre_content_degree", field="centre_content_degree")
    if meets_review(facts, rules) is None:
        yield found("art12.missing.meets_review", field="review_still_met")
