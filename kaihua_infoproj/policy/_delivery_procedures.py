"""Which rules bind at which action: change, implementation, acceptance, evaluation. Merged in ``procedures``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .acceptance import check_acceptance, check_delegation, check_fail, check_meeting, check_pass
from .change import check_agreement, check_change, check_filing, check_referral
from .evaluation import check_conclusion, check_notice, check_self_evaluation
from .finding import Finding
from .implementation import (
    check_completion,
    check_resumption,
    check_start_construction,
    check_start_service,
    check_start_trial,
    check_submission,
    check_suspension,
    check_termination,
)
from .parameter import ResolvedSet
from .service_completion import check_service_completion

Rule = Callable[[Any, ResolvedSet], tuple[Finding, ...]]

DELIVERY_RULES: dict[str, dict[str, Rule]] = {
    "IT Project Implementation": {
        "Submit for Confirmation": check_submission,
        "Confirm Plan": check_submission,
        "Start Construction": check_start_construction,
        "Start Service": check_start_service,
        "Start Trial": check_start_trial,
        "Suspend Work": check_suspension,
        "Resume Work": check_resumption,
        "Terminate Project": check_termination,
        "Complete Implementation": check_completion,
    },
    "IT Project Change": {
        "Hand In Change": check_change,
        "Hand In Change Correction": check_change,
        "File Change": check_filing,
        "Refer to Joint Examination": check_referral,
        "Agree to Change": check_agreement,
    },
    "IT Project Acceptance": {
        "Apply for Acceptance": check_acceptance,
        "Reapply After Rectification": check_acceptance,
        "Delegate Acceptance": check_delegation,
        "Start Acceptance": check_meeting,
        "Pass Acceptance": check_pass,
        "Fail Acceptance": check_fail,
        "File Service Completion": check_service_completion,
    },
    "IT Project Evaluation": {
        "Notify Self-Evaluation": check_notice,
        "Hand In Self-Evaluation": check_self_evaluation,
        "Conclude Evaluation": check_conclusion,
    },
}
"""Document type → action → rule over the facts of that procedure."""
