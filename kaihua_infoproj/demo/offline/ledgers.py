"""The ledgers: one chain a project, one a plan and a consultation, one of the site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from ...flow.effects import CONSULTATION, PLAN
from ...flow.step import Step
from ...policy import ledger
from ...policy.finding import Finding
from .world import Record

SITE = "site"


def plan_chain(record: Record) -> str:
    """The chain of a plan."""
    return f"plan:{record.key}"


def chain_of(record: Record) -> str:
    """The chain that a document's decisions belong to; ``site`` for what belongs to no project."""
    if record.doc.doctype == PLAN:
        return plan_chain(record)
    if record.doc.doctype == CONSULTATION:
        return f"consultation:{record.key}"
    return record.project or SITE


def decision_row(
    record: Record,
    step: Step,
    at: datetime,
    findings: Iterable[Finding],
    *,
    rules: str = "",
    route: str = "",
    cause: str = "",
) -> dict[str, Any]:
    """What the ledger keeps of a decision; everything text.

    Args:
        rules: digest of the parameters in force. route: of a change. cause: the document that brought it about.
    """
    decided = step.decided
    row: dict[str, Any] = {
        "at": at.isoformat(),
        "doctype": record.doc.doctype,
        "document": record.key,
        "action": step.action,
        "article": step.transition.article,
        "role": step.role,
        "user": decided.user,
        "name": decided.name,
        "state": step.state,
        "next_state": step.next_state,
        "complete": step.complete,
        "opinion": decided.opinion,
        "findings": [finding.code for finding in findings],
    }
    optional = {
        "on_behalf_of": decided.on_behalf_of,
        "from_paper": decided.from_paper,
        "rules": rules,
        "route": route,
        "cause": cause,
    }
    return {**row, **{name: value for name, value in optional.items() if value}}


def site_row(
    at: datetime, doctype: str, document: str, what: str, user: str, name: str, facts: Mapping[str, Any]
) -> dict[str, Any]:
    """What the ledger keeps of a master record or a draw."""
    return {
        "at": at.isoformat(),
        "doctype": doctype,
        "document": document,
        "action": what,
        "user": user,
        "name": name,
        "facts": dict(facts),
    }


def file_name(chain: str) -> str:
    """A chain's file: ``plan:plan2024`` → ``plan-plan2024.jsonl``."""
    return re.sub(r"[^\w.-]", "-", chain) + ".jsonl"


def write(chains: Mapping[str, list[str]], folder: Path) -> tuple[Path, ...]:
    """Write every chain, sealed, into ``folder``; returns the files in order of name."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for chain in sorted(chains):
        path = folder / file_name(chain)
        path.write_bytes(ledger.sealed_file(chains[chain]))
        written.append(path)
    return tuple(written)
