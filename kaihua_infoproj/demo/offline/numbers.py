"""Numbers of declarations and papers, drawn last within an act."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ...flow.effects import ACCEPTANCE, CHANGE, CONSULTATION, IMPLEMENTATION, PROPOSAL
from .world import Writing

_DECLARATION = {"construction": "建", "O&M": "运", "service": "服"}
_SERIES = {
    (PROPOSAL, "filed_no"): "演数备",
    (CONSULTATION, "opinion_no"): "演数咨",
    (IMPLEMENTATION, "confirmation_no"): "演数确",
    (CHANGE, "filed_no"): "演数变",
    (ACCEPTANCE, "delegation_no"): "演发改委验",
    (ACCEPTANCE, "filed_no"): "演数履",
}
"""Document and field → code of the organ and matter (all of them of demo organs)."""


def next_number(writing: Writing, doctype: str, fieldname: str, fields: Mapping[str, Any], day: date) -> str:
    """The next number of a series, such as ``2027-建-001`` or ``演数备〔2026〕3号``."""
    if (doctype, fieldname) == (PROPOSAL, "declaration_no"):
        kind = _DECLARATION[fields.get("form_kind", "construction")]
        series = f"{fields.get('plan_year')}-{kind}"
        return f"{series}-{writing.count(series):03d}"
    code = _SERIES[doctype, fieldname]
    return f"{code}〔{day.year}〕{writing.count(f'{code}{day.year}')}号"
