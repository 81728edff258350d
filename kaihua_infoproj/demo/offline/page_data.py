"""What the page of the years shows, worked out from a play: lanes, bars, marks, acts in words, years in figures.

Nothing of a classified project appears here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from ...flow.definition import shipped
from ...flow.effects import CONSULTATION, PLAN
from ...flow.terms import zh
from ...policy.calendar import SHANGHAI
from ...policy.ledger import head_of
from ...policy.parameter import in_force
from .making import CLASSIFIED
from .page_shapes import Bar, Guide, Lane, Month, PageData, YearFigures
from .page_words import ShownAct, amount_text, option_text, shown_act
from .player import Played, PlayedAct
from .scenario import DECIDE
from .world import Project, Record, World

STAGE_TONES: Mapping[str, str] = {
    "Project Declaration": "declare",
    "Project Review": "review",
    "County Decision": "county",
    "Approved Project": "approved",
    "Implementation Planning": "planning",
    "Project Procurement": "procure",
    "Project Construction": "build",
    "Trial Stage": "trial",
    "Service Stage": "service",
    "Stopped Work": "stopped",
    "Acceptance Stage": "accept",
    "Rectification Stage": "rectify",
    "Formal Operation": "operate",
    "Evaluation Stage": "evaluate",
    "Evaluated Project": "evaluated",
    "Ended Service": "done",
    "Not-established Project": "refused",
    "Deferred Project": "deferred",
    "Unlisted Project": "unlisted",
    "Withdrawn Declaration": "withdrawn",
    "Ended Project": "ended",
}
"""Stage → the class of its bar."""

ENDS = (
    "Ended Service",
    "Not-established Project",
    "Deferred Project",
    "Unlisted Project",
    "Withdrawn Declaration",
    "Ended Project",
)
"""Stages in which nothing more goes on: drawn as a short end, not as a bar to the end of the years."""

END_DAYS = 16
_TONES = {zh(name): tone for name, tone in STAGE_TONES.items()}
_END_LABELS = {zh(name) for name in ENDS}


def page_data(played: Played) -> PageData:
    """Work out the page of a play.

    Raises:
        ValueError: nothing was played.
    """
    acts = [act for act in played.acts if act.doctype != CLASSIFIED]
    if not acts:
        raise ValueError("nothing was played")
    first = date(acts[0].act.at.year, 1, 1)
    last = date(acts[-1].act.at.year, 12, 31)
    view = _View(played.world, first, (last - first).days + 1)
    shown = {act.number: shown_act(act, view.place(act.act.at), played.scenario.cast.people) for act in acts}
    by_project: dict[str, list[PlayedAct]] = {}
    by_document: dict[str, list[PlayedAct]] = {}
    for act in acts:
        for key in dict.fromkeys((*act.touched, act.project)):
            if key:
                by_project.setdefault(key, []).append(act)
        if act.doctype in (PLAN, CONSULTATION):
            by_document.setdefault(act.act.doc, []).append(act)
    projects = tuple(
        view.project(project, by_project.get(key, []), shown)
        for key, project in sorted(played.world.projects.items(), key=lambda item: _order(item[1]))
    )
    county = tuple(
        view.county(
            doctype,
            {key: found for key, found in by_document.items() if played.world.records[key].doc.doctype == doctype},
            shown,
        )
        for doctype in (CONSULTATION, PLAN)
    )
    return PageData(
        first,
        view.days,
        projects,
        county,
        view.months(acts),
        view.guides(),
        tuple(view.years(acts)),
        view.legend(projects),
        view.totals(acts, projects),
        tuple(sorted({lane.unit for lane in projects})),
        tuple(dict.fromkeys(lane.stage for lane in projects)),
        ledger_heads(played),
    )


def ledger_heads(played: Played) -> tuple[tuple[str, int, str], ...]:
    """Each ledger with its rows and the hash of its last."""
    return tuple((name, len(lines), head_of(lines)) for name, lines in sorted(played.ledgers.items()))


def _order(project: Project) -> tuple[int, str, str]:
    return project.plan_year, project.declaration_no or "~", project.key


class _View:
    """Turns what was played into words and places."""

    def __init__(self, world: World, first: date, days: int) -> None:
        self.world, self.first, self.days = world, first, days

    def place(self, moment: datetime | date) -> int:
        """Days from the first day shown."""
        day = moment.astimezone(SHANGHAI).date() if isinstance(moment, datetime) else moment
        return (day - self.first).days

    def project(self, project: Project, acts: list[PlayedAct], shown: Mapping[int, ShownAct]) -> Lane:
        """A project's lane."""
        bars = tuple(self.bars(project.key, acts))
        stage = _base(project.stage)
        years = tuple(sorted({act.act.at.year for act in acts}))
        facts = [
            ("申报编号", project.declaration_no or "（未取得）"),
            ("性质", option_text("nature", project.nature)),
            ("计划年度", str(project.plan_year)),
        ]
        if project.approved_total is not None:
            facts.append(("审定总投资", amount_text(project.approved_total)))
        if project.effective_total is not None and project.effective_total != project.approved_total:
            facts.append(("现行总投资", amount_text(project.effective_total)))
        if project.formal_start is not None:
            facts.append(("正式运行", f"{project.formal_start:%Y-%m-%d}"))
        if project.is_key:
            facts.append(("重点项目", "是"))
        listed = tuple(shown[act.number] for act in acts)
        words = " ".join([project.title, project.department, project.declaration_no, project.stage, project.key])
        return Lane(
            project.key,
            project.title,
            project.department,
            project.declaration_no,
            tuple(facts),
            project.stage,
            _TONES.get(stage, "declare"),
            years,
            bars,
            listed,
            words.lower(),
        )

    def bars(self, key: str, acts: Iterable[PlayedAct]) -> Iterable[Bar]:
        """The stages of a project, from each change of stage to the next."""
        changes = [(self.place(act.act.at), stage) for act in acts for project, stage in act.stages if project == key]
        merged: list[tuple[int, str]] = []
        for day, stage in changes:
            if not merged or _base(stage) != _base(merged[-1][1]):
                merged.append((day, _base(stage)))
        for number, (day, stage) in enumerate(merged):
            over = merged[number + 1][0] if number + 1 < len(merged) else self.days
            end = min(over, day + END_DAYS) if stage in _END_LABELS else over
            if end <= day:
                end = day + 1
            yield Bar(
                day,
                end,
                _TONES.get(stage, "declare"),
                stage,
                f"{stage}：{self.day_text(day)}起"
                + ("" if number + 1 == len(merged) else f"，至{self.day_text(over)}"),
            )

    def county(self, doctype: str, documents: Mapping[str, list[PlayedAct]], shown: Mapping[int, ShownAct]) -> Lane:
        """All meetings, or all plans, in one lane: each document's states as bars."""
        tone = "plan" if doctype == PLAN else "meeting"
        bars: list[Bar] = []
        listed: list[ShownAct] = []
        facts: list[tuple[str, str]] = []
        for key, acts in documents.items():
            record = self.world.records[key]
            title = str(record.get("title") or record.get("meeting_no") or key)
            bars += self.states(record, title, tone)
            listed += [replace(shown[act.number], about=title) for act in acts]
            number = record.get("approval_no") or record.get("opinion_no") or ""
            count = len(record.get("lines") or record.get("agenda") or ())
            facts.append((title, f"{count}个项目，{zh(record.doc.state)}{f'（{number}）' if number else ''}"))
        listed.sort(key=lambda act: act.number)
        names = {PLAN: "年度计划（含追加计划）", CONSULTATION: "决策咨询会议"}
        years = tuple(sorted({a.act.at.year for acts in documents.values() for a in acts}))
        return Lane(
            tone,
            names[doctype],
            "县政府、分管副县长、县大数据中心",
            "",
            tuple(facts),
            f"{len(documents)}次",
            tone,
            years,
            tuple(bars),
            tuple(listed),
            names[doctype],
        )

    def states(self, record: Record, title: str, tone: str) -> Iterable[Bar]:
        """The states of one document, from each decision to the next."""
        steps = [
            (self.place(record.created_at), shipped(record.doc.doctype).start.name),
            *((self.place(d.at), d.next_state) for d in record.doc.decided if d.complete),
        ]
        for number, (day, state) in enumerate(steps):
            last = number + 1 == len(steps)
            over = day + END_DAYS if last else steps[number + 1][0]
            yield Bar(
                day,
                max(over, day + 1),
                f"{tone}-end" if last else tone,
                zh(state),
                f"{title}｜{zh(state)}：{self.day_text(day)}起",
            )

    def day_text(self, place: int) -> str:
        """A place as a day."""
        day = date.fromordinal(self.first.toordinal() + place)
        return f"{day.year}年{day.month}月{day.day}日"

    # --- the whole

    def months(self, acts: Iterable[PlayedAct]) -> tuple[Month, ...]:
        """Every month shown, with its decisions."""
        counts = Counter((a.act.at.year, a.act.at.month) for a in acts if a.act.do == DECIDE and not a.refused)
        most = max(counts.values(), default=1)
        found = []
        year, month = self.first.year, 1
        while (start := date(year, month, 1)) < date.fromordinal(self.first.toordinal() + self.days):
            after = date(year + month // 12, month % 12 + 1, 1)
            n = counts[year, month]
            found.append(Month(year, month, self.place(start), (after - start).days, n, -(-5 * n // most)))
            year, month = after.year, after.month
        return tuple(found)

    def guides(self) -> tuple[Guide, ...]:
        """The declaration's last day of each year, and the days on which plans were approved."""
        found = []
        for year in range(self.first.year, date.fromordinal(self.first.toordinal() + self.days - 1).year + 1):
            month_day = in_force(date(year, 1, 1)).text("declaration_deadline")
            found.append(Guide(self.place(date.fromisoformat(f"{year}-{month_day}")), f"{year}年申报截止", "deadline"))
        for record in self.world.records.values():
            if record.doc.doctype == PLAN and record.get("approved_on"):
                found.append(Guide(self.place(record.get("approved_on")), f"{record.get('title')}审定", "approval"))
        return tuple(found)

    def years(self, acts: list[PlayedAct]) -> Iterable[YearFigures]:
        """Each year in figures."""
        for year in dict.fromkeys(act.act.at.year for act in acts):
            mine = [act for act in acts if act.act.at.year == year]
            approved = [p for p in self.world.projects.values() if p.approved_at and p.approved_at.year == year]
            ended = Counter(_base(stage) for act in mine for _, stage in act.stages if _base(stage) in _SHOWN_ENDS)
            yield YearFigures(
                year,
                sum(a.act.do == DECIDE and not a.refused for a in mine),
                sum(bool(a.refused) for a in mine),
                sum(a.act.action == "Sign and Send" and not a.refused for a in mine),
                len(approved),
                amount_text(sum((p.approved_total or Decimal(0) for p in approved), Decimal(0))),
                tuple(sorted(ended.items())),
            )

    def legend(self, projects: Iterable[Lane]) -> tuple[tuple[str, str], ...]:
        """Tone and label of every stage that is drawn."""
        drawn = {bar.tone for lane in projects for bar in lane.bars}
        return tuple((tone, zh(name)) for name, tone in STAGE_TONES.items() if tone in drawn)

    def totals(self, acts: list[PlayedAct], projects: tuple[Lane, ...]) -> tuple[tuple[str, str], ...]:
        """The figures at the top."""
        decisions = sum(act.act.do == DECIDE and not act.refused for act in acts)
        refused = sum(bool(act.refused) for act in acts)
        found = sum(len(act.findings) for act in acts)
        return (
            ("项目", str(len(projects))),
            ("申报（建设）单位", str(len({lane.unit for lane in projects}))),
            ("办理次数", str(decisions)),
            ("核查问题", str(found)),
            ("不予办理", str(refused)),
            ("办理留痕", f"{sum(map(len, self.world.chains.values()))}行"),
        )


_SHOWN_ENDS = {zh(name) for name in (*ENDS, "Formal Operation", "Evaluated Project")}


def _base(stage: str) -> str:
    """A stage without the remark that a change is under examination."""
    return stage.partition("（")[0]
