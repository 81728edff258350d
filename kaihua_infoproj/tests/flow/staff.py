"""The people of the flow's tests, all invented, and short ways to put a document somewhere and let somebody act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from kaihua_infoproj.flow import roles
from kaihua_infoproj.flow.definition import Definition, load_definition, shipped
from kaihua_infoproj.flow.document import FlowDocument, SealedPaper
from kaihua_infoproj.flow.person import Person
from kaihua_infoproj.flow.refusal import Refused
from kaihua_infoproj.flow.step import Step, begin, step
from kaihua_infoproj.flow.work_items import items_for
from kaihua_infoproj.policy.calendar import SHANGHAI

AT = datetime(2026, 9, 1, 9, 0, tzinfo=SHANGHAI)
UNIT, COMPETENT, OTHER_UNIT = "演示教育分局", "演示教育局", "演示卫生分局"


def person(user: str, department: str, *held: str) -> Person:
    """A person with roles."""
    return Person(user, f"演示{user}", frozenset(held), department)


CLERK = person("clerk", UNIT, roles.APPLICANT)
HEAD = person("head", UNIT, roles.UNIT_HEAD)
REVIEWER = person("reviewer", COMPETENT, roles.COMPETENT_REVIEWER)
OFFICER = person("officer", "演示大数据中心", roles.CENTRE_OFFICER)
CENTRE_HEAD = person("centre-head", "演示大数据中心", roles.CENTRE_HEAD)
DRB = person("drb", "演示发改局", roles.DRB_OFFICER)
FINANCE = person("finance", "演示财政局", roles.FINANCE_OFFICER)
MAGISTRATE = person("magistrate", "演示县政府", roles.MAGISTRATE)
COUNTY = person("county", "演示县政府办", roles.COUNTY_OFFICE)
EXPERT = person("expert", "演示大学", roles.EXPERT)
AUDITOR = person("auditor", "演示审计局", roles.AUDITOR)
ADMINISTRATOR = person("administrator", "演示大数据中心", roles.POLICY_ADMINISTRATOR)
SECRECY = person("secrecy", "演示大数据中心", roles.SECRECY_OFFICER)

STAFF = (
    CLERK,
    HEAD,
    REVIEWER,
    OFFICER,
    CENTRE_HEAD,
    DRB,
    FINANCE,
    MAGISTRATE,
    COUNTY,
    EXPERT,
    AUDITOR,
    ADMINISTRATOR,
    SECRECY,
)
HOLDERS = {next(iter(p.roles)): p for p in STAFF}
PAPER = SealedPaper("演政办〔2026〕1号", "scan.pdf")


def colleague(of: Person, user: str = "") -> Person:
    """Another person with the same roles and unit."""
    return replace(of, user=user or f"{of.user}-2", name=f"{of.name}二")


def standing(
    definition: Definition, state: str, fields: Mapping[str, Any] | None = None, *, at: datetime = AT, **changes: Any
) -> FlowDocument:
    """A document that stands in ``state``, made by nobody here."""
    doc = begin(
        definition,
        "演示-1",
        at=at,
        fields=fields,
        department=UNIT,
        competent_department=COMPETENT,
        owner="maker",
        assigned=["expert"],
    )
    doc = replace(doc, state=state, **changes)
    return replace(doc, work_items=items_for(definition, doc, at))


def act(definition: Definition, doc: FlowDocument, who: Person, action: str, **more: Any) -> Step:
    """Take an action, with an opinion, among the usual staff."""
    return step(definition, doc, who, action, **{"at": AT, "opinion": "演示意见", "people": STAFF, **more})


def refused(definition: Definition, doc: FlowDocument, who: Person, action: str, **more: Any) -> Refused:
    """The refusal of an action that must be refused; its sentences are complete."""
    with pytest.raises(Refused) as caught:
        act(definition, doc, who, action, **more)
    finding = caught.value.finding
    assert finding.blocking
    assert finding.way_out.zh
    assert finding.way_out.en
    assert "{" not in finding.zh + finding.en
    return caught.value


def later(minutes: int) -> datetime:
    """Some minutes after the usual moment."""
    return AT + timedelta(minutes=minutes)


def plain(doctype: str) -> dict[str, Any]:
    """A shipped definition as plain data that a test may damage."""
    definition = shipped(doctype)
    return {
        "document_type": doctype,
        "workflow_name": definition.name,
        "states": [
            {
                "state": s.name,
                "doc_status": str(s.doc_status),
                "allow_edit": s.role,
                "itp_article": s.article,
                "itp_time_limit": s.time_limit,
            }
            for s in definition.states
        ],
        "transitions": [
            {
                "state": t.state,
                "action": t.action,
                "next_state": t.next_state,
                "allowed": t.role,
                "condition": t.condition,
                "itp_kind": t.kind,
                "itp_signing": t.signing,
                "itp_signatures_needed": t.signatures_needed,
                "itp_opinion_required": int(t.opinion_required),
                "itp_signatures_of": t.signatures_of,
                "itp_may_take_back": int(t.may_take_back),
                "allow_self_approval": int(t.self_approval),
                "itp_article": t.article,
            }
            for t in definition.transitions
        ],
    }


def small(
    transitions: Iterable[Mapping[str, Any]], ends: Iterable[str] = ("Done",), limit: int | None = None
) -> Definition:
    """A small definition of our own; states in order of appearance."""
    rows = [dict(t) for t in transitions]
    names = dict.fromkeys(s for row in rows for s in (row["state"], row["next_state"]))
    states = [
        {"state": s, "doc_status": "1" if s in ends else "0", "allow_edit": roles.APPLICANT, "itp_time_limit": limit}
        for s in names
    ]
    return load_definition({"document_type": "IT Project Change", "states": states, "transitions": rows})


def code(refusal: Refused) -> str:
    """A refusal's code."""
    return refusal.code
