"""The check of a whole declaration (articles 2–6 and 11)."""

from __future__ import annotations

from .finding import Finding
from .parameter import ResolvedSet
from .proposal import Exclusion, ProposalFacts, Revision

__all__ = ["Exclusion", "ProposalFacts", "Revision", "check_declaration"]


def check_declaration(facts: ProposalFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Every finding that the paper of a declaration gives on the day of ``facts.at``."""
    return ()
