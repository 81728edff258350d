"""An act in words, as the page of the years shows it: what, who, by which article, from where to where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from ...flow.definition import shipped, shipped_doctypes
from ...flow.person import Person
from ...flow.terms import zh
from ...policy.finding import Finding
from ...policy.forms import option_lists
from ...policy.parameter import article_text
from ...policy.text import yuan_text
from .player import PlayedAct
from .scenario import CREATE, DECIDE, DRAW, MASTER


@dataclass(frozen=True)
class ShownFinding:
    """A finding in words."""

    severity: str
    label: str
    text: str


@dataclass(frozen=True)
class ShownAct:
    """An act in words. ``day`` counts from the first shown; ``tone`` says what kind of act it is."""

    number: int
    day: int
    at: str
    what: str
    about: str
    tone: str
    who: str
    article: str
    states: str
    opinion: str
    route: str
    papers: str
    holder: str
    refusal: str
    findings: tuple[ShownFinding, ...]

    @property
    def is_mark(self) -> bool:
        """Whether it is drawn on the lane: what was decided, refused or drawn by lot."""
        return self.tone != "typed"


def shown_act(played: PlayedAct, day: int, people: Mapping[str, Person]) -> ShownAct:
    """An act in words.

    Args:
        day: its place, in days from the first shown. people: everybody, to name who was represented.
    """
    act = played.act
    doctype = zh(played.doctype) if played.doctype else ""
    verb = {CREATE: "填写", DECIDE: zh(act.action), DRAW: "随机抽取", MASTER: "登记"}.get(act.do, "修改")
    return ShownAct(
        number=played.number,
        day=day,
        at=f"{act.at:%Y-%m-%d %H:%M}",
        what=verb,
        about=doctype,
        tone=tone(played),
        who=who(played, people),
        article=article_text(played.article).zh if played.article else "",
        states=_states(played),
        opinion=act.opinion,
        route=option_lists()["change_route"].label(played.route).zh if played.route else "",
        papers="、".join(played.papers),
        holder=_holder(played),
        refusal=played.refusal.zh if played.refusal else _refused(played),
        findings=tuple(_shown(finding) for finding in played.findings),
    )


def tone(played: PlayedAct) -> str:
    """What kind of act it is: typed, refused, signed, drawn, or the kind of its transition."""
    if played.refused:
        return "refused"
    if played.act.do == DRAW:
        return "drawn"
    if played.act.do != DECIDE:
        return "typed"
    if not played.complete:
        return "signed"
    rows = shipped(played.doctype).rows(played.state_before, played.act.action)
    return rows[0].kind if rows else "forward"


def who(played: PlayedAct, people: Mapping[str, Person]) -> str:
    """The person, his unit and role, and for whom he acted."""
    person, act = played.person, played.act
    role = zh(played.role).removeprefix("申报（建设）单位") if played.role else ""
    unit = "" if role.startswith(("县", "分管")) else person.department
    words = f"{person.name}（{unit}{role}）" if unit or role else person.name
    if act.on_behalf_of:
        words += f"，代{people[act.on_behalf_of].name}"
    return words + ("，依据纸质件录入" if act.data.get("entered_from_paper") else "")


def option_text(options: str, value: str) -> str:
    """An option in Chinese; empty for none."""
    found = option_lists()[options].find(value) if value else None
    return option_lists()[options].label(found).zh if found else value


def amount_text(value: Decimal) -> str:
    """Yuan as people read them."""
    return yuan_text(value, "zh")


def _shown(finding: Finding) -> ShownFinding:
    return ShownFinding(finding.severity.value, finding.severity.label.zh, finding.zh)


def _states(played: PlayedAct) -> str:
    if played.doctype not in shipped_doctypes() or not played.state:
        return ""
    if played.state_before in ("", played.state):
        return zh(played.state)
    return f"{zh(played.state_before)} → {zh(played.state)}"


def _holder(played: PlayedAct) -> str:
    holder = played.holder
    if holder is None:
        return ""
    return f"{holder.text}：{holder.state}" if holder.state and holder.text != holder.state else holder.text


def _refused(played: PlayedAct) -> str:
    return "".join(f.zh for f in played.findings if f.blocking) if played.refused else ""
