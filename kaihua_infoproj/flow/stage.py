"""The stage of an IT Project, derived from its documents' states and never typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..policy.text import Text
from .effects import ACCEPTANCE, CHANGE, EVALUATION, IMPLEMENTATION, PROPOSAL
from .terms import sections, term

_PROPOSAL = {
    "Proposal Draft": "Project Declaration",
    "Unit Sign-off": "Project Declaration",
    "Competent Department Review": "Project Declaration",
    "Preliminary Review": "Project Review",
    "Correction Required": "Project Review",
    "Joint Review": "Project Review",
    "Scheme Revision": "Project Review",
    "Revision Verification": "Project Review",
    "Decision Consultation": "County Decision",
    "Awaiting County Decision": "County Decision",
    "Project Approved": "Approved Project",
    "Not Established": "Not-established Project",
    "Establishment Deferred": "Deferred Project",
    "Not Listed": "Unlisted Project",
    "Proposal Withdrawn": "Withdrawn Declaration",
}
_IMPLEMENTATION = {
    "Implementation Draft": "Implementation Planning",
    "Awaiting Confirmation": "Implementation Planning",
    "Plan Confirmed": "Project Procurement",
    "Under Construction": "Project Construction",
    "Trial Operation": "Trial Stage",
    "Service Delivery": "Service Stage",
    "Suspended Work": "Stopped Work",
    "Implementation Completed": "Formal Operation",
    "Project Terminated": "Ended Project",
}
_ACCEPTANCE = {
    "Awaiting Delegation": "Acceptance Stage",
    "Acceptance Delegated": "Acceptance Stage",
    "Acceptance Review": "Acceptance Stage",
    "Acceptance Failed": "Rectification Stage",
    "Acceptance Passed": "Formal Operation",
    "Service Completed": "Ended Service",
}
_ENDED = frozenset(
    {
        "Not-established Project",
        "Deferred Project",
        "Unlisted Project",
        "Withdrawn Declaration",
        "Ended Project",
        "Ended Service",
        "Evaluated Project",
    }
)
_CHANGE_UNDER_WAY = frozenset({"Data Centre Examination", "Change Correction", "Joint Examination"})


@dataclass(frozen=True)
class Stage:
    """Where a project stands.

    Attributes:
        name: English name, as ``terms.yaml`` has it. order: 1-based place among all stages, to sort by.
        ended: nothing more is due (a deferred project may be declared again).
        changing: a change is under examination.
    """

    name: str
    order: int
    ended: bool
    changing: bool = False

    @property
    def label(self) -> Text:
        """As people read it, with a change under way."""
        label = term(self.name)
        return Text(f"{label.zh}（变更审核中）", f"{label.en} (change under examination)") if self.changing else label


def stage_of(documents: Iterable[tuple[str, str]]) -> Stage:
    """The stage of a project.

    Args:
        documents: (DocType, state) of its documents, in the order in which they were made; the last of each DocType
            counts, so a declaration made again after a deferral counts and not the first.
    """
    last: dict[str, str] = {}
    acceptances: list[str] = []
    changing = False
    for doctype, state in documents:
        last[doctype] = state
        if doctype == ACCEPTANCE:
            acceptances.append(state)
        changing = changing or (doctype == CHANGE and state in _CHANGE_UNDER_WAY)
    name = _name(last, acceptances)
    return Stage(name, list(sections()["stages"]).index(name) + 1, name in _ENDED, changing and name not in _ENDED)


def _name(last: dict[str, str], acceptances: list[str]) -> str:
    work = last.get(IMPLEMENTATION)
    if work == "Project Terminated":
        return "Ended Project"
    if EVALUATION in last:
        return "Evaluated Project" if last[EVALUATION] == "Evaluation Concluded" else "Evaluation Stage"
    if work is None:
        return _PROPOSAL[last.get(PROPOSAL, "Proposal Draft")]
    if work == "Suspended Work":
        return "Stopped Work"
    told = [s for s in acceptances if s != "Acceptance Draft"]  # a draft changes nothing yet
    return _ACCEPTANCE[told[-1]] if told else _IMPLEMENTATION[work]
