"""What is known of an acceptance [art. 13]."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from .milestones import Suspension


@dataclass(frozen=True)
class Gate:
    """One of the seven gates: state (met or not met), evidence, and who confirmed it when."""

    gate: str
    state: str = "met"
    evidence: str = ""
    confirmed_by: str = ""
    confirmed_at: datetime | None = None


@dataclass(frozen=True)
class Collection:
    """A row of the collection plan: how many rows of trial data arrived in the data zone, or the reason why none."""

    dataset: str
    rows_collected: int = 0
    last_on: date | None = None
    proof: str = ""
    reason: str = ""


@dataclass(frozen=True)
class ArchiveRow:
    """A document of the archive list: present, missing or not applicable (with reason)."""

    document: str
    state: str = "present"
    reason: str = ""


@dataclass(frozen=True)
class GroupMember:
    """A member of the acceptance group, whom he belongs to, and his role: leader, expert or organ."""

    person: str
    organisation: str = ""
    role: str = "expert"


@dataclass(frozen=True)
class Part:
    """A check of one of the six parts of the review: verdict meets, deficient or not applicable; note."""

    part: str
    verdict: str = ""
    note: str = ""
    item: str = ""


@dataclass(frozen=True)
class BasisDocument:
    """A standard, contract or technical document that the opinion rests on."""

    title: str
    kind: str = ""
    document_number: str = ""


@dataclass(frozen=True)
class Requirement:
    """An item to rectify, or on pass a remaining issue: what, by when, what was done when, how it is proved."""

    requirement: str = ""
    due: date | None = None
    answer: str = ""
    done_on: date | None = None
    proof: str = ""


@dataclass(frozen=True)
class EarlierRound:
    """An earlier round of acceptance as kept: conclusion (pass or fail), and its items with the unit's answers."""

    round: int
    conclusion: str = "fail"
    concluded_on: date | None = None
    items: tuple[Requirement, ...] = ()


@dataclass(frozen=True)
class AcceptanceFacts:
    """What is known of an acceptance on the day ``at`` of the act.

    Attributes:
        applied_on: day of the application; while it is open, ``at`` stands for it.
        no_data: the project neither collects nor produces data, as the Data Centre has confirmed [5].
        suspensions: of work; one during the trial makes it start anew.
        department: the unit. suppliers: builders. supervisor: the supervising company.
        earlier_rounds: all rounds before this one. rectification_items: of this one.
    """

    at: date
    applied_on: date | None = None
    all_built_on: date | None = None
    data_dictionary_received_on: date | None = None
    preliminary_accepted_on: date | None = None
    preliminary_result: str = "pass"
    trial_start: date | None = None
    suspensions: tuple[Suspension, ...] = ()
    zone_connected_on: date | None = None
    trial_data_collected_on: date | None = None
    no_data: bool = False
    stable_and_normal: bool | None = None
    gates: tuple[Gate, ...] = ()
    collections: tuple[Collection, ...] = ()
    summary: str = ""
    archive: tuple[ArchiveRow, ...] = ()
    round: int = 1
    previous_round: str = ""
    earlier_rounds: tuple[EarlierRound, ...] = ()
    delegation_no: str = ""
    delegation_on: date | None = None
    standing_delegation: bool = False
    group: tuple[GroupMember, ...] = ()
    department: str = ""
    suppliers: tuple[str, ...] = ()
    supervisor: str = ""
    parts: tuple[Part, ...] = ()
    basis_documents: tuple[BasisDocument, ...] = ()
    conclusion: str = ""
    rectification_items: tuple[Requirement, ...] = ()
    report: str = ""
    formal_start: date | None = None

    @property
    def day(self) -> date:
        """The day of the application."""
        return self.at if self.applied_on is None else self.applied_on
