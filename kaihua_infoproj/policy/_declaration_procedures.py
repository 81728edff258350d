"""Which rules bind at which action: declaration, reviews, consultation, plan. Merged in ``procedures``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .finding import Finding
from .parameter import ResolvedSet

Rule = Callable[[Any, ResolvedSet], tuple[Finding, ...]]

DECLARATION_RULES: dict[str, dict[str, Rule]] = {
    "IT Project Proposal": {},
    "IT Project Preliminary Review": {},
    "IT Project Joint Review": {},
    "IT Project Consultation": {},
    "IT Project Annual Plan": {},
}
