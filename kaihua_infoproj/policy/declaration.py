"""A declaration on its way: what binds when it is checked, sent, corrected, reviewed, revised, withdrawn, excluded."""

from __future__ import annotations

from collections.abc import Iterator

from . import correction, joint_review, preliminary_review, revision
from .completeness import check_competent_part, check_complete
from .consultation import CONCLUSIONS
from .data_sharing import check_no_data, check_no_data_confirmed
from .deadlines import check_deadlines, check_planned_period, is_late
from .exception_path import settle
from .fees import check_fees
from .finding import Finding, found
from .included_om import check_included_om
from .investment import check_investment
from .negative_list import ITEMS, check_answers, check_ban, check_centre_decisions, check_negative_list, foretell
from .parameter import ResolvedSet
from .proposal import Exclusion, ProposalFacts
from .redeclaration import check_redeclaration
from .review_hints import check_hints
from .revision import Revision
from .scheme import check_scheme
from .scope import check_not_classified, check_scope

__all__ = ["Exclusion", "ProposalFacts", "Revision", "check_declaration"]

NOT_PERFECTED = "art6.not_perfected"


def check_declaration(facts: ProposalFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Every finding that the paper of a declaration gives: what a unit checks before it hands in.

    Args:
        rules: resolved as of the day of the check.
    """
    classified = tuple(check_not_classified(facts))
    return classified or (
        *_content(facts, rules),
        *check_negative_list(facts, rules),
        *check_deadlines(facts, rules),
        *_again(facts),
    )


def check_hand_in(facts: ProposalFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Hand In: complete and regular [6]; what article 3 will mean is foretold."""
    classified = tuple(check_not_classified(facts))
    return classified or (
        *_content(facts, rules),
        *check_answers(facts),
        *foretell(facts, rules, *ITEMS),
        *check_deadlines(facts, rules),
        *_again(facts),
    )


def check_sign_and_send(facts: ProposalFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Sign and Send: the same, and here the ban of article 3, item 7, bars the declaration."""
    classified = tuple(check_not_classified(facts))
    return classified or (
        *_content(facts, rules),
        *check_answers(facts),
        *foretell(facts, rules, *ITEMS[:-1]),
        *check_ban(facts, rules),
        *check_deadlines(facts, rules),
        *_again(facts),
    )


def check_forward(facts: ProposalFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Forward to Data Centre: the competent department's part is there and says so [6]."""
    return (*check_competent_part(facts, rules), *_forwards(facts), *check_deadlines(facts, rules))


def _forwards(facts: ProposalFacts) -> Iterator[Finding]:
    if facts.form.competent_conclusion == "return":
        yield found("art6.competent_returns", field="competent_conclusion")


def _content(facts: ProposalFacts, rules: ResolvedSet) -> Iterator[Finding]:
    yield from check_scope(facts, rules)
    yield from check_complete(facts, rules)
    yield from check_planned_period(facts)
    yield from _co_units(facts)
    yield from check_scheme(facts, rules)
    yield from check_no_data(facts, rules)
    yield from check_investment(facts, rules)
    yield from check_fees(facts, rules)
    yield from check_included_om(facts, rules)


def _co_units(facts: ProposalFacts) -> Iterator[Finding]:
    if facts.form.is_cross_department and not any(unit.department for unit in facts.form.co_units):
        yield found("form.co_units", field="co_units")


def _again(facts: ProposalFacts) -> Iterator[Finding]:
    if facts.earlier is not None:
        yield from check_redeclaration(facts.earlier, facts.form.plan_year)


# --- correction [7] --------------------------------------------------------------------------------------------------


def check_require_correction(facts: ProposalFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Require Correction: the latest round is the notice, with number, items and period."""
    return tuple(correction.check_notice(facts.notice))


def check_extend_correction(facts: ProposalFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Extend Correction: days, reason, by whom."""
    return tuple(correction.check_extension(facts.notice))


def check_hand_in_correction(facts: ProposalFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Hand In Correction: every item answered, in time or extended, and the paper whole."""
    return (
        *correction.check_answers(facts.notice, facts.answers),
        *_perfected(facts, facts.notice, rules),
        *_content(facts, rules),
        *check_answers(facts),
        *foretell(facts, rules, *ITEMS),
    )


def _perfected(facts: ProposalFacts, notice: correction.CorrectionRound, rules: ResolvedSet) -> Iterator[Finding]:
    overdue = correction.check_perfected_in_time(notice, facts.at, rules, facts.calendar)
    yield from settle(overdue, facts.exception(NOT_PERFECTED), rules)


# --- preliminary review [7] ------------------------------------------------------------------------------------------


def check_pass_preliminary_review(facts: ProposalFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Pass Preliminary Review: the review says pass; article 3 judged; data confirmed; in time, corrected in time."""
    return (
        *_preliminary_says(facts, preliminary_review.PASS),
        *_content(facts, rules),
        *check_no_data_confirmed(facts, rules),
        *check_negative_list(facts, rules),
        *check_centre_decisions(facts, rules),
        *check_deadlines(facts, rules),
        *_corrected(facts, rules),
        *check_hints(facts),
    )


def _preliminary_says(facts: ProposalFacts, conclusion: str) -> Iterator[Finding]:
    review = facts.preliminary_review
    if review is None or review.concluded_at is None:
        yield found("art7.not_concluded")
    elif review.conclusion != conclusion:
        yield found(f"art7.conclusion_other.{conclusion.replace(' ', '_')}", field="conclusion")


def _corrected(facts: ProposalFacts, rules: ResolvedSet) -> Iterator[Finding]:
    for notice in facts.corrections:
        yield from _perfected(facts, notice, rules)
    if facts.corrections:
        yield from correction.check_accepted(facts.notice, facts.answers)


def check_exclude(facts: ProposalFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Exclude from Plan: late, not perfected or not passed – and the reason is true."""
    exclusion = facts.exclusion or Exclusion()
    return (*_reason_given(exclusion), *_reason_holds(exclusion, facts, rules))


def _reason_given(exclusion: Exclusion) -> Iterator[Finding]:
    if exclusion.reason_kind not in ("late", "not perfected", "not passed"):
        yield found("art6.exclusion_kind", field="reason_kind")
    if not exclusion.reason:
        yield found("art6.exclusion_reason", field="reason")


def _reason_holds(exclusion: Exclusion, facts: ProposalFacts, rules: ResolvedSet) -> Iterator[Finding]:
    if exclusion.reason_kind == "late" and not is_late(facts, rules):
        yield found("art6.exclusion_not_late", field="reason_kind")
    if exclusion.reason_kind == "not perfected" and not _something_overdue(facts, rules):
        yield found("art6.exclusion_not_overdue", field="reason_kind")
    if exclusion.reason_kind == "not passed":
        yield from _preliminary_says(facts, preliminary_review.NOT_PASSED)


def _something_overdue(facts: ProposalFacts, rules: ResolvedSet) -> bool:
    if any(correction.is_overdue(notice, facts.at, rules, facts.calendar) for notice in facts.corrections):
        return True
    return any(True for _ in _revision_in_time(facts, rules))


# --- joint review and revision [8] -----------------------------------------------------------------------------------


def check_issue_review_opinion(facts: ProposalFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Issue Review Opinion: the joint review is concluded – passed or, as it is, not passed."""
    if facts.joint_review is None or facts.joint_review.concluded_at is None:
        return (found("art8.not_concluded"),)
    return ()


def check_require_rereview(facts: ProposalFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Require Re-review: the joint review is concluded, and not passed."""
    missing = check_issue_review_opinion(facts, rules)
    if missing or (facts.joint_review and facts.joint_review.conclusion == joint_review.NOT_PASSED):
        return missing
    return (found("art8.rereview_of_passed", field="conclusion"),)


def check_hand_in_revision(facts: ProposalFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Hand In Revision: every item of the opinion has its response, and the paper is whole."""
    return (*_responses(facts), *_revision_in_time(facts, rules), *_revised_total(facts), *_content(facts, rules))


def check_file_revision(facts: ProposalFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """File Revision: every response verified by the Data Centre."""
    items = facts.joint_review.opinion_items if facts.joint_review else ()
    return (
        *_responses(facts),
        *revision.check_verified(items, facts.form.opinion_responses),
        *_revised_total(facts),
        *_content(facts, rules),
    )


def _responses(facts: ProposalFacts) -> Iterator[Finding]:
    if facts.joint_review is None:
        yield found("art8.not_concluded")
        return
    yield from revision.check_responses(facts.joint_review.opinion_items, facts.form.opinion_responses)


def _revision_in_time(facts: ProposalFacts, rules: ResolvedSet) -> Iterator[Finding]:
    if facts.joint_review is not None:
        yield from revision.check_revision_in_time(
            facts.joint_review, facts.revision or Revision(), facts.at, rules, facts.calendar
        )


def _revised_total(facts: ProposalFacts) -> Iterator[Finding]:
    if facts.joint_review is not None:
        yield from revision.check_revised_total(facts.joint_review, facts.form.total)


# --- decision and endings [9] ----------------------------------------------------------------------------------------


def check_send_to_county(facts: ProposalFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Send to County Decision: the filed version went to a concluded consultation that says what it advises."""
    return tuple(_consulted(facts))


def _consulted(facts: ProposalFacts) -> Iterator[Finding]:
    filed = facts.revision.filed_version if facts.revision else ""
    if not filed:
        yield found("art8.not_filed", field="filed_version")
    meeting = facts.consultation
    row = meeting.row(facts.proposal) if meeting and meeting.concluded_at else None
    if row is None or row.conclusion not in CONCLUSIONS:
        yield found("art9.no_opinion", field="consultation")
    elif filed and row.filed_version != filed:
        yield found(
            "art9.other_version",
            {"consulted": row.filed_version, "filed": filed},
            field="filed_version",
            comparison=f"{row.filed_version} ≠ {filed}",
        )


def check_withdrawal(facts: ProposalFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Withdraw Proposal: with a reason, and only before the plan is approved."""
    return tuple(_withdrawal(facts))


def _withdrawal(facts: ProposalFacts) -> Iterator[Finding]:
    if not facts.withdrawal_reason:
        yield found("form.withdrawal_reason", field="withdrawal_reason")
    if facts.plan_approved_at is not None and facts.plan_approved_at <= facts.at:
        yield found("form.withdrawal_after_plan", {"approved": facts.plan_approved_at}, field="withdrawal_reason")
