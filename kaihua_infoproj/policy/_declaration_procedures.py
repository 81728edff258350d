"""Which rules bind at which action: declaration, reviews, consultation, plan. Merged in ``procedures``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import annual_plan, consultation, declaration, joint_review, preliminary_review
from .finding import Finding
from .parameter import ResolvedSet

Rule = Callable[[Any, ResolvedSet], tuple[Finding, ...]]

DECLARATION_RULES: dict[str, dict[str, Rule]] = {
    "IT Project Proposal": {
        "Hand In": declaration.check_hand_in,
        "Sign and Send": declaration.check_sign_and_send,
        "Forward to Data Centre": declaration.check_forward,
        "Require Correction": declaration.check_require_correction,
        "Extend Correction": declaration.check_extend_correction,
        "Hand In Correction": declaration.check_hand_in_correction,
        "Pass Preliminary Review": declaration.check_pass_preliminary_review,
        "Exclude from Plan": declaration.check_exclude,
        "Issue Review Opinion": declaration.check_issue_review_opinion,
        "Require Re-review": declaration.check_require_rereview,
        "Hand In Revision": declaration.check_hand_in_revision,
        "File Revision": declaration.check_file_revision,
        "Send to County Decision": declaration.check_send_to_county,
        "Withdraw Proposal": declaration.check_withdrawal,
    },
    "IT Project Preliminary Review": {
        "Conclude Review": preliminary_review.check_conclusion,
    },
    "IT Project Joint Review": {
        "Start Review": joint_review.check_start,
        "Conclude Review": joint_review.check_conclusion,
    },
    "IT Project Consultation": {
        "Convene Meeting": consultation.check_meeting,
        "Conclude Consultation": consultation.check_conclusion,
    },
    "IT Project Annual Plan": {
        "Submit to Magistrate": annual_plan.check_plan,
        "Submit to County": annual_plan.check_plan,
        "Approve Plan": annual_plan.check_approval,
    },
}
