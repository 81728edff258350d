"""Acceptance of a construction project [art. 13]: seven gates, order of dates, group, parts, rounds, formal operation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .finding import Finding
from .implementation import Suspension
from .parameter import ResolvedSet


@dataclass(frozen=True)
class Gate:
    """One of the seven gates: evidence, and who confirmed it when."""

    gate: str
    met: bool = True
    evidence: str = ""
    confirmed_by: str = ""
    confirmed_on: date | None = None


@dataclass(frozen=True)
class Collection:
    """A row of the collection plan: whether trial data arrived in the data zone, or the reason why not."""

    dataset: str
    collected: bool = True
    last_on: date | None = None
    proof: str = ""
    reason: str = ""


@dataclass(frozen=True)
class ArchiveItem:
    """A document of the archive list: present, missing or not applicable (with reason)."""

    document: str
    state: str = "present"
    reason: str = ""


@dataclass(frozen=True)
class GroupMember:
    """A member of the acceptance group and whom he belongs to."""

    name: str
    organisation: str = ""
    leader: bool = False
    expert: bool = False


@dataclass(frozen=True)
class Part:
    """One of the six parts of the review: verdict meets, deficient or not applicable; note."""

    part: str
    verdict: str = ""
    note: str = ""


@dataclass(frozen=True)
class Requirement:
    """An item to rectify, or a remaining issue: what, by when, what was done, how it is proved."""

    item: str
    requirement: str = ""
    due: date | None = None
    answer: str = ""
    proof: str = ""
    done_on: date | None = None


@dataclass(frozen=True)
class EarlierRound:
    """An earlier round of acceptance, as kept: its conclusion, and the items to rectify with the unit's answers."""

    round: int
    name: str = ""
    conclusion: str = ""
    concluded_on: date | None = None
    items: tuple[Requirement, ...] = ()


@dataclass(frozen=True)
class AcceptanceFacts:
    """What is known of an acceptance on the day ``at`` of the act (``applied_on`` once applied for)."""

    at: date
    nature: str = ""
    applied_on: date | None = None
    all_built_on: date | None = None
    data_dictionary_received_on: date | None = None
    preliminary_acceptance_on: date | None = None
    trial_start: date | None = None
    suspensions: tuple[Suspension, ...] = ()
    zone_connected_on: date | None = None
    data_collected_on: date | None = None
    gates: tuple[Gate, ...] = ()
    collections: tuple[Collection, ...] = ()
    summary: str = ""
    documents: tuple[ArchiveItem, ...] = ()
    round: int = 1
    previous_round: str = ""
    earlier_rounds: tuple[EarlierRound, ...] = ()
    delegation_no: str = ""
    delegated_on: date | None = None
    group: tuple[GroupMember, ...] = ()
    unit: str = ""
    builders: tuple[str, ...] = ()
    supervisor: str = ""
    parts: tuple[Part, ...] = ()
    basis_documents: tuple[str, ...] = ()
    conclusion: str = ""
    concluded_on: date | None = None
    rectification_items: tuple[Requirement, ...] = ()
    remaining_issues: tuple[Requirement, ...] = ()
    report: str = ""
    formal_start: date | None = None


def check_acceptance(facts: AcceptanceFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Before the unit applies (Apply for Acceptance, Reapply After Rectification): gates, dates, rounds."""
    raise NotImplementedError


def check_delegation(facts: AcceptanceFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Before the DRB delegates (Delegate Acceptance)."""
    raise NotImplementedError


def check_meeting(facts: AcceptanceFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Before the Data Centre starts (Start Acceptance): group and archive."""
    raise NotImplementedError


def check_pass(facts: AcceptanceFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Before Pass Acceptance."""
    raise NotImplementedError


def check_fail(facts: AcceptanceFacts, rules: ResolvedSet) -> tuple[Finding, ...]:
    """Before Fail Acceptance."""
    raise NotImplementedError
