"""Which rules bind at which action: one question for service, player and command line alike."""

from __future__ import annotations

from typing import Any

from ._declaration_procedures import DECLARATION_RULES, Rule
from ._delivery_procedures import DELIVERY_RULES
from .errors import InputError
from .finding import Finding
from .parameter import ResolvedSet
from .straddling import judged

PROCEDURES: dict[str, dict[str, Rule]] = {**DECLARATION_RULES, **DELIVERY_RULES}
"""DocType → action as in TERMS → the rule that binds at it."""


def ask(
    doctype: str, action: str, facts: Any, rules: ResolvedSet, *, filed: ResolvedSet | None = None
) -> tuple[Finding, ...]:
    """The findings that an action meets; those that ``blocking()`` keeps forbid it.

    Args:
        doctype: procedure, such as ``IT Project Proposal``. action: as in TERMS, such as ``Sign and Send``.
        facts: the procedure's facts dataclass. rules: resolved as of the case's day.
        filed: resolved as of the day of handing in, where ``rules`` are those of a later day of decision: values that
            changed between them are noted, and the parameter ``straddling_day`` says which apply.

    Returns:
        the findings in the rules' order; () for an action that no rule binds.

    Raises:
        InputError: a DocType that is no procedure of the measure.
    """
    if doctype not in PROCEDURES:
        raise InputError(f"“{doctype}”不是本办法的办理事项。", f"“{doctype}” is no procedure of the measure.")
    rule = PROCEDURES[doctype].get(action)
    if rule is None:
        return ()
    return rule(facts, rules) if filed is None else judged(rule, facts, rules, filed)
