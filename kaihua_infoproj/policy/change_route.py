"""The route of a change [art. 12]: filing by the Data Centre, or joint examination.

Found by exact arithmetic from the first approved total, for this change alone and together with the changes filed
since the approval or the last agreed joint examination.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal, localcontext

from .change_facts import ChangeFacts, ChangeLine, ChangeRoute, EarlierChange
from .errors import InputError
from .finding import Finding, Severity, found
from .implementation import supervision_required
from .organs import dimension_text, option_key
from .parameter import ResolvedSet
from .text import Text, amount_text, plain_decimal, yuan_text


def filed_since_joint(history: Iterable[EarlierChange]) -> tuple[Decimal, ...]:
    """Gross of each change filed since the approval or the last agreed joint examination.

    Filed changes count whatever their order; a rejected one neither counts nor starts the count anew.
    """
    history = tuple(history)
    agreed = [c.decided_at for c in history if c.decision == "agreed" and c.decided_at is not None]
    since = max(agreed, default=None)
    return tuple(
        c.gross
        for c in history
        if c.decision == "filed" and (since is None or c.decided_at is None or c.decided_at >= since)
    )


def line_gross(lines: Iterable[ChangeLine]) -> Decimal:
    """Σ |after − before| in yuan: what is moved from one line to another counts on both."""
    return sum((abs(line.after - line.before) for line in lines), Decimal(0))


def route_change(facts: ChangeFacts, rules: ResolvedSet) -> ChangeRoute:
    """Which way a change goes [art. 12].

    Raises:
        InputError: the base is not above zero, an amount is negative, a line stands twice, or lines and gross
            contradict each other.
    """
    gross = _checked_gross(facts)
    earlier = facts.earlier + filed_since_joint(facts.history)
    cumulative = gross + sum(earlier, Decimal(0))
    findings = [
        *_limit_reasons(facts.base_amount, gross, cumulative, len(earlier), rules),
        *_centre_reasons(facts, rules),
    ]
    reasons = tuple(f.code.removeprefix("art12.") for f in findings)
    if not findings:
        findings.append(_filing(facts.base_amount, gross, cumulative, rules))
    findings += [*_assumptions(facts, rules), *_consequences(facts, rules)]
    return ChangeRoute(
        "joint" if reasons else "filing",
        gross,
        _net(facts),
        max(facts.lines, key=lambda line: abs(line.after - line.before), default=None),
        cumulative,
        percent(gross, facts.base_amount),
        reasons,
        tuple(findings),
    )


def percent(part: Decimal, whole: Decimal, places: int = 2) -> Decimal:
    """``part`` in per cent of ``whole``, rounded half up for display; nothing is decided by it."""
    with localcontext() as context:
        context.prec = 60
        return (part * 100 / whole).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def percent_beside(part: Decimal, whole: Decimal, limit: Decimal) -> Decimal:
    """The percentage with as many decimals (two or more) as show on which side of ``limit`` it lies."""
    places = 2
    while percent(part, whole, places) == limit and part * 100 != limit * whole:
        places += 1
    return percent(part, whole, places)


def _checked_gross(facts: ChangeFacts) -> Decimal:
    if facts.base_amount <= 0:
        raise InputError(
            "审定总投资须大于零，否则无从计算变更占比。",
            "The approved total must be above zero: a share of it is asked.",
            field="base_amount",
        )
    seen: set[str] = set()
    for number, line in enumerate(facts.lines, 1):
        if line.line in seen:
            raise InputError(
                f"明细行“{line.line}”重复出现，每行只能写一次变更前后金额。",
                f"Line “{line.line}” stands twice; give before and after once.",
                field=f"lines[{number}]",
            )
        seen.add(line.line)
    amounts = [a for line in facts.lines for a in (line.before, line.after)]
    if any(a < 0 for a in (*amounts, *facts.earlier, facts.gross or Decimal(0))):
        raise InputError(
            "金额不能为负数；核减请写变更前后两个金额。", "An amount is not negative; write a cut as before and after."
        )
    gross = line_gross(facts.lines)
    if facts.gross is None:
        return gross
    if facts.lines and facts.gross != gross:
        raise InputError(
            f"填报的变更金额{yuan_text(facts.gross, 'zh')}与明细合计{yuan_text(gross, 'zh')}不一致。",
            f"The gross {yuan_text(facts.gross, 'en')} is not the lines' {yuan_text(gross, 'en')}.",
            field="gross",
        )
    return facts.gross


def _net(facts: ChangeFacts) -> Decimal | None:
    return sum((line.after - line.before for line in facts.lines), Decimal(0)) if facts.lines else None


def new_total(facts: ChangeFacts) -> Decimal | None:
    """The total in yuan after this change; None where the lines are not known."""
    net = _net(facts)
    return None if net is None else _total_before(facts) + net


def _total_before(facts: ChangeFacts) -> Decimal:
    return facts.base_amount if facts.effective_total is None else facts.effective_total


# --- why joint, or why not -------------------------------------------------------------------------------------------


def _limit_reasons(
    base: Decimal, gross: Decimal, cumulative: Decimal, earlier: int, rules: ResolvedSet
) -> Iterator[Finding]:
    """This change alone; and with earlier ones, where they add anything to it."""
    amount, ratio = rules.use("change_joint_amount"), rules.use("change_joint_ratio")
    amount_limit, ratio_limit = rules.decimal("change_joint_amount"), rules.decimal("change_joint_ratio")
    sums = [("", gross)] + ([("cumulative_", cumulative)] if cumulative > gross else [])
    for kind, value in sums:
        facts = {"base": base, "gross": gross, "cumulative": cumulative, "earlier_count": earlier}
        if value >= amount_limit:
            yield found(
                f"art12.{kind}amount",
                facts,
                uses=[amount],
                comparison=f"{amount_text(value)} ≥ {amount_text(amount_limit)}",
            )
        if value * 100 > ratio_limit * base:
            yield found(
                f"art12.{kind}ratio",
                {**facts, "percent": percent_beside(value, base, ratio_limit)},
                uses=[ratio],
                comparison=f"{amount_text(value)} × 100 > {plain_decimal(ratio_limit)} × {amount_text(base)}",
            )


def meets_review(facts: ChangeFacts, rules: ResolvedSet) -> bool | None:
    """Whether the changed project still meets the preliminary review, by the Centre; None before it has said so of the
    whole or of every dimension."""
    if any(not view.meets for view in facts.review_still_met):
        return False
    judged = {option_key(view.dimension) for view in facts.review_still_met}
    return True if judged >= set(rules.texts("review_dimensions")) else facts.meets_review


def _centre_reasons(facts: ChangeFacts, rules: ResolvedSet) -> Iterator[Finding]:
    if facts.centre_content_degree == "considerable":
        yield found("art12.content", {"degree": facts.centre_content_degree}, field="centre_content_degree")
    if meets_review(facts, rules) is False:
        failed = [dimension_text(v.dimension) for v in facts.review_still_met if not v.meets]
        which = Text("（" + "、".join(f.zh for f in failed) + "）", " (" + ", ".join(f.en for f in failed) + ")")
        yield found("art12.review", {"which": which if failed else Text("", "")}, field="review_still_met")
    if facts.refer_reason:
        yield found("art12.referral", {"refer_reason": facts.refer_reason}, field="refer_reason")


def _filing(base: Decimal, gross: Decimal, cumulative: Decimal, rules: ResolvedSet) -> Finding:
    ratio_limit = rules.decimal("change_joint_ratio")
    return found(
        "art12.filing",
        {
            "base": base,
            "gross": gross,
            "cumulative": cumulative,
            "percent": percent_beside(cumulative, base, ratio_limit),
        },
        uses=[rules.use("change_joint_amount"), rules.use("change_joint_ratio")],
        comparison=f"{amount_text(cumulative)} < {amount_text(rules.decimal('change_joint_amount'))}; "
        f"{amount_text(cumulative)} × 100 ≤ {plain_decimal(ratio_limit)} × {amount_text(base)}",
    )


def _assumptions(facts: ChangeFacts, rules: ResolvedSet) -> Iterator[Finding]:
    if facts.centre_content_degree is None:
        yield found("art12.content_assumed", field="centre_content_degree")
    if meets_review(facts, rules) is None:
        yield found("art12.review_assumed", field="review_still_met")


# --- what a change brings with it ------------------------------------------------------------------------------------


def _consequences(facts: ChangeFacts, rules: ResolvedSet) -> Iterator[Finding]:
    for finding in additional_funds(facts, rules):
        yield replace(finding, severity=Severity.NOTE)
    yield from new_supervision(facts, rules)


def additional_funds(facts: ChangeFacts, rules: ResolvedSet) -> Iterator[Finding]:
    """The county's consent that a total above the approved (or last consented) one needs before it takes effect."""
    total = new_total(facts)
    consented = max(facts.base_amount, facts.consented_total or Decimal(0))
    if total is None or total <= consented:
        return
    figures = {"new_total": total, "consented_total": consented}
    comparison = f"{amount_text(total)} > {amount_text(consented)}"
    if facts.consent is None:
        yield found("art12.additional_funds", figures, comparison=comparison, field="consent")
        return
    numbered = rules.use("addition_document_kinds")
    missing = [
        name
        for name, value in (
            (Text("种类", "kind"), facts.consent.kind),
            (Text("日期", "day"), facts.consent.dated),
            (Text("附件", "file"), facts.consent.file),
        )
        if not value
    ]
    if facts.consent.kind in rules.texts("addition_document_kinds") and not facts.consent.number:
        missing.append(Text("文号", "number"))
    if missing:
        yield found(
            "art12.consent_incomplete",
            {"missing": tuple(missing), **figures},
            uses=[numbered],
            comparison=comparison,
            field="consent",
        )
    else:
        yield found(
            "art12.additional_funds_consented",
            {**figures, "dated": facts.consent.dated, "number": facts.consent.number},
            comparison=comparison,
            field="consent",
        )


def new_supervision(facts: ChangeFacts, rules: ResolvedSet) -> Iterator[Finding]:
    total = new_total(facts)
    if total is None or facts.supervision_contract or not supervision_required(facts.nature, total, rules):
        return
    if supervision_required(facts.nature, _total_before(facts), rules):
        return
    yield found(
        "art11.supervision_by_change",
        {"new_total": total, "total_before": _total_before(facts)},
        uses=[rules.use("supervision_threshold")],
        comparison=f"{amount_text(_total_before(facts))} < "
        f"{amount_text(rules.decimal('supervision_threshold'))} ≤ {amount_text(total)}",
    )
